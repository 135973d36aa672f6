"""What the slides and the tour show, from the mall's own rows."""

from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest

from gerai import clock
from gerai.directory.tests.factories import (
    a_counter,
    a_floor,
    a_mall,
    a_service,
    a_standard,
    a_zone,
    an_agency,
)
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM
from gerai.queue.actions import calling, serving
from gerai.queue.tests.factories import TEN, a_house, a_ticket
from gerai.showcase.actions.decks import change_slide, note_for_tour
from gerai.showcase.models import Deck, Slide
from gerai.showcase.queries import building, decks, slides
from gerai.showcase.queries.day import day_picture
from gerai.showcase.queries.history import History
from gerai.showcase.queries.journey import journey
from gerai.showcase.queries.satisfaction import satisfaction
from gerai.showcase.queries.standards import standards
from gerai.showcase.queries.tour import tour, tour_slides
from gerai.showcase.queries.volumes import WEEKS, volumes
from gerai.showcase.rules import USUAL
from gerai.showcase.tests.factories import a_deck, a_session
from gerai.survey.models import Rating


@contextmanager
def turned_to(moment):
    """Turn the stopped clock to a moment for the block."""
    clock.turn_to(moment)
    yield
    clock.turn_to(TEN)


TODAY = TEN.date()
BANDS = ("a", "b", "c", "d", "e")


@pytest.fixture
def monday(mall):
    """Stop the clock on a Monday at ten."""
    with clock.simulated(TEN):
        yield mall


def rated(mall, count: int, answers: list[int], day: date = TODAY) -> None:
    service = a_service()
    for _ in range(count):
        Rating.objects.create(
            mall=mall,
            agency=service.agency,
            service=service,
            day=day,
            door="phone",
            **{f"u{n}": answer for n, answer in enumerate(answers, start=1)},
        )


def test_an_empty_mall_has_every_slide_and_says_so(monday):
    shown = {slide.kind: slide.data for slide in slides.shown_slides(None)}

    assert list(shown) == list(USUAL)
    assert shown["history"] == History((), 0, None)
    assert (shown["organisation"].agencies, shown["floors"].counters) == (0, 0)
    assert (shown["queue"].floors, shown["queue"].waiting) == ((), 0)
    assert (shown["day"], shown["satisfaction"], shown["journey"]) == (None, None, None)
    assert (shown["volumes"].total, shown["standards"].services) == (0, 0)


def test_agencies_flow_by_kind_and_weigh_what_they_offer(monday):
    a_service(agency=(opd := an_agency(kind="opd", short_name="Alfa")))
    a_service(agency=opd)
    an_agency(kind="bumn", short_name="Beta")
    an_agency(is_active=False)

    whole = building.organisation()

    assert [
        (ribbon.agency.short_name, ribbon.services, ribbon.tone) for ribbon in whole.ribbons
    ] == [
        ("Alfa", 2, "a"),
        ("Beta", 0, "d"),
    ]
    assert (whole.agencies, whole.services, whole.left_out) == (2, 2, 0)


def test_more_agencies_than_fit_are_counted(monday):
    for _ in range(building.MOST_NAMES + 3):
        an_agency()

    whole = building.organisation()

    assert (len(whole.ribbons), whole.left_out) == (building.MOST_NAMES, 3)


def test_the_model_names_every_counter_in_use(monday):
    zone = a_zone(floor=a_floor(number=1, name="Lantai 1"), code="Z1", name="Depan")
    a_counter(zone=zone, code="1", agency=an_agency(short_name="Alfa"))
    a_counter(zone=zone, code="2")

    house = building.house()

    assert (house.counters, house.agencies) == (1, 1)
    (counter,) = house.floors[0].counters
    assert (counter.code, counter.names, counter.callout.is_left) == ("1", "Alfa", False)
    assert house.lists[0].zones == (("Z1 · Depan", (("1", "Alfa"),)),)


