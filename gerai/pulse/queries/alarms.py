"""What is the matter now, who takes care of it, and what was the matter on a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import DeviceKind
from gerai.malls.scope import current_mall
from gerai.people.models import User
from gerai.printing.queries import condition_words, troubled
from gerai.printing.rules import Condition
from gerai.pulse.models import Alarm, Handling, Limits, Look
from gerai.pulse.queries.living import Scene
from gerai.pulse.queries.promises import own_waits
from gerai.pulse.rules import Found, Kind, by_pain, is_quiet, late_lines
from gerai.queue.models import Ticket
from gerai.queue.queries.places import durations_of
from gerai.ui.signs import Sign

SIGNS: dict[Kind, Sign] = {
    Kind.WAIT: Sign("is-danger", "hourglass", gettext_lazy("Menunggu melewati janji")),
    Kind.EMPTY: Sign("is-danger", "armchair", gettext_lazy("Loket kosong pada jam tugas")),
    Kind.DEVICE: Sign("is-danger", "wifi-off", gettext_lazy("Perangkat tidak menyahut")),
    Kind.MUTE: Sign("is-called", "volume-off", gettext_lazy("Layar tidak dapat bersuara")),
    Kind.PRINTER: Sign("is-danger", "printer-off", gettext_lazy("Gangguan pencetak")),
}
ADVICE: dict[Kind, object] = {
    Kind.WAIT: gettext_lazy(
        "Buka loket lain untuk antrean ini, atau beri tahu yang menunggu berapa lama lagi."
    ),
    Kind.EMPTY: gettext_lazy(
        "Hubungi instansinya, minta petugas pengganti, atau tutup loket ini untuk sementara "
        "agar pengunjung tahu."
    ),
    Kind.DEVICE: gettext_lazy(
        "Periksa listrik dan jaringannya di tempat, lalu nyalakan ulang. Sementara itu arahkan "
        "pengunjung ke kios lain, ponsel, atau penyambut."
    ),
    Kind.MUTE: gettext_lazy(
        "Sentuh layarnya satu kali agar boleh bersuara, dan periksa pengeras suaranya."
    ),
    Kind.PRINTER: gettext_lazy(
        "Isi kertas, tutup penutupnya, atau nyalakan ulang. Nomor tetap dapat dibuka di ponsel."
    ),
}


def limits() -> Limits:
    """Return the mall's limits, the usual ones where it set none (then without a key)."""
    return Limits.objects.first() or Limits(mall=current_mall())


def found_in(now: Scene, limit: Limits) -> list[Found]:
    """Return what is the matter at the moment of a scene, the most painful first."""
    return by_pain(
        [
            *_late(now, limit),
            *_empty(now, limit),
            *_devices(now.at),
            *_printers(now.at),
        ]
    )


def _late(now: Scene, limit: Limits) -> list[Found]:
    waiting: dict[int, list[int]] = defaultdict(list)
    rows = Ticket.objects.waiting().filter(day=now.watch.board.day).values_list("pk", "line")
    for ticket, line in rows:
        waiting[line].append(ticket)
    spent = durations_of([key for keys in waiting.values() for key in keys], until=now.at)
    waited = {line: [spent[key].waiting for key in keys] for line, keys in waiting.items()}
    late = late_lines(waited, own_min=own_waits(), usual_min=limit.wait_min, now=now.at)
    found = []
    for each in now.watch.board.lines:
        if each.line.agency_id not in now.working or each.line.pk not in late:
            continue
        promised, those = late[each.line.pk]
        found.append(
            Found(
                Kind.WAIT,
                each.line.pk,
                f"{each.line.code} · {each.line.name}",
                those.since,
                place=each.line.agency.short_name,
                people=those.people,
                lost_s=those.lost_s,
                promised_s=promised * 60,
            )
        )
    return found


def _empty(now: Scene, limit: Limits) -> list[Found]:
    patience = timedelta(minutes=limit.empty_min)
    return [
        Found(
            Kind.EMPTY,
            seat.counter.pk,
            _("Loket %(code)s") % {"code": seat.counter.code},
            seat.since,
            place=", ".join(agency.short_name for agency in seat.watch.now.agencies),
            people=seat.watch.waiting,
            lost_s=(now.at - seat.since).total_seconds(),
        )
        for seat in now.seats
        if seat.state == "unmanned" and seat.since and seat.since + patience <= now.at
    ]


