"""The building made in the browser: floors, zones, counters, and what is refused."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from gerai.directory import queries
from gerai.directory.actions import plan
from gerai.directory.models import Counter, Floor, Zone
from gerai.directory.rules import SHEET, Place
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.transactions import refused_as

ZONE = {"code": "Z1", "name": "Perizinan", "x": 40, "y": 40, "width": 440, "height": 240}


@pytest.fixture
def office(mall):
    """Return the browser of this mall's admin."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(factories.a_user("mall_admin", name="Admin Barru"))
    return browser


def verbs():
    return list(Deed.objects.order_by("pk").values_list("verb", flat=True))


def address(name, *keys):
    return reverse(f"manage:{name}", args=keys)


def place_in(zone):
    return [
        queries.place_of(counter) for counter in Counter.objects.filter(zone=zone).order_by("pk")
    ]


def test_an_empty_mall_is_built_with_the_proposals_alone(office):
    def proposed(page):
        form = office.get(page).context["form"]
        return {name: form.initial.get(name, "") for name in form.fields}

    assert office.get(address("building")).status_code == 200
    office.post(address("new_floor"), proposed(address("new_floor")))
    floor = Floor.objects.get()
    for name in ("Informasi", "Perizinan"):
        page = address("new_zone", floor.pk)
        office.post(page, proposed(page) | {"name": name})
    first, second = Zone.objects.order_by("pk")
    office.post(address("new_counters", first.pk), {"first": "1", "last": "6"})
    page = address("new_counters", second.pk)
    office.post(page, proposed(page))

    assert (floor.number, floor.name) == (1, "Lantai 1")
    assert [(zone.code, queries.place_of(zone)) for zone in (first, second)] == [
        ("Z1", Place(40, 40, 440, 240)),
        ("Z2", Place(520, 40, 440, 240)),
    ]
    counters = Counter.objects.order_by("position")
    assert [counter.code for counter in counters] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [counter.position for counter in counters] == [1, 2, 3, 4, 5, 6, 7]
    assert all(queries.place_of(first).holds(place) for place in place_in(first))
    assert verbs() == [
        "directory.add_floor",
        "directory.add_zone",
        "directory.add_zone",
        "directory.add_counters",
        "directory.add_counters",
    ]
    assert office.get(f"{address('building')}?lantai=1").context["zones"][1][1] != []


def test_a_floor_is_renumbered_renamed_and_removed(office):
    floor = factories.a_floor(number=3)
    page = address("floor", floor.pk)

    assert office.post(page, {"number": 4, "name": "Lantai teras"}).status_code == 302
    floor.refresh_from_db()
    assert (floor.number, floor.name) == (4, "Lantai teras")
    assert office.post(address("floor_remove", floor.pk)).status_code == 302
    assert not Floor.objects.exists()
    assert verbs() == ["directory.change_floor", "directory.remove_floor"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"number": "7"}, "number"),
        ({"number": "x"}, "number"),
        ({"number": "2000"}, "number"),
        ({"name": "😀"}, "name"),
        ({"name": ""}, "name"),
        ({"name": "-"}, "name"),
    ],
)
def test_a_floor_that_cannot_be_is_refused(office, told, field):
    factories.a_floor(number=7)

    answer = office.post(address("new_floor"), {"number": "8", "name": "Lantai 8"} | told)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert Floor.objects.count() == 1
    assert verbs() == []


def test_a_floor_with_zones_is_not_removed(office):
    zone = factories.a_zone()

    assert office.post(address("floor_remove", zone.floor_id)).status_code == 409
    assert Floor.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"code": "Z9"}, "code"),
        ({"code": "Z 1"}, "code"),
        ({"name": "=SUM(A1)"}, "name"),
        ({"x": "700"}, "width"),
        ({"y": "-1"}, "y"),
        ({"height": "5"}, "height"),
        ({"x": "200", "y": "300", "height": "200"}, "x"),
        ({"width": ""}, "width"),
    ],
)
def test_a_zone_that_cannot_be_is_refused(office, told, field):
    floor = factories.a_floor()
    factories.a_zone(floor=floor, code="Z9", x=300, y=320)

    answer = office.post(address("new_zone", floor.pk), ZONE | told)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert Zone.objects.count() == 1


def test_counters_move_with_their_zone(office):
    zone = factories.a_zone(**ZONE)
    plan.add_counters(zone, ["1", "2", "3"], by=audit.SYSTEM)
    before = place_in(zone)

    office.post(address("zone", zone.pk), ZONE | {"x": 500, "y": 300, "name": "Pajak"})

    assert place_in(zone) == [place.beside(460, 260) for place in before]
    assert Zone.objects.get().name == "Pajak"


