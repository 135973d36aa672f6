"""A world to attack: two malls, two agencies in each, and one of every kind of row.

Everything that people would read of the second mall bears the word FOREIGN, everything of the
second agency of a mall the word NEXT_DOOR: where these words come out, a wall has a hole.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import time_machine
from django.apps import apps
from django.core import signing
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.test import Client
from django.utils.text import slugify

from gerai import clock
from gerai.directory.actions.devices import ask_pairing
from gerai.directory.guard import cookie_name
from gerai.directory.models import (
    Agency,
    Counter,
    Device,
    DeviceKind,
    Pairing,
    Posting,
    Requirement,
    Service,
    SpecialDay,
    Zone,
)
from gerai.directory.tests.factories import (
    PASSWORD,
    a_counter,
    a_device,
    a_floor,
    a_mall,
    a_service,
    a_standard,
    a_user,
    a_zone,
    an_agency,
    office_hours,
)
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall, in_mall
from gerai.newsroom.models import (
    Article,
    ArticleTag,
    BlockedSender,
    BlockedWord,
    Comment,
    Paper,
    Subscription,
)
from gerai.newsroom.queries.newsletter import hash_of, stop_token
from gerai.newsroom.tests.factories import a_comment, an_article, an_open_site
from gerai.people import audit
from gerai.people.models import User
from gerai.people.roles import Role
from gerai.queue.actions import calling, serving
from gerai.queue.actions.desks import open_desk
from gerai.queue.actions.rule import publish_rule
from gerai.queue.models import Desk, Line, Ticket, ZoneVoice
from gerai.queue.tests.factories import TEN, a_line, a_ticket
from gerai.survey.actions import rate
from tests.house.learning import Learning, a_learning

FOREIGN = "Seberang"
NEXT_DOOR = "Tetangga"
SPOKEN_BEFORE = 7000
RULE = {"priority_in_a_row": 2, "recalls": 3, "return_after": 3, "undo_seconds": 15}
HOSTS = {"barru": "barru.localhost", "parepare": "parepare.localhost"}
# What a kiosk's and a screen's browser keeps besides its token.
DEVICE_ROLES = {"kiosk": DeviceKind.KIOSK, "screen": DeviceKind.SCREEN}
# The officer next door has the same verbs; the wall between agencies has tests of its own.
PEOPLE_ROLES = (
    "officer",
    "greeter",
    "supervisor",
    "editor",
    "host",
    "founder",
    "mall_admin",
    "platform_admin",
)
ROLES = ("nobody", *PEOPLE_ROLES, *DEVICE_ROLES)

_next = count(1)


@dataclass
class Office:
    """An agency with everything that belongs to it."""

    agency: Agency
    service: Service
    line: Line
    counter: Counter
    officer: User
    posting: Posting
    desk: Desk
    waiting: Ticket
    at_desk: Ticket
    absent: Ticket
    held: Ticket
    done: Ticket


@dataclass
class Newsroom:
    """What belongs to the newsroom of a mall."""

    story: Article
    tag: ArticleTag
    comment: Comment
    paper: Paper
    word: BlockedWord
    sender: BlockedSender
    confirm_token: str
    stop_token: str


@dataclass
class Side:
    """One mall with its two agencies, people and devices."""

    mall: Mall
    zone: Zone
    home: Office
    next_door: Office
    special_day: SpecialDay
    pairing: Pairing
    news: Newsroom
    learning: Learning
    people: dict[str, User] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """The host name that the mall answers on."""
        return HOSTS[self.mall.slug]

    def browser(self, role: str = "nobody", **settings: Any) -> Client:
        """Return the browser of somebody, or of a device, of this mall on its host."""
        client = Client(HTTP_HOST=self.host, raise_request_exception=False, **settings)
        if role in self.people:
            client.force_login(self.people[role])
        if role in self.devices:
            give(client, self.devices[role])
        return client


@dataclass
class World:
    """Both malls."""

    here: Side
    there: Side


def give(client: Client, device: Device, /, **changes: Any) -> None:
    """Let a browser hold a device's token, with changed claims if any are named."""
    kind = DeviceKind(device.kind)
    claims = {"device": device.pk, "generation": device.generation, "mall": device.mall_id}
    name = cookie_name(kind)
    client.cookies[name] = signing.dumps(claims | changes, salt=name)


