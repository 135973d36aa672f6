"""One visit through several agencies: its steps, what may be next, and which order is best."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.hours import Opening, Reason
from gerai.directory.models import Agency, Service
from gerai.queue.models import (
    Desk,
    Group,
    Line,
    PlannedStep,
    PlanState,
    RouteRule,
    RouteTemplate,
    RouteTemplateStep,
    Step,
    Ticket,
    Visit,
)
from gerai.queue.plan import (
    MOST_PASSED_USUALLY,
    Advice,
    Errand,
    Place,
    Standing,
    advise,
    bounded_moment,
    may_be_next,
    place_moment,
)
from gerai.queue.queries.boards import today
from gerai.queue.queries.expectations import expectation
from gerai.queue.queries.limits import numbers_left
from gerai.queue.queries.places import minutes_each_of, open_counters
from gerai.queue.queries.rule import entry_lines, rule_in_force
from gerai.queue.rules import Expectation
from gerai.queue.states import ENDED, IN_THE_HOUSE, State

STOPS_FOLLOWED = 6
# Why a stop goes first that the advice put later: nobody serves the advised one yet.
NOT_SERVED = "not_served"


@dataclass(frozen=True)
class PlaceRule:
    """The rule in force of the place in the next line; version 0: nothing was published yet.

    most_passed: how many from other lines may at most pass somebody who waits.
    """

    version: int = 0
    place: Place = Place.ARRIVAL
    most_passed: int = MOST_PASSED_USUALLY


@dataclass(frozen=True)
class Wish:
    """A service that a visit needs. stage: equal ones in any order, 0 at any moment."""

    service: Service
    stage: int = 1
    amount: int = 1


@dataclass(frozen=True)
class Who:
    """Whose lines are asked about: the rule sends groups and languages into different ones.

    door: where the numbers would be taken, None where the visit has taken them already.
    """

    group: str = Group.ORDINARY
    language: str = "id"
    door: str | None = None


@dataclass(frozen=True)
class Stop:
    """A wish with the line in which it would stand, and whether that is served now."""

    wish: Wish
    line: Line | None
    opening: Opening
    sentence: str
    expectation: Expectation
    counters_open: int

    @property
    def is_served(self) -> bool:
        """Tell whether somebody who enters the line now will be called."""
        is_open = self.opening.is_open or self.opening.takes_tickets
        return self.line is not None and is_open and self.counters_open > 0

    @property
    def has_numbers(self) -> bool:
        """Tell whether the day has a number left of it."""
        return self.opening.reason is not Reason.NUMBERS_GONE


@dataclass(frozen=True)
class Outlook:
    """The stops of a visit in the advised order, and the advice.

    While nobody serves the advised first one, the first that is served stands before it.
    """

    stops: tuple[Stop, ...]
    advice: Advice

    @property
    def why(self) -> str:
        """Return why one begins with the first stop: as the advice says, or not served."""
        is_advised = self.first.wish.service.pk == self.advice.order[0]
        return self.advice.why.value if is_advised else NOT_SERVED

    @property
    def too_late(self) -> list[Stop]:
        """Return the stops that close before one gets there."""
        return [stop for stop in self.stops if stop.wish.service.pk in self.advice.too_late]

    @property
    def first(self) -> Stop:
        """Return the stop with which one begins."""
        return self.stops[0]


def place_rule() -> PlaceRule:
    """Return the mall's rule of the place in the next line."""
    rule = RouteRule.objects.order_by("-version").first()
    if rule is None:
        return PlaceRule()
    return PlaceRule(rule.version, Place(rule.place), rule.most_passed)


def active_templates() -> list[RouteTemplate]:
    """Return the templates that are offered: active, and each service can be had; by name."""
    templates = all_templates().filter(is_active=True)
    return [template for template in templates if _can_be_had(template)]


def all_templates() -> QuerySet[RouteTemplate]:
    """Return the routes of the mall with their services, stage by stage; by name."""
    steps = RouteTemplateStep.objects.order_by("stage", "pk").select_related(
        "service__agency", "service__line_service__line"
    )
    found: QuerySet[RouteTemplate] = RouteTemplate.objects.prefetch_related(
        Prefetch("steps", queryset=steps)
    ).order_by("name")
    return found


def _can_be_had(template: RouteTemplate) -> bool:
    steps = template.steps.all()
    return bool(steps) and all(
        step.service.is_active and step.service.agency.is_active and line_of(step.service)
        for step in steps
    )


def line_of(service: Service) -> Line | None:
    """Return the active line in which visitors of a service stand."""
    place = getattr(service, "line_service", None)
    return place.line if place is not None and place.line.is_active else None


def wishes_of(template: RouteTemplate) -> list[Wish]:
    """Return what a template asks for, stage by stage."""
    return [Wish(step.service, step.stage, step.amount) for step in template.steps.all()]


