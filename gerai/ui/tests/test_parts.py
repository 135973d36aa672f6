"""Styles, scripts, drawings and letters as they travel."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static

import gerai
from gerai.ui import parts
from gerai.ui.parts import asked, part

HOUSE = Path(gerai.__file__).parent
OURS = sorted(
    file.relative_to(shelf).as_posix()
    for shelf in HOUSE.glob("*/static")
    for file in shelf.rglob("*")
    if file.is_file()
)
TEXTS = [name for name in OURS if name.endswith((".css", ".js"))]
FOR_EVER = "public, max-age=31536000, immutable"


def test_a_part_may_be_kept_for_ever_under_a_name_that_tells_its_content(client):
    address = static("ui/base.css")
    answer = client.get(address)
    assert re.fullmatch(r"/static/ui/base\.[0-9a-f]{12}\.css", address)
    assert dict(answer.headers) == {
        "Content-Type": "text/css; charset=utf-8",
        "Cache-Control": FOR_EVER,
        "X-Content-Type-Options": "nosniff",
        "Vary": "Accept-Encoding",
        "Content-Length": str(len(answer.content)),
    }


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("identity", None, bytes),
    ],
)
def test_a_part_is_packed_as_the_browser_can_read_it(client, accepted, coding, unpack):
    answer = client.get(static("ui/base.js"), headers={"Accept-Encoding": accepted})
    assert answer.get("Content-Encoding") == coding
    assert unpack(answer.content) == part("ui/base.js").body


def test_letters_are_packed_already(client):
    name = "ui/vendor/fonts/plus-jakarta-sans-core-wght-normal.woff2"
    answer = client.get(static(name), headers={"Accept-Encoding": "gzip, br"})
    assert (answer["Content-Type"], answer.get("Content-Encoding")) == ("font/woff2", None)
    assert answer.content == Path(finders.find(name)).read_bytes()


def test_an_older_name_gets_the_present_content_for_a_minute(client):
    answer = client.get("/static/ui/base.0123456789ab.css")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=60")
    assert answer.content == client.get(static("ui/base.css")).content


@pytest.mark.parametrize(
    "path",
    ["ui/nothing.0123456789ab.css", "ui/../../apps.0123456789ab.py", ".0123456789ab.css"],
)
def test_what_is_no_part_is_not_found(mall, client, path):
    assert client.get(f"/static/{path}").status_code == 404


def test_asking_for_what_is_no_part_fills_no_memory():
    before = parts._part.cache_info().currsize, parts.packed.cache_info().currsize
    assert [asked(f"ui/base-{n}.0123456789ab.css") for n in range(50)] == [None] * 50
    assert (parts._part.cache_info().currsize, parts.packed.cache_info().currsize) == before


def test_files_of_other_houses_keep_their_names():
    assert static("wagtailadmin/css/core.css") == "/static/wagtailadmin/css/core.css"


def test_a_sheet_holds_each_sheet_that_it_names_once_and_in_order():
    sheet = part("ui/base.css").body.decode()
    marks = ("--pico-font-family-emoji:", "--motif:url", ".site-header{", ".kiosk-band{", ".push{")
    places = [sheet.index(mark) for mark in marks]
    assert (places, sheet.count("--motif:url")) == (sorted(places), 1)


def test_a_sheet_names_the_sheets_of_other_rooms():
    assert ".device-away{" in part("queue/kiosk.css").body.decode()


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_is_left_to_fetch_by_its_bare_name(name):
    text = part(name).body.decode()
    assert re.findall(r"@import|^\s*import\s*[\"']|\bfrom\s*[\"']\.", text) == []
    named = re.findall(r"url\(\"(?!data:)([^\"]+)\"\)|(?:import\(|\bfrom ?)\"([^\"]+)\"", text)
    addresses = {sheet or script for sheet, script in named}
    assert addresses <= {static(ours) for ours in OURS}


def test_small_drawings_stand_inside_their_sheet():
    assert part("ui/base.css").body.decode().count("data:image/svg+xml,%3Csvg xmlns=") > 5
    assert "shapes/" not in part("ui/base.css").body.decode()


def test_what_a_joined_module_names_stays_its_own():
    """Names of two modules meet in no scope, and nothing is handed from one to the other."""
    entry = (HOUSE / "ui/static/ui/base.js").read_text()
    modules = re.findall(r'^import "\./(\w+)\.js";$', entry, re.MULTILINE)
    assert part("ui/base.js").body.decode().count("console.error(wrong)") == len(modules) == 9
    for module in modules:
        own = (HOUSE / f"ui/static/ui/{module}.js").read_text()
        assert re.findall(r"^(?:export|import)\b.*", own, re.MULTILINE) == []


def test_every_part_that_a_template_names_exists():
    named = {
        (template.name, name)
        for template in HOUSE.glob("*/templates/**/*.html")
        for name in re.findall(r"{% static '([^']+)' %}", template.read_text())
    }
    assert {each for each in named if part(each[1]) is None} == set()
