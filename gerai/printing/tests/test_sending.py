"""A slip on its way to a printer that is a process of its own: what the number is told."""

import pytest

from gerai.directory.models import Device
from gerai.printing.actions import sending, slips
from gerai.printing.models import Printer, PrintJob, Trouble
from gerai.printing.tests.factories import a_number_on_paper
from gerai.printing.tests.paper_printer import PaperPrinter
from gerai.queue.models import Ticket
from gerai.queue.tests.factories import House


@pytest.fixture
def quick(slower) -> None:
    slower(connect=1.0, answer=0.3, write=2.0, print=1.2)


def told(job: PrintJob) -> tuple[str, str, str]:
    """Return how slip, number and printer stand."""
    fresh = PrintJob.objects.select_related("ticket", "printer").get(pk=job.pk)
    return fresh.state, fresh.ticket.state, fresh.printer.condition


def test_a_number_counts_when_its_paper_is_out(
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter
) -> None:
    _ticket, job = a_number_on_paper(house, kiosk)
    assert told(job) == ("queued", "printing", "unknown")

    assert sending.work_off(printer) == 1

    assert told(job) == ("done", "waiting", "ok")
    assert len(machine.slips()) == 1


def test_low_paper_prints_and_is_told(
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter
) -> None:
    machine.set(rows=2000, near_end=3000)
    _ticket, job = a_number_on_paper(house, kiosk)

    sending.work_off(printer)

    assert told(job) == ("done", "waiting", "paper_low")
    assert Trouble.objects.get().condition == "paper_low"


@pytest.mark.parametrize(
    ("how", "condition"),
    [
        ({"rows": 0}, "paper_out"),
        ({"cover": True}, "cover_open"),
        ({"error": True}, "error"),
        ({"hangs": True}, "offline"),
        ({"deaf": True}, "offline"),
    ],
)
@pytest.mark.usefixtures("quick")
def test_a_printer_in_trouble_is_given_nothing(  # noqa: PLR0917
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter, how, condition
) -> None:
    machine.set(**how)
    _ticket, job = a_number_on_paper(house, kiosk)

    sending.work_off(printer)

    assert told(job) == ("failed", "printing", condition)
    assert PrintJob.objects.get().sent == 0
    assert Trouble.objects.get().condition == condition
    machine.set(hangs=False)


@pytest.mark.usefixtures("quick")
def test_an_unplugged_printer_is_seen(
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter
) -> None:
    machine.unplug()
    _ticket, job = a_number_on_paper(house, kiosk)

    sending.work_off(printer)

    assert told(job) == ("failed", "printing", "offline")
    assert PrintJob.objects.get().sent == 0


@pytest.mark.usefixtures("quick")
def test_paper_that_ends_in_the_middle_is_no_slip(
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter
) -> None:
    machine.set(rows=300)
    _ticket, job = a_number_on_paper(house, kiosk)

    sending.work_off(printer)

    assert told(job) == ("failed", "printing", "paper_out")
    assert PrintJob.objects.get().sent > 0
    assert machine.slips() == []


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("how", [{"dies_at": 30_000}, {"closes": True}])
def test_what_nobody_can_know_the_visitor_is_asked(
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter, how
) -> None:
    machine.set(**how)
    _ticket, job = a_number_on_paper(house, kiosk)

    sending.work_off(printer)

    state, number, _condition = told(job)
    # A line that breaks early may break while bytes are written: then it is not whole.
    assert (state, number) in {("asked", "printing"), ("failed", "printing")}
    assert PrintJob.objects.get().sent > 0


@pytest.mark.usefixtures("quick")
def test_a_printer_that_dies_after_the_last_byte_leaves_a_question(
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter
) -> None:
    machine.set(closes=True)
    _ticket, job = a_number_on_paper(house, kiosk)

    sending.work_off(printer)

    assert told(job) == ("asked", "printing", "ok")
    assert len(machine.slips()) == 1


@pytest.mark.usefixtures("quick")
def test_a_printer_that_hangs_over_a_slip_leaves_a_question(
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter
) -> None:
    machine.set(sticks=True)
    _ticket, job = a_number_on_paper(house, kiosk)

    sending.work_off(printer)

    assert told(job) == ("asked", "printing", "offline")
    machine.set(sticks=False, hangs=False)


def test_answers_inside_a_picture_are_not_taken_for_its_end(
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter
) -> None:
    machine.set(eager=True)
    _ticket, job = a_number_on_paper(house, kiosk)

    sending.work_off(printer)

    assert told(job) == ("done", "waiting", "ok")


def test_a_printer_that_never_answers_lets_the_visitor_say_it(
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter
) -> None:
    machine.set(deaf=True)
    Printer.objects.update(answers=False)
    printer.refresh_from_db()
    _ticket, job = a_number_on_paper(house, kiosk)

    sending.work_off(printer)

    assert told(job) == ("asked", "printing", "unknown")
    assert len(machine.wait_for_slips(1)) == 1


def test_a_mended_printer_ends_its_trouble(
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter
) -> None:
    machine.set(rows=0)
    ticket, job = a_number_on_paper(house, kiosk)
    sending.work_off(printer)
    machine.set(rows=5000)

    slips.again(ticket, printer=printer, site="http://barru.localhost/", by=house.by)
    sending.work_off(printer)

    assert told(job) == ("done", "waiting", "ok")
    assert PrintJob.objects.count() == 1
    assert Trouble.objects.get().ended_at is not None
    assert Ticket.objects.count() == 1
