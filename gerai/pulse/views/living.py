"""The living map with its alarms, the alarms of a day, and the limits."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai import clock
from gerai.directory.actions.beats import note_missed
from gerai.people import audit
from gerai.people.guard import allow
from gerai.people.models import User
from gerai.planner.actions import fresh_advice
from gerai.pulse import actions
from gerai.pulse.forms import Handle, LimitsForm, PromisesForm
from gerai.pulse.models import Alarm
from gerai.pulse.queries import alarms as queries
from gerai.pulse.queries.living import legend, load_legend, scene
from gerai.pulse.queries.promises import own_waits
from gerai.queue.forms.supervisor import PickDay
from gerai.queue.queries.boards import today
from gerai.ui.forms import told


@allow("queue.watch")
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the mall as it lives, and what is the matter; a look at it notes that."""
    actions.keep_watch()
    note_missed()
    now = scene(clock.now())
    standing = actions.look(now)
    known = {
        "tab": "map",
        "scene": now,
        "alarms": standing,
        "loud": sum(not each.is_quiet for each in standing),
        "limits": queries.limits(),
        "own_waits": len(own_waits()),
        "advice": fresh_advice(),
        "signs": legend(),
        "loads": load_legend(),
    }
    return render(request, "pulse/home.html", known | quiet(request))


@allow("pulse.handle")
@require_POST
def handle(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """Say that one takes care of an alarm."""
    alarm = get_object_or_404(Alarm, pk=alarm_id)
    form = Handle(request.POST)
    if not form.is_valid():
        raise actions.HandledAlready
    officer = cast("User", request.user)
    with told(request):
        actions.handle(
            alarm,
            after=form.cleaned_data["after"],
            officer=officer,
            by=audit.Actor.person(officer),
        )
        messages.success(request, _("Terima kasih. Alarm ini tercatat Anda tangani."))
    return redirect("pulse:home")


@allow("queue.watch")
@never_cache
@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """List the alarms of a day."""
    form, asked = picked(request)
    known = {
        "tab": "day",
        "form": form,
        "day": asked,
        "is_today": asked == today(),
        "alarms": queries.alarms_of(asked),
        "looked": queries.last_look(),
    }
    status = 200 if form.is_valid() else 400
    return render(request, "pulse/day.html", known, status=status)


@allow("pulse.limits")
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: HttpRequest) -> HttpResponse:
    """Set from when on the mall is alarmed."""
    form = _limits_form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told(request):
            actions.set_limits(form.was, form.limits(), by=audit.actor_of(request.user))
            messages.success(request, _("Batas alarm disimpan."))
            return redirect("pulse:home")
        return redirect("pulse:limits")
    return _limits_page(request, form, PromisesForm())


@allow("pulse.limits")
@require_http_methods(["GET", "HEAD", "POST"])
def promises(request: HttpRequest) -> HttpResponse:
    """Set what single lines promise instead of the mall."""
    form = PromisesForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told(request):
            actions.set_promises(form.changes, by=audit.actor_of(request.user))
            messages.success(request, _("Janji tiap antrean disimpan."))
        return redirect(reverse("pulse:limits") + "#janji-antrean")
    return _limits_page(request, _limits_form(None), form)


def _limits_form(sent: QueryDict | None) -> LimitsForm:
    return LimitsForm(sent, stands=queries.limits())


def _limits_page(request: HttpRequest, form: LimitsForm, lines: PromisesForm) -> HttpResponse:
    known = {
        "tab": "limits",
        "form": form,
        "lines": lines,
        "limits": queries.limits(),
    }
    is_wrong = form.errors or lines.errors
    return render(request, "pulse/limits.html", known, status=400 if is_wrong else 200)


def picked(request: HttpRequest) -> tuple[PickDay, date]:
    """Return the form of a day and the day that is asked for, today where none is."""
    asked = request.GET if request.GET.get("hari") else {"hari": f"{today():%Y-%m-%d}"}
    form = PickDay(asked)
    given = form.cleaned_data.get("hari") if form.is_valid() else None
    return form, given or today()


def quiet(request: HttpRequest) -> dict[str, object]:
    """Keep messages for the page that a person sees, when a page only refreshes itself."""
    return {"messages": ()} if "X-Gerai-Refresh" in request.headers else {}
