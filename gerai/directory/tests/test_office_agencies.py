"""Agencies added and described in the browser."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory.models import Agency
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.people.models import Deed

NEW = {
    "code": "DISDUKCAPIL",
    "name": "Dinas Kependudukan",
    "short_name": "Disdukcapil",
    "kind": "opd",
    "site": "disdukcapil.barrukab.go.id",
    "icon": "id",
}


@pytest.fixture
def office(mall):
    """Return the browser of this mall's admin."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(factories.a_user("mall_admin", name="Admin Barru"))
    return browser


def verbs():
    return list(Deed.objects.order_by("pk").values_list("verb", flat=True))


def test_an_agency_is_added(office):
    answer = office.post(reverse("manage:new_agency"), NEW)

    agency = Agency.objects.get()
    assert answer.headers["Location"] == reverse("manage:agency", args=[agency.pk])
    stored = {name: getattr(agency, name) for name in NEW}
    assert stored == NEW | {"site": "https://disdukcapil.barrukab.go.id"}
    assert agency.is_active is True
    assert verbs() == ["directory.add_agency"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"code": "dis dukcapil"}, "code"),
        ({"code": "😀"}, "code"),
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"short_name": "=1+1"}, "short_name"),
        ({"kind": "kerajaan"}, "kind"),
        ({"icon": "unicorn"}, "icon"),
        ({"icon": ""}, "icon"),
        ({"site": "bukan alamat"}, "site"),
        ({"site": "javascript:alert(1)"}, "site"),
    ],
)
def test_an_agency_that_cannot_be_is_refused(office, told, field):
    factories.an_agency(code="DISDUKCAPIL")

    answer = office.post(reverse("manage:new_agency"), NEW | {"code": "LAIN"} | told)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert Agency.objects.count() == 1
    assert verbs() == []


def test_an_agency_keeps_its_own_code_and_a_drawing_from_a_catalogue(office):
    agency = factories.an_agency(code="DISDUKCAPIL", icon="ticket")
    page = reverse("manage:agency_edit", args=[agency.pk])

    assert office.get(page).content.decode().count('value="ticket"') == 1
    assert office.post(page, NEW | {"icon": "ticket", "short_name": "Capil"}).status_code == 302

    agency.refresh_from_db()
    assert (agency.short_name, agency.icon) == ("Capil", "ticket")
    deed = Deed.objects.get()
    assert deed.detail == {"changed": ["name", "short_name", "site"]}


def test_another_malls_agency_is_nowhere_to_be_found(office):
    with in_mall(factories.a_mall("parepare")):
        page = reverse("manage:agency_edit", args=[factories.an_agency(code="DISDUKCAPIL").pk])

    assert [office.get(page).status_code, office.post(page, NEW).status_code] == [404, 404]
    assert office.post(reverse("manage:new_agency"), NEW).status_code == 302
