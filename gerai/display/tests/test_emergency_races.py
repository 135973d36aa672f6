"""Two screens of a zone ask for a round of an emergency in the same moment: one says it."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q

from gerai import clock
from gerai.directory.models import Device, Emergency, EmergencyKind, Zone
from gerai.directory.tests.factories import a_zone
from gerai.display import actions
from gerai.display.models import EmergencyVoice
from gerai.display.tests.factories import a_screen
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.queue.actions.emergencies import freeze

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="one writer at a time there, and tests in memory"
    ),
]


@pytest.fixture
def zone(mall: Mall) -> Iterator[Zone]:
    with clock.simulated(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)):
        zone = a_zone()
        freeze(EmergencyKind.FIRE, by=audit.SYSTEM)
        yield zone


def asked_in_a_thread(mall: Mall, device: Device) -> bool:
    """Ask on another connection, to the end."""
    got: list[bool] = []

    def ask() -> None:
        with in_mall(mall):
            try:
                got.append(says(device))
            finally:
                connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join(30)
    [is_ours] = got
    return is_ours


def says(device: Device) -> bool:
    found = actions.next_alarm(device, browser="one")
    assert found is not None
    return found[1]


def both_ask(mall: Mall, zone: Zone, before: str) -> list[bool]:
    """Let the second screen begin first, and the first one ask before a statement of it.

    before: INSERT, in the first round of a zone; UPDATE, in a later one.
    """
    first, second = a_screen(zone), a_screen(zone)
    if before == "UPDATE":
        EmergencyVoice.objects.create(mall=mall, emergency=Emergency.objects.get(), zone=zone)
    got: list[bool] = []

    def overtaken(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(before) and "display_emergencyvoice" in sql and not got:
            got.append(asked_in_a_thread(mall, first))
        return execute(sql, *rest)

    with connection.execute_wrapper(overtaken):
        return [says(second), *got]


@pytest.mark.parametrize("before", ["INSERT", "UPDATE"])
def test_of_two_screens_at_once_one_says_the_round(mall: Mall, zone: Zone, before: str) -> None:
    assert both_ask(mall, zone, before) == [False, True]
    assert EmergencyVoice.objects.count() == 1


def test_without_the_guard_both_would_say_it(
    mall: Mall, zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "_free", lambda *_asked: Q())
    assert both_ask(mall, zone, "UPDATE") == [True, True]
