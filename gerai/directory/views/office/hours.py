"""The week's hours and breaks, of the mall and of each agency."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gerai.directory import queries
from gerai.directory.actions import calendar
from gerai.directory.forms import Week
from gerai.directory.hours import PATTERNS, pattern_week
from gerai.directory.models import Agency
from gerai.people.audit import actor_of
from gerai.people.guard import allow


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def mall_hours(request: HttpRequest) -> HttpResponse:
    """Show and set the week of the mall; ?pola=5 and ?pola=6 fill in a usual week."""
    return _page(request, None)


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def agency_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and set the week of one agency; it begins with the mall's."""
    return _page(request, get_object_or_404(Agency.objects, pk=pk))


@allow("directory.manage")
@require_POST
def follow_the_mall(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an agency keep the mall's hours again."""
    found = get_object_or_404(Agency.objects, pk=pk)
    calendar.follow_the_mall(found, by=actor_of(request.user))
    messages.success(
        request, _("%(name)s sekarang mengikuti jam mal.") % {"name": found.short_name}
    )
    return redirect("manage:agency_hours", pk=pk)


def _page(request: HttpRequest, agency: Agency | None) -> HttpResponse:
    own = queries.week_of(agency)
    stored = own or queries.week_of(None)
    pattern = request.GET.get("pola", "")
    is_pattern = pattern in map(str, PATTERNS)
    shown = pattern_week(int(pattern), stored) if is_pattern else stored
    form = Week(request.POST or None, week=shown)
    if request.method == "POST" and form.is_valid():
        calendar.set_week(agency, form.cleaned_data["week"], by=actor_of(request.user))
        messages.success(request, _("Jam layanan disimpan."))
        return redirect(request.path)
    return render(
        request,
        "directory/hours.html",
        {
            "agency": agency,
            "agencies": queries.agencies(),
            "own_week": queries.agencies_with_own_week(),
            "form": form,
            "pattern": is_pattern and not form.is_bound,
        },
        status=400 if form.errors else 200,
    )
