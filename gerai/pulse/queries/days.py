"""The step log of a day, read for its figures; which days are counted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import CounterShare
from gerai.malls.scope import current_mall
from gerai.people.models import User
from gerai.pulse.measures import VERSION, DayFigures, Life, Sitting, Span, Stay, Times, day_of
from gerai.pulse.models import CountedDay
from gerai.queue.models import Desk, LineDay, Step, Ticket
from gerai.queue.queries.recorded_days import pauses_between
from gerai.queue.states import State

# A number without paper was never anybody's.
NEVER_WERE = (State.PRINTING, State.DROPPED)
# So long after its day the night ends what is left of it, usually.
NIGHT = timedelta(hours=1)


def days_with_numbers(first: date, last: date) -> list[date]:
    """Return the days of a span on which numbers were given out, in order."""
    days = LineDay.objects.filter(day__range=(first, last)).order_by("day")
    return list(days.values_list("day", flat=True).distinct())


def uncounted(days: Sequence[date]) -> list[date]:
    """Return those of some days that are over and not counted as it is done now."""
    today = clock.local_day(clock.now(), current_mall().zone)
    counted = set(
        CountedDay.objects.filter(day__in=days, version=VERSION).values_list("day", flat=True)
    )
    return [day for day in days if day < today and day not in counted]


def figures_of(day: date) -> DayFigures:
    """Return the figures of a day, read off its steps in six queries."""
    begins, ends = _bounds(day)
    lives = _lives(day, begins, ends)
    return day_of(lives, _sittings(day, begins, ends, lives), _still(begins, ends))


def own_times(officer: User) -> list[tuple[Sitting, Times]]:
    """Return how an officer's own sittings of today were spent; nobody else's."""
    day = clock.local_day(clock.now(), current_mall().zone)
    begins, ends = _bounds(day)
    lives = _lives(day, begins, ends)
    still = _still(begins, ends)
    own = _sittings(day, begins, ends, lives, officer=officer)
    found = []
    for sitting in own:
        [times] = day_of(lives, [sitting], still).times.values()
        found.append((sitting, times))
    return found


def _bounds(day: date) -> tuple[datetime, datetime]:
    zone = current_mall().zone
    begins = clock.at(day, 0, 0, zone)
    return begins, min(clock.at(day + timedelta(days=1), 0, 0, zone), clock.now())


def _still(begins: datetime, ends: datetime) -> list[Span]:
    return [_span(span, begins) for span in directory.stillness(begins, ends)]


def _span(span: tuple[datetime, datetime], begins: datetime) -> Span:
    return (span[0] - begins).total_seconds(), (span[1] - begins).total_seconds()


def _lives(day: date, begins: datetime, ends: datetime) -> list[Life]:
    """Return the numbers of a day with their stays; what happened outside of it is cut off.

    Steps are asked for by time, which has an index: by ticket SQLite reads those of years.
    """
    tickets = Ticket.objects.filter(day=day).exclude(state__in=NEVER_WERE)
    rows = list(
        tickets.order_by("pk").values_list("pk", "line", "line__agency", "came_from", "state")
    )
    logs: dict[int, list[tuple[str, float, int | None]]] = {row[0]: [] for row in rows}
    latest = (ends - begins).total_seconds()
    steps = Step.objects.filter(at__range=(begins, ends + NIGHT)).order_by("at", "pk")
    for ticket, state, at, counter in steps.values_list("ticket", "state", "at", "counter"):
        since = (at - begins).total_seconds()
        if ticket in logs:
            logs[ticket].append((state, min(max(since, 0.0), latest), counter))
    return [
        Life(line, agency, tuple(_stays(log, state, latest)), came_over=came_from is not None)
        for ticket, line, agency, came_from, state in rows
        if (log := logs[ticket])
    ]


def _stays(
    log: Sequence[tuple[str, float, int | None]], state: str, latest: float
) -> Iterable[Stay]:
    """Yield the stays of a number. state: where it stands; a late night may have ended it."""
    told = [*log, (state, latest, None)] if log[-1][0] != state else log
    ends = [*(since for _state, since, _counter in told[1:]), latest]
    for (each, since, counter), until in zip(told, ends, strict=True):
        yield Stay(each, since, until, counter)


def _sittings(
    day: date,
    begins: datetime,
    ends: datetime,
    lives: Sequence[Life],
    officer: User | None = None,
) -> list[Sitting]:
    """Return who sat where in order of opening, of one officer only where one is named."""
    desks = Desk.objects.filter(opened_at__lt=ends).exclude(closed_at__lte=begins)
    if officer is not None:
        desks = desks.filter(officer=officer)
    rows = list(desks.order_by("opened_at", "pk").values_list("counter", "opened_at", "closed_at"))
    if not rows:
        return []
    usual: dict[int, list[int]] = defaultdict(list)
    shares = CounterShare.objects.filter(weekday=day.weekday(), counter__in=[r[0] for r in rows])
    for counter, agency in shares.values_list("counter", "agency"):
        usual[counter].append(agency)
    calls = sorted(
        (stay.since, stay.counter, life.agency)
        for life in lives
        for stay in life.stays
        if stay.state == State.CALLED and stay.counter is not None
    )
    pauses = pauses_between(begins, ends)
    found = []
    for counter, opened_at, closed_at in rows:
        opens, closes = _span((max(opened_at, begins), min(closed_at or ends, ends)), begins)
        called = (a for at, c, a in calls if c == counter and opens <= at <= closes)
        alone = usual[counter][0] if len(usual[counter]) == 1 else None
        found.append(
            Sitting(
                counter,
                # Of the visitor called first, else whose counter it is on that weekday.
                next(called, alone),
                opens,
                closes,
                tuple(_span(pause, begins) for pause in pauses[counter]),
            )
        )
    return found
