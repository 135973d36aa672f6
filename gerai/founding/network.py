"""Which steps decide the day of opening: earliest and latest days, slack, the critical path.

Days are numbers from the beginning of the work (0); `Course` turns them into dates, all days of
the calendar or working days only. A span ends before its `ends`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


class Cycle(ValueError):
    """Steps wait for each other; `keys` names them in a circle."""

    def __init__(self, keys: tuple[int, ...]) -> None:
        self.keys = keys
        super().__init__(keys)


@dataclass(frozen=True)
class Task:
    """A step that takes so many days after all it needs.

    begun: the day it really began; ended: the day after its last, where it is done.
    """

    key: int
    days: int
    needs: frozenset[int] = frozenset()
    begun: int | None = None
    ended: int | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether it is over."""
        return self.ended is not None


@dataclass(frozen=True)
class Span:
    """When a step is due to happen, and how many days it may slip without moving the end."""

    key: int
    starts: int
    ends: int
    slack: int
    is_done: bool

    @property
    def is_critical(self) -> bool:
        """Tell whether a day lost here is a day lost at the end."""
        return not self.is_done and self.slack == 0


def in_order(needs: Mapping[int, frozenset[int]]) -> list[int]:
    """Return keys so that each comes after all it needs; what is not a key is passed over.

    :raises Cycle: some wait for each other

    >>> in_order({1: frozenset({2}), 2: frozenset({3, 9}), 3: frozenset()})
    [3, 2, 1]
    """
    done: dict[int, bool] = {}
    order: list[int] = []
    for first in needs:
        path = [first]
        while path:
            key = path[-1]
            if done.get(key):
                path.pop()
                continue
            done[key] = False
            waiting = [each for each in sorted(needs[key]) if each in needs and not done.get(each)]
            if not waiting:
                done[key] = True
                order.append(key)
                path.pop()
            elif waiting[0] in path:
                raise Cycle((*path[path.index(waiting[0]) :], waiting[0]))
            else:
                path.append(waiting[0])
    return order


def plan(tasks: Iterable[Task], *, today: int = 0) -> dict[int, Span]:
    """Return the span of every task by its key; what has not begun begins today at the earliest.

    :raises Cycle: some wait for each other

    >>> spans = plan([Task(1, 5), Task(2, 3, frozenset({1})), Task(3, 2, frozenset({1}))])
    >>> [(span.starts, span.ends, span.slack) for span in spans.values()]
    [(0, 5, 0), (5, 8, 0), (5, 7, 1)]
    """
    by_key = {task.key: task for task in tasks}
    order = in_order({key: task.needs for key, task in by_key.items()})
    times: dict[int, tuple[int, int]] = {}
    for key in order:
        times[key] = _time_of(by_key[key], times, today)
    finish = max((ends for _starts, ends in times.values()), default=0)
    latest = dict.fromkeys(by_key, finish)
    slack: dict[int, int] = {}
    for key in reversed(order):
        task, (starts, ends) = by_key[key], times[key]
        slack[key] = 0 if task.is_done else latest[key] - ends
        if task.is_done or task.begun is not None:
            continue
        for need in task.needs & by_key.keys():
            latest[need] = min(latest[need], starts + slack[key])
    return {
        key: Span(key, *times[key], slack=slack[key], is_done=task.is_done)
        for key, task in by_key.items()
    }


def critical_path(spans: Mapping[int, Span]) -> list[int]:
    """Return the keys of the steps that decide the end, in the order of their days."""
    deciding = [span for span in spans.values() if span.is_critical]
    return [span.key for span in sorted(deciding, key=lambda span: (span.starts, span.ends))]


def _time_of(task: Task, times: Mapping[int, tuple[int, int]], today: int) -> tuple[int, int]:
    if task.ended is not None:
        return min(task.begun if task.begun is not None else task.ended, task.ended), task.ended
    if task.begun is not None:
        # What runs over its days ends today at the earliest.
        least = today + 1 if task.days else today
        return task.begun, max(task.begun + task.days, least)
    starts = max([today, 0, *(times[need][1] for need in task.needs if need in times)])
    return starts, starts + task.days


class Course:
    """Numbered days as dates, from the day on which the work began."""

    def __init__(
        self, began: date, *, only_working: bool = False, free: Iterable[date] = ()
    ) -> None:
        self.began = began
        self.only_working = only_working
        self.free = frozenset(free)
        self._working: list[date] = []

    def day(self, number: int) -> date:
        """Return the date of a numbered day.

        >>> Course(date(2026, 11, 27), only_working=True).day(1)
        datetime.date(2026, 11, 30)
        """
        if not self.only_working:
            return self.began + timedelta(days=number)
        while len(self._working) <= number:
            last = self._working[-1] if self._working else self.began - timedelta(days=1)
            self._working.append(self._next(last))
        return self._working[max(number, 0)]

    def number(self, day: date) -> int:
        """Return how many days of the course lie before a date, never less than none."""
        if day <= self.began:
            return 0
        span = (day - self.began).days
        if not self.only_working:
            return span
        return sum(self._works(self.began + timedelta(days=each)) for each in range(span))

    def last_day(self, span: Span) -> date:
        """Return the date on which a span is over at its evening."""
        return self.day(max(span.ends - 1, span.starts))

    def _works(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.free

    def _next(self, day: date) -> date:
        day += timedelta(days=1)
        while not self._works(day):
            day += timedelta(days=1)
        return day
