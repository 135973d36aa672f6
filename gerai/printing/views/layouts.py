"""The layout of slips: an editor with a picture of what would come out."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.printing import queries
from gerai.printing.actions.layouts import publish_layout
from gerai.printing.forms import LayoutFields, LogoField
from gerai.printing.models import SlipLayout
from gerai.printing.rules import PAPERS
from gerai.ui.forms import saved

LOOK = "lihat"


@allow("directory.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def layout(request: HttpRequest) -> HttpResponse:
    """Show the layout in force and its history; show how another one looks, or publish it.

    ?lihat with the form's fields shows a layout that is not published yet.
    """
    now = queries.layout_in_force()
    typed = request.POST if request.method == "POST" else request.GET
    form = LayoutFields(
        typed if request.method == "POST" or LOOK in typed else None, initial=_stored(now)
    )
    by = actor_of(request.user)

    def publish() -> None:
        publish_layout(form.cleaned_data, after=now.version, by=by)

    if saved(request, form, publish):
        messages.success(request, _("Tata letak baru berlaku untuk struk berikutnya."))
        return redirect("printers:layout")
    looks = request.method == "GET" and form.is_bound and form.is_valid()
    query = request.GET.urlencode() if looks else ""
    return _page(request, now, form=form, query=query)


@allow("directory.manage")
@require_POST
def logo(request: HttpRequest) -> HttpResponse:
    """Put a picture at the head of the slips, or take it away: a new version."""
    now = queries.layout_in_force()
    by = actor_of(request.user)
    if request.POST.get("tanpa") == "ya":
        publish_layout({"logo": b""}, after=now.version, by=by)
        messages.success(request, _("Struk berikutnya tanpa gambar."))
        return redirect("printers:layout")
    field = LogoField(request.POST, request.FILES)

    def put() -> None:
        publish_layout({"logo": field.cleaned_data["logo"]}, after=now.version, by=by)

    if saved(request, field, put):
        messages.success(request, _("Gambar dipasang di kepala struk berikutnya."))
        return redirect("printers:layout")
    return _page(request, now, logo=field)


@allow("directory.manage")
@never_cache
@require_safe
def preview(request: HttpRequest, paper: int) -> HttpResponse:
    """Draw a slip as it would be printed, in the layout in force or in the one asked for."""
    if paper not in PAPERS:
        raise Http404
    chosen = queries.layout_in_force()
    form = LayoutFields(request.GET)
    if LOOK in request.GET and form.is_valid():
        chosen = SlipLayout(mall=chosen.mall, logo=chosen.logo, **form.cleaned_data)
    drawn = BytesIO()
    site = request.build_absolute_uri("/")
    queries.preview(chosen, paper=paper, site=site).save(drawn, "PNG")
    return HttpResponse(drawn.getvalue(), content_type="image/png")


def _stored(layout: SlipLayout) -> dict[str, Any]:
    return {name: getattr(layout, name) for name in LayoutFields.base_fields}


def _page(
    request: HttpRequest,
    now: SlipLayout,
    *,
    form: LayoutFields | None = None,
    logo: LogoField | None = None,
    query: str = "",
) -> HttpResponse:
    """Show the editor. query: of the layout that is looked at and not published yet."""
    form, logo = form or LayoutFields(initial=_stored(now)), logo or LogoField()
    known = {
        "form": form,
        "logo": logo,
        "papers": PAPERS,
        "query": query,
        "versions": queries.layouts(),
        "layout": now,
    }
    status = 400 if form.errors or logo.errors else 200
    return render(request, "printing/office/layout.html", known, status=status)
