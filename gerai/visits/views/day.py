"""The desk on the day of a visit: receive, see who signed, note questions, keep photos."""

from collections.abc import Callable
from datetime import datetime, time
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

from gerai import clock
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.papers.queries import docx_of_sheet, pdf_of_sheet
from gerai.papers.responses import DOCX, PDF, attachment_response, paper_response
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.visits.actions import day as actions
from gerai.visits.actions import preparing
from gerai.visits.actions.deciding import NoSuchVisit
from gerai.visits.exports.presence import attendance_sheet
from gerai.visits.forms.day import (
    Album,
    CheckIn,
    GiveAnswer,
    Hours,
    NoteQuestion,
    OnePhoto,
    Travel,
)
from gerai.visits.models import Door, Guest, GuestBook, Visit
from gerai.visits.queries import day as queries
from gerai.visits.queries.calendar import rules_of_mall
from gerai.visits.queries.desk import STATE_PILLS, STATE_WORDS, visit_with
from gerai.visits.queries.guests import programme_of, questions_of
from gerai.visits.states import State

FORMS: Final = frozenset({"pdf", "docx"})


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
    return _day(request, the_visit(pk))


def _day(
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
        "questions": questions_of(visit),
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


def _back(visit: Visit, anchor: str = "") -> HttpResponse:
    return redirect(reverse("visits_office:day", args=[visit.pk]) + anchor)


@allow("visits.manage")
@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the delegation is here."""
    visit = the_visit(pk)
    actions.receive(visit, by=actor_of(request.user))
    messages.success(request, _("Rombongan dicatat sudah diterima."))
    return _back(visit)


@allow("visits.manage")
@require_POST
def take_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the delegation leaves."""
    visit = the_visit(pk)
    actions.take_leave(visit, by=actor_of(request.user))
    messages.success(request, _("Jam pulang rombongan dicatat."))
    return _back(visit)


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
        return _day(request, visit, hours=form, status=400)
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
        return _day(request, visit, hours=form, status=refused.status)
    messages.success(request, _("Jam diterima dan jam pulang disimpan."))
    return _back(visit)


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
        return _day(request, visit, guest_form=form, status=400)
    told = form.cleaned_data
    try:
        actions.check_in(
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
        return _day(request, visit, guest_form=form, status=refused.status)
    return _back(visit, "#hadir")


@allow("visits.manage")
@require_POST
def undo_sign(request: HttpRequest, pk: int, guest: int) -> HttpResponse:
    """Take back a presence noted by mistake."""
    visit = the_visit(pk)
    actions.undo_check_in(_guest(visit, str(guest)), by=actor_of(request.user))
    messages.success(request, _("Kehadiran dibatalkan; tanda tangannya dihapus."))
    return _back(visit, "#hadir")


def _guest(visit: Visit, told: str) -> Guest:
    key = int(told) if told.isascii() and told.isdigit() and len(told) <= len("1234567890") else 0
    guest = queries.guest_of(visit, key)
    if guest is None:
        raise Http404
    return guest


@allow("visits.manage")
@require_safe
def attendance(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give out the attendance list as it stands; signatures are kept in no second place."""
    visit = the_visit(pk)
    sheet = attendance_sheet(visit, queries.delegation(visit), current_mall())
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
        return _day(request, visit, travel=form, status=400)
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
        return _day(request, visit, travel=form, status=refused.status)
    messages.success(
        request, _("Keterangan perjalanan dinas %(number)s terbit.") % {"number": paper.number}
    )
    return _back(visit, "#spd")


@allow("visits.manage")
@require_safe
def paper(request: HttpRequest, pk: int, paper: int, form: str) -> HttpResponse:
    """Give out a paper of the visit."""
    found = queries.paper_of(the_visit(pk), paper)
    if found is None or form not in FORMS:
        raise Http404
    return paper_response(found, form, request)


@allow("visits.manage")
@require_POST
def note_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a question, each on its own."""
    visit = the_visit(pk)
    form = NoteQuestion(request.POST)
    if not form.is_valid():
        return _day(request, visit, note=form, status=400)
    try:
        actions.note_question(
            visit,
            text=form.cleaned_data["text"],
            asked_by=form.cleaned_data["asked_by"],
            answer=form.cleaned_data["answer"],
            by=actor_of(request.user),
        )
    except Refused as refused:
        form.add_error("text", str(refused))
        return _day(request, visit, note=form, status=refused.status)
    return _back(visit, "#tanya")


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
        return _back(visit, f"#tanya-{question}")
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
    return _back(visit, f"#tanya-{question}")


@allow("visits.manage")
@require_POST
def remove_question(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Take a question out of the notes."""
    visit = the_visit(pk)
    found = queries.question_of(visit, question)
    if found is None:
        raise Http404
    actions.remove_question(found, by=actor_of(request.user))
    messages.success(request, _("Pertanyaan dihapus dari catatan."))
    return _back(visit, "#tanya")


@allow("visits.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def album(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the album, and take pictures in."""
    visit = the_visit(pk)
    form = Album()
    if request.method == "POST":
        form = Album(request.POST, request.FILES)
        if form.is_valid() and _taken_in(request, visit, form):
            return redirect("visits_office:album", pk)
    known = {
        "visit": visit,
        "form": form,
        "photos": [
            (
                photo,
                OnePhoto(
                    initial={"caption": photo.caption, "all_agree": photo.all_agree},
                    auto_id=f"foto-{photo.pk}-%s",
                ),
            )
            for photo in queries.photos_of(visit)
        ],
        "without_consent": queries.refuses_photos(visit),
    }
    return render(request, "visits/album.html", known, status=400 if form.errors else 200)


def _taken_in(request: HttpRequest, visit: Visit, form: Album) -> bool:
    try:
        photos = actions.add_photos(
            visit,
            form.cleaned_data["photos"],
            caption=form.cleaned_data["caption"],
            all_agree=form.cleaned_data["all_agree"],
            by=actor_of(request.user),
        )
    except Refused as refused:
        form.add_error("photos", str(refused))
        return False
    messages.success(request, _("%(count)d foto disimpan.") % {"count": len(photos)})
    return True


@allow("visits.manage")
@require_safe
def photo_file(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """Show a picture."""
    found = queries.photo_of(the_visit(pk), photo)
    if found is None:
        raise Http404
    return attachment_response(queries.picture_of(found))


@allow("visits.manage")
@require_POST
def change_photo(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """Write a picture's caption and consent, or erase it."""
    found = queries.photo_of(the_visit(pk), photo)
    if found is None:
        raise Http404
    if request.POST.get("remove") == "1":
        actions.remove_photo(found, by=actor_of(request.user))
        messages.success(request, _("Foto dihapus."))
        return redirect("visits_office:album", pk)
    form = OnePhoto(request.POST)
    if not form.is_valid():
        messages.error(request, _("Keterangan paling banyak 240 huruf."))
        return redirect("visits_office:album", pk)
    actions.change_photo(
        found,
        caption=form.cleaned_data["caption"],
        all_agree=form.cleaned_data["all_agree"],
        by=actor_of(request.user),
    )
    messages.success(request, _("Keterangan foto disimpan."))
    return redirect("visits_office:album", pk)


@allow("visits.manage")
@require_POST
def judge_impression(request: HttpRequest, pk: int, impression: int) -> HttpResponse:
    """Show an impression to the public, hide it, or erase it."""
    visit = the_visit(pk)
    found = queries.impression_of(visit, impression)
    deeds: dict[str, tuple[Callable[..., None], str]] = {
        "show": (actions.show_impression, _("Kesan ditampilkan.")),
        "hide": (actions.hide_impression, _("Kesan tidak ditampilkan lagi.")),
        "erase": (actions.erase_impression, _("Kesan dihapus.")),
    }
    deed = deeds.get(request.POST.get("do", ""))
    if found is None or deed is None:
        raise Http404
    deed[0](found, by=actor_of(request.user))
    messages.success(request, deed[1])
    return _back(visit, "#kesan")
