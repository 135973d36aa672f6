"""What is written down agrees with what is there."""

import re
import subprocess
from pathlib import Path

import gerai.later
from gerai.errors import Refused
from gerai.showcase.models import SlideKind

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(file.parent.name for file in (ROOT / "gerai").glob("*/apps.py"))
FOUND_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
# They dress a template of the page editor.
DRESSES = "wagtailadmin/"
# Spelled so that this file does not find itself.
UNWELCOME = ["/" + "work/", "/" + "root/", "bash" + "_jobs", "pypi" + ".org", "python" + "hosted"]

# The template of a slide is named by its kind; the tour has two kinds of its own.
# A gate of the routes names the folder of its pages.
OF_A_GATE = re.compile(r"queue/(kiosk/)?route/(add|route|templates)\.html")
A_SLIDE_EACH = {f"showcase/slides/{kind}.html" for kind in (*SlideKind.values, "stop", "walk")}


def tracked(*endings: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if name.endswith(endings) and (ROOT / name).exists()]


def test_every_room_has_its_readme():
    assert [room for room in ROOMS if not (ROOT / "gerai" / room / "README.md").exists()] == []


def test_every_template_is_used():
    sources = {
        file: file.read_text(encoding="utf-8") for file in tracked(".py", ".html") if file.exists()
    }
    unused = []
    for file in tracked(".html"):
        name = file.as_posix().split("/templates/", 1)[-1]
        others = (text for other, text in sources.items() if other != file)
        if name in FOUND_BY_DJANGO or name in A_SLIDE_EACH or OF_A_GATE.fullmatch(name):
            continue
        if name.startswith(DRESSES):
            continue
        if not any(name in text for text in others):
            unused.append(name)
    assert unused == []


def test_every_task_named_later_exists():
    names = {
        name
        for file in tracked(".py")
        if "tests" not in file.parts
        for name in re.findall(r'later\.run\(\s*"([a-z_.]+)"', file.read_text(encoding="utf-8"))
    }
    assert names != set()
    for name in names:
        gerai.later.find(name)


def all_refusals(kind: type[Refused] = Refused) -> list[type[Refused]]:
    return [each for sub in kind.__subclasses__() for each in [sub, *all_refusals(sub)]]


def test_every_refusal_answers_with_a_client_error():
    wrong = [kind.__name__ for kind in all_refusals() if not 400 <= kind.status < 500]
    assert wrong == []


def test_every_setting_is_documented():
    named = set()
    for file in (ROOT / "config").glob("*.py"):
        named |= set(re.findall(r'"(GERAI_[A-Z_]+)"', file.read_text(encoding="utf-8")))
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert sorted(name for name in named if f"`{name}`" not in page) == []


def test_nothing_tells_of_other_machines():
    telling = [
        f"{file.relative_to(ROOT)}: {word}"
        for file in tracked("")
        if file.suffix not in {".woff2", ".png", ".mo", ".wav"}
        for word in UNWELCOME
        if word in file.read_text(encoding="utf-8", errors="replace")
    ]
    assert telling == []


def test_no_page_has_inline_scripts_styles_or_handlers():
    inline = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=", re.I)
    found = [
        f"{file.relative_to(ROOT)}: {match.group(0)}"
        for file in tracked(".html")
        for match in inline.finditer(file.read_text(encoding="utf-8"))
        if 'type="application/json"' not in match.group(0)
    ]
    assert found == []
