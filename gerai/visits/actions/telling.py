"""What the contact of a delegation is told by mail, in the language in which it was asked."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.notices import actions as notices
from gerai.transactions import inside_transaction
from gerai.visits.models import Visit


def day_words(day: date) -> str:
    """Say a day with its weekday, in the active language."""
    return date_format(day, "l, j F Y")


def time_words(moment: datetime | None) -> str:
    """Say a moment by the mall's clock, in the active language."""
    if moment is None:
        return "—"
    is_english = (get_language() or "").startswith("en")
    return clock.local(moment, current_mall().zone).strftime("%H:%M" if is_english else "%H.%M")


def page_of(visit: Visit, base_url: str) -> str:
    """Return the address of a visit's own page."""
    return f"{base_url}{reverse('visits:visit', args=[visit.secret])}"


@inside_transaction
def asked(visit: Visit, *, base_url: str) -> None:
    """Say that a request has arrived, its number, and until when it is answered."""
    with override(visit.language):
        subject = _("Permohonan %(reference)s kami terima") % _told(visit)
        text = _(
            "Yth. %(contact)s,\n\n"
            "permohonan kunjungan studi %(institution)s ke %(mall)s kami terima dengan nomor "
            "%(reference)s. Kami menjawab paling lambat %(due)s.\n\n"
            "Keadaan permohonan, daftar tamu, dan pembatalan ada di tautan rahasia ini; "
            "simpan dan jangan bagikan di tempat umum:\n%(page)s\n"
        ) % (_told(visit) | {"page": page_of(visit, base_url)})
    _send(visit, subject, text, "asked")


@inside_transaction
def accepted(visit: Visit, *, base_url: str) -> None:
    """Say when and where a delegation is received."""
    with override(visit.language):
        subject = _("Kunjungan %(reference)s diterima: %(day)s") % _told(visit)
        text = _place_text(visit, base_url)
    _send(visit, subject, text, "accepted")


@inside_transaction
def moved(visit: Visit, *, base_url: str) -> None:
    """Say that a visit has another time or place."""
    with override(visit.language):
        subject = _("Jadwal kunjungan %(reference)s berubah: %(day)s") % _told(visit)
        text = _place_text(visit, base_url)
    _send(visit, subject, text, f"moved-{visit.sequence}")


@inside_transaction
def refused(visit: Visit, *, base_url: str) -> None:
    """Say why a request is refused."""
    with override(visit.language):
        subject = _("Jawaban atas permohonan %(reference)s") % _told(visit)
        text = _(
            "Yth. %(contact)s,\n\n"
            "mohon maaf, %(mall)s belum dapat menerima kunjungan %(institution)s.\n\n"
            "Alasan: %(reason)s\n%(words)s\n\n"
            "Anda dapat mengajukan tanggal lain kapan saja. Rinciannya:\n%(page)s\n"
        ) % (
            _told(visit)
            | {
                "reason": visit.refusal_reason,
                "words": visit.refusal_words,
                "page": page_of(visit, base_url),
            }
        )
    _send(visit, subject, text, "refused")


@inside_transaction
def cancelled(visit: Visit, *, base_url: str) -> None:
    """Say that a visit is called off."""
    with override(visit.language):
        subject = _("Kunjungan %(reference)s dibatalkan") % _told(visit)
        text = _(
            "Yth. %(contact)s,\n\n"
            "kunjungan %(institution)s ke %(mall)s dibatalkan. %(words)s\n\n"
            "Berkas kalender pembatalan ada di halaman kunjungan:\n%(page)s\n"
        ) % (_told(visit) | {"words": visit.refusal_words, "page": page_of(visit, base_url)})
    _send(visit, subject, text, "cancelled")


@inside_transaction
def thanked(visit: Visit, *, base_url: str) -> None:
    """Thank for a visit, and say where what came of it is fetched."""
    with override(visit.language):
        subject = _("Terima kasih atas kunjungan Anda ke %(mall)s") % _told(visit)
        text = _(
            "Yth. %(name)s,\n\n"
            "terima kasih atas kunjungan rombongan %(institution)s ke %(mall)s.\n\n"
            "Laporan hasil, keterangan untuk perjalanan dinas, dan materi dapat diambil di "
            "halaman ini:\n%(address)s\n\n"
            "Nomor kunjungan: %(reference)s\n\n"
            "Salam,\n%(mall)s"
        ) % (
            _told(visit)
            | {
                "name": visit.contact_name,
                "address": f"{base_url}{reverse('visits:results', args=[visit.secret])}",
            }
        )
    _send(visit, subject, text, "thanked")


def _place_text(visit: Visit, base_url: str) -> str:
    return _(
        "Yth. %(contact)s,\n\n"
        "dengan senang hati %(mall)s menerima kunjungan %(institution)s:\n\n"
        "Hari, tanggal: %(day)s\n"
        "Pukul: %(starts)s - %(ends)s %(zone)s\n"
        "Ruang: %(room)s\n\n"
        "%(words)s\n\n"
        "Susunan acara, berkas kalender, dan daftar tamu ada di halaman kunjungan:\n%(page)s\n"
    ) % (_told(visit) | {"words": visit.answer_words, "page": page_of(visit, base_url)})


def _told(visit: Visit) -> dict[str, str]:
    mall = current_mall()
    starts_at = visit.starts_at
    return {
        "reference": visit.reference,
        "contact": visit.contact_name,
        "institution": visit.relation.institution,
        "mall": mall.name,
        "due": day_words(visit.answer_due),
        "day": day_words(clock.local_day(starts_at, mall.zone)) if starts_at else "—",
        "starts": time_words(starts_at),
        "ends": time_words(visit.ends_at),
        "zone": str(mall.zone_label),
        "room": visit.room.name if visit.room else "—",
    }


def _send(visit: Visit, subject: str, text: str, what: str) -> None:
    notices.send(
        to=visit.contact_email,
        subject=" ".join(subject.split())[:200],
        text=text,
        key=f"visits:{what}:{visit.pk}",
        batch="visits",
        is_secret=True,
    )
