"""Looking whether anything is the matter, writing it down, taking care of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gerai import clock, later
from gerai.directory import queries as directory
from gerai.directory.actions.beats import note_missed
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.people.models import User
from gerai.pulse import measures
from gerai.pulse.models import Alarm, CountedDay, Handling, Limits, LineLimit, Look
from gerai.pulse.queries.alarms import Standing, found_in, last_look, limits, standing
from gerai.pulse.queries.days import days_with_numbers, figures_of, uncounted
from gerai.pulse.queries.living import Scene, scene
from gerai.pulse.rules import LOOK_EVERY, OVERDUE, Found, MallLimits, Promise, ended, next_look
from gerai.queue.models import Line
from gerai.transactions import inside_transaction, one_transaction, refused_as

# So many days are counted while somebody waits for the page; a day takes some milliseconds.
COUNTED_AT_ONCE = 31
COUNTING_LASTS_S = 120
TELL_EVERY = 30


class AlarmOver(Refused):
    """The alarm ended meanwhile."""

    message = _("Alarm ini baru saja berakhir, jadi tidak perlu ditangani lagi.")


class HandledAlready(Refused):
    """Somebody else takes care of it since a moment ago."""

    message = _("Rekan Anda baru saja menangani alarm ini. Lihat namanya di halaman ini.")


class LimitsChanged(Refused):
    """Somebody else changed the mall's limits since the page was shown."""

    message = _(
        "Rekan Anda baru saja mengubah batas alarm, jadi belum ada yang disimpan. "
        "Lihat yang berlaku sekarang, lalu simpan lagi."
    )


class PromiseChanged(Refused):
    """Somebody else set, changed or removed the same line's promise since the page was shown."""

    message = _(
        "Rekan Anda baru saja mengubah janji antrean yang sama, jadi belum ada yang disimpan. "
        "Lihat yang berlaku sekarang, lalu simpan lagi."
    )


def look(now: Scene) -> list[Standing]:
    """Note what is the matter in a scene, and return the alarms that stand."""
    limit = limits()
    found = found_in(now, limit)
    note(found, now.at)
    return standing(found, limit, now.at)


def note(found: Sequence[Found], at: datetime) -> None:
    """Write down alarms that began or ended, and that somebody looked."""
    standing_ones = set(Alarm.objects.filter(until=None).values_list("kind", "ref"))
    seen = last_look()
    is_same = standing_ones == {(each.kind.value, each.ref) for each in found}
    if not is_same or seen is None or at - seen.looked_at >= LOOK_EVERY:
        _note(found, at)


@one_transaction
def _note(found: Sequence[Found], at: datetime) -> None:
    mall = current_mall()
    Look.objects.bulk_create([Look(mall=mall, looked_at=at)], ignore_conflicts=True)
    # Whoever looks holds this row until it is written down; an older look says nothing new.
    last = Look.objects.select_for_update().get()
    if last.looked_at > at:
        return
    Look.objects.filter(pk=last.pk).update(looked_at=at)
    open_ones = {(row.kind, row.ref): row for row in Alarm.objects.filter(until=None)}
    wanted = {(each.kind.value, each.ref): each for each in found}
    for key, each in wanted.items():
        if key not in open_ones:
            _begin(each)
    until, is_exact = ended(last.looked_at, at)
    for key, row in open_ones.items():
        if key not in wanted:
            _end(row, max(until, row.since), is_exact=is_exact)


@inside_transaction
def _begin(each: Found) -> None:
    row = Alarm.objects.create(
        mall=current_mall(),
        kind=each.kind.value,
        ref=each.ref,
        name=": ".join(filter(None, [each.name, each.words or each.place]))[:160],
        since=each.since,
    )
    audit.record("pulse.begin", thing=f"alarm:{row.pk}", by=audit.SYSTEM, name=row.name)
    publish("pulse.begin", row.pk)


@inside_transaction
def _end(row: Alarm, until: datetime, *, is_exact: bool) -> None:
    if Alarm.objects.filter(pk=row.pk, until=None).update(until=until, is_exact=is_exact):
        audit.record("pulse.end", thing=f"alarm:{row.pk}", by=audit.SYSTEM, name=row.name)
        publish("pulse.end", row.pk)


@refused_as(HandledAlready)
@one_transaction
def handle(alarm: Alarm, *, after: int, officer: User, by: audit.Actor) -> None:
    """Say that somebody takes care of an alarm. after: how often anybody did so before.

    :raises AlarmOver: it ended meanwhile
    :raises HandledAlready: somebody was faster
    """
    if not Alarm.objects.filter(pk=alarm.pk, until=None).exists():
        raise AlarmOver
    if Handling.objects.filter(alarm=alarm, round__gt=after).exists():
        raise HandledAlready
    Handling.objects.create(
        mall_id=alarm.mall_id, alarm=alarm, round=after + 1, at=clock.now(), by=officer
    )
    audit.record("pulse.handle", thing=f"alarm:{alarm.pk}", by=by, name=alarm.name)
    publish("pulse.handle", alarm.pk)


