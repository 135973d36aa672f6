"""A visit that needs several services: taken as one number, changed while it is under way."""

from collections.abc import Sequence

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Service
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.people import audit
from gerai.queue.actions.limits import give_back_planned
from gerai.queue.actions.moves import TooLate
from gerai.queue.actions.nights import begin_day
from gerai.queue.actions.steps import (
    StepChanged,
    StillInLine,
    claim_planned,
    enter,
    locked,
    newest_line,
    plan,
    stop,
)
from gerai.queue.actions.tickets import LONGEST_KEY, BadKey, NoLine, already_taken, take_once
from gerai.queue.models import (
    MOST_ITEMS,
    OPEN_STEPS,
    Door,
    Group,
    LineDay,
    PlannedStep,
    PlanState,
    ServedItem,
    Ticket,
    Visit,
)
from gerai.queue.plan import MOST_STEPS, may_be_next
from gerai.queue.queries import routes as queries
from gerai.queue.queries.boards import today
from gerai.queue.queries.limits import limits_on
from gerai.queue.queries.routes import Who, Wish
from gerai.queue.queries.rule import entry_lines
from gerai.queue.states import FIRST, IN_THE_HOUSE, State
from gerai.transactions import inside_transaction, one_transaction, refused_as


class BadRoute(Refused):
    """No services, too many, one of them twice, or an amount that cannot be."""

    message = _(
        "Pilih dua sampai tujuh layanan yang berbeda, masing-masing dengan jumlah 1 sampai 99."
    )
    status = 400


class PlannedAlready(Refused):
    """The visit has this service among its open steps."""

    message = _("Layanan ini sudah ada dalam rute kunjungan. Ubah langkah yang ada.")


class TooManySteps(Refused):
    """The visit has as many open steps as one can have."""

    message = _("Satu kunjungan paling banyak tujuh langkah. Selesaikan atau lewati satu dahulu.")


class NotServed(Refused):
    """The number is not at the desk now."""

    message = _("Nomor ini tidak sedang dilayani, jadi tidak ada yang dapat dicatat untuknya.")


def take_route(
    wishes: Sequence[Wish],
    *,
    door: Door,
    idempotency_key: str,
    by: audit.Actor,
    group: Group = Group.ORDINARY,
    language: str = "id",
    state: State = FIRST,
) -> Ticket:
    """Give a visitor one number for several services, standing in the first line.

    First is the one of those that may be first whose advised order leads out soonest. The
    same idempotency key gives the same number and the same plan, however often it is sent.

    :raises BadRoute: fewer than two services, more than seven, or one twice
    :raises NotOpen, NoLine, BadKey: as `tickets.take`
    """
    check(wishes)
    if not idempotency_key or len(idempotency_key) > LONGEST_KEY:
        raise BadKey
    try:
        return _take_route(
            wishes,
            door=door,
            idempotency_key=idempotency_key,
            by=by,
            group=group,
            language=language,
            state=state,
        )
    except IntegrityError:
        # Two of the same at once: the other one won, its ticket is the answer.
        first = already_taken(idempotency_key)
        if first is None:
            raise
        return first


def check(wishes: Sequence[Wish]) -> None:
    """Check that wishes make a route.

    :raises BadRoute: they do not
    """
    keys = {wish.service.pk for wish in wishes}
    if not 1 < len(wishes) <= MOST_STEPS or len(keys) != len(wishes):
        raise BadRoute
    if any(not 1 <= wish.amount <= MOST_ITEMS or wish.stage > MOST_STEPS for wish in wishes):
        raise BadRoute


@one_transaction
def _take_route(
    wishes: Sequence[Wish],
    *,
    door: Door,
    idempotency_key: str,
    by: audit.Actor,
    group: Group,
    language: str,
    state: State,
) -> Ticket:
    return take_planned(
        wishes,
        door=door,
        idempotency_key=idempotency_key,
        by=by,
        group=group,
        language=language,
        state=state,
    )


@inside_transaction
def take_planned(
    wishes: Sequence[Wish],
    *,
    door: Door,
    idempotency_key: str,
    by: audit.Actor,
    group: Group,
    language: str,
    state: State,
) -> Ticket:
    """Take the first number of a route and plan it, as part of a larger change.

    :raises NotOpen, NoLine: as `tickets.take`
    :raises NumbersGone: one of the services has no number left today
    """
    who = Who(group, language, door)
    _lock_lines(wishes, who)
    first, order = first_of(wishes, who=who)
    ticket = take_once(
        first.service,
        door=door,
        idempotency_key=idempotency_key,
        by=by,
        group=group,
        language=language,
        state=state,
        explanation={"order": order} if order else {},
    )
    plan(ticket, wishes, by=by)
    return ticket


