"""The desk's guest book: who signed, the attendance list, papers of travel."""

from typing import Final

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.newsroom.rules import key_in
from gerai.papers.queries import docx_of_sheet, pdf_of_sheet
from gerai.papers.responses import DOCX, PDF, paper_response
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.visits.actions import day as actions
from gerai.visits.actions import guest_book
from gerai.visits.exports.presence import attendance_sheet
from gerai.visits.forms.day import CheckIn, Travel
from gerai.visits.models import Door, Guest, Visit
from gerai.visits.queries import day as queries
from gerai.visits.views.day import back_to_day, day_page, the_visit

FORMS: Final = frozenset({"pdf", "docx"})


@allow("visits.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the guest book out: its QR, to be shown on the desk's screen or printed."""
    visit = the_visit(pk)
    if request.method == "POST":
        actions.open_book(visit, by=actor_of(request.user))
        return redirect("visits_office:book", pk)
    found = queries.book_of(visit)
    known: dict[str, object] = {"visit": visit, "book": found}
    if found is not None:
        path = reverse("visits:guest_book", args=[found.code])
        known |= {
            "address": request.build_absolute_uri(path),
            "kiosk": f"{path}?kios=1",
            "qr": _drawn(request.build_absolute_uri(path)),
            "impress_qr": _drawn(
                request.build_absolute_uri(reverse("visits:impress", args=[found.code]))
            ),
        }
    return render(request, "visits/book.html", known)


def _drawn(address: str) -> SafeString:
    drawing = segno.make_qr(address, error="m").svg_inline(
        border=3, dark="#000", light="#fff", omitsize=True
    )
    return mark_safe(drawing)  # noqa: S308 - segno draws it from our own address


@allow("visits.manage")
@require_POST
def sign_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Note at the desk that a guest is there, of the list or not."""
    visit = the_visit(pk)
    found = queries.book_of(visit) or actions.open_book(visit, by=actor_of(request.user))
    chosen = request.POST.get("guest", "")
    form = CheckIn(request.POST, is_new=not chosen)
    if not form.is_valid():
        return day_page(request, visit, guest_form=form, status=400)
    told = form.cleaned_data
    try:
        guest_book.check_in(
            found,
            door=Door.DESK,
            guest=_guest(visit, chosen) if chosen else None,
            name=told["name"],
            title=told["title"],
            institution=told["institution"],
            signs_on_paper=True,
            photo_consent=form.consent(),
            by=actor_of(request.user),
        )
    except Refused as refused:
        form.add_error("name", str(refused))
        return day_page(request, visit, guest_form=form, status=refused.status)
    return back_to_day(visit, "#hadir")


@allow("visits.manage")
@require_POST
def undo_sign(request: HttpRequest, pk: int, guest: int) -> HttpResponse:
    """Take back a presence noted by mistake."""
    visit = the_visit(pk)
    guest_book.undo_check_in(_guest(visit, str(guest)), by=actor_of(request.user))
    messages.success(request, _("Kehadiran dibatalkan; tanda tangannya dihapus."))
    return back_to_day(visit, "#hadir")


def _guest(visit: Visit, told: str) -> Guest:
    key = key_in(told)
    guest = queries.guest_of(visit, key) if key is not None else None
    if guest is None:
        raise Http404
    return guest


@allow("visits.manage")
@require_safe
def attendance(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give out the attendance list as it stands; signatures are kept in no second place."""
    visit = the_visit(pk)
    sheet = attendance_sheet(visit, queries.delegation_with_signatures(visit), current_mall())
    if form == "pdf":
        answer = HttpResponse(pdf_of_sheet(sheet), content_type=PDF)
    elif form == "docx":
        answer = HttpResponse(docx_of_sheet(sheet), content_type=DOCX)
    else:
        raise Http404
    name = slugify(f"daftar hadir {visit.reference}")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.{form}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@allow("visits.manage")
@require_POST
def confirm_travel(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm travel orders: of one guest, or of the delegation."""
    visit = the_visit(pk)
    form = Travel(request.POST)
    if not form.is_valid():
        return day_page(request, visit, travel=form, status=400)
    told = form.cleaned_data
    guest = _guest(visit, str(told["guest"])) if told["guest"] else None
    try:
        paper = actions.confirm_travel(
            visit,
            guest=guest,
            officer=told["officer"],
            role=told["role"],
            by=actor_of(request.user),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return day_page(request, visit, travel=form, status=refused.status)
    messages.success(
        request, _("Keterangan perjalanan dinas %(number)s terbit.") % {"number": paper.number}
    )
    return back_to_day(visit, "#spd")


@allow("visits.manage")
@require_safe
def paper(request: HttpRequest, pk: int, paper: int, form: str) -> HttpResponse:
    """Give out a paper of the visit."""
    found = queries.paper_of(the_visit(pk), paper)
    if found is None or form not in FORMS:
        raise Http404
    return paper_response(found, form, request)
