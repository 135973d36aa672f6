"""A request is accepted or refused, a visit moved or called off; room and host are taken once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.people.models import User
from gerai.transactions import inside_transaction, one_transaction, refused_as
from gerai.visits.actions import telling
from gerai.visits.models import ProgrammeItem, Room, Slot, Visit
from gerai.visits.queries.calendar import day_views
from gerai.visits.queries.desk import (
    Step,
    hosts,
    minutes_of,
    programme_pattern,
    reasons,
    visit_with,
)
from gerai.visits.rules import half_hours, starts_of
from gerai.visits.states import State, Verb, may_move


class NoSuchVisit(Refused):
    """The visit is none of this mall."""

    message = _("Kunjungan ini tidak ditemukan. Periksa kembali tautan atau nomornya.")
    status = 404


class CannotMove(Refused):
    """The visit does not stand where this may be done."""

    message = _("Keadaan kunjungan ini sudah berubah. Muat ulang halaman untuk melihat yang baru.")


class RoomTaken(Refused):
    """Another visit has the room then."""

    message = _("Ruang ini sudah dipakai kunjungan lain pada jam itu. Pilih ruang atau jam lain.")


class HostTaken(Refused):
    """Another visit has the host then."""

    message = _(
        "Penerima ini sudah menerima kunjungan lain pada jam itu. Pilih orang atau jam lain."
    )


class JustTaken(Refused):
    """Somebody took the room or the host in the same moment."""

    message = _(
        "Ruang atau penerima ini baru saja dipakai kunjungan lain pada jam itu. "
        "Pilih ruang, penerima, atau jam lain."
    )


class RoomTooSmall(Refused):
    """The delegation does not fit."""


class BadRoom(Refused):
    """The room is out of use."""

    message = _("Ruang ini tidak dipakai lagi. Pilih ruang lain.")


class NotAHost(Refused):
    """This person receives nobody in this mall."""

    message = _("Orang ini tidak berwenang menerima kunjungan di mal ini. Pilih orang lain.")
    status = 400


class BadTime(Refused):
    """It is past, or the mall receives nobody on this day."""

    status = 400


class BadReason(Refused):
    """A refusal without one of the mall's reasons, or without words."""

    message = _("Pilih alasan dari daftar, lalu jelaskan dengan beberapa kata.")
    status = 400


@refused_as(JustTaken)
@one_transaction
def accept(
    visit: Visit,
    *,
    starts_at: datetime,
    room: Room,
    host: User,
    words: str = "",
    base_url: str,
    by: audit.Actor,
) -> None:
    """Receive a delegation at a time, in a room, by a host; its programme is laid out.

    :raises CannotMove: it waits for no answer any more
    :raises RoomTaken, HostTaken, JustTaken: another visit has the room or the host then
    :raises RoomTooSmall, BadRoom, NotAHost, BadTime: it cannot be there, then, or by them
    """
    mine = _fresh(visit)
    pattern = programme_pattern()
    ends_at = starts_at + timedelta(minutes=minutes_of(pattern))
    _check_place(mine, starts_at, room, host)
    now = clock.now()
    changes = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "room": room,
        "host": host,
        "answer_words": words,
        "answered_at": now,
        "changed_at": now,
    }
    _moved(mine, Verb.ACCEPT, changes)
    take_slots(mine)
    lay_out(mine, pattern)
    audit.record(
        "visits.accept", thing=f"visit:{visit.pk}", by=by, room=room.pk, at=starts_at.isoformat()
    )
    telling.accepted(mine, base_url=base_url)
    visit.refresh_from_db()


@refused_as(JustTaken)
@one_transaction
def move(
    visit: Visit,
    *,
    starts_at: datetime,
    room: Room,
    host: User,
    words: str = "",
    base_url: str,
    by: audit.Actor,
) -> None:
    """Give an accepted visit another time, room or host; its programme moves along.

    :raises CannotMove: it is not accepted any more
    :raises RoomTaken, HostTaken, JustTaken: another visit has the room or the host then
    :raises RoomTooSmall, BadRoom, NotAHost, BadTime: it cannot be there, then, or by them
    """
    mine = _fresh(visit)
    steps = [
        Step(item.title, item.minutes, item.place)
        for item in ProgrammeItem.objects.filter(visit=visit)
    ]
    _check_place(mine, starts_at, room, host)
    changes = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes_of(steps)),
        "room": room,
        "host": host,
        "answer_words": words,
        "sequence": F("sequence") + 1,
        "changed_at": clock.now(),
    }
    _moved(mine, Verb.MOVE, changes)
    mine.sequence += 1
    take_slots(mine)
    lay_out(mine, steps)
    audit.record(
        "visits.move", thing=f"visit:{visit.pk}", by=by, room=room.pk, at=starts_at.isoformat()
    )
    telling.moved(mine, base_url=base_url)
    visit.refresh_from_db()


