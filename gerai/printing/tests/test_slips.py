"""Slips and their numbers: once, confirmed, asked, dropped, printed again."""

from datetime import timedelta

import pytest

from gerai import clock
from gerai.directory.models import Device
from gerai.people import audit
from gerai.printing.actions import moves, sending, slips
from gerai.printing.models import Printer, PrintJob
from gerai.printing.rules import Condition, Outcome, Result
from gerai.printing.states import State
from gerai.printing.tests.factories import SITE, a_number_on_paper, a_printer
from gerai.queue.actions.printed import page_opened
from gerai.queue.models import Group, Step, Ticket
from gerai.queue.tests.factories import House, a_ticket
from gerai.transactions import joined_transaction

PRINTED = Outcome(Result.PRINTED, 80_000, Condition.OK)
UNKNOWN = Outcome(Result.UNKNOWN, 80_000, Condition.OFFLINE)
UNSENT = Outcome(Result.NOT_PRINTED, 0, Condition.PAPER_OUT)
TORN = Outcome(Result.NOT_PRINTED, 40_000, Condition.PAPER_OUT)
BY = audit.Actor.device("Kios depan")


@pytest.fixture
def printer(kiosk: Device) -> Printer:
    """Make the kiosk's printer; nothing is sent to it here."""
    return a_printer(kiosk, port=9)


def stands(job: PrintJob) -> tuple[str, str]:
    fresh = PrintJob.objects.select_related("ticket").get(pk=job.pk)
    return fresh.state, fresh.ticket.state


def sent(job: PrintJob, outcome: Outcome) -> PrintJob:
    """Claim a slip and write down what became of it."""
    claimed = sending.claim(job.printer)
    assert claimed == job
    sending.settle(claimed, outcome)
    return PrintJob.objects.select_related("ticket", "printer").get(pk=job.pk)


def test_the_same_key_gives_one_number_and_one_slip(
    house: House, kiosk: Device, printer: Printer
) -> None:
    first, _job = a_number_on_paper(house, kiosk, idempotency_key="kunci-yang-sama-dua-kali")
    second, _job = a_number_on_paper(house, kiosk, idempotency_key="kunci-yang-sama-dua-kali")

    assert first == second
    assert (Ticket.objects.count(), PrintJob.objects.count()) == (1, 1)


def test_a_kiosk_without_a_printer_gives_numbers_as_ever(house: House, kiosk: Device) -> None:
    ticket = slips.give(
        house.line.services.get(),
        device=kiosk,
        site=SITE,
        idempotency_key="kunci-tanpa-pencetak",
        group=Group.ORDINARY,
        language="id",
    )

    assert ticket.state == "waiting"
    assert PrintJob.objects.count() == 0


def test_a_claimed_slip_is_not_claimed_again(house: House, kiosk: Device, printer: Printer) -> None:
    _ticket, job = a_number_on_paper(house, kiosk)

    assert sending.claim(printer) == job
    assert sending.claim(printer) is None


def test_a_printer_sends_one_slip_at_a_time(house: House, kiosk: Device, printer: Printer) -> None:
    _ticket, first = a_number_on_paper(house, kiosk)
    _ticket, second = a_number_on_paper(house, kiosk)
    assert sending.claim(printer) == first

    assert sending.claim(printer) is None
    sending.settle(first, PRINTED)

    assert sending.claim(printer) == second


@pytest.mark.parametrize("outcome", [UNKNOWN, UNSENT, TORN])
def test_what_nobody_confirms_is_dropped_after_two_minutes(
    house: House, kiosk: Device, printer: Printer, clock_at, outcome: Outcome
) -> None:
    ticket, job = a_number_on_paper(house, kiosk)
    job = sent(job, outcome)

    clock_at.move_to(job.deadline - timedelta(seconds=1))
    assert (slips.drop_due(), stands(job)[1]) == (0, "printing")
    clock_at.move_to(job.deadline)
    assert slips.drop_due() == 1

    assert stands(job) == ("dropped", "dropped")
    assert Step.objects.filter(ticket=ticket, verb="print_drop").get().reason == moves.NO_PAPER
    assert slips.drop_due() == 0


