"""The agencies: whose they are, when and where they sit."""

from datetime import time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gerai.directory.models import SpecialDay
from gerai.directory.tests import factories
from gerai.malls.scope import current_mall, in_mall
from gerai.queue.tests.factories import TEN, a_house, a_ticket
from gerai.website.queries import agencies as queries


@pytest.fixture(autouse=True)
def ten(mall):
    """Stop the clock on Monday at ten."""
    with time_machine.travel(TEN, tick=False):
        yield


def test_agencies_stand_by_whose_they_are():
    bank = factories.an_agency(kind="bumd")
    second = factories.an_agency(kind="opd", short_name="B")
    first = factories.an_agency(kind="opd", short_name="A")
    other = factories.an_agency(kind="")
    factories.an_agency(is_active=False)

    found = queries.agencies_by_kind(TEN)

    assert [(str(kind.name), [row.agency for row in kind.rows]) for kind in found] == [
        ("Perangkat daerah", [first, second]),
        ("BUMD", [bank]),
        ("Instansi lain", [other]),
    ]


def test_a_row_counts_services_people_and_counters():
    house = a_house()
    factories.a_service(agency=house.agency, is_active=False)
    a_ticket(house.line)

    [kind] = queries.agencies_by_kind(TEN)
    [row] = kind.rows

    assert (row.services, row.waiting, row.counters_open, row.opening.is_open) == (1, 1, 1, True)


def test_a_page_tells_the_week_with_its_counters():
    factories.office_hours()
    agency = factories.an_agency()
    zone = factories.a_zone()
    first = factories.a_counter(zone=zone, code="1", position=1)
    second = factories.a_counter(zone=zone, code="2", position=2)
    factories.a_share(first, agency, 0)
    factories.a_share(second, agency, 0)
    factories.a_share(second, agency, 2)

    week = queries.agency_now(agency, TEN).week

    told = [[(seat.zone, seat.codes) for seat in day.seats] for day in week]
    assert told == [[(zone, ("1", "2"))], [], [(zone, ("2",))], [], [], [], []]
    assert [day.is_today for day in week] == [True, *[False] * 6]
    assert [day.hours is not None for day in week] == [True] * 5 + [False] * 2
    assert week[0].hours.breaks == ((time(12), time(13)),)


def test_a_day_that_departs_is_told(client):
    factories.office_hours()
    agency = factories.an_agency(code="Dinas Satu")
    SpecialDay.objects.create(
        mall=current_mall(), agency=agency, on="2026-11-25", kind="closed", name="Rapat dinas"
    )

    first = queries.agency_now(agency, TEN).departures[0]

    assert (first.name, first.spans) == ("Rapat dinas", ())
    assert "Rapat dinas" in client.get("/instansi/dinas-satu/").content.decode()


def test_the_address_is_one_and_closed_to_others(client):
    factories.an_agency(code="DISDUK", site="https://disduk.example/")
    factories.an_agency(code="MATI", is_active=False)
    with in_mall(factories.a_mall("lain")):
        factories.an_agency(code="LAIN")

    big = client.get("/instansi/DISDUK/")

    assert (big.status_code, big["Location"]) == (301, "/instansi/disduk/")
    assert 'href="https://disduk.example/"' in client.get("/instansi/disduk/").content.decode()
    found = [client.get(f"/instansi/{slug}/").status_code for slug in ("mati", "lain", "-")]
    assert found == [404, 404, 404]


def test_an_empty_mall_says_so(client):
    assert "Belum ada instansi" in client.get("/instansi/").content.decode()


def test_the_list_asks_the_database_as_much_for_many_as_for_one(client):
    counts = []
    for many in (1, 3):
        for _each in range(many):
            factories.an_agency()
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/instansi/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
