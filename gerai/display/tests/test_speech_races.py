"""Two screens of a zone ask for a call in the same moment: one of them speaks, in order."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists

from gerai.directory.models import Device, Zone
from gerai.directory.tests.factories import a_zone
from gerai.display.tests.factories import a_call, a_screen
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.actions import speech
from gerai.queue.models import Call

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="one writer at a time there, and tests in memory"
    ),
]


def claimed_in_a_thread(mall: Mall, zone: Zone, device: Device) -> int | None:
    """Claim on another connection, to the end."""
    got: list[Call | None] = []

    def claim() -> None:
        with in_mall(mall):
            try:
                got.append(speech.claim(zone, device=device))
            finally:
                connection.close()

    thread = threading.Thread(target=claim)
    thread.start()
    thread.join(30)
    [call] = got
    return call.sequence if call else None


def both_claim(mall: Mall) -> list[int | None]:
    """Let the second screen begin first, and the first one claim before the second one looks."""
    zone = a_zone()
    a_call(zone)
    a_call(zone)
    first, second = a_screen(zone), a_screen(zone)
    got: list[int | None] = []

    def overtaken(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        looks = sql.startswith("SELECT") and "sequence" in sql.partition("ORDER BY")[2]
        if looks and not got:
            got.append(claimed_in_a_thread(mall, zone, first))
        return execute(sql, *rest)

    with connection.execute_wrapper(overtaken):
        call = speech.claim(zone, device=second)
    return [*got, call.sequence if call else None]


def test_while_one_screen_speaks_another_claims_nothing(mall: Mall) -> None:
    assert both_claim(mall) == [1, None]


def test_without_the_guard_two_screens_speak_at_once(
    mall: Mall, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = Call.objects.none()
    monkeypatch.setattr(speech, "_held_by_another", lambda *_asked: Exists(nobody))
    assert both_claim(mall) == [1, 2]
