"""One service from the door to the result."""

import statistics
from collections import Counter as Tally
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import CounterShare, Service, Standard
from gerai.malls.scope import current_mall
from gerai.queue.models import Ticket
from gerai.queue.queries.places import durations_of
from gerai.website.exports.facts import services_shown, standards_in_force

STEPS_TOLD = 5


@dataclass(frozen=True)
class Journey:
    """One service from the door to the result, as it is now."""

    service: Service
    standard: Standard | None
    needs: int
    waiting: int
    usual_wait: int | None
    usual_serving: int | None
    counted: int
    counters: tuple[str, ...]
    place: str

    @property
    def promise(self) -> str:
        """Return the promised time: in numbers where it is counted, else as it is written."""
        standard = self.standard
        if standard is None:
            return ""
        counts = [str(each) for each in (standard.duration_min, standard.duration_max) if each]
        if not counts or not standard.duration_unit:
            return standard.duration_text
        return f"{'-'.join(dict.fromkeys(counts))} {standard.get_duration_unit_display()}"

    @property
    def steps(self) -> list[str]:
        """Return the first steps of the procedure."""
        return list(self.standard.procedure[:STEPS_TOLD]) if self.standard else []


def _tells_its_way(standard: Standard | None) -> bool:
    """Tell whether requirements, time and product are stated."""
    return standard is not None and all(
        (standard.requirements.all(), standard.duration_text, standard.product)
    )


def journey() -> Journey | None:
    """Return what is asked for most lately, of the services that say what they promise."""
    today = clock.local_day(clock.now(), current_mall().zone)
    shown = services_shown()
    if not shown:
        return None
    since = today - timedelta(days=30)
    lately = Tally(
        dict(
            Ticket.objects.filter(day__gt=since, day__lte=today)
            .order_by()
            .values_list("service")
            .annotate(count=Count("pk"))
        )
    )
    in_force = standards_in_force(shown, today)
    shares = CounterShare.objects.filter(weekday=today.weekday(), counter__is_active=True)
    here = set(shares.values_list("agency_id", flat=True))
    chosen = max(
        shown,
        key=lambda each: (
            _tells_its_way(in_force.get(each.pk)),
            each.agency_id in here,
            lately[each.pk],
            -each.pk,
        ),
    )
    called = Ticket.objects.filter(
        Q(service=chosen), day__gt=since, day__lte=today, times_called__gt=0
    )
    spent = list(durations_of(list(called.values_list("pk", flat=True)[:400])).values())
    served = [each.serving / 60 for each in spent if each.serving]
    standard = in_force.get(chosen.pk)
    seats = directory.counters_of(chosen.agency, today)
    zone = seats[0].zone if seats else None
    return Journey(
        service=chosen,
        standard=standard,
        needs=len(standard.requirements.all()) if standard else 0,
        waiting=Ticket.objects.waiting().filter(service=chosen, day=today).count(),
        usual_wait=round(statistics.median([each.waiting / 60 for each in spent]))
        if spent
        else None,
        usual_serving=round(statistics.median(served)) if served else None,
        counted=len(spent),
        counters=tuple(seat.code for seat in seats),
        place=f"{zone.floor.name}, {zone.name}" if zone else "",
    )