@inside_transaction
def _lock_lines(wishes: Sequence[Wish], who: Who) -> None:
    """Lock the lines in which numbers may run out, in one order.

    So whoever takes a number there waits, and two who plan the same do not meet crosswise.
    """
    day = today()
    limits = limits_on([wish.service.pk for wish in wishes], day, [who.door or ""])
    limited = [wish.service for wish in wishes if wish.service.pk in limits]
    if not limited:
        return
    found = entry_lines(limited, group=who.group, language=who.language).values()
    lines = sorted({line.pk: line for line in found if line is not None}.items())
    begin_day(day)
    LineDay.objects.bulk_create(
        [LineDay(mall_id=line.mall_id, line=line, day=day) for _key, line in lines],
        ignore_conflicts=True,
    )
    days = LineDay.objects.filter(line__in=[key for key, _line in lines], day=day)
    list(days.select_for_update(of=("self",)).order_by("line"))


def first_of(wishes: Sequence[Wish], *, who: Who) -> tuple[Wish, dict[str, object]]:
    """Return the wish to begin with, and why where there was a choice.

    It is the advised one of those that give out numbers now, if any first one does.
    """
    outlook = queries.outlook(wishes, rule=queries.place_rule(), who=who)
    assert outlook is not None
    open_now = set(may_be_next({wish.service.pk: wish.stage for wish in wishes}))
    firsts = [stop for stop in outlook.stops if stop.wish.service.pk in open_now]
    taking = [stop for stop in firsts if stop.opening.takes_tickets and stop.line is not None]
    first = (taking or firsts)[0]
    return first.wish, queries.order_told(outlook, first=first, stops=firsts)


@refused_as(PlannedAlready)
@one_transaction
def add_step(
    ticket: Ticket, service: Service, *, stage: int, amount: int = 1, by: audit.Actor
) -> PlannedStep:
    """Add a service to the visit of a number.

    The number itself becomes the first step of a visit that had none.

    :raises PlannedAlready: it is among the open steps
    :raises TooManySteps: there are seven open steps
    :raises NoLine: the service has no line
    :raises NumbersGone: it has no number left today
    :raises BadRoute: a stage or amount that cannot be
    """
    if not 0 <= stage <= MOST_STEPS or not 1 <= amount <= MOST_ITEMS:
        raise BadRoute
    if not service.is_active or not queries.line_of(service):
        raise NoLine
    if not PlannedStep.objects.filter(visit=ticket.visit_id).exists():
        _begin_plan(ticket)
    open_steps = PlannedStep.objects.filter(visit=ticket.visit_id, state__in=OPEN_STEPS)
    if open_steps.filter(service=service).exists():
        raise PlannedAlready
    if open_steps.count() >= MOST_STEPS:
        raise TooManySteps
    claim_planned(service, queries.day_of(ticket.visit), ticket.visit.door)
    step: PlannedStep = PlannedStep.objects.create(
        mall_id=ticket.mall_id,
        visit_id=ticket.visit_id,
        stage=stage,
        service=service,
        amount=amount,
    )
    _tell("add_step", step, by=by)
    return step


@inside_transaction
def _begin_plan(ticket: Ticket) -> None:
    in_house = ticket.state in IN_THE_HOUSE or ticket.state == State.PRINTING
    PlannedStep.objects.create(
        mall_id=ticket.mall_id,
        visit_id=ticket.visit_id,
        stage=1,
        service_id=ticket.service_id,
        state=PlanState.ENTERED if in_house else PlanState.DONE,
        ticket=ticket,
    )


@one_transaction
def skip_step(step: PlannedStep, *, by: audit.Actor) -> None:
    """Leave a planned step out.

    :raises StepChanged: it is not planned any more
    """
    _change(step, PlanState.PLANNED, state=PlanState.SKIPPED)
    give_back_planned([step], queries.day_of(step.visit))
    _tell("skip_step", step, by=by)


