"""Signing in and out, and where one is led."""

import pytest
from django.core.cache import cache

from gerai.people.models import Deed
from gerai.people.tests import factories


@pytest.fixture(autouse=True)
def _no_tries():
    cache.clear()


def test_sign_in_leads_to_the_page_that_was_wanted(client, mall):
    user = factories.a_user("mall_admin", username="admin1")
    told = {"username": "admin1", "password": factories.PASSWORD, "next": "/kelola/hari/"}

    assert client.post("/masuk/", told).headers["Location"] == "/kelola/hari/"
    assert Deed.objects.get().by == user


def test_sign_in_leads_to_nobody_elses_site(client, mall):
    factories.a_user("mall_admin", username="admin1")
    told = {"username": "admin1", "password": factories.PASSWORD, "next": "//jahat.example/"}

    assert client.post("/masuk/", told).headers["Location"] == "/mulai/"


@pytest.mark.parametrize("fields", [{"password": "salah"}, {"username": "hantu"}])
def test_sign_in_with_a_wrong_name_or_password_says_the_same(client, mall, fields):
    factories.a_user("officer", username="petugas1")
    told = {"username": "petugas1", "password": factories.PASSWORD} | fields

    answer = client.post("/masuk/", told)

    assert answer.status_code == 400
    assert answer.context["form"].non_field_errors() == [
        "Nama pengguna atau kata sandi tidak cocok. Periksa, lalu coba lagi."
    ]
    assert Deed.objects.get().verb == "people.sign_in_failed"


def test_sign_in_closes_a_name_after_eight_wrong_passwords(client, mall):
    factories.a_user("officer", username="petugas1")
    wrong = {"username": "petugas1", "password": "salah"}
    told = [client.post("/masuk/", wrong).status_code for _time in range(9)]

    assert told == [400] * 8 + [429]


def test_sign_in_of_a_closed_account_is_refused(client, mall):
    factories.a_user("officer", username="petugas1", is_active=False)

    answer = client.post("/masuk/", {"username": "petugas1", "password": factories.PASSWORD})

    assert answer.status_code == 400


def test_sign_out_ends_the_session(client, mall):
    client.force_login(factories.a_user("officer"))

    client.post("/keluar/")

    assert client.get("/akun/").status_code == 302
