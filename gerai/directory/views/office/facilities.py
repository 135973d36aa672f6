"""The checklist of facilities, and the guides on how the mall works."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.directory import queries
from gerai.directory.actions import facilities as actions
from gerai.directory.forms import FacilityFields, GuideFields
from gerai.directory.models import Facility, FacilityState, Guide
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.ui.forms import saved


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def facilities(request: HttpRequest) -> HttpResponse:
    """Show the checklist, and add a line."""
    form = FacilityFields(request.POST or None, initial={"state": FacilityState.MISSING})
    by = actor_of(request.user)
    code = queries.next_facility_code()
    if saved(
        request, form, lambda: actions.set_facility(code=code, **form.cleaned_data, by=by), {}
    ):
        messages.success(request, _("Fasilitas ditambahkan."))
        return redirect("manage:facilities")
    ready, count = queries.facilities_ready()
    return render(
        request,
        "directory/facilities.html",
        {"facilities": queries.facilities(), "ready": ready, "count": count, "form": form},
        status=400 if form.errors else 200,
    )


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def facility(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one line of the checklist."""
    found = get_object_or_404(Facility.objects, pk=pk)
    stored = {name: getattr(found, name) for name in FacilityFields.base_fields}
    form = FacilityFields(request.POST or None, initial=stored)
    by = actor_of(request.user)
    if saved(
        request, form, lambda: actions.set_facility(code=found.code, **form.cleaned_data, by=by), {}
    ):
        messages.success(request, _("Fasilitas disimpan."))
        return redirect("manage:facilities")
    return render(
        request,
        "directory/facility.html",
        {"facility": found, "form": form},
        status=400 if form.errors else 200,
    )


@allow("directory.manage")
@require_POST
def remove_facility(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line off the checklist."""
    actions.remove_facility(get_object_or_404(Facility.objects, pk=pk), by=actor_of(request.user))
    messages.success(request, _("Fasilitas dihapus dari daftar."))
    return redirect("manage:facilities")


@allow("directory.manage")
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """List the guides by kind."""
    return render(request, "directory/guides.html", {"guides": queries.guides()})


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_guide(request: HttpRequest) -> HttpResponse:
    """Write a guide."""
    form = GuideFields(request.POST or None)
    by = actor_of(request.user)
    code = queries.next_guide_code()
    if saved(request, form, lambda: actions.set_guide(code=code, **form.cleaned_data, by=by), {}):
        messages.success(request, _("Pedoman ditambahkan."))
        return redirect("manage:guides")
    return _guide_page(request, form, None)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a guide, and write it anew."""
    found = get_object_or_404(Guide.objects, pk=pk)
    stored = {name: getattr(found, name) for name in GuideFields.base_fields}
    form = GuideFields(request.POST or None, initial=stored)
    by = actor_of(request.user)
    if saved(
        request, form, lambda: actions.set_guide(code=found.code, **form.cleaned_data, by=by), {}
    ):
        messages.success(request, _("Pedoman disimpan."))
        return redirect("manage:guides")
    return _guide_page(request, form, found)


@allow("directory.manage")
@require_POST
def remove_guide(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a guide."""
    actions.remove_guide(get_object_or_404(Guide.objects, pk=pk), by=actor_of(request.user))
    messages.success(request, _("Pedoman dihapus."))
    return redirect("manage:guides")


def _guide_page(request: HttpRequest, form: GuideFields, found: Guide | None) -> HttpResponse:
    return render(
        request,
        "directory/guide.html",
        {"form": form, "guide": found},
        status=400 if form.errors else 200,
    )
