"""One suite, two doors: whatever a press brings about, both bring about the same."""

import json
import re
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gerai.directory.actions.calendar import add_special_day
from gerai.directory.actions.devices import revoke
from gerai.directory.actions.standards import set_service_active
from gerai.directory.models import Device, SpecialDayKind
from gerai.directory.tests import factories
from gerai.front.tests.conftest import Doors, FrontDoor, PageDoor, service_of
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM
from gerai.people.models import Deed
from gerai.printing.tests.factories import a_printer
from gerai.queue.actions.limits import set_limits
from gerai.queue.actions.lines import set_line_active
from gerai.queue.actions.rule import publish_rule
from gerai.queue.actions.tickets import label_of, leave
from gerai.queue.models import Group, LineDay, Step, Ticket, Visit
from gerai.queue.tests.factories import House, a_house, a_line, a_ticket

KEY = "kunci-dari-halaman-ini"
OTHER = "kunci-kedua-yang-lain"
OWN = {"id", "token", "code", "idempotency_key", "number", "label", "thing", "detail"}
OWN |= {"visit_id", "ticket_id"}


def fast(door: PageDoor) -> int:
    """Return how many presses the fast door answered itself, None meaning: it is no fast one."""
    return door.answered_fast if isinstance(door, FrontDoor) else -1


def rows_of(ticket: Ticket) -> dict[str, dict[str, Any]]:
    """Return all rows that a number brought about, without what differs from press to press."""
    found = {
        "visit": Visit.objects.filter(pk=ticket.visit_id),
        "ticket": Ticket.objects.filter(pk=ticket.pk),
        "step": Step.objects.filter(ticket=ticket),
        "deed": Deed.objects.filter(thing=f"ticket:{ticket.pk}"),
    }
    return {
        name: {key: value for key, value in rows.values().get().items() if key not in OWN}
        for name, rows in found.items()
    }


def count_of_everything() -> dict[str, int]:
    """Return how many rows each table has."""
    with connection.cursor() as cursor:
        counts = {}
        for model in apps.get_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            counts[model._meta.label] = cursor.fetchone()[0]
    return counts


@pytest.mark.parametrize("group", Group.values)
@pytest.mark.parametrize("way", ["kiosk", "phone"])
def test_both_write_the_same_rows(house: House, kiosk: Device, way: str, group: str) -> None:
    a_ticket(house.line)
    written = []
    for kind in (PageDoor, FrontDoor):
        door = kind()
        door.pair(kiosk)
        door.client.cookies["django_language"] = "en"
        before = count_of_everything()
        getattr(door, way)(service_of(house.line), f"kunci-{kind.__name__}-pertama", group=group)
        after = count_of_everything()
        more = {table: after[table] - before[table] for table in after}
        newest = Ticket.objects.order_by("-pk")[0]
        assert newest.label == label_of(house.line.code, newest.number or 0)
        written.append((rows_of(newest), {table: n for table, n in more.items() if n}))

    assert written[0] == written[1]
    assert fast(door) == 1
    assert list(Ticket.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 3]
    deed = Deed.objects.get(thing=f"ticket:{newest.pk}")
    assert deed.detail == {"label": newest.label}


@pytest.mark.parametrize("way", ["kiosk", "phone"])
def test_both_say_it_in_the_same_words(house: House, kiosk: Device, way: str) -> None:
    a_ticket(house.line)
    said = []
    for kind in (PageDoor, FrontDoor):
        door = kind()
        door.pair(kiosk)
        answer = getattr(door, way)(service_of(house.line), f"kunci-{kind.__name__}-pertama")
        headers = dict(answer.items())
        token = headers["Location"].split("/")[-2]
        assert Visit.objects.filter(token=token).exists()
        headers["Location"] = headers["Location"].replace(token, "")
        kept = {
            name: {key: value for key, value in morsel.items() if key != "expires"}
            for name, morsel in answer.cookies.items()
        }
        said.append((answer.status_code, headers, answer.content, kept))

    assert fast(door) == 1
    assert said[0] == said[1]


def test_a_phone_keeps_its_name_and_its_number(doors: Doors, house: House) -> None:
    door = doors()

    first = door.phone(service_of(house.line), KEY)
    again = door.phone(service_of(house.line), OTHER)

    assert first.headers["Location"] == again.headers["Location"]
    assert door.client.get(first.headers["Location"]).status_code == 200
    assert fast(door) in (-1, 1)


