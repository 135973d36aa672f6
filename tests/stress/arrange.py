"""A mall that is always open, made for one race, in the real database."""

from dataclasses import dataclass
from datetime import time
from itertools import count

from gerai import clock
from gerai.directory.models import CounterShare, Service, SpecialDay, WeeklyHours
from gerai.directory.tests import factories
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM
from gerai.queue.actions import calling, desks, serving
from gerai.queue.actions.routes import restore_step, take_route
from gerai.queue.models import Desk, Door, Line, LineService, PlannedStep
from gerai.queue.queries.routes import Wish

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


def between_two_lines(run: Race, keys: list[str]) -> tuple[list[int], list[int]]:
    """Let visits stand in no line, with two steps left that may both be next.

    Returns the keys of their first and of their second steps.
    """
    with in_mall(Mall.objects.get(slug=run.slug)) as mall:
        line = Line.objects.get(pk=run.line_id)
        services = [Service.objects.select_related("agency").get(pk=run.service_id)]
        for _each in range(2):
            services.append(factories.a_service(agency=line.agency))
            LineService.objects.create(mall=mall, line=line, service=services[-1])
        wishes = [Wish(each, min(stage, 2)) for stage, each in enumerate(services, start=1)]
        desk = Desk.objects.select_related("counter__zone", "mall").get(pk=run.desk_ids[0])
        for key in keys:
            take_route(wishes, door=Door.KIOSK, idempotency_key=key, by=SYSTEM)
            ticket = calling.call_next(desk, by=SYSTEM)
            serving.start(ticket, by=SYSTEM)
            serving.finish(ticket, by=SYSTEM, goes_on=False)
            for step in PlannedStep.objects.filter(visit=ticket.visit_id, state="skipped"):
                restore_step(step, by=SYSTEM)
        left = PlannedStep.objects.filter(state="planned").order_by("visit")
        first, second = (
            list(left.filter(service=each).values_list("pk", flat=True)) for each in services[1:]
        )
        return first, second


def serving_a_route(run: Race, keys: list[str]) -> list[int]:
    """Let every desk of a race serve a number whose visit needs a second service of the line."""
    with in_mall(Mall.objects.get(slug=run.slug)) as mall:
        line = Line.objects.get(pk=run.line_id)
        second = factories.a_service(agency=line.agency)
        LineService.objects.create(mall=mall, line=line, service=second)
        first = Service.objects.select_related("agency").get(pk=run.service_id)
        for key in keys:
            take_route(
                [Wish(first), Wish(second, 2)], door=Door.KIOSK, idempotency_key=key, by=SYSTEM
            )
        served = []
        for desk in Desk.objects.select_related("counter__zone", "mall").filter(
            pk__in=run.desk_ids
        ):
            ticket = calling.call_next(desk, by=SYSTEM)
            serving.start(ticket, by=SYSTEM)
            served.append(ticket.pk)
        return served
