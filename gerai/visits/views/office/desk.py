"""The visits desk: requests by state, one request, and the answer to it."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai import clock
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.papers.queries import papers_of
from gerai.papers.responses import attachment_response
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.visits.actions import deciding as actions
from gerai.visits.actions.answer_letter import issue_answer
from gerai.visits.forms.asking import CallOff
from gerai.visits.forms.desk import Place, Refuse
from gerai.visits.models import Visit
from gerai.visits.queries import calendar, desk, guests
from gerai.visits.states import State, Verb, may_move
from gerai.visits.views.day import the_visit
from gerai.visits.views.public.visit import base_url, calendar_response

LONGEST_WORDS: Final = 100
MOST_SHOWN: Final = 200
FIELD_OF: Final[dict[type[Refused], str]] = {
    actions.RoomTaken: "room",
    actions.RoomTooSmall: "room",
    actions.BadRoom: "room",
    actions.HostTaken: "host",
    actions.NotAHost: "host",
    actions.BadTime: "day",
}


@allow("visits.manage")
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the requests of a state, those to be answered first."""
    told = request.GET.get("keadaan", State.ASKED)
    state = State(told) if told in list(State) else None
    words = request.GET.get("cari", "").replace("\0", "").strip()[:LONGEST_WORDS]
    shown = list(desk.visits(state=None if words else state, words=words)[:MOST_SHOWN])
    left = calendar.days_left(shown)
    counts = desk.counts_by_state()
    context = {
        "rows": [
            (
                visit,
                desk.STATE_PILLS[State(visit.state)],
                desk.STATE_WORDS[State(visit.state)],
                left.get(visit.pk),
            )
            for visit in shown
        ],
        "state": "" if words else (state or ""),
        "tabs": [(each.value, desk.STATE_WORDS[each], counts[each.value]) for each in State],
        "words": words,
        "late": sum(days < 0 for days in left.values()),
        "next": desk.visits(state=State.ACCEPTED)[:3],
    }
    return render(request, "visits/desk.html", context)


@allow("visits.manage")
@never_cache
@require_safe
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request with everything that belongs to it."""
    found = the_visit(pk)
    state = State(found.state)
    context = {
        "visit": found,
        "state": state.value,
        "state_words": desk.STATE_WORDS[state],
        "pill": desk.STATE_PILLS[state],
        "left": calendar.days_left([found]).get(found.pk),
        "wished": calendar.wished_days(found),
        "letter": guests.letter_of(found),
        "programme": guests.programme_of(found),
        "guests": guests.guests_of(found),
        "questions": guests.questions_to_answer(found),
        "materials": guests.offers(guests.materials(found)),
        "papers": papers_of(f"visit:{found.pk}"),
        "earlier": desk.earlier_visits(found),
        "may_move": may_move(state, Verb.MOVE),
        "may_cancel": may_move(state, Verb.CANCEL),
        "call_off": CallOff(),
    }
    return render(request, "visits/request.html", context)


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose times that do not hurt the service, and accept a request for one of them."""
    found = the_visit(pk)
    if not may_move(State(found.state), Verb.ACCEPT):
        return redirect("visits_office:visit", pk)
    form = _place(request, found)
    if request.method == "POST" and form.is_valid() and _placed(request, found, form):
        messages.success(request, _("Kunjungan diterima. Narahubung dikabari lewat surel."))
        return redirect("visits_office:visit", pk)
    return _place_page(request, found, form)


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an accepted visit another time, room or host."""
    found = the_visit(pk)
    if not may_move(State(found.state), Verb.MOVE):
        return redirect("visits_office:visit", pk)
    form = _place(request, found)
    if request.method == "POST" and form.is_valid() and _placed(request, found, form):
        messages.success(request, _("Jadwal diubah. Narahubung dikabari lewat surel."))
        return redirect("visits_office:visit", pk)
    return _place_page(request, found, form)


@allow("visits.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a request for a reason of the list, with words."""
    found = the_visit(pk)
    if not may_move(State(found.state), Verb.REFUSE):
        return redirect("visits_office:visit", pk)
    form = Refuse(request.POST or None, reasons=desk.reasons())
    if request.method == "POST" and form.is_valid():
        actions.refuse(
            found, **form.cleaned_data, base_url=base_url(request), by=actor_of(request.user)
        )
        messages.success(request, _("Jawaban dikirim ke narahubung lewat surel."))
        return redirect("visits_office:visit", pk)
    context = {"visit": found, "form": form}
    return render(request, "visits/refuse.html", context, status=400 if form.errors else 200)


