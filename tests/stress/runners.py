"""What each process of a race does: the product's actions, and the same without guards."""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any

import django


def race(runner: Any, tasks: list[tuple[Any, ...]]) -> list[Any]:
    """Run one task a process, all at once, and return what each brought home."""
    spawn = get_context("spawn")
    with ProcessPoolExecutor(
        len(tasks), mp_context=spawn, initializer=line_up, initargs=(spawn.Barrier(len(tasks)),)
    ) as processes:
        return [done.result(120) for done in [processes.submit(runner, *task) for task in tasks]]


def line_up(barrier: Barrier) -> None:
    """Make a process ready for Django, then wait for the others: who is late races nobody."""
    django.setup()
    barrier.wait(120)


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


def call_by_stale_turns(slug: str, desk_id: int) -> list[int]:
    """Choose as the product does, but by turns and heads that were read before the lock.

    Each ticket is still called once: its move is conditional.
    """
    import time

    from django.db import transaction

    from gerai import clock
    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.people.audit import SYSTEM
    from gerai.queue.actions.moves import TooLate, move
    from gerai.queue.models import Desk, LineDay, Ticket
    from gerai.queue.queries.rule import rule_in_force
    from gerai.queue.rules import Head, LineTurns, after_call, choose
    from gerai.queue.states import Verb

    with in_mall(Mall.objects.get(slug=slug)):
        desk = Desk.objects.select_related("counter").get(pk=desk_id)
        rule, called = rule_in_force(), []
        while True:
            day = LineDay.objects.get()
            turns = {"A": LineTurns(streaks={"A": tuple(day.streaks.get("A", (0, 0)))})}
            time.sleep(0.01)  # others call meanwhile: the turns are old, the heads new
            waiting = Ticket.objects.waiting().order_by("arrived_at", "pk")
            firsts = [waiting.filter(is_priority=group).first() for group in (True, False)]
            heads = [
                Head(each.pk, each.arrived_at, each.is_priority, 1, line="A")
                for each in firsts
                if each is not None
            ]
            choice = choose(heads, turns=turns, rule=rule, now=clock.now(), pool="A")
            if choice is None:
                return called
            ticket = Ticket.objects.select_related("line").get(pk=choice.ticket_id)
            after = after_call(turns, line="A", is_priority=ticket.is_priority, rule=rule, pool="A")
            try:
                with transaction.atomic():
                    move(ticket, Verb.CALL, by=SYSTEM, counter=desk.counter, times_called=1)
                    LineDay.objects.update(streaks={"A": list(after["A"].streaks["A"])})
                    Ticket.objects.filter(pk=ticket.pk).update(state="done")
            except TooLate:
                continue
            called.append(ticket.pk)


def finish(slug: str, ticket_ids: list[int]) -> list[int]:
    """Finish each of these numbers unless somebody did; return the next places it entered."""
    from gerai.errors import Refused
    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.people.audit import SYSTEM
    from gerai.queue.actions import serving
    from gerai.queue.models import Ticket

    with in_mall(Mall.objects.get(slug=slug)):
        entered = []
        for key in ticket_ids:
            ticket = Ticket.objects.select_related("line", "service", "counter").get(pk=key)
            try:
                onward = serving.finish(ticket, by=SYSTEM)
            except Refused:
                continue
            entered += [onward.pk] if onward is not None else []
        return entered


def finish_unguarded(slug: str, ticket_ids: list[int]) -> list[int]:
    """Finish by reading, then writing without a condition, and enter the next line."""
    import time

    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.queue.models import Ticket
    from gerai.queue.states import State

    with in_mall(Mall.objects.get(slug=slug)):
        entered = []
        for key in ticket_ids:
            ticket = Ticket.objects.get(pk=key)
            if ticket.state != State.SERVING:
                continue
            time.sleep(0.01)
            Ticket.objects.filter(pk=key).update(state=State.DONE)
            ticket.pk, ticket.state, ticket.number, ticket.counter = None, State.WAITING, None, None
            ticket.save(force_insert=True)
            entered.append(int(ticket.pk or 0))
        return entered


