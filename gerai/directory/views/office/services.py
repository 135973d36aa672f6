"""Services and the versions of what they promise."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai import clock
from gerai.directory import forms, queries
from gerai.directory.actions import standards as actions
from gerai.directory.models import Agency, Service
from gerai.malls.scope import current_mall
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.ui.forms import saved

PER_PAGE = 60


@allow("directory.manage")
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """List the services by agency; ?cari= looks for words, ?instansi= chooses an agency."""
    words = request.GET.get("cari", "").strip()[:80]
    agency = _agency(request)
    page = Paginator(queries.services(words, agency), PER_PAGE).get_page(request.GET.get("hal"))
    return render(
        request,
        "directory/services.html",
        {"page": page, "words": words, "agency": agency},
    )


@allow("directory.manage")
@require_safe
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a service's standard in force, or the version of ?versi=, and what it changed."""
    found = get_object_or_404(Service.objects.select_related("agency"), pk=pk)
    day = clock.local_day(clock.now(), current_mall().zone)
    published = queries.published_standard(found, day)
    versions = list(queries.versions_of(found))
    shown = published
    if told := request.GET.get("versi", ""):
        shown = next((one for one in versions if str(one.version) == told), None)
        if shown is None:
            raise Http404
    earlier = next((one for one in versions if shown and one.version < shown.version), None)
    return render(
        request,
        "directory/service.html",
        {
            "service": found,
            "standard": shown,
            "published": published,
            "versions": versions,
            "today": day,
            "earlier": earlier,
            "differences": queries.differences(earlier, shown) if shown and earlier else [],
        },
    )


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_service(request: HttpRequest) -> HttpResponse:
    """Add a service with the first version of its standard; ?instansi= chooses the agency."""
    agency = _agency(request)
    form = forms.NewService(request.POST or None, initial={"agency": agency})
    standard = forms.StandardFields(request.POST or None, initial={"valid_from": _today()})
    made: list[Service] = []

    def add() -> None:
        told = form.cleaned_data
        made.append(
            actions.add_service(
                told["agency"],
                code=told["code"],
                name=told["name"],
                picture=told["picture"],
                promise=standard.promise(),
                by=actor_of(request.user),
            )
        )

    is_sound = request.method != "POST" or standard.is_valid()
    if is_sound and saved(request, form, add, {actions.ServiceCodeTaken: "code"}):
        messages.success(
            request,
            _("%(name)s ditambahkan. Buatkan antreannya agar nomornya dapat diambil.")
            % {"name": made[0].name},
        )
        return redirect("manage:service", pk=made[0].pk)
    return _form_page(request, form, standard, {"agency": agency})


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_service(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a service another name, code or picture."""
    found = get_object_or_404(Service.objects.select_related("agency"), pk=pk)
    stored = {"name": found.name, "code": found.code, "picture": found.picture}
    form = forms.ServiceFields(request.POST or None, initial=stored)
    by = actor_of(request.user)
    if saved(
        request,
        form,
        lambda: actions.change_service(found, **form.cleaned_data, by=by),
        {actions.ServiceCodeTaken: "code"},
    ):
        messages.success(request, _("Layanan disimpan."))
        return redirect("manage:service", pk=pk)
    return _form_page(request, form, None, {"service": found, "agency": found.agency})


@allow("directory.manage")
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a service, or no longer."""
    found = get_object_or_404(Service.objects, pk=pk)
    is_active = request.POST.get("is_active") == "1"
    actions.set_service_active(found, is_active=is_active, by=actor_of(request.user))
    told = _("%(name)s dilayani lagi.") if is_active else _("%(name)s tidak lagi dilayani.")
    messages.success(request, told % {"name": found.name})
    return redirect("manage:service", pk=pk)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_standard(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish another version of a service's standard, written from the newest one."""
    found = get_object_or_404(Service.objects.select_related("agency"), pk=pk)
    newest = queries.versions_of(found).first()
    initial: dict[str, Any] = {"valid_from": _today()}
    if newest is not None:
        stored = forms.fields_of(queries.promise_of(newest), after=newest.version)
        initial = stored | initial
    standard = forms.StandardFields(request.POST or None, initial=initial)

    def publish() -> None:
        after = standard.cleaned_data["after"] or 0
        by = actor_of(request.user)
        actions.publish_standard(found, standard.promise(), after=after, by=by)

    if saved(request, standard, publish, {}):
        messages.success(request, _("Versi baru diterbitkan; versi lama tetap tersimpan."))
        return redirect("manage:service", pk=pk)
    known = {"service": found, "agency": found.agency, "newest": newest}
    return _form_page(request, None, standard, known)


def _today() -> object:
    return clock.local_day(clock.now(), current_mall().zone)


def _agency(request: HttpRequest) -> Agency | None:
    told = request.GET.get("instansi", "")
    if not told:
        return None
    if not (told.isascii() and told.isdigit()):
        raise Http404
    return get_object_or_404(queries.agencies(), pk=int(told[:18]))


def _form_page(
    request: HttpRequest,
    form: forms.ServiceFields | None,
    standard: forms.StandardFields | None,
    known: Mapping[str, object],
) -> HttpResponse:
    is_wrong = any(one is not None and one.errors for one in (form, standard))
    return render(
        request,
        "directory/service_form.html",
        {"form": form, "standard": standard, **known},
        status=400 if is_wrong else 200,
    )
