"""Beside others: only what they share, no more than can be told, and what to do next."""

from datetime import date

import pytest
from django.db import connection
from django.utils import translation

from gerai import clock
from gerai.directory.models import Facility
from gerai.directory.tests.factories import a_mall, a_service, an_agency, office_hours
from gerai.insights import actions, queries
from gerai.insights.actions import BadValues, TooManyModels, UnknownModel
from gerai.insights.measures import Value, Verdict, count_value, measure_of
from gerai.insights.models import Measured, Model, Sharing
from gerai.insights.queries import Beside
from gerai.insights.tests.factories import BY, TODAY, served_tickets, shared_by
from gerai.malls.scope import in_mall
from gerai.people.models import Deed
from gerai.queue.tests.factories import a_line
from gerai.transactions import OutsideTransaction, joined_transaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(mall):
    """Make another mall with an agency, a service and a week; it shares nothing yet."""
    lain = a_mall("lain", name="MPP Lain Contoh")
    with in_mall(lain):
        a_service(agency=an_agency(name="Polres", kind="vertical"), name="SKCK")
        office_hours()
    return lain


@pytest.fixture
def at_noon():
    """Stop the clock on the day of the tests."""
    with clock.simulated(clock.at(TODAY, 12, 0, "Asia/Makassar")):
        yield


def a_model(**values: Value) -> Beside:
    return Beside("Barru Contoh", "blueprint", values)


def kept(identity="urn:barru", **fields):
    """Keep a model from a blueprint."""
    settings = {
        "name": "Barru Contoh",
        "region_code": "73.11",
        "values": [count_value("agencies", 18).to_json()],
        **fields,
    }
    return joined_transaction(actions.keep_model)(identity=identity, by=BY, **settings)


# The wall


def test_a_mall_that_does_not_share_cannot_be_chosen_or_seen(other, mall):
    assert queries.candidates() == []
    with pytest.raises(UnknownModel):
        actions.choose_models(["mal:lain"], by=BY)
    assert not Model.objects.exists()


def test_a_mall_that_shares_is_seen_by_what_it_shows(other, mall, at_noon):
    shared_by(other)
    actions.choose_models(["mal:lain"], by=BY)

    (model,) = queries.chosen_models()

    assert (model.name, model.until, model.is_silent) == ("MPP Lain Contoh", TODAY, False)
    assert model.values["agencies"].value == 1.0
    assert model.values["agencies"].detail == (("Polres", "vertical"),)


def test_who_stops_sharing_falls_silent_at_once(other, mall, at_noon):
    shared_by(other)
    with in_mall(other):
        actions.keep_months(TODAY, 1)
    actions.choose_models(["mal:lain"], by=BY)
    with in_mall(other):
        actions.share_measures(shares=False, by=BY)
        assert Sharing.objects.get().values == []

    (model,) = queries.chosen_models()

    assert (model.is_silent, dict(model.values), model.mall_id) == (True, {}, None)
    assert queries.over_time(measure_of("agencies"), [model]) == []


def test_a_closed_mall_is_no_candidate(other, mall, at_noon):
    shared_by(other)
    other.is_active = False
    other.save()
    assert queries.candidates() == []


def test_own_months_stand_beside_those_of_a_mall_that_shares(other, mall, at_noon):
    shared_by(other)
    actions.choose_models(["mal:lain"], by=BY)
    for one in (mall, other):
        with in_mall(one):
            actions.keep_months(TODAY, 1)

    series = queries.over_time(measure_of("agencies"), queries.chosen_models())

    assert [(one.name, [mark.value for mark in one.marks]) for one in series] == [
        (mall.name, [0.0]),
        ("MPP Lain Contoh", [1.0]),
    ]


def test_months_of_a_mall_are_not_shown_because_a_caller_names_it(other, mall, at_noon):
    with in_mall(other):
        actions.keep_months(TODAY, 1)
    told = Beside("MPP Lain Contoh", "mall", {}, mall_id=other.pk)
    assert queries.over_time(measure_of("agencies"), [told]) == []


def test_names_of_lines_and_lacking_standards_are_not_shared(other, mall, at_noon):
    with in_mall(other):
        served_tickets(a_line(name="Rahasia"), [5.0] * 20)
    shared_by(other)
    values = queries.read_values(Sharing.objects.everywhere().get(mall=other).values)
    assert values["wait_median"].value == 5.0
    assert values["wait_median"].detail == values["standards_delivery"].detail == ()


# Choosing and keeping


def test_choosing_replaces_the_choice(other, mall, at_noon):
    shared_by(other)
    kept()
    actions.choose_models(["mal:lain", "urn:barru"], by=BY)
    actions.choose_models(["urn:barru"], by=BY)

    chosen = {one.key: one.is_chosen for one in queries.candidates()}

    assert chosen == {"mal:lain": False, "urn:barru": True}
    assert [model.name for model in queries.chosen_models()] == ["Barru Contoh"]
    assert Deed.objects.filter(verb="insights.choose_models").count() == 2


