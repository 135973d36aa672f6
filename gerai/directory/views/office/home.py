"""The first page of the management."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gerai import clock
from gerai.directory import queries
from gerai.people.guard import allow


@allow("directory.manage")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what there is to keep, and whether the mall is open now."""
    opening = queries.opening_of(None, clock.now())
    return render(
        request,
        "directory/home.html",
        {
            "sizes": queries.sizes(),
            "opening": opening,
            "opening_words": queries.sentence(opening),
        },
    )
