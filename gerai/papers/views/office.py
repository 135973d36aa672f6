"""The office: all papers of the mall, their versions, and how their numbers look."""

from collections.abc import Iterable
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.papers import actions, queries
from gerai.papers.blocks import text_lines
from gerai.papers.forms import Numbers, PaperFilter
from gerai.papers.models import Paper
from gerai.papers.responses import paper_response
from gerai.papers.rules import is_slug
from gerai.people.audit import actor_of
from gerai.people.guard import allow

VERB: Final = "directory.manage"
PER_PAGE: Final = 50
FORMS: Final = ("pdf", "docx")


@allow(VERB)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the papers of the mall."""
    form = PaperFilter(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") for name in form.fields}
    found = queries.papers_listed(asked["jenis"], asked["cari"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("hal"))
    known = {"form": form, "asked": asked, "page": page, "papers": _with_titles(page)}
    return render(request, "papers/papers.html", known)


@allow(VERB)
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a paper with its words and all its versions."""
    found = _paper(pk)
    versions = list(queries.versions_of(found))
    known = {
        "paper": found,
        "title": queries.title_of(found.kind),
        "lines": text_lines(queries.sheet_of(found)),
        "versions": list(zip(versions, [*versions[1:], None], strict=True)),
        "newer": versions[0] if versions[0].version > found.version else None,
    }
    return render(request, "papers/paper.html", known)


@allow(VERB)
@require_safe
def compare(request: HttpRequest, pk: int, before: int) -> HttpResponse:
    """Show what changed from one version of a paper to another."""
    after, older = _paper(pk), _paper(before)
    if (older.thing, older.kind) != (after.thing, after.kind):
        raise Http404
    known = {
        "paper": after,
        "before": older,
        "title": queries.title_of(after.kind),
        "changes": queries.differences(older, after),
        "is_same": older.digest == after.digest,
    }
    return render(request, "papers/compare.html", known)


@allow(VERB)
@require_safe
def file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give a paper as PDF or DOCX."""
    if form not in FORMS:
        raise Http404
    return paper_response(_paper(pk), form, request)


@allow(VERB)
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """List how the numbers of each kind look."""
    day = clock.local_day(clock.now(), current_mall().zone)
    known = {"numberings": queries.numberings(day), "year": day.year}
    return render(request, "papers/numbers.html", known)


@allow(VERB)
@require_http_methods(["GET", "HEAD", "POST"])
def numbering(request: HttpRequest, kind: str) -> HttpResponse:
    """Change how the numbers of a kind look."""
    if not is_slug(kind) or kind not in {*queries.TITLES, *queries.kinds_here()}:
        raise Http404
    now = queries.numbering_of(kind, clock.local_day(clock.now(), current_mall().zone))
    form = Numbers(
        request.POST if request.method == "POST" else None,
        initial={"pattern": now.pattern, "code": now.code},
    )
    if request.method == "POST" and form.is_valid():
        actions.set_numbers(kind=kind, **form.cleaned_data, by=actor_of(request.user))
        messages.success(request, _("Pola nomor disimpan."))
        return redirect("papers_office:numbers")
    return render(
        request,
        "papers/numbering.html",
        {"form": form, "now": now},
        status=400 if form.errors else 200,
    )


def _paper(pk: int) -> Paper:
    found = queries.paper_with(pk)
    if found is None:
        raise Http404
    return found


def _with_titles(papers: Iterable[Paper]) -> list[tuple[Paper, str]]:
    return [(each, queries.title_of(each.kind)) for each in papers]
