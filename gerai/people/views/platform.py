"""The malls of this installation, for platform administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.malls import queries as malls_queries
from gerai.malls.models import Mall, Zone
from gerai.malls.regions import region_names
from gerai.people import actions, forms
from gerai.people.audit import actor_of
from gerai.people.guard import allow

PARTICULARS = ("name", "region_code", "zone", "host", "address")


@allow("malls.manage")
@require_safe
def malls(request: HttpRequest) -> HttpResponse:
    """List every mall of the installation."""
    names = region_names()
    found = malls_queries.all_malls()
    return render(
        request,
        "people/malls.html",
        {
            "rows": [(mall, names.get(mall.region_code, mall.region_code)) for mall in found],
            "domain": _domain(request),
        },
    )


@allow("malls.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_mall(request: HttpRequest) -> HttpResponse:
    """Open a mall."""
    form = forms.Mall(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"zone": Zone(form.cleaned_data["zone"])}
        try:
            made = actions.open_mall(**told, by=actor_of(request.user))
        except actions.AddressTaken as refused:
            form.add_error("slug", str(refused))
        else:
            messages.success(request, _("%(name)s dibuka.") % {"name": made.name})
            return redirect("people:malls")
    return _page(request, form, None)


@allow("malls.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_mall(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a mall's particulars."""
    found = get_object_or_404(Mall, pk=pk)
    stored = {name: getattr(found, name) for name in PARTICULARS}
    form = forms.StandingMall(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"zone": Zone(form.cleaned_data["zone"])}
        try:
            actions.change_mall(found, **told, by=actor_of(request.user))
        except actions.AddressTaken as refused:
            form.add_error("host", str(refused))
        else:
            messages.success(request, _("Keterangan mal disimpan."))
            return redirect("people:malls")
    return _page(request, form, found)


@allow("malls.manage")
@require_POST
def switch_mall(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a mall answer, or no longer."""
    found = get_object_or_404(Mall, pk=pk)
    is_active = request.POST.get("is_active") == "1"
    actions.set_mall_active(found, is_active=is_active, by=actor_of(request.user))
    told = _("%(name)s aktif lagi.") if is_active else _("%(name)s dinonaktifkan.")
    messages.success(request, told % {"name": found.name})
    return redirect("people:malls")


def _page(request: HttpRequest, form: forms.Mall, found: Mall | None) -> HttpResponse:
    return render(
        request,
        "people/mall.html",
        # Not "mall": that name is the mall of the page in every template.
        {"form": form, "edited": found, "regions": region_names()},
        status=400 if form.errors else 200,
    )


def _domain(request: HttpRequest) -> str:
    """Return what stands after the slug in the addresses of this installation."""
    _slug, _dot, domain = request.get_host().partition(".")
    return domain or request.get_host()
