"""Anyone checks a paper: what it is, of whom, and whether it still holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gerai.papers import queries
from gerai.people.guard import public


@public
@never_cache
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Tell whether a code is that of a paper, and nothing of what the paper says."""
    paper = queries.paper_with_token(token)
    if paper is None:
        return render(request, "papers/unknown.html", status=404)
    known = {
        "paper": paper,
        "title": queries.title_of(paper.kind),
        "newer": queries.newer_than(paper),
    }
    return render(request, "papers/verify.html", known)
