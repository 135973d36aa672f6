"""What a reader wishes is kept without a token, as kept pages hold none; nothing else is."""

import pytest
from django.conf import settings
from django.test import Client

from gerai.ui.context import WISHES


@pytest.fixture
def strict(mall):
    """Return a browser that checks tokens as a real one is checked, and holds none."""
    return Client(HTTP_HOST="barru.localhost", enforce_csrf_checks=True)


def test_wishes_are_kept_without_a_token(strict):
    told = {wish.field: wish.values[-1] for wish in WISHES}
    answer = strict.post("/ui/tampilan/", {**told, "language": "en", "next": "/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    kept = {name: cookie.value for name, cookie in answer.cookies.items()}
    assert kept == {settings.LANGUAGE_COOKIE_NAME: "en"} | {
        wish.cookie: wish.values[-1] for wish in WISHES
    }


@pytest.mark.parametrize("next_page", ["//jahat.example/", "https://jahat.example/", "\\\\jahat"])
def test_nobody_is_led_elsewhere_by_it(strict, next_page):
    answer = strict.post("/ui/tampilan/", {"theme": "dark", "next": next_page})
    assert answer["Location"] == "/"


def test_another_form_still_wants_its_token(strict):
    answer = strict.post("/masuk/", {"username": "siti", "password": "rahasia-uji-1"})
    assert answer.status_code == 403


def test_pages_for_everybody_hold_no_token(strict):
    for path in ("/", "/berita/", "/layanan/"):
        answer = strict.get(path)
        assert (path, answer.status_code, dict(answer.cookies)) == (path, 200, {})
        assert "csrfmiddlewaretoken" not in answer.content.decode()
