"""What the public pages say of the services: lists, one standard, and how it changed."""

import re
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.catalogue.texts import slug_of
from gerai.directory.hours import Opening
from gerai.directory.models import Agency, Service, Standard
from gerai.malls.scope import current_mall
from gerai.queue.models import Line
from gerai.queue.queries import choices
from gerai.queue.queries.boards import Board, board
from gerai.queue.queries.places import open_counters
from gerai.queue.rules import Expectation
from gerai.ui.signs import Sign
from gerai.website.queries.lights import Light

SHOWN_AT_ONCE = 5
CHANGES_SHOWN = 5

# The eight components that only concern the agency, in the order of the law.
INTERNAL: tuple[tuple[str, object], ...] = (
    ("legal_basis", _("Dasar hukum")),
    ("facilities", _("Sarana, prasarana, dan fasilitas")),
    ("competence", _("Kompetensi pelaksana")),
    ("supervision", _("Pengawasan internal")),
    ("staff", _("Jumlah pelaksana")),
    ("service_guarantee", _("Jaminan pelayanan")),
    ("security_guarantee", _("Jaminan keamanan dan keselamatan")),
    ("evaluation", _("Evaluasi kinerja pelaksana")),
)

_ADDRESS = re.compile(r"https?://[^\s;,()<>\[\]]*[^\s;,()<>\[\].]")


@dataclass(frozen=True)
class ServiceRow:
    """A service in a list. waiting: None where no number can be taken for it.

    is_told: its line is not the agency's only one, so that its waiting says something new.
    """

    service: Service
    waiting: int | None
    is_told: bool

    @property
    def slug(self) -> str:
        """Return its place in the address."""
        return slug_of(self.service.code)


@dataclass(frozen=True)
class AgencyServices:
    """An agency with its services: the first ones, and those behind a fold."""

    agency: Agency
    opening: Opening
    sentence: str
    waiting: int
    counters_open: int
    first: tuple[ServiceRow, ...]
    folded: tuple[ServiceRow, ...]

    @property
    def slug(self) -> str:
        """Return its place in the address."""
        return slug_of(self.agency.code)

    @property
    def count(self) -> int:
        """Return how many services it has."""
        return len(self.first) + len(self.folded)


@dataclass(frozen=True)
class Letter:
    """The services whose names begin with a letter."""

    letter: str
    rows: tuple[ServiceRow, ...]


@dataclass(frozen=True)
class Mark:
    """How sure a standard is, and what that means."""

    sign: Sign
    meaning: object


VERIFICATIONS: dict[str, Mark] = {
    "terverifikasi": Mark(
        Sign("is-done", "shield-check", _("Terverifikasi")),
        _("Isinya terbaca pada sumber."),
    ),
    "sebagian": Mark(
        Sign("is-called", "shield", _("Terverifikasi sebagian")),
        _("Ada isi yang belum terbaca pada sumber."),
    ),
    "alamat_tak_lengkap": Mark(
        Sign("is-called", "shield", _("Sumber tidak lengkap")),
        _("Alamat sumber tidak lengkap, sehingga isinya sukar diperiksa ulang."),
    ),
}
UNVERIFIED = Mark(
    Sign("is-closed", "help-circle", _("Belum diverifikasi")), _("Pastikan di loket.")
)


@dataclass(frozen=True)
class Source:
    """A line about where a standard comes from, around the address in it, if any."""

    before: str
    address: str = ""
    after: str = ""

    @property
    def host(self) -> str:
        """Return the site that the address leads to."""
        return urlsplit(self.address).netloc.removeprefix("www.")


@dataclass(frozen=True)
class Contrast:
    """A component before and after, line by line; a line with False stands on one side only."""

    name: object
    before: tuple[tuple[str, bool], ...]
    after: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Change:
    """A version of a standard and what it says differently from the one before."""

    standard: Standard
    is_coming: bool
    differences: tuple[Contrast, ...]


@dataclass(frozen=True)
class ServiceNow:
    """Everything the page of a service says. line, expectation: None where it has no line."""

    service: Service
    opening: Opening
    sentence: str
    standard: Standard | None
    line: Line | None = None
    waiting: int = 0
    counters_open: int = 0
    expectation: Expectation | None = None
    where: tuple[choices.Whereabouts, ...] = ()
    changes: tuple[Change, ...] = field(default=())

    @property
    def slug(self) -> str:
        """Return its place in the address."""
        return slug_of(self.service.code)

    @property
    def agency_slug(self) -> str:
        """Return its agency's place in the address."""
        return slug_of(self.service.agency.code)

    @property
    def light(self) -> Light | None:
        """Return how long one would wait; None where nobody calls or no number can be taken."""
        if self.expectation is None or not (self.may_take and self.counters_open):
            return None
        return Light(self.expectation, self.line)

    @property
    def may_take(self) -> bool:
        """Tell whether a number can be taken now."""
        return self.line is not None and self.opening.takes_tickets


def services_by_agency(moment: datetime) -> list[AgencyServices]:
    """Return the agencies that have services, those open now first, with what waits there."""
    rows: dict[Agency, list[ServiceRow]] = defaultdict(list)
    for row in _rows(moment):
        rows[row.service.agency].append(row)
    openings = directory.openings_of(rows, moment)
    now = board()
    waiting = waiting_of(now)
    counters = open_counters_of(now)
    found = [
        AgencyServices(
            agency=agency,
            opening=openings[agency.pk],
            sentence=directory.sentence(openings[agency.pk]),
            waiting=waiting[agency.pk],
            counters_open=counters[agency.pk],
            first=tuple(own[: _shown(own)]),
            folded=tuple(own[_shown(own) :]),
        )
        for agency, own in rows.items()
    ]
    return sorted(found, key=lambda each: not each.opening.is_open)


