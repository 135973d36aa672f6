"""Agreements with agencies: the list with its warnings, one agreement, a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gerai.directory import queries
from gerai.directory.actions import agreements as actions
from gerai.directory.forms import AgreementFields, NewAgreement
from gerai.directory.models import Agreement
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.ui.forms import saved


@allow("directory.manage")
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """List the agreements, those that need somebody first."""
    return render(
        request,
        "directory/agreements.html",
        {"rows": queries.agreements(), "without": queries.agencies_without_agreement()},
    )


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_agreement(request: HttpRequest) -> HttpResponse:
    """Write down an agreement with an agency."""
    form = NewAgreement(request.POST or None, initial={"agency": request.GET.get("instansi")})
    by = actor_of(request.user)
    if saved(request, form, lambda: actions.plan_agreement(**form.cleaned_data, by=by), {}):
        messages.success(request, _("Perjanjian ditambahkan."))
        return redirect("manage:agreements")
    return _page(request, form, None)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one agreement, and change it."""
    found = get_object_or_404(Agreement.objects.select_related("agency"), pk=pk)
    stored = {name: getattr(found, name) for name in AgreementFields.base_fields}
    form = AgreementFields(request.POST or None, initial=stored)
    by = actor_of(request.user)
    if saved(
        request, form, lambda: actions.change_agreement(found, **form.cleaned_data, by=by), {}
    ):
        messages.success(request, _("Perjanjian disimpan."))
        return redirect("manage:agreements")
    return _page(request, form, found)


def _page(request: HttpRequest, form: AgreementFields, found: Agreement | None) -> HttpResponse:
    return render(
        request,
        "directory/agreement.html",
        {"form": form, "agreement": found},
        status=400 if form.errors else 200,
    )
