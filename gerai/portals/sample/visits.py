"""Study visits of a sample mall: rooms, rules, a request, a visit to come, answers."""

from datetime import timedelta

from gerai.malls.models import Mall
from gerai.people import audit
from gerai.people.models import User
from gerai.portals.sample.whole import fill_once
from gerai.visits.actions import asking, deciding, preparing, settings
from gerai.visits.actions.asking import Wish
from gerai.visits.models import Answer, Room, Rules, Visit
from gerai.visits.queries.calendar import (
    at_clock,
    first_day_to_come,
    proposals_for,
    rules_of_mall,
    today,
    visitors_usually,
)
from gerai.visits.queries.desk import hosts, minutes_of, programme_pattern
from gerai.visits.reading.lists import Row
from gerai.visits.states import State

BASE = ""
ROOMS = (
    ("Ruang Rapat MPP Lantai 2 (contoh)", 60, "Naik tangga atau lift, di kiri"),
    ("Ruang Tamu MPP Lantai 1 (contoh)", 15, "Di belakang meja penyambut"),
)
ANSWERS = (
    (
        "Bagaimana kronologi pendirian mal ini?",
        "Contoh jawaban: nota kesepahaman, perjanjian dengan tiap instansi, lalu peresmian.",
    ),
    (
        "Dari mana biaya pendirian dan pemeliharaan mal?",
        "Contoh jawaban: dari anggaran daerah; instansi membawa perlengkapannya sendiri.",
    ),
    (
        "Siapa yang memiliki alat cetak di loket?",
        "Contoh jawaban: instansi masing-masing, dicatat di perjanjian kerja samanya.",
    ),
    (
        "Bagaimana instansi vertikal diajak bergabung?",
        "Contoh jawaban: lewat surat pimpinan daerah dan pertemuan bersama, satu per satu.",
    ),
)
GUESTS = (
    Row(2, "Contoh Tamu Satu", "Kepala Dinas (contoh)"),
    Row(3, "Contoh Tamu Dua", "Inspektur (contoh)"),
    Row(4, "Contoh Tamu Tiga", "Analis (contoh)"),
)


def fill_visits(mall: Mall, by: audit.Actor) -> bool:
    """Fill in what is missing; tell whether anything was."""
    steps = (_rules, _rooms, _answers, _accepted, _asked)
    changed = [step(mall, by) for step in steps]
    return any(changed)


def _rules(_mall: Mall, by: audit.Actor) -> bool:
    if Rules.objects.exists():
        return False
    settings.set_rules(
        source_note="Contoh: pola umum penerimaan kunjungan instansi, bukan aturan MPP",
        signatory_role="Kepala Dinas (contoh)",
        signatory_name="Contoh Penanda Tangan",
        by=by,
    )
    return True


def _rooms(_mall: Mall, by: audit.Actor) -> bool:
    known = set(Room.objects.values_list("name", flat=True))
    missing = [room for room in ROOMS if room[0] not in known]
    for name, seats, note in missing:
        settings.set_room(None, name=name, seats=seats, note=note, is_active=True, by=by)
    return bool(missing)


def _answers(_mall: Mall, by: audit.Actor) -> bool:
    known = set(Answer.objects.values_list("question_text", flat=True))
    missing = [answer for answer in ANSWERS if answer[0] not in known]
    for question, text in missing:
        preparing.keep_answer(None, question_text=question, text=text, by=by)
    return bool(missing)


def _accepted(mall: Mall, by: audit.Actor) -> bool:
    key = f"contoh-kunjungan-diterima-{mall.slug}"
    people = hosts()
    return fill_once(
        "kunjungan diterima",
        lambda: _accept(key, people[0], by),
        stands=lambda: mall.is_founding or not people or _is_asked(key),
    )


def _accept(key: str, host: User, by: audit.Actor) -> None:
    visit = _ask(key, "Dinas Contoh Penanaman Modal", "73.12", by)
    if visit.state == State.ASKED:
        _receive(visit, host, by)
    preparing.import_guests(visit, GUESTS, by=by)


def _receive(visit: Visit, host: User, by: audit.Actor) -> None:
    pattern = programme_pattern()
    best = proposals_for(
        visit, minutes_of(pattern), visitors_usually(), rules=rules_of_mall(), most=1
    )
    room = Room.objects.filter(name=ROOMS[0][0], is_active=True).first()
    if best and room is not None:
        deciding.accept(
            visit,
            starts_at=at_clock(best[0].day, best[0].starts),
            room=room,
            host=host,
            words="Contoh: parkir bus di sisi timur gedung.",
            base_url=BASE,
            by=by,
        )


def _asked(mall: Mall, by: audit.Actor) -> bool:
    key = f"contoh-kunjungan-diminta-{mall.slug}"
    if mall.is_founding or _is_asked(key):
        return False
    _ask(key, "Sekretariat Daerah Contoh", "73.24", by)
    return True


def _is_asked(key: str) -> bool:
    return Visit.objects.filter(idempotency_key=key).exists()


def _ask(key: str, institution: str, region: str, by: audit.Actor) -> Visit:
    rules, on = rules_of_mall(), today()
    days = [first_day_to_come(rules, on + timedelta(days=later)) for later in (0, 2, 5)]
    return asking.ask(
        Wish(
            region_code=region,
            institution=institution,
            leader_name="Contoh Pimpinan Rombongan",
            leader_title="Asisten (contoh)",
            contact_name="Contoh Narahubung",
            contact_email="narahubung@contoh.invalid",
            contact_phone="0812 0000 0000",
            purpose="Contoh: belajar cara mal ini didirikan dan dikelola.",
            size=14,
            wished=tuple(dict.fromkeys(days)),
            questions=(
                "Bagaimana kronologi mendirikan mal?",
                "Alat cetak di loket milik siapa?",
                "Apakah ada ruang menyusui?",
            ),
        ),
        letter=None,
        idempotency_key=key,
        base_url=BASE,
        by=by,
        is_sample=True,
    )
