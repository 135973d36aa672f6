"""The visitor's rating: one page on a phone, three short ones on a kiosk."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gerai.people.guard import public
from gerai.survey.actions import BadAnswers, NoInvitation, RatedAlready, rate
from gerai.survey.forms import ASKED, Element, RatingForm, Steps
from gerai.survey.models import Invitation
from gerai.survey.queries import invitation_with

FACES: Final = ("mood-sad", "mood-neutral", "mood-smile", "mood-happy")
ELEMENTS_A_PART: Final = 3
LAST_PART: Final = 3


@dataclass(frozen=True)
class Answer:
    """One of the four buttons of an element."""

    value: str
    word: object
    face: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """An element with its buttons, or only its chosen answer when another part is shown."""

    element: Element
    number: int
    answers: list[Answer]
    chosen: str
    is_shown: bool
    error: str


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the nine elements, and thank."""
    invitation = invitation_with(token)
    if invitation is None:
        raise NoInvitation
    steps = Steps(request.POST if request.method == "POST" else request.GET)
    steps.is_valid()
    if request.method == "POST":
        return _answered(request, token, invitation, steps)
    if invitation.is_used:
        return _page(request, "survey/used.html", steps.door())
    return _ask(request, RatingForm(), invitation, steps.door(), part=1)


def _answered(
    request: HttpRequest, token: str, invitation: Invitation, steps: Steps
) -> HttpResponse:
    door = steps.door()
    form = RatingForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, invitation, door, part=_part_of_first_error(form), status=400)
    if steps.part():
        return _ask(request, form, invitation, door, part=steps.part())
    try:
        rate(token, form.answers(), door=door, suggestion=form.cleaned_data["suggestion"])
    except BadAnswers as nothing:
        form.add_error(None, nothing.message)
        return _ask(request, form, invitation, door, part=1, status=nothing.status)
    except RatedAlready as again:
        return _page(request, "survey/used.html", door, status=again.status)
    return _page(request, "survey/thanks.html", door)


def _ask(
    request: HttpRequest,
    form: RatingForm,
    invitation: Invitation,
    door: str,
    *,
    part: int,
    status: int = 200,
) -> HttpResponse:
    on_kiosk = door == "kiosk"
    rows = [_row(form, n, shown=not on_kiosk or _part_of(n) == part) for n in range(len(ASKED))]
    context = {
        "form": form,
        "rows": rows,
        "invitation": invitation,
        "part": part,
        "parts": LAST_PART,
        "is_last": not on_kiosk or part == LAST_PART,
        "before": part - 1,
        "after": part + 1,
    }
    return _page(request, "survey/rate.html", door, status=status, **context)


def _row(form: RatingForm, index: int, *, shown: bool) -> Row:
    element = ASKED[index]
    chosen = str(form.data.get(element.field, "")) if form.is_bound else ""
    answers = [
        Answer(str(n), word, face, chosen == str(n))
        for n, (word, face) in enumerate(zip(element.words, FACES, strict=True), start=1)
    ]
    known = chosen if any(answer.is_chosen for answer in answers) else ""
    error = " ".join(str(each) for each in form.errors.get(element.field, []))
    return Row(element, index + 1, answers, known, shown, error)


def _part_of(index: int) -> int:
    return index // ELEMENTS_A_PART + 1


def _part_of_first_error(form: RatingForm) -> int:
    wrong = [_part_of(n) for n, element in enumerate(ASKED) if element.field in form.errors]
    return min(wrong, default=LAST_PART)


def _page(
    request: HttpRequest, template: str, door: str, *, status: int = 200, **context: object
) -> HttpResponse:
    frame = "survey/kiosk.html" if door == "kiosk" else "survey/phone.html"
    return render(request, template, {"frame": frame, "door": door, **context}, status=status)
