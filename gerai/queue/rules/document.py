"""The order of calling as a document: its parts, read from JSON and written to it. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeVar

# What a number may be: lowest and highest.
BOUNDS: Final[dict[str, tuple[int, int]]] = {
    "priority_in_a_row": (0, 5),
    "ordinary_in_a_row": (1, 5),
    "recalls": (1, 5),
    "return_after": (0, 20),
    "undo_seconds": (0, 60),
}
SHARES: Final = (1, 10)
MINUTES: Final = (1, 480)
MOST_ROWS: Final = 40
MOST_NAMES: Final = 400
LONGEST_NAME: Final = 150

GROUPS: Final = ("ordinary", "elderly", "disabled", "pregnant", "child")
LANGUAGES: Final = ("id", "en")
# How lines stand to each other: by arrival as one, strictly one after the other, by a ratio of
# calls, or by the time waited times a weight.
HOWS: Final = ("arrival", "in_order", "ratio", "weights")
CLASSES: Final = ("priority", "ordinary")

Row = TypeVar("Row")


@dataclass(frozen=True)
class Route:
    """Visitors of these services, groups and languages enter this line; empty means any.

    services, line: codes. Only visitors of the line's own agency are meant.
    """

    line: str
    services: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Share:
    """A line in a plan, with its part of a ratio or its weight."""

    line: str
    share: int = 1


@dataclass(frozen=True)
class Plan:
    """How the lines of some counters (and officers) stand to each other; empty means all.

    A line of such a counter that the plan does not name comes last in an order, and has the
    share 1 otherwise.
    """

    how: str = "arrival"
    counters: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    lines: tuple[Share, ...] = ()

    def place(self, line: str) -> int:
        """Return where a line stands in the plan, 0 first."""
        return next(
            (at for at, each in enumerate(self.lines) if each.line == line), len(self.lines)
        )

    def share(self, line: str) -> int:
        """Return a line's part of the ratio, or its weight."""
        return next((each.share for each in self.lines if each.line == line), 1)


@dataclass(frozen=True)
class Skill:
    """These counters, and these officers, take only these services."""

    services: tuple[str, ...]
    counters: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limit:
    """Whoever has waited so many minutes goes first. line, group: empty means any.

    group: "priority" or "ordinary".
    """

    minutes: int
    line: str = ""
    group: str = ""


@dataclass(frozen=True)
class CallRule:
    """The published order of calling, in two layers.

    First: which line a visitor enters (`routes`, the first that fits; else the line of the
    service). Second: whom a counter calls next. First come first served, with a bounded
    share for priority groups: after `priority_in_a_row` priority calls in a row
    `ordinary_in_a_row` ordinary visitors are called, if they wait. With 0 everybody is
    called in the order of coming. Lines stand to each other as the first fitting plan says;
    without one they are one line, by arrival.
    """

    version: int = 1
    priority_in_a_row: int = 2
    recalls: int = 3
    return_after: int = 3
    undo_seconds: int = 15
    ordinary_in_a_row: int = 1
    routes: tuple[Route, ...] = ()
    plans: tuple[Plan, ...] = ()
    skills: tuple[Skill, ...] = ()
    limits: tuple[Limit, ...] = ()

    def line_for(
        self, service: str, *, group: str, language: str, lines: Iterable[str]
    ) -> str | None:
        """Return the line that a visitor enters by the first route that fits; else None.

        lines: codes of the open lines of the service's agency.
        """
        there = set(lines)
        for route in self.routes:
            if (
                route.line in there
                and (not route.services or service in route.services)
                and (not route.groups or group in route.groups)
                and (not route.languages or language in route.languages)
            ):
                return route.line
        return None

    def plan_for(self, counter: str, officer: str) -> int | None:
        """Return the number of the plan that holds for an officer at a counter."""
        for at, plan in enumerate(self.plans):
            if (not plan.counters or counter in plan.counters) and (
                not plan.officers or officer in plan.officers
            ):
                return at
        return None

    def services_for(self, counter: str, officer: str) -> frozenset[str] | None:
        """Return the only services that an officer at a counter takes; None for all.

        Several rows that name a counter add up; a counter's and an officer's must both agree.
        """
        at_counter = _united(each.services for each in self.skills if counter in each.counters)
        of_officer = _united(each.services for each in self.skills if officer in each.officers)
        if at_counter is None or of_officer is None:
            return of_officer if at_counter is None else at_counter
        return at_counter & of_officer

    def pool_of(self, counter: str, officer: str, lines: Iterable[str]) -> str:
        """Return a name for the counters that may call the same visitors as this one.

        Those are the counters with the same lines and the same choice of services. Turns are
        counted among them: a counter that others cannot stand in for keeps its own count.
        """
        there = " ".join(sorted(lines))
        if not self.skills:
            return there
        rows = [
            f"{at}{kind}"
            for at, each in enumerate(self.skills)
            for kind, is_meant in (("c", counter in each.counters), ("o", officer in each.officers))
            if is_meant
        ]
        return " / ".join([there, *rows])

    def limit_for(self, line: str, *, is_priority: bool) -> int | None:
        """Return after how many minutes a head of this line and class goes first."""
        own = CLASSES[0] if is_priority else CLASSES[1]
        for limit in self.limits:
            if limit.line in ("", line) and limit.group in ("", own):
                return limit.minutes
        return None

    def has_layers(self) -> bool:
        """Tell whether it says more than the numbers."""
        return bool(self.routes or self.plans or self.skills or self.limits)


