"""The management pages of the week and of special days."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory import queries
from gerai.directory.hours import DayHours
from gerai.directory.models import BreakTime, SpecialDay, WeeklyHours
from gerai.directory.tests import factories
from gerai.people.models import Deed


@pytest.fixture
def office(mall):
    """Return the browser of this mall's admin."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(factories.a_user("mall_admin"))
    return browser


def a_week(**told):
    """Return the form of a mall open on Monday, 8 to 15, with what a test says else."""
    return {
        "is_open_0": "on",
        "opens_0": "08.00",
        "closes_0": "15:00",
        "last_ticket_0": "14.30",
        "starts_0_0": "12.00",
        "ends_0_0": "13.00",
    } | told


def test_week_of_the_mall_is_replaced_whole(office):
    factories.office_hours()

    answer = office.post(reverse("manage:hours"), a_week())

    assert answer.status_code == 302
    assert queries.week_of(None) == {
        0: DayHours(time(8), time(15), time(14, 30), ((time(12), time(13)),))
    }
    assert (WeeklyHours.objects.count(), BreakTime.objects.count()) == (1, 1)


def test_week_is_shown_as_it_was_stored(office):
    factories.office_hours(pause=(time(12), time(13)))

    form = office.get(reverse("manage:hours")).context["form"]

    assert form["opens_0"].value() == time(8)
    assert form["is_open_6"].value() is False


def test_agency_gets_its_own_week_and_follows_the_mall_again(office):
    factories.office_hours()
    agency = factories.an_agency()
    office.post(reverse("manage:agency_hours", args=[agency.pk]), a_week(opens_0="09.00"))
    assert queries.agencies_with_own_week() == {agency.pk}
    assert queries.week_of(agency)[0].opens == time(9)

    office.post(reverse("manage:follow_the_mall", args=[agency.pk]))

    assert queries.agencies_with_own_week() == set()
    assert len(queries.week_of(None)) == 5


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"opens_0": ""}, "opens_0"),
        ({"closes_0": ""}, "closes_0"),
        ({"closes_0": "08.00", "last_ticket_0": ""}, "closes_0"),
        ({"last_ticket_0": "15.01"}, "last_ticket_0"),
        ({"last_ticket_0": "08.00"}, "last_ticket_0"),
        ({"ends_0_0": ""}, "ends_0_0"),
        ({"starts_0_0": ""}, "starts_0_0"),
        ({"starts_0_0": "08.00"}, "starts_0_0"),
        ({"ends_0_0": "15.00"}, "starts_0_0"),
        ({"starts_1_0": "12.30", "ends_1_0": "13.30"}, "starts_0_0"),
        ({"opens_0": "25.00"}, "opens_0"),
        ({"opens_0": "😀" * 10_000}, "opens_0"),
    ],
)
def test_week_refuses_times_that_do_not_fit(office, told, field):
    answer = office.post(reverse("manage:hours"), a_week(**told))

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not WeeklyHours.objects.exists()


def test_week_may_hold_two_breaks_in_any_order(office):
    office.post(reverse("manage:hours"), a_week(starts_1_0="10.00", ends_1_0="10.15"))

    assert queries.week_of(None)[0].breaks == (
        (time(10), time(10, 15)),
        (time(12), time(13)),
    )


def test_special_day_is_added_changed_and_deleted(office):
    factories.office_hours()
    told = {"on": "2026-08-03", "kind": "closed", "name": "Hari jadi 🎉"}
    assert office.post(reverse("manage:days"), told).headers["Location"].endswith("?tahun=2026")
    day = SpecialDay.objects.get()
    assert (day.on, day.kind, day.agency) == (date(2026, 8, 3), "closed", None)

    changed = told | {"kind": "hours", "opens": "09.00", "closes": "11.00"}
    office.post(reverse("manage:day", args=[day.pk]), changed)
    day.refresh_from_db()
    assert (day.kind, day.opens, day.closes) == ("hours", time(9), time(11))

    office.post(reverse("manage:day_remove", args=[day.pk]))
    assert not SpecialDay.objects.exists()
    assert list(Deed.objects.order_by("pk").values_list("verb", flat=True)) == [
        "directory.add_special_day",
        "directory.change_special_day",
        "directory.remove_special_day",
    ]


def test_special_day_closed_forgets_hours_typed_by_mistake(office):
    told = {"on": "2026-08-03", "kind": "closed", "name": "Rapat", "opens": "11.00"}

    assert office.post(reverse("manage:days"), told).status_code == 302
    assert SpecialDay.objects.get().opens is None


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"on": "31-31-2026"}, "on"),
        ({"on": ""}, "on"),
        ({"kind": "libur"}, "kind"),
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"kind": "hours"}, "opens"),
        ({"kind": "hours", "opens": "10.00", "closes": "09.00"}, "closes"),
        ({"kind": "open", "opens": "10.00"}, "opens"),
        ({"kind": "open", "last_ticket": "10.00"}, "last_ticket"),
        (
            {"kind": "hours", "opens": "08.00", "closes": "09.00", "last_ticket": "10.00"},
            "last_ticket",
        ),
        ({"kind": "open", "on": "2026-08-02"}, "opens"),
        ({"agency": "99999"}, "agency"),
    ],
)
def test_special_day_refuses_what_does_not_fit(office, told, field):
    factories.office_hours()

    answer = office.post(
        reverse("manage:days"),
        {"on": "2026-08-03", "kind": "closed", "name": "Rapat"} | told,
    )

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not SpecialDay.objects.exists()


def test_special_day_has_one_word_a_date_for_the_mall_and_for_each_agency(office):
    agency = factories.an_agency()
    told = {"on": "2026-08-03", "kind": "closed", "name": "Rapat"}
    answers = [
        office.post(reverse("manage:days"), told | extra).status_code
        for extra in ({}, {}, {"agency": agency.pk}, {"agency": agency.pk})
    ]

    assert answers == [302, 400, 302, 400]
    assert SpecialDay.objects.count() == 2


def test_days_page_knows_the_national_calendar(office):
    page = office.get(reverse("manage:days") + "?tahun=2026")

    independence = [day for day, _own in page.context["national_days"] if day.on.month == 8]
    assert [day.on for day in independence] == [date(2026, 8, 17), date(2026, 8, 25)]
    assert office.get(reverse("manage:days") + "?tahun=2100").status_code == 200
    assert office.get(reverse("manage:days") + "?tahun=1945").status_code == 200
