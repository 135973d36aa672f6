"""A working day in minutes: breaks do not count, and what a wait comes to on the clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Pause:
    """Nobody is called from a moment until another one; name: of a Friday prayer, else empty.

    until: None after closing.
    """

    since: datetime
    until: datetime | None
    name: str = ""


@dataclass(frozen=True)
class WorkingDay:
    """The stretches in which people are called, in order; without any, the whole day is one.

    name: of the break that follows each stretch, mostly empty.
    """

    stretches: tuple[tuple[datetime, datetime], ...] = ()
    names: tuple[str, ...] = ()

    def minutes_at(self, moment: datetime, midnight: datetime) -> float:
        """Return the minutes worked since midnight; before and after hours time counts fully.

        So the figure rises with the clock, and stands still in a break.
        """
        minutes = (moment - midnight).total_seconds() / 60
        for pause in self._breaks():
            assert pause.until is not None
            passed = min(moment, pause.until) - pause.since
            minutes -= max(passed.total_seconds(), 0.0) / 60
        return minutes

    def waits(self, moment: datetime, minutes: float) -> float:
        """Return how long so many minutes of work take on the clock, from a moment on.

        Nobody is called before opening or in a break; after closing the work goes on.
        """
        end = moment + timedelta(minutes=minutes)
        if self.stretches and moment < self.stretches[0][0]:
            end += self.stretches[0][0] - moment
        for pause in self._breaks():
            assert pause.until is not None
            if pause.since <= end and moment < pause.until:
                end += pause.until - max(pause.since, moment)
        return (end - moment).total_seconds() / 60

    def crossed(self, moment: datetime, minutes: float) -> Pause | None:
        """Return what lies within so many minutes on the clock: closing, else the last break."""
        if not self.stretches:
            return None
        end = moment + timedelta(minutes=minutes)
        closes = self.stretches[-1][1]
        if moment < closes < end:
            return Pause(closes, None)
        within = [
            pause
            for pause in self._breaks()
            if pause.since < end and pause.until is not None and moment < pause.until
        ]
        return within[-1] if within else None

    def _breaks(self) -> list[Pause]:
        names = self.names or ("",) * len(self.stretches)
        following = zip(self.stretches, self.stretches[1:], names, strict=False)
        return [Pause(before[1], after[0], name) for before, after, name in following]