@refused_as(LimitsChanged)
@one_transaction
def set_limits(was: MallLimits | None, shall: MallLimits, *, by: audit.Actor) -> None:
    """Say from when on the mall is alarmed. was: what the page showed; None: none were set.

    :raises LimitsChanged: others hold by now
    """
    said = asdict(shall)
    if was is None:
        # Of two who set the first ones, `limits_once` lets one through.
        Limits.objects.create(mall=current_mall(), **said)
    elif not Limits.objects.filter(**asdict(was)).update(**said):
        raise LimitsChanged
    audit.record("pulse.set_limits", thing=f"mall:{current_mall().pk}", by=by, **said)
    publish("pulse.set_limits")


@refused_as(PromiseChanged)
@one_transaction
def set_promises(
    changes: Mapping[Line, tuple[Promise | None, Promise | None]], *, by: audit.Actor
) -> None:
    """Say what lines promise: line → what was shown, and what shall hold; None is the mall's.

    All or nothing.

    :raises PromiseChanged: a line promises something else than was shown
    """
    # In one order, so that of two who save at once none waits for the other's rows.
    for line in sorted(changes, key=lambda line: line.pk):
        _set_promise(line, *changes[line], by=by)


@inside_transaction
def _set_promise(
    line: Line, was: Promise | None, shall: Promise | None, *, by: audit.Actor
) -> None:
    said = {"wait_min": shall.wait_min, "wait_source": shall.source} if shall else {}
    if was is None:
        # Of two who set the first one, `line_limit_once` lets one through.
        LineLimit.objects.create(mall=current_mall(), line=line, **said)
    else:
        shown = LineLimit.objects.filter(line=line, wait_min=was.wait_min, wait_source=was.source)
        if not (shown.update(**said) if shall else shown.delete()[0]):
            raise PromiseChanged
    verb = "pulse.set_promise" if shall else "pulse.remove_promise"
    audit.record(verb, thing=f"line:{line.pk}", by=by, code=line.code, **said)
    publish(verb, line.pk)


def count_missing(days: Sequence[date]) -> None:
    """Count past days whose figures are not kept yet; more than a month of them in the background.

    days: of the mall, in order. Whoever asks sees the newest ones at once.
    """
    missing = uncounted(days)
    for day in missing[-COUNTED_AT_ONCE:]:
        count_day(day)
    if len(missing) > COUNTED_AT_ONCE:
        _count_later(missing[0], missing[-1])


@one_transaction
def _count_later(first: date, last: date) -> None:
    # Of many who look meanwhile, one has it counted.
    if cache.add(f"pulse:count:{current_mall().pk}", 1, timeout=COUNTING_LASTS_S):
        later.run("pulse.count", mall_id=current_mall().pk, first=f"{first}", last=f"{last}")


def count_all(first: date, last: date) -> int:
    """Count every day of a span whose figures are not kept yet; return how many."""
    missing = uncounted(days_with_numbers(first, last))
    for place, day in enumerate(missing, start=1):
        count_day(day, tells=place % TELL_EVERY == 0 or place == len(missing))
    return len(missing)


@one_transaction
def count_day(day: date, *, tells: bool = False) -> None:
    """Keep the figures of a day that is over. tells: the pages hear of it."""
    CountedDay.objects.update_or_create(
        mall=current_mall(),
        day=day,
        defaults={"version": measures.VERSION, "figures": measures.dump(figures_of(day))},
    )
    if tells:
        publish("pulse.count")


def keep_watch() -> None:
    """Let somebody look every minute in the mall's hours, unless somebody does."""
    seen, late = last_look(), clock.now() - OVERDUE
    if seen is None or seen.due_at is None or seen.due_at < late:
        _begin_watch(late)


@one_transaction
def _begin_watch(late: datetime) -> None:
    now, mall = clock.now(), current_mall()
    Look.objects.bulk_create([Look(mall=mall, looked_at=now)], ignore_conflicts=True)
    idle = Look.objects.filter(Q(due_at=None) | Q(due_at__lt=late))
    # Of two who ask at once, one begins it.
    if idle.update(due_at=now):
        later.run("pulse.watch", mall_id=mall.pk)


def watch() -> None:
    """Look whether anything is the matter, and again later."""
    now = clock.now()
    # Two watches of one mall: the second ends here.
    name = f"pulse:watch:{current_mall().pk}"
    if not cache.add(name, 1, timeout=int(LOOK_EVERY / timedelta(seconds=1)) - 10):
        return
    opening = directory.opening_of(None, now)
    note_missed()
    look(scene(now))
    _watch_again(next_look(now, opening.opens_at, is_open=opening.is_open))


@one_transaction
def _watch_again(moment: datetime) -> None:
    Look.objects.update(due_at=moment)
    later.run("pulse.watch", at=moment, mall_id=current_mall().pk)
