"""Where each person starts after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gerai.malls.scope import current_mall
from gerai.people.guard import public


@public
def start(request: HttpRequest) -> HttpResponse:
    """Lead a signed-in person to their first page."""
    may = request.may  # type: ignore[attr-defined]
    if current_mall().is_founding and "founding.read" in may:
        return redirect("founding:home")
    for verb, page in (
        ("queue.serve", "desk:home"),
        ("queue.watch", "supervisor:home"),
        ("queue.greet", "greeter:home"),
        ("directory.manage", "manage:home"),
        ("newsroom.write", "wagtailadmin_home"),
        ("visits.manage", "visits_office:home"),
        ("founding.read", "founding:home"),
    ):
        if verb in may:
            return redirect(page)
    return redirect("portals:home")
