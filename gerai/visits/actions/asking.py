"""Guests ask for a visit."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.core.cache import cache
from django.core.files.base import File
from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.hours import DayPlan
from gerai.errors import Refused
from gerai.malls.regions import region_names
from gerai.malls.scope import current_mall
from gerai.papers import actions as papers
from gerai.papers.reading import File as Checked
from gerai.people import audit
from gerai.transactions import one_transaction
from gerai.visits.actions import telling
from gerai.visits.models import Guest, Question, Relation, Rules, Visit, VisitYear
from gerai.visits.queries.calendar import (
    day_views,
    first_day_to_come,
    last_day_to_answer,
    plans_ahead,
    rules_of_mall,
    today,
)
from gerai.visits.rules import guest_key

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
    :raises papers.BadFile: the letter is no PDF, or a dangerous one
    """
    sent = Visit.objects.filter(idempotency_key=idempotency_key).first()
    if sent is not None:
        return sent
    checked = papers.checked(letter, allowed=("pdf",)) if letter is not None else None
    try:
        return _ask(
            wish,
            letter=checked,
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
    letter: Checked | None,
    idempotency_key: str,
    base_url: str,
    language: str,
    previous: Visit | None,
    by: audit.Actor,
    is_sample: bool,
) -> Visit:
    rules = rules_of_mall()
    on = today()
    plans = plans_ahead(on)
    _check_wish(wish, rules, on, plans)
    now = clock.now()
    mall = current_mall()
    visit = Visit.objects.create(
        mall=mall,
        relation=_relation(wish),
        previous=previous,
        reference=_next_reference(),
        secret=secrets.token_urlsafe(24),
        idempotency_key=idempotency_key,
        language=language,
        asked_at=now,
        changed_at=now,
        answer_due=last_day_to_answer(rules, on, plans=plans),
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
        papers.keep(letter, thing=f"visit:{visit.pk}", kind="request", by=by)
    audit.record("visits.ask", thing=f"visit:{visit.pk}", by=by, reference=visit.reference)
    telling.asked(visit, base_url=base_url)
    return visit


def _check_wish(wish: Wish, rules: Rules, on: date, plans: Mapping[date, DayPlan]) -> None:
    if wish.region_code not in region_names():
        raise UnknownRegion
    if wish.size > rules.largest_group:
        raise GroupTooLarge(
            gettext(
                "Rombongan paling banyak %(most)d orang. Kurangi jumlahnya, atau minta dua hari."
            )
            % {"most": rules.largest_group}
        )
    first = first_day_to_come(rules, on, plans=plans)
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
    views = day_views(
        min(wish.wished, default=first), max(wish.wished, default=first), rules=rules, plans=plans
    )
    for day in wish.wished:
        if not views[day].may_come:
            raise BadDates(
                gettext("%(day)s tidak dapat dipilih: %(why)s.")
                % {"day": telling.day_words(day), "why": views[day].reason}
            )


def _relation(wish: Wish) -> Relation:
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
