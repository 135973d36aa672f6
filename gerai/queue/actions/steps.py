"""A number goes on: into the next line of its visit, at the place that its coming earned."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from gerai import clock, later
from gerai.directory import queries as directory
from gerai.directory.hours import Reason
from gerai.directory.models import Agency, Service
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions.limits import claim_place, give_back_planned, take_again
from gerai.queue.actions.moves import TooLate, begin, move
from gerai.queue.actions.tickets import NoLine, NumbersGone
from gerai.queue.models import (
    LineDay,
    PlannedStep,
    PlanState,
    ServedItem,
    Ticket,
    Visit,
)
from gerai.queue.plan import Why, may_be_next, place_moment
from gerai.queue.queries import routes as queries
from gerai.queue.queries.rule import entry_line
from gerai.queue.states import State, Verb
from gerai.transactions import inside_transaction, one_transaction

FINISH_UNDONE = "penyelesaian dibatalkan"
GOES_ON = "rute kunjungan"
# Whoever an officer sends over keeps the place of the line that they leave.
KEEPS_PLACE = "kept"


class StepChanged(Refused):
    """Somebody else moved the step first."""

    message = _(
        "Langkah kunjungan ini baru saja diubah orang lain. "
        "Lihat rute terbaru, lalu coba lagi bila masih perlu."
    )


class StillInLine(Refused):
    """The visitor stands in a line or at a counter; one line at a time."""

    message = _(
        "Pengunjung masih di antrean atau di loket lain. "
        "Selesaikan dahulu langkah itu, lalu masukkan langkah berikutnya."
    )


@inside_transaction
def plan(ticket: Ticket, wishes: Sequence[queries.Wish], *, by: audit.Actor) -> None:
    """Plan the steps of a visit whose first number was taken; done before, nothing changes.

    wishes: all of them, that of the ticket included. Each takes a place under its daily limit.

    :raises NumbersGone: a service has no number left today
    """
    if PlannedStep.objects.filter(visit=ticket.visit_id).exists():
        return
    for wish in sorted(wishes, key=lambda wish: wish.service.pk):
        if wish.service.pk != ticket.service_id:
            claim_planned(wish.service, ticket.day, ticket.visit.door)
    PlannedStep.objects.bulk_create(
        PlannedStep(
            mall_id=ticket.mall_id,
            visit_id=ticket.visit_id,
            stage=wish.stage,
            service=wish.service,
            amount=wish.amount,
            state=(
                PlanState.ENTERED if wish.service.pk == ticket.service_id else PlanState.PLANNED
            ),
            ticket=ticket if wish.service.pk == ticket.service_id else None,
        )
        for wish in wishes
    )
    audit.record("queue.plan", thing=f"ticket:{ticket.pk}", by=by, steps=len(wishes))


@inside_transaction
def claim_planned(service: Service, day: date, door: str) -> None:
    """Claim the number that a planned step will need.

    :raises NumbersGone: the service has none left that day
    """
    if not claim_place(service, day, door):
        opening = directory.opening_of(service.agency, clock.now(), numbers_left=0)
        raise NumbersGone(f"{service.name}: {directory.sentence(opening)}")


@inside_transaction
def send_over(
    ticket: Ticket,
    service: Service,
    *,
    earned: datetime,
    by: audit.Actor,
    reason: str = "",
    explanation: Mapping[str, object],
) -> Ticket:
    """Give a visitor who leaves one line a place in the line of another service.

    The label stays; the new place hangs on the visit's newest, so that of two at once the
    database lets one through. earned: the moment that orders it there, unless somebody who
    waits was passed as often as the published rule allows. explanation: what is told besides.

    :raises NoLine: the service has no line
    """
    visit = ticket.visit
    line = entry_line(service, group=visit.group, language=visit.language)
    if line is None:
        raise NoLine
    LineDay.objects.bulk_create(
        [LineDay(mall_id=line.mall_id, line=line, day=ticket.day)],
        ignore_conflicts=True,
    )
    # Of two who come over at once the second sees whom the first has passed.
    LineDay.objects.select_for_update(of=("self",)).get(line=line, day=ticket.day)
    rule = queries.place_rule()
    placed_at, passed = queries.placed_in(
        line, ticket.day, earned, is_priority=ticket.is_priority, most=rule.most_passed
    )
    newest = Ticket.objects.filter(visit=ticket.visit_id).order_by("-pk").first()
    onward = Ticket.objects.create(
        mall_id=ticket.mall_id,
        visit_id=ticket.visit_id,
        line=line,
        service=service,
        day=ticket.day,
        label=ticket.label,
        is_priority=ticket.is_priority,
        arrived_at=placed_at,
        came_from=newest,
    )
    told = {
        **explanation,
        "version": rule.version,
        "earned_at": earned.isoformat(),
        "placed_at": placed_at.isoformat(),
        "passed": passed,
        "most": rule.most_passed,
    }
    begin(onward, by=by, reason=reason, explanation=told)
    return onward


@inside_transaction
def moved_over(ticket: Ticket, onward: Ticket) -> None:
    """Let the plan of a visit follow a number that an officer sent to another service."""
    steps = PlannedStep.objects.filter(ticket=ticket, state=PlanState.ENTERED)
    left = steps.first()
    if left is None:
        return
    steps.update(state=PlanState.SKIPPED, reason=str(_("Dialihkan ke layanan lain"))[:100])
    planned = PlannedStep.objects.filter(
        visit=ticket.visit_id, service=onward.service_id, state=PlanState.PLANNED
    )
    if not planned.update(state=PlanState.ENTERED, ticket=onward):
        PlannedStep.objects.create(
            mall_id=ticket.mall_id,
            visit_id=ticket.visit_id,
            stage=left.stage,
            service_id=onward.service_id,
            state=PlanState.ENTERED,
            ticket=onward,
        )


@inside_transaction
def end(ticket: Ticket, *, goes_on: bool, by: audit.Actor) -> Ticket | None:
    """End the step of a finished number; return the place in the next line, if one is entered.

    goes_on: otherwise the steps that are left are skipped; they can be planned again.
    """
    step = PlannedStep.objects.filter(ticket=ticket, state=PlanState.ENTERED).first()
    if step is None:
        return None
    PlannedStep.objects.filter(pk=step.pk).update(state=PlanState.DONE)
    if step.amount > 1 and not ServedItem.objects.filter(ticket=ticket).exists():
        ServedItem.objects.create(
            mall_id=ticket.mall_id,
            ticket=ticket,
            service_id=step.service_id,
            amount=step.amount,
            at=clock.now(),
            by=by.user,
        )
    if goes_on:
        return go_on(ticket.visit_id, by=by)
    stop(ticket, by=by)
    return None


@inside_transaction
def stop(ticket: Ticket, *, by: audit.Actor) -> int:
    """Skip the steps that are left of the visit of a number that has ended; return how many."""
    left = PlannedStep.objects.filter(visit=ticket.visit_id, state=PlanState.PLANNED)
    give_back_planned(list(left.select_related("visit")), ticket.day)
    skipped = left.update(state=PlanState.SKIPPED, stopped_by=ticket)
    if skipped:
        audit.record("queue.stop_route", thing=f"ticket:{ticket.pk}", by=by, steps=skipped)
    return int(skipped)


@inside_transaction
def reopen(ticket: Ticket, *, by: audit.Actor) -> None:
    """Take back what the end of a number did to its visit.

    :raises TooLate: the visitor was called in the next line already
    """
    own = PlannedStep.objects.filter(ticket=ticket, service=ticket.service_id)
    if not own.exists():
        return
    onward = Ticket.objects.filter(visit=ticket.visit_id).order_by("-pk").first()
    stopped_by = [ticket.pk]
    if onward is not None and onward.pk != ticket.pk:
        if onward.state != State.WAITING:
            raise TooLate
        # Leaving skips what is left of the plan; that is taken back below.
        move(onward, Verb.LEAVE, by=by, reason=FINISH_UNDONE)
        stopped_by.append(onward.pk)
    stopped = PlannedStep.objects.filter(
        visit=ticket.visit_id, state=PlanState.SKIPPED, stopped_by__in=stopped_by
    )
    take_again(list(stopped.filter(ticket=None).select_related("visit")), ticket.day)
    stopped.update(state=PlanState.PLANNED, stopped_by=None, ticket=None)
    own.filter(state=PlanState.DONE).update(state=PlanState.ENTERED)


@inside_transaction
def go_on(visit_id: int, *, by: audit.Actor) -> Ticket | None:
    """Enter the line of the visit's next step: the one that the advice puts first.

    Where the order makes no difference, the one called soonest. None when no step is left, or
    nobody serves them now; then it is asked again when an agency opens or an officer opens a
    counter.
    """
    visit = locked(visit_id)
    left = list(
        PlannedStep.objects.filter(visit=visit_id, state=PlanState.PLANNED)
        .select_related("service__agency", "service__line_service__line")
        .order_by("stage", "pk")
    )
    next_ones = set(may_be_next({step.pk: step.stage for step in left}))
    candidates = {step.service_id: step for step in left if step.pk in next_ones}
    if not candidates or queries.has_ticket_in_house(visit_id):
        return None
    day = queries.day_of(visit)
    ahead = queries.outlook(
        [queries.wish_of(step) for step in left],
        rule=queries.place_rule(),
        who=queries.who_of(visit),
        came_at=queries.counts_since(visit, day),
    )
    assert ahead is not None  # a step is left
    stops = [stop for stop in ahead.stops if stop.wish.service.pk in candidates]
    served = [stop for stop in stops if _can_be_entered(stop, day)]
    if not served:
        _ask_again(stops)
        return None
    if ahead.advice.why is Why.SAME:
        served.sort(key=lambda stop: stop.expectation.high_minutes)
    order = queries.order_told(ahead, first=served[0], stops=stops)
    return enter(candidates[served[0].wish.service.pk], by=by, order=order)


@inside_transaction
def enter(
    step: PlannedStep, *, by: audit.Actor, order: Mapping[str, object] | None = None
) -> Ticket:
    """Enter the line of a planned step, at the place that the mall's rule gives.

    order: why this step goes first, where others might.

    :raises StepChanged: it is not planned any more
    :raises StillInLine: the visit stands in a line or at a counter
    :raises NoLine: the service has no line
    """
    visit = locked(step.visit_id)
    if queries.has_ticket_in_house(step.visit_id):
        raise StillInLine
    before = Ticket.objects.filter(visit=step.visit_id).order_by("-pk").first()
    assert before is not None  # a visit begins with a number
    place, came_at = queries.place_rule().place, queries.counts_since(visit, before.day)
    told: dict[str, object] = {"place": place.value, "came_at": came_at.isoformat()}
    onward = send_over(
        before,
        step.service,
        earned=place_moment(place, came_at=came_at, ended_at=clock.now()),
        by=by,
        reason=GOES_ON,
        explanation=told | ({"order": order} if order else {}),
    )
    entered = PlannedStep.objects.filter(pk=step.pk, state=PlanState.PLANNED)
    if not entered.update(state=PlanState.ENTERED, ticket=onward):
        raise StepChanged
    publish("queue.route", f"line:{before.line_id}")
    return onward


@inside_transaction
def enter_waiting(agencies: Sequence[Agency], day: date, *, by: audit.Actor) -> int:
    """Enter the steps that waited for these agencies; return how many were entered."""
    visits = queries.visits_waiting_for(agencies, day)
    if not visits:
        return 0
    # All that is needed is locked in one order, so that two who open at once do not meet.
    list(Visit.objects.select_for_update().filter(pk__in=visits).order_by("pk"))
    list(LineDay.objects.select_for_update(of=("self",)).filter(day=day).order_by("pk"))
    return sum(go_on(visit_id, by=by) is not None for visit_id in visits)


@one_transaction
def enter_due(day: date) -> int:
    """Enter the steps that waited for an agency's hours; return how many were entered."""
    agencies = list(Agency.objects.filter(is_active=True))
    return enter_waiting(agencies, day, by=audit.SYSTEM)


def locked(visit_id: int) -> Visit:
    """Lock a visit: whoever enters a line for it waits for the other, and then sees it there."""
    visit: Visit = Visit.objects.select_for_update().get(pk=visit_id)
    return visit


def _can_be_entered(stop: queries.Stop, day: date) -> bool:
    agency, opening = stop.wish.service.agency, stop.opening
    if opening.reason is Reason.EMERGENCY:
        # Nobody is called now, but who stands in the line is called as soon as it is over.
        opening = directory.opening_of(agency, clock.now(), despite_emergency=True)
    return (
        stop.line is not None
        and (opening.is_open or opening.takes_tickets)
        and (stop.counters_open > 0 or queries.is_staffed(agency, day))
    )


def _ask_again(stops: Sequence[queries.Stop]) -> None:
    """Look again when the first of these agencies opens by the clock."""
    opening = [stop.opening.opens_at for stop in stops if stop.opening.opens_at is not None]
    if opening:
        later.run("queue.enter_due", at=min(opening), mall_id=current_mall().pk)


def newest_line(visit: Visit) -> str:
    """Return the key under which the holder's page listens."""
    newest = Ticket.objects.filter(visit=visit).order_by("-pk").values_list("line", flat=True)
    return f"line:{newest.first()}"
