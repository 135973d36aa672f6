"""What a closing means for the visitors of today: who waits, and who takes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Agency, Closing, Counter, Posting
from gerai.directory.queries.closings import in_force
from gerai.directory.queries.words import hour_words
from gerai.malls.scope import current_mall
from gerai.people.models import User
from gerai.queue.models import Desk, Line, Ticket
from gerai.queue.queries.expectations import Asked, expectations
from gerai.queue.queries.places import open_counters
from gerai.queue.rules import Expectation
from gerai.queue.states import AT_A_COUNTER, State


@dataclass(frozen=True)
class LineEffect:
    """A line, who waits in it, and which staffed counters call it besides those that close.

    before, after: the wait of somebody coming now; after is None where nobody is left to call.
    """

    line: Line
    waiting: int
    counters: tuple[Counter, ...]
    before: Expectation
    after: Expectation | None


@dataclass(frozen=True)
class Effect:
    """What a closing changes for the visitors of today.

    is_last: once it is over, nobody is served here any more today.
    """

    lines: tuple[LineEffect, ...]
    at_desk: tuple[Ticket, ...]
    is_last: bool = False

    @property
    def waiting(self) -> int:
        """Return how many wait in these lines."""
        return sum(each.waiting for each in self.lines)

    @property
    def left_alone(self) -> int:
        """Return how many of them nobody is left to call until it is over."""
        return sum(each.waiting for each in self.lines if each.after is None)


def effect_of(
    counter: Counter | None, agency: Agency | None, *, ends_at: datetime | None = None
) -> Effect:
    """Return what closing a counter, or an agency with all its counters, would change now.

    ends_at: when it is over, None while nobody has said so.
    """
    day = _today()
    agencies = [agency] if agency is not None else _agencies_at(counter, day)
    closing = {counter.pk} if counter is not None else set()
    lines = list(
        Line.objects.filter(agency__in=agencies, is_active=True)
        .select_related("agency")
        .order_by("code")
    )
    staffed = {each.pk: open_counters(each, day) for each in agencies}
    found = []
    for line in lines:
        open_now = staffed[line.agency_id]
        left = [] if agency is not None else [c for c in open_now if c.pk not in closing]
        waiting = Ticket.objects.waiting().filter(line=line, day=day).count()
        before, after = expectations(
            [Asked(line, waiting, len(open_now)), Asked(line, waiting, len(left))], day
        )
        found.append(
            LineEffect(
                line=line,
                waiting=waiting,
                counters=tuple(left),
                before=before,
                after=after if left else None,
            )
        )
    closed = closing or {c.pk for own in staffed.values() for c in own}
    at_desk = Ticket.objects.filter(day=day, state__in=AT_A_COUNTER, counter__in=closed)
    is_last = ends_at is not None and not any(serves_again(each, ends_at) for each in agencies)
    return Effect(tuple(found), tuple(at_desk.select_related("counter")), is_last)


def serves_again(agency: Agency, moment: datetime) -> datetime | None:
    """Return when an agency serves from a moment on, by its calendar; None on another day."""
    opening = directory.opening_of(agency, moment, despite_emergency=True)
    again = moment if opening.is_open else opening.opens_at
    zone = current_mall().zone
    if again is None or clock.local_day(again, zone) != clock.local_day(moment, zone):
        return None
    return again


def agencies_closed_by(desk: Desk) -> list[Agency]:
    """Return the agencies that a desk's officer may ask to close: their own of the counter."""
    theirs = set(Posting.objects.filter(user=desk.officer_id).values_list("agency", flat=True))
    return [each for each in directory.agencies_at(desk.counter, _today()) if each.pk in theirs]


def asked_by(officer: User, closing_id: int) -> bool:
    """Tell whether an officer asked for a closing."""
    return Closing.objects.filter(pk=closing_id, asked_by=officer).exists()


def notes_for(ticket: Ticket) -> list[str]:
    """Say to who waits in a line which of its counters are closed, and who calls instead."""
    if ticket.state not in {State.WAITING, State.HELD, State.ABSENT}:
        return []
    day, now = _today(), clock.now()
    if ticket.day != day:
        return []
    agency = ticket.line.agency
    counters = directory.counters_of(agency, day)
    theirs = {counter.pk for counter in counters}
    found = [
        each for each in in_force(now) if each.agency_id == agency.pk or each.counter_id in theirs
    ]
    if not found:
        return []
    return [*(closing_sentence(each) for each in found), _who_calls(agency, day, found)]


def closing_sentence(closing: Closing) -> str:
    """Say what is closed until when, and why."""
    told = {"hour": _hour(closing.ends_at), "why": closing.why}
    if closing.counter is not None:
        return _("Loket %(code)s ditutup sementara sampai pukul %(hour)s: %(why)s.") % {
            **told,
            "code": closing.counter.code,
        }
    return _("%(agency)s ditutup sementara sampai pukul %(hour)s: %(why)s.") % {
        **told,
        "agency": closing.agency.short_name if closing.agency else "",
    }


def closing_title(closing: Closing) -> str:
    """Name a closing that may not be in force: what, until when, and why."""
    told = {"hour": _hour(closing.ends_at), "why": closing.why}
    if closing.counter is not None:
        return _("Loket %(code)s, sampai pukul %(hour)s: %(why)s") % {
            **told,
            "code": closing.counter.code,
        }
    return _("%(agency)s, semua loketnya, sampai pukul %(hour)s: %(why)s") % {
        **told,
        "agency": closing.agency.short_name if closing.agency else "",
    }


def hall_notes(zone_counters: Iterable[Counter], agencies: Iterable[Agency]) -> list[str]:
    """Say what is closed now among the counters and agencies that a screen shows."""
    counters = {counter.pk for counter in zone_counters}
    theirs = {agency.pk for agency in agencies}
    return [
        closing_sentence(each)
        for each in directory.closings_in_force(clock.now())
        if each.counter_id in counters or each.agency_id in theirs
    ]


def _who_calls(agency: Agency, day: date, closings: Sequence[Closing]) -> str:
    closed = {each.counter_id for each in closings if each.counter_id is not None}
    is_whole = any(each.agency_id is not None for each in closings)
    left = [] if is_whole else [c for c in open_counters(agency, day) if c.pk not in closed]
    if not left:
        again = serves_again(agency, max(each.ends_at for each in closings))
        if again is None:
            return _(
                "Hari ini tidak ada panggilan lagi di sini. Tanyakan kepada penyambut apa yang "
                "dapat Anda lakukan dengan nomor ini."
            )
        return _(
            "Nomor Anda tetap berlaku. Panggilan berlanjut pukul %(hour)s; halaman ini memberi "
            "tahu Anda."
        ) % {"hour": _hour(again)}
    codes = ", ".join(counter.code for counter in left)
    return ngettext(
        "Nomor Anda tetap berlaku dan tetap dipanggil, di loket %(codes)s.",
        "Nomor Anda tetap berlaku dan tetap dipanggil, di loket %(codes)s.",
        len(left),
    ) % {"codes": codes}


def _agencies_at(counter: Counter | None, day: date) -> list[Agency]:
    return directory.agencies_at(counter, day) if counter is not None else []


def _hour(moment: datetime) -> str:
    return hour_words(clock.local(moment, current_mall().zone))


def _today() -> date:
    return clock.local_day(clock.now(), current_mall().zone)
