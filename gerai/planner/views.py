"""Planning counters: the plans of the mall, a new one, its answer; what helps now."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.planner import actions
from gerai.planner.forms import Formula, FromGuess, FromTickets, Question
from gerai.planner.models import Origin, Plan, PlanState
from gerai.planner.queries.plans import Answer, Figure, answer_of, plans, usual_hours
from gerai.planner.templatetags.plans import hour
from gerai.ui.charts import Mark, Series

FORMS: dict[Origin, type[Question]] = {Origin.TICKETS: FromTickets, Origin.GUESS: FromGuess}


@allow("planner.plan")
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the plans."""
    return render(request, "planner/home.html", {"plans": plans()})


@allow("planner.plan")
@require_http_methods(["GET", "HEAD", "POST"])
def from_tickets(request: HttpRequest) -> HttpResponse:
    """Ask for a plan from the tickets of past days."""
    return _new(request, Origin.TICKETS, "planner/from_tickets.html")


@allow("planner.plan")
@require_http_methods(["GET", "HEAD", "POST"])
def from_guess(request: HttpRequest) -> HttpResponse:
    """Ask for a plan from what is assumed."""
    return _new(request, Origin.GUESS, "planner/from_guess.html")


def _new(request: HttpRequest, origin: Origin, template: str) -> HttpResponse:
    opens, closes = usual_hours()
    typed = request.POST if request.method == "POST" else None
    form = FORMS[origin](typed, initial={"opens": opens, "closes": closes})
    if form.is_valid():
        plan = actions.ask(origin=origin, by=actor_of(request.user), **form.asked())
        return redirect("planner:plan", plan.pk)
    return render(request, template, {"form": form}, status=400 if form.errors else 200)


@allow("planner.plan")
@never_cache
@require_safe
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show how far a plan is, or what it says."""
    found = get_object_or_404(Plan, pk=plan_id)
    known: dict[str, Any] = {"plan": found}
    known["is_open"] = found.state in (PlanState.WAITING, PlanState.PLAYING)
    answer = answer_of(found)
    if answer is not None:
        known |= {"answer": answer, "waits": _waits(answer)}
        known["lines"] = [(line, _needs(line.rows, answer)) for line in answer.lines]
    return render(request, "planner/plan.html", known)


@allow("planner.plan")
@require_POST
def remove(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Take a plan away."""
    actions.remove(get_object_or_404(Plan, pk=plan_id), by=actor_of(request.user))
    messages.success(request, _("Rencana dihapus."))
    return redirect("planner:home")


@allow("planner.plan")
@require_safe
def formula(request: HttpRequest) -> HttpResponse:
    """Answer at once for counters that are all alike, by the theory."""
    form = Formula(request.GET or None)
    known: dict[str, Any] = {"form": form}
    if form.is_valid():
        known["rows"] = form.figures()
        known["is_stable"] = known["rows"][0][1].stable
    return render(request, "planner/formula.html", known, status=400 if form.errors else 200)


@allow("queue.watch")
@never_cache
@require_safe
def advice(request: HttpRequest) -> HttpResponse:
    """Show what one more counter would save now; a look has it worked out anew when it is old."""
    return render(request, "planner/advice_page.html", {"advice": actions.fresh_advice()})


@allow("queue.watch")
@require_POST
def ask_advice(request: HttpRequest) -> HttpResponse:
    """Have the advice worked out anew."""
    if actions.ask_advice(by=actor_of(request.user)):
        messages.success(request, _("Saran sedang dihitung."))
    else:
        messages.info(request, _("Saran baru saja diminta. Tunggu semenit, lalu coba lagi."))
    return redirect("advice:home")


def _waits(answer: Answer) -> list[Series]:
    """Return the mean wait by quarter of coming, as now and as planned, with bands."""
    told = ((_("Sekarang"), answer.waits_now), (_("Rencana"), answer.waits_planned))
    return [
        Series(name, tuple(_mark(hour(begin), figure) for begin, figure in waits))
        for name, waits in told
        if waits
    ]


def _mark(label: str, figure: Figure | None) -> Mark:
    if figure is None:
        return Mark(label, None)
    return Mark(label, figure.mean, figure.low, figure.high)


def _needs(rows: Iterable[Any], answer: Answer) -> list[Series]:
    """Return counters by quarter hour: needed, planned, and there now where that is known."""
    told = [(_("Diperlukan"), "needed"), (_("Rencana"), "planned")]
    if answer.is_now:
        told.append((_("Sekarang"), "staffed"))
    listed = list(rows)
    return [
        Series(name, tuple(Mark(hour(row.begins), float(getattr(row, field))) for row in listed))
        for name, field in told
    ]
