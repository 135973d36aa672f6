"""The route of one visit: what is done, where it stands now, what comes next and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gerai import clock
from gerai.directory.models import Service
from gerai.malls.scope import current_mall
from gerai.queue.models import (
    OPEN_STEPS,
    PlaceChoice,
    PlannedStep,
    PlanState,
    ServedItem,
    Step,
    Ticket,
    Visit,
)
from gerai.queue.plan import Place, Why, may_be_next
from gerai.queue.queries.choices import Whereabouts, services_with_a_line, where_is
from gerai.queue.queries.routes import (
    NOT_SERVED,
    Outlook,
    PlaceRule,
    Stop,
    counts_since,
    day_of,
    has_ticket_in_house,
    outlook,
    place_rule,
    who_of,
    wish_of,
)
from gerai.queue.states import Verb
from gerai.survey.queries import may_rate

# What was done stands first, then what is done now; the rest follows stage by stage.
TAKEN = {PlanState.DONE: 0, PlanState.ENTERED: 1}


@dataclass(frozen=True)
class StepNow:
    """A step of a visit as its holder sees it.

    look: "done", "now", "next" (one of those that may be next), "later" or "skipped".
    """

    step: PlannedStep
    look: str
    stop: Stop | None = None
    where: tuple[Whereabouts, ...] = ()
    may_rate: bool = False


@dataclass(frozen=True)
class RouteNow:
    """A visit's steps, and what comes next.

    is_waiting: no line is stood in now though steps are left, because nobody serves them.
    why_first: why the step that is stood in now went before others; empty without a choice.
    """

    visit: Visit
    steps: tuple[StepNow, ...]
    outlook: Outlook | None
    rule: PlaceRule
    is_waiting: bool
    why_first: str

    @property
    def left(self) -> list[StepNow]:
        """Return the steps that are planned still."""
        return [each for each in self.steps if each.step.state == PlanState.PLANNED]

    @property
    def next_ones(self) -> list[StepNow]:
        """Return the steps that may be next."""
        return [each for each in self.steps if each.look == "next"]

    @property
    def rule_words(self) -> str:
        """Say the rule of the place in the next line."""
        return place_sentence(self.rule)


def route_of(visit: Visit) -> RouteNow | None:
    """Return the steps of a visit with their state; None for one that has a single service."""
    steps = list(
        PlannedStep.objects.filter(visit=visit)
        .select_related("service__agency", "service__line_service__line", "ticket")
        .order_by("stage", "pk")
    )
    if not steps:
        return None
    rule = place_rule()
    left = [step for step in steps if step.state == PlanState.PLANNED]
    day = day_of(visit)
    ahead = outlook(
        [wish_of(step) for step in left],
        rule=rule,
        who=who_of(visit),
        came_at=counts_since(visit, day),
    )
    stops = {stop.wish.service.pk: stop for stop in ahead.stops} if ahead else {}
    next_ones = set(may_be_next({step.pk: step.stage for step in left}))
    return RouteNow(
        visit=visit,
        steps=tuple(
            _step_now(step, next_ones, stops, day)
            for step in sorted(steps, key=lambda step: TAKEN.get(PlanState(step.state), len(TAKEN)))
        ),
        outlook=ahead,
        rule=rule,
        is_waiting=bool(left) and not has_ticket_in_house(visit.pk),
        why_first=_why_first(steps),
    )


def _why_first(steps: Sequence[PlannedStep]) -> str:
    standing = [step.ticket_id for step in steps if step.state == PlanState.ENTERED]
    taken = Step.objects.filter(ticket__in=standing, verb=Verb.TAKE).order_by("-pk").first()
    return explain_order(taken.explanation) if taken is not None else ""


def _step_now(
    step: PlannedStep, next_ones: set[int], stops: Mapping[int, Stop], day: date
) -> StepNow:
    look = {PlanState.ENTERED: "now", PlanState.DONE: "done", PlanState.SKIPPED: "skipped"}.get(
        PlanState(step.state), "next" if step.pk in next_ones else "later"
    )
    token = step.ticket.rating_token if step.ticket is not None else ""
    return StepNow(
        step=step,
        look=look,
        stop=stops.get(step.service_id) if look in {"next", "later"} else None,
        where=where_is(step.service.agency, day) if look in {"now", "next"} else (),
        may_rate=look == "done" and bool(token) and may_rate(token),
    )


def step_of(visit_id: int, step_id: int) -> PlannedStep | None:
    """Return a step of a visit."""
    found: PlannedStep | None = (
        PlannedStep.objects.filter(visit=visit_id, pk=step_id)
        .select_related("service__agency", "visit")
        .first()
    )
    return found


def services_to_add(ticket: Ticket) -> list[Service]:
    """Return the services that are not among the open steps of a number's visit."""
    steps = PlannedStep.objects.filter(visit=ticket.visit_id, state__in=OPEN_STEPS)
    taken = [*steps.values_list("service", flat=True), ticket.service_id]
    return list(services_with_a_line().exclude(pk__in=taken))


def items_of(ticket: Ticket) -> list[ServedItem]:
    """Return what was recorded as done for a number."""
    return list(ServedItem.objects.filter(ticket=ticket).select_related("service").order_by("pk"))


