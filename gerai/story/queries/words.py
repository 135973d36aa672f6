"""A day in sentences, each counted from its rows."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.queue.queries.boards import today
from gerai.queue.states import State
from gerai.story.queries.charts import small_of
from gerai.story.queries.pictures import Still
from gerai.story.queries.records import Record
from gerai.story.rules.day import served, share, waits_of
from gerai.ui.templatetags.ui import angka, jam, tanggal

MINUTE = 60


def clock_of(record: Record, at: int) -> str:
    """Return a moment of a day by the mall's clock."""
    return jam(moment_of(record, at))


def moment_of(record: Record, at: int) -> datetime:
    """Return a moment of a day."""
    return clock.at(record.day, 0, 0, current_mall().zone) + timedelta(seconds=at)


def story_of(record: Record) -> list[str]:
    """Return the day in a few sentences; the first one says how many came and when most waited."""
    told = [_how_many(record)]
    waits = sorted(wait for _came, wait in waits_of(record.lives))
    if waits:
        told.append(
            _(
                "Separuh pengunjung dipanggil dalam %(middle)s, "
                "sembilan dari sepuluh dalam %(high)s."
            )
            % {"middle": _minutes(share(waits, 0.5)), "high": _minutes(share(waits, 0.9))}
        )
    _at, most_open = record.opened.peak
    if most_open:
        told.append(
            ngettext(
                "Paling banyak %(count)s loket buka bersamaan.",
                "Paling banyak %(count)s loket buka bersamaan.",
                most_open,
            )
            % {"count": angka(most_open)}
        )
    busiest = small_of(record)
    if busiest:
        told.append(
            ngettext(
                "Nomor terbanyak: %(name)s, %(count)s nomor.",
                "Nomor terbanyak: %(name)s, %(count)s nomor.",
                busiest[0].came,
            )
            % {"name": busiest[0].name, "count": angka(busiest[0].came)}
        )
    told.append(_how_it_ended(record))
    return told


def _how_many(record: Record) -> str:
    at, most = record.waiting.peak
    told = {
        "day": tanggal(record.day),
        "count": angka(record.came),
        "time": clock_of(record, at),
        "waiting": angka(most),
    }
    if record.day == today():
        first = ngettext(
            "Hari ini %(count)s orang sudah datang",
            "Hari ini %(count)s orang sudah datang",
            record.came,
        )
    else:
        first = ngettext(
            "%(day)s: %(count)s orang datang", "%(day)s: %(count)s orang datang", record.came
        )
    if not most:
        return first % told + "."
    second = ngettext(
        "paling ramai pukul %(time)s, %(waiting)s orang menunggu",
        "paling ramai pukul %(time)s, %(waiting)s orang menunggu",
        most,
    )
    return f"{first % told}; {second % told}."


def _how_it_ended(record: Record) -> str:
    done = len(served(record.lives))
    away = sum(life.ending in {State.LEFT, State.EXPIRED, State.ABSENT} for life in record.lives)
    told = {"done": angka(done), "away": angka(away)}
    first = ngettext("%(done)s nomor selesai dilayani", "%(done)s nomor selesai dilayani", done)
    if not away:
        return first % told + "."
    second = ngettext(
        "%(away)s pergi atau tidak hadir ketika dipanggil",
        "%(away)s pergi atau tidak hadir ketika dipanggil",
        away,
    )
    return f"{first % told}, {second % told}."


def _minutes(seconds: float) -> str:
    minutes = round(seconds / MINUTE)
    return ngettext("%(count)s menit", "%(count)s menit", minutes) % {"count": angka(minutes)}


def caption_of(record: Record, drawn: Still) -> str:
    """Return what a still shows, in words."""
    parts = [
        ngettext("%(n)s orang menunggu", "%(n)s orang menunggu", drawn.waiting)
        % {"n": angka(drawn.waiting)},
        ngettext("%(n)s sedang dilayani", "%(n)s sedang dilayani", drawn.serving)
        % {"n": angka(drawn.serving)},
        ngettext("%(n)s loket buka", "%(n)s loket buka", drawn.open) % {"n": angka(drawn.open)},
        ngettext("%(n)s sudah selesai", "%(n)s sudah selesai", drawn.served)
        % {"n": angka(drawn.served)},
    ]
    if drawn.at == record.waiting.peak[0]:
        parts.insert(0, _("saat paling ramai"))
    return ", ".join(parts)
