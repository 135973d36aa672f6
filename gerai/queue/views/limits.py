"""Daily limits of services, and the rule for the night."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gerai.directory.models import Service
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.queue.actions.limits import set_limits
from gerai.queue.actions.nights import set_night_rule
from gerai.queue.forms.limits import Limits, Night
from gerai.queue.models import DailyLimit, Unfinished
from gerai.queue.queries.boards import today
from gerai.queue.queries.limits import numbers_left, services_with_limits
from gerai.queue.queries.nights import night_rule


@allow("directory.manage")
@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """List the services, their limits, and how many numbers today still has."""
    services = services_with_limits()
    left = numbers_left([service for service, _limits in services], today())
    rows = [(service, own, left.get(service.pk)) for service, own in services]
    return render(request, "queue/office/limits.html", {"rows": rows})


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def limit(request: HttpRequest, service_id: int) -> HttpResponse:
    """Set the limits of a service."""
    service = get_object_or_404(Service.objects.select_related("agency"), pk=service_id)
    own = list(DailyLimit.objects.filter(service=service))
    form = Limits(request.POST if request.method == "POST" else None, limits=own)
    if form.is_valid():
        set_limits(service, form.limits(), by=actor_of(request.user))
        messages.success(request, _("Batas nomor disimpan."))
        return redirect("lines:limits")
    known = {"service": service, "form": form}
    return render(request, "queue/office/limit.html", known, status=400 if form.errors else 200)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def night(request: HttpRequest) -> HttpResponse:
    """Set what becomes of numbers that were not served on their day."""
    form = Night(request.POST or None, initial={"unfinished": night_rule()})
    if form.is_valid():
        chosen = Unfinished(form.cleaned_data["unfinished"])
        set_night_rule(chosen, by=actor_of(request.user))
        messages.success(request, _("Aturan malam disimpan; berlaku mulai malam ini."))
        return redirect("lines:night")
    return render(
        request, "queue/office/night.html", {"form": form}, status=400 if form.errors else 200
    )
