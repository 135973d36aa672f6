"""The light of a line, an agency and the mall, as colour, drawing, word and range."""

import pytest
import time_machine

from gerai.directory.catalogue.texts import slug_of
from gerai.queue.queries.boards import board, today
from gerai.queue.queries.expectations import expectation
from gerai.queue.rules import Expectation
from gerai.queue.tests.factories import TEN, a_house, a_line, a_ticket
from gerai.website.plan import Load
from gerai.website.queries.lights import Light, agency_lights, lights_of, mall_light


@pytest.fixture
def house(mall):
    with time_machine.travel(TEN, tick=False):
        yield a_house()


def lit(middle, line=None):
    return Light(Expectation(0, middle + 5, middle), line)


def test_only_lines_at_which_somebody_calls_have_a_light(house):
    a_line()
    [light] = lights_of(board())
    assert light.line == house.line
    assert light.expectation == expectation(house.line, today(), 0, 1)


def test_an_agency_has_the_light_of_its_longest_line(house):
    other = a_line(agency=house.agency)
    for _each in range(9):
        a_ticket(other)
    lights = lights_of(board())
    found = agency_lights(reversed(lights))
    assert list(found) == [house.agency.pk]
    assert found[house.agency.pk].line == other


def test_the_mall_has_the_light_in_the_middle_and_counts_all():
    told = mall_light([lit(50), lit(3), lit(4), lit(20), lit(90)])
    assert told.light.load is Load.MODERATE
    assert [count for *_look, count in told.counts] == [2, 1, 2]
    assert mall_light([]) is None


@pytest.mark.parametrize("address", ["/", "/instansi/{}/"])
def test_pages_say_the_light_in_a_word_and_a_range(client, house, address):
    page = client.get(address.format(slug_of(house.agency.code))).content.decode()
    assert "Lengang" in page
    assert "paling lama sekitar 5 menit" in page
    for _each in range(12):
        a_ticket(house.line)
    page = client.get(address.format(slug_of(house.agency.code))).content.decode()
    assert "Ramai" in page