@one_transaction
def refuse(visit: Visit, *, reason: str, words: str, base_url: str, by: audit.Actor) -> None:
    """Refuse a request for a reason of the mall's list, explained in words.

    :raises CannotMove: it waits for no answer any more
    :raises BadReason: none of the list, or no words
    """
    words = words.strip()
    if reason not in reasons() or not words:
        raise BadReason
    now = clock.now()
    changes = {
        "refusal_reason": reason,
        "refusal_words": words,
        "answered_at": now,
        "changed_at": now,
    }
    _moved(visit, Verb.REFUSE, changes)
    audit.record("visits.refuse", thing=f"visit:{visit.pk}", by=by, reason=reason)
    telling.refused(visit, base_url=base_url)


@one_transaction
def cancel(visit: Visit, *, words: str = "", base_url: str, by: audit.Actor) -> None:
    """Call a visit off, by the guests or by the mall; its room and host are free again.

    :raises CannotMove: it has begun, or is over
    """
    changes = {
        "refusal_words": words.strip(),
        "sequence": F("sequence") + 1,
        "changed_at": clock.now(),
    }
    _moved(visit, Verb.CANCEL, changes)
    visit.sequence += 1
    Slot.objects.filter(visit=visit).delete()
    audit.record("visits.cancel", thing=f"visit:{visit.pk}", by=by)
    telling.cancelled(visit, base_url=base_url)


@inside_transaction
def take_slots(visit: Visit) -> None:
    """Take every half hour of a visit's room and host; the database gives each only once.

    :raises RoomTaken, HostTaken: another visit has one of them
    """
    if visit.starts_at is None or visit.ends_at is None:
        raise CannotMove
    Slot.objects.filter(visit=visit).delete()
    spans = half_hours(visit.starts_at, visit.ends_at)
    # A host may receive in two malls; whoever is busy there is busy here.
    taken = Slot.objects.everywhere().filter(starts_at__in=spans)
    if taken.filter(room=visit.room).exists():
        raise RoomTaken
    if taken.filter(host=visit.host).exists():
        raise HostTaken
    mall = current_mall()
    Slot.objects.bulk_create(
        [Slot(mall=mall, visit=visit, starts_at=each, room=visit.room) for each in spans]
        + [Slot(mall=mall, visit=visit, starts_at=each, host=visit.host) for each in spans]
    )


@inside_transaction
def lay_out(visit: Visit, steps: Sequence[Step]) -> None:
    """Write a visit's programme anew, each line after the other."""
    if visit.starts_at is None:
        raise CannotMove
    ProgrammeItem.objects.filter(visit=visit).delete()
    starts = starts_of(visit.starts_at, [step.minutes for step in steps])
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(
            mall=current_mall(),
            visit=visit,
            position=n,
            title=step.title,
            minutes=step.minutes,
            starts_at=at,
            place=step.place,
        )
        for n, (step, at) in enumerate(zip(steps, starts, strict=True))
    )


def _check_place(visit: Visit, starts_at: datetime, room: Room, host: User) -> None:
    if not room.is_active:
        raise BadRoom
    if visit.size > room.seats:
        raise RoomTooSmall(
            gettext("Ruang ini hanya memuat %(seats)d orang, rombongannya %(size)d orang.")
            % {"seats": room.seats, "size": visit.size}
        )
    if host not in hosts():
        raise NotAHost
    if starts_at <= clock.now():
        raise BadTime(gettext("Waktu ini sudah lewat. Pilih waktu yang akan datang."))
    day = clock.local_day(starts_at, current_mall().zone)
    view = day_views(day, day)[day]
    if not view.may_come:
        raise BadTime(
            gettext("%(day)s tidak dapat dipilih: %(why)s.")
            % {"day": telling.day_words(day), "why": view.reason}
        )


def _fresh(visit: Visit) -> Visit:
    """Read a visit again, so that a refusal leaves the caller's row as it was read."""
    found = visit_with(visit.pk)
    if found is None:
        raise NoSuchVisit
    return found


def _moved(visit: Visit, verb: Verb, changes: dict[str, object]) -> None:
    if not may_move(State(visit.state), verb):
        raise CannotMove
    if not Visit.objects.move(visit, verb, **changes):
        raise CannotMove