def outlook(
    wishes: Sequence[Wish],
    *,
    rule: PlaceRule,
    who: Who,
    came_at: datetime | None = None,
) -> Outlook | None:
    """Return the advice for wishes, of somebody who came at a moment (None: comes now).

    None when nothing is wished.
    """
    if not wishes:
        return None
    now = clock.now()
    stops = stops_of(wishes, rule=rule, who=who, came_at=came_at or now, now=now)
    advice = advise(_errands(stops, now), place=rule.place)
    by_key = {stop.wish.service.pk: stop for stop in stops}
    firsts = set(may_be_next({key: stop.wish.stage for key, stop in by_key.items()}))
    served = (key for key in advice.order if key in firsts and by_key[key].is_served)
    first = next(served, advice.order[0])
    order = (first, *(key for key in advice.order if key != first))
    return Outlook(tuple(by_key[key] for key in order), advice)


def stops_of(
    wishes: Sequence[Wish], *, rule: PlaceRule, who: Who, came_at: datetime, now: datetime
) -> list[Stop]:
    """Return where each wish would stand now."""
    day = today()
    agencies = {wish.service.agency_id: wish.service.agency for wish in wishes}
    services = [wish.service for wish in wishes]
    left = numbers_left(services, day, who.door) if who.door is not None else {}
    openings = directory.openings_of_services(services, now, left)
    counters = {key: len(open_counters(agency, day)) for key, agency in agencies.items()}
    lines = entry_lines([wish.service for wish in wishes], group=who.group, language=who.language)
    moment = place_moment(rule.place, came_at=came_at, ended_at=now)
    ahead = _ahead([line for line in lines.values() if line is not None], day, moment)
    stops = []
    for wish in wishes:
        line, agency_id = lines[wish.service.pk], wish.service.agency_id
        expected = (
            Expectation(0, 0)
            if line is None
            else expectation(line, day, ahead.get(line.pk, 0), counters[agency_id])
        )
        opening = openings[wish.service.pk]
        stops.append(
            Stop(
                wish,
                line,
                opening,
                directory.sentence(opening),
                expected,
                counters[agency_id],
            )
        )
    return stops


def _ahead(lines: Sequence[Line], day: date, moment: datetime) -> dict[int, int]:
    """Return line key → how many wait there who keep their place before such a moment."""
    found: dict[int, int] = {}
    waiting = Ticket.objects.waiting().filter(line__in=lines, day=day, arrived_at__lte=moment)
    for line_id in waiting.values_list("line", flat=True):
        found[line_id] = found.get(line_id, 0) + 1
    return found


def _errands(stops: Sequence[Stop], now: datetime) -> list[Errand]:
    lines = [stop.line for stop in stops if stop.line is not None]
    minutes = minutes_each_of(lines, today())
    closing = _closing({stop.wish.service.agency for stop in stops}, now)
    errands = []
    for stop in stops:
        opens_in, closes_in = 0.0, closing.get(stop.wish.service.agency_id)
        if not (stop.opening.is_open or stop.opening.takes_tickets):
            opens_at = stop.opening.opens_at
            is_today = opens_at is not None and opens_at.date() == today()
            opens_in = _minutes(now, opens_at) if is_today and opens_at else 0.0
            closes_in = closes_in if is_today else 0.0
        if stop.line is None:
            closes_in = 0.0
        errands.append(
            Errand(
                key=stop.wish.service.pk,
                stage=stop.wish.stage,
                low=max(stop.expectation.low_minutes - opens_in, 0.0),
                high=max(stop.expectation.high_minutes - opens_in, 0.0),
                minutes=minutes[stop.line.pk] if stop.line is not None else 0.0,
                opens_in=opens_in,
                closes_in=closes_in,
            )
        )
    return errands


def _closing(agencies: Iterable[Agency], now: datetime) -> dict[int, float | None]:
    """Return agency key → minutes until it closes for today, breaks passed over.

    Agencies of the same hours are asked for together.
    """
    closing: dict[int, float | None] = {}
    followed: Mapping[Agency, datetime] = dict.fromkeys(agencies, now)
    for _stop in range(STOPS_FOLLOWED):
        following: dict[Agency, datetime] = {}
        for moment in set(followed.values()):
            together = [agency for agency, at in followed.items() if at == moment]
            for agency, opening in _openings(together, moment):
                if not opening.is_open:
                    again = opening.opens_at
                    is_today = again is not None and again.date() == today()
                    if is_today and again is not None and again > moment:
                        following[agency] = again
                    elif moment > now:
                        closing[agency.pk] = _minutes(now, moment)
                elif opening.until is not None and opening.until > moment:
                    following[agency] = opening.until
        followed = following
    return closing


def _openings(agencies: Sequence[Agency], moment: datetime) -> list[tuple[Agency, Opening]]:
    openings = directory.openings_of(agencies, moment)
    return [(agency, openings[agency.pk]) for agency in agencies]


