"""Lines as they would have been seen, had somebody looked every five minutes: to learn from.

Some weeks of past days are looked back at once a day, then only the minutes since. Each process
keeps what it learned; its memory ends with it, so nothing of an older version is ever met.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock

from django.core.cache import caches
from django.db.models import Min, Q

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.hours import DayPlan
from gerai.directory.models import CounterShare
from gerai.malls.scope import current_mall
from gerai.queue.models import Desk, Line, Ticket
from gerai.queue.rules import WorkingDay
from gerai.queue.states import State
from gerai.waits.rules import Estimator, Snapshot

LOOK_MINUTES = 5
PAST_DAYS = 10
LOOK = timedelta(minutes=LOOK_MINUTES)
KEPT_SECONDS = 24 * 60 * 60
NOT_IN_LINE = [State.PRINTING, State.DROPPED]
STILL_TO_CALL = [State.WAITING, State.PRINTING]

# A counter, from when until when somebody sat there; None: still.
Seat = tuple[int, datetime, datetime | None]
Desks = Mapping[int, Sequence[Seat]]
Days = Mapping[date, WorkingDay]

# Of many who ask at once, one looks.
_LOOKING = Lock()


@dataclass
class Learned:
    """What is known of a line, from looks until a moment (None: none of today yet).

    today, counters: when people are called on the day, and at which counters.
    """

    estimator: Estimator = field(default_factory=Estimator)
    until: datetime | None = None
    today: WorkingDay = field(default_factory=WorkingDay)
    counters: frozenset[int] = frozenset()


@dataclass
class _Log:
    """Moments at which people came into a line and went out of it, each in order."""

    came: list[datetime] = field(default_factory=list)
    went: list[datetime] = field(default_factory=list)


def learned(lines: Mapping[int, Line], day: date) -> dict[int, Learned]:
    """Return line key → what is known of it; in four queries every five minutes, else in none."""
    now = last_look(clock.now())
    known = _kept(lines, day)
    if any(each.until != now for each in known.values()):
        with _LOOKING:
            known = _kept(lines, day)
            late = {key: line for key, line in lines.items() if known[key].until != now}
            if late:
                _look_on(late, known, day, now)
                kept = {_name(key, day): known[key] for key in late}
                caches["waits"].set_many(kept, KEPT_SECONDS)
    return known


def look_back() -> None:
    """Learn every line of the mall in scope for today, one after the other.

    Whoever asks meanwhile waits for one line at most, and later for none.
    """
    day = clock.local_day(clock.now(), current_mall().zone)
    for line in Line.objects.filter(is_active=True).order_by("code"):
        learned({line.pk: line}, day)


def last_look(moment: datetime) -> datetime:
    """Return the last moment of looking before a moment."""
    return moment - timedelta(
        minutes=moment.minute % LOOK_MINUTES, seconds=moment.second, microseconds=moment.microsecond
    )


def midnight(day: date) -> datetime:
    """Return when a day of the mall begins."""
    return clock.at(day, 0, 0, current_mall().zone)


def working_day(day: date, plan: DayPlan) -> WorkingDay:
    """Return the stretches of a day, with the names of its breaks; none when it is closed."""
    if plan.hours is None:
        return WorkingDay()
    zone = current_mall().zone
    stretches = tuple(
        (clock.at(day, since.hour, since.minute, zone), clock.at(day, end.hour, end.minute, zone))
        for since, end in plan.hours.stretches()
    )
    name, starts = plan.prayer or ("", None)
    names = tuple(name if end == starts else "" for _since, end in plan.hours.stretches())
    return WorkingDay(stretches, names)


def _name(key: int, day: date) -> str:
    return f"{key}:{day}"


def _kept(lines: Mapping[int, Line], day: date) -> dict[int, Learned]:
    found: dict[str, Learned] = caches["waits"].get_many([_name(key, day) for key in lines])
    return {key: found.get(_name(key, day)) or Learned() for key in lines}


def _look_on(
    late: Mapping[int, Line], known: Mapping[int, Learned], day: date, now: datetime
) -> None:
    new = [key for key in late if known[key].until is None]
    first = day - timedelta(days=PAST_DAYS) if new else day
    logs = _logs(late.values(), day, new, first)
    agencies = {line.agency_id for line in late.values()}
    shares = _shares(agencies)
    desks = _desks({counter for _agency, _weekday, counter in shares}, first)
    plans = directory.day_plans_of(agencies, first, day)
    days = {
        key: {day: working_day(day, plan) for day, plan in plans[key].items()} for key in agencies
    }
    for key, line in late.items():
        own = days[line.agency_id]
        own_desks = {
            weekday: [desk for desk in desks if (line.agency_id, weekday, desk[0]) in shares]
            for weekday in range(7)
        }
        _learn(known[key], line, logs[key], desks=own_desks, days=own, now=now)
        known[key].today = own[day]
        known[key].counters = frozenset(
            counter
            for agency, weekday, counter in shares
            if (agency, weekday) == (line.agency_id, day.weekday())
        )


def _logs(
    lines: Iterable[Line], day: date, new: list[int], first: date
) -> dict[int, dict[date, _Log]]:
    """Return line key → day → when people came and went: of today, of new lines also before."""
    wanted = Q(line__in=[line.pk for line in lines], day=day)
    if new:
        wanted |= Q(line__in=new, day__gte=first, day__lt=day)
    tickets = Ticket.objects.filter(wanted).exclude(state__in=NOT_IN_LINE)
    went_at = Min("steps__at", filter=~Q(steps__state__in=STILL_TO_CALL))
    logs: dict[int, dict[date, _Log]] = defaultdict(lambda: defaultdict(_Log))
    for key, own_day, came, went in (
        tickets.order_by("arrived_at")
        .annotate(went_at=went_at)
        .values_list("line", "day", "arrived_at", "went_at")
    ):
        log = logs[key][own_day]
        log.came.append(came)
        if went is not None:
            log.went.append(max(came, went))
    for days in logs.values():
        for log in days.values():
            log.went.sort()
    return logs


def _shares(agencies: set[int]) -> set[tuple[int, int, int]]:
    """Return agency, weekday and counter, for all that agencies sit at."""
    shares = CounterShare.objects.filter(agency__in=agencies).order_by()
    return set(shares.values_list("agency", "weekday", "counter"))


def _desks(counters: set[int], since: date) -> list[Seat]:
    """Return from when until when counters had an officer."""
    desks = Desk.objects.filter(
        Q(closed_at=None) | Q(closed_at__gte=midnight(since)), counter__in=counters
    )
    return list(desks.order_by("pk").values_list("counter", "opened_at", "closed_at"))


def _learn(
    known: Learned,
    line: Line,
    logs: Mapping[date, _Log],
    *,
    desks: Desks,
    days: Days,
    now: datetime,
) -> None:
    """Look at the line every few minutes of each day, after those looked at before."""
    today = clock.local_day(now, current_mall().zone)
    for day in sorted(logs):
        log = logs[day]
        last = now if day == today else last_look(max(log.came[-1:] + log.went[-1:])) + LOOK
        # A number kept overnight came on the day before.
        moment = max(last_look(log.came[0]), midnight(day))
        if known.until is not None:
            moment = max(moment, known.until + LOOK)
        seats = [
            each for each in desks[day.weekday()] if each[2] is None or each[2] > midnight(day)
        ]
        while moment <= last:
            known.estimator.see(_look(line, day, log, moment, seats=seats, hours=days[day]))
            moment += LOOK
    known.until = now


def _look(
    line: Line, day: date, log: _Log, moment: datetime, *, seats: Sequence[Seat], hours: WorkingDay
) -> Snapshot:
    came, went = bisect_right(log.came, moment), bisect_right(log.went, moment)
    return Snapshot(
        line=line.pk,
        day=day.toordinal(),
        minute=hours.minutes_at(moment, midnight(day)),
        counters=sum(
            opened <= moment and (closed is None or closed > moment)
            for _counter, opened, closed in seats
        ),
        waiting=came - went,
        called=went,
        issued=came,
        usual_minutes=line.usual_minutes,
    )
