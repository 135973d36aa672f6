"""Preparing a visit at the desk: programme, delegation, questions, materials, answers."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.errors import Refused
from gerai.newsroom.rules import key_in
from gerai.papers.actions import BadFile
from gerai.papers.responses import attachment_response
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.visits.actions import preparing as actions
from gerai.visits.forms.asking import ListFile, OneGuest, Questions
from gerai.visits.forms.desk import LibraryAnswer, Offer, Programme, Reply
from gerai.visits.models import Answer, Material, Question, Visit
from gerai.visits.queries import desk, guests
from gerai.visits.states import OPEN_TO_GUESTS, State
from gerai.visits.views.day import the_visit
from gerai.visits.views.public.visit import take_list

KEEP: Final = "simpan"
LONGEST_WORDS: Final = 100


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and change a visit's programme; the visit grows and shrinks with it."""
    visit = the_visit(pk)
    if visit.state != State.ACCEPTED:
        return redirect("visits_office:visit", pk)
    steps = [desk.Step(item.title, item.minutes, item.place) for item in guests.programme_of(visit)]
    shown = Programme(request.POST if request.method == "POST" else None, steps)
    status, error = 200, ""
    if request.method == "POST" and request.POST.get("tindakan", KEEP) == KEEP:
        status = 400
        if shown.is_valid():
            try:
                actions.set_programme(visit, shown.steps(), by=actor_of(request.user))
            except Refused as refused:
                status, error = refused.status, str(refused)
            else:
                messages.success(request, _("Susunan acara disimpan."))
                return redirect("visits_office:visit", pk)
    context = {"visit": visit, "programme": shown, "error": error}
    return render(request, "visits/programme.html", context, status=status)


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pattern(request: HttpRequest) -> HttpResponse:
    """Show and change the mall's pattern of a programme."""
    shown = Programme(request.POST if request.method == "POST" else None, desk.programme_pattern())
    status, error = 200, ""
    if request.method == "POST" and request.POST.get("tindakan", KEEP) == KEEP:
        status = 400
        if shown.is_valid():
            try:
                actions.set_pattern(shown.steps(), by=actor_of(request.user))
            except Refused as refused:
                status, error = refused.status, str(refused)
            else:
                messages.success(request, _("Pola susunan acara disimpan."))
                return redirect("visits_office:pattern")
    context = {"visit": None, "programme": shown, "error": error}
    return render(request, "visits/programme.html", context, status=status)


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the delegation's list, and add a person."""
    visit = the_visit(pk)
    form = OneGuest(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.add_guest(visit, **form.cleaned_data, by=actor_of(request.user))
            except Refused as refused:
                form.add_error(None, str(refused))
                status = refused.status
            else:
                messages.success(request, _("Tamu ditambahkan."))
                return redirect("visits_office:guests", pk)
    return _delegation(request, visit, form=form, status=status)


@allow("visits.manage")
@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a delegation's list as a file, and say what became of each line."""
    visit = the_visit(pk)
    form = ListFile(request.POST, request.FILES)
    taken, bad, status = take_list(form, visit, by=actor_of(request.user))
    return _delegation(request, visit, file_form=form, taken=taken, bad=bad, status=status)


@allow("visits.manage")
@require_POST
def remove_guest(request: HttpRequest, pk: int, guest_pk: int) -> HttpResponse:
    """Take a person off the list."""
    visit = the_visit(pk)
    guest = get_object_or_404(guests.guests_of(visit).select_related("visit"), pk=guest_pk)
    actions.remove_guest(guest, by=actor_of(request.user))
    return redirect("visits_office:guests", pk)


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the questions of a visit with answers given to ones like it, and add questions."""
    visit = the_visit(pk)
    form = Questions(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_ahead(visit, form.cleaned_data["text"], asked_by="", by=actor_of(request.user))
        return redirect("visits_office:questions", pk)
    context = {"visit": visit, "form": form, "questions": guests.questions_to_answer(visit)}
    return render(request, "visits/questions.html", context, status=400 if form.errors else 200)


@allow("visits.manage")
@require_POST
def answer(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Answer a question in words, or with an answer given before."""
    visit = the_visit(pk)
    question = get_object_or_404(Question.objects, pk=question_pk, visit=visit)
    by = actor_of(request.user)
    given_before = key_in(request.POST.get("pakai", ""))
    if given_before is not None:
        actions.reuse_answer(question, get_object_or_404(Answer.objects, pk=given_before), by=by)
    else:
        form = Reply(request.POST)
        if not form.is_valid():
            context = {
                "visit": visit,
                "form": Questions(),
                "questions": guests.questions_to_answer(visit),
                "reply": form,
                "replied": question.pk,
            }
            return render(request, "visits/questions.html", context, status=400)
        actions.answer_question(question, form.cleaned_data["text"], by=by)
    messages.success(request, _("Jawaban disimpan."))
    return redirect("visits_office:questions", pk)


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def library(request: HttpRequest) -> HttpResponse:
    """Show the answers given so far, and add one."""
    words = request.GET.get("cari", "").replace("\0", "").strip()[:LONGEST_WORDS]
    form = LibraryAnswer(request.POST or None)
    if request.method == "POST" and form.is_valid() and _kept(request, form, None):
        return redirect("visits_office:library")
    context = {"answers": guests.answers(words), "words": words, "form": form}
    return render(request, "visits/library.html", context, status=400 if form.errors else 200)


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def library_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an answer for all questions that use it."""
    found = get_object_or_404(Answer.objects, pk=pk)
    stored = {"question_text": found.question_text, "text": found.text}
    form = LibraryAnswer(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid() and _kept(request, form, found):
        return redirect("visits_office:library")
    context = {"answer": found, "form": form}
    return render(
        request, "visits/library_answer.html", context, status=400 if form.errors else 200
    )


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def materials(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show what guests may read, of all visits or of one, and offer more."""
    visit = None if pk is None else the_visit(pk)
    form = Offer(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.offer_material(visit, **form.cleaned_data, by=actor_of(request.user))
            except Refused as refused:
                form.add_error("file", str(refused))
                status = refused.status if isinstance(refused, BadFile) else 400
            else:
                messages.success(request, _("Materi ditawarkan."))
                return _to_materials(visit)
    offers = guests.offers(guests.materials(visit))
    context = {"visit": visit, "form": form, "offers": offers}
    return render(request, "visits/materials.html", context, status=status)


@allow("visits.manage")
@require_safe
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a material's file, or its guide to read."""
    found = get_object_or_404(Material.objects.select_related("guide"), pk=pk)
    offer = guests.offers([found])[0]
    if offer.file is not None:
        return attachment_response(offer.file)
    if found.guide is None:
        raise Http404
    return render(request, "visits/material.html", {"visit": None, "material": found})


@allow("visits.manage")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a material no more."""
    found = get_object_or_404(Material.objects.select_related("visit"), pk=pk)
    actions.withdraw_material(found, by=actor_of(request.user))
    messages.success(request, _("Materi ditarik dan berkasnya dihapus."))
    return _to_materials(found.visit)


def _to_materials(visit: Visit | None) -> HttpResponse:
    if visit is None:
        return redirect("visits_office:materials")
    return redirect("visits_office:visit_materials", visit.pk)


def _kept(request: HttpRequest, form: LibraryAnswer, found: Answer | None) -> bool:
    try:
        actions.keep_answer(found, **form.cleaned_data, by=actor_of(request.user))
    except Refused as refused:
        form.add_error("question_text", str(refused))
        return False
    messages.success(request, _("Jawaban disimpan."))
    return True


def _delegation(
    request: HttpRequest, visit: Visit, *, status: int = 200, **told: Any
) -> HttpResponse:
    context = {
        "visit": visit,
        "guests": guests.guests_of(visit),
        "may_change": visit.state in OPEN_TO_GUESTS,
        "form": OneGuest(),
        "file_form": ListFile(),
        "is_office": True,
        **told,
    }
    return render(request, "visits/delegation.html", context, status=status)
