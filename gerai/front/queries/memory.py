"""What holds in the malls, remembered by this process, and asked again when it may not hold.

With what is written goes the number of the office's deeds that each mall had when it was asked.
Where there are more by now, nothing is written and all that was remembered of that mall is
dropped. The trail cannot be forgotten by whoever changes something.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any

from django.core import signing
from django.db.models import Field, Model
from django.http import HttpRequest

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.actions import devices
from gerai.directory.guard import TOKEN_VALID, cookie_name
from gerai.directory.hours import Reason
from gerai.directory.models import Agency, Device, DeviceKind, Service
from gerai.errors import Refused
from gerai.front.queries.seats import end_of, seat_of
from gerai.front.rules import Ask, Press
from gerai.malls import queries as malls
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.queue.actions.presses import Seat
from gerai.queue.actions.tickets import line_giving_numbers
from gerai.queue.actions.together import Wish, office_deeds
from gerai.queue.models import Line, LineDay
from gerai.queue.queries.choices import services_with_a_line
from gerai.queue.responses import visitor_of

# Office deeds are counted from one moment on; once a day from a new one.
EPOCH = timedelta(hours=24)
# Lines are looked at again at odd times, never all at once.
LOOK_AHEAD = timedelta(minutes=30)
# A deed is dated before its commit: no transaction of the office lasts longer than this.
LONGEST_DEED = timedelta(minutes=10)
# Which mall answers on a host that names none may change without a deed in that mall.
STRAY_HOST = timedelta(seconds=5)
A_MOMENT = timedelta(seconds=2)
MINUTE = timedelta(minutes=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

# Columns and rows that the fast door knows to make no difference to a number given now.
# Another one counts only as long as it says nothing.
HARMLESS: dict[type[Model], set[str]] = {
    Service: {"id", "mall", "agency", "code", "name", "picture", "is_active"},
    Agency: {"id", "mall", "code", "name", "short_name", "kind", "site", "icon", "is_active"},
    Line: {"id", "mall", "agency", "code", "name", "usual_minutes", "is_active", "services"},
    Device: {
        *("id", "mall", "kind", "name", "zone", "speaks", "is_sample", "generation"),
        *("is_active", "last_seen_at", "silent_after_min", "is_missed", "reload_asked_at"),
        *(
            "battery",
            "is_charging",
            "network",
            "page_version",
            "may_sound",
            "stuck_calls",
            "volume",
        ),
    },
}
# Hours, closings and the like are asked with every look; the rest is what became of numbers.
HARMLESS_ROWS = {
    *("directory.Standard", "directory.CounterShare", "directory.Posting", "directory.Agreement"),
    *("directory.WeeklyHours", "directory.BreakTime", "directory.SpecialDay", "directory.Closing"),
    *("directory.Season", "directory.FridayBreak", "directory.Service", "directory.Pairing"),
    *("directory.DeviceAbsence", "queue.Line", "queue.LineService", "queue.LineDay"),
    *("queue.Ticket", "queue.Call", "queue.PlannedStep", "queue.RouteTemplateStep"),
    *(
        "queue.ServedItem",
        "queue.ServiceDay",
        "survey.Answer",
        "survey.Invitation",
        "survey.Rating",
    ),
    "showcase.TourNote",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A line, and until when it gives out numbers for a service."""

    line_id: int
    line_code: str
    day: date
    until: datetime


@dataclass(frozen=True, slots=True)
class Nowhere:
    """For a moment the view is asked without looking again."""

    until: datetime


@dataclass(slots=True)
class Kiosk:
    """A paired kiosk. noted_until: from then on it is noted again that it is alive."""

    key: int
    by_name: str
    noted_until: datetime


