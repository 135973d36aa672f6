"""What each process of a race does: the product's actions, and the same without guards."""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

import django


def start_up() -> None:
    """Make a fresh process ready for Django."""
    django.setup()


def race(runner: Any, tasks: list[tuple[Any, ...]]) -> list[Any]:
    """Run one task a process, all at once, and return what each brought home."""
    with ProcessPoolExecutor(
        len(tasks), mp_context=get_context("spawn"), initializer=start_up
    ) as processes:
        return [done.result(120) for done in [processes.submit(runner, *task) for task in tasks]]


def take(slug: str, service_id: int, keys: list[str]) -> list[tuple[str, int]]:
    """Take a number for each key, as the kiosk does; return (key, number)."""
    from gerai.directory.models import Service
    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.people.audit import VISITOR
    from gerai.queue.actions import tickets
    from gerai.queue.models import Door

    with in_mall(Mall.objects.get(slug=slug)):
        service = Service.objects.select_related("agency").get(pk=service_id)
        taken = []
        for key in keys:
            ticket = tickets.take(service, door=Door.KIOSK, idempotency_key=key, by=VISITOR)
            taken.append((key, ticket.number or 0))
        return taken


def take_unguarded(slug: str, line_id: int, times: int) -> list[int]:
    """Give numbers by counting what is there, as others do: read, then write."""
    import time

    from gerai import clock
    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.queue.models import Line, LineDay

    with in_mall(Mall.objects.get(slug=slug)) as mall:
        line = Line.objects.get(pk=line_id)
        day = clock.local_day(clock.now(), mall.zone)
        row, _ = LineDay.objects.get_or_create(mall=mall, line=line, day=day)
        given = []
        for _round in range(times):
            number = LineDay.objects.get(pk=row.pk).last_number + 1
            time.sleep(0.001)
            LineDay.objects.filter(pk=row.pk).update(last_number=number)
            given.append(number)
        return given


def call(slug: str, desk_id: int) -> list[int]:
    """Call, serve and finish until nobody waits; return the tickets served."""
    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.people.audit import SYSTEM
    from gerai.queue.actions import calling, serving
    from gerai.queue.models import Desk

    with in_mall(Mall.objects.get(slug=slug)):
        desk = Desk.objects.select_related("counter__zone", "mall").get(pk=desk_id)
        served = []
        while True:
            try:
                ticket = calling.call_next(desk, by=SYSTEM)
            except calling.NobodyWaiting:
                return served
            serving.start(ticket, by=SYSTEM)
            serving.finish(ticket, by=SYSTEM)
            served.append(ticket.pk)


def call_unguarded(slug: str, desk_id: int) -> list[int]:
    """Call the first waiting one by reading, then writing without a condition."""
    import time

    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.queue.models import Desk, Ticket
    from gerai.queue.states import State

    with in_mall(Mall.objects.get(slug=slug)):
        desk = Desk.objects.select_related("counter").get(pk=desk_id)
        called = []
        while True:
            first = Ticket.objects.waiting().in_order().first()
            if first is None:
                return called
            time.sleep(0.001)
            Ticket.objects.filter(pk=first.pk).update(state=State.CALLED, counter=desk.counter)
            called.append(first.pk)
            Ticket.objects.filter(pk=first.pk).update(state=State.DONE)


def keep(slug: str, words: list[str]) -> dict[str, list[str]]:
    """Add a person, a counter, a zone, a line of each name; return what this admin added."""
    from gerai.directory.actions import plan
    from gerai.directory.models import Agency, Zone
    from gerai.directory.rules import Place
    from gerai.errors import Refused
    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.people.actions import add_user
    from gerai.people.audit import SYSTEM
    from gerai.queue.actions.lines import open_line

    with in_mall(Mall.objects.get(slug=slug)):
        zone, agency = Zone.objects.select_related("floor").order_by("pk")[0], Agency.objects.get()
        done: dict[str, list[str]] = {"person": [], "counter": [], "zone": [], "line": []}
        for number, word in enumerate(words):
            corner = Place(100 * (number % 9), 150 + 70 * (number // 9), 80, 60)
            name = f"{slug}-{word}".lower()
            attempts = {
                "person": partial(add_user, username=name, name=word, password=word),
                "counter": partial(plan.add_counters, zone, [word]),
                "zone": partial(plan.add_zone, zone.floor, code=word, name=word, place=corner),
                "line": partial(
                    open_line, agency, code=word, name=word, services=[], usual_minutes=5
                ),
            }
            for kind, attempt in attempts.items():
                try:
                    attempt(by=SYSTEM)
                except Refused:
                    continue
                done[kind].append(word)
        return done
