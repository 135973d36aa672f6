"""Days that depart from the week: the operator's own, and the national calendar."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gerai import clock
from gerai.directory import forms, queries
from gerai.directory.actions import calendar
from gerai.directory.models import SpecialDay
from gerai.malls.scope import current_mall
from gerai.people.audit import actor_of
from gerai.people.guard import allow

OWN_FIELDS = ("on", "agency", "kind", "name", "opens", "closes", "last_ticket")


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: HttpRequest) -> HttpResponse:
    """Show the days of a year, and add one."""
    year = _year(request)
    form = forms.SpecialDay(request.POST or None, initial={"on": request.GET.get("tanggal")})
    if request.method == "POST" and _saved(
        form,
        lambda: calendar.add_special_day(**form.cleaned_data, by=actor_of(request.user)),
    ):
        messages.success(request, _("Hari khusus ditambahkan."))
        return redirect(f"{reverse('manage:days')}?tahun={form.cleaned_data['on'].year}")
    special = queries.special_days(year)
    return render(
        request,
        "directory/days.html",
        {
            "year": year,
            "form": form,
            "special_days": special,
            "national_days": [
                (day, [own for own in special if own.on == day.on and own.agency is None])
                for day in queries.national_days_of(year)
            ],
            "joint_leave_closes": current_mall().joint_leave_closes,
        },
        status=400 if form.errors else 200,
    )


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one special day."""
    found = get_object_or_404(SpecialDay.objects, pk=pk)
    stored = {name: getattr(found, name) for name in OWN_FIELDS}
    form = forms.SpecialDay(request.POST or None, initial=stored)
    if request.method == "POST" and _saved(
        form,
        lambda: calendar.change_special_day(found, **form.cleaned_data, by=actor_of(request.user)),
    ):
        messages.success(request, _("Hari khusus disimpan."))
        return redirect(f"{reverse('manage:days')}?tahun={form.cleaned_data['on'].year}")
    return render(
        request,
        "directory/day.html",
        {"day": found, "form": form},
        status=400 if form.errors else 200,
    )


@allow("directory.manage")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a special day."""
    found = get_object_or_404(SpecialDay.objects, pk=pk)
    calendar.remove_special_day(found, by=actor_of(request.user))
    messages.success(request, _("Hari khusus dihapus; tanggal itu kembali seperti kalender."))
    return redirect(f"{reverse('manage:days')}?tahun={found.on.year}")


def _saved(form: forms.SpecialDay, save: Callable[[], object]) -> bool:
    """Save what a form says; a date that is taken is an error of its field."""
    if not form.is_valid():
        return False
    try:
        save()
    except calendar.DayTaken as refused:
        form.add_error("on", str(refused))
        return False
    return True


def _year(request: HttpRequest) -> int:
    told = request.GET.get("tahun")
    if told is None:
        return clock.local_day(clock.now(), current_mall().zone).year
    asked = forms.Year({"tahun": told})
    if not asked.is_valid():
        raise Http404
    year: int = asked.cleaned_data["tahun"]
    return year