def test_a_slip_that_was_never_sent_is_dropped_too(
    house: House, kiosk: Device, printer: Printer, clock_at
) -> None:
    _ticket, job = a_number_on_paper(house, kiosk)

    clock_at.shift(timedelta(minutes=2))

    assert sending.claim(printer) is None
    assert slips.drop_due() == 1
    assert stands(job) == ("dropped", "dropped")


def test_a_question_gives_two_minutes_of_its_own(
    house: House, kiosk: Device, printer: Printer, clock_at
) -> None:
    _ticket, job = a_number_on_paper(house, kiosk)
    clock_at.shift(timedelta(seconds=50))

    job = sent(job, UNKNOWN)

    assert job.deadline - clock.now() > timedelta(seconds=119)


@pytest.mark.parametrize("outcome", [UNKNOWN, TORN])
def test_the_visitor_with_the_paper_says_so(
    house: House, kiosk: Device, printer: Printer, outcome: Outcome
) -> None:
    _ticket, job = a_number_on_paper(house, kiosk)
    job = sent(job, outcome)

    slips.came_out(job, by=BY)

    assert stands(job) == ("done", "waiting")
    with pytest.raises(moves.SlipMoved):
        slips.came_out(job, by=BY)


def test_a_process_that_died_over_a_slip_leaves_a_question(
    house: House, kiosk: Device, printer: Printer, clock_at
) -> None:
    _ticket, job = a_number_on_paper(house, kiosk)
    assert sending.claim(printer) == job
    clock_at.shift(timedelta(seconds=44))
    sending.recover(printer)
    assert stands(job)[0] == "sending"

    clock_at.shift(timedelta(seconds=1))
    sending.recover(printer)

    assert stands(job) == ("asked", "printing")


def test_what_it_may_have_printed_is_printed_again_only_as_another_copy(
    house: House, kiosk: Device, printer: Printer, clock_at
) -> None:
    ticket, job = a_number_on_paper(house, kiosk)
    assert sending.claim(printer) == job
    clock_at.shift(timedelta(seconds=45))
    sending.recover(printer)
    slips.did_not_come(PrintJob.objects.get(pk=job.pk), by=BY)

    second = slips.again(ticket, printer=printer, site=SITE, by=BY)

    assert (second.pk, second.copy) == (job.pk + 1, 2)


def test_the_watch_finds_such_a_slip_though_nobody_stands_at_the_kiosk(
    house: House, kiosk: Device, printer: Printer, clock_at
) -> None:
    _ticket, job = a_number_on_paper(house, kiosk)
    assert sending.claim(printer) == job
    clock_at.shift(timedelta(seconds=45))

    sending.watch()

    assert stands(job) == ("asked", "printing")


def test_an_answer_that_comes_after_the_question_still_counts(
    house: House, kiosk: Device, printer: Printer, clock_at
) -> None:
    _ticket, job = a_number_on_paper(house, kiosk)
    claimed = sending.claim(printer)
    clock_at.shift(timedelta(minutes=1))
    sending.recover(printer)

    sending.settle(claimed, PRINTED)

    assert stands(job) == ("done", "waiting")


@pytest.mark.parametrize("first", ["confirm", "drop"])
def test_at_the_edge_of_two_minutes_the_database_decides(
    house: House, kiosk: Device, printer: Printer, clock_at, first: str
) -> None:
    _ticket, job = a_number_on_paper(house, kiosk)
    job = sent(job, UNKNOWN)
    twin = PrintJob.objects.select_related("ticket").get(pk=job.pk)
    clock_at.move_to(job.deadline)

    if first == "confirm":
        slips.came_out(twin, by=BY)
        assert slips._drop(job) is False
        assert stands(job) == ("done", "waiting")
    else:
        assert slips._drop(job) is True
        with pytest.raises(moves.SlipMoved):
            slips.came_out(twin, by=BY)
        assert stands(job) == ("dropped", "dropped")


def test_without_the_guard_a_dropped_number_would_be_confirmed(
    house: House, kiosk: Device, printer: Printer, clock_at
) -> None:
    _ticket, job = a_number_on_paper(house, kiosk)
    job = sent(job, UNKNOWN)
    twin = PrintJob.objects.select_related("ticket").get(pk=job.pk)
    clock_at.move_to(job.deadline)
    slips._drop(job)

    # What an update that does not ask where the slip stands would do.
    PrintJob.objects.filter(pk=twin.pk).update(state=State.DONE)

    assert stands(job) == ("done", "dropped")


