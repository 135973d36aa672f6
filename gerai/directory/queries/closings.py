"""Closings that wait for a decision, are in force, or are over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from gerai import clock
from gerai.directory.models import Agency, Closing, Counter
from gerai.directory.states import ClosingState
from gerai.malls.scope import current_mall


def closings_asked(moment: datetime) -> list[Closing]:
    """Return the closings that wait for a decision and can still be decided, oldest first."""
    return list(
        _told().filter(state=ClosingState.ASKED, ends_at__gt=moment).order_by("asked_at", "pk")
    )


def closings_in_force(moment: datetime) -> list[Closing]:
    """Return the closings that close now, those that end soonest first."""
    return list(in_force(moment).order_by("ends_at", "pk"))


def closings_of_day(day: date) -> list[Closing]:
    """Return all closings of a mall day, newest first."""
    zone = current_mall().zone
    morning = clock.at(day, 0, 0, zone)
    night = clock.at(day + timedelta(days=1), 0, 0, zone)
    return list(_told().filter(starts_at__lt=night, ends_at__gt=morning).order_by("-asked_at"))


def closings_of(
    counter: Counter, agencies: list[Agency] | tuple[Agency, ...], moment: datetime
) -> list[Closing]:
    """Return what is asked or approved of a counter or its agencies and is not over yet."""
    return list(
        _told()
        .filter(
            Q(counter=counter) | Q(agency__in=agencies),
            state__in=[ClosingState.ASKED, ClosingState.APPROVED],
            ends_at__gt=moment,
        )
        .order_by("starts_at", "pk")
    )


def in_force(moment: datetime) -> QuerySet[Closing]:
    """Return the closings that close at a moment, to be asked further."""
    found: QuerySet[Closing] = _told().filter(
        state=ClosingState.APPROVED, starts_at__lte=moment, ends_at__gt=moment
    )
    return found


@dataclass(frozen=True)
class ClosedNow:
    """What is closed at a moment: keys of counters, and of agencies with all their counters."""

    counters: frozenset[int]
    agencies: frozenset[int]

    def counter(self, counter: Counter, agencies: Iterable[Agency]) -> bool:
        """Tell whether a counter is closed: itself, or every agency that sits there."""
        theirs = {agency.pk for agency in agencies}
        return counter.pk in self.counters or (bool(theirs) and theirs <= self.agencies)


def closed_now(moment: datetime) -> ClosedNow:
    """Return what is closed at a moment, in one query."""
    rows = list(in_force(moment).order_by().values_list("counter", "agency"))
    return ClosedNow(
        frozenset(counter for counter, _agency in rows if counter is not None),
        frozenset(agency for _counter, agency in rows if agency is not None),
    )


def closing_with(key: int) -> Closing | None:
    """Return a closing with everything that is told of it."""
    found: Closing | None = _told().filter(pk=key).first()
    return found


def _told() -> QuerySet[Closing]:
    found: QuerySet[Closing] = Closing.objects.select_related(
        "counter__zone__floor", "agency", "asked_by", "decided_by"
    )
    return found
