"""Paper confirmed twice, or confirmed and dropped, in the same moment: one of them happened."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from gerai import clock
from gerai.directory.models import Device
from gerai.malls.scope import current_mall, in_mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.printing.actions import moves, sending, slips
from gerai.printing.models import PrintJob
from gerai.printing.states import MOVES, State, Verb
from gerai.printing.tests.factories import a_number_on_paper, a_printer
from gerai.queue.models import Step
from gerai.queue.tests.factories import House

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="one writer at a time there, and tests in memory"
    ),
]

BY = audit.Actor.device("Kios depan")
Stands = tuple[str, str]
CAME: Stands = ("done", "waiting")
WENT: Stands = ("dropped", "dropped")


@pytest.fixture
def job(house: House, kiosk: Device, monkeypatch: pytest.MonkeyPatch) -> PrintJob:
    """Give a slip that was sent, of which nobody knows, and whose two minutes are over."""
    a_printer(kiosk, port=9)
    monkeypatch.setattr(sending, "start", lambda _printer: None)
    _ticket, made = a_number_on_paper(house, kiosk)
    PrintJob.objects.filter(pk=made.pk).update(
        state=State.ASKED, sent=80_000, deadline=clock.now() - timedelta(seconds=1)
    )
    return made


def fresh(job: PrintJob) -> PrintJob:
    return PrintJob.objects.select_related("ticket", "printer").get(pk=job.pk)


def stands(job: PrintJob) -> Stands:
    now = fresh(job)
    return now.state, now.ticket.state


def confirming(job: PrintJob) -> Callable[[], None]:
    seen = fresh(job)
    return lambda: slips.came_out(seen, by=BY)


def dropping(job: PrintJob) -> Callable[[], None]:
    seen = fresh(job)
    return lambda: slips._drop(seen)


def at_once(*deeds: Callable[[], None]) -> list[str]:
    """Do all in the same moment, each after having seen the same; return what was refused."""
    mall, gate, refused = current_mall(), threading.Barrier(len(deeds)), []

    def in_a_thread(deed: Callable[[], None]) -> None:
        with in_mall(mall):
            try:
                gate.wait(20)
                deed()
            except moves.SlipMoved:
                refused.append("moved")
            finally:
                connection.close()

    threads = [threading.Thread(target=in_a_thread, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return refused


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a slip be moved without looking once more where it stands."""
    told = moves.move
    gate = threading.Barrier(2)

    def blind(job: PrintJob, verb: Verb, *, by: audit.Actor, reason: str = "") -> None:
        job.state = MOVES[verb][State(job.state)]
        gate.wait(20)
        PrintJob.objects.filter(pk=job.pk).update(state=job.state, reason=reason)
        audit.record(f"printing.{verb}", thing=f"slip:{job.pk}", by=by)

    assert told is not blind
    monkeypatch.setattr(moves, "move", blind)


def deeds(verb: Verb) -> int:
    return int(Deed.objects.filter(verb=f"printing.{verb}").count())


def test_two_confirmations_are_one(job: PrintJob) -> None:
    refused = at_once(confirming(job), confirming(job), confirming(job))

    assert refused == ["moved", "moved"]
    assert stands(job) == CAME
    assert deeds(Verb.CONFIRM) == 1
    assert Step.objects.filter(ticket=job.ticket, state="waiting").count() == 1


def test_without_looking_again_both_are_written(job: PrintJob, unguarded: None) -> None:
    refused = at_once(confirming(job), confirming(job))

    assert refused == []
    assert deeds(Verb.CONFIRM) == 2


@pytest.mark.parametrize("turn", range(8))
def test_a_drop_and_a_confirmation_are_one_of_both(job: PrintJob, turn: int) -> None:
    two = (confirming(job), dropping(job))
    at_once(*(two if turn % 2 else two[::-1]))

    assert stands(job) in {CAME, WENT}
    assert deeds(Verb.CONFIRM) + deeds(Verb.DROP) == 1


def test_without_looking_again_slip_and_number_contradict(job: PrintJob, unguarded: None) -> None:
    at_once(confirming(job), dropping(job))

    assert stands(job) not in {CAME, WENT}
    assert deeds(Verb.CONFIRM) + deeds(Verb.DROP) == 2


@pytest.mark.parametrize("turn", range(8))
def test_the_phone_and_the_drop_are_one_of_both(job: PrintJob, turn: int) -> None:
    """Neither waits for the other for ever, and the slip says which of them it was."""
    by_phone = fresh(job).ticket
    two = (lambda: slips.by_phone(by_phone, by=audit.VISITOR), dropping(job))

    at_once(*(two if turn % 2 else two[::-1]))

    verdict = fresh(job).reason
    assert stands(job) == (("dropped", "waiting") if verdict == slips.BY_PHONE else WENT)
    assert deeds(Verb.DROP) == 1