def _united(parts: Iterable[Sequence[str]]) -> frozenset[str] | None:
    found = [frozenset(part) for part in parts]
    return frozenset().union(*found) if found else None


@dataclass(frozen=True)
class Problem:
    """What is wrong with a rule. field: "plans.0.lines.1.share"; what: a word of a fixed list;
    about: what the sentence needs.
    """

    field: str
    what: str
    about: tuple[tuple[str, object], ...] = ()


class BadDocument(ValueError):
    """The JSON is no rule; `problems` name every field that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{each.field}: {each.what}" for each in problems))
        self.problems = tuple(problems)


def dump(rule: CallRule) -> dict[str, Any]:
    """Write a rule as JSON values, without its version."""
    told = asdict(rule)
    del told["version"]
    return dict(_plain(told))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def parse(document: object, *, version: int = 1) -> CallRule:
    """Read a rule from JSON values. What is left out is as usual.

    :raises BadDocument: it names every field that is wrong

    >>> parse({"priority_in_a_row": 1}).priority_in_a_row
    1
    >>> parse({"recalls": 9, "x": 1})
    Traceback (most recent call last):
    gerai.queue.rules.document.BadDocument: x: unknown; recalls: not_whole
    """
    reader = _Reader()
    rule = reader.rule(document, version)
    if reader.problems:
        raise BadDocument(reader.problems)
    return rule


class _Reader:
    """Reads one document and gathers what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def rule(self, document: object, version: int) -> CallRule:
        said = self._object(document, "", {*BOUNDS, "routes", "plans", "skills", "limits"})
        usual = CallRule()
        numbers = {
            name: self._whole(said.get(name, getattr(usual, name)), name, *bounds)
            for name, bounds in BOUNDS.items()
        }
        return CallRule(
            version=version,
            **numbers,
            routes=self._rows(said, "routes", self._route),
            plans=self._rows(said, "plans", self._plan),
            skills=self._rows(said, "skills", self._skill),
            limits=self._rows(said, "limits", self._limit),
        )

    def _route(self, value: object, at: str) -> Route:
        said = self._object(value, at, {"services", "groups", "languages", "line"})
        return Route(
            line=self._name(said.get("line"), f"{at}.line"),
            services=self._names(said, "services", at),
            groups=self._names(said, "groups", at, GROUPS),
            languages=self._names(said, "languages", at, LANGUAGES),
        )

    def _plan(self, value: object, at: str) -> Plan:
        said = self._object(value, at, {"counters", "officers", "how", "lines"})
        plan = Plan(
            how=self._choice(said.get("how", "arrival"), f"{at}.how", HOWS),
            counters=self._names(said, "counters", at),
            officers=self._names(said, "officers", at),
            lines=self._rows(said, "lines", self._share, at),
        )
        named = [each.line for each in plan.lines]
        if len(set(named)) != len(named):
            self._wrong(f"{at}.lines", "twice")
        if plan.how != "arrival" and not named:
            self._wrong(f"{at}.lines", "empty")
        return plan

    def _share(self, value: object, at: str) -> Share:
        said = self._object(value, at, {"line", "share"})
        return Share(
            line=self._name(said.get("line"), f"{at}.line"),
            share=self._whole(said.get("share", 1), f"{at}.share", *SHARES),
        )

    def _skill(self, value: object, at: str) -> Skill:
        said = self._object(value, at, {"counters", "officers", "services"})
        skill = Skill(
            services=self._names(said, "services", at),
            counters=self._names(said, "counters", at),
            officers=self._names(said, "officers", at),
        )
        if not skill.services:
            self._wrong(f"{at}.services", "empty")
        if not skill.counters and not skill.officers:
            self._wrong(f"{at}.counters", "nobody")
        return skill

    def _limit(self, value: object, at: str) -> Limit:
        said = self._object(value, at, {"line", "group", "minutes"})
        return Limit(
            minutes=self._whole(said.get("minutes"), f"{at}.minutes", *MINUTES),
            line=self._name(said.get("line", ""), f"{at}.line", may_be_empty=True),
            group=self._choice(said.get("group", ""), f"{at}.group", ("", *CLASSES)),
        )

    def _rows(
        self,
        said: Mapping[str, object],
        name: str,
        read: Callable[[object, str], Row],
        under: str = "",
    ) -> tuple[Row, ...]:
        at = f"{under}.{name}" if under else name
        value = said.get(name, [])
        if not isinstance(value, list | tuple):
            self._wrong(at, "not_list")
            return ()
        if len(value) > MOST_ROWS:
            self._wrong(at, "too_many", most=MOST_ROWS)
            return ()
        return tuple(read(each, f"{at}.{number}") for number, each in enumerate(value))

    def _object(self, value: object, at: str, known: set[str]) -> Mapping[str, object]:
        if not isinstance(value, Mapping):
            self._wrong(at, "not_object")
            return {}
        for name in sorted(set(value) - known, key=str):
            self._wrong(f"{at}.{name}" if at else str(name), "unknown")
        return value

    def _names(
        self, said: Mapping[str, object], name: str, under: str, known: Sequence[str] = ()
    ) -> tuple[str, ...]:
        at = f"{under}.{name}"
        value = said.get(name, [])
        if not isinstance(value, list | tuple):
            self._wrong(at, "not_list")
            return ()
        if len(value) > MOST_NAMES:
            self._wrong(at, "too_many", most=MOST_NAMES)
            return ()
        if known:
            names = tuple(self._choice(each, at, known) for each in value)
        else:
            names = tuple(self._name(each, at) for each in value)
        if len(set(names)) != len(names):
            self._wrong(at, "twice")
        return names

    def _name(self, value: object, at: str, *, may_be_empty: bool = False) -> str:
        if not isinstance(value, str) or len(value) > LONGEST_NAME:
            self._wrong(at, "not_name")
            return ""
        if not value and not may_be_empty:
            self._wrong(at, "empty")
        return value

    def _choice(self, value: object, at: str, known: Sequence[str]) -> str:
        if not isinstance(value, str) or value not in known:
            self._wrong(at, "no_choice")
            return known[0]
        return value

    def _whole(self, value: object, at: str, low: int, high: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self._wrong(at, "not_whole", low=low, high=high)
            return low
        return value

    def _wrong(self, at: str, what: str, **about: object) -> None:
        self.problems.append(Problem(at, what, tuple(about.items())))
