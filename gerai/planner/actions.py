"""Asking for a plan or for advice, working it off, taking a plan away."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gerai import clock, later
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.planner.models import Advice, Origin, Plan, PlanState, Trouble
from gerai.planner.queries import advice as advice_queries
from gerai.planner.queries.advice import AdviceNow
from gerai.planner.queries.plans import assumed_of, promise_of
from gerai.planner.queries.present import situation
from gerai.planner.rules import planning
from gerai.planner.rules.bands import LEAST_DAYS
from gerai.planner.rules.demand import Flow
from gerai.planner.rules.document import Assumed, dump
from gerai.planner.rules.hall import Counter
from gerai.planner.rules.rest_of_day import advised
from gerai.planner.rules.staffing import Promise
from gerai.planner.rules.trial import DAYS, Hall, PlayedDay, days_of
from gerai.transactions import inside_transaction, one_transaction

MOST_PLANS = 50
# So many played days go by until the page hears of it.
TELL_EVERY = 20
# Advice is worked out at most once in so long, however many ask.
ADVICE_APART = timedelta(minutes=1)


class TooManyPlans(Refused):
    """The mall keeps as many plans as one can still look through."""

    message = _("Sudah ada 50 rencana. Hapus dahulu yang tidak dipakai lagi.")


class MallClosed(Refused):
    """Nobody is served now, so there is nothing to advise."""

    message = _("Mal sedang tutup atau istirahat. Saran dihitung pada jam buka.")


@one_transaction
def ask(
    *,
    name: str,
    origin: Origin,
    opens: int,
    quarters: int,
    promise: Promise,
    rupiah_per_hour: int,
    cost_source: str,
    by: audit.Actor,
    last_days: int = 0,
    flows: Sequence[Flow] = (),
    counters: Sequence[Counter] = (),
    names: Mapping[str, str] | None = None,
) -> Plan:
    """Keep a question and have it worked off in the background.

    opens, quarters, last_days: as in `Plan`. Without flows the tickets of the mall are read.

    :raises TooManyPlans: fifty are kept
    """
    if Plan.objects.count() >= MOST_PLANS:
        raise TooManyPlans
    assumed = Assumed(Hall(tuple(flows), tuple(counters), quarters), names or {}, {})
    plan = Plan.objects.create(
        mall=current_mall(),
        name=name,
        origin=origin,
        made_at=clock.now(),
        made_by=by.user,
        opens=opens,
        quarters=quarters,
        promise_percent=round(promise.share * 100),
        promise_minutes=round(promise.within_s / 60),
        last_days=last_days,
        assumed=dump(assumed) if flows else {},
        rupiah_per_hour=rupiah_per_hour,
        cost_source=cost_source,
    )
    audit.record("planner.ask", thing=f"plan:{plan.pk}", by=by, origin=str(plan.origin))
    later.run("planner.play", mall_id=plan.mall_id, plan_id=plan.pk)
    publish("planner.ask", plan.pk)
    return plan


def play(plan: Plan) -> bool:
    """Read the tickets, play all days of a plan, keep what they say; tell whether it was done now.

    A plan that was cut off half way begins anew: the same seed gives the same days.
    """
    if not _move(plan, PlanState.PLAYING, played=0):
        return False
    assumed = assumed_of(plan)
    if assumed is None:
        return _move(plan, PlanState.FAILED, trouble=Trouble.NO_DAYS)
    promise = promise_of(plan)
    try:
        shifts = planning.shifts_of(assumed.hall, promise)
    except OverflowError:
        return _move(plan, PlanState.FAILED, trouble=Trouble.TOO_MUCH)
    halls = planning.halls_of(assumed, shifts)
    _move(plan, PlanState.PLAYING, to_play=DAYS * len(halls), assumed=dump(assumed))
    played: dict[str, list[PlayedDay]] = {}
    for number, (kind, hall) in enumerate(halls.items()):
        played[kind] = []
        for day in days_of(hall, promise, DAYS, f"plan {plan.pk}"):
            played[kind].append(day)
            if len(played[kind]) % TELL_EVERY == 0 and not _move(
                plan, PlanState.PLAYING, played=DAYS * number + len(played[kind])
            ):
                return False
    if min(len(days) for days in played.values()) < LEAST_DAYS:
        return _move(plan, PlanState.FAILED, trouble=Trouble.TOO_FEW)
    said = planning.told(assumed.hall, shifts, played)
    return _move(plan, PlanState.DONE, played=DAYS * len(halls), said=said)


@one_transaction
def _move(plan: Plan, state: PlanState, **changes: object) -> bool:
    """Bring a plan further unless it is done or gone, and tell the pages."""
    open_ones = Plan.objects.filter(pk=plan.pk, state__in=(PlanState.WAITING, PlanState.PLAYING))
    moved = bool(open_ones.update(state=state, **changes))
    if moved:
        publish("planner.play", plan.pk)
    return moved


@one_transaction
def remove(plan: Plan, *, by: audit.Actor) -> None:
    """Take a plan away; whoever plays it stops at the next stretch of days."""
    gone, _rows = Plan.objects.filter(pk=plan.pk).delete()
    if gone:
        audit.record("planner.remove", thing=f"plan:{plan.pk}", by=by)
        publish("planner.remove", plan.pk)


@one_transaction
def ask_advice(*, by: audit.Actor) -> bool:
    """Have it worked out what one more counter would save; tell whether that was begun now.

    It was not where it is being worked out, or was asked for less than a minute ago.

    :raises MallClosed: the mall is closed
    """
    if not advice_queries.advice_now().is_open:
        raise MallClosed
    return _begin_advice(by=by)


def fresh_advice() -> AdviceNow:
    """Return the advice for somebody who looks; where it is old, have it worked out anew.

    Pages look often: nothing is locked while it is fresh, or being worked out.
    """
    known = advice_queries.advice_now()
    if known.is_open and known.is_old and not known.is_running and _begin_advice_unasked():
        return advice_queries.advice_now()
    return known


@one_transaction
def _begin_advice_unasked() -> bool:
    return _begin_advice(by=audit.SYSTEM)


@inside_transaction
def _begin_advice(*, by: audit.Actor) -> bool:
    """Claim the mall's one row of advice: of many who ask at once, one begins."""
    now = clock.now()
    row, _is_new = Advice.objects.get_or_create(mall=current_mall())
    is_answered = Q(said_at__gte=F("asked_at")) | Q(asked_at__lte=now - advice_queries.CUT_OFF)
    is_due = Q(asked_at__lte=now - ADVICE_APART)
    begun = Advice.objects.filter(Q(asked_at=None) | is_answered & is_due, pk=row.pk)
    if not begun.update(asked_at=now):
        return False
    if by != audit.SYSTEM:
        audit.record("planner.advise", thing=f"advice:{row.pk}", by=by)
    later.run("planner.advise", mall_id=row.mall_id)
    publish("planner.advise", row.pk)
    return True


def advise() -> bool:
    """Work out what one more counter would save from now on; tell whether anybody still asks."""
    row = Advice.objects.first()
    if row is None or not advice_queries.is_unanswered(row):
        return False
    known = situation()
    gains = advised(known.present, known.measures, seed=f"advice {known.at.isoformat()}")
    return _keep_advice(row, advice_queries.told(known, gains))


@one_transaction
def _keep_advice(row: Advice, said: Mapping[str, object]) -> bool:
    asked = Advice.objects.filter(pk=row.pk, asked_at=row.asked_at)
    kept = bool(asked.update(said=said, said_at=clock.now()))
    if kept:
        publish("planner.advise", row.pk)
    return kept