@contextmanager
def a_world() -> Iterator[World]:
    """Make both malls on a Monday at ten, and stop the clock there."""
    cache.clear()
    with time_machine.travel(TEN, tick=False):
        platform = a_user(None, is_platform_admin=True, name="Pengelola Platform")
        here = a_side("barru", "", platform)
        there = a_side("parepare", f" {FOREIGN}", platform)
        yield World(here, there)


def a_side(slug: str, word: str, platform: User) -> Side:
    """Make a mall; `word` stands in every name of it."""
    mall = a_mall(
        slug,
        name=f"MPP Contoh{word}",
        region_code="73.72" if word else "73.11",
        running_text=f"Selamat datang{word}",
    )
    with in_mall(mall):
        office_hours()
        zone = a_zone(floor=a_floor(name=f"Lantai dasar{word}"), name=f"Zona utama{word}")
        ZoneVoice.objects.create(mall=mall, zone=zone, last_sequence=SPOKEN_BEFORE if word else 0)
        people: dict[str, User] = {
            "greeter": a_user(Role.GREETER, name=f"Penyambut{word}"),
            "supervisor": a_user(Role.SUPERVISOR, name=f"Pengawas{word}"),
            "editor": a_user(Role.EDITOR, name=f"Redaktur{word}"),
            "host": a_user(Role.HOST, name=f"Tuan rumah{word}"),
            "founder": a_user(Role.FOUNDER, name=f"Pendiri{word}"),
            "mall_admin": a_user(Role.MALL_ADMIN, name=f"Admin{word}"),
        }
        home = an_office(zone, word)
        next_door = an_office(zone, f" {NEXT_DOOR}{word}")
        people |= {
            "officer": home.officer,
            "next_officer": next_door.officer,
            "platform_admin": platform,
        }
        publish_rule(by=audit.Actor.person(people["mall_admin"]), **RULE)
        day = SpecialDay.objects.create(
            mall=mall, on=date(2026, 12, 28), kind="closed", name=f"Hari jadi{word}"
        )
        pairing = ask_pairing(DeviceKind.SCREEN)
        devices = {
            "kiosk": a_device("kiosk", name=f"Kios{word}"),
            "screen": a_device("screen", name=f"Layar{word}", zone=zone, speaks=True),
        }
        news = a_newsroom(word)
        learning = a_learning(word, agency=home.agency, host=people["host"])
    return Side(mall, zone, home, next_door, day, pairing, news, learning, people, devices)


def a_newsroom(word: str) -> Newsroom:
    """Make a story with everything that hangs on it."""
    mall = current_mall()
    story = an_article(
        title=f"Berita{word}",
        summary=f"Ringkasan{word}",
        slug=slugify(f"berita{word}"),
        tag_line=f"topik{word}",
    )
    paper = Paper.objects.create(
        title=f"Dokumen{word}",
        file=ContentFile(b"a,b", name="dokumen.csv"),
        collection=an_open_site().collection,
    )
    now = clock.now()
    confirm_token = f"setuju-{mall.slug}"
    subscription = Subscription.objects.create(
        mall=mall,
        address=f"pembaca{slugify(word)}@contoh.id",
        state="asked",
        token_hash=hash_of(confirm_token),
        asked_at=now,
        consent_version=1,
    )
    return Newsroom(
        story=story,
        tag=ArticleTag.objects.get(article=story),
        comment=a_comment(story, name=f"Pembaca{word}", text=f"Komentar{word}"),
        paper=paper,
        word=BlockedWord.objects.create(mall=mall, word=f"kata{word}"),
        sender=BlockedSender.objects.create(
            mall=mall, sender="0" * 64, since=now, until=now + timedelta(days=30)
        ),
        confirm_token=confirm_token,
        stop_token=stop_token(subscription),
    )


