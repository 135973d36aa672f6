"""The walls: between malls, between the agencies of a mall, between kinds of devices."""

from collections.abc import Iterator

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client

from gerai.directory.actions.devices import revoke
from gerai.directory.guard import cookie_name
from gerai.directory.models import DeviceKind
from gerai.malls.scope import in_mall
from gerai.people import audit
from tests.house.addresses import addresses, unknown_parameters
from tests.house.rows import rows_of, undone
from tests.house.world import FOREIGN, NEXT_DOOR, ROLES, World, give, told

pytestmark = pytest.mark.sweep

SAYS_NO = {403, 404, 405, 410}
# A platform administrator opens and closes every mall: that is what they are for.
OVER_ALL_MALLS = {"people:edit_mall", "people:switch_mall"}


def is_refused(response: HttpResponse) -> bool:
    """Tell whether somebody was turned away: to sign in, to pair, or with a no."""
    if response.status_code == 302:
        return response["Location"].startswith(("/masuk/", "/perangkat/"))
    return response.status_code in SAYS_NO


def ask(client: Client, path: str, body: dict[str, object]) -> Iterator[tuple[str, HttpResponse]]:
    yield f"GET {path}", client.get(path)
    yield f"POST {path}", client.post(path, body)


def text(response: HttpResponse) -> str:
    return response.content.decode("utf-8", "replace")


def test_every_parameter_of_an_address_is_known():
    assert unknown_parameters() == set()


def test_every_role_is_turned_away_from_the_rows_of_another_mall(world: World):
    own, other = (world.here, world.here.home), (world.there, world.there.home)
    body = told(world.there, world.there.home)
    before = rows_of(world.there.mall), rows_of(world.here.mall)
    holes = []
    named = [address for address in addresses() if address.names_rows]
    for role in ROLES:
        client = world.here.browser(role)
        for address in named:
            if role == "platform_admin" and address.name in OVER_ALL_MALLS:
                continue
            for path in address.mixed(own, other):
                for request, response in ask(client, path, body):
                    if not is_refused(response) or FOREIGN in text(response):
                        holes.append((role, request, response.status_code))
    assert holes == []
    after = rows_of(world.there.mall), rows_of(world.here.mall)
    assert [without_signs_of_life(rows) for rows in after] == [
        without_signs_of_life(rows) for rows in before
    ]


def without_signs_of_life(rows: dict[str, str]) -> dict[str, str]:
    """Leave out what a device's browser writes by only being there."""
    return {
        name: digest
        for name, digest in rows.items()
        if name not in {"directory.Device", "directory.Pairing"}
    }


def test_no_form_takes_keys_of_another_mall(world: World):
    own = (world.here, world.here.home)
    body = told(world.there, world.there.home)
    before = rows_of(world.there.mall)
    holes = []
    for role in ROLES:
        client = world.here.browser(role)
        for address in addresses():
            with undone():
                response = client.post(address.path(own), body)
                leads_on = response.status_code == 302 and not is_refused(response)
                shown = client.get(response["Location"]) if leads_on else response
            if role == "platform_admin" and address.name in {"people:new_mall", "people:malls"}:
                continue
            if response.status_code >= 500 or FOREIGN in text(shown):
                holes.append((role, address.name, response.status_code))
    assert holes == []
    assert rows_of(world.there.mall) == before


def test_an_officer_has_nothing_to_do_with_the_agency_next_door(world: World):
    own, other = (world.here, world.here.home), (world.here, world.here.next_door)
    client = world.here.browser("officer")
    body = told(world.here, world.here.next_door)
    before = rows_of(world.here.mall)
    holes = []
    for address in addresses():
        if not address.name.startswith("desk:") or not address.names_rows:
            continue
        for path in address.mixed(own, other):
            for request, response in ask(client, path, body):
                if not is_refused(response) or NEXT_DOOR in text(response):
                    holes.append((request, response.status_code))
    assert holes == []
    assert rows_of(world.here.mall) == before


def test_nor_without_an_open_counter(world: World):
    client = world.here.browser("officer")
    client.post(f"/petugas/nomor/{world.here.home.at_desk.pk}/penundaan/", {"words": "x"})
    assert client.post("/petugas/penutupan/").status_code == 302
    before = rows_of(world.here.mall)
    other = (world.here, world.here.next_door)
    answers = {
        address.name: client.post(address.path(other), told(world.here, world.here.next_door))
        for address in addresses()
        if address.name.startswith("desk:") and address.names_rows
    }
    assert {n: a.status_code for n, a in answers.items() if a.status_code not in SAYS_NO} == {}
    assert rows_of(world.here.mall) == before


