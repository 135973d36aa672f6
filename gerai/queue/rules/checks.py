"""Whether a rule fits the house, and can leave nobody waiting for ever. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gerai.queue.rules.document import CLASSES, CallRule, Plan, Problem, Route


@dataclass(frozen=True)
class House:
    """What a rule may name, by codes.

    lines: line → agency; services: service → agency; sits: counter → agency → weekdays (0 =
    Monday) on which it sits there; officers: user name → agencies. ended: services that give
    out no numbers any more.
    """

    lines: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    sits: Mapping[str, Mapping[str, frozenset[int]]] = field(default_factory=dict)
    officers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()

    def lines_at(self, counter: str) -> tuple[str, ...]:
        """Return the lines that a counter serves on some weekday."""
        agencies = self.sits.get(counter, {})
        return tuple(line for line, agency in self.lines.items() if agency in agencies)


def problems_of(rule: CallRule, house: House) -> list[Problem]:
    """Return everything for which a rule must be refused in this house.

    What it names must be there. And whoever waits must be called after finitely many calls,
    however many others come. By arrival and by ratio that is so (`bounds`). An order and
    weights let a busy line go before another one for ever, unless everybody in those lines
    has a limit. A limit lets the lines that have one go before those that have none. A
    service that no counter takes is never called.
    """
    return [
        *_unknown_names(rule, house),
        *_routes(rule, house),
        *_starving_lines(rule, house),
        *_services_that_nobody_takes(rule, house),
    ]


def _unknown_names(rule: CallRule, house: House) -> Iterator[Problem]:
    for at, route in enumerate(rule.routes):
        yield from _missing(f"routes.{at}.line", "no_line", [route.line], house.lines)
        yield from _missing(f"routes.{at}.services", "no_service", route.services, house.services)
    for at, plan in enumerate(rule.plans):
        for place, share in enumerate(plan.lines):
            field_name = f"plans.{at}.lines.{place}.line"
            yield from _missing(field_name, "no_line", [share.line], house.lines)
        yield from _missing(f"plans.{at}.counters", "no_counter", plan.counters, house.sits)
        yield from _missing(f"plans.{at}.officers", "no_officer", plan.officers, house.officers)
    for at, skill in enumerate(rule.skills):
        yield from _missing(f"skills.{at}.counters", "no_counter", skill.counters, house.sits)
        yield from _missing(f"skills.{at}.officers", "no_officer", skill.officers, house.officers)
        yield from _missing(f"skills.{at}.services", "no_service", skill.services, house.services)
    for at, limit in enumerate(rule.limits):
        if limit.line:
            yield from _missing(f"limits.{at}.line", "no_line", [limit.line], house.lines)


def _missing(
    at: str, what: str, names: Sequence[str], known: Mapping[str, object]
) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield Problem(at, what, (("name", name),))


def _routes(rule: CallRule, house: House) -> Iterator[Problem]:
    for at, route in enumerate(rule.routes):
        agency = house.lines.get(route.line)
        for service in route.services:
            if agency and house.services.get(service, agency) != agency:
                whose = (("line", route.line), ("service", service))
                yield Problem(f"routes.{at}.services", "other_agency", whose)
        for earlier, above in enumerate(rule.routes[:at]):
            same_agency = house.lines.get(above.line) == agency
            if same_agency and _covers(above, route):
                rows = (("row", at + 1), ("other", earlier + 1))
                yield Problem(f"routes.{at}.line", "never_reached", rows)
                break


def _covers(above: Route, below: Route) -> bool:
    pairs = (
        (above.services, below.services),
        (above.groups, below.groups),
        (above.languages, below.languages),
    )
    return all(not wide or (narrow and set(narrow) <= set(wide)) for wide, narrow in pairs)


def _starving_lines(rule: CallRule, house: House) -> Iterator[Problem]:
    told: set[tuple[str, str]] = set()
    for problem in (*_by_plans(rule, house), *_by_limits(rule, house)):
        about = dict(problem.about)
        which = str(about["line"]), str(about["group"])
        if which not in told:
            told.add(which)
            yield problem


def _by_plans(rule: CallRule, house: House) -> Iterator[Problem]:
    for at, plan in enumerate(rule.plans):
        if plan.how in ("in_order", "weights"):
            for counter in _counters_of(plan, house):
                lines = house.lines_at(counter)
                for line, group in _without_limit(rule, lines) if len(lines) > 1 else ():
                    yield Problem(f"plans.{at}.how", "starves", (("line", line), ("group", group)))


def _by_limits(rule: CallRule, house: House) -> Iterator[Problem]:
    for counter in house.sits:
        lines = house.lines_at(counter)
        unbounded = list(_without_limit(rule, lines))
        if len(unbounded) < len(lines) * len(CLASSES):
            for line, group in unbounded:
                yield Problem("limits", "limit_missing", (("line", line), ("group", group)))


def _counters_of(plan: Plan, house: House) -> Iterator[str]:
    """Return the counters at which a plan may hold."""
    agencies = {agency for name in plan.officers for agency in house.officers.get(name, ())}
    for counter, sitting in house.sits.items():
        if (not plan.counters or counter in plan.counters) and (
            not plan.officers or agencies & set(sitting)
        ):
            yield counter


def _without_limit(rule: CallRule, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        for group in CLASSES:
            if rule.limit_for(line, is_priority=group == CLASSES[0]) is None:
                yield line, group


def _services_that_nobody_takes(rule: CallRule, house: House) -> Iterator[Problem]:
    if not rule.skills:
        return
    for service, agency in house.services.items():
        if service in house.ended:
            continue
        officers = [name for name, theirs in house.officers.items() if agency in theirs] or [""]
        seats: dict[int, list[str]] = {}
        for counter, sitting in house.sits.items():
            for weekday in sitting.get(agency, ()):
                seats.setdefault(weekday, []).append(counter)
        for weekday, counters in sorted(seats.items()):
            if not any(
                _takes(rule, counter, officer, service)
                for counter in counters
                for officer in officers
            ):
                about = (("service", service), ("weekday", weekday))
                yield Problem("skills", "nobody_takes", about)
                break


def _takes(rule: CallRule, counter: str, officer: str, service: str) -> bool:
    only = rule.services_for(counter, officer)
    return only is None or service in only