def test_six_are_too_many(mall):
    for at in range(6):
        kept(f"urn:{at}")
    with pytest.raises(TooManyModels):
        actions.choose_models([f"urn:{at}" for at in range(6)], by=BY)
    assert queries.chosen_models() == []


def test_a_model_is_kept_once_and_renewed(mall):
    first = kept(until=date(2026, 10, 1))
    actions.choose_models(["urn:barru"], by=BY)
    again = kept(values=[count_value("agencies", 24).to_json()], until=date(2026, 11, 1))

    (model,) = queries.chosen_models()

    assert again.pk == first.pk
    assert (model.values["agencies"].value, model.until) == (24.0, date(2026, 11, 1))


def test_a_model_belongs_to_the_mall_that_kept_it(mall):
    kept()
    with in_mall(a_mall("lain")):
        assert queries.candidates() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"values": [{"key": "agencies"}]},
        {"values": [count_value("agencies", 1).to_json()] * 101},
        {"identity": ""},
        {"identity": "x" * 201},
        {"region_code": "7" * 21},
    ],
)
def test_bad_values_are_refused(mall, fields):
    with pytest.raises(BadValues):
        kept(**fields)
    assert not Model.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_model_is_kept_within_a_transaction_only(mall):
    with pytest.raises(OutsideTransaction):
        actions.keep_model(identity="x", name="X", region_code="", values=[], by=BY)


# Months and nights


def test_months_are_kept_once_and_written_anew(mall):
    served_tickets(a_line(), [5.0] * 20, day=date(2026, 10, 5))
    assert actions.keep_months(TODAY, 2) == 3
    assert actions.keep_months(TODAY, 2) == 3
    assert sorted(Measured.objects.values_list("month", "key")) == [
        (date(2026, 10, 1), "wait_median"),
        (date(2026, 11, 1), "agencies"),
        (date(2026, 11, 1), "services"),
    ]


def test_the_first_night_of_a_month_closes_the_month_before(mall):
    served_tickets(a_line(), [5.0] * 20, day=date(2026, 11, 30))
    assert actions.keep_night(date(2026, 12, 1))
    kept_row = Measured.objects.get(key="wait_median")
    assert (kept_row.month, kept_row.n) == (date(2026, 11, 1), 20)


def test_a_night_is_worked_once(mall):
    assert actions.keep_night(TODAY)
    assert not actions.keep_night(TODAY)
    assert actions.keep_night(date(2026, 11, 24))


def november() -> tuple[date, int]:
    """Return the month in which numbers were kept, and how many."""
    row = Measured.objects.get(key="wait_median")
    return row.month, row.n


def test_a_first_of_the_month_that_was_missed_closes_the_month_later(mall):
    line = a_line()
    served_tickets(line, [5.0] * 20, day=date(2026, 11, 20))
    assert actions.keep_night(date(2026, 11, 29))
    served_tickets(line, [5.0] * 3, day=date(2026, 11, 30))

    assert actions.keep_night(date(2026, 12, 3))

    assert november() == (date(2026, 11, 1), 23)


def test_every_month_that_ended_meanwhile_is_closed(mall):
    assert actions.keep_night(date(2026, 10, 31))
    served_tickets(a_line(), [5.0] * 20, day=date(2026, 11, 30))

    assert actions.keep_night(date(2027, 1, 2))

    assert november() == (date(2026, 11, 1), 20)