@dataclass(slots=True)
class Hall:
    """What is remembered of a mall. deeds: of the office, since a moment, before it was asked."""

    mall: Mall
    since: datetime
    deeds: int
    places: dict[tuple[int, str, str], Place | Nowhere] = field(default_factory=dict)
    kiosks: dict[str, Kiosk] = field(default_factory=dict)
    seats: dict[str, tuple[Seat, datetime]] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """What this process remembers. Its threads ask one after another.

    alive: the keys of kiosks of which it is to be noted that they are.
    """

    since: datetime = LONG_AGO
    halls: dict[int, Hall] = field(default_factory=dict)
    hosts: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    alive: set[int] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)

    def wishes(self, asks: Sequence[Ask], now: datetime) -> list[Wish | None]:
        """Return what may be written for each who asks; None: the page's view must look."""
        with self.lock:
            self._begin(now)
            return [self._wish(ask, now) for ask in asks]

    def seats(self, presses: Sequence[Press], now: datetime) -> list[Seat | None]:
        """Return who presses, each at which desk; None: the page's view must look."""
        with self.lock:
            self._begin(now)
            return [self._seat(press, now) for press in presses]

    def forget_seat(self, seat: Seat) -> None:
        """Forget a seat at which something was not as it had been looked at."""
        hall = self.halls.get(seat.mall_id)
        if hall is not None:
            hall.seats.pop(seat.session_key, None)

    def take_alive(self) -> set[int]:
        """Return the keys of the kiosks that are to be noted as alive, each once."""
        with self.lock:
            alive, self.alive = self.alive, set()
        return alive

    def forget(self, keys: Iterable[int]) -> None:
        """Forget malls in which something was changed."""
        for key in keys:
            self.halls.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        self.halls.clear()
        self.hosts.clear()

    def _begin(self, now: datetime) -> None:
        if not self.since <= now < self.since + EPOCH:
            self.since = now
            self.clear()

    def _seat(self, press: Press, now: datetime) -> Seat | None:
        hall = self._hall(press.host, now)
        if hall is None:
            return None
        seat, until = hall.seats.get(press.session, (None, now))
        if seat is not None and now < until:
            return seat
        with in_mall(hall.mall):
            seat = seat_of(press.session, hall.mall, now, since=hall.since, deeds=hall.deeds)
        if seat is not None:
            until = min(now + LOOK_AHEAD, end_of(seat, hall.mall))
            hall.seats[press.session] = seat, until
        return seat

    def _wish(self, ask: Ask, now: datetime) -> Wish | None:
        hall = self._hall(ask.host, now)
        if hall is None:
            return None
        with in_mall(hall.mall):
            by_name = self._by_name(ask, hall, now)
            place = self._place(ask, hall, now) if by_name else None
        if place is None or by_name is None:
            return None
        return Wish(
            mall_id=hall.mall.pk,
            line_id=place.line_id,
            line_code=place.line_code,
            service_id=ask.service_id,
            day=place.day,
            door=ask.door,
            group=ask.group,
            language=ask.language,
            key=ask.key,
            by_name=by_name,
            since=hall.since,
            deeds=hall.deeds,
        )

    def _hall(self, host: str, now: datetime) -> Hall | None:
        key, until = self.hosts.get(host, (0, now))
        if now < until and key in self.halls:
            return self.halls[key]
        mall = malls.mall_of_host(host)
        if mall is None:
            return None
        name = host.partition(":")[0]
        is_named = name == mall.host or name.partition(".")[0] == mall.slug
        self.hosts[host] = (mall.pk, now + (EPOCH if is_named else STRAY_HOST))
        if mall.pk not in self.halls:
            # Counted first: what happens while the rest is asked is noticed next time.
            since = self.since - LONGEST_DEED
            deeds = office_deeds([mall.pk], since=since).get(mall.pk, 0)
            self.halls[mall.pk] = Hall(mall, since, deeds)
        return self.halls[mall.pk]

    def _by_name(self, ask: Ask, hall: Hall, now: datetime) -> str | None:
        if ask.door == "phone":
            # A browser that holds numbers may hold one of this very line.
            return None if browser_of(ask)[1] else audit.VISITOR.name
        token = ask.cookies.get(cookie_name(DeviceKind.KIOSK), "")
        kiosk = hall.kiosks.get(token)
        if kiosk is None:
            kiosk = _kiosk(token, hall.mall)
            if kiosk is None:
                return None
            hall.kiosks[token] = kiosk
        if now >= kiosk.noted_until:
            kiosk.noted_until = now + devices.SEEN_EVERY
            self.alive.add(kiosk.key)
        return kiosk.by_name

    def _place(self, ask: Ask, hall: Hall, now: datetime) -> Place | None:
        key = (ask.service_id, ask.group, ask.language)
        place = hall.places.get(key)
        if place is None or now >= place.until:
            place = _look_at(ask, now, hall.mall) or Nowhere(now + A_MOMENT)
            hall.places[key] = place
        return place if isinstance(place, Place) else None


