"""The malls of the installation, opened and changed by platform administrators only."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.models import Deed
from gerai.people.tests import factories

NEW = {
    "name": "MPP Kota Jayapura",
    "slug": "Jayapura",
    "region_code": "91.71",
    "zone": "Asia/Jayapura",
    "host": "MPP.jayapurakota.go.id",
    "address": "Jalan Balai Kota 1",
}


@pytest.fixture
def platform(mall):
    """Return the browser of a platform administrator."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(factories.a_user(None, is_platform_admin=True, name="Pusat"))
    return browser


def test_malls_are_listed_with_their_region_and_address(platform, mall):
    factories.a_mall("antah", region_code="00.00", is_active=False, name="MPP " + "Panjang " * 14)

    page = platform.get(reverse("people:malls"))

    assert [(row.slug, region) for row, region in page.context["rows"]] == [
        ("barru", "Kabupaten Barru"),
        ("antah", "00.00"),
    ]


@pytest.mark.parametrize("role", ["officer", "mall_admin"])
def test_pages_are_closed_to_people_of_a_mall(client, mall, role):
    client.force_login(factories.a_user(role))
    before = Mall.objects.count()

    told = [
        client.get(reverse("people:malls")).status_code,
        client.post(reverse("people:new_mall"), NEW).status_code,
        client.post(reverse("people:edit_mall", args=[mall.pk]), NEW).status_code,
        client.post(reverse("people:switch_mall", args=[mall.pk]), {}).status_code,
    ]

    assert told == [403, 403, 403, 403]
    assert Mall.objects.count() == before


def test_mall_is_opened_and_answers_on_its_host(platform):
    assert platform.post(reverse("people:new_mall"), NEW).status_code == 302

    made = Mall.objects.get(slug="jayapura")
    assert (made.name, made.host, made.zone_label) == (
        "MPP Kota Jayapura",
        "mpp.jayapurakota.go.id",
        "WIT",
    )
    with in_mall(made):
        assert list(Deed.objects.values_list("verb", "by_name")) == [("malls.open", "Pusat")]
    for host in ("jayapura.localhost", "mpp.jayapurakota.go.id"):
        assert Client(HTTP_HOST=host).get("/masuk/").status_code == 200


def test_two_malls_may_have_no_host_of_their_own(platform):
    for slug in ("satu", "dua"):
        told = NEW | {"slug": slug, "host": ""}
        assert platform.post(reverse("people:new_mall"), told).status_code == 302

    assert Mall.objects.filter(host=None).count() == 3


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"slug": "barru"}, "slug"),
        ({"slug": "BARRU"}, "slug"),
        ({"slug": "-x"}, "slug"),
        ({"slug": "a.b"}, "slug"),
        ({"slug": "😀"}, "slug"),
        ({"slug": "x" * 64}, "slug"),
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"region_code": "00.00"}, "region_code"),
        ({"region_code": "Kota Jayapura"}, "region_code"),
        ({"zone": "Europe/Paris"}, "zone"),
        ({"host": "https://mpp.go.id/"}, "host"),
        ({"host": "dipakai.go.id"}, "slug"),
    ],
)
def test_mall_is_not_opened_with_wrong_particulars(platform, told, field):
    factories.a_mall("lain", host="dipakai.go.id")
    before = Mall.objects.count()

    answer = platform.post(reverse("people:new_mall"), NEW | told)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert Mall.objects.count() == before


def test_mall_is_changed_but_keeps_its_slug(platform):
    other = factories.a_mall("lain", host="lain.go.id")
    address = reverse("people:edit_mall", args=[other.pk])
    assert platform.get(address).context["form"]["host"].value() == "lain.go.id"

    assert platform.post(address, NEW | {"host": "lain.go.id"}).status_code == 302

    other.refresh_from_db()
    assert (other.slug, other.name, other.host) == ("lain", "MPP Kota Jayapura", "lain.go.id")
    with in_mall(other):
        assert Deed.objects.get().verb == "malls.change"


def test_mall_does_not_take_another_malls_host(platform):
    factories.a_mall("satu", host="satu.go.id")
    other = factories.a_mall("dua")

    answer = platform.post(
        reverse("people:edit_mall", args=[other.pk]), NEW | {"host": "satu.go.id"}
    )

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["host"]


def test_mall_is_closed_and_opened_again_but_never_from_within(platform, mall):
    other = factories.a_mall("lain")
    address = reverse("people:switch_mall", args=[other.pk])

    for told, is_active in (("0", False), ("1", True)):
        assert platform.post(address, {"is_active": told}).status_code == 302
        other.refresh_from_db()
        assert other.is_active is is_active
    own = reverse("people:switch_mall", args=[mall.pk])
    assert platform.post(own, {"is_active": "0"}).status_code == 409
    mall.refresh_from_db()
    assert mall.is_active is True


@pytest.mark.parametrize("key", ["0", "99999999999999999999999"])
def test_unknown_malls_are_not_found(platform, key):
    assert platform.get(reverse("people:edit_mall", args=[key])).status_code == 404
    assert platform.post(reverse("people:switch_mall", args=[key])).status_code == 404
