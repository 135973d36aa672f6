"""The only reader of the system clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_simulated: datetime | None = None


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    if _simulated is not None:
        return _simulated
    return datetime.now(UTC)  # noqa: TID251 - here and nowhere else


def zone_of(name: str) -> ZoneInfo:
    """Return an IANA zone."""
    return ZoneInfo(name)


def local(moment: datetime, zone: str) -> datetime:
    """Return a moment as the wall clock of an IANA zone shows it."""
    return moment.astimezone(ZoneInfo(zone))


def local_day(moment: datetime, zone: str) -> date:
    """Return the calendar day of a moment in an IANA zone."""
    return local(moment, zone).date()


def at(day: date, hour: int, minute: int, zone: str) -> datetime:
    """Return the aware moment of a wall-clock time in an IANA zone."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))


@contextmanager
def simulated(start: datetime) -> Iterator[None]:
    """Stop the clock of this whole process at a moment; move it on with `turn_to`.

    Only the replay of a recorded day does this, in a process of its own.
    """
    turn_to(start)
    try:
        yield
    finally:
        _turn(None)


def turn_to(moment: datetime) -> None:
    """Turn the simulated clock of this process to a moment."""
    _turn(moment.astimezone(UTC))


def _turn(moment: datetime | None) -> None:
    global _simulated
    _simulated = moment
