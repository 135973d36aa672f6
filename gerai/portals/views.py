"""The first page of the management, which looks into all rooms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gerai import clock
from gerai.directory import queries as directory
from gerai.people.guard import allow
from gerai.portals.queries import first_steps
from gerai.queue.queries.lines import services_without_line


@allow("directory.manage")
@require_safe
def office_home(request: HttpRequest) -> HttpResponse:
    """Show what there is to keep, whether the mall is open now, and what its opening lacks."""
    opening = directory.opening_of(None, clock.now())
    steps = first_steps()
    return render(
        request,
        "portals/office_home.html",
        {
            "sizes": directory.sizes(),
            "opening": opening,
            "opening_words": directory.sentence(opening),
            "steps": steps,
            "next_step": next((step for step in steps if not step.is_done), None),
            "done": sum(step.is_done for step in steps),
            "without_line": services_without_line().count(),
        },
    )
