"""Preparing a visit: programme, delegation, answers, materials."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import File
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Guide
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.papers import actions as papers
from gerai.papers.queries import attachments_of
from gerai.papers.reading import File as Checked
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction, refused_as
from gerai.visits.actions.deciding import CannotMove, JustTaken, lay_out, take_slots
from gerai.visits.models import (
    Answer,
    Guest,
    Material,
    ProgrammeStep,
    Question,
    Visit,
)
from gerai.visits.queries.desk import Step
from gerai.visits.reading.lists import MOST_ROWS, Row, fault_of
from gerai.visits.rules import guest_key
from gerai.visits.states import OPEN_TO_GUESTS, State

MOST_STEPS = 40
LONGEST_MINUTES = 12 * 60
MOST_QUESTIONS = 100


class BadProgramme(Refused):
    """A programme without lines, too long, or past midnight."""

    message = _("Susunan acara paling sedikit satu baris dan paling lama 12 jam.")
    status = 400


class TooManyGuests(Refused):
    """More names than the mall keeps for a visit."""

    message = _("Daftar tamu paling banyak 500 nama.")
    status = 400


class BadGuest(Refused):
    """A guest whose name or address cannot be kept."""

    message = _("Nama atau surel tamu ini belum benar. Perbaiki, lalu kirim lagi.")
    status = 400


class GuestKnown(Refused):
    """The guest is on the list already."""

    message = _("Tamu dengan nama dan instansi ini sudah ada di daftar.")


class ListClosed(Refused):
    """The visit is over or refused: its list is not changed any more."""

    message = _("Daftar tamu kunjungan ini sudah tidak dapat diubah.")


class LeaderStays(Refused):
    """The leader of a delegation is not taken off its list."""

    message = _("Pimpinan rombongan tidak dapat dihapus dari daftar.")


class TooManyQuestions(Refused):
    """More questions than a visit has time for."""

    message = _("Paling banyak 100 pertanyaan untuk satu kunjungan.")
    status = 400


class AnswerKnown(Refused):
    """The same question is in the library."""

    message = _("Pertanyaan ini sudah ada di pustaka jawaban. Ubah jawaban yang ada.")


class EmptyMaterial(Refused):
    """Neither a file nor a guide, or both."""

    message = _("Pilih satu: unggah berkas, atau pilih pedoman mal.")
    status = 400


class MaterialGone(Refused):
    """The material is closed, or never was."""

    message = _("Materi ini sudah ditutup atau tidak ada. Hubungi mal bila Anda memerlukannya.")
    status = 410


@dataclass(frozen=True)
class Taken:
    """What became of a list: how many guests were new, changed, and there as they were."""

    added: int
    changed: int
    unchanged: int


@refused_as(JustTaken)
@one_transaction
def set_programme(visit: Visit, steps: Sequence[Step], *, by: audit.Actor) -> None:
    """Say a visit's programme anew; the visit ends when its last line ends.

    :raises CannotMove: the visit is not accepted, or not any more
    :raises BadProgramme: no line, or too long
    :raises RoomTaken, HostTaken, JustTaken: the longer programme runs into another visit
    """
    _check_steps(steps)
    if visit.starts_at is None:
        raise CannotMove
    ends_at = visit.starts_at + timedelta(minutes=sum(step.minutes for step in steps))
    mine = Visit.objects.filter(pk=visit.pk, state=State.ACCEPTED, starts_at=visit.starts_at)
    changed = {"sequence": F("sequence") + 1, "changed_at": clock.now()}
    if not mine.update(ends_at=ends_at, **(changed if ends_at != visit.ends_at else {})):
        raise CannotMove
    visit.refresh_from_db()
    take_slots(visit)
    lay_out(visit, steps)
    audit.record("visits.plan", thing=f"visit:{visit.pk}", by=by, lines=len(steps))


@one_transaction
def set_pattern(steps: Sequence[Step], *, by: audit.Actor) -> None:
    """Say the mall's pattern of a programme anew; programmes laid out before stay.

    :raises BadProgramme: no line, or too long
    """
    _check_steps(steps)
    ProgrammeStep.objects.all().delete()
    ProgrammeStep.objects.bulk_create(
        ProgrammeStep(
            mall=current_mall(),
            position=n,
            title=step.title,
            minutes=step.minutes,
            place=step.place,
        )
        for n, step in enumerate(steps)
    )
    audit.record("visits.rule", thing="visit_pattern:all", by=by, changed=["programme"])


@refused_as(GuestKnown)
@one_transaction
def add_guest(
    visit: Visit, *, name: str, title: str, institution: str, email: str, by: audit.Actor
) -> Guest:
    """Put one person on a delegation's list.

    :raises ListClosed: the visit is over or refused
    :raises BadGuest: a name or address that cannot be kept
    :raises GuestKnown: on the list already
    """
    _check_open(visit)
    institution = institution or visit.relation.institution
    row = Row(0, name, title, institution, email)
    if fault_of(row) is not None:
        raise BadGuest
    if Guest.objects.filter(visit=visit).count() >= MOST_ROWS:
        raise TooManyGuests
    guest: Guest = Guest.objects.create(
        mall=current_mall(), visit=visit, key=guest_key(name, institution), **_told(row)
    )
    audit.record("visits.list", thing=f"visit:{visit.pk}", by=by, added=1)
    return guest


@one_transaction
def import_guests(visit: Visit, rows: Sequence[Row], *, by: audit.Actor) -> Taken:
    """Put the rows of a file on a delegation's list; the same rows again change nothing.

    :raises ListClosed: the visit is over or refused
    :raises TooManyGuests: more names than are kept
    """
    _check_open(visit)
    Visit.objects.select_for_update().get(pk=visit.pk)
    known = {guest.key: guest for guest in Guest.objects.filter(visit=visit)}
    new = []
    changed = 0
    for row in rows:
        institution = row.institution or visit.relation.institution
        key = guest_key(row.name, institution)
        told = _told(row) | {"institution": institution}
        guest = known.get(key)
        if guest is None:
            new.append(Guest(mall=current_mall(), visit=visit, key=key, **told))
            continue
        # What the file leaves out stays as it is.
        better = {
            part: value for part, value in told.items() if value and getattr(guest, part) != value
        }
        better.pop("institution", None)
        better.pop("name", None)
        if better:
            changed += Guest.objects.filter(pk=guest.pk).update(**better)
    if len(known) + len(new) > MOST_ROWS:
        raise TooManyGuests
    Guest.objects.bulk_create(new)
    if new or changed:
        audit.record(
            "visits.list", thing=f"visit:{visit.pk}", by=by, added=len(new), changed=changed
        )
    return Taken(len(new), changed, len(rows) - len(new) - changed)


@one_transaction
def remove_guest(guest: Guest, *, by: audit.Actor) -> None:
    """Take a person off the list; once more changes nothing.

    :raises ListClosed: the visit is over or refused
    :raises LeaderStays: it is the leader
    """
    _check_open(guest.visit)
    if guest.is_leader:
        raise LeaderStays
    if Guest.objects.filter(pk=guest.pk).delete()[0]:
        audit.record("visits.list", thing=f"visit:{guest.visit_id}", by=by, removed=1)


@one_transaction
def ask_ahead(visit: Visit, texts: Sequence[str], *, asked_by: str, by: audit.Actor) -> int:
    """Send questions ahead of a visit; those that were sent already are not doubled.

    :raises ListClosed: the visit is over or refused
    :raises TooManyQuestions: more than a visit has time for
    """
    _check_open(visit)
    known = list(Question.objects.filter(visit=visit).values_list("text", flat=True))
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if len(known) + len(new) > MOST_QUESTIONS:
        raise TooManyQuestions
    Question.objects.bulk_create(
        Question(
            mall=current_mall(), visit=visit, position=len(known) + n, text=text, asked_by=asked_by
        )
        for n, text in enumerate(new)
    )
    if new:
        audit.record("visits.question", thing=f"visit:{visit.pk}", by=by, added=len(new))
    return len(new)


def bring_letter(visit: Visit, file: "File[bytes]", *, by: audit.Actor) -> None:
    """Take the letter of a request; a later one stands for the one before.

    :raises ListClosed: the visit is over or refused
    :raises papers.BadFile: it is no PDF, or a dangerous one
    """
    _keep_letter(visit, papers.checked(file, allowed=("pdf",)), by=by)


@one_transaction
def _keep_letter(visit: Visit, file: Checked, *, by: audit.Actor) -> None:
    _check_open(visit)
    thing = f"visit:{visit.pk}"
    for before in attachments_of(thing, kind="request"):
        papers.remove_attachment(before, by=by)
    papers.keep(file, thing=thing, kind="request", by=by)
    audit.record("visits.bring_letter", thing=thing, by=by)


@one_transaction
def answer_question(question: Question, text: str, *, by: audit.Actor) -> Answer:
    """Answer a question; the answer goes into the library under the question's words.

    Answered before from the library, it gets an answer of its own and the other stays.
    """
    kept = answer_given(question.text, text)
    Question.objects.filter(pk=question.pk).update(answer=kept)
    question.answer = kept
    audit.record("visits.answer", thing=f"visit:{question.visit_id}", by=by, answer=kept.pk)
    return kept


@inside_transaction
def answer_given(question_text: str, text: str) -> Answer:
    """Keep an answer in the library under its question; the newest answer counts."""
    answer, _is_new = Answer.objects.update_or_create(
        mall=current_mall(),
        question_text=question_text,
        defaults={"text": text, "changed_at": clock.now()},
    )
    kept: Answer = answer
    return kept


@one_transaction
def reuse_answer(question: Question, answer: Answer, *, by: audit.Actor) -> None:
    """Answer a question with an answer given before."""
    Question.objects.filter(pk=question.pk).update(answer=answer)
    audit.record("visits.answer", thing=f"visit:{question.visit_id}", by=by, answer=answer.pk)


@refused_as(AnswerKnown)
@one_transaction
def keep_answer(answer: Answer | None, *, question_text: str, text: str, by: audit.Actor) -> Answer:
    """Put an answer into the library, or say one anew for all questions that use it.

    :raises AnswerKnown: another answer has the question
    """
    told = {"question_text": question_text, "text": text, "changed_at": clock.now()}
    if answer is None:
        answer = Answer.objects.create(mall=current_mall(), **told)
    else:
        Answer.objects.filter(pk=answer.pk).update(**told)
    audit.record("visits.answer", thing=f"visit_answer:{answer.pk}", by=by)
    return answer


def offer_material(
    visit: Visit | None,
    *,
    title: str,
    kind: str,
    available_until: date | None,
    file: "File[bytes] | None",
    guide: Guide | None,
    by: audit.Actor,
) -> Material:
    """Offer guests something to read until a day; without a visit, those of all visits.

    :raises EmptyMaterial: neither a file nor a guide, or both
    :raises papers.BadFile: the file is not taken
    """
    if (file is None) == (guide is None):
        raise EmptyMaterial
    kept = papers.checked(file) if file is not None else None
    told = {"title": title, "kind": kind, "available_until": available_until, "guide": guide}
    return _offer(visit, told, kept, by=by)


@one_transaction
def _offer(
    visit: Visit | None, told: dict[str, Any], file: Checked | None, *, by: audit.Actor
) -> Material:
    material: Material = Material.objects.create(mall=current_mall(), visit=visit, **told)
    if file is not None:
        papers.keep(file, thing=material.thing, kind="material", by=by, caption=material.title)
    audit.record("visits.offer", thing=f"material:{material.pk}", by=by)
    return material


@one_transaction
def withdraw_material(material: Material, *, by: audit.Actor) -> None:
    """Offer a material no more, and delete its file."""
    for file in attachments_of(material.thing):
        papers.remove_attachment(file, by=by)
    if Material.objects.filter(pk=material.pk).delete()[0]:
        audit.record("visits.withdraw", thing=f"material:{material.pk}", by=by)


def _told(row: Row) -> dict[str, str]:
    return {
        "name": row.name,
        "title": row.title,
        "institution": row.institution,
        "email": row.email,
    }


@inside_transaction
def _check_open(visit: Visit) -> None:
    if not Visit.objects.filter(pk=visit.pk, state__in=OPEN_TO_GUESTS).exists():
        raise ListClosed


def _check_steps(steps: Sequence[Step]) -> None:
    minutes = sum(step.minutes for step in steps)
    if not 0 < len(steps) <= MOST_STEPS or minutes > LONGEST_MINUTES:
        raise BadProgramme


def fault_words(fault: str) -> str:
    """Say in words why a row of a file is no guest."""
    return {
        "no_name": gettext("namanya kosong"),
        "too_long": gettext("ada isian yang terlalu panjang"),
        "bad_email": gettext("alamat surelnya salah tulis"),
        "formula": gettext("ada isian yang diawali tanda rumus (=, +, -, @)"),
        "twice": gettext("nama dan instansi yang sama sudah ada di baris lain"),
        "strange": gettext("ada huruf yang tidak dapat disimpan"),
    }[fault]


def unreadable_words(why: str) -> str:
    """Say in words why a whole file is not read."""
    return {
        "too_large": gettext("Berkas terlalu besar. Ukuran terbesar 2 MB."),
        "too_many_rows": gettext("Daftar terlalu panjang. Paling banyak 500 nama."),
        "not_a_sheet": gettext("Berkas ini tidak dapat dibaca. Simpan sebagai XLSX atau CSV."),
        "bomb": gettext("Isi berkas terlalu besar setelah dibuka. Salin namanya ke berkas baru."),
        "no_head": gettext("Baris pertama harus memuat judul kolom, paling sedikit: Nama."),
        "empty": gettext("Berkas ini kosong."),
    }[why]
