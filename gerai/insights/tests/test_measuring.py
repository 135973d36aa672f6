"""What the rows of a mall measure."""

from datetime import time, timedelta

import pytest

from gerai.directory.models import (
    DELIVERY,
    MANAGING,
    Emergency,
    Facility,
    Requirement,
    WeeklyHours,
)
from gerai.directory.tests.factories import (
    a_floor,
    a_mall,
    a_service,
    a_standard,
    an_agency,
    office_hours,
)
from gerai.insights.queries import in_days, measured, standing, waits
from gerai.insights.tests.factories import TODAY, moment, ratings, served_tickets, values_of
from gerai.malls.scope import current_mall, in_mall
from gerai.queue.models import Step, Ticket
from gerai.queue.states import State, Verb
from gerai.queue.tests.factories import a_line

pytestmark = pytest.mark.django_db

WHOLE = {
    "procedure": ["Datang"],
    "duration_text": "1 hari",
    "fee_rupiah": 0,
    "product": "KTP-el",
    "complaints": "Loket pengaduan",
}


def a_whole_standard(service, **fields):
    """Make a standard with the six delivery components, but for what is named otherwise."""
    standard = a_standard(service, **{**WHOLE, **fields})
    Requirement.objects.create(mall=current_mall(), standard=standard, position=1, text="KK")
    return standard


def now(key):
    """Return one value of the mall as it stands."""
    return values_of(measured(TODAY))[key]


def test_an_empty_mall_has_no_values_but_counts(mall):
    found = measured(TODAY)
    assert [value.key for value in found if value.value is not None] == ["agencies", "services"]
    assert {value.n for value in found} == {0}


def test_active_agencies_and_services_are_counted_with_their_names(mall):
    agency = an_agency(name="Dinas Satu", short_name="Satu", kind="opd")
    an_agency(is_active=False)
    a_service(agency=agency, name="Akta")
    a_service(agency=agency, is_active=False)
    a_service(agency=an_agency(is_active=False))

    assert (now("agencies").value, now("agencies").detail) == (1.0, (("Dinas Satu", "opd"),))
    assert (now("services").value, now("services").detail) == (1.0, (("Akta", "Satu"),))


def test_standards_are_shares_that_name_what_is_lacking(mall):
    services = [a_service(name=f"Layanan {at}") for at in range(6)]
    for service in services[:4]:
        a_whole_standard(service)
    a_whole_standard(services[4], complaints="", fee_rupiah=None)

    delivery, full = now("standards_delivery"), now("standards_full")

    assert (round(delivery.value, 1), delivery.n) == (66.7, 6)
    assert dict(delivery.detail) == {
        "Layanan 4": "fee,complaints",
        "Layanan 5": ",".join(DELIVERY),
    }
    assert full.value == 0
    assert dict(full.detail)["Layanan 0"] == ",".join(MANAGING)


def test_all_fourteen_components_make_a_full_standard(mall):
    for at in range(5):
        a_whole_standard(a_service(name=f"L{at}"), **dict.fromkeys(MANAGING, "ada"))
    assert (now("standards_full").value, now("standards_full").detail) == (100.0, ())


def test_the_newest_standard_in_force_counts(mall):
    services = [a_service(name=f"L{at}") for at in range(5)]
    for service in services:
        a_whole_standard(service)
    a_whole_standard(services[0], product="", valid_from=TODAY)
    a_whole_standard(services[1], product="", valid_from=TODAY + timedelta(days=1))

    assert now("standards_delivery").detail == (("L0", "product"),)


def test_opening_hours_of_a_week_leave_breaks_out(mall):
    office_hours(opens=time(8), closes=time(15), pause=(time(12), time(13)))
    office_hours(an_agency(), opens=time(6), closes=time(23))
    WeeklyHours.objects.create(mall=mall, weekday=5, opens=time(8), closes=time(11, 30))

    hours = now("hours")

    assert (hours.value, hours.low, hours.high, hours.n) == (33.5, 33.5, 33.5, 6)
    assert hours.detail[5] == ("5", "210")


def test_ready_facilities_are_counted_and_named(mall):
    for code, state in (("a", "ready"), ("b", "planned"), ("c", "missing"), ("d", "ready")):
        Facility.objects.create(mall=mall, code=code, name=code.upper(), state=state, group="X")

    facilities = now("facilities")

    assert (facilities.value, facilities.n) == (2.0, 4)
    assert facilities.detail == (("A", "X"), ("D", "X"))