def test_a_browser_takes_ten_an_hour(doors: Doors, house: House) -> None:
    door = doors()
    lines = [a_line(house.agency) for _n in range(11)]
    statuses = []
    for n, line in enumerate(lines):
        a_ticket(line)
        name = door.client.cookies.get("gerai_visitor")
        statuses.append(door.phone(service_of(line), f"kunci-nomor-ke-{n:04}").status_code)
        if name is not None:
            # As if the browser had lost its numbers, but not its name.
            door.client.cookies["gerai_visitor"] = name.value

    assert statuses.count(302) in (10, 11)


def test_the_same_key_gives_the_same_number(doors: Doors, house: House, kiosk: Device) -> None:
    one, two = doors(), doors()
    one.pair(kiosk)
    two.pair(kiosk)

    first, again = (door.kiosk(service_of(house.line), KEY) for door in (one, two))

    assert first.headers["Location"] == again.headers["Location"]
    assert Ticket.objects.count() == 2


def test_numbers_run_on_through_both(house: House, kiosk: Device) -> None:
    a_ticket(house.line)
    LineDay.objects.update(last_number=997)
    page, front = PageDoor(), FrontDoor()
    for n, door in enumerate((front, page, front, page, front)):
        door.pair(kiosk)
        door.kiosk(service_of(house.line), f"kunci-nomor-ke-{n:04}")

    labels = Ticket.objects.order_by("pk").values_list("label", flat=True)
    assert list(labels)[1:] == ["A998", "A999", "A1000", "A1001", "A1002"]
    assert fast(front) == 3


def test_a_closed_mall_gives_nothing(
    door: PageDoor, house: House, clock_at: time_machine.Traveller
) -> None:
    door.kiosk(service_of(house.line), KEY)
    for hour in ("12:30", "14:31", "15:30", "23:00"):
        clock_at.move_to(datetime.fromisoformat(f"2026-11-23T{hour}:00+08:00"))
        assert door.kiosk(service_of(house.line), f"kunci-{hour}-terlambat").status_code >= 400
    assert Ticket.objects.count() == 2


def test_up_to_the_last_minute(
    door: PageDoor, house: House, clock_at: time_machine.Traveller
) -> None:
    given = []
    for n, hour in enumerate(("11:59:59", "12:00:00", "13:00:00", "14:29:59", "14:30:00")):
        clock_at.move_to(datetime.fromisoformat(f"2026-11-23T{hour}+08:00"))
        given.append(door.kiosk(service_of(house.line), f"kunci-nomor-ke-{n:04}").status_code)
    assert [status == 302 for status in given] == [True, False, True, True, False]


def test_what_the_office_closes_is_closed_at_once(door: PageDoor, house: House) -> None:
    assert door.kiosk(service_of(house.line), KEY).status_code == 302
    add_special_day(on=date(2026, 11, 23), kind=SpecialDayKind.CLOSED, name="Banjir", by=SYSTEM)
    refused = door.kiosk(service_of(house.line), OTHER)

    assert refused.status_code == 409
    assert "Banjir" in refused.content.decode()


def test_a_line_that_is_closed_gives_nothing(door: PageDoor, house: House) -> None:
    assert door.kiosk(service_of(house.line), KEY).status_code == 302
    for ticket in Ticket.objects.all():
        leave(ticket, by=SYSTEM)
    set_line_active(house.line, is_active=False, by=SYSTEM)
    assert door.kiosk(service_of(house.line), OTHER).status_code == 404


def test_a_service_that_is_closed_gives_nothing(door: PageDoor, house: House) -> None:
    assert door.kiosk(service_of(house.line), KEY).status_code == 302
    set_service_active(service_of(house.line), is_active=False, by=SYSTEM)
    assert door.kiosk(service_of(house.line), OTHER).status_code == 404


def test_a_kiosk_that_was_revoked_gives_nothing(
    door: PageDoor, house: House, kiosk: Device
) -> None:
    assert door.kiosk(service_of(house.line), KEY).status_code == 302
    revoke(kiosk, by=SYSTEM)
    assert door.kiosk(service_of(house.line), OTHER).headers["Location"].startswith("/perangkat/")