def test_everybody_who_waits_is_drawn_before_a_counter(monday):
    house = a_house()
    for _ in range(5):
        a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)

    now = building.queue_now(clock.now())

    counters = {each.key: each for floor in now.floors for each in floor.counters}
    assert (now.waiting, now.serving, now.counters_open) == (4, 1, 1)
    assert counters[house.counter.pk].waiting == 4
    assert [person.is_served for person in counters[house.counter.pk].people].count(True) == 1
    assert counters[house.second.pk].waiting == 0
    assert [(crowd.agency, crowd.waiting, crowd.share) for crowd in now.busiest] == [
        (house.agency, 4, 100)
    ]


def test_a_day_tells_who_came_and_how_long_they_waited(monday):
    house = a_house()
    with turned_to(TEN - timedelta(minutes=30)):
        ticket = a_ticket(house.line)
    with turned_to(TEN - timedelta(minutes=18)):
        calling.call_next(house.desk, by=house.by)
        ticket.refresh_from_db()
        serving.start(ticket, by=house.by)

    day = day_picture()

    assert (day.on, day.is_today, day.came) == (TEN.date(), True, 1)
    assert (day.median_wait, day.longest_wait, day.busiest.clock) == (12, 12, "09.30")
    assert [each.wait for each in day.quarters if each.wait is not None] == [12]
    assert day.now_x != ""


def test_without_anybody_today_the_last_day_is_shown(monday):
    house = a_house()
    with turned_to(TEN - timedelta(days=3)):
        a_ticket(house.line)

    day = day_picture()

    assert (day.on, day.is_today, day.now_x) == (TEN.date() - timedelta(days=3), False, "")


def test_the_cloth_counts_each_day(monday):
    house = a_house()
    for _ in range(3):
        a_ticket(house.line)
    with turned_to(TEN - timedelta(days=7)):
        a_ticket(house.line)

    cloth = volumes()

    assert (cloth.total, cloth.days_open, cloth.per_day) == (4, 2, 2)
    assert (cloth.busiest.on, cloth.busiest.count) == (TEN.date(), 3)
    assert [count for _monday, count in cloth.weeks][-2:] == [1, 3]
    assert cloth.change is None


def test_who_came_before_the_cloth_begins_is_not_counted(monday):
    house = a_house()
    a_ticket(house.line)
    with turned_to(TEN - timedelta(weeks=WEEKS)):
        for _ in range(3):
            a_ticket(house.line)

    cloth = volumes()

    assert cloth.weeks[0][0] == TEN.date() - timedelta(weeks=WEEKS - 1)
    assert (cloth.total, cloth.days_open, cloth.per_day) == (1, 1, 1)


def test_satisfaction_is_the_official_index(monday):
    rated(monday, 3, [4, 4, 4, 4, 4, 4, 4, 4, 3])
    rated(monday, 1, [1] * 9, day=TEN.date() - timedelta(days=400))

    found = satisfaction()

    assert (found.answers, found.are_few, found.grade) == (3, True, "A")
    assert found.index == Decimal("97.13")
    assert [each.is_lowest for each in found.elements] == [False] * 8 + [True]


def test_an_element_without_an_answer_gives_no_index(monday):
    rated(monday, 2, [4] * 8)

    assert satisfaction() is None


def test_standards_are_counted_from_what_is_stated(monday):
    service = a_service()
    a_standard(
        service,
        procedure=["datang"],
        duration_text="30 menit",
        duration_max=30,
        duration_unit="menit",
        fee_rupiah=0,
        product="KTP",
        complaints="loket",
    )
    a_standard(
        a_service(), duration_text="2 hari", duration_max=2, duration_unit="hari", fee_rupiah=5000
    )
    a_service()

    found = standards(slides.SCALE_NAMES, BANDS)

    assert (found.services, found.stated.part, found.stated.whole, found.complete) == (3, 7, 18, 0)
    assert (found.free.part, found.free.whole) == (1, 2)
    assert (found.same_day.part, found.same_day.whole) == (1, 2)
    assert [(dot.is_free, dot.words) for dot in found.dots] == [
        (True, "30 menit"),
        (False, "2 hari"),
    ]
    assert [count for _name, count in found.lines] == [1, 0, 1, 0, 0]