def test_a_night_that_fails_leaves_the_next_one_all_its_work(
    mall, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(_first, _last):
        raise RuntimeError

    served_tickets(a_line(), [5.0] * 20, day=date(2026, 11, 30))
    assert actions.keep_night(date(2026, 11, 29))

    with monkeypatch.context() as broken, django_capture_on_commit_callbacks() as queued:
        broken.setattr(actions, "in_days", fail)
        with pytest.raises(RuntimeError):
            actions.keep_night(date(2026, 12, 1))

    assert len(queued) == 1
    assert Sharing.objects.get().kept_on == date(2026, 11, 29)
    assert actions.keep_night(date(2026, 12, 2))
    assert november() == (date(2026, 11, 1), 20)


def test_a_night_looks_once_at_what_stands_and_holds_nothing_meanwhile(other, mall, monkeypatch):
    held = []

    def looked(day):
        held.append(len(connection.savepoint_ids))
        return queries.standing(day)

    shared_by(other)
    monkeypatch.setattr(actions, "standing", looked)
    with in_mall(other):
        actions.keep_night(date(2027, 1, 1))

    assert held == [len(connection.savepoint_ids)]


def test_who_stops_sharing_while_the_night_works_stays_silent(other, mall, monkeypatch):
    def stopped(day):
        actions.share_measures(shares=False, by=BY)
        return queries.recent(day)

    shared_by(other)
    monkeypatch.setattr(actions, "recent", stopped)
    with in_mall(other):
        assert actions.keep_night(date(2027, 1, 1))
        row = Sharing.objects.get()

    assert (row.shares, row.values, row.until) == (False, [], None)


def test_a_night_renews_what_is_shared(other, mall, at_noon):
    shared_by(other)
    with in_mall(other):
        an_agency()
        actions.keep_night(date(2026, 11, 24))
        shown = Sharing.objects.get()
    assert shown.until == date(2026, 11, 24)
    assert queries.read_values(shown.values)["agencies"].value == 2.0


# Rows and gaps


def test_a_row_says_what_may_be_said(mall):
    slow = Value("wait_median", 1, 30.0, 28.0, 32.0, 100)
    fast = Value("wait_median", 1, 12.4, 10.0, 15.0, 50)
    rows = {
        row.measure.key: row
        for row in queries.beside(
            [a_model(wait_median=slow, agencies=count_value("agencies", 3))], [fast]
        )
    }
    with translation.override("id"):
        (cell,) = rows["wait_median"].cells
        assert (rows["wait_median"].words, cell.words) == (
            "12,4 menit (10,0\N{EN DASH}15,0)",
            "30,0 menit (28,0\N{EN DASH}32,0)",
        )
    assert (cell.comparison, cell.is_own_ahead, cell.is_own_behind) == ("lebih cepat", True, False)
    assert rows["agencies"].cells[0].verdict is Verdict.MISSING
    assert rows["agencies"].cells[0].words == "3 instansi"


def test_figures_follow_the_language():
    served = Value("served_daily", 1, 1234.5, 1200.0, 1300.0, 30)
    with translation.override("en"):
        assert queries.said(served).startswith("1,234.5 ")
    with translation.override("id"):
        assert queries.said(served) == "1.234,5 nomor (1.200,0\N{EN DASH}1.300,0)"


def test_gaps_name_what_the_model_has(mall):
    own = [
        count_value("agencies", 1, (("Dinas  KEPENDUDUKAN", "opd"),)),
        count_value("facilities", 1, (("Ruang laktasi", "Anak"),)),
    ]
    model = a_model(
        agencies=count_value(
            "agencies",
            4,
            (
                ("dinas kependudukan", "opd"),
                ("Polres", "vertical"),
                ("BPN", "vertical"),
                ("Bank Daerah", "bumd"),
            ),
        ),
        facilities=count_value("facilities", 2, (("Ruang laktasi", "Anak"), ("Musala", ""))),
    )
    agencies, facilities = queries.gaps(own, model)
    assert agencies.sentence == "Di sini 1 instansi, di Barru Contoh 4 instansi."
    assert agencies.reasons == (
        "Barru Contoh punya 2 instansi vertikal yang belum ada di sini: Polres, BPN.",
        "Barru Contoh punya 1 BUMD yang belum ada di sini: Bank Daerah.",
    )
    assert facilities.reasons == ("1 fasilitas Barru Contoh belum tersedia di sini: Musala.",)


def test_gaps_stand_in_order_levers_first_and_the_widest_first(mall):
    own = [
        count_value("agencies", 9),
        count_value("services", 1),
        Value("wait_median", 1, 90.0, 80.0, 100.0, 100, (("Dukcapil", "95.0"),)),
        Value("satisfaction", 1, None, None, None, 3),
    ]
    model = a_model(
        agencies=count_value("agencies", 10),
        services=count_value("services", 10),
        wait_median=Value("wait_median", 1, 5.0, 4.0, 6.0, 100),
        satisfaction=Value("satisfaction", 1, 90.0, 88.0, 92.0, 100),
    )
    found = queries.gaps(own, model)
    assert [gap.measure.key for gap in found] == [
        "services",
        "agencies",
        "wait_median",
        "satisfaction",
    ]
    assert found[2].reasons == ("Antrean dengan median terlama: Dukcapil (95,0 menit).",)
    assert found[3].is_unknown
    assert found[3].sentence.startswith("Di sini belum cukup data: baru 3 dari sedikitnya 10")


def test_what_intervals_leave_open_is_no_gap(mall):
    own = [Value("wait_median", 1, 20.0, 5.0, 40.0, 21)]
    model = a_model(wait_median=Value("wait_median", 1, 10.0, 8.0, 12.0, 900))
    assert queries.gaps(own, model) == []


def test_fewer_visitors_are_no_gap(mall):
    own = [Value("served_daily", 1, 5.0, 4.0, 6.0, 30)]
    model = a_model(served_daily=Value("served_daily", 1, 500.0, 490.0, 510.0, 30))
    assert queries.gaps(own, model) == []


def test_gaps_of_standards_hours_and_satisfaction_say_where_to_begin(mall):
    own = [
        Value(
            "standards_delivery",
            1,
            20.0,
            10.0,
            30.0,
            50,
            (("Akta", "fee,complaints"), ("KTP", "fee")),
        ),
        Value("hours", 1, 30.0, 30.0, 30.0, 5, (("0", "360"), ("4", "300"))),
        Value("satisfaction", 1, 70.0, 68.0, 72.0, 50, (("u1", "3.20"), ("u3", "2.10"))),
    ]
    model = a_model(
        standards_delivery=Value("standards_delivery", 1, 90.0, 85.0, 95.0, 100),
        hours=Value("hours", 1, 40.0, 40.0, 40.0, 6, (("0", "360"), ("4", "360"), ("5", "150"))),
        satisfaction=Value("satisfaction", 1, 90.0, 88.0, 92.0, 100),
    )
    with translation.override("id"):
        reasons = {gap.measure.key: gap.reasons for gap in queries.gaps(own, model)}
    assert reasons == {
        "standards_delivery": (
            (
                "2 layanan di sini belum lengkap. Yang paling sering belum dimuat:"
                " biaya (2), pengaduan (1)."
            ),
            "Mulai dari: Akta, KTP.",
        ),
        "hours": (
            "Sabtu: di sini tutup, di sana buka 2,5 jam.",
            "Jumat: 1 jam lebih pendek.",
        ),
        "satisfaction": (
            "Unsur dengan nilai terendah: Waktu (2,1 dari 4), Persyaratan (3,2 dari 4).",
        ),
    }


@pytest.mark.parametrize("detail", [(("9", "60"),), (("x", "60"),), (("0", "-60"),), (("0", "²"),)])
def test_a_models_strange_days_are_left_out(mall, detail):
    own = [Value("hours", 1, 30.0, 30.0, 30.0, 5, (("0", "360"),))]
    model = a_model(hours=Value("hours", 1, 40.0, 40.0, 40.0, 6, detail))
    assert queries.gaps(own, model)[0].reasons == ()


def test_facilities_ready_here_are_not_missing(mall):
    Facility.objects.create(mall=mall, code="a", name="Musala ", state="ready")
    own = queries.measured(TODAY)
    model = a_model(facilities=count_value("facilities", 2, (("musala", ""), ("ATM", ""))))
    gap = next(gap for gap in queries.gaps(own, model) if gap.measure.key == "facilities")
    assert gap.reasons == ("1 fasilitas Barru Contoh belum tersedia di sini: ATM.",)


def test_pictures_aim_only_where_there_is_a_better_side(mall):
    served = Value("served_daily", 1, 5.0, 4.0, 6.0, 30)
    wait = Value("wait_median", 1, 9.0, 8.0, 10.0, 100)
    model = a_model(served_daily=served, wait_median=Value("wait_median", 1, 19.0, 18.0, 20.0, 50))
    rows = queries.beside([model], [served, wait])
    radar = queries.radar(rows, "Sini", [model])
    assert [bullet.measure.key for bullet in queries.bullets(rows, 0)] == ["wait_median"]
    assert radar.axes == ["Tunggu median"]
    assert [[mark.value for mark in one.marks] for one in radar.series] == [[1.0], [0.5]]


def test_another_version_is_said_and_not_drawn(mall):
    own = Value("wait_median", 1, 9.0, 8.0, 10.0, 100)
    model = a_model(wait_median=Value("wait_median", 2, 1.0, 1.0, 1.0, 50))
    rows = queries.beside([model], [own])
    waits = next(row for row in rows if row.measure.key == "wait_median")
    radar = queries.radar(rows, "Sini", [model])
    assert waits.cells[0].comparison == "ukuran versi lain, tidak dibandingkan"
    assert [[mark.value for mark in one.marks] for one in radar.series] == [[1.0], [None]]
    assert queries.bullets(rows, 0) == []
    assert queries.gaps([own], model) == []


def test_a_mall_without_a_checklist_is_told_what_the_model_has_ready(mall):
    own = queries.measured(TODAY)
    model = a_model(facilities=count_value("facilities", 1, (("Musala", ""),)))
    (gap,) = queries.gaps(own, model)
    assert (gap.is_unknown, gap.sentence) == (
        True,
        "Di sini belum ada. Di Barru Contoh 1 fasilitas.",
    )
    assert gap.reasons == ("1 fasilitas Barru Contoh belum tersedia di sini: Musala.",)


def test_a_model_with_nothing_is_no_model(mall):
    model = a_model(standards_full=Value("standards_full", 1, 0.0, 0.0, 6.0, 60))
    assert queries.gaps(queries.measured(TODAY), model) == []
