"""Emergencies: declared after one question, ended by the same people, told to everybody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.directory import queries as directory
from gerai.directory.models import Emergency, EmergencyKind
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.queue.actions import emergencies as actions
from gerai.queue.forms.emergencies import Declare, Gather
from gerai.queue.queries.watch import watch
from gerai.ui.forms import told

LAST_SHOWN = 10


@allow("queue.freeze")
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is declared, and the form to declare an emergency."""
    return _page(request, Declare(initial={"leaves_the_building": True}))


@allow("queue.freeze")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """Show what will happen; then let the queue stand still."""
    form = Declare(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return _page(request, form, status=400)
    given = form.cleaned_data
    if request.method == "POST":
        with told(request):
            kind = EmergencyKind(given["kind"])
            actions.freeze(
                kind,
                words=given["words"],
                floor=given["floor"],
                leaves_the_building=given["leaves_the_building"],
                by=actor_of(request.user),
            )
        return redirect("supervisor:emergencies")
    known = {
        "form": form,
        "kind": EmergencyKind(given["kind"]).label,
        "floor": given["floor"],
        "leaves": given["leaves_the_building"],
        "gathering": directory.gathering_place(),
        "watch": watch(),
    }
    return render(request, "queue/supervisor/emergency_sure.html", known)


@allow("queue.freeze")
@require_POST
def go_on(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """Let the queue go on."""
    found = get_object_or_404(Emergency.objects, pk=emergency_id)
    with told(request):
        actions.go_on(found, by=actor_of(request.user))
        messages.success(request, _("Antrean dilanjutkan. Urutan nomor tetap seperti semula."))
    return redirect("supervisor:emergencies")


@allow("queue.freeze")
@require_POST
def gather(request: HttpRequest) -> HttpResponse:
    """Say where people gather."""
    form = Gather(request.POST)
    if not form.is_valid():
        return _page(request, Declare(), gather_form=form, status=400)
    actions.set_gathering_place(**form.cleaned_data, by=actor_of(request.user))
    messages.success(request, _("Titik kumpul disimpan."))
    return redirect("supervisor:emergencies")


def _page(
    request: HttpRequest, form: Declare, *, gather_form: Gather | None = None, status: int = 200
) -> HttpResponse:
    place = directory.gathering_place()
    stored = {"place": place.place, "place_en": place.place_en} if place else {}
    known = {
        "form": form,
        "gathering": place,
        "gather_form": gather_form or Gather(initial=stored),
        "past": directory.past_emergencies(LAST_SHOWN),
    }
    return render(request, "queue/supervisor/emergencies.html", known, status=status)
