"""Seasons with hours of their own, and the Friday prayer."""

from collections.abc import Mapping
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from gerai.directory.hours import DayHours, week_to_json
from gerai.directory.models import Agency, FridayBreak, Season
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction, refused_as


class SeasonTaken(Refused):
    """Two seasons of the same owner would share a day."""

    message = _("Tanggal ini sudah termasuk musim lain. Ubah tanggalnya, atau ubah musim itu.")


class SeasonGone(Refused):
    """Somebody else deleted it meanwhile."""

    message = _("Musim ini sudah dihapus orang lain. Muat ulang daftarnya.")


class BreakTaken(Refused):
    """The owner has a Friday break from that date on already."""

    message = _("Jeda Jumat sejak tanggal itu sudah ada. Hapus yang lama dahulu.")


@one_transaction
def add_season(
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    source: str,
    week: Mapping[int, DayHours],
    by: audit.Actor,
    agency: Agency | None = None,
) -> Season:
    """Give dates a week of their own. source: where the dates were read.

    :raises SeasonTaken: another season of the mall, or of the agency, has a day of it
    """
    _check_free(starts_on, ends_on, agency)
    season: Season = Season.objects.create(
        mall=current_mall(),
        agency=agency,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        week=week_to_json(week),
    )
    _told("directory.add_season", f"season:{season.pk}", by)
    return season


@one_transaction
def change_season(
    season: Season,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    source: str,
    week: Mapping[int, DayHours],
    by: audit.Actor,
    agency: Agency | None = None,
) -> None:
    """Say something else of a season.

    :raises SeasonTaken: another season of the mall, or of the agency, has a day of it
    :raises SeasonGone: it was deleted meanwhile
    """
    _check_free(starts_on, ends_on, agency, but=season)
    changed = Season.objects.filter(pk=season.pk).update(
        agency=agency,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        week=week_to_json(week),
    )
    if not changed:
        raise SeasonGone
    _told("directory.change_season", f"season:{season.pk}", by)


@one_transaction
def remove_season(season: Season, *, by: audit.Actor) -> None:
    """Let the dates follow the usual week again.

    :raises SeasonGone: it was deleted meanwhile
    """
    key = season.pk
    deleted, _rows = Season.objects.filter(pk=key).delete()
    if not deleted:
        raise SeasonGone
    _told("directory.remove_season", f"season:{key}", by)


@refused_as(BreakTaken)
@one_transaction
def add_friday_break(
    *,
    name: str,
    by: audit.Actor,
    since: date | None = None,
    starts: time | None = None,
    ends: time | None = None,
    agency: Agency | None = None,
) -> FridayBreak:
    """Say from when on which times the Friday prayer has; without times there is none.

    :raises BreakTaken: that is said already of the date
    """
    if FridayBreak.objects.filter(agency=agency, since=since).exists():
        raise BreakTaken
    row: FridayBreak = FridayBreak.objects.create(
        mall=current_mall(), agency=agency, name=name, since=since, starts=starts, ends=ends
    )
    _told("directory.add_friday_break", f"friday_break:{row.pk}", by)
    return row


@one_transaction
def remove_friday_break(row: FridayBreak, *, by: audit.Actor) -> None:
    """Take back what was said of the Friday prayer; taking it back twice is harmless."""
    key = row.pk
    FridayBreak.objects.filter(pk=key).delete()
    _told("directory.remove_friday_break", f"friday_break:{key}", by)


def _check_free(
    starts_on: date, ends_on: date, agency: Agency | None, but: Season | None = None
) -> None:
    standing = Season.objects.filter(agency=agency, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if but is not None:
        standing = standing.exclude(pk=but.pk)
    if standing.exists():
        raise SeasonTaken


@inside_transaction
def _told(verb: str, thing: str, by: audit.Actor) -> None:
    audit.record(verb, thing=thing, by=by)
    publish(verb)
