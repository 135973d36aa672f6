"""The page of one visit behind its secret link: where it stands, and what guests do ahead."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.errors import Refused
from gerai.papers.queries import paper_with, papers_of
from gerai.papers.responses import attachment_response, paper_response
from gerai.people.audit import VISITOR
from gerai.people.guard import public
from gerai.visits.actions import deciding, preparing
from gerai.visits.forms.asking import CallOff, Letter, ListFile, OneGuest, Questions
from gerai.visits.letters.calendars import calendar_file
from gerai.visits.models import Visit
from gerai.visits.queries import guests as queries
from gerai.visits.queries.desk import STATE_PILLS, STATE_WORDS
from gerai.visits.queries.invitations import invitation_to
from gerai.visits.reading.lists import UnreadableFile, read_list
from gerai.visits.states import OPEN_TO_GUESTS, State, Verb, may_move
from gerai.visits.views.public.region import obstacle_to_found

P = ParamSpec("P")

CALENDAR = "text/calendar; charset=utf-8"
# What a guest is given to take along; other papers of a visit are of the desk.
FOR_GUESTS = frozenset({"answer"})
FORMS = ("pdf", "docx")


def of_secret(
    view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """Look up the visit that the secret of an address opens."""

    @wraps(view)
    def opened(
        request: HttpRequest, secret: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        visit = queries.visit_by(secret)
        if visit is None:
            raise deciding.NoSuchVisit
        answer = view(request, visit, *args, **kwargs)
        # The address is the key: it goes into no index. To other sites it does not go by the
        # setting for all pages; "no-referrer" would have browsers send forms without an origin.
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return opened  # type: ignore[return-value]  # a wrapped view has its names, too


@public
@never_cache
@require_safe
@of_secret
def visit(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say where a visit stands and what comes next."""
    return _page(request, visit)


