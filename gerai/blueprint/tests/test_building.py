"""Zones and counters of a model beside those that stand here."""

from typing import Any

from gerai.blueprint.actions import deciding
from gerai.blueprint.queries import open_proposals
from gerai.blueprint.tests.factories import a_file, a_floor_part, a_zone_part, counts, take
from gerai.directory.models import Counter, Zone
from gerai.directory.queries import place_of
from gerai.directory.rules import Place
from gerai.directory.tests.factories import a_counter, a_floor, a_zone
from gerai.people.audit import SYSTEM


def a_counter_part(key: str = "1", **fields: Any) -> dict[str, Any]:
    place = {"x": 60, "y": 80, "width": 88, "height": 56}
    content = {"zone": "Z1", "position": 1, "seats": [], **place}
    return {"kind": "counter", "key": key, "content": content | fields}


def accepted(*parts: dict[str, Any]) -> list[str]:
    """Take parts, accept all that is proposed, and return the keys of those refused."""
    take(a_file(*parts))
    decision = deciding.accept(open_proposals(), by=SYSTEM)
    return [part.key for part in decision.refused]


def places() -> dict[str, Place]:
    return {counter.code: place_of(counter) for counter in Counter.objects.all()}


def zones() -> dict[str, Place]:
    return {zone.code: place_of(zone) for zone in Zone.objects.all()}


def a_zone_with_two_counters() -> None:
    zone = a_zone(floor=a_floor(number=1), code="Z1", x=40, y=40, width=400, height=200)
    a_counter(zone=zone, code="1", x=60, y=80, width=88, height=56)
    a_counter(zone=zone, code="2", x=340, y=160, width=88, height=56)


def test_counters_move_with_their_zone(founding):
    a_zone_with_two_counters()
    assert accepted(a_zone_part(x=540, y=300)) == []
    assert places() == {"1": Place(560, 340, 88, 56), "2": Place(840, 420, 88, 56)}


def test_counters_stay_within_a_zone_that_becomes_smaller(founding):
    a_zone_with_two_counters()
    assert accepted(a_zone_part(width=240, height=120)) == []
    assert places() == {"1": Place(52, 74, 88, 56), "2": Place(156, 74, 88, 56)}


def test_a_zone_too_small_for_its_counters_is_refused(founding):
    zone = a_zone(floor=a_floor(number=1), code="Z1", x=40, y=40, width=400, height=200)
    a_counter(zone=zone, code="1", x=60, y=80, width=88, height=56)
    assert accepted(a_zone_part(width=20, height=20)) == ["Z1"]
    assert zones() == {"Z1": Place(40, 40, 400, 200)}
    assert places() == {"1": Place(60, 80, 88, 56)}


def test_zones_are_held_against_where_the_others_stand_by_then(founding):
    floor = a_floor(number=1)
    a_zone(floor=floor, code="Z1", x=40, y=40, width=400, height=200)
    a_zone(floor=floor, code="Z2", x=40, y=300, width=400, height=200)
    assert accepted(a_zone_part("Z1", x=500, y=300), a_zone_part("Z2", x=40, y=40)) == []
    assert zones() == {"Z1": Place(500, 300, 400, 200), "Z2": Place(40, 40, 400, 200)}


def test_two_zones_that_come_to_the_same_place(founding):
    floor = a_floor(number=1)
    a_zone(floor=floor, code="Z1", x=40, y=40, width=400, height=200)
    a_zone(floor=floor, code="Z2", x=40, y=300, width=400, height=200)
    both = a_zone_part("Z1", x=500, y=300), a_zone_part("Z2", x=500, y=300)
    assert accepted(*both) == ["Z2"]
    assert zones() == {"Z1": Place(500, 300, 400, 200), "Z2": Place(40, 300, 400, 200)}


def test_a_counter_outside_its_zone_is_refused(founding):
    inside, outside = a_counter_part("1"), a_counter_part("2", x=380)
    taken = take(a_file(a_floor_part(), a_zone_part(), inside, outside))
    assert counts(taken) == (3, 0, 1)
    assert [(part.kind, part.key) for part in taken.refused] == [("counter", "2")]
    assert places() == {"1": Place(60, 80, 88, 56)}
