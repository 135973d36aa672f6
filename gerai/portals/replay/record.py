"""What a recorded day holds, whichever form its file has. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Customer:
    """Somebody who came: the line of the file, and times since the midnight of the session's day.

    service: how long the work at the counter took; None where only the calls were recorded.
    """

    line: int
    arrival: timedelta
    service: timedelta | None


@dataclass(frozen=True)
class RecordedCall:
    """A recorded call of the next customer, with the counters that were open then."""

    moment: timedelta
    open_counters: int


@dataclass(frozen=True)
class Session:
    """One line of customers on one day, first come first served.

    customers: in the order of their arrival. calls: when customers were called, where the file
    tells that; without any, a counter calls the next one as soon as it is free.
    closes: when the record ends, for services whose end was not recorded.
    recorded_wait_s: the recorded mean wait, over the snapshots; recorded_wait_per_customer_s:
    the same, each snapshot counted for the customers who came since the one before it.
    """

    day: date | None
    name: str | None
    servers: int
    customers: tuple[Customer, ...]
    calls: tuple[RecordedCall, ...] | None = None
    closes: timedelta = timedelta()
    recorded_wait_s: float | None = None
    recorded_wait_per_customer_s: float | None = None


@dataclass(frozen=True)
class Refusal:
    """A line of the file that cannot be taken as it stands, and why (Indonesian)."""

    line: int
    reason: str


@dataclass(frozen=True)
class Record:
    """A file read: its sessions in the order of their days, and what was refused."""

    sessions: tuple[Session, ...]
    refused: tuple[Refusal, ...]
    has_sessions: bool

    @property
    def servers(self) -> int:
        """Return the counters of the busiest session."""
        return max((session.servers for session in self.sessions), default=1)
