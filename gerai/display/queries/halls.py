"""What a hall screen shows, and the calls as words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar, cast

from django.db.models import Q

from gerai import clock
from gerai.directory.hours import Opening
from gerai.directory.models import Agency, Device, Zone
from gerai.directory.queries import opening_of, sentence
from gerai.display import announcement
from gerai.display.announcement import Announcement
from gerai.display.models import EnglishSpoken, HallNotice, ScreenLayout, VoiceSpan, ZoneSpeech
from gerai.display.rules import English, Manner, Mode, Span, languages_of, manner_at
from gerai.malls.scope import current_mall
from gerai.newsroom.queries.articles import headlines
from gerai.queue.actions.speech import CLAIM_LASTS
from gerai.queue.models import Call, Speech, Ticket
from gerai.queue.queries import boards
from gerai.queue.queries.boards import CounterNow, LineNow
from gerai.queue.states import AT_A_COUNTER, State

T = TypeVar("T")

NEW_FOR = timedelta(seconds=20)
EARLIER_CALLS = 6
CALLS_LOOKED_AT = 60
LONGEST_NAME = 90
LONGEST_SPOKEN_NAME = 60
LINES_A_PAGE = 6
COUNTERS_A_PAGE = 8
MOST_PAGES = 8
# As in static/display/lists.css.
PAGE_SECONDS = 8
SHORTEST_TURN_S = 10

# Whoever stands there was called and not taken back.
CALLED_AND_GONE_ON = frozenset({*AT_A_COUNTER, State.HELD, State.ABSENT, State.DONE})


@dataclass(frozen=True)
class Called:
    """A call as people read it."""

    call: Call
    agency: Agency
    captions: tuple[Announcement, ...]
    is_new: bool
    is_being_spoken: bool

    @property
    def ticket(self) -> Ticket:
        """The ticket that was called."""
        ticket: Ticket = self.call.ticket
        return ticket

    @property
    def place(self) -> str:
        """The agency, by its short name where the long one would not fit."""
        is_short = len(self.agency.name) <= LONGEST_NAME
        return self.agency.name if is_short else self.agency.short_name


@dataclass(frozen=True)
class Hall:
    """A screen's zone (None: the whole mall) at one moment.

    now: the call being spoken, else the newest whose visitor is at or on the way to the
    counter. earlier: the other newest calls of the day. lines, counters: cut into pages.
    headlines: of the newsroom. notices: of the mall, the urgent ones first. opening: of the mall.
    """

    zone: Zone | None
    at: datetime
    now: Called | None
    earlier: tuple[Called, ...]
    line_pages: tuple[tuple[LineNow, ...], ...]
    counter_pages: tuple[tuple[CounterNow, ...], ...]
    waiting: int
    counters_open: int
    headlines: tuple[str, ...]
    notices: tuple[HallNotice, ...]
    opening: Opening

    @property
    def turn_seconds(self) -> int:
        """How long it takes until every page was seen."""
        longest = max(len(self.line_pages), len(self.counter_pages), 1)
        return max(longest * PAGE_SECONDS, SHORTEST_TURN_S)

    @property
    def opening_words(self) -> str:
        """Return whether the mall is open, and until or from when, in words."""
        return sentence(self.opening)

    @property
    def lines(self) -> list[LineNow]:
        """Every line shown."""
        return [line for page in self.line_pages for line in page]

    @property
    def counters(self) -> list[CounterNow]:
        """Every counter shown."""
        return [counter for page in self.counter_pages for counter in page]


def hall(zone: Zone | None) -> Hall:
    """Return what the screen of a zone, or of the whole mall, shows now.

    A zone shows all its counters that an agency has today; the whole mall those with an
    officer. Calls that were taken back are not shown.
    """
    now = clock.now()
    board = boards.board(zone)
    english = dict(ZoneSpeech.objects.values_list("zone_id", "english"))
    calls = [
        _called(call, now, english.get(call.zone_id, EnglishSpoken.CHOICE))
        for call in _calls_of_the_day(zone)
    ]
    first = _first(calls)
    staffed = [each for each in board.counters if each.state not in {"empty", "unused"}]
    shown = staffed if zone is None else [c for c in board.counters if c.state != "unused"]
    return Hall(
        zone=zone,
        at=now,
        now=first,
        earlier=tuple(called for called in calls if called is not first)[:EARLIER_CALLS],
        line_pages=pages(board.lines, LINES_A_PAGE),
        counter_pages=pages(shown, COUNTERS_A_PAGE),
        waiting=board.waiting,
        counters_open=sum(each.state not in {"paused", "closed"} for each in staffed),
        headlines=headlines(now),
        notices=notices_now(zone),
        opening=opening_of(None, now),
    )


def pages(things: Sequence[T], size: int) -> tuple[tuple[T, ...], ...]:
    """Return things in pages of about equal length, of at most `size` and at most eight.

    Past eight full pages the pages grow.

    >>> pages([1, 2, 3, 4, 5], 4)
    ((1, 2, 3), (4, 5))
    """
    if not things:
        return ()
    count = min(-(-len(things) // size), MOST_PAGES)
    length = -(-len(things) // count)
    return tuple(tuple(things[start : start + length]) for start in range(0, len(things), length))


def last_spoken(zone: Zone) -> int:
    """Return the highest sequence that was spoken to its end in a zone; 0 before the first."""
    spoken = Call.objects.filter(zone=zone, speech=Speech.SPOKEN).order_by("-sequence")
    return int(spoken.values_list("sequence", flat=True).first() or 0)


def call_of(zone: Zone, sequence: int) -> Call | None:
    """Return a call of a zone, with what is needed to say it."""
    return (
        Call.objects.filter(zone=zone, sequence=sequence)
        .select_related("ticket__service__agency", "ticket__visit", "counter", "zone")
        .first()
    )


def announcements(call: Call, english: str | None = None) -> tuple[Announcement, ...]:
    """Return what is said: Indonesian, then English where the zone's setting wants it.

    Empty where the number or the counter holds nothing that can be said.
    english: the setting, where the caller has read it.
    """
    setting = cast("English", english or speech_of(call.zone_id).english)
    languages = languages_of(setting, visitor=call.ticket.visit.language)
    agency = call.ticket.service.agency
    is_short = len(agency.name) <= LONGEST_SPOKEN_NAME
    place = agency.name if is_short else agency.short_name
    try:
        return tuple(
            announcement.words(call.ticket.label, call.counter.code, place, language=language)
            for language in languages
        )
    except ValueError:
        return ()


def speech_of(zone_id: int) -> ZoneSpeech:
    """Return how a zone says its calls; as usual where nobody has said so."""
    return ZoneSpeech.objects.filter(zone_id=zone_id).first() or ZoneSpeech(zone_id=zone_id)


def spans_of(zone: Zone) -> list[Span]:
    """Return the hours in which a zone speaks otherwise than in full voice, in order."""
    return [
        Span(row.begins, row.ends, cast("Mode", row.mode), row.volume)
        for row in VoiceSpan.objects.filter(zone=zone).order_by("begins")
    ]


def manner(zone: Zone) -> Manner:
    """Return how a zone says a call now."""
    moment = clock.local(clock.now(), current_mall().zone).time()
    return manner_at(moment, spans_of(zone), has_gong=speech_of(zone.pk).has_gong)


def notices_now(zone: Zone | None) -> tuple[HallNotice, ...]:
    """Return what is announced now in a zone (None: on the screens of the whole mall)."""
    now = clock.now()
    running = HallNotice.objects.filter(begins_at__lte=now, ends_at__gt=now)
    return tuple(
        running.filter(Q(zone=None) | Q(zone=zone)).order_by("-is_urgent", "-begins_at", "pk")
    )


def notices() -> list[HallNotice]:
    """Return every notice, the newest first."""
    return list(HallNotice.objects.select_related("zone").order_by("-begins_at", "-pk"))


def layout_of(device: Device) -> ScreenLayout:
    """Return where things stand on a screen: its own layout, its zone's, or as usual."""
    found = ScreenLayout.objects.filter(Q(device=device) | Q(zone=device.zone_id, device=None))
    own = sorted(found, key=lambda each: each.device_id is None)
    return own[0] if own else ScreenLayout()