@public
@require_POST
@of_secret
def cancel(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Let the guests call their visit off."""
    form = CallOff(request.POST)
    if not form.is_valid():
        return _page(request, visit, status=400, call_off=form)
    deciding.cancel(visit, words=form.cleaned_data["words"], base_url=base_url(request), by=VISITOR)
    messages.success(request, _("Permohonan dibatalkan. Terima kasih sudah mengabari kami."))
    return redirect("visits:visit", visit.secret)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_secret
def guests(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the delegation's list, and add a person."""
    form = OneGuest(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            preparing.add_guest(visit, **form.cleaned_data, by=VISITOR)
        except Refused as refused:
            form.add_error(None, str(refused))
            return _list(request, visit, form=form, status=refused.status)
        messages.success(request, _("Tamu ditambahkan."))
        return redirect("visits:guests", visit.secret)
    return _list(request, visit, form=form, status=400 if form.errors else 200)


@public
@require_POST
@of_secret
def upload(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take a delegation's list as a file, and say what became of each line."""
    form = ListFile(request.POST, request.FILES)
    taken, bad, status = take_list(form, visit, by=VISITOR)
    return _list(request, visit, file_form=form, taken=taken, bad=bad, status=status)


@public
@require_POST
@of_secret
def remove_guest(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """Take a person off the list."""
    guest = get_object_or_404(queries.guests_of(visit).select_related("visit"), pk=pk)
    preparing.remove_guest(guest, by=VISITOR)
    return redirect("visits:guests", visit.secret)


@public
@require_POST
@of_secret
def questions(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take more questions ahead."""
    form = Questions(request.POST)
    if not form.is_valid():
        return _page(request, visit, status=400, questions_form=form)
    preparing.ask_ahead(visit, form.cleaned_data["text"], asked_by=visit.contact_name, by=VISITOR)
    messages.success(request, _("Pertanyaan kami terima."))
    return redirect("visits:visit", visit.secret)


@public
@require_POST
@of_secret
def letter(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take the letter of a request when it comes later."""
    form = Letter(request.POST, request.FILES)
    if form.is_valid():
        try:
            preparing.bring_letter(visit, form.cleaned_data["file"], by=VISITOR)
        except Refused as refused:
            form.add_error("file", str(refused))
    if form.errors:
        return _page(request, visit, status=400, letter_form=form)
    messages.success(request, _("Surat permohonan kami terima."))
    return redirect("visits:visit", visit.secret)


@public
@require_safe
@of_secret
def calendar(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Give the invitation, or its cancellation, as a calendar file."""
    return calendar_response(visit, f"{base_url(request)}{request.path.rpartition('/')[0]}/")


@public
@require_safe
@of_secret
def paper(request: HttpRequest, visit: Visit, pk: int, form: str) -> HttpResponse:
    """Give a paper that is meant for guests."""
    found = paper_with(pk)
    is_theirs = found and found.thing == f"visit:{visit.pk}" and found.kind in FOR_GUESTS
    if found is None or not is_theirs or form not in FORMS:
        raise deciding.NoSuchVisit
    return paper_response(found, form, request)


@public
@require_safe
@of_secret
def material(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """Give a material while it is open: a file, or a guide of the mall to read."""
    offer = next(
        (each for each in queries.materials_open_to(visit) if each.material.pk == pk), None
    )
    if offer is None:
        raise preparing.MaterialGone
    if offer.file is not None:
        return attachment_response(offer.file)
    return render(request, "visits/material.html", {"visit": visit, "material": offer.material})


def base_url(request: HttpRequest) -> str:
    """Return what links in letters begin with."""
    return request.build_absolute_uri("/").rstrip("/")


def calendar_response(visit: Visit, page: str = "") -> HttpResponse:
    """Answer with a visit's calendar file, which names this page; without a time there is none."""
    if visit.starts_at is None:
        raise deciding.NoSuchVisit
    invitation = invitation_to(visit, page)
    response = HttpResponse(calendar_file(invitation), content_type=CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{visit.reference.lower()}.ics"'
    return response


def take_list(
    form: ListFile, visit: Visit, *, by: Any
) -> tuple[preparing.Taken | None, list[tuple[int, str, str]], int]:
    """Take a list; return what became of it, the bad lines with their reason, and the status."""
    if not form.is_valid():
        return None, [], 400
    try:
        found = read_list(form.cleaned_data["file"].read(), institution=visit.relation.institution)
        taken = preparing.import_guests(visit, found.rows, by=by)
    except UnreadableFile as unreadable:
        form.add_error("file", preparing.unreadable_words(unreadable.why))
        return None, [], 400
    except Refused as refused:
        form.add_error("file", str(refused))
        return None, [], refused.status
    bad = [(row.line, row.words, preparing.fault_words(row.fault)) for row in found.bad]
    return taken, bad, 200


def _list(request: HttpRequest, visit: Visit, *, status: int = 200, **told: Any) -> HttpResponse:
    context = {
        "visit": visit,
        "guests": queries.guests_of(visit),
        "may_change": visit.state in OPEN_TO_GUESTS,
        "form": OneGuest(),
        "file_form": ListFile(),
        **told,
    }
    return render(request, "visits/guests.html", context, status=status)


def _page(request: HttpRequest, visit: Visit, *, status: int = 200, **told: Form) -> HttpResponse:
    state = State(visit.state)
    was_received = queries.was_received(visit)
    context = {
        "visit": visit,
        "state": state.value,
        "state_words": STATE_WORDS[state],
        "pill": STATE_PILLS[state],
        "programme": queries.programme_of(visit),
        "guest_count": queries.guests_of(visit).count(),
        "questions": queries.questions_of(visit) if visit.state in OPEN_TO_GUESTS else [],
        "letter": queries.letter_of(visit),
        "papers": [each for each in papers_of(f"visit:{visit.pk}") if each.kind in FOR_GUESTS],
        "materials": queries.materials_open_to(visit),
        "may_change": visit.state in OPEN_TO_GUESTS,
        "may_cancel": may_move(state, Verb.CANCEL),
        "was_received": was_received,
        "may_found": was_received and not obstacle_to_found(visit),
        "may_take_blueprint": queries.may_take_blueprint(visit),
        "call_off": CallOff(),
        "questions_form": Questions(),
        "letter_form": Letter(),
        **told,
    }
    return render(request, "visits/visit.html", context, status=status)
