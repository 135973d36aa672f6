"""The supervisor's pages: the whole mall now, a line, a number, a counter."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from gerai import clock
from gerai.directory.actions.beats import note_missed
from gerai.directory.models import Counter
from gerai.people import audit
from gerai.people.guard import allow
from gerai.people.models import User
from gerai.queue.actions.desks import open_desk
from gerai.queue.forms.desk import OpenFor
from gerai.queue.models import Line, Ticket
from gerai.queue.queries import desks as queries
from gerai.queue.queries.boards import today
from gerai.queue.queries.stories import story_of
from gerai.queue.queries.watch import counter_watch, tickets_of, watch
from gerai.queue.views.desk import quiet, show
from gerai.queue.views.seats import Seat, asked
from gerai.ui.forms import told


@allow("queue.watch")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show every line and counter now; a look at it also finds silent devices."""
    note_missed()
    return render(request, "queue/supervisor/home.html", {"watch": watch()} | quiet(request))


@allow("queue.watch")
@require_safe
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Show a line with its numbers of today."""
    shown = get_object_or_404(Line.objects.select_related("agency"), pk=line_id)
    now = next((each for each in watch().lines if each.now.line == shown), None)
    known = {"line": shown, "now": now, "rows": tickets_of(shown, today()), "at": clock.now()}
    return render(request, "queue/supervisor/line.html", known | quiet(request))


@allow("queue.watch")
@require_safe
def ticket(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """Show what happened to a number, and why it was called when it was."""
    tickets = Ticket.objects.select_related(
        "line__agency", "service", "visit", "counter", "came_from"
    )
    shown = get_object_or_404(tickets, pk=ticket_id)
    known = {"ticket": shown, "story": story_of(shown)}
    return render(request, "queue/supervisor/ticket.html", known | quiet(request))


@allow("queue.watch")
@require_safe
def counter(request: HttpRequest, counter_id: int) -> HttpResponse:
    """Show a counter, and who could open it."""
    shown = get_object_or_404(Counter.objects, pk=counter_id)
    form = OpenFor(queries.officers_for(shown))
    return _counter(request, shown, form)


@allow("queue.act_for")
@require_POST
def open_counter(request: HttpRequest, counter_id: int) -> HttpResponse:
    """Open a counter for an officer of its agency."""
    shown = get_object_or_404(Counter.objects, pk=counter_id)
    form = OpenFor(queries.officers_for(shown), request.POST)
    if not form.is_valid():
        return _counter(request, shown, form, status=400)
    by = audit.Actor.person(cast("User", request.user))
    with told(request):
        open_desk(shown, officer=form.cleaned_data["officer"], by=by)
        return redirect("supervisor:desk", counter_id)
    return redirect("supervisor:counter", counter_id)


def _counter(
    request: HttpRequest, shown: Counter, form: OpenFor, *, status: int = 200
) -> HttpResponse:
    now = counter_watch(shown)
    if now is None:
        raise Http404
    known = {"each": now, "form": form, "at": clock.now()}
    return render(request, "queue/supervisor/counter.html", known | quiet(request), status=status)


@asked
def desk(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show an officer's desk to a supervisor who acts for them."""
    return show(request, seat)
