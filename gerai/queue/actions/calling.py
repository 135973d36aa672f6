"""Calling visitors to a counter, and taking a call back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError
from django.db.models import BooleanField, Case, Count, Exists, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.queries.closings import closed_now, in_force
from gerai.errors import Refused
from gerai.people import audit
from gerai.queue.actions import speech
from gerai.queue.actions.closings import ClosedForAWhile
from gerai.queue.actions.moves import move
from gerai.queue.models import Desk, Line, LineDay, Ticket
from gerai.queue.queries.nights import waits_for_return
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.rules import (
    CallRule,
    Choice,
    Head,
    LineTurns,
    after_call,
    choose,
    undone,
)
from gerai.queue.states import AT_A_COUNTER, Verb
from gerai.transactions import inside_transaction, one_transaction


class NobodyWaiting(Refused):
    """The lines of this counter are empty."""

    message = _("Tidak ada yang menunggu saat ini. Nomor baru akan muncul sendiri di halaman ini.")


class CounterBusy(Refused):
    """The counter has a visitor already."""

    message = _("Loket ini masih melayani satu nomor. Selesaikan atau tunda dahulu nomor itu.")


class CounterNotReady(Refused):
    """The counter is paused or closed."""

    message = _("Loket sedang jeda atau tutup. Lanjutkan atau buka loket dahulu.")


class NotThisCounter(Refused):
    """The ticket belongs to a line that this counter does not serve today."""

    message = _("Nomor ini bukan antrean loket Anda hari ini.")
    status = 403


class CalledEnough(Refused):
    """The ticket was called as often as the rule allows."""

    message = _("Nomor ini sudah dipanggil sebanyak aturan mal. Tandai tidak hadir.")


def call_next(desk: Desk, *, by: audit.Actor) -> Ticket:
    """Call whom the mall's rule says is next in this counter's lines.

    :raises NobodyWaiting: all its lines are empty
    :raises CounterBusy: it has a visitor
    :raises CounterNotReady: it is paused or closed
    """
    try:
        return _call_next(desk, by=by)
    except IntegrityError as busy:
        raise CounterBusy from busy


def call_chosen(ticket: Ticket, desk: Desk, *, by: audit.Actor) -> Ticket:
    """Call a certain waiting ticket of this counter's lines, out of turn.

    :raises NotThisCounter: its line is not served here today
    :raises TooLate: it does not wait any more
    :raises CounterBusy, CounterNotReady: as `call_next`
    """
    try:
        return _call_chosen(ticket, desk, by=by)
    except IntegrityError as busy:
        raise CounterBusy from busy


@one_transaction
def _call_next(desk: Desk, *, by: audit.Actor) -> Ticket:
    _check_ready(desk)
    rule = rule_in_force()
    days = _locked_days(desk)
    seat = _seat(desk, days, rule)
    firsts = _firsts(desk, days, rule)
    choice = choose(
        [_head(each) for each in firsts],
        turns=_turns(days),
        rule=rule,
        now=clock.now(),
        plan=seat.plan,
        pool=seat.pool,
    )
    if choice is None:
        raise NobodyWaiting
    ticket: Ticket = next(each for each in firsts if each.pk == choice.ticket_id)
    _call(ticket, desk, choice, days=days, rule=rule, by=by)
    return ticket


@one_transaction
def _call_chosen(ticket: Ticket, desk: Desk, *, by: audit.Actor) -> Ticket:
    _check_ready(desk)
    rule = rule_in_force()
    days = _locked_days(desk)
    if ticket.line_id not in {day.line_id for day in days}:
        raise NotThisCounter
    explanation = {"reason": "chosen_by_officer", "by": by.name, "version": rule.version}
    chosen = Choice(ticket.pk, explanation, is_in_turn=False)
    _call(ticket, desk, chosen, days=days, rule=rule, by=by)
    return ticket


@inside_transaction
def _call(
    ticket: Ticket,
    desk: Desk,
    choice: Choice,
    *,
    days: Sequence[LineDay],
    rule: CallRule,
    by: audit.Actor,
) -> None:
    move(
        ticket,
        Verb.CALL,
        by=by,
        explanation=dict(choice.explanation),
        counter=desk.counter,
        times_called=1,
    )
    seat = _seat(desk, days, rule)
    after = after_call(
        _turns(days),
        line=next(day.line.code for day in days if day.line_id == ticket.line_id),
        is_priority=ticket.is_priority,
        rule=rule,
        plan=seat.plan,
        pool=seat.pool,
        is_in_turn=choice.is_in_turn,
    )
    _remember(days, after)
    speech.announce(ticket, times=1)


@inside_transaction
def _remember(days: Sequence[LineDay], after: Mapping[str, LineTurns]) -> None:
    """Store what the lines remember now; their rows are locked."""
    before = _turns(days)
    moved = [day for day in days if after[day.line.code] != before[day.line.code]]
    for day in moved:
        own = after[day.line.code]
        day.calls, day.turns_of = own.calls, own.version
        day.streaks = {pool: list(pair) for pool, pair in own.streaks.items()}
        day.shares = {key: list(pair) for key, pair in own.shares.items()}
    LineDay.objects.bulk_update(moved, ["calls", "turns_of", "streaks", "shares"])


@inside_transaction
def forget_call(ticket: Ticket, explanation: Mapping[str, Any]) -> None:
    """Give the turn of a call that was taken back to the lines again.

    explanation: the one that was stored with the call.
    """
    told_to = Q(line=ticket.line_id)
    if "pool" in explanation:
        told_to |= Q(streaks__has_key=explanation["pool"])
    days = list(
        LineDay.objects.select_for_update(of=("self",))
        .select_related("line")
        .filter(told_to, day=ticket.day)
        .order_by("pk")
    )
    after = undone(
        _turns(days),
        line=ticket.line.code,
        is_priority=ticket.is_priority,
        rule=rule_in_force(),
        explanation=explanation,
    )
    _remember(days, after)


@one_transaction
def recall(ticket: Ticket, *, by: audit.Actor) -> None:
    """Call the ticket at the counter once more, as often as the rule allows.

    :raises CalledEnough: it was called that often; mark it absent
    :raises TooLate: it is not called any more
    """
    if ticket.times_called >= rule_in_force().recalls:
        raise CalledEnough
    times = ticket.times_called + 1
    move(ticket, Verb.RECALL, by=by, times_called=times)
    speech.announce(ticket, times=times)


@one_transaction
def miss(ticket: Ticket, *, by: audit.Actor) -> None:
    """Mark a called visitor as absent.

    :raises TooLate: the ticket is not called
    """
    move(ticket, Verb.MISS, by=by)


@one_transaction
def bring_back(ticket: Ticket, *, by: audit.Actor) -> None:
    """Put an absent visitor who reported back into the line.

    They are called after as many other numbers as the rule says, or as soon as nobody
    else waits.

    :raises TooLate: the ticket is not absent
    """
    if waits_for_return(ticket):
        # A number that was kept over night enters the line as somebody who comes now.
        move(ticket, Verb.BRING_BACK, by=by, arrived_at=clock.now())
        return
    day = LineDay.objects.get(line=ticket.line_id, day=ticket.day)
    move(
        ticket,
        Verb.BRING_BACK,
        by=by,
        counter=None,
        wanted_counter=None,
        times_called=0,
        callable_after=day.calls + rule_in_force().return_after,
    )


@inside_transaction
def _check_ready(desk: Desk) -> None:
    closed = in_force(clock.now()).filter(counter=desk.counter_id)
    there = Ticket.objects.filter(counter=desk.counter_id, state__in=AT_A_COUNTER)
    ready = Desk.objects.filter(pk=desk.pk, closed_at=None, paused_at=None)
    told = ready.values_list(Exists(closed), Exists(there)).first()
    if told is None:
        raise CounterNotReady
    is_closed, is_busy = told
    if is_closed:
        raise ClosedForAWhile
    if is_busy:
        raise CounterBusy


@inside_transaction
def _locked_days(desk: Desk) -> list[LineDay]:
    """Lock today's rows of the counter's lines, in key order: callers of one line go one
    after another, so that two officers never weigh the same heads.

    :raises ClosedForAWhile: all agencies that sit there are closed
    """
    now = clock.now()
    today = clock.local_day(now, desk.mall.zone)
    agencies = directory.sitting_at(desk.counter_id, today)
    closed = in_force(now).exclude(agency=None)
    lines = Line.objects.filter(agency__in=agencies).exclude(agency__in=closed.values("agency"))
    days = list(
        LineDay.objects.select_for_update(of=("self",))
        .select_related("line")
        .filter(line__in=lines, day=today)
        .order_by("pk")
    )
    if not days and closed_now(now).counter(desk.counter, agencies):
        raise ClosedForAWhile
    return days


@dataclass(frozen=True)
class _Seat:
    """Where an officer sits, as the rule sees it: number of the plan, and the pool."""

    plan: int | None
    pool: str


def _seat(desk: Desk, days: Sequence[LineDay], rule: CallRule) -> _Seat:
    who = _who(desk)
    return _Seat(rule.plan_for(*who), rule.pool_of(*who, [day.line.code for day in days]))


def _who(desk: Desk) -> tuple[str, str]:
    return desk.counter.code, desk.officer.username


def _turns(days: Sequence[LineDay]) -> dict[str, LineTurns]:
    return {day.line.code: turns_of(day) for day in days}


def turns_of(day: LineDay) -> LineTurns:
    """Return what a line remembers of the day's calls."""
    return LineTurns(
        calls=day.calls,
        version=day.turns_of,
        streaks={pool: (first, second) for pool, (first, second) in day.streaks.items()},
        shares={key: (finish, reached) for key, (finish, reached) in day.shares.items()},
    )


