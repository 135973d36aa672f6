"""The day as the step log tells it."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gerai.queue.models import Line, Ticket
from gerai.queue.queries.places import durations_of
from gerai.queue.rules import Durations


@dataclass(frozen=True)
class WaitingReport:
    """Waits of the tickets that were called, in seconds."""

    customers: int
    mean_s: float
    median_s: float
    max_s: float
    share_waiting: float


def waiting_report(day: date, line: Line | None = None) -> WaitingReport:
    """Return how long the served visitors of a day (and line) waited until their call."""
    tickets = Ticket.objects.filter(day=day, times_called__gt=0)
    if line is not None:
        tickets = tickets.filter(line=line)
    return summary(list(durations_of(list(tickets.values_list("pk", flat=True))).values()))


def summary(days: Sequence[Durations]) -> WaitingReport:
    """Return mean, median and longest wait, and the share that waited at all.

    >>> summary([Durations(waiting=0.0), Durations(waiting=90.0)])
    WaitingReport(customers=2, mean_s=45.0, median_s=45.0, max_s=90.0, share_waiting=0.5)
    """
    waits = [day.waiting for day in days]
    if not waits:
        return WaitingReport(0, 0.0, 0.0, 0.0, 0.0)
    return WaitingReport(
        customers=len(waits),
        mean_s=statistics.fmean(waits),
        median_s=statistics.median(waits),
        max_s=max(waits),
        share_waiting=sum(wait > 0 for wait in waits) / len(waits),
    )
