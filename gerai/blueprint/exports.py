"""The mall in scope as parts of a blueprint: what may be learned from it, and no person."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from django.db.models import Prefetch

from gerai import clock
from gerai.blueprint.reading import FilePart, PartKey, part_key
from gerai.blueprint.shape import KINDS
from gerai.directory.models import (
    MANAGING,
    Agency,
    Agreement,
    AgreementState,
    BreakTime,
    Counter,
    CounterShare,
    Facility,
    Floor,
    Guide,
    Requirement,
    Service,
    Standard,
    WeeklyHours,
    Zone,
)
from gerai.malls.scope import current_mall
from gerai.people.models import Membership
from gerai.queue.models import Line, LineService, Rule
from gerai.queue.queries.rule import rule_of
from gerai.queue.rules import CallRule, dump

Content = dict[str, Any]

# Words that name a role as well: a user called so is nobody in particular.
ROLES = frozenset(
    [
        "admin",
        "administrator",
        "kepala",
        "loket",
        "mal",
        "mpp",
        "operator",
        "pengawas",
        "penulis",
        "penyambut",
        "petugas",
        "redaktur",
        "sistem",
    ]
)
SHORTEST_NAME = 4
# What a call rule said before it had lines, limits and skills.
OLD_NUMBERS = frozenset({"priority_in_a_row", "recalls", "return_after", "undo_seconds"})
REFERENCES = frozenset({"agency", "services", "zone"})
_NIK = re.compile(r"(?<![0-9])[0-9]{16}(?![0-9])")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
NAME_GONE, NUMBER_GONE = "[nama dihapus]", "[nomor dihapus]"
# Of several agreements with an agency the one that says most.
_MOST_BINDING = (AgreementState.SIGNED, AgreementState.PROMISED, AgreementState.PLANNED)
_COPIED = (
    "decree_number",
    "source",
    "verification",
    "product",
    "complaints",
    *MANAGING,
)
_PLACE = ("x", "y", "width", "height")


def local_parts(*, with_hidden: bool = False) -> list[FilePart]:
    """Return every part of the mall in scope, in the order in which they are taken.

    with_hidden: also agencies, services, lines and counters that take no part now.
    Names of people with a role here and numbers of identity cards are blotted out of texts.
    """
    clean = Cleaner()
    parts = [
        FilePart(kind, key, clean(content))
        for kind, key, content in _everything(_Rows(), with_hidden=with_hidden)
    ]
    return sorted(parts, key=lambda part: (KINDS.index(part.kind), part.key))


@dataclass(frozen=True)
class Here:
    """What the mall says of a part: as others would get it, and with what takes no part now."""

    shown: Content | None
    whole: Content

    def says(self, content: Content | None) -> bool:
        """Tell whether the mall says this."""
        return content in (self.shown, self.whole)


def parts_here() -> dict[PartKey, Here]:
    """Return what the mall in scope has, to hold a file against."""
    rows, clean = _Rows(), Cleaner()
    shown = {
        part_key(kind, key): content for kind, key, content in _everything(rows, with_hidden=False)
    }
    found: dict[PartKey, Here] = {}
    for kind, key, content in _everything(rows, with_hidden=True):
        name = part_key(kind, key)
        whole = clean(content)
        # Seldom do the two differ.
        found[name] = Here(whole if shown.get(name) == content else clean(shown.get(name)), whole)
    return found


class Cleaner:
    """Takes out of texts what is a person's, and letters that nobody sees."""

    def __init__(self) -> None:
        """Learn the names of everybody with a role in the mall in scope."""
        agencies = Agency.objects.values_list("code", "name", "short_name")
        ours = {" ".join(word.split()).casefold() for words in agencies for word in words}
        names = {
            " ".join(name.split())
            for name in Membership.objects.values_list("user__name", flat=True)
        }
        telling = [name for name in names if _tells_somebody(name) and name.casefold() not in ours]
        # The longer name first: "Ani Contoh" before "Ani".
        in_order = sorted(telling, key=len, reverse=True)
        choice = "|".join(r"\s+".join(map(re.escape, name.split())) for name in in_order)
        pattern = rf"(?<!\w)(?:{choice})(?!\w)"
        self.names = re.compile(pattern, re.IGNORECASE) if telling else None

    def __call__(self, value: Any) -> Any:
        """Return a JSON value with its texts cleaned; what refers to a code stays."""
        match value:
            case str():
                return self._text(value)
            case list():
                return [self(each) for each in value]
            case dict():
                return {
                    name: each if name in REFERENCES else self(each) for name, each in value.items()
                }
            case _other:
                return value

    def _text(self, text: str) -> str:
        text = _UNPRINTABLE.sub("", text)
        if self.names is not None:
            text = self.names.sub(NAME_GONE, text)
        return _NIK.sub(NUMBER_GONE, text)


