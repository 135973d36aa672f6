"""Agreements, facilities and guides in the browser."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gerai.directory import queries
from gerai.directory.actions.agreements import (
    AgreementGone,
    end_agreement,
    plan_agreement,
    sign_agreement,
)
from gerai.directory.actions.facilities import LineGone, remove_facility, set_facility, set_guide
from gerai.directory.models import Agreement, AgreementState, Facility, FacilityState, Guide
from gerai.directory.rules import warning_of
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.people.tests.factories import a_mall

TODAY = date(2026, 11, 26)

AGREED = {
    "state": "signed",
    "number": "12/PKS/2026",
    "signed_on": "2026-01-05",
    "starts_on": "2026-01-05",
    "ends_on": "2027-01-04",
    "duty_days": ["0", "2"],
    "officers": "3",
    "agency_brings": "Petugas",
    "operator_brings": "Loket",
    "contact": "",
    "note": "",
}


@pytest.fixture
def office(mall):
    """Return the browser of this mall's admin."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(factories.a_user("mall_admin", name="Admin Barru"))
    return browser


@pytest.mark.parametrize(
    ("ends_on", "warning"),
    [
        (None, None),
        (date(2027, 2, 25), None),
        (date(2027, 2, 24), 90),
        (date(2027, 1, 26), 90),
        (date(2027, 1, 25), 60),
        (date(2026, 12, 26), 30),
        (TODAY, 30),
        (date(2026, 11, 25), 0),
    ],
)
def test_an_agreement_is_warned_of_90_60_and_30_days_before_its_end(ends_on, warning):
    assert warning_of(ends_on, TODAY) == warning


def test_an_agreement_is_written_down(office):
    agency = factories.an_agency()

    answer = office.post(reverse("manage:new_agreement"), AGREED | {"agency": agency.pk})

    assert answer.headers["Location"] == reverse("manage:agreements")
    stored = Agreement.objects.get()
    assert (stored.agency, stored.state, stored.signed_on, stored.duty_days, stored.officers) == (
        agency,
        AgreementState.SIGNED,
        date(2026, 1, 5),
        [0, 2],
        3,
    )
    assert list(Deed.objects.values_list("verb", flat=True)) == ["directory.plan_agreement"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"signed_on": ""}, "signed_on"),
        ({"starts_on": "2027-02-01"}, "ends_on"),
        ({"state": "sah"}, "state"),
        ({"officers": "-1"}, "officers"),
        ({"duty_days": ["7"]}, "duty_days"),
        ({"number": "x" * 121}, "number"),
        ({"ends_on": "31 Februari"}, "ends_on"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(office, told, field):
    agency = factories.an_agency()

    answer = office.post(reverse("manage:new_agreement"), AGREED | {"agency": agency.pk} | told)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not Agreement.objects.exists()


def test_an_agreement_is_not_changed_from_under_somebody(mall):
    agreement = plan_agreement(factories.an_agency(), by=audit.SYSTEM)
    dates = {"signed_on": TODAY, "starts_on": TODAY, "ends_on": None}
    sign_agreement(agreement, number="1", by=audit.SYSTEM, **dates)

    with pytest.raises(AgreementGone):
        sign_agreement(agreement, number="2", by=audit.SYSTEM, **dates)
    assert Agreement.objects.get().number == "1"

    end_agreement(agreement, on=TODAY, by=audit.SYSTEM)
    with pytest.raises(AgreementGone):
        end_agreement(agreement, on=TODAY, by=audit.SYSTEM)


@time_machine.travel("2026-11-26T09:00:00+08:00", tick=False)
def test_what_ends_soonest_stands_first_and_ended_ones_last(office):
    later, soon, ended, planned = (factories.an_agency() for _each in range(4))
    signed = {"state": AgreementState.SIGNED, "signed_on": date(2025, 1, 1), "by": audit.SYSTEM}
    plan_agreement(later, ends_on=date(2028, 1, 1), **signed)
    plan_agreement(soon, ends_on=date(2026, 12, 20), **signed)
    plan_agreement(ended, state=AgreementState.ENDED, ends_on=date(2026, 1, 1), by=audit.SYSTEM)
    plan_agreement(planned, by=audit.SYSTEM)

    page = office.get(reverse("manage:agreements"))

    assert [row.agreement.agency for row in page.context["rows"]] == [soon, planned, later, ended]
    assert [row.agreement.agency for row in queries.warned_agreements()] == [soon]
    assert set(page.context["without"]) == {planned, ended}
    assert "24 hari lagi" in page.content.decode()


def test_the_list_asks_as_much_for_many_as_for_one(office):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries_of_a_page:
            office.get(reverse("manage:agreements"))
        return len(queries_of_a_page)

    plan_agreement(factories.an_agency(), by=audit.SYSTEM)
    asked()
    one = asked()
    for _each in range(3):
        plan_agreement(factories.an_agency(), by=audit.SYSTEM)
    assert asked() == one


def test_a_facility_is_kept_and_taken_off(office):
    told = {"name": "Ruang laktasi", "state": "ready", "source": "usul sendiri"}
    office.post(reverse("manage:facilities"), told)
    facility = Facility.objects.get()
    assert (facility.name, facility.state) == ("Ruang laktasi", FacilityState.READY)

    office.post(reverse("manage:facility", args=[facility.pk]), told | {"state": "missing"})
    assert Facility.objects.get().state == FacilityState.MISSING

    office.post(reverse("manage:facility_remove", args=[facility.pk]))
    assert not Facility.objects.exists()
    facility.pk = 999
    with pytest.raises(LineGone):
        remove_facility(facility, by=audit.SYSTEM)


def test_the_checklist_counts_what_is_there(mall):
    set_facility(code="a", name="A", state=FacilityState.READY, by=audit.SYSTEM)
    set_facility(code="b", name="B", by=audit.SYSTEM)
    assert queries.facilities_ready() == (1, 2)


def test_a_guide_is_written_anew_under_its_code(office):
    told = {"kind": "flow", "title": "Alur", "text": "Datang.\n\nAmbil nomor.", "source": ""}
    office.post(reverse("manage:new_guide"), told)
    guide = Guide.objects.get()

    office.post(reverse("manage:guide", args=[guide.pk]), told | {"title": "Alur kunjungan"})

    guide.refresh_from_db()
    assert (guide.title, Guide.objects.count()) == ("Alur kunjungan", 1)
    assert office.get(reverse("manage:guides")).context["guides"] == [guide]
    office.post(reverse("manage:guide_remove", args=[guide.pk]))
    assert not Guide.objects.exists()


def test_another_mall_s_lines_are_not_found(office):
    with in_mall(a_mall("soppeng")):
        agreement = plan_agreement(factories.an_agency(), by=audit.SYSTEM)
        facility = set_facility(code="a", name="A", by=audit.SYSTEM)
        guide = set_guide(code="a", kind="flow", title="A", text="A", by=audit.SYSTEM)

    for view, row in [
        ("agreement", agreement),
        ("facility", facility),
        ("guide", guide),
    ]:
        assert office.get(reverse(f"manage:{view}", args=[row.pk])).status_code == 404