def _devices(at: datetime) -> list[Found]:
    missed = [
        Found(
            Kind.DEVICE,
            each.device.pk,
            each.device.name,
            each.since,
            place=each.device.zone.name if each.device.zone else "",
            words=str(DeviceKind(each.device.kind).label),
        )
        for each in directory.missed_devices(at)
    ]
    # Since when a screen has been mute nobody writes down: since it was first seen to be.
    mute = [
        Found(
            Kind.MUTE,
            device.pk,
            device.name,
            at,
            place=device.zone.name if device.zone else "",
        )
        for device in directory.mute_devices(at)
    ]
    return missed + mute


def _printers(at: datetime) -> list[Found]:
    return [
        Found(
            Kind.PRINTER,
            printer.pk,
            printer.name,
            printer.condition_since or at,
            place=printer.device.name if printer.device else "",
            is_minor=printer.condition == Condition.PAPER_LOW,
            words=condition_words(printer.condition),
        )
        for printer in troubled()
    ]


@dataclass(frozen=True)
class Handled:
    """Who took care of an alarm last, and when."""

    at: datetime
    by: User


@dataclass(frozen=True)
class Standing:
    """An alarm that stands: as it is now, its row, and who took care of it.

    is_quiet: somebody did, so short a time ago that it is not told again yet.
    """

    found: Found
    row: Alarm
    handled: Handled | None
    rounds: int
    is_quiet: bool

    @property
    def sign(self) -> Sign:
        """Return how its kind is shown; what works still is coloured mildly."""
        usual = SIGNS[self.found.kind]
        return usual._replace(style="is-called") if self.found.is_minor else usual

    @property
    def advice(self) -> object:
        """Return what to do."""
        return ADVICE[self.found.kind]

    @property
    def url(self) -> str:
        """Return the page of the line, counter or printer; of a device, its mall's overview."""
        match self.found.kind:
            case Kind.WAIT:
                return reverse("supervisor:line", args=[self.found.ref])
            case Kind.EMPTY:
                return reverse("supervisor:counter", args=[self.found.ref])
            case Kind.PRINTER:
                return reverse("printers_watch:home")
            case _device:
                return reverse("supervisor:home")


def standing(found: Sequence[Found], limit: Limits, now: datetime) -> list[Standing]:
    """Return alarms with their rows, those that nobody takes care of first.

    One that was not written down yet is told at the next look.
    """
    rows = {(row.kind, row.ref): row for row in Alarm.objects.filter(until=None)}
    last: dict[int, Handling] = {}
    handlings = Handling.objects.filter(alarm__in=[row.pk for row in rows.values()])
    for handling in handlings.select_related("by").order_by("round"):
        last[handling.alarm_id] = handling
    listed = []
    for each in found:
        row = rows.get((each.kind.value, each.ref))
        if row is None:
            continue
        known = last.get(row.pk)
        at = known.at if known else None
        listed.append(
            Standing(
                found=each,
                row=row,
                handled=Handled(known.at, known.by) if known else None,
                rounds=known.round if known else 0,
                is_quiet=is_quiet(at, again_min=limit.again_min, now=now),
            )
        )
    return sorted(listed, key=lambda each: each.is_quiet)


def loud_alarms() -> int:
    """Return how many alarms stand that nobody takes care of, in two queries."""
    since = clock.now() - timedelta(minutes=limits().again_min)
    quiet = Handling.objects.filter(alarm__until=None, at__gt=since).values("alarm")
    return Alarm.objects.filter(until=None).exclude(pk__in=quiet).count()


@dataclass(frozen=True)
class PastAlarm:
    """An alarm in the list of a day, with everybody who took care of it."""

    row: Alarm
    handlings: tuple[Handling, ...]

    @property
    def sign(self) -> Sign:
        """Return how its kind is shown."""
        return SIGNS[Kind(self.row.kind)]


def alarms_of(day: date) -> list[PastAlarm]:
    """Return the alarms that stood on a day, in order of their beginning, in two queries."""
    zone = current_mall().zone
    begins, ends = clock.at(day, 0, 0, zone), clock.at(day + timedelta(days=1), 0, 0, zone)
    rows = Alarm.objects.filter(Q(until=None) | Q(until__gt=begins), since__lt=ends)
    rows = rows.order_by("since", "pk").prefetch_related("handlings__by")
    return [
        PastAlarm(row, tuple(sorted(row.handlings.all(), key=lambda each: each.round)))
        for row in rows
    ]


def last_look() -> Look | None:
    """Return when somebody last looked whether anything is the matter, and will look again."""
    return Look.objects.first()
