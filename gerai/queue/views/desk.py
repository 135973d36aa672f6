"""The officer's pages: choose a counter, the desk, the rule of calling."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Counter
from gerai.people import audit
from gerai.people.guard import allow
from gerai.people.models import User
from gerai.queue.actions.desks import open_desk
from gerai.queue.forms.desk import Hold, Pause, SendOn, Transfer
from gerai.queue.queries import desks as queries
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.queries.rule_words import rule_sentences
from gerai.queue.queries.stories import story_of
from gerai.queue.queries.visit_routes import route_of
from gerai.queue.queries.words import crowd, explain
from gerai.queue.views.seats import Seat
from gerai.queue.views.work import outcome_buttons
from gerai.ui.forms import told


@allow("queue.serve")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show one's own desk, or the counters that one may open."""
    officer = cast("User", request.user)
    desk = queries.desk_of(officer)
    if desk is None:
        counters = queries.counters_for(officer)
        return render(
            request,
            "queue/desk/choose.html",
            {"counters": counters, "here": "desk"} | quiet(request),
        )
    seat = Seat(desk, audit.Actor.person(officer), reverse("desk:home"), is_acted_for=False)
    return show(request, seat)


@allow("queue.serve")
@require_POST
def open_counter(request: HttpRequest, counter_id: int) -> HttpResponse:
    """Open a counter."""
    officer = cast("User", request.user)
    counter = get_object_or_404(Counter.objects, pk=counter_id)
    with told(request):
        open_desk(counter, officer=officer, by=audit.Actor.person(officer))
    return redirect("desk:home")


@allow("queue.serve")
@require_safe
def explanation(request: HttpRequest) -> HttpResponse:
    """Show the published rule of calling."""
    rule = rule_in_force()
    return render(
        request,
        "queue/desk/rule.html",
        {"rule": rule, "sentences": rule_sentences(rule), "here": "rule"},
    )


def show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show a desk with its number, its buttons and its lists."""
    rule = rule_in_force()
    now = queries.desk_now(seat.desk, rule)
    known: dict[str, object] = {
        "seat": seat,
        "here": "supervisor" if seat.is_acted_for else "desk",
        "now": now,
        "rule": rule,
        "moment": clock.now(),
        "pause_form": Pause(),
    }
    if now.ticket is not None:
        story = story_of(now.ticket)
        known |= {
            "story": story,
            "route": route_of(now.ticket.visit),
            "why": explain(story.call.explanation) if story.call else "",
            "crowd": crowd(story.call.explanation) if story.call else "",
            "standard": directory.published_standard(now.ticket.service, now.ticket.day),
            "is_called_enough": now.ticket.times_called >= rule.recalls,
            "outcomes": outcome_buttons(),
            "hold_form": Hold(),
            "transfer_form": Transfer(queries.services_to_transfer_to(now.ticket)),
            "send_form": SendOn(queries.counters_to_send_to(now.ticket)),
        }
    return render(request, "queue/desk/desk.html", known | quiet(request))


def quiet(request: HttpRequest) -> dict[str, object]:
    """Keep messages for the page that a person sees, when a page only refreshes itself."""
    return {"messages": ()} if "X-Gerai-Refresh" in request.headers else {}
