"""The desk on the day of a visit: receive, note questions, judge impressions."""

from collections.abc import Callable
from datetime import datetime, time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gerai import clock
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.visits.actions import day as actions
from gerai.visits.actions import impressions, preparing, questions
from gerai.visits.actions.deciding import NoSuchVisit
from gerai.visits.forms.day import CheckIn, GiveAnswer, Hours, NoteQuestion, Travel
from gerai.visits.models import GuestBook, Visit
from gerai.visits.queries import day as queries
from gerai.visits.queries.calendar import rules_of_mall
from gerai.visits.queries.desk import STATE_PILLS, STATE_WORDS, visit_with
from gerai.visits.queries.guests import programme_of, questions_to_answer
from gerai.visits.states import State


def the_visit(pk: int) -> Visit:
    """Return a visit of the mall in scope, or answer that there is none."""
    visit = visit_with(pk)
    if visit is None:
        raise NoSuchVisit
    return visit


@allow("visits.manage")
@require_safe
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the day of a visit."""
    return day_page(request, the_visit(pk))


def day_page(
    request: HttpRequest,
    visit: Visit,
    *,
    note: NoteQuestion | None = None,
    hours: Hours | None = None,
    travel: Travel | None = None,
    guest_form: CheckIn | None = None,
    status: int = 200,
) -> HttpResponse:
    book = queries.book_of(visit)
    guests = queries.delegation(visit)
    state = State(visit.state)
    rules = rules_of_mall()
    signer = {
        "officer": rules.signatory_name or actor_of(request.user).name,
        "role": rules.signatory_role or _("Penerima tamu"),
    }
    known = {
        "visit": visit,
        "book": book,
        "guests": guests,
        "signed": sum(guest.checked_in_at is not None for guest in guests),
        "programme": programme_of(visit),
        "questions": questions_to_answer(visit),
        "note": note or NoteQuestion(),
        "hours": hours or Hours(initial=_hours_of(book)),
        "travel": travel or Travel(initial=signer),
        "guest_form": guest_form
        or CheckIn(initial={"institution": visit.relation.institution}, is_new=True),
        "papers": queries.travel_papers(visit, guests),
        "impressions": queries.impressions_of(visit),
        "mean": queries.mean_of(visit),
        "photo_count": len(queries.photos_of(visit)),
        "state_word": STATE_WORDS[state],
        "state_pill": STATE_PILLS[state],
        "may_receive": state == State.ACCEPTED,
        "is_here": state in actions.HERE_STATES,
        "may_sign": state in actions.BOOK_STATES,
    }
    return render(request, "visits/day.html", known, status=status)


def _hours_of(book: GuestBook | None) -> dict[str, time]:
    zone = current_mall().zone
    moments = {"received": book.received_at, "left": book.left_at} if book else {}
    return {name: clock.local(at, zone).time() for name, at in moments.items() if at is not None}


def back_to_day(visit: Visit, anchor: str = "") -> HttpResponse:
    return redirect(reverse("visits_office:day", args=[visit.pk]) + anchor)


@allow("visits.manage")
@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the delegation is here."""
    visit = the_visit(pk)
    actions.receive(visit, by=actor_of(request.user))
    messages.success(request, _("Rombongan dicatat sudah diterima."))
    return back_to_day(visit)


@allow("visits.manage")
@require_POST
def take_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the delegation leaves."""
    visit = the_visit(pk)
    actions.take_leave(visit, by=actor_of(request.user))
    messages.success(request, _("Jam pulang rombongan dicatat."))
    return back_to_day(visit)


@allow("visits.manage")
@require_POST
def correct_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct when the delegation came and went."""
    visit = the_visit(pk)
    book = queries.book_of(visit)
    if book is None or book.received_at is None:
        raise actions.NotNow
    form = Hours(request.POST)
    if not form.is_valid():
        return day_page(request, visit, hours=form, status=400)
    zone = current_mall().zone
    on = clock.local_day(book.received_at, zone)

    def moment(told: time | None) -> datetime | None:
        return clock.at(on, told.hour, told.minute, zone) if told is not None else None

    received = moment(form.cleaned_data["received"])
    if received is None:
        raise actions.HoursTurned
    try:
        actions.correct_hours(
            visit,
            received_at=received,
            left_at=moment(form.cleaned_data["left"]),
            by=actor_of(request.user),
        )
    except Refused as refused:
        form.add_error("left", str(refused))
        return day_page(request, visit, hours=form, status=refused.status)
    messages.success(request, _("Jam diterima dan jam pulang disimpan."))
    return back_to_day(visit)


@allow("visits.manage")
@require_POST
def note_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a question, each on its own."""
    visit = the_visit(pk)
    form = NoteQuestion(request.POST)
    if not form.is_valid():
        return day_page(request, visit, note=form, status=400)
    try:
        questions.note_question(
            visit,
            text=form.cleaned_data["text"],
            asked_by=form.cleaned_data["asked_by"],
            answer=form.cleaned_data["answer"],
            by=actor_of(request.user),
        )
    except Refused as refused:
        form.add_error("text", str(refused))
        return day_page(request, visit, note=form, status=refused.status)
    return back_to_day(visit, "#tanya")


@allow("visits.manage")
@require_POST
def answer_question(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Write down an answer, or give one again that was given before."""
    visit = the_visit(pk)
    found = queries.question_of(visit, question)
    form = GiveAnswer(request.POST)
    if found is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("Jawaban tidak disimpan: paling banyak 4.000 huruf."))
        return back_to_day(visit, f"#tanya-{question}")
    told = form.cleaned_data
    reused = queries.answer_with(told["reused"]) if told["reused"] else None
    if told["reused"] and reused is None:
        raise Http404
    if reused is not None:
        preparing.reuse_answer(found, reused, by=actor_of(request.user))
    elif told["answer"].strip():
        preparing.answer_question(found, told["answer"].strip(), by=actor_of(request.user))
    else:
        messages.error(request, _("Tuliskan jawabannya, atau pakai jawaban yang sudah ada."))
    return back_to_day(visit, f"#tanya-{question}")


@allow("visits.manage")
@require_POST
def remove_question(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Take a question out of the notes."""
    visit = the_visit(pk)
    found = queries.question_of(visit, question)
    if found is None:
        raise Http404
    questions.remove_question(found, by=actor_of(request.user))
    messages.success(request, _("Pertanyaan dihapus dari catatan."))
    return back_to_day(visit, "#tanya")


@allow("visits.manage")
@require_POST
def judge_impression(request: HttpRequest, pk: int, impression: int) -> HttpResponse:
    """Show an impression to the public, hide it, or erase it."""
    visit = the_visit(pk)
    found = queries.impression_of(visit, impression)
    deeds: dict[str, tuple[Callable[..., None], str]] = {
        "show": (impressions.show_impression, _("Kesan ditampilkan.")),
        "hide": (impressions.hide_impression, _("Kesan tidak ditampilkan lagi.")),
        "erase": (impressions.erase_impression, _("Kesan dihapus.")),
    }
    deed = deeds.get(request.POST.get("do", ""))
    if found is None or deed is None:
        raise Http404
    deed[0](found, by=actor_of(request.user))
    messages.success(request, deed[1])
    return back_to_day(visit, "#kesan")
