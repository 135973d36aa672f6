"""Questions that are noted on the day, with their answers."""

from typing import Final

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import one_transaction
from gerai.visits.actions.day import BOOK_STATES, HERE_STATES, NotNow, TooMany
from gerai.visits.actions.preparing import answer_given
from gerai.visits.models import Question, Visit

MOST_QUESTIONS: Final = 300


class NoQuestion(Refused):
    """A question without words."""

    message = _("Tuliskan pertanyaannya.")
    status = 400


@one_transaction
def note_question(
    visit: Visit,
    *,
    text: str,
    asked_by: str = "",
    answer: str = "",
    by: audit.Actor,
) -> Question:
    """Note a question asked on the day, with its answer where it was given.

    :raises NoQuestion: it has no words
    :raises TooMany: more than any visit needs
    """
    text, answer = " ".join(text.split()), answer.strip()
    if not text:
        raise NoQuestion
    if visit.state not in BOOK_STATES | HERE_STATES:
        raise NotNow
    asked = Question.objects.filter(visit=visit)
    if asked.count() >= MOST_QUESTIONS:
        raise TooMany
    last = asked.aggregate(last=Max("position"))["last"] or 0
    question = Question.objects.create(
        mall=current_mall(),
        visit=visit,
        position=last + 1,
        text=text,
        asked_by=asked_by.strip(),
        is_ahead=False,
        answer=answer_given(text, answer) if answer else None,
    )
    audit.record("visits.note_question", thing=f"question:{question.pk}", by=by)
    publish("visits.note_question", visit.pk)
    return question


@one_transaction
def remove_question(question: Question, *, by: audit.Actor) -> None:
    """Take a question out of the notes; its answer stays with the mall's answers."""
    audit.record("visits.remove_question", thing=f"question:{question.pk}", by=by)
    question.delete()
