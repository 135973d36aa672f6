"""What machines read of a mall: site maps, and the services in the words of others."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gerai import clock
from gerai.newsroom.kept import kept
from gerai.people.guard import public
from gerai.website.exports import cpsv, hsds
from gerai.website.queries.maps import everything, news_since

# As long as search engines call a story news.
NEWS_FOR = timedelta(days=2)


@public
@require_safe
@kept
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what to leave alone, and where the map is."""
    context = {"base": request.build_absolute_uri("/").rstrip("/")}
    return render(request, "website/robots.txt", context, content_type="text/plain; charset=utf-8")


@public
@require_safe
@kept
def site_map(request: HttpRequest) -> HttpResponse:
    """List every public page of the mall (sitemaps.org 0.9)."""
    context = {"base": request.build_absolute_uri("/").rstrip("/"), "places": everything()}
    return render(request, "website/sitemap.xml", context, content_type="application/xml")


@public
@require_safe
@kept
def news_map(request: HttpRequest) -> HttpResponse:
    """List the stories of the last two days for news searches."""
    context = {
        "base": request.build_absolute_uri("/").rstrip("/"),
        "stories": news_since(clock.now() - NEWS_FOR),
    }
    return render(request, "website/sitemap_news.xml", context, content_type="application/xml")


@public
@require_safe
@kept
def hsds_services(request: HttpRequest) -> HttpResponse:
    """Give the mall's services as HSDS 3."""
    return JsonResponse(hsds.mall_export(request.build_absolute_uri("/")))


@public
@require_safe
@kept
def cpsv_turtle(request: HttpRequest) -> HttpResponse:
    """Give the mall's services as CPSV-AP in Turtle."""
    graph = cpsv.mall_graph(request.build_absolute_uri("/"))
    return HttpResponse(cpsv.turtle(graph), content_type="text/turtle; charset=utf-8")


@public
@require_safe
@kept
def cpsv_json(request: HttpRequest) -> HttpResponse:
    """Give the mall's services as CPSV-AP in JSON-LD."""
    graph = cpsv.mall_graph(request.build_absolute_uri("/"))
    return HttpResponse(cpsv.json_ld(graph), content_type="application/ld+json")
