"""How far a mall has come on the way to its first number."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gerai.directory.models import (
    Agency,
    Counter,
    CounterShare,
    Device,
    DeviceKind,
    Posting,
    Service,
    WeeklyHours,
    Zone,
)
from gerai.queue.models import Line
from gerai.queue.queries.lines import services_without_line


@dataclass(frozen=True)
class Progress:
    """One step of opening a mall: what it is, whether it is done, what is missing still."""

    name: str
    note: str
    address: str
    drawing: str
    is_done: bool


def first_steps() -> list[Progress]:
    """Return the steps in the order in which they build on each other."""
    serving = Agency.objects.filter(is_active=True, services__is_active=True).distinct()
    seated = CounterShare.objects.filter(counter__is_active=True)
    posted = Posting.objects.filter(user__is_active=True)
    without_services = Agency.objects.filter(is_active=True).exclude(pk__in=serving).count()
    without_seat = serving.exclude(pk__in=seated.values("agency")).count()
    without_officer = serving.exclude(pk__in=posted.values("agency")).count()
    without_line = services_without_line().count()
    has_line = Line.objects.filter(is_active=True, services__is_active=True).exists()
    return [
        Progress(
            name=_("Instansi"),
            note=_("Tambahkan instansi yang melayani di mal ini, atau impor katalognya."),
            address=reverse("manage:agencies"),
            drawing="building-community",
            is_done=Agency.objects.filter(is_active=True).exists(),
        ),
        Progress(
            name=_("Layanan dan standar"),
            note=_count(
                without_services,
                ngettext(
                    "%(n)s instansi belum punya layanan.",
                    "%(n)s instansi belum punya layanan.",
                    without_services,
                ),
            )
            or _("Tambahkan layanan setiap instansi dengan syarat, waktu, dan biayanya."),
            address=reverse("manage:services"),
            drawing="clipboard-list",
            is_done=Service.objects.filter(is_active=True).exists(),
        ),
        Progress(
            name=_("Gedung"),
            note=_("Gambar lantai dan zonanya; setiap zona punya layar sendiri."),
            address=reverse("manage:building"),
            drawing="stairs",
            is_done=Zone.objects.exists(),
        ),
        Progress(
            name=_("Loket"),
            note=_("Tambahkan loket di zonanya, beberapa sekaligus."),
            address=reverse("manage:building"),
            drawing="armchair",
            is_done=Counter.objects.filter(is_active=True).exists(),
        ),
        Progress(
            name=_("Jadwal loket"),
            note=_count(
                without_seat,
                ngettext(
                    "%(n)s instansi belum punya loket.",
                    "%(n)s instansi belum punya loket.",
                    without_seat,
                ),
            )
            or _("Tentukan instansi mana duduk di loket mana, pada hari apa."),
            address=reverse("manage:counters"),
            drawing="calendar",
            is_done=seated.exists(),
        ),
        Progress(
            name=_("Antrean"),
            note=_count(
                without_line,
                ngettext(
                    "%(n)s layanan belum punya antrean.",
                    "%(n)s layanan belum punya antrean.",
                    without_line,
                ),
            )
            or _("Buat antrean dengan hurufnya; satu tekan untuk setiap instansi."),
            address=reverse("lines:home"),
            drawing="ticket",
            is_done=has_line,
        ),
        Progress(
            name=_("Jam layanan"),
            note=_("Isi jam buka, tutup, dan istirahat setiap hari."),
            address=reverse("manage:hours"),
            drawing="clock",
            is_done=WeeklyHours.objects.filter(agency=None).exists(),
        ),
        Progress(
            name=_("Orang"),
            note=_count(
                without_officer,
                ngettext(
                    "%(n)s instansi belum punya petugas. Tambah orangnya, lalu tempatkan di "
                    "halaman instansinya.",
                    "%(n)s instansi belum punya petugas. Tambah orangnya, lalu tempatkan di "
                    "halaman instansinya.",
                    without_officer,
                ),
            )
            or _("Tambahkan petugas, lalu tempatkan di halaman instansinya."),
            address=reverse("people_office:people"),
            drawing="users",
            is_done=posted.exists(),
        ),
        Progress(
            name=_("Perangkat"),
            note=_("Buka /kios/ di perangkatnya, lalu ketik kodenya di sini."),
            address=reverse("manage:devices"),
            drawing="device-tv",
            is_done=Device.objects.filter(kind=DeviceKind.KIOSK, is_active=True).exists(),
        ),
    ]


def _count(number: int, words: str) -> str:
    return words % {"n": number} if number else ""
