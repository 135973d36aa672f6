"""A visit of the sample mall that is over: who came, what they asked, what came of it.

Every name and figure is made up and says so.
"""

import secrets
from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from gerai import clock
from gerai.malls.models import Mall
from gerai.people.audit import Actor
from gerai.people.models import Membership, User
from gerai.people.roles import Role
from gerai.portals.sample.whole import fill_once
from gerai.transactions import one_transaction
from gerai.visits.actions import after, album, day, questions
from gerai.visits.models import (
    Door,
    FollowUp,
    Guest,
    GuestBook,
    Impression,
    KnownMall,
    Minutes,
    Photo,
    Presence,
    ProgrammeItem,
    Question,
    Relation,
    Room,
    Side,
    Visit,
)
from gerai.visits.rules import guest_key
from gerai.visits.states import State

KEY = "contoh-kunjungan-lalu"
DAYS_AGO = 21
GUESTS = (
    ("Asisten Contoh", "Asisten perekonomian (contoh)"),
    ("Kepala Dinas Contoh", "Kepala dinas (contoh)"),
    ("Inspektur Contoh", "Inspektur (contoh)"),
    ("Analis Contoh", "Analis kebijakan (contoh)"),
)
PROGRAMME = (
    ("Penyambutan", 15),
    ("Paparan perjalanan mal", 45),
    ("Tanya jawab", 45),
    ("Berkeliling gerai", 30),
    ("Foto bersama", 15),
)
QUESTIONS = (
    (
        "Apa langkah pertama mendirikan mal?",
        "Contoh jawaban: komitmen kepala daerah, lalu koordinasi dengan instansi.",
    ),
    (
        "Siapa yang menggaji petugas instansi?",
        "Contoh jawaban: instansi masing-masing, sesuai perjanjian kerja sama.",
    ),
    ("Berapa lama persiapannya?", ""),
)
IMPRESSIONS = (
    ("Alurnya mudah diikuti dan petugasnya ramah (contoh).", 4, "Tamu contoh", True, True),
    ("Semoga mal kami dapat menyusul (contoh).", 4, "", True, True),
    ("Ruang rapatnya agak sempit (contoh).", 3, "", False, False),
)
# Made by hand; a list that is loaded replaces them.
KNOWN = (
    ("73.11", "Kabupaten Barru"),
    ("73.12", "Kabupaten Soppeng"),
    ("73.24", "Kabupaten Luwu Timur"),
    ("35.79", "Kota Batu"),
    ("34.02", "Kabupaten Bantul"),
    ("51.03", "Kabupaten Badung"),
    ("16.71", "Kota Palembang"),
    ("91.71", "Kota Jayapura"),
)
SOURCE = "Contoh yang dibuat dengan tangan; bukan daftar resmi."


def fill_visits_day(mall: Mall, by: Actor) -> bool:
    """Fill in the visit that is over and the sample's known malls; a second time does nothing."""
    changed = _known_malls()
    own = Visit.objects.filter(idempotency_key=KEY)
    return fill_once("kunjungan lalu", lambda: _tell(mall, by), stands=own.exists) or changed


def _tell(mall: Mall, by: Actor) -> None:
    visit = Visit.objects.filter(idempotency_key=KEY).first() or _visit(mall)
    asked = set(Question.objects.filter(visit=visit).values_list("text", flat=True))
    for text, answer in QUESTIONS:
        if text in asked:
            continue
        questions.note_question(visit, text=text, answer=answer, asked_by="Tamu contoh", by=by)
    if not Photo.objects.filter(visit=visit).exists():
        album.add_photos(
            visit, [_photo()], caption="Foto bersama (gambar contoh)", all_agree=True, by=by
        )
    _agree(visit, mall, by)
    day.confirm_travel(
        visit, guest=None, officer="Penerima Contoh", role="Kepala dinas (contoh)", by=by
    )
    after.issue_report(visit, by=by)
    if visit.state != State.CLOSED:
        after.close(visit, by=by)


def _agree(visit: Visit, mall: Mall, by: Actor) -> None:
    """Note what both sides promised."""
    agreed = set(FollowUp.objects.filter(visit=visit).values_list("text", flat=True))
    today = clock.local_day(clock.now(), mall.zone)
    for text, side, days in (
        ("Kirim contoh perjanjian kerja sama", Side.HOST, -4),
        ("Datang lagi dengan lebih banyak instansi", Side.GUEST, 40),
    ):
        if text in agreed:
            continue
        after.add_follow_up(
            visit,
            text=text,
            owner_name="Penerima Contoh" if side == Side.HOST else "Asisten Contoh",
            side=side,
            due_on=today + timedelta(days=days),
            by=by,
        )


@one_transaction
def _known_malls() -> bool:
    if KnownMall.objects.exists():
        return False
    KnownMall.objects.bulk_create(
        KnownMall(region_code=code, region_name=f"{name} (contoh)", source=SOURCE)
        for code, name in KNOWN
    )
    return True