@allow("visits.manage")
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a visit off in the name of the mall."""
    found = the_visit(pk)
    form = CallOff(request.POST)
    if not form.is_valid():
        messages.error(request, _("Alasan paling panjang 500 huruf. Mohon dipersingkat."))
        return redirect("visits_office:visit", pk)
    actions.cancel(
        found,
        words=form.cleaned_data["words"],
        base_url=base_url(request),
        by=actor_of(request.user),
    )
    messages.success(request, _("Kunjungan dibatalkan. Narahubung dikabari lewat surel."))
    return redirect("visits_office:visit", pk)


@allow("visits.manage")
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the answer letter."""
    paper = issue_answer(the_visit(pk), by=actor_of(request.user))
    messages.success(
        request, _("Surat jawaban %(number)s terbit.") % {"number": paper.number or paper.title}
    )
    return redirect("visits_office:visit", pk)


@allow("visits.manage")
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the letter of a request."""
    file = guests.letter_of(the_visit(pk))
    if file is None:
        raise actions.NoSuchVisit
    return attachment_response(file)


@allow("visits.manage")
@require_safe
def calendar_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a visit as a calendar file."""
    return calendar_response(the_visit(pk))


def _place(request: HttpRequest, visit: Visit) -> Place:
    rooms, hosts = desk.rooms(only_active=True), desk.hosts()
    if request.method == "POST":
        return Place(request.POST, rooms=rooms, hosts=hosts)
    initial: dict[str, Any] = {"words": visit.answer_words, "host": visit.host_id}
    if visit.host_id is None and request.user in hosts:
        initial["host"] = request.user.pk
    fitting = rooms.filter(seats__gte=visit.size).order_by("seats", "pk").first()
    initial["room"] = visit.room_id or (fitting.pk if fitting else None)
    starts = _told_start(request.GET.get("mulai", "")) or visit.starts_at
    if starts is not None:
        local = clock.local(starts, current_mall().zone)
        initial |= {"day": local.date(), "time": local.time()}
    elif visit.wished:
        initial |= {"day": calendar.wished_days(visit)[0]}
    return Place(initial=initial, rooms=rooms, hosts=hosts)


def _told_start(told: str) -> datetime | None:
    try:
        start = datetime.strptime(told, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - the mall's clock
    except ValueError:
        return None
    return calendar.at_clock(start.date(), start.time())


def _placed(request: HttpRequest, visit: Visit, form: Place) -> bool:
    told = form.cleaned_data
    act = actions.accept if may_move(State(visit.state), Verb.ACCEPT) else actions.move
    try:
        act(
            visit,
            starts_at=calendar.at_clock(told["day"], told["time"]),
            room=told["room"],
            host=told["host"],
            words=told["words"],
            base_url=base_url(request),
            by=actor_of(request.user),
        )
    except Refused as refused:
        form.add_error(FIELD_OF.get(type(refused)), str(refused))
        return False
    return True


def _place_page(request: HttpRequest, visit: Visit, form: Form) -> HttpResponse:
    rules = calendar.rules_of_mall()
    load = calendar.visitors_usually()
    minutes = desk.minutes_of(desk.programme_pattern())
    if visit.starts_at and visit.ends_at:
        minutes = int((visit.ends_at - visit.starts_at) / timedelta(minutes=1))
    views = calendar.views_to_choose_from(visit, rules=rules)
    proposals = calendar.proposals_for(visit, minutes, load, rules=rules, views=views)
    proposed = {proposal.day for proposal in proposals}
    wished = calendar.wished_days(visit)
    context = {
        "visit": visit,
        "form": form,
        "minutes": minutes,
        "load": load,
        "proposals": [(each, _moment(each.day, each.starts)) for each in proposals],
        "without_time": [(day, views[day].reason) for day in wished if day not in proposed],
        "has_rooms": desk.rooms(only_active=True).exists(),
    }
    return render(request, "visits/place.html", context, status=400 if form.errors else 200)


def _moment(day: date, starts: time) -> str:
    return f"{day:%Y-%m-%d}T{starts:%H:%M}"
