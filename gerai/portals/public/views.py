"""The first page of a mall, and where each person starts after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Floor
from gerai.people.guard import public
from gerai.queue.queries.choices import agency_choices


@public
def home(request: HttpRequest) -> HttpResponse:
    """Show the mall: open now or not, what can be settled here, and how to begin."""
    now = clock.now()
    opening = directory.opening_of(None, now)
    return render(
        request,
        "portals/home.html",
        {
            "opening": opening,
            "sentence": directory.sentence(opening),
            "agencies": agency_choices(now),
            "floors": [directory.floor_plan(floor) for floor in Floor.objects.order_by("number")],
        },
    )


@public
def start(request: HttpRequest) -> HttpResponse:
    """Lead a signed-in person to their first page."""
    may = request.may  # type: ignore[attr-defined]
    for verb, page in (
        ("queue.serve", "desk:home"),
        ("queue.watch", "supervisor:home"),
        ("queue.greet", "greeter:home"),
        ("directory.manage", "manage:home"),
    ):
        if verb in may:
            return redirect(page)
    return redirect("portals:home")
