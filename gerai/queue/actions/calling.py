"""Calling visitors to a counter, and taking a call back."""

from collections.abc import Mapping, Sequence

from django.db import IntegrityError
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory import queries as directory
from gerai.errors import Refused
from gerai.people import audit
from gerai.queue.actions import speech
from gerai.queue.actions.moves import move
from gerai.queue.models import Desk, Line, LineDay, Rule, Ticket
from gerai.queue.rules import CallRule, Choice, Head, choose
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
    streak = max((day.priority_streak for day in days), default=0)
    choice = choose(_heads(desk, days), priority_streak=streak, rule=rule)
    if choice is None:
        raise NobodyWaiting
    ticket = Ticket.objects.select_related("line", "service__agency", "visit").get(
        pk=choice.ticket_id
    )
    _call(ticket, desk, choice, days, by=by)
    return ticket


@one_transaction
def _call_chosen(ticket: Ticket, desk: Desk, *, by: audit.Actor) -> Ticket:
    _check_ready(desk)
    days = _locked_days(desk)
    if ticket.line_id not in {day.line_id for day in days}:
        raise NotThisCounter
    streak = max((day.priority_streak for day in days), default=0)
    chosen = Choice(
        ticket.pk,
        {"reason": "chosen_by_officer", "by": by.name, "priority_streak": streak},
    )
    _call(ticket, desk, chosen, days, by=by)
    return ticket


@inside_transaction
def _call(
    ticket: Ticket,
    desk: Desk,
    choice: Choice,
    days: Sequence[LineDay],
    *,
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
    streak = max((day.priority_streak for day in days), default=0)
    LineDay.objects.filter(pk__in=[day.pk for day in days]).update(
        priority_streak=streak + 1 if ticket.is_priority else 0
    )
    LineDay.objects.filter(line=ticket.line_id, day=ticket.day).update(calls=F("calls") + 1)
    speech.announce(ticket, times=1)


@inside_transaction
def forget_call(ticket: Ticket, explanation: Mapping[str, object]) -> None:
    """Give the turn of a call that was taken back to the line again.

    explanation: the one that was stored with the call.
    """
    lines = Line.objects.filter(agency=ticket.line.agency_id)
    days = LineDay.objects.filter(line__in=lines, day=ticket.day)
    days.filter(line=ticket.line_id, calls__gt=0).update(calls=F("calls") - 1)
    if ticket.is_priority:
        days.filter(priority_streak__gt=0).update(priority_streak=F("priority_streak") - 1)
    else:
        # Another counter may have called a priority number since: then its count stands.
        days.filter(priority_streak=0).update(priority_streak=explanation.get("priority_streak", 0))


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


def rule_in_force() -> CallRule:
    """Return the mall's order of calling."""
    rule = Rule.objects.order_by("-version").first()
    if rule is None:
        return CallRule()
    return CallRule(
        version=rule.version,
        priority_in_a_row=rule.priority_in_a_row,
        recalls=rule.recalls,
        return_after=rule.return_after,
        undo_seconds=rule.undo_seconds,
    )


@inside_transaction
def _check_ready(desk: Desk) -> None:
    ready = Desk.objects.filter(pk=desk.pk, closed_at=None, paused_at=None)
    if not ready.exists():
        raise CounterNotReady
    if Ticket.objects.filter(counter=desk.counter_id, state__in=AT_A_COUNTER).exists():
        raise CounterBusy


@inside_transaction
def _locked_days(desk: Desk) -> list[LineDay]:
    """Lock today's rows of the counter's lines, in key order: callers of one line go one
    after another, so that two officers never weigh the same heads.
    """
    today = clock.local_day(clock.now(), desk.mall.zone)
    agencies = directory.agencies_at(desk.counter, today)
    lines = Line.objects.filter(agency__in=agencies)
    return list(
        LineDay.objects.select_for_update(of=("self",))
        .filter(line__in=lines, day=today)
        .order_by("pk")
    )


def _heads(desk: Desk, days: Sequence[LineDay]) -> list[Head]:
    today = Ticket.objects.waiting().filter(
        line__in=[day.line_id for day in days], day__in=[day.day for day in days]
    )
    heads = []
    wanted = today.filter(wanted_counter=desk.counter_id)
    if first := wanted.in_order().first():
        heads.append(_head(first, 1, is_wanted_here=True))
    # Whoever was sent to a counter that has closed since is everybody's again.
    staffed = Desk.objects.filter(closed_at=None).values("counter")
    free = today.exclude(wanted_counter__in=staffed)
    due = _due(days)
    with_others = set(free.filter(due).values_list("line", flat=True))
    # Where only people who came back early wait, nobody is held up by calling them.
    due |= Q(line__in=[day.line_id for day in days if day.line_id not in with_others])
    for is_priority in (True, False):
        of_class = free.filter(is_priority=is_priority)
        if first := of_class.filter(due).in_order().first():
            heads.append(_head(first, of_class.count()))
    return heads


def _due(days: Sequence[LineDay]) -> Q:
    """Whoever came back after being absent lets some other numbers of the line go first."""
    due = Q(pk=None)
    for day in days:
        due |= Q(line=day.line_id, callable_after__lte=day.calls)
    return due


def _head(ticket: Ticket, waiting: int, *, is_wanted_here: bool = False) -> Head:
    return Head(
        ticket_id=ticket.pk,
        arrived_at=ticket.arrived_at,
        is_priority=ticket.is_priority,
        waiting=waiting,
        is_wanted_here=is_wanted_here,
    )
