"""The living plan: the states of counters, and the way to what is looked for."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gerai.directory.catalogue.texts import slug_of
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.queue.actions.desks import close_desk, pause
from gerai.queue.tests.factories import TEN, a_house, a_ticket
from gerai.search.actions import Piece, rebuild
from gerai.transactions import one_transaction
from gerai.website.plan import BUSY_FROM, MODERATE_FROM, Load, Part, fitted, load_of, part_of_sheet
from gerai.website.queries.floors import Target, and_joined, floors_now, target_of


@given(st.floats(0, 500))
def test_load_goes_by_the_minutes_that_one_would_wait(minutes):
    expected = Load.CALM
    if minutes >= MODERATE_FROM:
        expected = Load.MODERATE
    if minutes >= BUSY_FROM:
        expected = Load.BUSY
    assert load_of(minutes) == expected


@pytest.mark.parametrize(
    ("point", "part"),
    [
        ((0, 0), (Part.LEFT, Part.UPPER)),
        ((500, 299), (Part.MIDDLE, Part.UPPER)),
        ((1000, 600), (Part.RIGHT, Part.LOWER)),
        ((2000, 300), (Part.RIGHT, Part.LOWER)),
    ],
)
def test_a_point_lies_in_one_part_of_the_sheet(point, part):
    assert part_of_sheet(*point) == part


@given(st.lists(st.text("abc ", min_size=1, max_size=20), max_size=6), st.integers(4, 40))
def test_names_never_grow_beyond_their_room(names, room):
    assert len(fitted(names, room)) <= max(room, 5)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], ""),
        (["1"], "1"),
        (["1", "2"], "1 dan 2"),
        (["1", "2", "3"], "1, 2, dan 3"),
    ],
)
def test_words_are_joined_as_in_a_sentence(words, told):
    assert and_joined(words) == told


@pytest.fixture
def ten(mall):
    """Stop the clock on Monday at ten."""
    with time_machine.travel(TEN, tick=False):
        yield


@pytest.fixture
def house(ten):
    """Make an agency with one open counter and a second, empty one."""
    return a_house()


def states(target=None):
    """Return counter code → state, as visitors see it."""
    floors = floors_now(TEN, target or Target()).floors
    return {seat.counter.code: seat.state for floor in floors for seat in floor.seats}


def test_counters_are_calm_until_one_would_wait_long(house):
    codes = house.counter.code, house.second.code
    assert states() == dict(zip(codes, ("calm", "empty"), strict=True))

    seen = []
    for _each in range(12):
        a_ticket(house.line)
        seen.append(states()[house.counter.code])
    assert list(dict.fromkeys(seen)) == ["calm", "moderate", "busy"]


def test_a_counter_is_paused_empty_and_closed(house):
    officer = audit.Actor.person(house.officer)
    pause(house.desk, reason="sholat", by=officer)
    assert states()[house.counter.code] == "paused"

    close_desk(house.desk, by=officer)
    assert states()[house.counter.code] == "empty"

    with time_machine.travel("2026-11-23T17:00:00+08:00", tick=False) as evening:
        assert evening is not None
        late = floors_now(TEN.replace(hour=17), Target()).floors
    assert {seat.state for floor in late for seat in floor.seats} == {"closed"}


def test_a_break_at_noon_does_not_close_a_counter(house):
    noon = TEN.replace(hour=12, minute=30)

    found = floors_now(noon, Target()).floors

    seats = {seat.counter.code: seat.state for floor in found for seat in floor.seats}
    assert seats[house.second.code] == "empty"


def test_a_counter_without_an_agency_today_is_not_used(house):
    counter = factories.a_counter(code="X9")

    assert states()["X9"] == "unused"
    assert counter.code == "X9"


def test_the_way_says_floor_zone_and_counters(ten):
    factories.office_hours()
    floor = factories.a_floor(name="Lantai Dasar")
    zone = factories.a_zone(floor=floor, code="Z7", name="Kependudukan")
    agency = factories.an_agency()
    for position, code in enumerate(("2", "3"), start=1):
        factories.a_counter(zone=zone, code=code, position=position, agency=agency, x=850, y=20)
    service = factories.a_service(agency=agency, code="KTP-01")

    target = target_of(TEN, service="ktp-01")
    [way] = floors_now(TEN, target).ways

    assert target.service == service
    assert way.sentence == (
        "Lantai Dasar, zona Z7 Kependudukan, loket 2 dan 3: pada denah di kanan atas."
    )


def test_only_the_counters_of_what_is_looked_for_are_marked(house):
    other = factories.a_counter(agency=factories.an_agency())

    target = target_of(TEN, agency=slug_of(house.agency.code))
    found = floors_now(TEN, target).floors

    marked = {seat.counter.code: seat.is_found for floor in found for seat in floor.seats}
    assert marked == {house.counter.code: True, house.second.code: True, other.code: False}


@one_transaction
def indexed(*services):
    """Put services into the index of the mall."""
    rebuild(
        "service",
        [
            Piece(
                key=each.code,
                title=each.name,
                text="",
                summary="",
                url=f"/layanan/{slug_of(each.code)}/",
            )
            for each in services
        ],
    )


@pytest.mark.django_db(transaction=True)
def test_words_lead_to_one_service_or_to_a_choice():
    with in_mall(factories.a_mall()), time_machine.travel(TEN, tick=False):
        card = factories.a_service(name="Kartu keluarga")
        other = factories.a_service(name="Kartu kuning")
        indexed(card, other)

        one, both = target_of(TEN, "keluraga"), target_of(TEN, "kartu")

        assert (one.service, one.several) == (card, ())
        assert both.service is None
        assert {each.service for each in both.several} == {card, other}
        assert both.agencies == {card.agency_id, other.agency_id}


def test_without_an_index_services_are_found_by_their_names(house):
    service = house.line.services.get()

    assert target_of(TEN, service.name).service == service


def test_the_page_of_a_service_found_leads_on_to_it(client, house):
    slug = slug_of(house.line.services.get().code)

    page = client.get("/lantai/", {"layanan": slug}).content.decode()

    assert f'href="/layanan/{slug}/"' in page
    assert f'href="/instansi/{slug_of(house.agency.code)}/"' in page
    assert page.count('class="is-found"') == 2


@pytest.mark.parametrize(
    "query",
    [
        {"cari": "tidak ada sama sekali"},
        {"layanan": "tidak-ada"},
        {"instansi": "tidak-ada"},
    ],
)
def test_what_is_not_there_is_said_and_the_plan_still_shown(client, house, query):
    response = client.get("/lantai/", query)

    page = response.content.decode()
    assert response.status_code == 200
    assert "tidak ditemukan" in page
    assert f'id="loket-{house.counter.pk}"' in page


@pytest.mark.parametrize("value", ["9" * 5000, "'; DROP TABLE", "👩‍👩‍👧 🙏", "\u202ex", "²"])
def test_senseless_input_never_fails(client, house, value):
    query = dict.fromkeys(("cari", "layanan", "instansi"), value)

    assert client.get("/lantai/", query).status_code == 200


def test_the_drawing_and_the_list_show_each_counter_once(client, house):
    page = client.get("/lantai/").content.decode()

    for counter in (house.counter, house.second):
        assert page.count(f'href="#loket-{counter.pk}"') == 1
        assert page.count(f'id="loket-{counter.pk}"') == 1
    assert page.count('aria-hidden="true">\n  <svg viewBox') == len(
        floors_now(TEN, Target()).floors
    )


def test_a_mall_without_a_building_says_so(client, ten):
    assert "Denah sedang disiapkan" in client.get("/lantai/").content.decode()


def test_the_plan_asks_the_database_as_much_for_many_as_for_one(client, ten):
    floor = factories.a_floor()
    counts = []
    for many in (1, 3):
        for _each in range(many):
            factories.a_counter(zone=factories.a_zone(floor=floor), agency=factories.an_agency())
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/lantai/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