def services_here(ticket: Ticket) -> list[Service]:
    """Return the services of the agency at whose desk a number is, its own first."""
    services = Service.objects.filter(agency=ticket.service.agency_id, is_active=True)
    found = list(services.select_related("agency").order_by("name", "pk"))
    return sorted(found, key=lambda service: service.pk != ticket.service_id)


def place_sentence(rule: PlaceRule) -> str:
    """Say at which place one stands in the next line, and how many may pass one there.

    >>> place_sentence(PlaceRule(place=Place.STEP_END))
    'Di antrean berikutnya Anda berdiri di belakang semua yang sudah menunggu di sana.'
    """
    place = {
        Place.ARRIVAL: _(
            "Di antrean berikutnya tempat Anda menurut jam datang di mal: hanya yang datang "
            "sesudah Anda yang Anda dahului."
        ),
        Place.HALF: _(
            "Di antrean berikutnya separuh waktu Anda di mal dihitung: hanya yang datang sesudah "
            "tengah waktu itu yang Anda dahului."
        ),
        Place.STEP_END: _(
            "Di antrean berikutnya Anda berdiri di belakang semua yang sudah menunggu di sana."
        ),
    }[rule.place]
    return place if rule.place is Place.STEP_END else f"{place} {bound_sentence(rule)}"


def bound_sentence(rule: PlaceRule) -> str:
    """Say how many from other lines may pass somebody who waits."""
    return ngettext(
        "Siapa pun yang menunggu paling banyak didahului %(count)d nomor yang datang dari "
        "antrean lain; selebihnya berdiri di belakangnya.",
        "Siapa pun yang menunggu paling banyak didahului %(count)d nomor yang datang dari "
        "antrean lain; selebihnya berdiri di belakangnya.",
        rule.most_passed,
    ) % {"count": rule.most_passed}


def explain_place(explanation: Mapping[str, Any]) -> str:
    """Say why a number that came over from another line stands where it stands; else empty.

    explanation: the one that was stored when it entered the line.
    """
    if "place" not in explanation:
        return ""
    came, placed = _clock(explanation["came_at"]), _clock(explanation["placed_at"])
    passed = explanation["passed"]
    if explanation["place"] in PlaceChoice.values:
        told = _(
            "Datang di mal pukul %(came)s; tempatnya di antrean ini pukul %(placed)s: %(rule)s"
        ) % {
            "came": came,
            "placed": placed,
            "rule": PlaceChoice(explanation["place"]).label.lower(),
        }
    else:
        told = _(
            "Datang di mal pukul %(came)s; tempatnya di antrean ini pukul %(placed)s, dibawa dari "
            "antrean sebelumnya"
        ) % {"came": came, "placed": placed}
    counted = ngettext(
        "mendahului %(count)d nomor (aturan rute versi %(version)s)",
        "mendahului %(count)d nomor (aturan rute versi %(version)s)",
        passed,
    ) % {"count": passed, "version": explanation["version"]}
    if explanation["placed_at"] == explanation.get("earned_at", explanation["placed_at"]):
        return f"{told}; {counted}."
    bounded = ngettext(
        "Tidak lebih depan, karena yang berdiri di depannya sudah didahului %(count)d nomor.",
        "Tidak lebih depan, karena yang berdiri di depannya sudah didahului %(count)d nomor.",
        explanation["most"],
    ) % {"count": explanation["most"]}
    return f"{told}; {counted}. {bounded}"


def _clock(told: str) -> str:
    return f"{clock.local(datetime.fromisoformat(told), current_mall().zone):%H.%M}"


def explain_order(explanation: Mapping[str, Any]) -> str:
    """Say why this step of a visit went first, where others might have; else empty.

    explanation: the one that was stored when its line was entered.

    >>> told = {"why": "sooner", "saved": 20, "waits": [["KTP", 0, 10], ["SKCK", None, None]]}
    >>> explain_order({"order": told})[:61]
    'KTP didahulukan: seluruhnya selesai sekitar 20 menit lebih ce'
    """
    order = explanation.get("order")
    if not order:
        return ""
    first = order["waits"][0][0]
    about = {"first": first, "minutes": order["saved"]}
    why = {
        Why.SOONER.value: _(
            "%(first)s didahulukan: seluruhnya selesai sekitar %(minutes)s menit lebih cepat."
        ),
        Why.CLOSES.value: _(
            "%(first)s didahulukan, agar tidak ada loket yang sudah tutup saat Anda sampai."
        ),
        NOT_SERVED: _("%(first)s didahulukan, karena loket yang lain belum dilayani."),
    }.get(order["why"], _("%(first)s didahulukan; urutan lain tidak lebih cepat."))
    waits = ", ".join(_wait(*each) for each in order["waits"])
    return f"{why % about} " + _("Perkiraan tunggu saat itu: %(waits)s.") % {"waits": waits}


def _wait(name: str, low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return _("%(name)s belum dilayani") % {"name": name}
    if low == high:
        return _("%(name)s %(high)s menit") % {"name": name, "high": high}
    return _("%(name)s %(low)s sampai %(high)s menit") % {"name": name, "low": low, "high": high}
