"""Opening from stored rows, its words, who sits where, and the standard in force."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from gerai.directory import queries
from gerai.directory.hours import Opening, Reason
from gerai.directory.models import MANAGING, BreakTime, Requirement, SpecialDay
from gerai.directory.queries.opening import day_hours
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall

WITA = ZoneInfo("Asia/Makassar")


def at(day, hour, minute=0, month=8, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=WITA)


def test_opening_of_follows_the_mall_where_the_agency_has_no_hours(mall):
    factories.office_hours()
    agency = factories.an_agency()

    found = queries.opening_of(agency, at(14, 9))

    assert found == Opening(is_open=True, takes_tickets=True, reason=Reason.OPEN, until=at(14, 12))
    assert found == queries.opening_of(None, at(14, 9))


def test_opening_of_an_agency_with_own_hours_leaves_the_malls_break_out(mall):
    factories.office_hours()
    agency = factories.an_agency()
    factories.office_hours(agency, opens=time(9), closes=time(14), last_ticket=None, pause=None)

    at_noon = queries.opening_of(agency, at(14, 12, 30))

    assert at_noon == Opening(
        is_open=True, takes_tickets=True, reason=Reason.OPEN, until=at(14, 14)
    )
    assert queries.opening_of(None, at(14, 12, 30)).reason == Reason.BREAK


def test_opening_of_an_agency_with_a_break_only_keeps_the_malls_hours(mall):
    factories.office_hours()
    agency = factories.an_agency()
    BreakTime.objects.create(
        mall=mall, agency=agency, weekday=4, starts=time(11, 30), ends=time(13, 30)
    )

    assert queries.opening_of(agency, at(14, 13, 15)).opens_at == at(14, 13, 30)
    assert queries.opening_of(agency, at(14, 14)).until == at(14, 15)


def test_opening_of_knows_holidays_and_the_next_day(mall):
    factories.office_hours()

    found = queries.opening_of(None, at(17, 9))

    assert (found.reason, found.opens_at) == (Reason.HOLIDAY, at(18, 8))


@pytest.mark.parametrize(("closes", "reason"), [(True, Reason.JOINT_LEAVE), (False, Reason.OPEN)])
def test_opening_of_asks_the_mall_about_joint_leave(db, closes, reason):
    with in_mall(factories.a_mall(joint_leave_closes=closes)):
        factories.office_hours()
        assert queries.opening_of(None, at(24, 9, month=12)).reason == reason


def test_opening_of_lets_the_agencys_special_day_stand_before_the_malls(mall):
    factories.office_hours()
    agency = factories.an_agency()
    closed = {"mall": mall, "on": date(2026, 8, 14), "kind": "closed"}
    SpecialDay.objects.create(**closed, name="Rapat mal")
    SpecialDay.objects.create(
        **closed | {"kind": "hours"},
        agency=agency,
        name="Layanan terbatas",
        opens=time(9),
        closes=time(11),
    )

    assert queries.opening_of(None, at(14, 10)).name == "Rapat mal"
    assert queries.opening_of(agency, at(14, 10)) == Opening(
        is_open=True,
        takes_tickets=True,
        reason=Reason.OPEN,
        name="Layanan terbatas",
        until=at(14, 11),
    )


def test_opening_of_a_shortened_day_leaves_out_the_break_that_begins_at_its_end(mall):
    factories.office_hours()
    SpecialDay.objects.create(
        mall=mall, on=date(2026, 8, 14), kind="hours", name="Rapat", opens=time(8), closes=time(12)
    )

    assert queries.opening_of(None, at(14, 8)).until == at(14, 12)
    after = queries.opening_of(None, at(14, 12))
    assert (after.reason, after.opens_at) == (Reason.AFTER_CLOSING, at(18, 8))


def test_opening_of_reads_the_moment_in_the_malls_zone(mall):
    factories.office_hours()

    utc = at(14, 8, 30).astimezone(ZoneInfo("UTC"))

    assert queries.opening_of(None, utc).until == at(14, 12)


def test_opening_of_a_mall_without_hours_never_opens(mall):
    found = queries.opening_of(None, at(14, 9))

    assert (found.reason, found.opens_at) == (Reason.NOT_A_WORKING_DAY, None)


def test_openings_of_many_asks_as_often_as_of_one(mall, django_assert_num_queries):
    factories.office_hours()
    agencies = [factories.an_agency() for _number in range(4)]
    factories.office_hours(agencies[2], opens=time(10), closes=time(11), pause=None)

    with django_assert_num_queries(1):
        queries.opening_of(agencies[0], at(14, 9))
    with django_assert_num_queries(1):
        found = queries.openings_of(agencies, at(14, 9))

    assert [found[agency.pk].reason for agency in agencies] == [
        Reason.OPEN,
        Reason.OPEN,
        Reason.BEFORE_OPENING,
        Reason.OPEN,
    ]


def test_openings_of_never_reads_another_malls_hours(mall):
    with in_mall(factories.a_mall("parepare")):
        factories.office_hours()

    assert queries.opening_of(None, at(14, 9)).reason == Reason.NOT_A_WORKING_DAY


def test_day_hours_drop_what_does_not_fit():
    found = day_hours(
        time(8),
        time(12),
        time(14, 30),
        [(time(10), time(10, 30)), (time(9, 45), time(10, 15)), (time(12), time(13))],
    )

    assert found.breaks == ((time(9, 45), time(10, 15)),)
    assert found.last_ticket is None


SENTENCES = [
    (
        Opening(False, False, Reason.NOT_OPENED_YET),
        "Mal ini masih disiapkan dan belum melayani.",
    ),
    (Opening(True, True, Reason.OPEN, until=at(14, 15)), "Buka sampai pukul 15.00."),
    (
        Opening(True, True, Reason.OPEN, name="Ramadan", until=at(14, 14)),
        "Buka sampai pukul 14.00 (Ramadan).",
    ),
    (
        Opening(False, False, Reason.BREAK, until=at(14, 13), opens_at=at(14, 13)),
        "Tutup: istirahat sampai pukul 13.00.",
    ),
    (
        Opening(False, False, Reason.BEFORE_OPENING, until=at(14, 8), opens_at=at(14, 8)),
        "Belum buka. Buka hari ini pukul 08.00.",
    ),
    (
        Opening(False, False, Reason.HOLIDAY, name="Hari Kemerdekaan", opens_at=at(18, 8)),
        "Tutup hari ini: Hari Kemerdekaan. Buka lagi Selasa 18 Agustus pukul 08.00.",
    ),
    (
        Opening(False, False, Reason.JOINT_LEAVE, name="Cuti Bersama Natal"),
        (
            "Tutup hari ini: Cuti Bersama Natal. "
            "Jadwal buka berikutnya belum ada; silakan tanya penyambut."
        ),
    ),
    (
        Opening(False, False, Reason.SPECIAL_CLOSURE, name="Rapat", opens_at=at(18, 8)),
        "Tutup hari ini: Rapat. Buka lagi Selasa 18 Agustus pukul 08.00.",
    ),
    (
        Opening(False, False, Reason.NOT_A_WORKING_DAY, opens_at=at(18, 8)),
        "Tutup hari ini: bukan hari layanan. Buka lagi Selasa 18 Agustus pukul 08.00.",
    ),
    (
        Opening(False, False, Reason.AFTER_CLOSING, opens_at=at(18, 8)),
        "Sudah tutup untuk hari ini. Buka lagi Selasa 18 Agustus pukul 08.00.",
    ),
    (
        Opening(True, False, Reason.AFTER_LAST_TICKET, until=at(14, 15), opens_at=at(18, 8)),
        (
            "Nomor antrean hari ini sudah ditutup; yang sudah memegang nomor tetap dilayani. "
            "Buka lagi Selasa 18 Agustus pukul 08.00."
        ),
    ),
    (
        Opening(False, True, Reason.COUNTER_PAUSED),
        "Loket sedang jeda sebentar. Anda tetap dapat mengambil nomor.",
    ),
    (
        Opening(False, False, Reason.COUNTER_CLOSED),
        "Loket ini sedang tutup. Silakan tanya penyambut.",
    ),
    (
        Opening(False, False, Reason.EMERGENCY, name="Kebakaran"),
        "Kebakaran. Antrean dihentikan sementara; nomor yang sudah diambil tetap berlaku.",
    ),
    (
        Opening(False, False, Reason.NOT_ITS_DAY, opens_at=at(18, 8)),
        ("Hari ini instansi ini tidak bertugas di mal. Buka lagi Selasa 18 Agustus pukul 08.00."),
    ),
    (
        Opening(
            False, False, Reason.FRIDAY_PRAYER, "Salat Jumat", until=at(14, 13), opens_at=at(14, 13)
        ),
        "Tutup: Salat Jumat sampai pukul 13.00.",
    ),
    (
        Opening(False, False, Reason.FRIDAY_PRAYER, "Salat Jumat", opens_at=at(18, 8)),
        "Tutup hari ini: Salat Jumat. Buka lagi Selasa 18 Agustus pukul 08.00.",
    ),
    (
        Opening(
            False,
            False,
            Reason.CLOSED_FOR_A_WHILE,
            "listrik padam",
            until=at(14, 11),
            opens_at=at(14, 11),
        ),
        "Ditutup sementara: listrik padam. Buka lagi pukul 11.00.",
    ),
    (
        Opening(
            False,
            False,
            Reason.CLOSED_FOR_A_WHILE,
            "listrik padam",
            until=at(14, 17),
            opens_at=at(18, 8),
        ),
        "Ditutup sementara: listrik padam. Buka lagi Selasa 18 Agustus pukul 08.00.",
    ),
    (
        Opening(True, False, Reason.NUMBERS_GONE, until=at(14, 15), opens_at=at(18, 8)),
        (
            "Nomor layanan ini untuk hari ini sudah habis; yang sudah memegang nomor tetap "
            "dilayani. Nomor dibagikan lagi Selasa 18 Agustus pukul 08.00."
        ),
    ),
    (
        Opening(False, False, Reason.BEFORE_OPENING, until=at(14, 8), opens_at=at(18, 8)),
        "Belum buka. Buka lagi Selasa 18 Agustus pukul 08.00.",
    ),
    (
        Opening(False, False, Reason.BREAK, until=at(14, 13), opens_at=at(18, 8)),
        "Tutup: istirahat. Buka lagi Selasa 18 Agustus pukul 08.00.",
    ),
]


@pytest.mark.parametrize(("opening", "words"), SENTENCES)
def test_sentence_says_why_and_when_to_come(opening, words):
    with translation.override("id"):
        assert queries.sentence(opening) == words


def test_sentence_has_words_for_every_reason():
    assert {opening.reason for opening, _words in SENTENCES} == set(Reason)


def test_sentence_writes_english_hours_in_english():
    with translation.override("en"):
        assert queries.sentence(SENTENCES[1][0]).endswith(" 15:00.")


def test_agencies_at_a_counter_depend_on_the_weekday(mall):
    counter = factories.a_counter()
    monday, tuesday, gone = (factories.an_agency() for _number in range(3))
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    factories.a_share(counter, monday, 0)
    factories.a_share(counter, tuesday, 1)
    factories.a_share(counter, gone, 0)

    assert queries.agencies_at(counter, date(2026, 8, 10)) == [monday]
    assert queries.agencies_at(counter, date(2026, 8, 11)) == [tuesday]
    assert queries.agencies_at(counter, date(2026, 8, 12)) == []


def test_counters_of_an_agency_come_in_their_order_without_closed_ones(mall):
    agency = factories.an_agency()
    second = factories.a_counter(agency=agency, position=2)
    first = factories.a_counter(agency=agency, position=1)
    factories.a_counter(agency=agency, position=3, is_active=False)

    assert queries.counters_of(agency, date(2026, 8, 14)) == [first, second]
    assert queries.counters_of(agency, date(2026, 8, 15)) == []


def test_published_standard_is_the_newest_that_is_valid(mall):
    service = factories.a_service()
    assert queries.published_standard(service, date(2026, 8, 14)) is None
    undated = factories.a_standard(service)
    august = factories.a_standard(service, valid_from=date(2026, 8, 14))
    factories.a_standard(service, valid_from=date(2027, 1, 1))

    assert queries.published_standard(service, date(2026, 8, 13)) == undated
    assert queries.published_standard(service, date(2026, 8, 14)) == august


def test_published_standard_brings_its_requirements_in_order(mall):
    service = factories.a_service()
    standard = factories.a_standard(service)
    for position, text in ((2, "Foto"), (1, "KTP")):
        Requirement.objects.create(mall=mall, standard=standard, position=position, text=text)

    found = queries.published_standard(service, date(2026, 8, 14))

    assert found is not None
    assert [need.text for need in found.requirements.all()] == ["KTP", "Foto"]


def test_components_lacking_are_those_of_the_newest_standard_in_force(mall):
    service = factories.a_service()
    factories.a_standard(service, product="KTP-el")
    factories.a_standard(service, duration_max=2, fee_rupiah=0, complaints="Loket")
    factories.a_standard(service, valid_from=date(2027, 1, 1), product="KTP-el")

    lacking = queries.components_lacking(date(2026, 11, 26))

    assert lacking == {service.pk: ("requirements", "procedure", "product", *MANAGING)}


def test_floor_plan_holds_its_floor_only_in_three_queries(mall, django_assert_num_queries):
    zone = factories.a_zone()
    agency = factories.an_agency(short_name="Dukcapil")
    counters = [factories.a_counter(zone=zone, agency=agency) for _number in range(3)]
    factories.a_counter()

    with django_assert_num_queries(3):
        plan = queries.floor_plan(zone.floor)

    assert plan.zones == [zone]
    assert [place.counter for place in plan.counters] == counters
    assert plan.counters[0].by_weekday == {day: [agency] for day in range(5)}
    assert plan.counters[0].lines == ["Dukcapil"]


def test_floor_plan_shortens_long_names_to_two_lines_of_the_counters_width(mall):
    agency = factories.an_agency(short_name="Badan Penyelenggara Jaminan Sosial")
    counter = factories.a_counter(agency=agency, width=72)

    lines = queries.floor_plan(counter.zone.floor).counters[0].lines

    assert lines == ["Badan", "Penyeleng…"]


@pytest.mark.parametrize(
    ("tops", "y"), [([], 116), ([100], 284), ([100, 250], 200), ([100, 180, 250], 116)]
)
def test_floor_plan_names_a_zone_where_no_counter_hides_it(mall, tops, y):
    zone = factories.a_zone(code="A", name="Perizinan", x=50, y=100, width=400, height=200)
    for top in tops:
        factories.a_counter(zone=zone, x=60, y=top, height=50)

    label = queries.floor_plan(zone.floor).labels[0]

    assert (label.text, label.x, label.y) == ("A · Perizinan", 62, y)
