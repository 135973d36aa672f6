"""Rows of the printing room for tests, made in the mall in scope."""

from itertools import count
from typing import Any

from gerai.directory.models import Device
from gerai.malls.scope import current_mall
from gerai.printing.actions import slips
from gerai.printing.models import Printer, PrintJob
from gerai.queue.models import Group, Ticket
from gerai.queue.tests.factories import House

SITE = "http://barru.localhost/"

_next = count(1)


def a_printer(device: Device | None = None, **fields: Any) -> Printer:
    """Make a printer in use; on the network unless said otherwise."""
    return Printer.objects.create(
        mall=current_mall(),
        device=device,
        **{
            "name": f"Pencetak {next(_next)}",
            "connection": "network",
            "host": "127.0.0.1",
            **fields,
        },
    )


def a_number_on_paper(house: House, device: Device, **told: Any) -> tuple[Ticket, PrintJob]:
    """Take a number at a kiosk with a printer; its slip waits to be sent."""
    ticket = slips.give(
        house.line.services.order_by("pk")[0],
        device=device,
        site=SITE,
        **{
            "idempotency_key": f"kunci-uji-kertas-{next(_next)}",
            "group": Group.ORDINARY,
            "language": "id",
            **told,
        },
    )
    return ticket, PrintJob.objects.select_related("ticket", "printer").get(ticket=ticket, copy=1)
