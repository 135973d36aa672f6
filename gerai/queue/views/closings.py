"""Closing for a while: asked at the desk, decided and ended by the supervisor."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Agency, Closing, Counter
from gerai.directory.queries.closings import closing_with
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.queue.actions import closings as actions
from gerai.queue.forms.closings import CloseForAWhile, Decide
from gerai.queue.queries.boards import today
from gerai.queue.queries.closings import Effect, agencies_closed_by, effect_of
from gerai.queue.views.desk import quiet
from gerai.queue.views.seats import Seat, asked, pressed
from gerai.ui.forms import told


@asked
def ask(request: HttpRequest, seat: Seat) -> HttpResponse | None:
    """Ask the supervisor to close this counter, or its agency, for a while."""
    counter = seat.desk.counter
    agencies = agencies_closed_by(seat.desk)
    form = CloseForAWhile(request.POST or None, counters=[counter], agencies=agencies)
    if form.is_valid():
        actions.ask_closing(**form.closing(), starts_at=form.cleaned_data["starts_at"], by=seat.by)
        messages.success(request, _("Permintaan dikirim. Pengawas memutuskannya sebentar lagi."))
        return None
    effects: list[tuple[Counter | Agency, Effect]] = [(counter, effect_of(counter, None))]
    effects += [(agency, effect_of(None, agency)) for agency in agencies]
    known = {"seat": seat, "form": form, "effects": effects}
    status = 400 if request.method == "POST" else 200
    return render(request, "queue/desk/closing.html", known, status=status)


@pressed
def withdraw(_request: HttpRequest, seat: Seat, closing_id: int) -> None:
    """Take back what was asked for at this counter."""
    closing = _closing(closing_id)
    here = {agency.pk for agency in directory.agencies_at(seat.desk.counter, today())}
    if closing.counter_id != seat.desk.counter_id and closing.agency_id not in here:
        raise Http404
    actions.withdraw_closing(closing, by=seat.by)


@allow("queue.decide_closing")
@never_cache
@require_safe
def closings(request: HttpRequest) -> HttpResponse:
    """Show what waits for a decision, what is closed now, and what the day had."""
    now = clock.now()
    asked_for = directory.closings_asked(now)
    shown = {
        "asked": [
            (each, effect_of(each.counter, each.agency, ends_at=each.ends_at)) for each in asked_for
        ],
        "in_force": directory.closings_in_force(now),
        "of_the_day": directory.closings_of_day(today()),
        "at": now,
    }
    return render(request, "queue/supervisor/closings.html", shown | quiet(request))


@allow("queue.decide_closing")
@never_cache
@require_safe
def closing(request: HttpRequest, closing_id: int) -> HttpResponse:
    """Show a closing with what it changes for visitors, and decide."""
    return _decision(request, _closing(closing_id), Decide())


@allow("queue.decide_closing")
@require_POST
def decide(request: HttpRequest, closing_id: int) -> HttpResponse:
    """Approve or refuse."""
    found = _closing(closing_id)
    form = Decide(request.POST)
    if not form.is_valid():
        return _decision(request, found, form, status=400)
    by, answer = actor_of(request.user), form.cleaned_data["answer"]
    with told(request):
        if form.cleaned_data["decision"] == "approve":
            actions.approve_closing(found, by=by, answer=answer)
            messages.success(request, _("Penutupan disetujui. Pengunjung diberi tahu."))
        else:
            actions.refuse_closing(found, by=by, answer=answer)
            messages.success(request, _("Penutupan ditolak. Petugas diberi tahu."))
    return redirect("supervisor:closings")


@allow("queue.decide_closing")
@require_POST
def end(request: HttpRequest, closing_id: int) -> HttpResponse:
    """Open again before the time."""
    found = _closing(closing_id)
    with told(request):
        actions.end_closing(found, by=actor_of(request.user))
        messages.success(request, _("Penutupan diakhiri; panggilan berlanjut."))
    return redirect("supervisor:closings")


@allow("queue.decide_closing")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Say what to close; then show what it changes, and close it at once."""
    counters = list(Counter.objects.filter(is_active=True).order_by("position", "pk"))
    agencies = list(Agency.objects.filter(is_active=True).order_by("short_name", "pk"))
    told_so_far = request.POST if request.method == "POST" else request.GET
    form = CloseForAWhile(told_so_far or None, counters=counters, agencies=agencies, at_once=True)
    effect = None
    if form.is_valid():
        given = form.closing()
        if request.method == "POST":
            with told(request):
                actions.close_at_once(**given, by=actor_of(request.user))
                messages.success(request, _("Ditutup sekarang. Pengunjung diberi tahu."))
            return redirect("supervisor:closings")
        effect = effect_of(given["counter"], given["agency"], ends_at=given["ends_at"])
    known = {"form": form, "effect": effect}
    status = 400 if form.errors else 200
    return render(request, "queue/supervisor/close.html", known, status=status)


def _closing(key: int) -> Closing:
    found = closing_with(key)
    if found is None:
        raise Http404
    return found


def _decision(
    request: HttpRequest, found: Closing, form: Decide, *, status: int = 200
) -> HttpResponse:
    known = {
        "closing": found,
        "effect": effect_of(found.counter, found.agency, ends_at=found.ends_at),
        "form": form,
        "is_late": found.ends_at <= clock.now(),
    }
    return render(request, "queue/supervisor/closing.html", known | quiet(request), status=status)
