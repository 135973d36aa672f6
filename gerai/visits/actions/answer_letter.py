"""The answer letter of a visit, issued with its number."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gerai import clock
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.papers import actions as papers
from gerai.papers.models import Paper
from gerai.people import audit
from gerai.visits.actions.telling import day_words, time_words
from gerai.visits.letters.answer import AnswerLetter, sheet_of
from gerai.visits.letters.words import FIRST_TEXT, REFUSAL_TEXT
from gerai.visits.models import ProgrammeItem, Visit
from gerai.visits.queries.calendar import rules_of_mall
from gerai.visits.states import State


class NotAnswered(Refused):
    """There is no answer to write a letter about."""

    message = _("Terima atau tolak permohonan ini dahulu, lalu terbitkan suratnya.")


def issue_answer(visit: Visit, *, by: audit.Actor) -> Paper:
    """Issue the answer letter with its number; unchanged, it is the letter that there is.

    :raises NotAnswered: the request was neither accepted nor refused
    """
    if visit.state in {State.ASKED, State.CANCELLED}:
        raise NotAnswered
    with override("id"):
        sheet = sheet_of(_letter(visit))
    return papers.issue(
        sheet,
        kind="answer",
        thing=f"visit:{visit.pk}",
        by=by,
        is_numbered=True,
        is_verifiable=True,
    )


def _letter(visit: Visit) -> AnswerLetter:
    mall = current_mall()
    rules = rules_of_mall()
    is_refusal = visit.state == State.REFUSED
    told = {
        "pimpinan": visit.leader_name,
        "jabatan": visit.leader_title,
        "instansi": visit.relation.institution,
        "daerah": visit.relation.region_name,
        "permohonan": visit.reference,
        "hari": day_words(clock.local_day(visit.starts_at, mall.zone)) if visit.starts_at else "",
        "jam": f"{time_words(visit.starts_at)} - {time_words(visit.ends_at)} {mall.zone_label}",
        "ruang": visit.room.name if visit.room else "",
        "jumlah": str(visit.size),
        "penerima": visit.host.name if visit.host else "",
        "mal": mall.name,
        "catatan": visit.answer_words,
    }
    if is_refusal:
        told["catatan"] = f"Alasan: {visit.refusal_reason}. {visit.refusal_words}"
    answered = visit.answered_at or clock.now()
    return AnswerLetter(
        text=REFUSAL_TEXT if is_refusal else rules.letter_text or FIRST_TEXT,
        told=told,
        letterhead=tuple(line for line in (mall.name, mall.address) if line),
        place_and_day=day_words(clock.local_day(answered, mall.zone)).partition(", ")[2],
        signatory_role=rules.signatory_role or f"Pengelola {mall.name}",
        signatory_name=rules.signatory_name or "……………………………",
        is_refusal=is_refusal,
        programme=()
        if is_refusal
        else tuple(
            (time_words(item.starts_at), item.title, item.place)
            for item in ProgrammeItem.objects.filter(visit=visit)
        ),
    )
