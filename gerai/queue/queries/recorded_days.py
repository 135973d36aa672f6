"""A day of the queue as the step log tells it, to be played once more under another rule."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import CounterShare
from gerai.malls.scope import current_mall
from gerai.people.models import Deed
from gerai.queue.models import Desk, Line, LineService, Rule, Step, Ticket
from gerai.queue.queries.places import durations_of
from gerai.queue.queries.rule import rule_of
from gerai.queue.rules.simulation import Arrival, RecordedDay, Sitting, Stage
from gerai.queue.states import AT_A_COUNTER, State, Verb


def recorded_day(day: date) -> RecordedDay:
    """Return what a replay needs of a day, in some ten queries however many came."""
    zone = current_mall().zone
    begins = clock.at(day, 0, 0, zone)
    ends = min(clock.at(day + timedelta(days=1), 0, 0, zone), clock.now())
    lines = {line.pk: line for line in Line.objects.select_related("agency").order_by("code")}
    tickets = list(
        Ticket.objects.filter(day=day).select_related("visit", "service__agency").order_by("pk")
    )
    logs = _logs(tickets)
    still = tuple(directory.stillness(begins, ends))
    return RecordedDay(
        lines={line.code: line.agency.code for line in lines.values()},
        arrivals=tuple(_arrivals(tickets, logs, lines, ends)),
        sittings=tuple(_sittings(day, begins, ends, logs, still)),
        still=still,
        out_of_turn=sum(log.out_of_turn for log in logs.values()),
    )


def last_days(count: int) -> list[date]:
    """Return the last days on which numbers were given out, the newest first."""
    days = Ticket.objects.order_by("-day").values_list("day", flat=True).distinct()
    return list(days[:count])


@dataclass
class _Turn:
    """A call and what came of it, while the log is read."""

    counter: str
    called_at: datetime
    ready_at: datetime
    started_at: datetime | None = None
    freed_at: datetime | None = None
    served_s: float = 0.0
    outcome: str = "done"
    back_after: float | None = None

    def stage(self, following: "_Turn | None", *, until: datetime) -> Stage:
        """Return it for a replay; whoever is still there at the end stays until then."""
        walked_until = self.started_at or self.freed_at or self.called_at
        still_there = until if self.freed_at is None else walked_until
        return Stage(
            walking_s=(walked_until - self.called_at).total_seconds(),
            serving_s=self.served_s + (still_there - walked_until).total_seconds(),
            outcome=self.outcome,
            back_after=self.back_after,
            to=following.counter if following and self.outcome == "sent" else "",
        )


@dataclass
class _Log:
    """The steps of one ticket, read as comings to a counter."""

    came_at: datetime | None = None
    left_at: datetime | None = None
    turns: list[_Turn] = field(default_factory=list)
    ready_at: datetime | None = None
    serving_since: datetime | None = None
    out_of_turn: int = 0

    def read(self, step: Step) -> None:
        """Take one more step."""
        at, verb = step.at, step.verb
        if step.state == State.WAITING and self.came_at is None:
            self.came_at = self.ready_at = at
        elif verb == Verb.CALL:
            # A day that came from elsewhere may name no counter.
            counter = step.counter.code if step.counter is not None else ""
            self.turns.append(_Turn(counter, at, self.ready_at or at))
            self.out_of_turn += step.explanation.get("reason") == "chosen_by_officer"
        elif verb == Verb.UNDO_CALL:
            self.turns.pop()
        elif verb == Verb.LEAVE and not self._is_at_counter():
            self.left_at = at
        elif verb == Verb.BRING_BACK and self.turns:
            self.turns[-1].back_after = (at - (self.turns[-1].freed_at or at)).total_seconds()
            self.ready_at = at
        elif self.turns:
            self._at_counter(self.turns[-1], step)

    def _is_at_counter(self) -> bool:
        return bool(self.turns) and self.turns[-1].freed_at is None

    def _at_counter(self, turn: _Turn, step: Step) -> None:
        if step.verb in (Verb.START, Verb.RESUME, Verb.UNDO_HOLD, Verb.UNDO_FINISH):
            turn.started_at = turn.started_at or step.at
            turn.freed_at, self.serving_since = None, step.at
            return
        if step.verb == Verb.UNDO_START:
            turn.started_at = self.serving_since = None
            return
        if step.verb == Verb.UNDO_MISS:
            turn.freed_at, turn.outcome = None, "done"
            return
        if step.state in AT_A_COUNTER:
            return
        if self.serving_since is not None:
            turn.served_s += (step.at - self.serving_since).total_seconds()
            self.serving_since = None
        turn.freed_at = turn.freed_at or step.at
        if step.verb == Verb.MISS:
            turn.outcome = "absent"
        elif step.verb == Verb.SEND_ON:
            turn.outcome, self.ready_at = "sent", step.at

    def stages(self, until: datetime) -> tuple[Stage, ...]:
        """Return the comings to a counter in order. until: the end of the record."""
        following = [*self.turns[1:], None] if self.turns else []
        return tuple(
            turn.stage(after, until=until)
            for turn, after in zip(self.turns, following, strict=True)
        )


def _logs(tickets: Sequence[Ticket]) -> dict[int, _Log]:
    logs: dict[int, _Log] = defaultdict(_Log)
    days = {ticket.day for ticket in tickets}
    steps = Step.objects.filter(ticket__day__in=days).select_related("counter").order_by("pk")
    for step in steps.iterator(2000):
        logs[step.ticket_id].read(step)
    return {key: log for key, log in logs.items() if log.came_at is not None}


def _arrivals(
    tickets: Sequence[Ticket], logs: dict[int, _Log], lines: dict[int, Line], ends: datetime
) -> Iterable[Arrival]:
    spent = durations_of(list(logs))
    usual = {
        service: lines[line].code
        for service, line in LineService.objects.values_list("service", "line")
    }
    rules = [rule_of(each) for each in Rule.objects.all() if each.document.get("routes")]
    for ticket in tickets:
        log = logs.get(ticket.pk)
        if log is None:
            continue
        line = lines[ticket.line_id]
        # A ticket that a route brought here stands elsewhere under a rule without that route.
        is_routed = any(route.line == line.code for rule in rules for route in rule.routes)
        yield Arrival(
            key=ticket.pk,
            label=ticket.label,
            line=line.code,
            service=ticket.service.code,
            agency=line.agency.code,
            group=str(ticket.visit.group) if ticket.is_priority else "ordinary",
            language=ticket.visit.language,
            comes_at=log.came_at or ticket.arrived_at,
            arrived_at=ticket.arrived_at,
            stages=log.stages(ends),
            usual_line=usual.get(ticket.service_id, "") if is_routed else "",
            follows=ticket.came_from_id if ticket.came_from_id in logs else None,
            leaves_at=log.left_at,
            waited_s=spent[ticket.pk].waiting if log.turns else None,
            called_at=log.turns[0].called_at if log.turns else None,
        )


def _sittings(
    day: date,
    begins: datetime,
    ends: datetime,
    logs: dict[int, _Log],
    still: Sequence[tuple[datetime, datetime]],
) -> Iterable[Sitting]:
    lines = defaultdict(list)
    for code, agency in Line.objects.order_by("code").values_list("code", "agency"):
        lines[agency].append(code)
    served: dict[str, list[str]] = defaultdict(list)
    shares = CounterShare.objects.filter(weekday=day.weekday())
    for counter, agency in shares.values_list("counter__code", "agency").order_by("agency"):
        served[counter] += lines[agency]
    pauses = pauses_between(begins, ends)
    turns = defaultdict(list)
    for log in logs.values():
        for turn in log.turns:
            turns[turn.counter].append(turn)
    desks = Desk.objects.filter(opened_at__lt=ends).exclude(closed_at__lte=begins)
    for desk in desks.select_related("counter", "officer").order_by("opened_at", "pk"):
        opens, closes = desk.opened_at, min(desk.closed_at or ends, ends)
        counter = desk.counter.code
        sitting = Sitting(
            counter=counter,
            officer=desk.officer.username,
            lines=tuple(dict.fromkeys(served[counter])),
            opens=opens,
            closes=closes,
            pauses=tuple(sorted((*pauses[desk.counter_id], *still))),
        )
        own = [turn for turn in turns[counter] if opens <= turn.called_at <= closes]
        yield replace(sitting, readiness=tuple(_readiness(sitting, own)))


def pauses_between(begins: datetime, ends: datetime) -> dict[int, list[tuple[datetime, datetime]]]:
    """Return counter key → pauses, as the trail tells them."""
    pauses: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    since: dict[int, datetime] = {}
    verbs = ("queue.pause", "queue.go_on", "queue.close_desk")
    deeds = Deed.objects.filter(verb__in=verbs, at__range=(begins, ends)).order_by("pk")
    for verb, thing, at in deeds.values_list("verb", "thing", "at"):
        counter = int(thing.partition(":")[2])
        if verb == "queue.pause":
            since.setdefault(counter, at)
        elif counter in since:
            pauses[counter].append((since.pop(counter), at))
    for counter, at in since.items():
        pauses[counter].append((at, ends))
    return pauses


def _readiness(sitting: Sitting, turns: Sequence[_Turn]) -> Iterable[float]:
    """Return how many seconds a counter took to call once it could, call by call."""
    free = sitting.opens
    for turn in sorted(turns, key=lambda each: each.called_at):
        could = max(free, turn.ready_at)
        for begin, end in sitting.pauses:
            if begin <= could < end <= turn.called_at:
                could = end
        yield max((turn.called_at - could).total_seconds(), 0.0)
        free = turn.freed_at or sitting.closes