@refused_as(PlannedAlready)
@one_transaction
def restore_step(step: PlannedStep, *, by: audit.Actor) -> None:
    """Plan a skipped step again.

    :raises StepChanged: it is not skipped any more
    :raises PlannedAlready: the service was planned anew meanwhile
    :raises NumbersGone: it has no number left today
    """
    _change(
        step, PlanState.SKIPPED, state=PlanState.PLANNED, ticket=None, stopped_by=None, reason=""
    )
    claim_planned(step.service, queries.day_of(step.visit), step.visit.door)
    _tell("restore_step", step, by=by)


@one_transaction
def place_step(step: PlannedStep, *, stage: int, was: int, by: audit.Actor) -> None:
    """Give a planned step another place in the order. was: the stage that the person saw.

    :raises StepChanged: somebody gave it another one first, or it is not planned any more
    :raises BadRoute: no such stage
    """
    if not 0 <= stage <= MOST_STEPS:
        raise BadRoute
    _change(step, PlanState.PLANNED, was=was, stage=stage)
    _tell("place_step", step, by=by, stage=stage)


@refused_as(StillInLine)
@one_transaction
def enter_step(step: PlannedStep, *, by: audit.Actor) -> Ticket:
    """Let a visitor enter the line of a planned step now, also where nobody serves it yet.

    :raises StepChanged: it is not planned any more
    :raises StillInLine: the visitor stands in a line or at a counter
    """
    onward = enter(step, by=by)
    audit.record("queue.enter_step", thing=f"ticket:{onward.pk}", by=by, label=onward.label)
    return onward


@one_transaction
def leave_route(ticket: Ticket, *, by: audit.Actor) -> None:
    """End a visit that stands between two lines. ticket: its newest.

    :raises TooLate: it stands in a line by now, or nothing of it is left
    """
    locked(ticket.visit_id)
    if queries.has_ticket_in_house(ticket.visit_id) or not stop(ticket, by=by):
        raise TooLate
    publish("queue.route", f"line:{ticket.line_id}")


@one_transaction
def serve_here(step: PlannedStep, ticket: Ticket, *, by: audit.Actor) -> None:
    """Serve a planned step at the desk where the visitor stands, with the number there.

    :raises NotServed: the number is not being served
    :raises StepChanged: the step is not planned any more
    """
    _check_served(ticket)
    _change(step, PlanState.PLANNED, state=PlanState.DONE, ticket=ticket)
    _write_item(ticket, step.service, step.amount, by=by)
    _tell("serve_here", step, by=by)


@one_transaction
def record_item(ticket: Ticket, service: Service, *, amount: int, by: audit.Actor) -> None:
    """Record what is done at the desk for a number; of a service, the last amount counts.

    amount: 0 takes it back.

    :raises NotServed: the number is not being served
    :raises BadRoute: the service is another agency's, or no such amount
    """
    _check_served(ticket)
    if service.agency_id != ticket.line.agency_id or not 0 <= amount <= MOST_ITEMS:
        raise BadRoute
    if amount:
        _write_item(ticket, service, amount, by=by)
    else:
        ServedItem.objects.filter(ticket=ticket, service=service).delete()
    audit.record(
        "queue.record_item",
        thing=f"ticket:{ticket.pk}",
        by=by,
        service=service.code,
        amount=amount,
    )
    publish("queue.route", f"line:{ticket.line_id}")


@inside_transaction
def _write_item(ticket: Ticket, service: Service, amount: int, *, by: audit.Actor) -> None:
    ServedItem.objects.update_or_create(
        ticket=ticket,
        service=service,
        defaults={"amount": amount, "at": clock.now(), "by": by.user},
        create_defaults={
            "mall_id": ticket.mall_id,
            "amount": amount,
            "at": clock.now(),
            "by": by.user,
        },
    )


@inside_transaction
def _check_served(ticket: Ticket) -> None:
    if not Ticket.objects.filter(pk=ticket.pk, state=State.SERVING).exists():
        raise NotServed


@inside_transaction
def _change(step: PlannedStep, start: PlanState, *, was: int | None = None, **to: object) -> None:
    standing = PlannedStep.objects.filter(pk=step.pk, state=start)
    if was is not None:
        standing = standing.filter(stage=was)
    if not standing.update(**to):
        raise StepChanged
    for name, value in to.items():
        setattr(step, name, value)


def _tell(verb: str, step: PlannedStep, *, by: audit.Actor, **detail: object) -> None:
    audit.record(f"queue.{verb}", thing=f"visit:{step.visit_id}", by=by, **detail)
    publish("queue.route", newest_line(Visit.objects.get(pk=step.visit_id)))