def test_a_smaller_zone_sets_its_counters_anew_or_stays(office):
    zone = factories.a_zone(**ZONE)
    plan.add_counters(zone, [str(number) for number in range(8)], by=audit.SYSTEM)

    office.post(address("zone", zone.pk), ZONE | {"width": 200, "height": 120})
    zone.refresh_from_db()
    assert queries.place_of(zone) == Place(40, 40, 200, 120)
    assert all(queries.place_of(zone).holds(place) for place in place_in(zone))

    answer = office.post(address("zone", zone.pk), ZONE | {"width": 80, "height": 60})
    assert answer.status_code == 400
    zone.refresh_from_db()
    assert zone.width == 200


def test_an_empty_zone_is_removed_and_a_full_one_is_not(office):
    empty, full = factories.a_zone(), factories.a_counter().zone
    screen = factories.a_device("screen", zone=factories.a_zone()).zone

    told = [
        office.post(address("zone_remove", zone.pk)).status_code for zone in (empty, full, screen)
    ]

    assert told == [302, 409, 409]
    assert set(Zone.objects.all()) == {full, screen}
    assert verbs() == ["directory.remove_zone"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"first": "5"}, "__all__"),
        ({"first": "4", "last": "6"}, "__all__"),
        ({"first": ""}, "first"),
        ({"first": "lima belas"}, "first"),
        ({"first": "9", "last": "7"}, "last"),
        ({"first": "1000", "last": "9999"}, "last"),
        ({"first": "A1", "last": "A60"}, "__all__"),
    ],
)
def test_counters_that_cannot_be_are_refused(office, told, field):
    zone = factories.a_zone()
    factories.a_counter(code="5", zone=zone)

    answer = office.post(address("new_counters", zone.pk), told)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert Counter.objects.count() == 1


def test_counters_grow_smaller_when_more_come(office):
    zone = factories.a_zone(**ZONE)
    plan.add_counters(zone, ["1", "2"], by=audit.SYSTEM)

    office.post(address("new_counters", zone.pk), {"first": "3", "last": "30"})

    assert Counter.objects.count() == 30
    places = place_in(zone)
    assert all(queries.place_of(zone).holds(place) for place in places)
    assert not any(a.meets(b) for n, a in enumerate(places) for b in places[:n])


def test_a_counter_is_renamed_and_moved_to_another_zone(office):
    counter = factories.a_counter(code="5")
    other = factories.a_zone(**ZONE)
    page = address("counter_edit", counter.pk)

    assert office.post(page, {"code": "5A", "zone": other.pk}).status_code == 302

    counter.refresh_from_db()
    assert (counter.code, counter.zone) == ("5A", other)
    assert queries.place_of(other).holds(queries.place_of(counter))
    assert verbs() == ["directory.change_counter"]
    factories.a_counter(code="6")
    answer = office.post(page, {"code": "6", "zone": other.pk})
    assert list(answer.context["form"].errors) == ["code"]


def test_another_malls_building_is_nowhere_to_be_found(office):
    with in_mall(factories.a_mall("parepare")):
        counter = factories.a_counter()
        zone, floor = counter.zone, counter.zone.floor
    theirs = [
        address("floor", floor.pk),
        address("floor_remove", floor.pk),
        address("new_zone", floor.pk),
        address("zone", zone.pk),
        address("zone_remove", zone.pk),
        address("new_counters", zone.pk),
        address("counter_edit", counter.pk),
    ]

    assert [office.post(page, ZONE).status_code for page in theirs] == [404] * len(theirs)
    own = factories.a_counter()
    moved = office.post(address("counter_edit", own.pk), {"code": "1", "zone": zone.pk})
    assert list(moved.context["form"].errors) == ["zone"]


def test_what_only_the_database_refuses_is_a_refusal_too():
    @refused_as(plan.ZoneTaken)
    def too_late():
        raise IntegrityError

    with pytest.raises(plan.ZoneTaken):
        too_late()


def test_a_place_beyond_the_sheet_is_refused(mall):
    with pytest.raises(plan.OffTheSheet):
        plan.add_zone(
            factories.a_floor(),
            code="Z1",
            name="Luar",
            place=Place(0, 0, SHEET.width + 1, 100),
            by=audit.SYSTEM,
        )