def test_a_kiosk_of_another_mall_gives_nothing(doors: Doors, house: House) -> None:
    with in_mall(factories.a_mall(slug="tetangga")):
        a_house(code="B")
        stranger = factories.a_device("kiosk", name="Kios tetangga")
    door = doors()
    door.pair(stranger)

    answer = door.kiosk(service_of(house.line), KEY)

    assert answer.headers["Location"].startswith("/perangkat/")
    assert Ticket.objects.count() == 1


def test_a_service_of_another_mall_is_not_there(door: PageDoor) -> None:
    with in_mall(factories.a_mall(slug="tetangga")):
        neighbour = a_house(code="B")
        a_ticket(neighbour.line)
        service = service_of(neighbour.line)
    assert door.kiosk(service, KEY).status_code == 404


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"key": "pendek"}, 400),
        ({"key": "k" * 65}, 400),
        ({"key": KEY, "group": "raja"}, 400),
        ({"key": ""}, 400),
        ({"key": KEY, "csrfmiddlewaretoken": "x" * 32}, 403),
        ({"key": KEY, "csrfmiddlewaretoken": ""}, 403),
    ],
)
def test_what_is_wrong_is_refused(
    door: PageDoor, house: House, typed: dict[str, str], status: int
) -> None:
    path = f"/kios/layanan/{service_of(house.line).pk}/ambil/"
    assert door.press(path, typed).status_code == status
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("way", ["kios/layanan/{}/ambil", "antre/{}"])
def test_who_speaks_json_gets_json(door: PageDoor, house: House, way: str) -> None:
    path = f"/{way.format(service_of(house.line).pk)}/"
    good = door.tell(path, {"key": KEY, "group": "elderly"})
    wrong = door.tell(path, {"key": "pendek"})

    told = json.loads(good.content)
    newest = Ticket.objects.order_by("-pk")[0]
    assert (good.status_code, told["label"], newest.is_priority) == (201, newest.label, True)
    assert newest.visit.token in told["page"]
    assert (wrong.status_code, list(wrong.json())) == (400, ["refused"])
    assert fast(door) in (-1, 1)


def test_a_daily_limit_holds(door: PageDoor, house: House) -> None:
    service = service_of(house.line)
    assert door.kiosk(service, KEY).status_code == 302
    set_limits(service, {(None, ""): 3}, by=SYSTEM)
    statuses = [door.kiosk(service, f"kunci-nomor-ke-{n:04}").status_code for n in range(2)]
    assert statuses == [302, 409]
    assert fast(door) in (-1, 1)


def test_a_kiosk_with_a_printer_is_the_pages(house: House, kiosk: Device) -> None:
    a_ticket(house.line)
    a_printer(kiosk)
    front = FrontDoor()
    front.pair(kiosk)
    front.kiosk(service_of(house.line), KEY)
    assert fast(front) == 0


def test_the_first_number_of_a_day_is_the_pages(house: House, kiosk: Device) -> None:
    front = FrontDoor()
    front.pair(kiosk)
    assert front.kiosk(service_of(house.line), KEY).status_code == 302
    assert fast(front) == 0


def test_a_warm_batch_asks_the_database_once(house: House, kiosk: Device) -> None:
    a_ticket(house.line)
    front = FrontDoor()
    front.pair(kiosk)
    service = service_of(house.line)
    front.kiosk(service, KEY)
    with CaptureQueriesContext(connection) as asked:
        front.kiosk(service, OTHER)
    seen = [re.split(r"\s", each["sql"])[0] for each in asked.captured_queries]
    # PostgreSQL's one statement runs beside Django's own cursors.
    assert [word for word in seen if word not in ("SAVEPOINT", "RELEASE")] == (
        [] if connection.vendor == "postgresql" else ["SELECT"]
    ), asked.captured_queries
    assert fast(front) == 2


def test_a_route_of_the_order_of_calling_holds_at_once(house: House, door: PageDoor) -> None:
    other = a_line(house.agency, code="B")
    a_ticket(other)
    service = service_of(house.line)
    told = []
    for n, document in enumerate(({"routes": [{"line": "B", "groups": ["elderly"]}]}, {})):
        publish_rule(document, by=house.by)
        for group in ("elderly", "ordinary"):
            answer = door.kiosk(service, f"kunci-{n}-{group}-aturan", group=group)
            token = answer.headers["Location"].split("/")[-2]
            told.append(Ticket.objects.get(visit__token=token).line.code)
    assert told == ["B", "A", "A", "A"]
    # The first press after a change of the rule is answered by the page.
    assert fast(door) in (-1, 3)
