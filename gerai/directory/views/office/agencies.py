"""Agencies of the mall and who serves for them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.directory import queries
from gerai.directory.actions import agencies as actions
from gerai.directory.actions import places
from gerai.directory.forms import AgencyFields, NewPosting
from gerai.directory.models import Agency, Posting
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.ui.forms import saved


@allow("directory.manage")
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List the agencies, active ones first."""
    return render(
        request,
        "directory/agencies.html",
        {
            "agencies": queries.agencies(),
            "own_week": queries.agencies_with_own_week(),
        },
    )


@allow("directory.manage")
@require_safe
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one agency with its officers, services and switches."""
    return _page(request, get_object_or_404(queries.agencies(), pk=pk))


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_agency(request: HttpRequest) -> HttpResponse:
    """Add an agency."""
    form = AgencyFields(request.POST or None)
    made: list[Agency] = []

    def add() -> None:
        made.append(actions.add_agency(**form.cleaned_data, by=actor_of(request.user)))

    if saved(request, form, add, {actions.AgencyCodeTaken: "code"}):
        messages.success(
            request,
            _("%(name)s ditambahkan. Tambahkan juga layanannya.") % {"name": made[0].short_name},
        )
        return redirect("manage:agency", pk=made[0].pk)
    return _form_page(request, form, None)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_agency(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe an agency anew."""
    found = get_object_or_404(Agency.objects, pk=pk)
    stored = {name: getattr(found, name) for name in AgencyFields.base_fields}
    form = AgencyFields(request.POST or None, initial=stored)
    by = actor_of(request.user)
    if saved(
        request,
        form,
        lambda: actions.change_agency(found, **form.cleaned_data, by=by),
        {actions.AgencyCodeTaken: "code"},
    ):
        messages.success(request, _("Keterangan instansi disimpan."))
        return redirect("manage:agency", pk=pk)
    return _form_page(request, form, found)


@allow("directory.manage")
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an agency take part, or no longer."""
    found = get_object_or_404(Agency.objects, pk=pk)
    is_active = request.POST.get("is_active") == "1"
    places.set_agency_active(found, is_active=is_active, by=actor_of(request.user))
    told = _("%(name)s sekarang aktif.") if is_active else _("%(name)s sekarang nonaktif.")
    messages.success(request, told % {"name": found.short_name})
    return redirect("manage:agency", pk=pk)


@allow("directory.manage")
@require_POST
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Post an officer to an agency."""
    found = get_object_or_404(queries.agencies(), pk=pk)
    form = NewPosting(request.POST, agency=found)
    if not form.is_valid():
        return _page(request, found, form)
    user = form.cleaned_data["user"]
    places.post(user, found, by=actor_of(request.user))
    messages.success(
        request,
        _("%(user)s sekarang melayani untuk %(agency)s.")
        % {"user": user.name, "agency": found.short_name},
    )
    return redirect("manage:agency", pk=pk)


@allow("directory.manage")
@require_POST
def unpost(request: HttpRequest, pk: int, posting_pk: int) -> HttpResponse:
    """Take an officer away from an agency."""
    posting = get_object_or_404(Posting.objects, pk=posting_pk, agency=pk)
    places.unpost(posting, by=actor_of(request.user))
    messages.success(request, _("Penempatan dihapus."))
    return redirect("manage:agency", pk=pk)


def _page(request: HttpRequest, found: Agency, form: NewPosting | None = None) -> HttpResponse:
    return render(
        request,
        "directory/agency.html",
        {
            "agency": found,
            "postings": queries.postings_of(found),
            "form": form or NewPosting(agency=found),
            "has_officers": queries.officers().exists(),
            "has_own_week": found.pk in queries.agencies_with_own_week(),
        },
        status=400 if form is not None else 200,
    )


def _form_page(request: HttpRequest, form: AgencyFields, found: Agency | None) -> HttpResponse:
    return render(
        request,
        "directory/agency_form.html",
        {"form": form, "agency": found},
        status=400 if form.errors else 200,
    )
