"""What an alarm is, since when, which one hurts most, and when it is told again. Pure.

An alarm is found anew at every look; that it was handled keeps it quiet for a while only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

USUAL_WAIT_MIN = 30
USUAL_EMPTY_MIN = 5
USUAL_AGAIN_MIN = 15
LONGEST_WAIT_MIN = 480
# Somebody looks every minute; after a longer gap nobody knows when an alarm ended.
LOOK_EVERY = timedelta(minutes=1)
SEEN_WITHIN = timedelta(minutes=3)
LOOK_AT_LEAST_EVERY = timedelta(hours=1)
# A look that is so late is made by nobody any more.
OVERDUE = timedelta(minutes=3)


class Kind(StrEnum):
    """What is the matter."""

    WAIT = "wait"
    EMPTY = "empty"
    DEVICE = "device"
    MUTE = "mute"
    PRINTER = "printer"


@dataclass(frozen=True, slots=True)
class Found:
    """An alarm as it is now.

    ref: key of the line, counter, device or printer; name: what it is called; place: where it is.
    people: who waits past the promise, or for the empty counter. lost_s: seconds by which they
    wait too long, all together; of an empty counter how long it has been empty. promised_s: the
    longest wait promised there. is_minor: it works still, as a printer with little paper.
    words: what a printer or device says of itself.
    """

    kind: Kind
    ref: int
    name: str
    since: datetime
    place: str = ""
    people: int = 0
    lost_s: float = 0.0
    promised_s: int = 0
    is_minor: bool = False
    words: str = ""

    @property
    def rank(self) -> int:
        """Return how much it hurts, 0 first: people first, then what will soon cost people time."""
        if self.kind is Kind.WAIT:
            return 0
        if self.kind is Kind.EMPTY:
            return 1 if self.people else 4
        return 3 if self.is_minor or self.kind is Kind.MUTE else 2


def by_pain(found: Iterable[Found]) -> list[Found]:
    """Return alarms, the most painful first: by rank, then by time lost, then the oldest.

    >>> at = datetime(2026, 11, 23, 10)
    >>> alarms = [Found(Kind.EMPTY, 1, "3", at), Found(Kind.WAIT, 7, "A", at, people=2)]
    >>> [alarm.name for alarm in by_pain(alarms)]
    ['A', '3']
    """
    return sorted(found, key=lambda each: (each.rank, -each.lost_s, each.since, each.ref))


@dataclass(frozen=True, slots=True)
class Late:
    """Who waits past the promise in a line: how many, how long too long, since when somebody."""

    people: int
    lost_s: float
    since: datetime


def late_ones(waited_s: Sequence[float], *, limit_s: float, now: datetime) -> Late | None:
    """Return who has waited longer than promised, None where nobody has.

    >>> late_ones([60.0, 900.0], limit_s=600, now=datetime(2026, 11, 23, 10, 15))
    Late(people=1, lost_s=300.0, since=datetime.datetime(2026, 11, 23, 10, 10))
    """
    over = [waited - limit_s for waited in waited_s if waited > limit_s]
    if not over:
        return None
    return Late(len(over), sum(over), now - timedelta(seconds=max(over)))


@dataclass(frozen=True, slots=True)
class Promise:
    """The longest wait promised in a line, 1 to 480 minutes, and where that is written."""

    wait_min: int
    source: str


@dataclass(frozen=True, slots=True)
class MallLimits:
    """From when on a mall is alarmed, in minutes, and where its promised longest wait is written.

    empty_min: so long may a counter on duty be empty. again_min: so long a handled alarm is quiet.
    """

    wait_min: int
    wait_source: str
    empty_min: int
    again_min: int


def late_lines(
    waited_s: Mapping[int, Sequence[float]],
    *,
    own_min: Mapping[int, int],
    usual_min: int,
    now: datetime,
) -> dict[int, tuple[int, Late]]:
    """Return line → the minutes promised there and who has waited longer, where somebody has.

    own_min: line → its own promise; elsewhere `usual_min` holds, the mall's.

    >>> late = late_lines(
    ...     {1: [900.0], 2: [900.0]}, own_min={2: 10}, usual_min=30, now=datetime(2026, 11, 23, 10)
    ... )
    >>> {line: (minutes, each.people) for line, (minutes, each) in late.items()}
    {2: (10, 1)}
    """
    found = {}
    for line, waited in waited_s.items():
        promised = own_min.get(line, usual_min)
        late = late_ones(waited, limit_s=promised * 60.0, now=now)
        if late is not None:
            found[line] = (promised, late)
    return found


def stretch_begin(stretches: Iterable[tuple[time, time]], at: time) -> time | None:
    """Return when the working stretch of a moment began; None outside of all.

    >>> stretch_begin([(time(8), time(12)), (time(13), time(15))], time(13, 5))
    datetime.time(13, 0)
    """
    return next((begins for begins, ends in stretches if begins <= at < ends), None)


def is_quiet(handled_at: datetime | None, *, again_min: int, now: datetime) -> bool:
    """Tell whether an alarm that was handled is not told again yet."""
    return handled_at is not None and now < handled_at + timedelta(minutes=again_min)


def ended(last_look: datetime | None, now: datetime) -> tuple[datetime, bool]:
    """Return when an alarm that is gone ended, and whether that is known to some minutes.

    It was true at the last look and is not now.
    """
    if last_look is None or now - last_look <= SEEN_WITHIN:
        return now, True
    return last_look, False


def next_look(now: datetime, opens_at: datetime | None, *, is_open: bool) -> datetime:
    """Return when to look again: in a minute while the mall works, else when it opens.

    Once an hour at least, as somebody may change the hours meanwhile.
    """
    if is_open:
        return now + LOOK_EVERY
    latest = now + LOOK_AT_LEAST_EVERY
    return min(opens_at, latest) if opens_at is not None else latest