def test_the_journey_prefers_what_says_its_way(monday):
    house = a_house()
    a_ticket(house.line)
    told = a_service()
    standard = a_standard(
        told,
        duration_text="1-3 hari",
        duration_min=1,
        duration_max=3,
        duration_unit="hari",
        product="Kartu",
    )
    standard.requirements.create(mall=monday, position=1, text="KTP")

    found = journey()

    assert (found.service, found.needs, found.promise) == (told, 1, "1-3 hari")


def test_a_tour_stops_once_at_an_agency_in_a_zone(monday):
    zone = a_zone(floor=a_floor(number=1))
    agency = an_agency(short_name="Alfa")
    for place in (1, 2):
        a_counter(zone=zone, code=str(place), x=100 * place, y=50, agency=agency)
    other = an_agency(short_name="Beta")
    a_counter(zone=a_zone(floor=a_floor(number=2)), code="9", agency=other)
    note_for_tour(other, question="Sabtu buka?", answer="Tidak.", by=SYSTEM)

    walk = tour()

    assert [(stop.number, stop.agency, stop.codes) for stop in walk.stops] == [
        (1, agency, "1, 2"),
        (2, other, "9"),
    ]
    assert (walk.stops[0].comes_from, walk.stops[1].comes_from) == ("door", "stairs")
    assert walk.stops[1].note.answer == "Tidak."
    assert [slide.kind for slide in tour_slides()] == ["walk", "stop", "stop"]


def test_a_stop_tells_who_sits_there_and_how_many_wait(monday):
    house = a_house()
    for _ in range(3):
        a_ticket(house.line)

    (stop,) = tour().stops[:1]

    assert (stop.waiting, stop.is_open, stop.counters[0].officer) == (3, True, house.officer.name)


def test_a_deck_shows_what_was_written_and_its_own_order(monday):
    deck = a_deck(kinds=["text", "cover"])
    slide = Slide.objects.get(kind="text")
    change_slide(
        slide, title="Pelajaran", text="Pembuka\n- satu\n- dua\nPenutup", notes="Pelan.", by=SYSTEM
    )

    first, second = slides.shown_slides(deck)

    assert (first.title, first.notes, second.kind) == ("Pelajaran", "Pelan.", "cover")
    assert first.paragraphs == [
        (False, ["Pembuka"]),
        (True, ["satu", "dua"]),
        (False, ["Penutup"]),
    ]
    assert [each.label for each in slides.outline(deck)] == ["Teks bebas", "Sampul"]


def test_a_deck_without_slides_shows_the_usual_ones(monday):
    assert [each.kind for each in slides.outline(a_deck(kinds=[]))] == list(USUAL)


def test_a_guest_link_names_deck_and_guests_of_its_own_mall(monday):
    deck = a_deck()
    token = decks.guest_token(deck=deck, guests="Kabupaten Contoh")

    welcome = decks.welcome_of(token)
    assert (welcome.deck, welcome.kind, welcome.guests) == (deck, "deck", "Kabupaten Contoh")
    with in_mall(a_mall("palopo")):
        assert decks.welcome_of(token) is None
    assert decks.welcome_of(token[:-2]) is None
    Deck.objects.all().delete()
    assert decks.welcome_of(token) is None


def test_a_phone_steers_for_a_day_at_most(monday):
    session = a_session()

    assert decks.session_of_phone(session.pk, session.secret) == session
    assert decks.session_of_phone(session.pk, "salah") is None
    with turned_to(TEN + timedelta(hours=13)):
        assert decks.session_of_phone(session.pk, session.secret) is None
        assert decks.running() == []
