import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path, reverse

from gerai import ui
from gerai.ui import views
from gerai.ui.context import appearance

ROOM = Path(ui.__file__).parent
FORBIDDEN = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:", re.I)

urlpatterns = [path("", include("gerai.ui.urls"))]

pytestmark = pytest.mark.urls("gerai.ui.tests.test_pages")


@pytest.mark.parametrize("query", ["", "?layar=ruang-tunggu", "?layar=kios", "?layar=meja"])
def test_gallery_pages_hold_no_inline_script_or_style(query, client, mall):
    answer = client.get(reverse("ui:gallery") + query)
    assert answer.status_code == 200
    assert FORBIDDEN.findall(answer.content.decode()) == []


def test_gallery_answers_with_and_without_the_last_stroke(client, mall):
    answers = [client.get("/ui").status_code, client.get("/ui/").status_code]
    assert (reverse("ui:gallery"), answers) == ("/ui", [200, 200])


def test_appearance_keeps_the_wishes_and_returns(client, mall):
    answer = client.post(
        reverse("ui:appearance"),
        {"theme": "dark", "text": "large", "keys": "off", "language": "en", "next": "/ui?x=1"},
    )
    kept = {name: morsel.value for name, morsel in answer.cookies.items()}
    assert (answer.status_code, answer["Location"]) == (302, "/ui?x=1")
    assert kept == {
        "gerai_theme": "dark",
        "gerai_text": "large",
        "gerai_keys": "off",
        "django_language": "en",
    }


def test_appearance_leaves_nonsense_alone(client, mall):
    answer = client.post(
        reverse("ui:appearance"),
        {
            "theme": "pink",
            "text": "😀" * 10_000,
            "language": "xx",
            "next": "https://jahat.example/",
        },
    )
    assert (answer["Location"], dict(answer.cookies)) == ("/", {})


def test_appearance_is_asked_by_post_only(client, mall):
    assert client.get(reverse("ui:appearance")).status_code == 405


def test_context_reads_the_cookies():
    request = RequestFactory().get("/")
    assert appearance(request) == {
        "theme": "auto",
        "text_size": "normal",
        "shortcut_keys": "on",
        "contrast": "usual",
        "reach": "whole",
        "hearing": "off",
    }
    request.COOKIES = {"gerai_theme": "dark", "gerai_text": "large", "gerai_keys": "salah"}
    assert appearance(request) == {
        "theme": "dark",
        "text_size": "large",
        "shortcut_keys": "on",
        "contrast": "usual",
        "reach": "whole",
        "hearing": "off",
    }


def test_page_carries_the_wishes(client, mall):
    client.cookies["gerai_theme"] = "dark"
    client.cookies["gerai_text"] = "large"
    page = client.get("/ui?layar=ruang-tunggu").content.decode()
    opening = [" ".join(tag.split()) for tag in re.findall(r"<html[^>]*>", page)]
    assert opening == ['<html lang="id" class="hall" data-theme="dark" data-text="large">']


def test_error_page_needs_no_context():
    page = render_to_string("500.html")
    assert page.count("Nomor antrean yang sudah Anda ambil tetap berlaku.") == 1


def test_refusal_says_what_next():
    page = render_to_string(
        "ui/refused.html",
        {"title": "Sudah tutup", "message": "Loket tutup.", "what_next": "Datanglah besok."},
    )
    found = re.findall(r"<h1>(.*?)</h1>|role=\"alert\">(.*?)</p>|<p>(Datang.*?)</p>", page)
    assert ["".join(words) for words in found] == [
        "Sudah tutup",
        "Loket tutup.",
        "Datanglah besok.",
    ]


def test_field_joins_label_hint_and_error():
    form = views.SampleForm({"name": ""})
    page = render_to_string("ui/field.html", {"field": form["name"]})
    assert re.findall(r' (?:id|for|aria-describedby)="([^"]+)"', page) == [
        "id_name",
        "id_name_helptext",
        "id_name_error",
        "id_name_helptext id_name_error",
        "id_name",
    ]


def test_addresses_in_stylesheets_exist():
    missing = [
        (sheet.name, address)
        for sheet in sorted((ROOM / "static/ui").glob("*.css"))
        for address in re.findall(r'url\("([^"]+)"\)', sheet.read_text())
        if not (sheet.parent / address).is_file()
    ]
    assert missing == []


def test_every_variable_of_the_baseline_has_a_value():
    """Pico stands here without its colours: what it asks for, tokens.css must say."""
    baseline = (ROOM / "static/ui/vendor/pico.min.css").read_text()
    tokens = (ROOM / "static/ui/tokens.css").read_text()
    asked = set(re.findall(r"var\((--pico-[\w-]+)\)", baseline))
    said = set(re.findall(r"(--pico-[\w-]+)\s*:", tokens + baseline))
    assert asked - said == set()
    assert set(re.findall(r"(--pico-[\w-]+)\s*:", tokens)) - asked == set()
