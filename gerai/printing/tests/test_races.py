"""Many at once before one printer: one slip, once; and what would happen without the guard."""

import threading

import pytest
from django.db import connection

from gerai.directory.models import Device
from gerai.printing.actions import sending
from gerai.printing.models import Printer, PrintJob
from gerai.printing.tests.factories import a_number_on_paper, a_printer
from gerai.queue.models import Ticket
from gerai.queue.tests.factories import House

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="one writer at a time there, and tests in memory"
    ),
]


def stands(job: PrintJob) -> tuple[str, str]:
    fresh = PrintJob.objects.select_related("ticket").get(pk=job.pk)
    return fresh.state, fresh.ticket.state


def test_two_threads_send_one_slip_once(house: House, kiosk: Device, machine) -> None:
    printer = a_printer(kiosk, port=machine.port)
    machine.set(slow=0.02)
    _ticket, job = _queued(house, kiosk, printer)

    at_once = [
        threading.Thread(target=sending._in_a_thread, args=(printer.mall_id, printer.pk))
        for _each in range(4)
    ]
    for thread in at_once:
        thread.start()
    for thread in at_once:
        thread.join(30)

    assert stands(job) == ("done", "waiting")
    assert len(machine.slips()) == 1


def test_without_the_claim_two_threads_send_it_twice(house: House, kiosk: Device, machine) -> None:
    printer = a_printer(kiosk, port=machine.port)
    _ticket, job = _queued(house, kiosk, printer)

    # What a sender that does not claim would do.
    for _each in range(2):
        sending._send(PrintJob.objects.select_related("ticket__visit").get(pk=job.pk), printer)

    assert len(machine.slips()) == 2


def _queued(house: House, kiosk: Device, printer: Printer) -> tuple[Ticket, PrintJob]:
    """Take a number of which no thread of its own knows yet."""
    begun = sending.start
    sending.start = lambda _printer: None
    try:
        return a_number_on_paper(house, kiosk)
    finally:
        sending.start = begun


def test_a_thread_prints_while_the_kiosk_goes_on(house: House, kiosk: Device, machine) -> None:
    a_printer(kiosk, port=machine.port)

    _ticket, job = a_number_on_paper(house, kiosk)
    for thread in threading.enumerate():
        if thread.name.startswith("printer-"):
            thread.join(30)

    assert stands(job) == ("done", "waiting")
    assert len(machine.slips()) == 1
