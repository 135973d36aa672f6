"""What all exports tell of a mall: its week, its counters, its place, how sure a standard is."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db.models import Prefetch, Q

from gerai import clock
from gerai.directory.hours import LOOK_AHEAD_DAYS, DayHours, Week, day_plan, week_in_force
from gerai.directory.models import Agency, Counter, CounterShare, Requirement, Service, Standard
from gerai.directory.queries.opening import Timetable, timetable_of
from gerai.malls.models import Mall
from gerai.malls.regions import region_names
from gerai.malls.scope import current_mall

MALL = None
VERIFIED = "terverifikasi"
CERTAINTY = {
    VERIFIED: "Terverifikasi: isinya terbaca pada sumber.",
    "sebagian": "Terverifikasi sebagian: ada isi yang belum terbaca pada sumber.",
    "alamat_tak_lengkap": "Alamat sumber tidak lengkap, sehingga isinya sukar diperiksa ulang.",
    "": "Belum diverifikasi.",
}
SAMPLE = "Data contoh, bukan janji layanan yang sah."
NOT_STATED = "Standar pelayanan belum tercatat."

_POSTAL_CODE = re.compile(r"\b[0-9]{5}\b")


@dataclass(frozen=True)
class Span:
    """A stretch in which the same weekdays (0 = Monday) are open without a break."""

    weekdays: tuple[int, ...]
    opens: time
    closes: time


@dataclass(frozen=True)
class Departure:
    """A coming date that departs from the week. spans: when it is open, none if closed."""

    on: date
    name: str
    spans: tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class OtherHours:
    """Weekdays (0 = Monday) that depart alike on each of their dates from `first` to `last`."""

    first: date
    last: date
    weekdays: tuple[int, ...]
    name: str
    spans: tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class Region:
    """The area a mall serves. A name is empty where the code is not known."""

    code: str
    regency: str
    province: str

    @property
    def name(self) -> str:
        """Return the narrowest name known."""
        return self.regency or self.province


@dataclass(frozen=True)
class Facts:
    """A mall on a day, with everything that decides when it is open."""

    mall: Mall
    day: date
    timetable: Timetable
    counters: dict[int, list[Counter]]
    _other_hours: dict[int | None, list[OtherHours]] = field(default_factory=dict)

    def week_of(self, agency: Agency | None = None) -> Week:
        """Return the week in force, an agency's own before the mall's."""
        return week_in_force(self.day, self.timetable.calendar(_key(agency)))

    def spans_of(self, agency: Agency | None = None) -> list[Span]:
        """Return the week as stretches without a break, each once with its weekdays."""
        days: dict[tuple[time, time], list[int]] = defaultdict(list)
        for weekday, hours in sorted(self.week_of(agency).items()):
            for stretch in stretches(hours):
                days[stretch].append(weekday)
        return [Span(tuple(on), opens, closes) for (opens, closes), on in sorted(days.items())]

    def departures_of(self, agency: Agency | None = None) -> list[Departure]:
        """Return the dates of the coming weeks that depart from the week, by date."""
        week = self.week_of(agency)
        calendar = self.timetable.calendar(_key(agency))
        found: list[Departure] = []
        for ahead in range(LOOK_AHEAD_DAYS + 1):
            on = self.day + timedelta(days=ahead)
            plan = day_plan(on, calendar)
            spans = stretches(plan.hours)
            if spans != stretches(week.get(on.weekday())):
                found.append(Departure(on, plan.name, tuple(spans)))
        return found

    def other_hours_of(self, agency: Agency | None = None) -> list[OtherHours]:
        """Return the departures as few rules, each true on every date that it names."""
        key = _key(agency)
        if key not in self._other_hours:
            self._other_hours[key] = self._rules_of(agency)
        return self._other_hours[key]

    def _rules_of(self, agency: Agency | None) -> list[OtherHours]:
        runs: dict[tuple[str, tuple[tuple[time, time], ...]], list[list[date]]] = defaultdict(list)
        for each in self.departures_of(agency):
            theirs = runs[each.name, each.spans]
            if theirs and _is_rule([*theirs[-1], each.on]):
                theirs[-1].append(each.on)
            else:
                theirs.append([each.on])
        found = [
            OtherHours(
                first=dates[0],
                last=dates[-1],
                weekdays=tuple(sorted({on.weekday() for on in dates})),
                name=name,
                spans=spans,
            )
            for (name, spans), theirs in runs.items()
            for dates in theirs
        ]
        return sorted(found, key=lambda each: (each.first, each.last))

    def counters_of(self, agency: Agency) -> list[Counter]:
        """Return the active counters at which an agency sits on some weekday, in their order."""
        return self.counters.get(agency.pk, [])

    def place_of(self, agency: Agency) -> str:
        """Return in words where an agency sits; empty when it has no counter."""
        zones: dict[str, list[str]] = defaultdict(list)
        for counter in self.counters_of(agency):
            zones[f"{counter.zone.name}, {counter.zone.floor.name}"].append(counter.code)
        return "; ".join(f"Loket {', '.join(codes)} ({zone})" for zone, codes in zones.items())

    @property
    def region(self) -> Region:
        """Return the area that the mall serves."""
        names = region_names()
        code = self.mall.region_code
        regency = names.get(code, "") if "." in code else ""
        return Region(code, regency, names.get(code.split(".", 1)[0], ""))

    @property
    def postal_code(self) -> str:
        """Return the postal code written in the mall's address; empty when there is none."""
        found = _POSTAL_CODE.search(self.mall.address)
        return found[0] if found else ""

    @property
    def closing_rule(self) -> str:
        """Return in words on which days of the national calendar the mall is closed."""
        if self.mall.joint_leave_closes:
            return "Tutup pada hari libur nasional dan cuti bersama."
        return "Tutup pada hari libur nasional."

    @property
    def caveat_of_the_mall(self) -> str:
        """Return that a mall is a sample, where it is."""
        return SAMPLE if self.mall.is_sample else ""

    def caveat_of(self, standard: Standard | None) -> str:
        """Return what a reader must know before trusting a standard; empty when it is sure."""
        said = [SAMPLE] if self.mall.is_sample else []
        if standard is None:
            said.append(NOT_STATED)
        elif standard.verification != VERIFIED:
            said.append(certainty_of(standard))
        return " ".join(said)


