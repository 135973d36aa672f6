"""Numbers that were not served on their day: ended, or kept for the next working day, once."""

from datetime import date, datetime, timedelta

from gerai import clock, later
from gerai.directory import queries as directory
from gerai.directory.models import Agency, Service
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions.moves import begin, move
from gerai.queue.models import (
    Line,
    LineDay,
    NightRule,
    PlannedStep,
    PlanState,
    Ticket,
    Unfinished,
    Visit,
)
from gerai.queue.plan import may_be_next
from gerai.queue.queries.nights import night_rule
from gerai.queue.queries.rule import entry_line
from gerai.queue.states import State, Verb
from gerai.transactions import inside_transaction, one_transaction

KEPT = "disimpan untuk hari kerja berikutnya"
KEPT_FROM = "dibawa dari hari sebelumnya"
# Whoever was at the desk was served by all likelihood, whoever is absent has gone.
MAY_BE_KEPT = frozenset({State.WAITING, State.HELD, State.CALLED})
# A number given out today already has this label: the kept one is marked.
MARK = "K"


@inside_transaction
def begin_day(day: date) -> None:
    """Ask for the day's end to be looked after, once, at the day's first number."""
    if not LineDay.objects.filter(day=day).exists():
        mall = current_mall()
        night = clock.at(day + timedelta(days=1), 0, 5, mall.zone)
        later.run("queue.end_day", at=night, mall_id=mall.pk)


@one_transaction
def set_night_rule(unfinished: Unfinished, *, by: audit.Actor) -> None:
    """Say what becomes of numbers that are not served on their day."""
    NightRule.objects.update_or_create(mall=current_mall(), defaults={"unfinished": unfinished})
    audit.record("queue.set_night_rule", thing=f"mall:{current_mall().pk}", by=by, rule=unfinished)
    publish("queue.set_night_rule")


@inside_transaction
def keep(ticket: Ticket) -> Ticket | None:
    """Keep a number for the next working day of its agency, if the mall's rule says so.

    The old ticket ends on its day; a new one of the same visit takes its place. A number is kept
    once, and never without a working day within the 60 days that the calendar looks ahead.
    """
    is_kept_already = ticket.day != ticket.visit.day
    if is_kept_already or ticket.state not in MAY_BE_KEPT:
        return None
    starts_at = _starts_again(ticket.line.agency)
    if starts_at is None:
        return None
    move(ticket, Verb.EXPIRE, by=audit.SYSTEM, reason=KEPT, wanted_counter=None)
    kept = _kept(ticket, ticket.line, ticket.service, starts_at, number=ticket.number)
    # The steps that were left go on with the kept number.
    stopped = PlannedStep.objects.filter(stopped_by=ticket, state=PlanState.SKIPPED)
    stopped.filter(ticket=ticket).update(state=PlanState.ENTERED, ticket=kept, stopped_by=None)
    stopped.filter(ticket=None).update(state=PlanState.PLANNED, stopped_by=None)
    return kept


@inside_transaction
def keep_between(visit: Visit) -> Ticket | None:
    """Keep a visit that stood between two lines, as `keep` does with one that stood in a line.

    It is kept in the line of its next step.
    """
    newest = Ticket.objects.filter(visit=visit).order_by("-pk").first()
    left = list(
        PlannedStep.objects.filter(visit=visit, state=PlanState.PLANNED)
        .select_related("service__agency")
        .order_by("stage", "pk")
    )
    if newest is None or newest.day != visit.day or not left:
        return None
    first = may_be_next({step.pk: step.stage for step in left})[0]
    step = next(step for step in left if step.pk == first)
    line = entry_line(step.service, group=visit.group, language=visit.language)
    starts_at = _starts_again(step.service.agency)
    if line is None or starts_at is None:
        return None
    kept = _kept(newest, line, step.service, starts_at, number=None)
    PlannedStep.objects.filter(pk=step.pk).update(state=PlanState.ENTERED, ticket=kept)
    return kept


@inside_transaction
def _kept(
    before: Ticket, line: Line, service: Service, starts_at: datetime, *, number: int | None
) -> Ticket:
    day = clock.local_day(starts_at, current_mall().zone)
    same = _number_on(line, day, number)
    is_front = night_rule() is Unfinished.KEEP_FRONT
    kept: Ticket = Ticket.objects.create(
        mall_id=before.mall_id,
        visit_id=before.visit_id,
        line=line,
        service=service,
        day=day,
        number=same,
        label=before.label if same is not None else f"{before.label}{MARK}",
        is_priority=before.is_priority,
        state=State.WAITING if is_front else State.ABSENT,
        arrived_at=before.arrived_at,
        came_from=before,
    )
    begin(kept, by=audit.SYSTEM, reason=KEPT_FROM, at=starts_at)
    audit.record("queue.keep", thing=f"ticket:{kept.pk}", by=audit.SYSTEM, label=kept.label)
    return kept


def _starts_again(agency: Agency) -> datetime | None:
    """Return when an agency serves kept numbers, None where the mall keeps none."""
    if night_rule() is Unfinished.EXPIRE:
        return None
    now = clock.now()
    # An emergency that nobody has ended yet must not cost those their numbers who waited in it.
    opening = directory.opening_of(agency, now, despite_emergency=True)
    return now if opening.is_open else opening.opens_at


@inside_transaction
def _number_on(line: Line, day: date, number: int | None) -> int | None:
    """Claim the same number on the new day; None where that day is past it already.

    Numbers of the new day go on behind the highest that was kept, so none is there twice.
    """
    begin_day(day)
    LineDay.objects.bulk_create(
        [LineDay(mall_id=line.mall_id, line=line, day=day)], ignore_conflicts=True
    )
    if number is None:
        return None
    behind = LineDay.objects.filter(line=line, day=day, last_number__lt=number)
    return number if behind.update(last_number=number) else None
