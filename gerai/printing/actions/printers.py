"""Printers of the mall: added, changed, taken out of use, removed."""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Device
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.printing.actions.sending import keep_watch
from gerai.printing.models import Printer, PrintJob
from gerai.printing.rules import Condition, Connection, is_device_file, is_plain_file
from gerai.printing.states import State
from gerai.transactions import one_transaction


class PrinterTaken(Refused):
    """Another printer has the name, or the kiosk."""

    message = _(
        "Nama ini sudah dipakai, atau kios ini sudah punya pencetak yang dipakai. "
        "Pilih yang lain, atau nonaktifkan pencetak lamanya dahulu."
    )


class WrongPlace(Refused):
    """There is no printer at such a place, or we may not go there."""

    message = _("Letak pencetak ini tidak dapat dipakai.")
    status = 400


class PrinterBusy(Refused):
    """A slip is still on its way."""

    message = _("Pencetak ini masih mencetak. Tunggu sebentar, lalu coba lagi.")


@dataclass(frozen=True)
class Settings:
    """What an office says of a printer."""

    name: str
    device: Device | None
    connection: Connection
    host: str
    port: int
    usb_vendor: str
    usb_product: str
    path: str
    paper: int
    profile: str
    answers: bool
    is_active: bool


def add(told: Settings, *, by: audit.Actor) -> Printer:
    """Add a printer.

    :raises WrongPlace: its connection lacks a part, or leads where no printer is
    :raises PrinterTaken: name or kiosk are taken
    """
    return _saved(None, told, by)


def change(printer: Printer, told: Settings, *, by: audit.Actor) -> Printer:
    """Change what is known of a printer.

    :raises WrongPlace, PrinterTaken: as `add`
    """
    return _saved(printer, told, by)


def _saved(printer: Printer | None, told: Settings, by: audit.Actor) -> Printer:
    _check_place(told)
    try:
        saved = _save(printer, told, by)
    except IntegrityError as taken:
        raise PrinterTaken from taken
    keep_watch()
    return saved


@one_transaction
def _save(printer: Printer | None, told: Settings, by: audit.Actor) -> Printer:
    is_new = printer is None
    saved = printer or Printer(mall=current_mall())
    for name, value in vars(told).items():
        setattr(saved, name, value)
    saved.condition, saved.condition_since, saved.looked_at = Condition.UNKNOWN, None, None
    saved.save()
    audit.record(
        "printing.add_printer" if is_new else "printing.change_printer",
        thing=f"printer:{saved.pk}",
        by=by,
        name=saved.name,
        place=f"{told.connection}:{told.host or told.path or told.usb_vendor}",
        is_active=saved.is_active,
    )
    publish("printing.condition", f"printer:{saved.pk}")
    return saved


@one_transaction
def remove(printer: Printer, *, by: audit.Actor) -> None:
    """Remove a printer; the slips that it printed stay known.

    :raises PrinterBusy: a slip is on its way
    """
    open_jobs = PrintJob.objects.filter(printer=printer, state__in=[State.QUEUED, State.SENDING])
    if open_jobs.exists():
        raise PrinterBusy
    audit.record("printing.remove_printer", thing=f"printer:{printer.pk}", by=by, name=printer.name)
    publish("printing.condition", f"printer:{printer.pk}")
    Printer.objects.filter(pk=printer.pk).delete()


def _check_place(told: Settings) -> None:
    """Keep the server from being sent where no printer is: ports, files and devices are few."""
    match told.connection:
        case Connection.NETWORK:
            if not told.host or told.port not in settings.PRINTER_PORTS:
                raise WrongPlace(
                    _(
                        "Isi alamat pencetak jaringan dan portanya (%(ports)s). "
                        "Porta lain harus diizinkan dahulu oleh pengelola peladen."
                    )
                    % {"ports": _ports()}
                )
        case Connection.USB:
            if not (told.usb_vendor and told.usb_product):
                raise WrongPlace(_("Isi nomor pabrik dan nomor produk USB, masing-masing 4 angka."))
        case Connection.FILE:
            if not (is_device_file(told.path) or is_plain_file(told.path)):
                raise WrongPlace(
                    _("Isi /dev/usb/lp0 (atau nomor lain), atau nama berkas uji seperti uji.bin.")
                )


def _ports() -> str:
    ports = sorted(settings.PRINTER_PORTS)
    return f"{ports[0]}-{ports[-1]}" if len(ports) > 1 else str(ports[0])
