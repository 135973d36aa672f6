"""Lines kept by the mall's admin: which services stand in which line."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.directory.models import Agency
from gerai.errors import Refused
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.queue.actions import lines as actions
from gerai.queue.forms.lines import ChooseAgency, LineFields
from gerai.queue.models import Line
from gerai.queue.queries import lines as queries

USUAL_MINUTES = 10
FIELD_OF: dict[type[Refused], str] = {
    actions.LineCodeTaken: "code",
    actions.LettersInUse: "code",
    actions.ServiceElsewhere: "services",
}


@allow("directory.manage")
@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """List the lines; above them the services for which no number can be taken."""
    return render(
        request,
        "queue/office/lines.html",
        {
            "lines": queries.lines(),
            "without": queries.agencies_without_line(),
            "letter": queries.free_letter(),
        },
    )


@allow("directory.manage")
@require_POST
def open_for(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Make one line for all services of an agency that have none."""
    agency = get_object_or_404(Agency.objects, pk=agency_id)
    services = list(queries.services_without_line().filter(agency=agency))
    if not services:
        messages.info(request, _("Semua layanan instansi ini sudah punya antrean."))
        return redirect("lines:home")
    line = actions.open_line(
        agency,
        code=queries.free_letter(),
        name=agency.name[:120],
        services=services,
        usual_minutes=USUAL_MINUTES,
        by=actor_of(request.user),
    )
    messages.success(
        request,
        _("Antrean %(code)s dibuat untuk %(agency)s. Sesuaikan menitnya bila perlu.")
        % {"code": line.code, "agency": agency.short_name},
    )
    return redirect("lines:home")


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_line(request: HttpRequest) -> HttpResponse:
    """Make a line for the agency of ?instansi=; without one, ask for it."""
    if "instansi" not in request.GET:
        return _page(request, None, None, chooser=ChooseAgency())
    chooser = ChooseAgency(request.GET)
    if not chooser.is_valid():
        raise Http404
    agency: Agency = chooser.cleaned_data["instansi"]
    proposed = {
        "code": queries.free_letter(),
        "name": agency.name[:120],
        "usual_minutes": USUAL_MINUTES,
    }
    form = LineFields(request.POST or None, agency=agency, initial=proposed)
    by = actor_of(request.user)
    if _saved(request, form, lambda: actions.open_line(agency, **form.cleaned_data, by=by)):
        messages.success(request, _("Antrean %(code)s dibuat.") % form.cleaned_data)
        return redirect("lines:home")
    return _page(request, form, None, agency=agency)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Change a line, and which services stand in it."""
    found = get_object_or_404(Line.objects.select_related("agency", "mall"), pk=line_id)
    stored = {
        "code": found.code,
        "name": found.name,
        "usual_minutes": found.usual_minutes,
        "services": list(found.services.values_list("pk", flat=True)),
    }
    form = LineFields(request.POST or None, agency=found.agency, line=found, initial=stored)
    by = actor_of(request.user)
    if _saved(request, form, lambda: actions.change_line(found, **form.cleaned_data, by=by)):
        messages.success(request, _("Antrean %(code)s disimpan.") % form.cleaned_data)
        return redirect("lines:home")
    return _page(request, form, found, agency=found.agency)


@allow("directory.manage")
@require_POST
def switch(request: HttpRequest, line_id: int) -> HttpResponse:
    """Let a line give out numbers, or no longer."""
    found = get_object_or_404(Line.objects, pk=line_id)
    is_active = request.POST.get("is_active") == "1"
    actions.set_line_active(found, is_active=is_active, by=actor_of(request.user))
    told = _("Antrean %(code)s aktif lagi.") if is_active else _("Antrean %(code)s dinonaktifkan.")
    messages.success(request, told % {"code": found.code})
    return redirect("lines:home")


def _saved(request: HttpRequest, form: LineFields, save: Callable[[], object]) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save()
    except Refused as refused:
        form.add_error(FIELD_OF.get(type(refused)), str(refused))
        return False
    return True


def _page(
    request: HttpRequest, form: LineFields | None, found: Line | None, **known: object
) -> HttpResponse:
    return render(
        request,
        "queue/office/line.html",
        {"form": form, "line": found, **known},
        status=400 if form is not None and form.errors else 200,
    )
