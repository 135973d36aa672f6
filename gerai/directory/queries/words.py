"""An opening in words: why it is closed, and when to come instead."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gerai.directory.hours import Opening, Reason

TIMELESS = {
    Reason.NOT_OPENED_YET: gettext_lazy("Mal ini masih disiapkan dan belum melayani."),
    Reason.COUNTER_PAUSED: gettext_lazy(
        "Loket sedang jeda sebentar. Anda tetap dapat mengambil nomor."
    ),
    Reason.COUNTER_CLOSED: gettext_lazy("Loket ini sedang tutup. Silakan tanya penyambut."),
}


def sentence(opening: Opening) -> str:
    """Say an opening in one or two sentences, in the active language.

    >>> sentence(Opening(is_open=False, takes_tickets=True, reason=Reason.COUNTER_PAUSED))
    'Loket sedang jeda sebentar. Anda tetap dapat mengambil nomor.'
    """
    match opening.reason:
        case Reason.OPEN:
            return _open(opening)
        case Reason.BREAK:
            return _("Tutup: istirahat sampai pukul %(hour)s.") % {"hour": _hour(opening.until)}
        case Reason.BEFORE_OPENING:
            return _("Belum buka. Buka hari ini pukul %(hour)s.") % {"hour": _hour(opening.until)}
        case Reason.NOT_OPENED_YET | Reason.COUNTER_PAUSED | Reason.COUNTER_CLOSED:
            return str(TIMELESS[opening.reason])
        case _other:
            return f"{_closed_today(opening)} {_next(opening)}"


def _open(opening: Opening) -> str:
    told = {"hour": _hour(opening.until), "name": opening.name}
    if opening.name:
        return _("Buka sampai pukul %(hour)s (%(name)s).") % told
    return _("Buka sampai pukul %(hour)s.") % told


def _closed_today(opening: Opening) -> str:
    match opening.reason:
        case Reason.AFTER_LAST_TICKET:
            return _(
                "Nomor antrean hari ini sudah ditutup; yang sudah memegang nomor tetap dilayani."
            )
        case Reason.AFTER_CLOSING:
            return _("Sudah tutup untuk hari ini.")
        case Reason.NOT_A_WORKING_DAY:
            return _("Tutup hari ini: bukan hari layanan.")
        case _other:
            return _("Tutup hari ini: %(name)s.") % {"name": opening.name}


def _next(opening: Opening) -> str:
    if opening.opens_at is None:
        return _("Jadwal buka berikutnya belum ada; silakan tanya penyambut.")
    return _("Buka lagi %(day)s pukul %(hour)s.") % {
        "day": date_format(opening.opens_at.date(), "l j F"),
        "hour": _hour(opening.opens_at),
    }


def _hour(moment: datetime | None) -> str:
    # The moments of an opening are local to the mall already.
    if moment is None:
        return "—"
    return moment.strftime("%H:%M" if (get_language() or "").startswith("en") else "%H.%M")