def test_who_works_in_one_mall_is_nobody_in_another(world: World):
    before = rows_of(world.there.mall)
    place = (world.there, world.there.home)
    body = told(*place)
    guarded = [each for each in addresses() if each.door not in {"public", "signed-in"}]
    holes = []
    for role in ("officer", "greeter", "supervisor", "mall_admin"):
        client = world.here.browser(role)
        client.defaults["HTTP_HOST"] = world.there.host
        for address in guarded:
            for request, response in ask(client, address.path(place), body):
                if not is_refused(response):
                    holes.append((role, request, response.status_code))
    assert holes == []
    assert rows_of(world.there.mall) == before


@pytest.mark.parametrize("kind", ["kiosk", "screen"])
def test_a_device_of_another_mall_is_no_device_here(world: World, kind: str):
    client = world.here.browser()
    give(client, world.there.devices[kind])
    for path in device_paths(world, kind):
        response = client.get(path)
        assert response.status_code == 302
        assert response["Location"].split("?")[0] == f"/perangkat/{kind}/"


@pytest.mark.parametrize(("kind", "other"), [("kiosk", "screen"), ("screen", "kiosk")])
def test_the_token_of_the_other_kind_opens_nothing(world: World, kind: str, other: str):
    client = world.here.browser(other)
    told = client.cookies[cookie_name(DeviceKind(other))].value
    client.cookies[cookie_name(DeviceKind(kind))] = told
    assert {client.get(path).status_code for path in device_paths(world, kind)} == {302}


FALSE_CLAIMS = (
    {"generation": 0},
    {"generation": 2},
    {"device": 10**40},
    {"device": -1},
    {"mall": None},
)
SPOILT = (
    lambda token: "",
    lambda token: token[:-1],
    lambda token: token[: len(token) // 2],
    lambda token: token + "A",
    lambda token: "A" * 10_000,
    lambda token: token * 100,
    lambda token: ":::",
    lambda token: token.replace(":", "\xae"),
    lambda token: signing.dumps({"device": 1}, key="another key", salt="gerai_device_kiosk"),
)


@pytest.mark.parametrize("kind", ["kiosk", "screen"])
def test_a_forged_token_opens_nothing(world: World, kind: str):
    name = cookie_name(DeviceKind(kind))
    good = world.here.browser(kind)
    paths = device_paths(world, kind)
    for claims in FALSE_CLAIMS:
        client = world.here.browser()
        give(client, world.here.devices[kind], **claims)
        assert (claims, {client.get(path).status_code for path in paths}) == (claims, {302})
    for spoil in SPOILT:
        client = world.here.browser()
        client.cookies[name] = spoil(good.cookies[name].value)
        token = client.cookies[name].value[:80]
        assert (token, {client.get(path).status_code for path in paths}) == (token, {302})


@pytest.mark.parametrize("kind", ["kiosk", "screen"])
def test_a_revoked_device_is_out_at_once(world: World, kind: str):
    client = world.here.browser(kind)
    first = device_paths(world, kind)[0]
    assert client.get(first).status_code == 200
    with in_mall(world.here.mall):
        revoke(world.here.devices[kind], audit.SYSTEM)
    assert {client.get(path).status_code for path in device_paths(world, kind)} == {302}


def test_a_pairing_of_another_mall_is_not_collected_here(world: World):
    there = world.there.browser()
    there.get("/perangkat/screen/")
    here = world.here.browser()
    here.cookies["gerai_pairing_screen"] = there.cookies["gerai_pairing_screen"].value
    response = here.get("/perangkat/screen/")
    assert response.status_code == 200
    assert (
        response.cookies["gerai_pairing_screen"].value
        != there.cookies["gerai_pairing_screen"].value
    )


def device_paths(world: World, kind: str) -> list[str]:
    """Return the paths that a kind of device may open; what it says to us of its voice is sent."""
    place = (world.here, world.here.home)
    return [
        address.path(place)
        for address in addresses()
        if address.door == f"device:{kind}"
        and "ucapan" not in address.route
        and "darurat" not in address.route
    ]
