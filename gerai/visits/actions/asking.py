"""Asking for a visit, answering, moving it, calling it off; the mall's settings for visits."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.core.cache import cache
from django.core.files.base import File
from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.malls.regions import region_names
from gerai.malls.scope import current_mall
from gerai.papers import actions as papers
from gerai.people import audit
from gerai.people.models import User
from gerai.transactions import inside_transaction, one_transaction, refused_as
from gerai.visits.actions import telling
from gerai.visits.letters.words import unknown_blanks
from gerai.visits.models import (
    ClosedDay,
    Guest,
    ProgrammeItem,
    Question,
    RefusalReason,
    Relation,
    Room,
    Rules,
    Slot,
    Visit,
    VisitYear,
)
from gerai.visits.queries.calendar import (
    day_views,
    first_day_to_come,
    last_day_to_answer,
    rules_of_mall,
    today,
)
from gerai.visits.queries.desk import (
    Step,
    hosts,
    minutes_of,
    programme_pattern,
    reasons,
    visit_with,
)
from gerai.visits.rules import guest_key, half_hours, starts_of
from gerai.visits.states import State, Verb, may_move

ASKS_WITHIN = timedelta(hours=1)
ASKS_OF_A_SENDER = 10
ASKS_OF_A_MALL = 200
FURTHEST_DAYS = 366


class TooManyAsked(Refused):
    """Many requests come from one place."""

    message = _("Terlalu banyak permohonan dari jaringan ini. Tunggu satu jam, lalu coba lagi.")
    status = 429


class UnknownRegion(Refused):
    """The region is none of Indonesia."""

    message = _("Daerah ini tidak dikenal. Pilih kabupaten, kota, atau provinsi dari daftar.")
    status = 400


class GroupTooLarge(Refused):
    """More guests than the mall receives."""

    status = 400


class BadDates(Refused):
    """The wished dates are too early, too far away, or days on which nobody is received."""

    status = 400


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


class BadText(Refused):
    """The text of the letter has blanks that nothing fills."""

    status = 400


class NameTaken(Refused):
    """A room of this name is there."""

    message = _("Sudah ada ruang dengan nama ini. Pakai nama lain.")


class DayTaken(Refused):
    """The day is kept free already."""

    message = _("Hari ini sudah ada di daftar.")


@dataclass(frozen=True)
class Wish:
    """What a delegation asks for."""

    region_code: str
    institution: str
    leader_name: str
    leader_title: str
    contact_name: str
    contact_email: str
    contact_phone: str
    purpose: str
    size: int
    wished: tuple[date, ...]
    questions: tuple[str, ...] = ()


def check_may_ask(sender: str) -> None:
    """Count one more request from a network address.

    :raises TooManyAsked: ten within an hour from there, or two hundred in the mall
    """
    of_sender = _count(sha256(sender.encode()).hexdigest())
    if of_sender > ASKS_OF_A_SENDER or _count("all") > ASKS_OF_A_MALL:
        raise TooManyAsked


def ask(
    wish: Wish,
    *,
    letter: "File[bytes] | None",
    idempotency_key: str,
    base_url: str,
    language: str = "id",
    previous: Visit | None = None,
    by: audit.Actor = audit.VISITOR,
    is_sample: bool = False,
) -> Visit:
    """Ask for a visit; the same key again gives the same request.

    :raises UnknownRegion: no such region
    :raises GroupTooLarge: more than the mall receives
    :raises BadDates: too early, too far away, or shut
    """
    sent = Visit.objects.filter(idempotency_key=idempotency_key).first()
    if sent is not None:
        return sent
    try:
        return _ask(
            wish,
            letter=letter,
            idempotency_key=idempotency_key,
            base_url=base_url,
            language=language,
            previous=previous,
            by=by,
            is_sample=is_sample,
        )
    except IntegrityError:
        sent = Visit.objects.filter(idempotency_key=idempotency_key).first()
        if sent is None:
            raise
        return sent


@one_transaction
def _ask(
    wish: Wish,
    *,
    letter: "File[bytes] | None",
    idempotency_key: str,
    base_url: str,
    language: str,
    previous: Visit | None,
    by: audit.Actor,
    is_sample: bool,
) -> Visit:
    rules = rules_of_mall()
    _check_wish(wish, rules)
    now = clock.now()
    mall = current_mall()
    visit = Visit.objects.create(
        mall=mall,
        relation=_relation(wish, previous),
        previous=previous,
        reference=_next_reference(),
        secret=secrets.token_urlsafe(24),
        idempotency_key=idempotency_key,
        language=language,
        asked_at=now,
        changed_at=now,
        answer_due=last_day_to_answer(rules, today()),
        leader_name=wish.leader_name,
        leader_title=wish.leader_title,
        contact_name=wish.contact_name,
        contact_email=wish.contact_email,
        contact_phone=wish.contact_phone,
        purpose=wish.purpose,
        size=wish.size,
        wished=[day.isoformat() for day in wish.wished],
        is_sample=is_sample,
    )
    Question.objects.bulk_create(
        Question(mall=mall, visit=visit, position=n, text=text, asked_by=wish.contact_name)
        for n, text in enumerate(wish.questions)
    )
    Guest.objects.create(
        mall=mall,
        visit=visit,
        key=guest_key(wish.leader_name, wish.institution),
        name=wish.leader_name,
        title=wish.leader_title,
        institution=wish.institution,
        is_leader=True,
    )
    if letter is not None:
        papers.attach(letter, thing=f"visit:{visit.pk}", kind="request", by=by, allowed=("pdf",))
    audit.record("visits.ask", thing=f"visit:{visit.pk}", by=by, reference=visit.reference)
    telling.asked(visit, base_url=base_url)
    return visit


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


@one_transaction
def set_rules(*, by: audit.Actor, **told: object) -> None:
    """Say the mall's settings for visits anew.

    :raises BadText: the letter has blanks that nothing fills
    """
    unknown = unknown_blanks(str(told.get("letter_text", "")))
    if unknown:
        raise BadText(
            gettext("Isian [[%(name)s]] tidak dikenal. Pakai isian dari daftar di bawah kotak.")
            % {"name": unknown[0]}
        )
    Rules.objects.bulk_create([Rules(mall=current_mall())], ignore_conflicts=True)
    before = Rules.objects.get()
    changed = sorted(name for name, value in told.items() if getattr(before, name) != value)
    Rules.objects.filter(pk=before.pk).update(**told)
    audit.record("visits.rule", thing=f"visit_rules:{before.pk}", by=by, changed=changed)


@one_transaction
def set_reasons(texts: Sequence[str], *, by: audit.Actor) -> None:
    """Say anew for which reasons requests are refused; visits refused before keep theirs."""
    mall = current_mall()
    kept = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    RefusalReason.objects.exclude(text__in=kept).update(is_active=False)
    for position, text in enumerate(kept):
        RefusalReason.objects.update_or_create(
            mall=mall, text=text, defaults={"position": position, "is_active": True}
        )
    audit.record("visits.rule", thing="visit_reasons:all", by=by, changed=["reasons"])


@refused_as(DayTaken)
@one_transaction
def keep_day_free(day: date, *, reason: str, by: audit.Actor) -> None:
    """Receive nobody on a day.

    :raises DayTaken: it is kept free already
    """
    ClosedDay.objects.create(mall=current_mall(), day=day, reason=reason)
    audit.record("visits.rule", thing=f"visit_day:{day}", by=by, changed=["closed_days"])


@one_transaction
def free_day(closed: ClosedDay, *, by: audit.Actor) -> None:
    """Receive delegations on a day again."""
    ClosedDay.objects.filter(pk=closed.pk).delete()
    audit.record("visits.rule", thing=f"visit_day:{closed.day}", by=by, changed=["closed_days"])


@refused_as(NameTaken)
@one_transaction
def set_room(
    room: Room | None, *, name: str, seats: int, note: str, is_active: bool, by: audit.Actor
) -> Room:
    """Add a room, or say one anew.

    :raises NameTaken: another room has the name
    """
    told = {"name": name, "seats": seats, "note": note, "is_active": is_active}
    if room is None:
        room = Room.objects.create(mall=current_mall(), **told)
    else:
        Room.objects.filter(pk=room.pk).update(**told)
    audit.record("visits.set_room", thing=f"visit_room:{room.pk}", by=by)
    return room


def _check_wish(wish: Wish, rules: Rules) -> None:
    if wish.region_code not in region_names():
        raise UnknownRegion
    if wish.size > rules.largest_group:
        raise GroupTooLarge(
            gettext(
                "Rombongan paling banyak %(most)d orang. Kurangi jumlahnya, atau minta dua hari."
            )
            % {"most": rules.largest_group}
        )
    on = today()
    first = first_day_to_come(rules, on)
    last = on + timedelta(days=FURTHEST_DAYS)
    for day in wish.wished:
        if day < first:
            raise BadDates(
                gettext(
                    "Permohonan diajukan paling lambat %(days)d hari kerja sebelumnya. "
                    "Tanggal paling awal: %(first)s."
                )
                % {"days": rules.notice_days, "first": telling.day_words(first)}
            )
        if day > last:
            raise BadDates(gettext("Pilih tanggal dalam satu tahun ke depan."))
        view = day_views(day, day, rules=rules)[day]
        if not view.may_come:
            raise BadDates(
                gettext("%(day)s tidak dapat dipilih: %(why)s.")
                % {"day": telling.day_words(day), "why": view.reason}
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


def _relation(wish: Wish, previous: Visit | None) -> Relation:
    if previous is not None:
        return previous.relation
    mall = current_mall()
    place = {"region_code": wish.region_code, "institution": wish.institution}
    name = region_names()[wish.region_code]
    Relation.objects.bulk_create(
        [Relation(mall=mall, region_name=name, **place)], ignore_conflicts=True
    )
    found: Relation = Relation.objects.get(**place)
    return found


def _next_reference() -> str:
    year = today().year
    VisitYear.objects.bulk_create(
        [VisitYear(mall=current_mall(), year=year)], ignore_conflicts=True
    )
    VisitYear.objects.filter(year=year).update(last_number=F("last_number") + 1)
    return f"KJ-{year}-{VisitYear.objects.get(year=year).last_number:04}"


def _count(name: str) -> int:
    key = f"visits:{current_mall().pk}:{name}"
    cache.add(key, 0, timeout=int(ASKS_WITHIN.total_seconds()))
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1  # it ended between the two
