"""The mall's public pages: services with their standards, agencies, floors, search."""

from typing import Any, Final
from urllib.parse import quote

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gerai import clock
from gerai.directory.catalogue.texts import slug_of
from gerai.directory.models import Standard
from gerai.live.kept import kept_for_a_crowd
from gerai.people.guard import public
from gerai.search.queries import find
from gerai.website import checklist as lists
from gerai.website.exports.schema_org import breadcrumbs, service_json_ld
from gerai.website.forms import KINDS, FindOnPlan, Search
from gerai.website.queries import agencies as agency_pages
from gerai.website.queries import floors as floor_pages
from gerai.website.queries import services as service_pages

HITS_A_PAGE: Final = 20


@public
@never_cache
@require_safe
@kept_for_a_crowd
def services(request: HttpRequest) -> HttpResponse:
    """List every service, by agency with what waits there, or by letter."""
    now = clock.now()
    by_letter = request.GET.get("urut") == "abjad"
    shown = {
        "letters": service_pages.services_by_letter(now) if by_letter else [],
        "agencies": [] if by_letter else service_pages.services_by_agency(now),
        "by_letter": by_letter,
    }
    return render(request, "website/services.html", shown)


@public
@never_cache
@require_safe
@kept_for_a_crowd
def service(request: HttpRequest, code: str) -> HttpResponse:
    """Show the published standard of a service, and the visitor's own list of what to bring."""
    slug = slug_of(code)
    if slug not in {"", code}:
        return redirect("site:service", slug, permanent=True)
    chosen = service_pages.service_with(code)
    if chosen is None:
        raise Http404
    page = service_pages.service_now(chosen, clock.now())
    standard = page.standard
    shown: dict[str, Any] = {
        "page": page,
        "standard": standard,
        "data": _service_data(request, page),
    }
    if standard is not None:
        shown |= {
            "mark": service_pages.mark_of(standard),
            "sources": service_pages.sources_of(standard),
            "internal": service_pages.internal_parts(standard),
            **_own_list(request, page, standard),
        }
    return render(request, "website/service.html", shown)


@public
@never_cache
@require_safe
@kept_for_a_crowd
def agencies(request: HttpRequest) -> HttpResponse:
    """List the agencies by whose they are, as they are now."""
    kinds = agency_pages.agencies_by_kind(clock.now())
    return render(request, "website/agencies.html", {"kinds": kinds})


@public
@never_cache
@require_safe
@kept_for_a_crowd
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """Show an agency's week, counters and services."""
    slug = slug_of(code)
    if slug not in {"", code}:
        return redirect("site:agency", slug, permanent=True)
    chosen = agency_pages.agency_with(code)
    if chosen is None:
        raise Http404
    page = agency_pages.agency_now(chosen, clock.now())
    return render(request, "website/agency.html", {"page": page, "agency": chosen})


@public
@never_cache
@require_safe
@kept_for_a_crowd
def floors(request: HttpRequest) -> HttpResponse:
    """Draw the floors as they are now, and lead to the counter that is looked for."""
    form = FindOnPlan(request.GET)
    now = clock.now()
    target = floor_pages.target_of(
        now, form.told("cari"), service=form.told("layanan"), agency=form.told("instansi")
    )
    shown = {
        "target": target,
        "plan": floor_pages.floors_now(now, target),
        "signs": floor_pages.legend(),
    }
    return render(request, "website/floors.html", shown)


@public
@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what of the whole site holds the words."""
    form = Search(request.GET)
    words, kind = form.words(), form.kind()
    kinds = [KINDS[kind]] if kind else None
    found = find(words, kinds=kinds, page=form.page(), per_page=HITS_A_PAGE)
    shown = {
        "words": words,
        "kind": kind,
        "found": found,
        "chips": _chips(words, kind),
        "kind_words": {KINDS[each]: name for each, name in _kind_names()},
        "before": _search_address(words, kind, found.page - 1) if found.page > 1 else "",
        "after": _search_address(words, kind, found.page + 1) if found.page < found.pages else "",
        "agencies": [] if found.hits else agency_pages.agencies_by_kind(clock.now()),
    }
    return render(request, "website/search.html", shown)


def _own_list(
    request: HttpRequest, page: service_pages.ServiceNow, standard: Standard
) -> dict[str, Any]:
    """Return the questions, the list that the address asks for, and the ways to send it on."""
    needs = [
        lists.Need(each.position, each.text, lists.without_leading(each.condition))
        for each in standard.requirements.all()
    ]
    asked = lists.questions(needs)
    given = lists.answers(asked, request.GET.dict())
    address = reverse("site:service", args=[page.slug])
    own = urlencode(
        [(question.key, given[question.key]) for question in asked if question.key in given]
    )
    there = request.build_absolute_uri(f"{address}?{own}" if own else address) + "#daftar"
    words = _("Berkas untuk %(service)s: %(address)s") % {
        "service": page.service.name,
        "address": there,
    }
    return {
        "questions": [(question, given.get(question.key, "")) for question in asked],
        "given": given,
        "list": lists.checklist(needs, asked, given),
        "list_name": f"{page.slug}-{standard.version}",
        "there": there,
        "qr": _drawn(there),
        "whatsapp": f"https://wa.me/?text={quote(words)}",
        "sms": f"sms:?&body={quote(words)}",
    }


def _service_data(request: HttpRequest, page: service_pages.ServiceNow) -> list[dict[str, Any]]:
    """Return what search engines read of a service."""
    base = request.build_absolute_uri("/")
    trail = [
        (pgettext("banyak", "Layanan"), reverse("site:services")),
        (page.service.name, reverse("site:service", args=[page.slug])),
    ]
    return [service_json_ld(page.service, page.standard, base_url=base), breadcrumbs(trail, base)]


def _drawn(address: str) -> SafeString:
    drawing = segno.make_qr(address, error="l").svg_inline(
        border=3, dark="#000", light="#fff", omitsize=True
    )
    return mark_safe(drawing)  # noqa: S308 - segno draws it from our own address


def _kind_names() -> list[tuple[str, str]]:
    return [
        ("layanan", pgettext("banyak", "Layanan")),
        ("instansi", pgettext("banyak", "Instansi")),
        ("berita", _("Berita")),
        ("halaman", _("Informasi")),
    ]


def _chips(words: str, kind: str) -> list[tuple[str, str, bool]]:
    """Return the names and addresses of the kinds, and which one is shown."""
    kinds = [("", _("Semua")), *_kind_names()]
    return [(name, _search_address(words, each), each == kind) for each, name in kinds]


def _search_address(words: str, kind: str, page: int = 1) -> str:
    told = {"q": words, "jenis": kind, "halaman": str(page) if page > 1 else ""}
    query = urlencode({name: value for name, value in told.items() if value})
    address = reverse("site:search")
    return f"{address}?{query}" if query else address
