"""Many at once, in one thread: order, repeats, neighbours."""

from typing import Any

import pytest
from django.core.cache import cache

from gerai.directory.actions.standards import set_service_active
from gerai.directory.models import Device
from gerai.front.actions import Giver
from gerai.front.door import GROUPS, sent_of
from gerai.front.queries import memory
from gerai.front.queries.memory import plain
from gerai.front.rules import asked
from gerai.front.tests.conftest import TOKEN, FrontDoor, service_of
from gerai.malls.models import Mall
from gerai.people.audit import SYSTEM
from gerai.queue.actions.together import office_deeds, take_together
from gerai.queue.models import Line, Ticket, Visit
from gerai.queue.tests.factories import TEN, House, a_line, a_ticket


@pytest.fixture
def browser(house: House, kiosk: Device) -> FrontDoor:
    """Return a kiosk before the fast door."""
    cache.clear()
    front = FrontDoor()
    front.pair(kiosk)
    return front


def ask(browser: FrontDoor, line: Line, key: str) -> Any:
    """Return a press, read."""
    scope = browser.scope(f"/kios/layanan/{service_of(line).pk}/ambil/")
    body = f"key=kunci-panjang-{key}&csrfmiddlewaretoken={TOKEN}".encode()
    told = sent_of(scope, body)
    return asked(told, groups=GROUPS) if told is not None else None


def test_a_batch_goes_by_the_order_of_arrival_in_each_line(
    browser: FrontDoor, house: House
) -> None:
    lines = [house.line, a_line(house.agency)]
    for line in lines:
        a_ticket(line)
    asks = [ask(browser, lines[n % 2], f"{n:04}") for n in range(6)]

    answers = browser.giver.give(asks)

    labels = [answer.given.label for answer in answers]
    first, second = (line.code for line in lines)
    numbers = [(code, n) for n in (2, 3, 4) for code in (first, second)]
    assert labels == [f"{code}{n:03}" for code, n in numbers]
    in_order = Ticket.objects.filter(line=lines[0]).in_order()
    assert [ticket.number for ticket in in_order] == [1, 2, 3, 4]


def test_a_key_that_comes_twice_in_a_batch_gets_one_number(
    browser: FrontDoor, house: House
) -> None:
    a_ticket(house.line)
    asks = [ask(browser, house.line, key) for key in ("0001", "0002", "0001")]

    answers = browser.giver.give(asks)

    assert [answer is None for answer in answers] == [False, False, True]
    assert [ticket.number for ticket in Ticket.objects.order_by("pk")] == [1, 2, 3]
    assert Visit.objects.count() == 3


def test_a_key_that_was_there_takes_no_number_from_its_neighbours(
    browser: FrontDoor, house: House
) -> None:
    a_ticket(house.line)
    browser.giver.give([ask(browser, house.line, "0001")])

    answers = browser.giver.give([ask(browser, house.line, key) for key in ("0001", "0002")])

    assert answers[0] is None
    assert answers[1].given.label == "A003"


def test_what_the_office_did_between_looking_and_writing_is_noticed(
    browser: FrontDoor, house: House, mall: Mall
) -> None:
    a_ticket(house.line)
    browser.giver.give([ask(browser, house.line, "0001")])
    [wish] = browser.giver.memory.wishes([ask(browser, house.line, "0002")], TEN)
    set_service_active(service_of(house.line), is_active=False, by=SYSTEM)

    assert wish is not None
    written = take_together([wish])

    assert (written.given, written.changed) == ([None], {mall.pk})
    assert Visit.objects.count() == 2


def test_only_deeds_of_the_office_count(house: House, mall: Mall) -> None:
    since = TEN.replace(year=2025)
    before = office_deeds([mall.pk], since=since)
    a_ticket(house.line)
    assert office_deeds([mall.pk], since=since) == before
    set_service_active(service_of(house.line), is_active=False, by=SYSTEM)
    assert office_deeds([mall.pk], since=since) == {mall.pk: before.get(mall.pk, 0) + 1}


def test_a_failure_forgets_everything(browser: FrontDoor, house: House, monkeypatch: Any) -> None:
    a_ticket(house.line)
    giver = browser.giver
    giver.give([ask(browser, house.line, "0001")])

    def fail(_wishes: object) -> None:
        raise OSError("the database is away")

    monkeypatch.setattr("gerai.front.actions.take_together", fail)
    with pytest.raises(OSError, match="away"):
        giver.give([ask(browser, house.line, "0002")])
    assert giver.memory.halls == {}


def test_a_column_nobody_told_of_must_be_silent(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_of(house.line)
    assert plain(service)
    known = memory.HARMLESS[type(service)]
    monkeypatch.setitem(memory.HARMLESS, type(service), known - {"code"})
    assert not plain(service)


def test_rows_nobody_told_of_must_not_be_there(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_of(house.line)
    monkeypatch.setattr(memory, "HARMLESS_ROWS", memory.HARMLESS_ROWS - {"queue.LineService"})
    assert not plain(service)


def test_another_giver_knows_nothing(house: House) -> None:
    assert Giver().memory.halls == {}


def test_a_kiosk_that_is_pressed_at_is_noted_as_alive(browser: FrontDoor, house: House) -> None:
    a_ticket(house.line)
    kiosks = Device.objects.filter(kind="kiosk")
    kiosks.update(last_seen_at=None)

    browser.kiosk(service_of(house.line), "kunci-dari-halaman-ini")
    before = kiosks.get().last_seen_at
    browser.giver.note_alive()

    assert before is None
    assert kiosks.get().last_seen_at is not None
    assert browser.giver.memory.alive == set()