def facts(day: date | None = None) -> Facts:
    """Return the facts of the mall in scope on a day, today unless told; three queries."""
    mall = current_mall()
    day = day or clock.local_day(clock.now(), mall.zone)
    agencies = Agency.objects.values_list("pk", flat=True)
    return Facts(
        mall=mall,
        day=day,
        timetable=timetable_of([MALL, *agencies], clock.at(day, 0, 0, mall.zone)),
        counters=_counters(),
    )


def services_shown() -> list[Service]:
    """Return the active services of active agencies, by agency and code."""
    return list(
        Service.objects.filter(is_active=True, agency__is_active=True)
        .select_related("agency")
        .order_by("agency__code", "code")
    )


def agencies_shown() -> list[Agency]:
    """Return the active agencies by code."""
    return list(Agency.objects.filter(is_active=True).order_by("code"))


def standards_in_force(services: Sequence[Service], day: date) -> dict[int, Standard]:
    """Return the version in force of each service by the service's key; two queries."""
    in_force = Q(valid_from=None) | Q(valid_from__lte=day)
    in_order = Requirement.objects.order_by("position")
    rows = (
        Standard.objects.filter(in_force, service__in=services)
        .order_by("version")
        .prefetch_related(Prefetch("requirements", queryset=in_order))
    )
    return {row.service_id: row for row in rows}


def certainty_of(standard: Standard) -> str:
    """Return in words how sure the content of a standard is."""
    return CERTAINTY.get(standard.verification, CERTAINTY[""])


def about(service: Service, mall: Mall, product: str, caveat: str) -> str:
    """Return what a service is in sentences, with what a reader must know first of all."""
    said = [f"{service.name}, dilayani {service.agency.name} di {mall.name}."]
    if product:
        said.append(f"Produk layanan: {product}.")
    if caveat:
        said.append(caveat)
    return " ".join(said)


def stretches(hours: DayHours | None) -> list[tuple[time, time]]:
    """Return the hours of a day cut at its breaks; none for a closed one."""
    return hours.stretches() if hours is not None else []


def _is_rule(dates: Sequence[date]) -> bool:
    """Tell whether dates, in order, are all those of their weekdays from the first to the last."""
    weekdays = {on.weekday() for on in dates}
    days = (dates[0] + timedelta(days=n) for n in range((dates[-1] - dates[0]).days + 1))
    return list(dates) == [on for on in days if on.weekday() in weekdays]


def _key(agency: Agency | None) -> int | None:
    return agency.pk if agency is not None else MALL


def _counters() -> dict[int, list[Counter]]:
    shares = (
        CounterShare.objects.filter(counter__is_active=True)
        .select_related("counter__zone__floor")
        .order_by("counter__position", "counter__code")
    )
    found: dict[int, dict[int, Counter]] = defaultdict(dict)
    for share in shares:
        found[share.agency_id].setdefault(share.counter_id, share.counter)
    return {agency: list(counters.values()) for agency, counters in found.items()}