def services_by_letter(moment: datetime) -> list[Letter]:
    """Return the services by the first letter of their names."""
    letters: dict[str, list[ServiceRow]] = defaultdict(list)
    for row in sorted(_rows(moment), key=lambda row: (row.service.name.casefold(), row.service.pk)):
        letters[row.service.name[:1].upper()].append(row)
    return [Letter(letter, tuple(rows)) for letter, rows in letters.items()]


def service_with(slug: str) -> Service | None:
    """Return the active service of an address."""
    return next(iter(services_with([slug])), None)


def services_with(slugs: Sequence[str]) -> list[Service]:
    """Return the active services of addresses, in their order; unknown ones are left out."""
    keys: dict[str, int] = {}
    for key, code in _active().order_by("pk").values_list("pk", "code"):
        keys.setdefault(slug_of(code), key)
    found = _active().in_bulk([keys[slug] for slug in slugs if slug in keys])
    return [found[keys[slug]] for slug in dict.fromkeys(slugs) if slug in keys]


def services_of(agency: Agency, moment: datetime) -> list[ServiceRow]:
    """Return the services of an agency, by name."""
    return [row for row in _rows(moment) if row.service.agency_id == agency.pk]


def service_now(service: Service, moment: datetime) -> ServiceNow:
    """Return the published standard of a service, its changes, and how busy it is."""
    day = clock.local_day(moment, current_mall().zone)
    changes = changes_of(service, day)
    if choices.services_with_a_line().filter(pk=service.pk).exists():
        page = choices.service_page(service, moment)
        return ServiceNow(
            service=service,
            opening=page.opening,
            sentence=page.sentence,
            standard=page.standard,
            line=page.line,
            waiting=page.waiting,
            counters_open=len(open_counters(service.agency, day)),
            expectation=page.expectation,
            where=page.where,
            changes=changes,
        )
    opening = directory.opening_of(service.agency, moment)
    return ServiceNow(
        service=service,
        opening=opening,
        sentence=directory.sentence(opening),
        standard=directory.published_standard(service, day),
        where=choices.where_is(service.agency, day),
        changes=changes,
    )


def changes_of(service: Service, day: date) -> tuple[Change, ...]:
    """Return the last versions that differ from the one before, newest first.

    One that is not yet in force on the day is among them, as coming.
    """
    versions = list(directory.versions_of(service)[: CHANGES_SHOWN + 1])
    return tuple(
        Change(
            standard=after,
            is_coming=after.valid_from is not None and after.valid_from > day,
            differences=tuple(map(_contrast, directory.differences(before, after))),
        )
        for after, before in pairwise(versions)
    )


def mark_of(standard: Standard) -> Mark:
    """Return how sure a standard is, in words and looks."""
    return VERIFICATIONS.get(standard.verification, UNVERIFIED)


def sources_of(standard: Standard) -> list[Source]:
    """Return the lines of a standard's source, each with the address that it names."""
    lines = (line.strip() for line in standard.source.splitlines())
    return [_source(line) for line in lines if line]


def internal_parts(standard: Standard) -> list[tuple[object, str]]:
    """Return the names and texts of the internal components that the source states."""
    told = ((name, str(getattr(standard, part))) for part, name in INTERNAL)
    return [(name, text) for name, text in told if text.strip()]


def open_counters_of(now: Board) -> Tally[int]:
    """Return agency key → counters at which an officer calls or could."""
    return Tally(
        agency.pk
        for counter in now.counters
        if counter.state in {"serving", "called", "open"}
        for agency in counter.agencies
    )


def _contrast(told: directory.Difference) -> Contrast:
    before, after = told.before.splitlines(), told.after.splitlines()
    return Contrast(
        name=told.name,
        before=tuple((line, line in after) for line in before),
        after=tuple((line, line in before) for line in after),
    )


def waiting_of(now: Board) -> Tally[int]:
    """Return agency key → people waiting in its lines."""
    waiting: Tally[int] = Tally()
    for line in now.lines:
        waiting[line.line.agency_id] += line.waiting
    return waiting


def _active() -> QuerySet[Service]:
    return Service.objects.filter(is_active=True, agency__is_active=True).select_related("agency")


def _rows(moment: datetime) -> list[ServiceRow]:
    found = choices.service_choices(moment)
    waiting = {each.service.pk: each.waiting for each in found}
    lines: dict[int, set[int]] = defaultdict(set)
    for each in found:
        lines[each.service.agency_id].add(each.service.line_service.line_id)
    services = _active().order_by("agency__short_name", "agency", "name", "pk")
    return [
        ServiceRow(service, waiting.get(service.pk), len(lines[service.agency_id]) > 1)
        for service in services
    ]


def _shown(rows: list[ServiceRow]) -> int:
    # A fold that hides one line would be as tall as the line.
    return len(rows) if len(rows) <= SHOWN_AT_ONCE + 1 else SHOWN_AT_ONCE


def _source(line: str) -> Source:
    found = _ADDRESS.search(line)
    if found is None:
        return Source(line)
    return Source(line[: found.start()], found[0], line[found.end() :])