def browser_of(ask: Ask) -> tuple[str, list[str]]:
    """Return the name of a phone's browser, and the tokens of the numbers it took."""
    request = HttpRequest()  # only requests read signed cookies
    request.COOKIES = dict(ask.cookies)
    return visitor_of(request)


def plain(row: Model) -> bool:
    """Tell whether nothing hangs on a row but what the fast door knows to be harmless.

    A column, or rows of another table, which nobody has told it of may mean anything: a limit,
    a printer, a route. So only their silence is taken for harmless.
    """
    for each in row._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django's published name
        if isinstance(each, Field):
            is_known = each.name in HARMLESS[type(row)]
            if not is_known and getattr(row, each.attname) != each.get_default():
                return False
        elif _name(each.related_model) not in HARMLESS_ROWS and _hangs(row, each):
            return False
    return True


def _name(model: type[Model]) -> str:
    return str(model._meta.label)  # noqa: SLF001 - Django's published name


def _hangs(row: Model, relation: Any) -> bool:
    of_row = {relation.field.name: row}
    others = relation.related_model._default_manager  # noqa: SLF001 - Django's published name
    return bool(others.filter(**of_row).exists())


def _look_at(ask: Ask, now: datetime, mall: Mall) -> Place | None:
    service = services_with_a_line().filter(pk=ask.service_id).first()
    if service is None:
        return None
    visitor = {"group": ask.group, "language": ask.language}
    try:
        line = line_giving_numbers(service, now, **visitor)
    except Refused:
        return None
    opening = directory.opening_of(service.agency, now)
    if opening.reason is not Reason.OPEN or opening.until is None:
        return None
    if not all(plain(row) for row in (service, service.agency, line)):
        return None
    day = clock.local_day(now, mall.zone)
    if not LineDay.objects.filter(line=line, day=day).exists():
        # The first number of a day asks for more than the fast door does.
        return None
    ahead = LOOK_AHEAD * (1 + random.random()) / 2  # noqa: S311 - spreads work, hides nothing
    until = min(now + ahead, opening.until - timedelta(microseconds=1))
    try:
        # Up to the next break or closing numbers are given out until a last one, not again.
        line_giving_numbers(service, until, **visitor)
    except Refused:
        until = min(now.replace(second=0, microsecond=0) + MINUTE, opening.until)
    return Place(line_id=line.pk, line_code=line.code, day=day, until=until)


def _kiosk(token: str, mall: Mall) -> Kiosk | None:
    try:
        told = signing.loads(token, salt=cookie_name(DeviceKind.KIOSK), max_age=TOKEN_VALID)
    except signing.BadSignature:
        return None
    if told["mall"] != mall.pk:
        return None
    device = directory.device_with(
        DeviceKind.KIOSK, key=told["device"], generation=told["generation"]
    )
    if device is None or not plain(device):
        return None
    seen = device.last_seen_at or LONG_AGO
    return Kiosk(device.pk, audit.Actor.device(device.name).name, seen + devices.SEEN_EVERY)
