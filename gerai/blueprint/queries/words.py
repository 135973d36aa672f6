"""Why a file or a part is refused, and what became of the others, in a sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gerai.blueprint.queries.kinds import KIND_NAMES
from gerai.blueprint.reading import BadPart, Unusable
from gerai.blueprint.shape import MOST_PARTS
from gerai.directory.catalogue.texts import shown


def unusable_words(unusable: Unusable) -> str:
    """Say why a file cannot be used, and what to do."""
    words = {
        "large": _("Berkas ini terlalu besar (paling besar %(most)s MB)."),
        "empty": _("Berkas ini kosong. Pilih berkas cetak biru lain."),
        "packed": _(
            "Ini berkas %(name)s, bukan cetak biru. Bila cetak birunya ada di dalam, "
            "keluarkan dahulu, lalu kirim berkas JSON-nya."
        ),
        "text": _("Isi berkas ini bukan teks UTF-8 yang utuh. Minta berkasnya sekali lagi."),
        "json": _(
            "Berkas ini bukan JSON yang benar (baris %(line)s). Minta berkasnya sekali lagi."
        ),
        "deep": _("Susunan berkas ini terlalu dalam; ini bukan cetak biru."),
        "many": _(
            "Isi berkas ini terlalu banyak; cetak biru memuat paling banyak %(parts)s bagian."
        ),
        "twice": _("Nama “%(name)s” tertulis dua kali dalam satu bagian; berkas ini meragukan."),
        "number": _("Berkas ini memuat bilangan pecahan atau terlalu besar; ini bukan cetak biru."),
        "format": _("Berkas ini bukan cetak biru Gerai (“format” harus “gerai-blueprint”)."),
        "newer": _(
            "Cetak biru ini versi %(version)s, sedangkan Gerai di sini baru mengenal versi "
            "%(known)s. Perbarui Gerai, atau minta berkas versi %(known)s."
        ),
        "shape": _("Susunan berkas ini tidak sesuai skema cetak biru (di %(where)s)."),
        "tampered": _(
            "Isi berkas ini berubah setelah diterbitkan: sidik jarinya tidak cocok. "
            "Minta berkas aslinya."
        ),
        "signature": _("Tanda tangan berkas ini tidak cocok dengan isinya. Minta berkas aslinya."),
    }
    return words[unusable.why] % {"parts": MOST_PARTS, **unusable.facts}


def refusal_words(bad: BadPart) -> str:
    """Say why a part of a file cannot be taken."""
    words = {
        "unknown_kind": _("Jenis bagian ini tidak dikenal di sini."),
        "shape": _("Susunannya tidak sesuai skema (di %(where)s)."),
        "twice": _("Bagian ini tertulis dua kali; yang pertama yang dipakai."),
        "day": _("Tanggalnya tidak ada dalam kalender."),
    }
    return words[bad.why] % {"where": bad.where}


def refused_line(kind: str, key: str, reason: str) -> str:
    """Name a part that was refused, and say why."""
    name = str(KIND_NAMES.get(kind, shown(kind)))
    return f"{name} “{shown(key)}”: {reason}"


def taken_words(*, taken: int, unchanged: int, refused: int) -> str:
    """Say in one sentence what became of the parts of a file."""
    return _("%(taken)s, %(unchanged)s, %(refused)s.") % {
        "taken": ngettext("%(n)d bagian diambil", "%(n)d bagian diambil", taken) % {"n": taken},
        "unchanged": ngettext("%(n)d tidak berubah", "%(n)d tidak berubah", unchanged)
        % {"n": unchanged},
        "refused": ngettext("%(n)d ditolak", "%(n)d ditolak", refused) % {"n": refused},
    }
