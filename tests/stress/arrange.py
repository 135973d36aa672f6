"""A mall that is always open, made for one race, in the real database."""

from dataclasses import dataclass
from datetime import time
from itertools import count

from gerai import clock
from gerai.directory.models import CounterShare, SpecialDay, WeeklyHours
from gerai.directory.tests import factories
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM
from gerai.queue.actions import desks
from gerai.queue.models import Line, LineService

_next = count(1)


@dataclass(frozen=True)
class Race:
    """What the runners of a race need to know: plain values, for other processes."""

    slug: str
    service_id: int
    line_id: int
    desk_ids: tuple[int, ...]


def a_race(name: str, *, counters: int) -> Race:
    """Make a mall with one line and so many open desks."""
    mall = Mall.objects.create(
        slug=f"{name}-{next(_next)}-{int(clock.now().timestamp())}",
        name="MPP Lomba",
        region_code="73.11",
        zone="Asia/Makassar",
        joint_leave_closes=False,
    )
    with in_mall(mall):
        service = factories.a_service()
        for weekday in range(7):
            WeeklyHours.objects.create(
                mall=mall, weekday=weekday, opens=time(0), closes=time(23, 59, 59)
            )
        today = clock.local_day(clock.now(), mall.zone)
        SpecialDay.objects.create(mall=mall, on=today, kind="open", name="Lomba")
        line = Line.objects.create(mall=mall, agency=service.agency, code="A", name="Lomba")
        LineService.objects.create(mall=mall, line=line, service=service)
        opened = []
        for _ in range(counters):
            counter = factories.a_counter()
            for weekday in range(7):
                CounterShare.objects.create(
                    mall=mall, counter=counter, agency=service.agency, weekday=weekday
                )
            officer = factories.a_user(username=f"o{mall.pk}-{counter.pk}", agency=service.agency)
            opened.append(desks.open_desk(counter, officer=officer, by=SYSTEM).pk)
    return Race(mall.slug, service.pk, line.pk, tuple(opened))
