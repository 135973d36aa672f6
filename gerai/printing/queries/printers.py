"""Which printers there are, where, and how they are."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db.models import Max
from django.utils.translation import gettext as _

from gerai.directory.models import Device
from gerai.printing.models import Printer, PrintJob, Trouble
from gerai.printing.rules import (
    SENDING_AT_MOST,
    TROUBLES,
    Condition,
    Connection,
    Place,
    is_device_file,
)
from gerai.printing.states import State

HISTORY_SHOWN = 60


def printers() -> list[Printer]:
    """Return the mall's printers by name, with their kiosks."""
    return list(Printer.objects.select_related("device").order_by("name", "pk"))


def printer_of(device: Device) -> Printer | None:
    """Return the printer in use at a kiosk."""
    found: Printer | None = Printer.objects.filter(device=device, is_active=True).first()
    return found


def printers_for_reprints() -> list[Printer]:
    """Return the printers in use, those that work first."""
    found = Printer.objects.filter(is_active=True).select_related("device").order_by("name")
    return sorted(found, key=lambda printer: printer.condition in TROUBLES)


def troubled() -> list[Printer]:
    """Return the printers in use with a trouble, the longest first."""
    return list(
        Printer.objects.filter(is_active=True, condition__in=TROUBLES)
        .select_related("device")
        .order_by("condition_since", "pk")
    )


def history(printer: Printer | None = None) -> Sequence[Trouble]:
    """Return the last troubles, of one printer or of all, newest first."""
    found = Trouble.objects.select_related("printer").order_by("-since", "-pk")
    return list((found.filter(printer=printer) if printer else found)[:HISTORY_SHOWN])


def has_printers() -> bool:
    """Tell whether the mall has a printer in use."""
    return bool(Printer.objects.filter(is_active=True).exists())


def is_watched(since: datetime) -> bool:
    """Tell whether somebody has looked at a printer since a moment, or there is none to look at."""
    active = Printer.objects.filter(is_active=True)
    last = active.aggregate(last=Max("looked_at"))["last"]
    return (last is not None and last > since) or not active.exists()


def printers_to_look_at() -> list[Printer]:
    """Return the printers in use that do not send just now; most take one line only."""
    busy = Printer.objects.filter(jobs__state=State.SENDING)
    return list(Printer.objects.filter(is_active=True).exclude(pk__in=busy))


def printers_left_sending(now: datetime) -> list[Printer]:
    """Return the printers with a slip that was begun to be sent by somebody who is gone."""
    left = PrintJob.objects.filter(state=State.SENDING, claimed_at__lte=now - SENDING_AT_MOST)
    return list(Printer.objects.filter(pk__in=left.values("printer")))


def place_of(printer: Printer, data: Path) -> Place:
    """Return where a printer is; a plain file lies in the mall's folder below `data`."""
    path = printer.path
    if printer.connection == Connection.FILE and not is_device_file(path):
        path = str(data / "printing" / str(printer.mall_id) / path)
    return Place(
        connection=Connection(printer.connection),
        host=printer.host,
        port=printer.port,
        usb_vendor=printer.usb_vendor,
        usb_product=printer.usb_product,
        path=path,
        answers=printer.answers,
    )


def condition_words(condition: str) -> str:
    """Say how a printer is.

    >>> condition_words("paper_out")
    'Kertas habis'
    """
    return {
        Condition.UNKNOWN: _("Belum diketahui"),
        Condition.OK: _("Baik"),
        Condition.PAPER_LOW: _("Kertas hampir habis"),
        Condition.PAPER_OUT: _("Kertas habis"),
        Condition.COVER_OPEN: _("Penutup terbuka"),
        Condition.OFFLINE: _("Tidak terhubung"),
        Condition.ERROR: _("Rusak atau macet"),
    }[Condition(condition)]