def come_over_unguarded(slug: str, ticket_ids: list[int]) -> int:
    """Come over into the line by the published bound, weighed without holding the line.

    Returns how many of the line it put them before.
    """
    import time

    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.queue.models import Ticket
    from gerai.queue.queries.routes import place_rule, placed_in
    from gerai.queue.states import State

    with in_mall(Mall.objects.get(slug=slug)):
        weighed = []
        for ticket in Ticket.objects.select_related("line").filter(pk__in=ticket_ids):
            placed = placed_in(
                ticket.line,
                ticket.day,
                ticket.arrived_at,
                is_priority=False,
                most=place_rule().most_passed,
            )
            weighed.append((ticket, placed))
        time.sleep(0.2)
        for ticket, (placed_at, _passed) in weighed:
            ticket.came_from_id, ticket.arrived_at = ticket.pk, placed_at
            ticket.pk, ticket.state, ticket.number, ticket.counter = None, State.WAITING, None, None
            ticket.save(force_insert=True)
        return sum(passed for _ticket, (_placed_at, passed) in weighed)


def enter_unguarded(slug: str, step_ids: list[int]) -> int:
    """Let visits enter the lines of these steps by reading, then writing; return how many."""
    import time

    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.queue.models import PlannedStep, Ticket
    from gerai.queue.queries.routes import has_ticket_in_house
    from gerai.queue.states import State

    with in_mall(Mall.objects.get(slug=slug)):
        entered = 0
        for key in step_ids:
            step = PlannedStep.objects.get(pk=key)
            if has_ticket_in_house(step.visit_id):
                continue
            time.sleep(0.05)
            ticket = Ticket.objects.filter(visit=step.visit_id).order_by("pk")[0]
            ticket.pk, ticket.state, ticket.number, ticket.counter = None, State.WAITING, None, None
            ticket.save(force_insert=True)
            entered += 1
        return entered


def enter(slug: str, step_ids: list[int]) -> int:
    """Let visits enter the lines of these steps, unless they stand in one; return how many."""
    from gerai.errors import Refused
    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.people.audit import SYSTEM
    from gerai.queue.actions.routes import enter_step
    from gerai.queue.models import PlannedStep

    with in_mall(Mall.objects.get(slug=slug)):
        entered = 0
        for key in step_ids:
            step = PlannedStep.objects.select_related("service__agency").get(pk=key)
            try:
                enter_step(step, by=SYSTEM)
            except Refused:
                continue
            entered += 1
        return entered


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


def take_limited(slug: str, service_id: int, keys: list[str]) -> int:
    """Take numbers of a service with a daily limit; return how many were given."""
    from gerai.directory.models import Service
    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.people.audit import VISITOR
    from gerai.queue.actions import tickets
    from gerai.queue.models import Door

    with in_mall(Mall.objects.get(slug=slug)):
        service = Service.objects.select_related("agency").get(pk=service_id)
        given = 0
        for key in keys:
            try:
                tickets.take(service, door=Door.KIOSK, idempotency_key=key, by=VISITOR)
            except tickets.NumbersGone:
                continue
            given += 1
        return given


def claim_unguarded(slug: str, service_id: int, times: int, limit: int) -> int:
    """Claim places under a limit by reading, then writing; return how many were given."""
    import time

    from gerai import clock
    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.queue.models import ServiceDay

    with in_mall(Mall.objects.get(slug=slug)) as mall:
        day = clock.local_day(clock.now(), mall.zone)
        row, _ = ServiceDay.objects.get_or_create(mall=mall, service_id=service_id, day=day)
        given = 0
        for _round in range(times):
            before = ServiceDay.objects.get(pk=row.pk).given
            time.sleep(0.001)
            if before < limit:
                ServiceDay.objects.filter(pk=row.pk).update(given=before + 1)
                given += 1
        return given


def decide_as(slug: str, closing_ids: list[int], approves: bool) -> list[int]:
    """Decide about closings; return those that this process decided."""
    from gerai.directory.actions.closings import DecidedAlready
    from gerai.directory.queries.closings import closing_with
    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.people.audit import SYSTEM
    from gerai.queue.actions import closings

    act = closings.approve_closing if approves else closings.refuse_closing
    with in_mall(Mall.objects.get(slug=slug)):
        decided = []
        for key in closing_ids:
            closing = closing_with(key)
            assert closing is not None
            try:
                act(closing, by=SYSTEM)
            except DecidedAlready:
                continue
            decided.append(key)
        return decided