def _tells_somebody(name: str) -> bool:
    is_long = len(name) >= SHORTEST_NAME
    return is_long and (len(name.split()) > 1 or name.casefold() not in ROLES)


class _Rows:
    """What the mall in scope has, asked once however often it is told."""

    def __init__(self) -> None:
        self.weeks = _weeks()
        self.rule: Rule | None = Rule.objects.order_by("-version").first()
        self.agencies: list[Agency] = list(Agency.objects.all())
        self.services: list[Service] = list(Service.objects.all())
        self.standards = _standards()
        self.lines: list[Line] = list(Line.objects.all())
        self.line_services: list[LineService] = list(LineService.objects.all())
        self.floors: list[Floor] = list(Floor.objects.all())
        self.zones: list[Zone] = list(Zone.objects.select_related("floor"))
        self.counters: list[Counter] = list(Counter.objects.select_related("zone"))
        self.shares: list[CounterShare] = list(CounterShare.objects.order_by("weekday"))
        self.agreements: list[Agreement] = list(
            Agreement.objects.exclude(state=AgreementState.ENDED)
        )
        self.facilities: list[Facility] = list(Facility.objects.order_by("code"))
        self.guides: list[Guide] = list(Guide.objects.order_by("code"))


def _everything(rows: _Rows, *, with_hidden: bool) -> Iterator[tuple[str, str, Content]]:
    agencies = {each.pk: each for each in rows.agencies if each.is_active or with_hidden}
    if None in rows.weeks:
        closes = current_mall().joint_leave_closes
        yield "hours", "mall", {"joint_leave_closes": closes, **rows.weeks[None]}
    if rows.rule is not None:
        yield "call_rule", "mall", _call_rule(rows.rule)
    for agency in agencies.values():
        yield "agency", agency.code, _agency(agency)
    services = [
        service
        for service in rows.services
        if service.agency_id in agencies and (service.is_active or with_hidden)
    ]
    for service in services:
        yield (
            "service",
            service.code,
            {
                "agency": agencies[service.agency_id].code,
                "name": service.name,
                "standard": rows.standards.get(service.pk),
            },
        )
    yield from _lines(rows, agencies, services, with_hidden=with_hidden)
    yield from _building(rows, agencies, with_hidden=with_hidden)
    for agency in agencies.values():
        if agency.pk in rows.weeks:
            yield "agency_hours", agency.code, rows.weeks[agency.pk]
    yield from _agreements(rows, agencies)
    for facility in rows.facilities:
        yield "facility", facility.code, _facility(facility)
    for guide in rows.guides:
        yield "guide", guide.code, _guide(guide)


def _agency(agency: Agency) -> Content:
    return {
        "name": agency.name,
        "short_name": agency.short_name,
        "kind": agency.kind,
        "site": agency.site,
        "icon": agency.icon,
    }


def _weeks() -> dict[int | None, Content]:
    weeks: dict[int | None, Content] = defaultdict(lambda: {"days": [], "breaks": []})
    for row in WeeklyHours.objects.order_by("weekday"):
        weeks[row.agency_id]["days"].append(
            {
                "weekday": row.weekday,
                "opens": _clock(row.opens),
                "closes": _clock(row.closes),
                "last_ticket": row.last_ticket and _clock(row.last_ticket),
            }
        )
    for pause in BreakTime.objects.order_by("weekday", "starts", "ends"):
        weeks[pause.agency_id]["breaks"].append(
            {"weekday": pause.weekday, "starts": _clock(pause.starts), "ends": _clock(pause.ends)}
        )
    return dict(weeks)


def _clock(moment: time) -> str:
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")


def _call_rule(rule: Rule) -> Content:
    said = dump(_without_people(rule_of(rule)))
    usual = dump(CallRule())
    # What older readers do not know is said only where the rule says something by it.
    return {
        name: value for name, value in said.items() if name in OLD_NUMBERS or value != usual[name]
    }


