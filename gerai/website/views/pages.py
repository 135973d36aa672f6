"""The front page, and the pages that the page tree serves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.views import serve

from gerai.live.kept import kept_for_a_crowd
from gerai.newsroom.kept import kept
from gerai.people.guard import public
from gerai.website.queries.home import home_now, home_page


@public
@require_safe
@kept_for_a_crowd
def home(request: HttpRequest) -> HttpResponse:
    """Show the mall: open now or not, waits now, what can be settled here, its news."""
    return render(request, "website/home.html", {"page": home_page(), "now": home_now()})


@public
@require_safe
@kept
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Give a page of the tree: a story or a page of lasting information."""
    answer: HttpResponse = serve(request, path)
    return answer