def test_a_page_opened_on_a_phone_beats_the_drop(
    house: House, kiosk: Device, printer: Printer, clock_at
) -> None:
    ticket, job = a_number_on_paper(house, kiosk)
    job = sent(job, UNSENT)
    page_opened(Ticket.objects.get(pk=ticket.pk))
    clock_at.move_to(job.deadline)

    slips.drop_due()

    assert stands(job) == ("dropped", "waiting")


def test_a_number_that_counts_by_phone_is_not_printed_later(
    house: House, kiosk: Device, printer: Printer
) -> None:
    ticket, job = a_number_on_paper(house, kiosk)
    page_opened(Ticket.objects.get(pk=ticket.pk))

    assert sending.claim(printer) is None
    assert stands(job) == ("dropped", "waiting")


def test_saying_that_it_was_scanned_lets_it_count(
    house: House, kiosk: Device, printer: Printer
) -> None:
    ticket, job = a_number_on_paper(house, kiosk)
    sent(job, UNSENT)

    slips.by_phone(ticket, by=BY)

    assert stands(job) == ("dropped", "waiting")


def test_what_was_never_sent_is_tried_again_as_the_same_copy(
    house: House, kiosk: Device, printer: Printer
) -> None:
    ticket, job = a_number_on_paper(house, kiosk)
    sent(job, UNSENT)

    assert slips.again(ticket, printer=printer, site=SITE, by=BY) == job
    sent(job, PRINTED)

    assert stands(job) == ("done", "waiting")
    assert PrintJob.objects.get().copy == 1


@pytest.mark.parametrize("outcome", [TORN, UNKNOWN, PRINTED])
def test_what_was_sent_is_printed_again_as_the_next_copy(
    house: House, kiosk: Device, printer: Printer, outcome: Outcome
) -> None:
    ticket, job = a_number_on_paper(house, kiosk)
    sent(job, outcome)

    second = slips.again(ticket, printer=printer, site=SITE, by=BY)
    sent(second, PRINTED)

    assert (second.copy, second.ticket) == (2, ticket)
    assert Ticket.objects.get().state == "waiting"


def test_a_second_print_under_way_keeps_the_number_from_being_dropped(
    house: House, kiosk: Device, printer: Printer, clock_at
) -> None:
    ticket, job = a_number_on_paper(house, kiosk)
    job = sent(job, TORN)
    clock_at.move_to(job.deadline - timedelta(seconds=5))
    second = slips.again(ticket, printer=printer, site=SITE, by=BY)

    clock_at.move_to(job.deadline)
    assert slips.drop_due() == 1

    assert stands(second) == ("queued", "printing")
    clock_at.move_to(second.deadline)
    slips.drop_due()
    assert stands(second) == ("dropped", "dropped")


def test_five_copies_are_enough(house: House, kiosk: Device, printer: Printer) -> None:
    ticket, job = a_number_on_paper(house, kiosk)
    sent(job, PRINTED)
    for _copy in range(4):
        sent(slips.again(ticket, printer=printer, site=SITE, by=BY), PRINTED)

    with pytest.raises(slips.EnoughCopies):
        slips.again(ticket, printer=printer, site=SITE, by=BY)


def test_a_number_of_another_door_is_printed_and_goes_on_counting(
    house: House, kiosk: Device, printer: Printer
) -> None:
    ticket = a_ticket(house.line)

    job = slips.again(ticket, printer=printer, site=SITE, by=BY)
    job = sent(PrintJob.objects.get(pk=job.pk), UNKNOWN)
    slips.did_not_come(job, by=BY)

    assert (job.copy, stands(job)) == (1, ("failed", "waiting"))


def test_an_ended_number_is_not_printed(house: House, kiosk: Device, printer: Printer) -> None:
    ticket, job = a_number_on_paper(house, kiosk)
    joined_transaction(moves.drop)(job, by=BY, reason="uji")

    with pytest.raises(slips.NothingToPrint):
        slips.again(ticket, printer=printer, site=SITE, by=BY)


def test_a_print_under_way_is_not_begun_again(
    house: House, kiosk: Device, printer: Printer
) -> None:
    ticket, _job = a_number_on_paper(house, kiosk)

    with pytest.raises(moves.SlipMoved):
        slips.again(ticket, printer=printer, site=SITE, by=BY)