def test_waits_run_from_the_number_to_the_first_call(mall):
    line = a_line(name="Dukcapil")
    tickets = served_tickets(line, [float(minute) for minute in range(1, 42)])
    Step.objects.create(
        mall=mall, ticket=tickets[0], verb=Verb.CALL, state=State.CALLED, at=moment(TODAY, 300)
    )
    Ticket.objects.filter(pk=tickets[0].pk).update(state=State.DONE)

    median, most = now("wait_median"), now("wait_p90")

    assert (median.value, median.n) == (21.0, 41)
    assert (median.low, median.high) == (14.0, 28.0)
    assert most.value == 37.0
    assert median.detail == (("Dukcapil", "21.0"),)


def test_waits_are_exact_to_a_tenth_of_a_minute(mall):
    served_tickets(a_line(), [2.25] * 20)
    assert now("wait_median").value == 2.2


def test_only_numbers_served_in_the_period_count(mall):
    line = a_line()
    served_tickets(line, [5.0] * 20)
    served_tickets(line, [500.0] * 30, day=TODAY - timedelta(days=90))
    served_tickets(line, [500.0] * 30, day=TODAY + timedelta(days=1))
    gone = served_tickets(line, [500.0] * 30)
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in gone]).update(state=State.LEFT)

    assert (now("wait_median").value, now("wait_median").n) == (5.0, 20)


def test_a_number_passed_on_from_another_line_is_not_counted_twice(mall):
    line = a_line()
    first, second, *_others = served_tickets(line, [5.0] * 22)
    Ticket.objects.filter(pk=second.pk).update(came_from=first)
    assert now("wait_median").n == 21


def test_the_slowest_lines_are_named_when_they_can_be_told(mall):
    served_tickets(a_line(name="Cepat"), [5.0] * 20)
    served_tickets(a_line(name="Lambat"), [50.0] * 20)
    served_tickets(a_line(name="Sepi"), [90.0] * 19)
    assert now("wait_median").detail == (("Lambat", "50.0"), ("Cepat", "5.0"))


def test_the_index_counts_whole_ratings_of_the_period(mall):
    service = a_service()
    ratings(service, [[4] * 9] * 5 + [[3] * 9] * 5 + [[1] * 8 + [None]])
    ratings(service, [[1] * 9], day=TODAY - timedelta(days=90))

    index = now("satisfaction")

    assert (round(index.value, 2), index.n) == (87.41, 10)
    assert index.detail[0] == ("u1", "3.50")


def test_the_volume_is_the_mean_of_days_with_a_queue(mall):
    line = a_line()
    for back, number in enumerate([10, 12, 8, 11, 9]):
        served_tickets(line, [1.0] * number, day=TODAY - timedelta(days=back))
    volume = now("served_daily")
    assert (volume.value, volume.n) == (10.0, 5)
    assert volume.low < 10 < volume.high


def test_a_month_takes_what_happened_in_it(mall):
    served_tickets(a_line(), [5.0] * 20, day=TODAY - timedelta(days=30))
    first = (TODAY - timedelta(days=30)).replace(day=1)
    found = values_of(in_days(first, TODAY.replace(day=1) - timedelta(days=1)))
    assert set(found) == {"wait_median", "wait_p90", "satisfaction", "served_daily"}
    assert found["wait_median"].value == 5.0
    assert set(values_of(standing(TODAY))) & set(found) == set()


def test_another_malls_rows_measure_nothing_here(mall):
    with in_mall(a_mall("lain")):
        office_hours()
        served_tickets(a_line(), [5.0] * 40)
        ratings(a_service(), [[4] * 9] * 20)
        Facility.objects.create(mall=current_mall(), code="x", name="X", state="ready")
    assert {value.n for value in measured(TODAY)} == {0}


def test_ten_queries_measure_a_mall_however_many_tickets(mall, django_assert_num_queries):
    served_tickets(a_line(), [1.0] * 30)
    ratings(a_service(), [[4] * 9] * 20)
    with django_assert_num_queries(10):
        measured(TODAY)


def test_a_wait_before_the_number_counts_as_none(mall):
    served_tickets(a_line(), [-3.0] * 20)
    assert waits(TODAY, TODAY).whole == {0: 20}


def test_the_time_an_emergency_lasted_is_no_wait(mall):
    served_tickets(a_line(), [10.0] * 3 + [40.0])
    told = {"mall": current_mall(), "kind": "fire", "began_at": moment(TODAY, 5)}
    Emergency.objects.create(**told, ended_at=moment(TODAY, 25))
    Emergency.objects.create(**told, floor=a_floor(), ended_at=moment(TODAY, 25))
    assert waits(TODAY, TODAY).whole == {50: 3, 200: 1}
