"""What the mall stores, as it reaches the one function: seasons, duty days, closings, floors."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from gerai.directory import queries
from gerai.directory.hours import DayHours, Reason, week_to_json
from gerai.directory.models import Agreement, Closing, Emergency, FridayBreak, Season, SpecialDay
from gerai.directory.states import ClosingState
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall

WITA = ZoneInfo("Asia/Makassar")
FRIDAY = date(2026, 11, 27)
RAMADAN = week_to_json(dict.fromkeys(range(5), DayHours(time(8), time(14))))


def at(hour: int, minute: int = 0, day: date = FRIDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), WITA)


@pytest.fixture
def mall(db):
    with in_mall(factories.a_mall()) as found:
        factories.office_hours()
        yield found


def a_closing(mall, **fields):
    told = {
        "reason": "network",
        "starts_at": at(9),
        "ends_at": at(11),
        "asked_at": at(8),
        "state": ClosingState.APPROVED,
    }
    return Closing.objects.create(mall=mall, **{**told, **fields})


def test_a_season_of_the_mall_and_one_of_an_agency(mall):
    agency = factories.an_agency()
    whole = {"mall": mall, "starts_on": FRIDAY, "ends_on": FRIDAY, "source": "Surat edaran contoh"}
    Season.objects.create(name="Ramadan", week=RAMADAN, **whole)
    own = week_to_json({4: DayHours(time(9), time(12))})
    Season.objects.create(name="Ramadan instansi", agency=agency, week=own, **whole)

    assert queries.opening_of(None, at(9)).until == at(14)
    found = queries.opening_of(agency, at(9))
    assert (found.name, found.until) == ("Ramadan instansi", at(12))
    other = factories.an_agency()
    assert queries.opening_of(other, at(9)).name == "Ramadan"
    assert queries.opening_of(other, at(9, day=FRIDAY + timedelta(days=3))).name == ""


def test_the_friday_prayer_of_the_mall_and_of_an_agency(mall):
    agency = factories.an_agency()
    FridayBreak.objects.create(mall=mall, name="Salat Jumat", starts=time(11, 30), ends=time(13))
    FridayBreak.objects.create(mall=mall, agency=agency, name="Salat Jumat")

    found = queries.opening_of(None, at(11, 45))
    assert (found.reason, found.opens_at) == (Reason.FRIDAY_PRAYER, at(13))
    assert queries.sentence(found) == "Tutup: Salat Jumat sampai pukul 13.00."
    assert queries.opening_of(agency, at(11, 45)).reason is Reason.OPEN


@pytest.mark.parametrize(
    ("state", "ends_on", "reason"),
    [
        ("signed", None, Reason.NOT_ITS_DAY),
        ("signed", FRIDAY, Reason.NOT_ITS_DAY),
        ("signed", FRIDAY - timedelta(days=1), Reason.OPEN),
        ("promised", None, Reason.OPEN),
    ],
)
def test_duty_days_of_the_agreement_in_force(mall, state, ends_on, reason):
    agency, other = factories.an_agency(), factories.an_agency()
    Agreement.objects.create(
        mall=mall,
        agency=agency,
        state=state,
        signed_on=date(2026, 1, 5),
        ends_on=ends_on,
        duty_days=[0, 2],
    )

    found = queries.opening_of(agency, at(9))

    assert found.reason is reason
    assert queries.opening_of(other, at(9)).reason is Reason.OPEN
    if reason is Reason.NOT_ITS_DAY and ends_on is None:
        assert found.opens_at == at(8, day=FRIDAY + timedelta(days=3))


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (ClosingState.APPROVED, Reason.CLOSED_FOR_A_WHILE),
        (ClosingState.ASKED, Reason.OPEN),
        (ClosingState.REFUSED, Reason.OPEN),
        (ClosingState.WITHDRAWN, Reason.OPEN),
    ],
)
def test_only_an_approved_closing_closes_an_agency(mall, state, reason):
    agency = factories.an_agency()
    a_closing(mall, agency=agency, state=state, words="gardu padam")

    assert queries.opening_of(agency, at(10)).reason is reason
    assert queries.opening_of(agency, at(11)).reason is Reason.OPEN
    assert queries.opening_of(None, at(10)).reason is Reason.OPEN
    if reason is Reason.CLOSED_FOR_A_WHILE:
        assert queries.sentence(queries.opening_of(agency, at(10))) == (
            "Ditutup sementara: listrik atau jaringan padam: gardu padam. Buka lagi pukul 11.00."
        )


def test_an_agency_is_closed_while_all_its_counters_are(mall):
    agency, neighbour = factories.an_agency(), factories.an_agency()
    first, second = factories.a_counter(agency=agency), factories.a_counter(agency=agency)
    factories.a_counter(agency=neighbour)
    a_closing(mall, counter=first)

    assert queries.opening_of(agency, at(10)).is_open
    a_closing(mall, counter=second, starts_at=at(10), ends_at=at(12))
    assert queries.opening_of(agency, at(9, 59)).is_open
    found = queries.opening_of(agency, at(10))
    assert (found.reason, found.opens_at) == (Reason.CLOSED_FOR_A_WHILE, at(11))
    assert queries.opening_of(neighbour, at(10)).is_open


def test_an_emergency_closes_everything_until_somebody_ends_it(mall):
    agency = factories.an_agency()
    emergency = Emergency.objects.create(mall=mall, kind="fire", began_at=at(9))

    found = queries.opening_of(agency, at(10))
    assert (found.reason, found.name, found.opens_at) == (Reason.EMERGENCY, "Kebakaran", None)
    assert queries.opening_of(None, at(10)).reason is Reason.EMERGENCY
    Emergency.objects.filter(pk=emergency.pk).update(ended_at=at(9, 30))
    assert queries.opening_of(agency, at(10)).is_open


def test_an_emergency_of_a_floor_closes_agencies_that_sit_there_only(mall):
    lower, upper = factories.a_zone(), factories.a_zone()
    there, both, elsewhere = (factories.an_agency() for _number in range(3))
    factories.a_counter(zone=lower, agency=there)
    factories.a_counter(zone=lower, agency=both)
    factories.a_counter(zone=upper, agency=both)
    factories.a_counter(zone=upper, agency=elsewhere)
    Emergency.objects.create(mall=mall, kind="flood", floor=lower.floor, began_at=at(9))

    found = queries.openings_of([there, both, elsewhere], at(10))

    assert [found[agency.pk].reason for agency in (there, both, elsewhere)] == [
        Reason.EMERGENCY,
        Reason.OPEN,
        Reason.OPEN,
    ]
    assert queries.opening_of(None, at(10)).is_open


def test_the_opening_of_services_knows_how_many_numbers_are_left(mall):
    agency = factories.an_agency()
    full, free = factories.a_service(agency=agency), factories.a_service(agency=agency)

    found = queries.openings_of_services([full, free], at(9), {full.pk: 0})

    assert (found[full.pk].reason, found[free.pk].reason) == (Reason.NUMBERS_GONE, Reason.OPEN)
    assert found[full.pk].opens_at == at(8, day=FRIDAY + timedelta(days=3))


def test_day_plans_of_a_span_know_the_season(mall):
    Season.objects.create(
        mall=mall,
        name="Ramadan",
        week=RAMADAN,
        starts_on=FRIDAY,
        ends_on=FRIDAY,
        source="Surat edaran contoh",
    )

    plans = queries.day_plans(FRIDAY - timedelta(days=1), FRIDAY)

    assert [plan.name for plan in plans.values()] == ["", "Ramadan"]


@pytest.mark.parametrize(
    ("zone", "local"),
    [("Asia/Jakarta", 11), ("Asia/Makassar", 12), ("Asia/Jayapura", 13)],
)
def test_the_friday_prayer_is_at_the_clock_of_each_mall(db, zone, local):
    moment = datetime(2026, 11, 27, 4, 45, tzinfo=UTC)
    with in_mall(factories.a_mall(zone=zone)) as mall:
        factories.office_hours(pause=None)
        FridayBreak.objects.create(
            mall=mall, name="Salat Jumat", starts=time(11, 30), ends=time(13)
        )
        found = queries.opening_of(None, moment)
        begins = datetime.combine(FRIDAY, time(11, 30), ZoneInfo(zone))
        edges = [
            queries.opening_of(None, begins + timedelta(minutes=minutes)).reason
            for minutes in (-1, 0, 89, 90)
        ]

    prays = local < 13
    assert found.reason is (Reason.FRIDAY_PRAYER if prays else Reason.OPEN)
    assert found.until == datetime.combine(FRIDAY, time(13) if prays else time(15), ZoneInfo(zone))
    assert edges == [Reason.OPEN, Reason.FRIDAY_PRAYER, Reason.FRIDAY_PRAYER, Reason.OPEN]


def test_a_season_goes_over_the_end_of_a_year(mall):
    # In 2029 and 2030 the fasting month lies so by the tables; the dates here are samples.
    first, last = date(2029, 12, 28), date(2030, 1, 4)
    Season.objects.create(
        mall=mall,
        name="Ramadan",
        week=RAMADAN,
        starts_on=first,
        ends_on=last,
        source="Surat edaran contoh",
    )
    days = [date(2029, 12, 27), first, date(2029, 12, 31), date(2030, 1, 2), last]
    asked = {day: queries.opening_of(None, at(9, day=day)).until for day in days}
    assert asked == {day: at(12, day=day) if day == days[0] else at(14, day=day) for day in days}
    plans = queries.day_plans(first, date(2030, 1, 7))
    assert [plan.name for day, plan in plans.items() if day.weekday() < 5] == [
        "Ramadan",
        "Ramadan",
        plans[date(2030, 1, 1)].name,
        "Ramadan",
        "Ramadan",
        "Ramadan",
        "",
    ]
    assert plans[date(2030, 1, 1)].reason is Reason.HOLIDAY
    # From the last evening of the year the next opening is told in the hours of the season.
    evening = queries.opening_of(None, at(20, day=date(2029, 12, 31)))
    assert evening.opens_at == at(8, day=date(2030, 1, 2))


def test_a_dated_exception_calls_an_agency_in_or_sends_it_home_on_a_duty_day(mall):
    agency = factories.an_agency()
    Agreement.objects.create(
        mall=mall, agency=agency, state="signed", signed_on=date(2026, 1, 5), duty_days=[0, 4]
    )
    thursday, monday = FRIDAY - timedelta(days=1), FRIDAY + timedelta(days=3)

    def reason(day):
        return queries.opening_of(agency, at(9, day=day)).reason

    assert [reason(day) for day in (thursday, FRIDAY, monday)] == [
        Reason.NOT_ITS_DAY,
        Reason.OPEN,
        Reason.OPEN,
    ]
    for on, kind, own in ((thursday, "open", agency), (FRIDAY, "closed", agency)):
        SpecialDay.objects.create(mall=mall, agency=own, on=on, kind=kind, name="Contoh")
    SpecialDay.objects.create(mall=mall, on=monday, kind="closed", name="Hari jadi")
    assert [reason(day) for day in (thursday, FRIDAY, monday)] == [
        Reason.OPEN,
        Reason.SPECIAL_CLOSURE,
        Reason.SPECIAL_CLOSURE,
    ]
