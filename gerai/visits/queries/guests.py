"""What guests are told: their visit by its secret link, materials, answers given before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gerai.papers.models import Attachment
from gerai.papers.queries import attachments_of
from gerai.visits.models import Answer, Guest, Material, ProgrammeItem, Question, Visit
from gerai.visits.queries.calendar import rules_of_mall, today
from gerai.visits.similarity import gist_of, most_alike
from gerai.visits.states import State

SECRETS = 43
HAVE_MATERIALS = (State.ACCEPTED, State.RECEIVED, State.CLOSED)


@dataclass(frozen=True)
class Offer:
    """A material with its file, if it is one."""

    material: Material
    file: Attachment | None


@dataclass(frozen=True)
class Asked:
    """A question with answers to ones like it."""

    question: Question
    suggestions: tuple[Answer, ...]


def visit_by(secret: str) -> Visit | None:
    """Return the visit that a secret link opens, in the mall in scope."""
    if len(secret) > SECRETS:
        return None
    found: Visit | None = (
        Visit.objects.select_related("relation", "room", "host").filter(secret=secret).first()
    )
    return found


def guests_of(visit: Visit) -> QuerySet[Guest]:
    """Return the delegation, its leader first."""
    found: QuerySet[Guest] = Guest.objects.filter(visit=visit)
    return found.order_by("-is_leader", "pk")


def programme_of(visit: Visit) -> QuerySet[ProgrammeItem]:
    """Return the programme in its order."""
    found: QuerySet[ProgrammeItem] = ProgrammeItem.objects.filter(visit=visit)
    return found.order_by("position", "pk")


def letter_of(visit: Visit) -> Attachment | None:
    """Return the letter that came with a request."""
    return next(iter(attachments_of(f"visit:{visit.pk}", kind="request")), None)


def materials(visit: Visit | None = None) -> QuerySet[Material]:
    """Return the materials of a visit, or those for everybody."""
    found: QuerySet[Material] = Material.objects.filter(visit=visit).select_related("guide")
    return found.order_by("kind", "title", "pk")


def materials_open_to(visit: Visit) -> list[Offer]:
    """Return what the guests of a visit may read today."""
    if visit.state not in HAVE_MATERIALS:
        return []
    found = Material.objects.filter(Q(visit=visit) | Q(visit=None)).select_related("guide")
    still = found.filter(Q(available_until=None) | Q(available_until__gte=today()))
    return offers(still.order_by("kind", "title", "pk"))


def offers(found: Iterable[Material]) -> list[Offer]:
    """Return materials with their files."""
    return [Offer(each, next(iter(attachments_of(each.thing)), None)) for each in found]


def answers(words: str = "") -> QuerySet[Answer]:
    """Return the answers given so far, the most used first."""
    found: QuerySet[Answer] = Answer.objects.all()
    if words:
        found = found.filter(Q(question_text__icontains=words) | Q(text__icontains=words))
    counted = found.annotate(used=Count("questions"))
    return counted.order_by("-used", "question_text", "pk")


def questions_of(visit: Visit) -> QuerySet[Question]:
    """Return the questions of a visit in their order."""
    found: QuerySet[Question] = Question.objects.filter(visit=visit)
    return found


def questions_to_answer(visit: Visit) -> list[Asked]:
    """Return the questions of a visit; to those without answer, answers to ones like it."""
    found = list(questions_of(visit).select_related("answer"))
    if all(question.answer_id for question in found):
        return [Asked(question, ()) for question in found]
    known = [(each, gist_of(each.question_text)) for each in Answer.objects.order_by("pk")]
    return [
        Asked(
            question,
            () if question.answer_id else tuple(most_alike(question.text, known)),
        )
        for question in found
    ]


def was_received(visit: Visit) -> bool:
    """Tell whether the delegation has been here."""
    return visit.state in {State.RECEIVED, State.CLOSED}


def may_take_blueprint(visit: Visit) -> bool:
    """Tell whether the delegation may take the mall's blueprint home."""
    return was_received(visit) and rules_of_mall().gives_blueprint