def an_office(zone: Zone, word: str) -> Office:
    """Make an agency whose counter is open, with a ticket in every state."""
    number = next(_next)
    agency = an_agency(name=f"Dinas Contoh{word}", short_name=f"Dinas{word}")
    service = a_service(agency=agency, name=f"Layanan{word}")
    standard = a_standard(service, product=f"Kartu{word}", valid_from=date(2026, 1, 1))
    Requirement.objects.create(
        mall=zone.mall, standard=standard, position=1, text=f"Surat pengantar{word}"
    )
    line = a_line(agency, service=service, code=f"Q{number % 1000}", name=f"Antrean{word}")
    counter = a_counter(zone=zone, agency=agency)
    officer = a_user(agency=agency, name=f"Petugas{word}")
    by = audit.Actor.person(officer)
    desk = open_desk(counter, officer=officer, by=by)
    rated, done = a_ticket(line), a_ticket(line)
    for ticket in (rated, done):
        serving.start(calling.call_next(desk, by=by), by=by)
        ticket.refresh_from_db()
        serving.finish(ticket, by=by)
    rate(rated.rating_token, [4] * 9, door="phone", suggestion=f"Bagus{word}")
    absent = a_ticket(line)
    called = calling.call_next(desk, by=by)
    calling.miss(called, by=by)
    held = a_ticket(line)
    called = calling.call_next(desk, by=by)
    serving.start(called, by=by)
    serving.hold(called, by=by, reason=f"Fotokopi{word}")
    last = a_ticket(line)
    serving.start(calling.call_next(desk, by=by), by=by)
    waiting = a_ticket(line)
    for ticket in (done, absent, held, last, waiting):
        ticket.refresh_from_db()
    return Office(
        agency=agency,
        service=service,
        line=line,
        counter=counter,
        officer=officer,
        posting=Posting.objects.get(user=officer, agency=agency),
        desk=desk,
        waiting=waiting,
        at_desk=last,
        absent=absent,
        held=held,
        done=done,
    )


def told(side: Side, office: Office) -> dict[str, object]:
    """Return a body that fills every form of the product with keys of one place."""
    return {
        "key": "kunci-uji-rumah-0123456789",
        "group": "ordinary",
        "is_active": "0",
        "role": "supervisor",
        "password": "sandi-baru-12345",
        "present": PASSWORD,
        "again": "sandi-baru-12345",
        "outcome": "served",
        "reason": "",
        "words": "Alasan lain",
        "service": office.service.pk,
        "counter": office.counter.pk,
        "officer": office.officer.pk,
        "user": office.officer.pk,
        "agency": office.agency.pk,
        "new_agency": office.agency.pk,
        "new_days": ["0", "1"],
        "zone": side.zone.pk,
        "code": side.pairing.code,
        "name": "Nama baru",
        "username": "nama.baru",
        "on": "2026-12-29",
        "kind": "closed",
        "nomor": office.done.label,
        "kode": office.done.visit.code,
        "u1": "4",
        "browser": "peramban-uji",
        "region_code": "73.11",
        "host": "",
        "address": "",
        "slug": "mal-baru",
        "priority_in_a_row": "2",
        "recalls": "3",
        "return_after": "3",
        "undo_seconds": "15",
    }


def rows_of(mall: Mall) -> dict[str, str]:
    """Return a digest of each table's rows of a mall, its people and the mall itself."""
    found: dict[str, Any] = {"Mall": Mall.objects.filter(pk=mall.pk).order_by("pk")}
    for model in apps.get_models():
        if model.__module__.startswith("gerai.") and hasattr(model, "mall_id"):
            rows = model._default_manager
            # Stories are pages of the tree: their manager knows no malls.
            asked = rows.everywhere() if hasattr(rows, "everywhere") else rows.all()
            found[model._meta.label] = asked.filter(mall=mall)
    members = found["people.Membership"].values("user")
    # last_login is not a fact of the mall.
    found["User"] = User.objects.filter(pk__in=members).defer("last_login")
    return {name: _digest(rows) for name, rows in found.items()}


def _digest(rows: models.QuerySet[Any]) -> str:
    names = [each.attname for each in rows.model._meta.concrete_fields]
    names = [name for name in names if name != "last_login"]
    # What a text block holds is compared as it is stored.
    plain = rows.model._meta.get_field
    listed = [
        [plain(name).get_prep_value(value) for name, value in zip(names, row, strict=True)]
        for row in rows.order_by("pk").values_list(*names)
    ]
    return hashlib.sha256(repr(listed).encode()).hexdigest()


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever the block writes."""
    atom = transaction.atomic()
    atom._from_testcase = True  # lets actions be whole transactions inside, as in every test
    with atom:
        yield
        transaction.set_rollback(True)
