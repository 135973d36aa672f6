"""Services and what they promise, to read."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gerai import clock
from gerai.directory import queries
from gerai.directory.models import Service
from gerai.malls.scope import current_mall
from gerai.people.guard import allow

PER_PAGE = 60


@allow("directory.manage")
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """List the services by agency; ?cari= looks for words, ?instansi= chooses an agency."""
    words = request.GET.get("cari", "").strip()[:80]
    agency = None
    if told := request.GET.get("instansi", ""):
        if not (told.isascii() and told.isdigit()):
            raise Http404
        agency = get_object_or_404(queries.agencies(), pk=int(told[:18]))
    page = Paginator(queries.services(words, agency), PER_PAGE).get_page(request.GET.get("hal"))
    return render(
        request,
        "directory/services.html",
        {"page": page, "words": words, "agency": agency},
    )


@allow("directory.manage")
@require_safe
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a service's standard in force, or the version of ?versi=."""
    found = get_object_or_404(Service.objects.select_related("agency"), pk=pk)
    day = clock.local_day(clock.now(), current_mall().zone)
    published = queries.published_standard(found, day)
    versions = list(queries.versions_of(found))
    shown = published
    if told := request.GET.get("versi", ""):
        shown = next((one for one in versions if str(one.version) == told), None)
        if shown is None:
            raise Http404
    return render(
        request,
        "directory/service.html",
        {"service": found, "standard": shown, "published": published, "versions": versions},
    )
