"""What is missing, in words, and the page where it is mended."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gerai.founding.rules import Condition
from gerai.founding.stages import Stage

WORDS: dict[str, tuple[str | Promise, str]] = {
    "leader": (_("Nama kepala daerah belum diisi."), "founding:particulars"),
    "service": (_("Belum ada layanan yang aktif."), "manage:services"),
    "agreement": (
        _("Belum ada perjanjian kerja sama yang ditandatangani dan masih berlaku."),
        "founding:agencies",
    ),
    "standards": (_("Belum ada layanan dengan standar yang berlaku."), "manage:services"),
    "flow": (_("Alur layanan belum ditulis."), "manage:guides"),
    "house_rules": (_("Tata tertib belum ditulis."), "manage:guides"),
    "complaints": (_("Penanganan pengaduan belum ditulis."), "manage:guides"),
    "checklist": (_("Daftar periksa fasilitas masih kosong."), "manage:facilities"),
    "counter": (_("Belum ada loket dengan instansi pada suatu hari."), "manage:counters"),
    "hours": (_("Jam layanan mal belum diisi."), "manage:hours"),
    "roles": (_("Kebutuhan petugas belum ditulis."), "founding:staff"),
    "officer": (_("Belum ada petugas yang ditempatkan di instansinya."), "manage:agencies"),
    "trial_day": (_("Belum ada hari uji coba yang dicatat."), "founding:trials"),
    "open": (_("Mal belum dibuka."), "founding:open"),
    "together": (
        _("Belum ada satu instansi pun yang lengkap: punya layanan, loket, dan petugas."),
        "manage:agencies",
    ),
}


@dataclass(frozen=True)
class Lack:
    """Something that is missing, and where to mend it."""

    key: str
    text: str
    address: str


def lack_of(condition: Condition, stage: Stage | None = None) -> Lack:
    """Say what is missing."""
    key, count = condition.key, condition.missing
    counted = _counted(key, count)
    if counted is not None:
        text, page = counted
    else:
        told, page = WORDS[key]
        text = str(told)
    address = reverse(page)
    if key == "steps" and stage is not None:
        address = f"{address}#{stage}"
    return Lack(key, text, address)


def _counted(key: str, n: int) -> tuple[str, str] | None:
    """Say what can be counted; standards only where some service lacks one."""
    told = ""
    page = ""
    if key == "steps":
        page = "founding:steps"
        told = ngettext("%(n)s langkah belum selesai.", "%(n)s langkah belum selesai.", n)
    elif key == "standards" and n:
        page = "manage:services"
        told = ngettext(
            "%(n)s layanan belum punya standar yang berlaku.",
            "%(n)s layanan belum punya standar yang berlaku.",
            n,
        )
    elif key == "facilities":
        page = "manage:facilities"
        told = ngettext(
            "%(n)s fasilitas wajib belum tersedia.", "%(n)s fasilitas wajib belum tersedia.", n
        )
    elif key == "filled":
        page = "founding:staff"
        told = ngettext("%(n)s peran belum terisi.", "%(n)s peran belum terisi.", n)
    elif key == "trained":
        page = "founding:staff"
        told = ngettext(
            "%(n)s peran belum cukup dilatih.",
            "%(n)s peran belum cukup dilatih.",
            n,
        )
    elif key == "renewed":
        page = "founding:agencies"
        told = ngettext(
            "%(n)s perjanjian sudah atau hampir berakhir.",
            "%(n)s perjanjian sudah atau hampir berakhir.",
            n,
        )
    return (told % {"n": n}, page) if told else None
