"""Signing in: no guessing, no foreign sessions, and out at once when that is said."""

import pytest
from django.core.cache import cache
from django.test import Client

from gerai.malls.scope import in_mall
from gerai.people import actions, audit
from gerai.people.roles import Role
from gerai.people.tests.factories import PASSWORD
from tests.house.world import World

NEW = "sandi-baru-sekali-77"


@pytest.fixture
def browser(world: World) -> Client:
    return world.here.browser()


def sign_in(browser: Client, username: str, password: str = PASSWORD):
    return browser.post("/masuk/", {"username": username, "password": password})


def test_guessing_is_slowed_and_does_not_tell_who_exists(world: World, browser: Client):
    known, unknown = world.here.home.officer.username, "tidak.ada"
    answers = {
        name: [sign_in(browser, name, f"salah-{n}") for n in range(actions.TRIES + 1)]
        for name in (known, unknown)
    }
    states = [400] * actions.TRIES + [429]
    assert {name: [a.status_code for a in said] for name, said in answers.items()} == {
        known: states,
        unknown: states,
    }
    for one, other in zip(answers[known], answers[unknown], strict=True):
        assert plain(one, known) == plain(other, unknown)
    assert sign_in(browser, known).status_code == 429
    assert sign_in(browser, known.upper() + " ").status_code == 429
    cache.clear()  # a quarter of an hour later
    assert sign_in(browser, known).status_code == 302


def plain(answer, username: str) -> str:
    words = answer.content.decode().replace(username, "…")
    token = answer.context and answer.context.get("csrf_token")
    return words.replace(str(token), "…") if token else words


def test_a_closed_account_is_told_nothing_more(world: World, browser: Client):
    officer = world.here.home.officer
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    closed = sign_in(browser, officer.username)
    cache.clear()
    wrong = sign_in(browser, officer.username, "salah")
    assert (closed.status_code, wrong.status_code) == (400, 400)
    assert plain(closed, officer.username) == plain(wrong, officer.username)


def test_signing_in_changes_the_key_of_the_session(world: World, browser: Client):
    session = browser.session
    session["something"] = 1
    session.save()
    planted = browser.cookies["sessionid"].value
    assert sign_in(browser, world.here.home.officer.username).status_code == 302
    assert browser.cookies["sessionid"].value != planted
    old = world.here.browser()
    old.cookies["sessionid"] = planted
    assert old.get("/petugas/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(world: World, browser: Client):
    sign_in(browser, world.here.home.officer.username)
    kept = browser.cookies["sessionid"].value
    browser.post("/keluar/")
    again = world.here.browser()
    again.cookies["sessionid"] = kept
    assert again.get("/petugas/").status_code == 302
    assert browser.get("/keluar/").status_code == 405


def test_a_new_password_ends_the_other_sessions(world: World, browser: Client):
    username = world.here.home.officer.username
    other = world.here.browser()
    for each in (browser, other):
        sign_in(each, username)
        assert each.get("/petugas/").status_code == 200
    told = {"present": PASSWORD, "password": NEW, "again": NEW}
    assert browser.post("/akun/", told).status_code == 302
    assert browser.get("/petugas/").status_code == 200
    assert other.get("/petugas/").status_code == 302
    assert sign_in(other, username).status_code == 400
    assert sign_in(other, username, NEW).status_code == 302


def test_a_password_given_by_the_admin_ends_all_sessions(world: World, browser: Client):
    officer = world.here.home.officer
    sign_in(browser, officer.username)
    admin = world.here.browser("mall_admin")
    admin.post(f"/kelola/orang/{officer.pk}/kata-sandi/", {"password": NEW})
    assert browser.get("/petugas/").status_code == 302


def test_a_closed_account_is_out_at_once(world: World, browser: Client):
    officer = world.here.home.officer
    sign_in(browser, officer.username)
    admin = world.here.browser("mall_admin")
    admin.post(f"/kelola/orang/{officer.pk}/keaktifan/", {"is_active": "0"})
    assert browser.get("/petugas/").status_code == 302
    assert browser.post("/petugas/panggilan/").status_code == 302


@pytest.mark.parametrize("role", [None, Role.GREETER])
def test_a_role_taken_away_opens_nothing_any_more(world: World, browser: Client, role: Role | None):
    officer = world.here.home.officer
    sign_in(browser, officer.username)
    assert browser.get("/petugas/").status_code == 200
    with in_mall(world.here.mall):
        actions.change_role(officer, role, by=audit.SYSTEM)
    assert browser.get("/petugas/").status_code == 403
    assert browser.post("/petugas/panggilan/").status_code == 403


def test_a_mall_admin_cannot_touch_the_platform_or_themselves(world: World):
    admin = world.here.browser("mall_admin")
    own = world.here.people["mall_admin"]
    platform = world.here.people["platform_admin"]
    answers = {
        (who.pk, verb): admin.post(
            f"/kelola/orang/{who.pk}/{verb}/",
            {"is_active": "0", "role": "greeter", "password": NEW},
        ).status_code
        for who in (own, platform)
        for verb in ("keaktifan", "peran", "kata-sandi")
    }
    assert set(answers.values()) <= {403, 404, 409}
    own.refresh_from_db()
    assert (own.is_active, own.check_password(PASSWORD)) == (True, True)