def _firsts(desk: Desk, days: Sequence[LineDay], rule: CallRule) -> list[Any]:
    """Return the first of each line and class that this counter may call, in one query.

    Whoever was sent to a counter that has closed since is everybody's again. Who came back
    after an absence lets some other numbers of the line go first; where only such people
    wait, nobody is held up by calling them.
    """
    here = Q(wanted_counter=desk.counter_id)
    closed = in_force(clock.now()).exclude(counter=None)
    open_desks = Desk.objects.filter(closed_at=None).exclude(counter__in=closed.values("counter"))
    staffed = open_desks.values("counter")
    tickets = Ticket.objects.waiting().filter(
        here | ~Q(wanted_counter__in=staffed),
        line__in=[day.line_id for day in days],
        day__in=[day.day for day in days],
    )
    only = rule.services_for(*_who(desk)) if rule.skills else None
    if only is not None:
        tickets = tickets.filter(here | Q(service__code__in=only))
    own = [F("is_here"), F("line"), F("is_priority")]
    first = (
        tickets.annotate(is_here=_whether(here), is_due=_whether(_due(days)))
        .annotate(
            place=Window(RowNumber(), [*own, F("is_due")], [F("arrived_at"), F("pk")]),
            waiting_there=Window(Count("pk"), own),
        )
        .filter(place=1)
        .select_related("line")
    )
    found: list[Any] = list(first)
    with_others = {each.line_id for each in found if each.is_due and not each.is_here}
    return [
        each for each in found if each.is_here or each.is_due or each.line_id not in with_others
    ]


def _head(first: Any) -> Head:
    return Head(
        ticket_id=first.pk,
        arrived_at=first.arrived_at,
        is_priority=first.is_priority,
        waiting=first.waiting_there,
        is_wanted_here=first.is_here,
        line=first.line.code,
        label=first.label,
    )


def _whether(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )


def _due(days: Sequence[LineDay]) -> Q:
    due = Q(pk=None)
    for day in days:
        due |= Q(line=day.line_id, callable_after__lte=day.calls)
    return due
