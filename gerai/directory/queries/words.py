"""An opening in words: why it is closed, and when to come instead."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gerai.directory.hours import Opening, Reason

# What the operator finds filled in; other names are said as they were written.
FRIDAY_PRAYER = "Salat Jumat"

TIMELESS = {
    Reason.NOT_OPENED_YET: gettext_lazy("Mal ini masih disiapkan dan belum melayani."),
    Reason.EMERGENCY: gettext_lazy(
        "%(name)s. Antrean dihentikan sementara; nomor yang sudah diambil tetap berlaku."
    ),
    Reason.COUNTER_PAUSED: gettext_lazy(
        "Loket sedang jeda sebentar. Anda tetap dapat mengambil nomor."
    ),
    Reason.COUNTER_CLOSED: gettext_lazy("Loket ini sedang tutup. Silakan tanya penyambut."),
}
# It goes on today.
TODAY = {
    Reason.BREAK: gettext_lazy("Tutup: istirahat sampai pukul %(hour)s."),
    Reason.FRIDAY_PRAYER: gettext_lazy("Tutup: %(name)s sampai pukul %(hour)s."),
    Reason.BEFORE_OPENING: gettext_lazy("Belum buka. Buka hari ini pukul %(hour)s."),
    Reason.CLOSED_FOR_A_WHILE: gettext_lazy(
        "Ditutup sementara: %(name)s. Buka lagi pukul %(hour)s."
    ),
}
# It goes on another day, which is told after it.
ANOTHER_DAY = {
    Reason.AFTER_LAST_TICKET: gettext_lazy(
        "Nomor antrean hari ini sudah ditutup; yang sudah memegang nomor tetap dilayani."
    ),
    Reason.NUMBERS_GONE: gettext_lazy(
        "Nomor layanan ini untuk hari ini sudah habis; yang sudah memegang nomor tetap dilayani."
    ),
    Reason.AFTER_CLOSING: gettext_lazy("Sudah tutup untuk hari ini."),
    Reason.BREAK: gettext_lazy("Tutup: istirahat."),
    Reason.BEFORE_OPENING: gettext_lazy("Belum buka."),
    Reason.NOT_A_WORKING_DAY: gettext_lazy("Tutup hari ini: bukan hari layanan."),
    Reason.NOT_ITS_DAY: gettext_lazy("Hari ini instansi ini tidak bertugas di mal."),
    Reason.CLOSED_FOR_A_WHILE: gettext_lazy("Ditutup sementara: %(name)s."),
}
NAMED = gettext_lazy("Tutup hari ini: %(name)s.")


def sentence(opening: Opening) -> str:
    """Say an opening in one or two sentences, in the active language.

    >>> sentence(Opening(is_open=False, takes_tickets=True, reason=Reason.COUNTER_PAUSED))
    'Loket sedang jeda sebentar. Anda tetap dapat mengambil nomor.'
    """
    told = {
        "name": prayer_words(opening.name),
        "hour": hour_words(opening.opens_at or opening.until),
    }
    if opening.reason is Reason.OPEN:
        return _open(opening)
    if opening.reason in TIMELESS:
        return str(TIMELESS[opening.reason]) % told
    if opening.reason in TODAY and _is_today(opening):
        return str(TODAY[opening.reason]) % told
    return f"{str(ANOTHER_DAY.get(opening.reason, NAMED)) % told} {_next(opening)}"


def prayer_words(name: str) -> str:
    """Say the name of a Friday break; the usual one in the active language."""
    return _("Salat Jumat") if name == FRIDAY_PRAYER else name


def _open(opening: Opening) -> str:
    told = {"hour": hour_words(opening.until), "name": opening.name}
    if opening.name:
        return _("Buka sampai pukul %(hour)s (%(name)s).") % told
    return _("Buka sampai pukul %(hour)s.") % told


def _next(opening: Opening) -> str:
    if opening.opens_at is None:
        return _("Jadwal buka berikutnya belum ada; silakan tanya penyambut.")
    told = {
        "day": date_format(opening.opens_at.date(), "l j F"),
        "hour": hour_words(opening.opens_at),
    }
    if opening.reason is Reason.NUMBERS_GONE:
        return _("Nomor dibagikan lagi %(day)s pukul %(hour)s.") % told
    return _("Buka lagi %(day)s pukul %(hour)s.") % told


def _is_today(opening: Opening) -> bool:
    """Tell whether it opens again on the day on which its answer ends."""
    return (
        opening.until is not None
        and opening.opens_at is not None
        and opening.until.date() == opening.opens_at.date()
    )


def hour_words(moment: datetime | None) -> str:
    """Write the hour of a moment that is local to the mall: 08.30, in English 08:30."""
    if moment is None:
        return "—"
    return moment.strftime("%H:%M" if (get_language() or "").startswith("en") else "%H.%M")
