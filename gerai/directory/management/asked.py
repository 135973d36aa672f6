"""Reading what was typed after a command: values, or a refusal in plain words."""

import re
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from gerai.directory.catalogue.texts import shown
from gerai.directory.national_days import (
    DECREES,
    FIRST_YEAR,
    LAST_YEAR,
    NationalDay,
    UnknownHistory,
    decree_of,
    national_days,
)
from gerai.malls import queries as malls
from gerai.malls.models import Mall

# Of a path at most so much is said back.
LONGEST_PATH = 200


class BadRequest(Exception):
    """What was typed makes no sense; the message says what to type instead."""


def asked_year(typed: object) -> int:
    """Return the year typed.

    :raises BadRequest: nothing, no year, or a year outside the calendar
    """
    text = "" if typed is None else str(typed).strip()
    if not text:
        raise BadRequest(_("Sebutkan tahunnya, misalnya 2026."))
    if not re.fullmatch(r"[0-9]{4}", text):
        raise BadRequest(
            _("“%(typed)s” bukan tahun. Tuliskan empat angka, misalnya 2026.")
            % {"typed": text[:40]}
        )
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadRequest(
            _("Kalender tahun %(year)d tidak diketahui. Pilih tahun %(first)d sampai %(last)d.")
            % {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return year


def asked_day(typed: str | None) -> date | None:
    """Return the day typed as YYYY-MM-DD, None when none was.

    :raises BadRequest: when it is no such day
    """
    if typed is None:
        return None
    refusal = BadRequest(
        _("“%(typed)s” bukan tanggal. Tuliskan tahun-bulan-hari, misalnya 2025-08-01.")
        % {"typed": typed[:40]}
    )
    if len(typed) != len("2025-08-01") or not typed.isascii():
        raise refusal
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise refusal from error


def asked_choice(option: str, typed: str, choices: tuple[str, ...]) -> str:
    """Return the choice typed.

    :raises BadRequest: when it is not one of the choices
    """
    if typed not in choices:
        raise BadRequest(
            _("%(option)s “%(typed)s” tidak dikenal. Pilih salah satu: %(choices)s.")
            % {"option": option, "typed": typed[:40], "choices": ", ".join(choices)}
        )
    return typed


def asked_days(year: int, as_of: date | None) -> tuple[NationalDay, ...]:
    """Return the days of a year as they were in force.

    :raises BadRequest: when the history of that year is not recorded
    """
    try:
        return national_days(year, as_of=as_of)
    except UnknownHistory as error:
        raise BadRequest(
            _(
                "Sejak kapan hari libur %(year)d berlaku tidak tercatat. "
                "Ulangi tanpa --as-of, atau pilih tahun %(first)d sampai %(last)d."
            )
            % {"year": year, "first": DECREES[0].year, "last": DECREES[-1].year}
        ) from error


def caution(year: int, as_of: date | None) -> str:
    """Return what the reader must know about the list, empty when there is nothing."""
    decree = decree_of(year)
    if decree is None:
        return _(
            "Keputusan bersama untuk tahun %(year)d belum tercatat: ini hasil perhitungan."
        ) % {"year": year}
    if as_of is not None and as_of < decree.signed_on:
        return _("Pada tanggal itu keputusan bersama untuk tahun %(year)d belum ditetapkan.") % {
            "year": year
        }
    return ""


def asked_file(typed: str | None, most_bytes: int, *, example: str) -> bytes:
    """Return what stands in the file typed, at most one byte more than may be.

    :raises BadRequest: nothing was typed, or it is no file that can be opened
    """
    if not typed:
        raise BadRequest(
            _("Sebutkan berkasnya, misalnya: gerai %(example)s") % {"example": example}
        )
    refusal = BadRequest(
        _("Berkas “%(typed)s” tidak dapat dibuka. Periksa nama dan izinnya.")
        % {"typed": typed[:LONGEST_PATH]}
    )
    try:
        with Path(typed).open("rb") as file:
            return file.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        raise refusal from error


def asked_mall(slug: str | None) -> Mall | None:
    """Return the mall meant, None where the installation has none yet.

    :raises BadRequest: no mall has this slug, or none was typed and there are several
    """
    standing = malls.open_malls()
    if slug is not None:
        chosen = next((mall for mall in standing if mall.slug == slug), None)
        if chosen is None:
            raise BadRequest(
                _("Mal “%(slug)s” tidak ada. Yang ada: %(slugs)s.")
                % {"slug": shown(slug), "slugs": _slugs(standing)}
            )
        return chosen
    if len(standing) > 1:
        raise BadRequest(
            _("Ada beberapa mal. Sebutkan salah satu dengan --mall: %(slugs)s.")
            % {"slugs": _slugs(standing)}
        )
    if not standing and Mall.objects.exists():
        raise BadRequest(_("Semua mal sedang dinonaktifkan. Aktifkan salah satu dahulu."))
    return standing[0] if standing else None


def _slugs(standing: list[Mall]) -> str:
    return ", ".join(mall.slug for mall in standing) or _("belum ada satu pun")