@one_transaction
def _visit(mall: Mall) -> Visit:
    on = clock.local_day(clock.now(), mall.zone) - timedelta(days=DAYS_AGO)
    starts_at = clock.at(on, 9, 0, mall.zone)
    room, _is_new = Room.objects.get_or_create(
        mall=mall, name="Ruang rapat lantai 2 (contoh)", defaults={"seats": 40}
    )
    relation, _is_new = Relation.objects.get_or_create(
        mall=mall,
        region_code="73.12",
        institution="Sekretariat Daerah (contoh)",
        defaults={"region_name": "Kabupaten Soppeng"},
    )
    visit: Visit = Visit.objects.create(
        mall=mall,
        relation=relation,
        reference="KJ-CONTOH-1",
        secret=secrets.token_urlsafe(24),
        idempotency_key=KEY,
        state=State.RECEIVED,
        asked_at=starts_at - timedelta(days=20),
        answered_at=starts_at - timedelta(days=18),
        changed_at=starts_at,
        answer_due=on - timedelta(days=13),
        leader_name="Asisten Contoh",
        leader_title="Asisten perekonomian (contoh)",
        contact_name="Narahubung Contoh",
        contact_email="narahubung@contoh.example",
        contact_phone="0800 000 000",
        purpose="Mempelajari penyelenggaraan mal pelayanan publik (contoh).",
        size=len(GUESTS),
        wished=[on.isoformat()],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2, minutes=30),
        room=room,
        host=_host(),
        is_sample=True,
    )
    _programme(visit, starts_at)
    _guests(visit, starts_at)
    Minutes.objects.create(
        mall=mall,
        visit=visit,
        basis="Surat permohonan contoh.",
        learned="Tahap mendirikan mal, antrean bersama, dan standar pelayanan (contoh).",
        conclusion="Rombongan akan datang lagi dengan lebih banyak instansi (contoh).",
        changed_at=starts_at + timedelta(hours=6),
        thanked_at=starts_at + timedelta(hours=7),
    )
    return visit


def _host() -> User:
    wanted = [Role.HOST.value, Role.MALL_ADMIN.value]
    found = Membership.objects.filter(role__in=wanted).order_by("pk").select_related("user")
    hosts = sorted(found, key=lambda each: wanted.index(each.role))
    return hosts[0].user


def _programme(visit: Visit, starts_at: datetime) -> None:
    moment = starts_at
    for position, (title, minutes) in enumerate(PROGRAMME, start=1):
        ProgrammeItem.objects.create(
            mall=visit.mall,
            visit=visit,
            position=position,
            title=title,
            minutes=minutes,
            starts_at=moment,
        )
        moment += timedelta(minutes=minutes)


def _guests(visit: Visit, starts_at: datetime) -> None:
    GuestBook.objects.create(
        mall=visit.mall,
        visit=visit,
        code=secrets.token_urlsafe(16),
        opened_at=starts_at - timedelta(minutes=30),
        received_at=starts_at + timedelta(minutes=5),
        left_at=starts_at + timedelta(hours=2, minutes=35),
        received_by=visit.host,
        received_by_name=visit.host.name if visit.host else "",
    )
    for number, (name, title) in enumerate(GUESTS):
        at = starts_at + timedelta(minutes=number)
        guest = Guest.objects.create(
            mall=visit.mall,
            visit=visit,
            name=name,
            title=title,
            institution=visit.relation.institution,
            key=guest_key(name, visit.relation.institution),
            is_leader=number == 0,
            checked_in_at=at,
        )
        Presence.objects.create(
            mall=visit.mall,
            guest=guest,
            at=at,
            door=Door.PHONE,
            signs_on_paper=True,
            photo_consent=True,
        )
    for number, (words, rating, name, may_publish, is_shown) in enumerate(IMPRESSIONS):
        given_at = starts_at + timedelta(hours=3, minutes=number)
        Impression.objects.create(
            mall=visit.mall,
            visit=visit,
            secret=secrets.token_urlsafe(24),
            key=f"{KEY}-{number}",
            name=name,
            words=words,
            rating=rating,
            may_publish=may_publish,
            given_at=given_at,
            shown_at=given_at + timedelta(days=1) if is_shown else None,
        )


def _photo() -> SimpleUploadedFile:
    """Draw people before a building, as no photo of anybody is shipped."""
    drawn = Image.new("RGB", (1200, 800), "#cfe6e8")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((150, 140, 1050, 640), fill="#f7f5ef", outline="#0b5b6b", width=6)
    for column in range(6):
        pen.rectangle((210 + column * 135, 210, 300 + column * 135, 330), fill="#a5d0d5")
    pen.rectangle((0, 640, 1200, 800), fill="#ddd8cb")
    for number in range(7):
        x = 210 + number * 125
        pen.ellipse((x, 430, x + 70, 500), fill="#6b4100")
        pen.rounded_rectangle((x - 20, 505, x + 90, 720), 40, fill="#0b5b6b")
    kept = BytesIO()
    drawn.save(kept, "JPEG", quality=85)
    return SimpleUploadedFile("foto-contoh.jpg", kept.getvalue(), content_type="image/jpeg")