def layout_with(of: Device | Zone) -> ScreenLayout | None:
    """Return the layout that somebody gave a screen or a zone."""
    whose = {"device": of} if isinstance(of, Device) else {"zone": of}
    found: ScreenLayout | None = ScreenLayout.objects.filter(**whose).first()
    return found


def _calls_of_the_day(zone: Zone | None) -> Iterable[Call]:
    """Give the newest call of each ticket, newest first, without those taken back."""
    calls = (
        Call.objects.filter(ticket__day=boards.today())
        .exclude(speech=Speech.WITHDRAWN)
        .filter(ticket__state__in=CALLED_AND_GONE_ON)
        .select_related("ticket__service__agency", "ticket__visit", "counter", "zone__floor")
        .order_by("-at", "-pk")
    )
    if zone is not None:
        calls = calls.filter(zone=zone)
    seen = set()
    for call in calls[:CALLS_LOOKED_AT]:
        if call.ticket_id not in seen:
            seen.add(call.ticket_id)
            yield call


def _called(call: Call, now: datetime, english: str) -> Called:
    claimed_at = call.claimed_at if call.speech == Speech.CLAIMED else None
    return Called(
        call=call,
        agency=call.ticket.service.agency,
        captions=announcements(call, english),
        is_new=now - call.at < NEW_FOR,
        is_being_spoken=claimed_at is not None and now - claimed_at < CLAIM_LASTS,
    )


def _first(calls: list[Called]) -> Called | None:
    here = [called for called in calls if called.ticket.state in AT_A_COUNTER]
    spoken = [called for called in here if called.is_being_spoken]
    return next(iter(spoken + here), None)
