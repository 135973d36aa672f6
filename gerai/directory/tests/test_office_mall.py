"""What the mall says of itself, changed by its admin."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory.tests import factories
from gerai.malls.models import Mall
from gerai.people.models import Deed

TOLD = {
    "name": "MPP Kabupaten Barru",
    "address": "Jalan Sultan Hasanuddin 1",
    "running_text": "Selamat datang.\nSilakan ambil nomor.",
}


@pytest.fixture
def office(mall):
    """Return the browser of this mall's admin."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(factories.a_user("mall_admin", name="Admin Barru"))
    return browser


def test_the_mall_says_itself_anew(office, mall):
    assert office.post(reverse("manage:mall"), TOLD).status_code == 302

    mall.refresh_from_db()
    assert (mall.name, mall.address, mall.running_text, mall.joint_leave_closes) == (
        "MPP Kabupaten Barru",
        "Jalan Sultan Hasanuddin 1",
        "Selamat datang. Silakan ambil nomor.",
        False,
    )
    deed = Deed.objects.get()
    assert (deed.verb, deed.detail) == (
        "malls.describe",
        {"changed": ["address", "joint_leave_closes", "name", "running_text"]},
    )


def test_region_and_zone_are_shown_and_not_changed(office, mall):
    page = office.get(reverse("manage:mall"))
    office.post(reverse("manage:mall"), TOLD | {"zone": "Asia/Jakarta", "region_code": "31"})

    assert page.context["region"] == "Kabupaten Barru"
    assert page.content.decode().count("WITA") == 1
    mall.refresh_from_db()
    assert (mall.zone, mall.region_code) == ("Asia/Makassar", "73.11")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "😀"}, "name"),
        ({"address": "x" * 241}, "address"),
        ({"running_text": "x" * 401}, "running_text"),
        ({"running_text": "=SUM(A1)"}, "running_text"),
    ],
)
def test_what_cannot_be_said_is_refused(office, mall, told, field):
    answer = office.post(reverse("manage:mall"), TOLD | told)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert Mall.objects.get().name == mall.name
    assert not Deed.objects.exists()


@pytest.mark.parametrize("role", ["officer", "greeter", "supervisor"])
def test_the_page_is_closed_to_other_roles(client, mall, role):
    client.force_login(factories.a_user(role))
    assert client.get(reverse("manage:mall")).status_code == 403
