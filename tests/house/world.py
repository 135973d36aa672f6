"""A world to attack: two malls, two agencies in each, and one of every kind of row.

Everything that people would read of the second mall bears the word FOREIGN, everything of the
second agency of a mall the word NEXT_DOOR: where these words come out, a wall has a hole.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

import time_machine
from django.core import signing
from django.core.cache import cache
from django.test import Client

from gerai import clock
from gerai.directory.actions.devices import ask_pairing
from gerai.directory.guard import cookie_name
from gerai.directory.models import (
    Device,
    DeviceKind,
    Emergency,
    FridayBreak,
    GatheringPlace,
    Pairing,
    Season,
    SpecialDay,
    Zone,
)
from gerai.directory.tests.factories import (
    PASSWORD,
    a_device,
    a_floor,
    a_mall,
    a_user,
    a_zone,
    office_hours,
)
from gerai.display.models import HallNotice
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall, in_mall
from gerai.people import audit
from gerai.people.models import User
from gerai.people.roles import Role
from gerai.planner.models import Plan
from gerai.planner.tests.factories import a_said_plan, an_advice
from gerai.printing.models import Printer, PrintJob
from gerai.pulse.measures import DayFigures, dump
from gerai.pulse.models import Alarm, CountedDay, Handling, Limits, LineLimit
from gerai.queue.actions.rule import publish_rule
from gerai.queue.models import (
    DailyLimit,
    NightRule,
    ServiceDay,
    WaitPromise,
    ZoneVoice,
)
from gerai.queue.tests.factories import TEN
from tests.house.learning import Learning, a_learning
from tests.house.newsroom import Newsroom, a_newsroom
from tests.house.offices import Office, an_office

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


@dataclass
class Hours:
    """What departs from the week in a mall."""

    season: Season
    friday: FridayBreak
    emergency: Emergency


@dataclass
class Side:
    """One mall with its two agencies, people and devices."""

    mall: Mall
    zone: Zone
    home: Office
    next_door: Office
    special_day: SpecialDay
    hours: Hours
    pairing: Pairing
    news: Newsroom
    learning: Learning
    printer: Printer
    plan: Plan
    alarm: Alarm
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
        HallNotice.objects.create(
            mall=mall,
            text=f"Rapat{word}",
            begins_at=clock.now() - timedelta(days=1),
            ends_at=clock.now() + timedelta(days=1),
        )
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
        publish_rule(RULE, by=audit.Actor.person(people["mall_admin"]))
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
        hours = some_hours(word, home)
        printer = a_printer_with_a_slip(word, home)
        plan = a_said_plan(word)
        alarm = an_alarm(word, home, people["supervisor"])
        an_advice(word)
    return Side(
        mall,
        zone,
        home,
        next_door,
        day,
        hours,
        pairing,
        news,
        learning,
        printer,
        plan,
        alarm,
        people,
        devices,
    )


def an_alarm(word: str, office: Office, supervisor: User) -> Alarm:
    """Make an alarm that somebody took care of, limits of mall and line, and a counted day."""
    mall, now = current_mall(), clock.now()
    Limits.objects.create(mall=mall, wait_source=f"Maklumat{word}")
    LineLimit.objects.create(
        mall=mall, line=office.line, wait_min=20, wait_source=f"Maklumat antrean{word}"
    )
    CountedDay.objects.create(
        mall=mall, day=now.date() - timedelta(days=3), version=1, figures=dump(DayFigures())
    )
    alarm = Alarm.objects.create(
        mall=mall, kind="empty", ref=office.counter.pk, name=f"Loket{word}", since=now
    )
    Handling.objects.create(mall=mall, alarm=alarm, round=1, at=now, by=supervisor)
    return alarm


def a_printer_with_a_slip(word: str, office: Office) -> Printer:
    """Make a printer that is at no kiosk, with a slip that did not come out."""
    mall = current_mall()
    printer = Printer.objects.create(
        mall=mall, name=f"Pencetak{word}", connection="network", host="127.0.0.1", port=9
    )
    WaitPromise.objects.create(
        mall=mall,
        ticket=office.waiting,
        told_at=clock.now(),
        low_minutes=5,
        high_minutes=20,
        claim=80,
    )
    PrintJob.objects.create(
        mall=mall,
        ticket=office.waiting,
        printer=printer,
        state="failed",
        asked_at=clock.now(),
        deadline=clock.now() + timedelta(minutes=2),
    )
    return printer


def some_hours(word: str, office: Office) -> Hours:
    """Make a season, a Friday prayer, a limit, and an emergency that is over."""
    mall, now = current_mall(), clock.now()
    GatheringPlace.objects.create(mall=mall, place=f"Halaman{word}", place_en=f"Yard{word}")
    NightRule.objects.create(mall=mall)
    DailyLimit.objects.create(mall=mall, service=office.service, numbers=500)
    ServiceDay.objects.create(mall=mall, service=office.service, day=now.date(), given=20)
    return Hours(
        season=Season.objects.create(
            mall=mall,
            name=f"Musim{word}",
            starts_on=date(2027, 2, 8),
            ends_on=date(2027, 3, 9),
            source=f"Surat edaran contoh{word}",
        ),
        friday=FridayBreak.objects.create(
            mall=mall, name=f"Salat Jumat{word}", starts=time(11, 30), ends=time(13)
        ),
        emergency=Emergency.objects.create(
            mall=mall,
            kind="drill",
            words=f"Latihan{word}",
            began_at=now - timedelta(days=7),
            ended_at=now - timedelta(days=7, minutes=-20),
        ),
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
        "ordinary_in_a_row": "1",
        "recalls": "3",
        "return_after": "3",
        "undo_seconds": "15",
        "verb": "skip",
        "stage": "2",
        "was": "2",
        "amount": "1",
        "place": "half",
        "most_passed": "4",
        "after": "1",
        "wait_min": "25",
        "wait_source": "Contoh",
        "empty_min": "6",
        "again_min": "12",
        f"minutes_{office.line.pk}": "15",
        f"source_{office.line.pk}": "Contoh",
    }