def _without_people(rule: CallRule) -> CallRule:
    """Leave out what is said of single officers: user names belong to no other mall."""
    return replace(
        rule,
        plans=tuple(plan for plan in rule.plans if not plan.officers),
        skills=tuple(skill for skill in rule.skills if not skill.officers),
    )


def _standards() -> dict[int, Content]:
    """Return the standard in force of each service; where none is yet, the newest."""
    today = clock.local_day(clock.now(), current_mall().zone)
    in_order = Requirement.objects.order_by("position")
    chosen: dict[int, Standard] = {}
    in_force: set[int] = set()
    versions = Standard.objects.order_by("version")
    for row in versions.prefetch_related(Prefetch("requirements", queryset=in_order)):
        holds = row.valid_from is None or row.valid_from <= today
        if holds or row.service_id not in in_force:
            chosen[row.service_id] = row
        if holds:
            in_force.add(row.service_id)
    return {service: _standard(row) for service, row in chosen.items()}


def _standard(row: Standard) -> Content:
    return {name: getattr(row, name) for name in _COPIED} | {
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "requirements": [
            {"text": need.text, "condition": need.condition} for need in row.requirements.all()
        ],
        "procedure": list(row.procedure),
        "duration": {
            "text": row.duration_text,
            "least": row.duration_min,
            "most": row.duration_max,
            "unit": row.duration_unit,
        },
        "fee": {"text": row.fee_text, "rupiah": row.fee_rupiah},
        "validity": row.validity_text,
    }


def _lines(
    rows: _Rows, agencies: dict[int, Agency], services: list[Service], *, with_hidden: bool
) -> Iterator[tuple[str, str, Content]]:
    known = {service.pk: service for service in services}
    standing: dict[int, list[Service]] = defaultdict(list)
    for link in rows.line_services:
        if link.service_id in known:
            standing[link.line_id].append(known[link.service_id])
    for line in rows.lines:
        if line.agency_id in agencies and (line.is_active or with_hidden):
            yield (
                "line",
                line.code,
                {
                    "agency": agencies[line.agency_id].code,
                    "name": line.name,
                    "usual_minutes": line.usual_minutes,
                    "services": sorted(service.code for service in standing[line.pk]),
                },
            )


def _building(
    rows: _Rows, agencies: dict[int, Agency], *, with_hidden: bool
) -> Iterator[tuple[str, str, Content]]:
    for floor in rows.floors:
        yield "floor", str(floor.number), {"name": floor.name}
    for zone in rows.zones:
        where = {name: getattr(zone, name) for name in _PLACE}
        yield "zone", zone.code, {"floor": zone.floor.number, "name": zone.name, **where}
    seats: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for share in rows.shares:
        if share.agency_id in agencies:
            seats[share.counter_id][share.agency_id].append(share.weekday)
    for counter in rows.counters:
        if not (counter.is_active or with_hidden):
            continue
        sitting = {agencies[key].code: days for key, days in seats[counter.pk].items()}
        yield (
            "counter",
            counter.code,
            {
                "zone": counter.zone.code,
                "position": counter.position,
                "seats": [
                    {"agency": code, "weekdays": days} for code, days in sorted(sitting.items())
                ],
                **{name: getattr(counter, name) for name in _PLACE},
            },
        )


def _agreements(rows: _Rows, agencies: dict[int, Agency]) -> Iterator[tuple[str, str, Content]]:
    chosen: dict[int, Agreement] = {}
    for row in sorted(
        rows.agreements,
        key=lambda row: (_MOST_BINDING.index(AgreementState(row.state)), -row.pk),
    ):
        if row.agency_id in agencies:
            chosen.setdefault(row.agency_id, row)
    for key, agreement in chosen.items():
        yield (
            "agreement",
            agencies[key].code,
            {
                "duty_days": sorted(agreement.duty_days),
                "officers": agreement.officers,
                "agency_brings": agreement.agency_brings,
                "operator_brings": agreement.operator_brings,
            },
        )


def _facility(row: Facility) -> Content:
    return {
        "name": row.name,
        "group": row.group,
        "floor": row.floor,
        "note": row.note,
        "source": row.source,
        "is_required": row.is_required,
    }


def _guide(row: Guide) -> Content:
    return {"kind": row.kind, "title": row.title, "text": row.text, "source": row.source}
