"""The first page of the workspace, what it is about, and its status on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gerai.founding import letters, queries
from gerai.founding.actions.workspace import begin, describe
from gerai.founding.forms import Beginning, Particulars
from gerai.founding.models import Founding, RiskState
from gerai.founding.queries.dossier import dossier, risks_by_gravity
from gerai.founding.views.here import founding_here
from gerai.malls.regions import region_names
from gerai.malls.scope import current_mall
from gerai.papers.queries import pdf_of_sheet
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.ui.forms import saved

FEW = 5


@allow("founding.read")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show readiness by stage, what is next, what is late and what decides the opening."""
    founding = queries.founding_of()
    if founding is None:
        return _begin_page(request, Beginning(initial={"began_on": queries.today()}))
    plan = queries.schedule(founding)
    stages = queries.readiness()
    ending = [each for each in queries.joining() if each.warning is not None]
    over = sum(stage.check.steps_over for stage in stages)
    total = sum(stage.check.steps_all for stage in stages)
    return render(
        request,
        "founding/home.html",
        {
            "founding": founding,
            "region": _region(),
            "stages": stages,
            "plan": plan,
            "next_steps": plan.next[:FEW],
            "late": plan.late[:FEW],
            "ending": ending,
            "over": over,
            "total": total,
            "days_left": _days_left(founding),
            "slips": _slips(founding, plan),
            "risks": [each for each in risks_by_gravity() if each.state != RiskState.OVER][:3],
        },
    )


@allow("founding.work")
@require_http_methods(["GET", "HEAD", "POST"])
def begin_here(request: HttpRequest) -> HttpResponse:
    """Begin the workspace of a mall that is there already."""
    if queries.founding_of() is not None:
        return redirect("founding:home")
    form = Beginning(request.POST or None, initial={"began_on": queries.today()})
    by = actor_of(request.user)
    if saved(request, form, lambda: begin(**form.cleaned_data, by=by)):
        messages.success(request, _("Ruang kerja siap. Sesuaikan langkah dan tenggatnya."))
        return redirect("founding:home")
    return _begin_page(request, form)


@allow("founding.work")
@require_http_methods(["GET", "HEAD", "POST"])
def particulars(request: HttpRequest) -> HttpResponse:
    """Say whose founding it is, since when, until when."""
    founding = founding_here()
    stored = {name: getattr(founding, name) for name in Particulars.base_fields}
    form = Particulars(request.POST or None, initial=stored)
    by = actor_of(request.user)
    if saved(request, form, lambda: describe(**form.cleaned_data, by=by)):
        messages.success(request, _("Keterangan pendirian disimpan."))
        return redirect("founding:home")
    return render(
        request,
        "founding/form.html",
        {"form": form, "title": _("Keterangan pendirian")},
        status=400 if form.errors else 200,
    )


@allow("founding.read")
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Show how far the founding is on one page, to be printed for the head of the region."""
    founding = founding_here()
    plan, known = queries.schedule(founding), queries.facts()
    return render(
        request,
        "founding/status.html",
        {
            "founding": founding,
            "d": dossier(founding, plan=plan, known=known),
            "plan": plan,
            "stages": queries.readiness(known),
            "days_left": _days_left(founding),
        },
    )


@allow("founding.read")
@require_safe
def status_pdf(request: HttpRequest) -> HttpResponse:
    """Give the status as PDF."""
    data = pdf_of_sheet(letters.status(dossier(founding_here())))
    response = HttpResponse(data, content_type="application/pdf")
    name = f"pendirian-{queries.today().isoformat()}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"  # noqa: FBT003
    return response


def _begin_page(request: HttpRequest, form: Beginning) -> HttpResponse:
    return render(
        request,
        "founding/begin.html",
        {"form": form, "region": _region()},
        status=400 if form.errors else 200,
    )


def _region() -> str:
    code = current_mall().region_code
    return region_names().get(code, code)


def _days_left(founding: Founding) -> int | None:
    if founding.target_on is None:
        return None
    return (founding.target_on - queries.today()).days


def _slips(founding: Founding, plan: queries.Schedule) -> int:
    """Return by how many days the schedule ends after the target."""
    if founding.target_on is None or plan.opens_on is None:
        return 0
    return max((plan.opens_on - founding.target_on).days, 0)
