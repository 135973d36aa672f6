"""The last working day of the sample's past: a busy one, called by the usual order.

Its counters and calls are on record, so that the order of calling can be tried on it.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gerai import clock
from gerai.directory.models import CounterShare, Posting, Service
from gerai.malls.models import Mall
from gerai.people.models import User
from gerai.queue.models import Desk, Door, Group, Line, Step, Ticket, Visit
from gerai.queue.rules import CallRule
from gerai.queue.rules.simulation import Arrival, RecordedDay, Sitting, Stage, simulated
from gerai.queue.states import State, Verb

OPENS, CLOSES, HOME = 8, 15, 17
# Visitors of each hour from eight on, of twenty: most come early.
HOURS = (8, 6, 2, 1, 1, 1, 1)
# Visitors for each counter of these lines, and of the others.
ASKED_FOR = {"A": 28, "C": 20}
OTHERS = 3
WALK_S = 40


@dataclass(frozen=True)
class Record:
    """The rows of a day, not yet stored; in this order they can be."""

    visits: Sequence[Visit]
    tickets: Sequence[Ticket]
    desks: Sequence[Desk]
    steps: Sequence[Step]


def last_day(
    mall: Mall, day: date, lines: Sequence[Line], services: dict[int, list[Service]]
) -> Record:
    """Return a day on which more came than the counters could take at once.

    services: those of each line, by its key.
    """
    dice = random.Random(f"{mall.slug} {day}")  # noqa: S311 - the same day each time
    desks = _desks(mall, day)
    of_agency = {line.agency_id: line for line in lines if services[line.pk]}
    shares = CounterShare.objects.filter(weekday=day.weekday()).select_related("agency")
    serves: dict[int, list[Line]] = {}
    for share in shares.order_by("counter__position", "pk"):
        if share.agency_id in of_agency:
            serves.setdefault(share.counter_id, []).append(of_agency[share.agency_id])
    people: list[tuple[Visit, Ticket, Arrival]] = []
    for line in of_agency.values():
        counters = sum(line in theirs for theirs in serves.values())
        for number in range(1, ASKED_FOR.get(line.code, OTHERS) * counters + 1):
            service = dice.choice(services[line.pk])
            key = len(people)
            people.append(_somebody(mall, day, line, service, number=number, key=key, dice=dice))
    sittings = [
        Sitting(
            desk.counter.code,
            desk.officer.username,
            tuple(line.code for line in serves.get(desk.counter_id, ())),
            desk.opened_at,
            desk.closed_at or desk.opened_at,
        )
        for desk in desks
    ]
    agencies = {line.code: line.agency.code for line in lines}
    arrivals = tuple(sorted((each[2] for each in people), key=lambda each: each.comes_at))
    calls = {
        each.key: (each.called_at, each.counter)
        for each in simulated(RecordedDay(agencies, arrivals, tuple(sittings)), CallRule())
    }
    counters_by_code = {desk.counter.code: desk.counter for desk in desks}
    steps: list[Step] = []
    for _visit, ticket, arrival in people:
        moves: list[tuple[Verb, State, datetime, str]] = [
            (Verb.TAKE, State.WAITING, arrival.comes_at, "")
        ]
        if arrival.key in calls:
            called_at, counter = calls[arrival.key]
            begins = called_at + timedelta(seconds=WALK_S)
            ends = begins + timedelta(seconds=arrival.stages[0].serving_s)
            moves += [
                (Verb.CALL, State.CALLED, called_at, counter),
                (Verb.START, State.SERVING, begins, counter),
                (Verb.FINISH, State.DONE, ends, counter),
            ]
            ticket.state, ticket.times_called = State.DONE, 1
        else:
            home = clock.at(day, HOME, 0, mall.zone)
            moves.append((Verb.EXPIRE, State.EXPIRED, home, ""))
            ticket.state = State.EXPIRED
        steps += [
            Step(
                mall=mall,
                ticket=ticket,
                verb=verb,
                state=state,
                at=at,
                counter=counters_by_code.get(code),
            )
            for verb, state, at, code in moves
        ]
    visits, tickets = [each[0] for each in people], [each[1] for each in people]
    return Record(visits, tickets, desks, steps)


def _desks(mall: Mall, day: date) -> list[Desk]:
    """Open every counter that an officer of its agency could open; the others take turns."""
    officers = list(User.objects.filter(pk__in=Posting.objects.values("user")).order_by("pk"))
    shares = CounterShare.objects.filter(weekday=day.weekday(), agency__is_active=True)
    counters = {
        share.counter_id: share.counter
        for share in shares.select_related("counter").order_by("counter__position", "pk")
    }
    if not officers:
        return []
    return [
        Desk(
            mall=mall,
            counter=counter,
            officer=officers[place % len(officers)],
            opened_at=clock.at(day, OPENS, 0, mall.zone),
            closed_at=clock.at(day, HOME, 0, mall.zone),
        )
        for place, counter in enumerate(counters.values())
    ]


def _somebody(
    mall: Mall,
    day: date,
    line: Line,
    service: Service,
    *,
    number: int,
    key: int,
    dice: random.Random,
) -> tuple[Visit, Ticket, Arrival]:
    hour = dice.choices(range(OPENS, CLOSES), HOURS)[0]
    came = clock.at(day, hour, dice.randrange(60), mall.zone)
    group = dice.choice([Group.ORDINARY] * 8 + [Group.ELDERLY, Group.CHILD])
    token = f"contoh-{day:%y%m%d}-{dice.getrandbits(64):016x}"
    visit = Visit(
        mall=mall,
        token=token[:32],
        code="000000",
        day=day,
        door=dice.choice([Door.KIOSK, Door.KIOSK, Door.PHONE, Door.GREETER]),
        group=group,
        idempotency_key=token,
        came_at=came,
    )
    ticket = Ticket(
        mall=mall,
        visit=visit,
        line=line,
        service=service,
        day=day,
        label=f"{line.code}{number:03}",
        is_priority=group != Group.ORDINARY,
        arrived_at=came,
    )
    minutes = max(2.0, dice.gauss(line.usual_minutes, line.usual_minutes / 4))
    arrival = Arrival(
        key=key,
        label=ticket.label,
        line=line.code,
        service=service.code,
        agency=line.agency.code,
        group=str(group),
        language="id",
        comes_at=came,
        arrived_at=came,
        stages=(Stage(WALK_S, round(minutes * 60)),),
    )
    return visit, ticket, arrival
