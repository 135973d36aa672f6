"""What all exports tell of a mall: its week, its counters, its place, how sure a standard is."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, cast

from django.db.models import Prefetch, Q

from gerai import clock
from gerai.directory.hours import (
    LOOK_AHEAD_DAYS,
    DayHours,
    SpecialDay,
    SpecialKind,
    Week,
    day_plan,
)
from gerai.directory.models import (
    Agency,
    BreakTime,
    Counter,
    CounterShare,
    Requirement,
    Service,
    Standard,
    WeeklyHours,
)
from gerai.directory.models import SpecialDay as SpecialDayRow
from gerai.directory.queries import national_days_between
from gerai.directory.queries.opening import day_hours
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
    """A mall on a day; weeks and special days are the mall's under the key None."""

    mall: Mall
    day: date
    weeks: dict[int | None, Week]
    special_days: dict[int | None, list[SpecialDay]]
    counters: dict[int, list[Counter]]

    def week_of(self, agency: Agency | None = None) -> Week:
        """Return the week in force, an agency's own before the mall's."""
        key = agency.pk if agency else MALL
        return self.weeks.get(key, self.weeks[MALL])

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
        keys = [MALL, agency.pk] if agency else [MALL]
        special_days = [day for key in keys for day in self.special_days.get(key, [])]
        last = self.day + timedelta(days=LOOK_AHEAD_DAYS)
        national = national_days_between(self.day, last)
        found: list[Departure] = []
        for ahead in range(LOOK_AHEAD_DAYS + 1):
            on = self.day + timedelta(days=ahead)
            plan = day_plan(
                on,
                mall_week=week,
                national=national,
                joint_leave_closes=self.mall.joint_leave_closes,
                special_days=special_days,
            )
            spans = stretches(plan.hours)
            if spans != stretches(week.get(on.weekday())):
                found.append(Departure(on, plan.name, tuple(spans)))
        return found

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
    """Return the facts of the mall in scope on a day, today unless told; four queries."""
    mall = current_mall()
    day = day or clock.local_day(clock.now(), mall.zone)
    hours = _by_agency(WeeklyHours.objects.order_by("weekday"))
    breaks = _by_agency(BreakTime.objects.order_by("starts"))
    last = day + timedelta(days=LOOK_AHEAD_DAYS)
    special_days = _by_agency(SpecialDayRow.objects.filter(on__range=(day, last)).order_by("on"))
    own = {key for key in (*hours, *breaks) if key is not MALL}
    return Facts(
        mall=mall,
        day=day,
        weeks={key: _week(hours[key] or hours[MALL], breaks[key]) for key in (MALL, *own)},
        special_days={
            key: [_special_day(row, breaks[key if key in own else MALL]) for row in rows]
            for key, rows in special_days.items()
        },
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
    """Return the hours of a day cut at its breaks; none for a closed one.

    >>> stretches(DayHours(time(8), time(15), breaks=((time(12), time(13)),)))
    [(datetime.time(8, 0), datetime.time(12, 0)), (datetime.time(13, 0), datetime.time(15, 0))]
    """
    if hours is None:
        return []
    opens = [hours.opens, *(end for _, end in hours.breaks)]
    closes = [*(start for start, _ in hours.breaks), hours.closes]
    return list(zip(opens, closes, strict=True))


def _by_agency(rows: Iterable[Any]) -> dict[int | None, list[Any]]:
    found: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.agency_id].append(row)
    return found


def _week(hours: Iterable[WeeklyHours], breaks: Sequence[BreakTime]) -> Week:
    return {
        row.weekday: day_hours(
            row.opens, row.closes, row.last_ticket, _breaks_on(row.weekday, breaks)
        )
        for row in hours
    }


def _special_day(row: SpecialDayRow, breaks: Sequence[BreakTime]) -> SpecialDay:
    hours = None
    if row.opens is not None and row.closes is not None:
        on = row.on.weekday()
        hours = day_hours(row.opens, row.closes, row.last_ticket, _breaks_on(on, breaks))
    return SpecialDay(on=row.on, kind=cast("SpecialKind", row.kind), name=row.name, hours=hours)


def _breaks_on(weekday: int, breaks: Iterable[BreakTime]) -> list[tuple[time, time]]:
    return [(pause.starts, pause.ends) for pause in breaks if pause.weekday == weekday]


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
