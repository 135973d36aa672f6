"""Documents of the workspace: written, in versions, as PDF and DOCX, with their differences."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gerai.founding.actions.documents import issue
from gerai.founding.queries import documents as queries
from gerai.founding.views.here import founding_here
from gerai.papers.queries import latest
from gerai.papers.responses import paper_response
from gerai.people.audit import actor_of
from gerai.people.guard import allow


@allow("founding.read")
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List what can be written, with the newest version of each."""
    founding_here()
    return render(request, "founding/documents.html", {"documents": queries.documents()})


@allow("founding.read")
@require_safe
def document(request: HttpRequest, key: str) -> HttpResponse:
    """Show the versions of a document, and what the newest says differently."""
    written = queries.written(_draft(key))
    pairs = [
        (after, queries.differences(before, after))
        for after, before in zip(written.versions, written.versions[1:], strict=False)
    ]
    return render(request, "founding/document.html", {"written": written, "pairs": pairs})


@allow("founding.work")
@require_POST
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Write a document from what the workspace knows now."""
    draft = _draft(key)
    before = latest(draft.thing, draft.kind)
    paper = issue(draft, by=actor_of(request.user))
    if before is None or paper.version > before.version:
        messages.success(
            request, _("%(name)s versi %(n)s siap.") % {"name": draft.name, "n": paper.version}
        )
    else:
        messages.info(
            request,
            _("Tidak ada yang berubah sejak versi %(n)s, jadi tidak dibuat versi baru.")
            % {"n": paper.version},
        )
    return redirect("founding:document", key=key)


@allow("founding.read")
@require_safe
def file(request: HttpRequest, key: str, version: int, form: str) -> HttpResponse:
    """Give out one version as PDF or DOCX."""
    paper = queries.version_of(_draft(key), version)
    if paper is None or form not in {"pdf", "docx"}:
        raise Http404
    return paper_response(paper, form, request)


def _draft(key: str) -> queries.Draft:
    draft = queries.draft_with(key)
    if draft is None:
        raise Http404
    return draft
