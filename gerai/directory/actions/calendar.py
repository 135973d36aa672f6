"""When the mall and its agencies are open: the week, and days that depart from it."""

from collections.abc import Mapping
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from gerai.directory.hours import DayHours
from gerai.directory.models import Agency, BreakTime, SpecialDay, SpecialDayKind, WeeklyHours
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction


class DayTaken(Refused):
    """The date has a word of the operator already."""

    message = _("Tanggal ini sudah punya aturan khusus. Ubah atau hapus aturan itu dahulu.")


class DayGone(Refused):
    """Somebody else deleted the special day meanwhile."""

    message = _("Hari khusus ini sudah dihapus orang lain. Muat ulang daftarnya.")


@one_transaction
def set_week(agency: Agency | None, week: Mapping[int, DayHours], *, by: audit.Actor) -> None:
    """Give the mall (no agency) or an agency its whole week, breaks included."""
    write_week(agency, week, by=by)
    publish("directory.set_week")


@inside_transaction
def write_week(agency: Agency | None, week: Mapping[int, DayHours], *, by: audit.Actor) -> None:
    """Write a whole week, as part of a larger change."""
    _clear_week(agency)
    mall = current_mall()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(
            mall=mall,
            agency=agency,
            weekday=weekday,
            opens=hours.opens,
            closes=hours.closes,
            last_ticket=hours.last_ticket,
        )
        for weekday, hours in week.items()
    )
    BreakTime.objects.bulk_create(
        BreakTime(mall=mall, agency=agency, weekday=weekday, starts=starts, ends=ends)
        for weekday, hours in week.items()
        for starts, ends in hours.breaks
    )
    audit.record("directory.set_week", thing=_whose(agency), by=by, days=sorted(week))


@one_transaction
def follow_the_mall(agency: Agency, *, by: audit.Actor) -> None:
    """Drop an agency's own week: it keeps the mall's hours again."""
    _clear_week(agency)
    _told("directory.follow_the_mall", _whose(agency), by)


@one_transaction
def add_special_day(
    *,
    on: date,
    kind: SpecialDayKind,
    name: str,
    by: audit.Actor,
    agency: Agency | None = None,
    opens: time | None = None,
    closes: time | None = None,
    last_ticket: time | None = None,
) -> SpecialDay:
    """Close, open or give other hours to a date, of the mall or of one agency.

    :raises DayTaken: the date has a special day already
    """
    _check_free(on, agency)
    day: SpecialDay = SpecialDay.objects.create(
        mall=current_mall(),
        on=on,
        agency=agency,
        kind=kind,
        name=name,
        opens=opens,
        closes=closes,
        last_ticket=last_ticket,
    )
    _told("directory.add_special_day", f"special_day:{day.pk}", by, on=on.isoformat(), kind=kind)
    return day


@one_transaction
def change_special_day(
    day: SpecialDay,
    *,
    on: date,
    kind: SpecialDayKind,
    name: str,
    by: audit.Actor,
    agency: Agency | None = None,
    opens: time | None = None,
    closes: time | None = None,
    last_ticket: time | None = None,
) -> None:
    """Say something else of a special day.

    :raises DayTaken: the date it should move to has a special day already
    :raises DayGone: it was deleted meanwhile
    """
    _check_free(on, agency, but=day)
    changed = SpecialDay.objects.filter(pk=day.pk).update(
        on=on,
        agency=agency,
        kind=kind,
        name=name,
        opens=opens,
        closes=closes,
        last_ticket=last_ticket,
    )
    if not changed:
        raise DayGone
    _told("directory.change_special_day", f"special_day:{day.pk}", by, on=on.isoformat(), kind=kind)


@one_transaction
def remove_special_day(day: SpecialDay, *, by: audit.Actor) -> None:
    """Let a date be what the calendar and the week say.

    :raises DayGone: it was deleted meanwhile
    """
    key = day.pk
    deleted, _rows = SpecialDay.objects.filter(pk=key).delete()
    if not deleted:
        raise DayGone
    _told("directory.remove_special_day", f"special_day:{key}", by, on=day.on.isoformat())


@inside_transaction
def _clear_week(agency: Agency | None) -> None:
    WeeklyHours.objects.filter(agency=agency).delete()
    BreakTime.objects.filter(agency=agency).delete()


def _check_free(on: date, agency: Agency | None, but: SpecialDay | None = None) -> None:
    standing = SpecialDay.objects.filter(on=on, agency=agency)
    if but is not None:
        standing = standing.exclude(pk=but.pk)
    if standing.exists():
        raise DayTaken


def _whose(agency: Agency | None) -> str:
    return f"agency:{agency.pk}" if agency is not None else f"mall:{current_mall().pk}"


@inside_transaction
def _told(verb: str, thing: str, by: audit.Actor, **detail: object) -> None:
    audit.record(verb, thing=thing, by=by, **detail)
    publish(verb)
