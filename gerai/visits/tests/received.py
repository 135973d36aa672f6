"""Visits on their day for tests, made in the mall in scope."""

import base64
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.people.audit import SYSTEM
from gerai.people.models import User
from gerai.people.roles import Role
from gerai.people.tests.factories import PASSWORD, a_user
from gerai.visits.actions import day, guest_book
from gerai.visits.models import Guest, GuestBook, Relation, Room, Visit
from gerai.visits.rules import guest_key
from gerai.visits.states import State

DAY = datetime(2022, 2, 10, 9, 0).astimezone(clock.zone_of("Asia/Makassar"))
PREFIX = "data:image/png;base64,"

_next = count(1)


def a_day_visit(state: State = State.ACCEPTED, **fields: Any) -> Visit:
    """Make a visit of Soppeng that was accepted, or stands where it is told to."""
    number = next(_next)
    mall = current_mall()
    relation = (
        fields.pop("relation", None)
        or Relation.objects.get_or_create(
            mall=mall,
            region_code="73.12",
            institution="Sekretariat Contoh",
            defaults={"region_name": "Kabupaten Soppeng"},
        )[0]
    )
    room = Room.objects.get_or_create(mall=mall, name="Ruang Contoh", defaults={"seats": 60})[0]
    starts_at = fields.pop("starts_at", clock.now() - timedelta(hours=1))
    return Visit.objects.create(
        mall=mall,
        relation=relation,
        room=fields.pop("room", room),
        host=fields.pop("host", None) or a_user(Role.HOST),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        state=state,
        **{
            "reference": f"KJ-2022-{number:04}",
            "secret": f"{number:032}",
            "idempotency_key": f"uji-{number}",
            "asked_at": starts_at - timedelta(days=30),
            "changed_at": starts_at - timedelta(days=30),
            "answer_due": (starts_at - timedelta(days=20)).date(),
            "leader_name": "Asisten Contoh",
            "leader_title": "Asisten Perekonomian",
            "contact_name": "Narahubung Contoh",
            "contact_email": "contoh@soppeng.example",
            "contact_phone": "0800",
            "purpose": "Mempelajari penyelenggaraan mal.",
            "size": 3,
            **fields,
        },
    )


def a_listed_guest(visit: Visit, name: str = "", **fields: Any) -> Guest:
    """Put somebody on the list of a visit."""
    name = name or f"Tamu Contoh {next(_next)}"
    institution = fields.pop("institution", "Dinas Contoh")
    return Guest.objects.create(
        mall=current_mall(),
        visit=visit,
        name=name,
        institution=institution,
        key=guest_key(name, institution),
        **fields,
    )


def a_book(visit: Visit | None = None) -> GuestBook:
    """Lay out the guest book of a visit."""
    return day.open_book(visit or a_day_visit(), by=SYSTEM)


def a_received_visit(**fields: Any) -> Visit:
    """Make a visit that was received, one guest of which has signed."""
    visit = a_day_visit(**fields)
    book = a_book(visit)
    day.receive(visit, by=SYSTEM)
    book.refresh_from_db()
    guest_book.check_in(
        book, door="phone", guest=a_listed_guest(visit), signature=a_drawing(), photo_consent=True
    )
    return visit


def a_drawing(*, size: tuple[int, int] = (600, 220)) -> str:
    """Return a signature as a browser sends it."""
    drawn = Image.new("RGBA", size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(drawn)
    pen.line([(20, 150), (120, 40), (200, 170), (380, 60), (560, 140)], fill="black", width=6)
    kept = BytesIO()
    drawn.save(kept, "PNG")
    return PREFIX + base64.b64encode(kept.getvalue()).decode()


def a_photo_file(name: str = "foto.jpg", *, has_place: bool = False) -> SimpleUploadedFile:
    """Return a picture as it is uploaded; has_place: its EXIF says where it was taken."""
    drawn = Image.new("RGB", (320, 200), "teal")
    exif = Image.Exif()
    if has_place:
        exif[0x010F] = "Kamera Contoh"
        exif.get_ifd(0x8825)[1] = "S"
    kept = BytesIO()
    drawn.save(kept, "JPEG", exif=exif)
    return SimpleUploadedFile(name, kept.getvalue(), content_type="image/jpeg")


def signed_in(client: Any, role: Role = Role.HOST) -> User:
    """Sign somebody of this role in."""
    user = a_user(role)
    assert client.login(username=user.username, password=PASSWORD)
    return user