def _minutes(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 60


# Of a visit that is under way.


def has_ticket_in_house(visit_id: int) -> bool:
    """Tell whether a visit stands in a line or at a counter, or its slip is being printed."""
    standing = Ticket.objects.filter(visit=visit_id, state__in=[*IN_THE_HOUSE, State.PRINTING])
    return standing.exists()


def day_of(visit: Visit) -> date:
    """Return the day on which a visit is under way: its own, or the one that it was kept for."""
    day = Ticket.objects.filter(visit=visit).order_by("-pk").values_list("day", flat=True).first()
    return day or visit.day


def counts_since(visit: Visit, day: date) -> datetime:
    """Return since when a visit counts on a day: the coming, or where its kept number begins."""
    if day == visit.day:
        return visit.came_at
    began = Step.objects.filter(ticket__visit=visit, ticket__day=day, state=State.WAITING)
    return began.order_by("pk").values_list("at", flat=True).first() or visit.came_at


def order_told(ahead: Outlook, *, first: Stop, stops: Sequence[Stop]) -> dict[str, object]:
    """Return why a stop was taken first, as it is stored; empty where nothing was to choose.

    stops: those that might have been first. A wait is [name, low, high];
    both None: not served.
    """
    if len(stops) < 2:  # noqa: PLR2004 - one alone is no choice
        return {}
    others = [stop for stop in stops if stop is not first]
    advised = min(stops, key=lambda stop: ahead.advice.order.index(stop.wish.service.pk))
    follows = first is advised or advised.is_served
    return {
        "why": ahead.advice.why.value if follows else NOT_SERVED,
        "saved": ahead.advice.saved if follows else 0,
        "waits": [
            [
                stop.wish.service.name,
                stop.expectation.low_minutes if stop.is_served else None,
                stop.expectation.high_minutes if stop.is_served else None,
            ]
            for stop in (first, *others)
        ],
    }


def who_of(visit: Visit) -> Who:
    """Return whose visit it is, for the rule."""
    return Who(visit.group, visit.language)


def placed_in(
    line: Line, day: date, earned: datetime, *, is_priority: bool, most: int
) -> tuple[datetime, int]:
    """Return at which moment one who earned a place is put into a line, and how many it passes.

    Whoever waits there was passed by those who came over from another line later and were put
    before them. Counted are those of the same class, where the rule calls classes apart.
    """
    there = Ticket.objects.filter(line=line, day=day)
    if rule_in_force().priority_in_a_row:
        there = there.filter(is_priority=is_priority)
    waiting = there.filter(state__in=[State.WAITING, State.PRINTING], arrived_at__gt=earned)
    # Who has left again without being called is before nobody any more.
    came_over = list(
        there.filter(came_from__day=day)
        .exclude(state=State.LEFT, times_called=0)
        .values_list("pk", "arrived_at")
    )
    standing = [
        Standing(at, sum(key < other and before < at for other, before in came_over))
        for key, at in waiting.values_list("pk", "arrived_at")
    ]
    moment = bounded_moment(earned, standing, most=most)
    return moment, sum(each.placed_at > moment for each in standing)


def wish_of(step: PlannedStep) -> Wish:
    """Return what a planned step asks for."""
    return Wish(step.service, step.stage, step.amount)


def planned_on(day: date) -> QuerySet[PlannedStep]:
    """Return the planned steps of visits that are under way on a day, kept ones included."""
    kept = Ticket.objects.filter(day=day, came_from__isnull=False).order_by().values("visit")
    steps: QuerySet[PlannedStep] = PlannedStep.objects.filter(
        Q(visit__day=day) | Q(visit__in=kept), state=PlanState.PLANNED
    )
    return steps


def visits_waiting_for(agencies: Iterable[Agency], day: date) -> list[int]:
    """Return the visits of a day with a step planned at one of the agencies, oldest first."""
    steps = planned_on(day).filter(service__agency__in=agencies)
    return list(
        steps.order_by("visit__came_at", "visit").values_list("visit", flat=True).distinct()
    )


def visits_under_way(day: date) -> int:
    """Return how many visits stand in a line or at a counter, or have steps left."""
    standing = Ticket.objects.in_the_house().filter(day=day).order_by().values("visit")
    left = planned_on(day).order_by().values("visit")
    return Visit.objects.filter(Q(pk__in=standing) | Q(pk__in=left)).count()


def between_lines(tokens: Sequence[str]) -> list[Ticket]:
    """Return the newest tickets of today's visits of a browser that stand between two lines."""
    left = planned_on(today()).filter(visit__token__in=tokens).order_by().values("visit")
    newest: dict[int, Ticket] = {}
    tickets = Ticket.objects.filter(visit__in=left).select_related("visit", "service__agency")
    for ticket in tickets.order_by("pk"):
        newest[ticket.visit_id] = ticket
    return [ticket for ticket in newest.values() if ticket.state in ENDED]


def is_staffed(agency: Agency, day: date) -> bool:
    """Tell whether an officer has a counter of the agency open, paused or not."""
    counters = directory.counters_of(agency, day)
    return Desk.objects.filter(counter__in=counters, closed_at=None).exists()
