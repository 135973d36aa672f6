"""The newsroom as readers see it. Stories themselves are pages of the tree."""

from datetime import date
from mimetypes import guess_type
from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve as serve_paper

from gerai.malls.scope import current_mall
from gerai.newsroom import feeds
from gerai.newsroom.kept import kept
from gerai.newsroom.models import Section
from gerai.newsroom.models.pages import ArticleQuerySet
from gerai.newsroom.queries import articles
from gerai.newsroom.queries.sites import are_here
from gerai.newsroom.queries.text import article_path
from gerai.newsroom.wall import PAPER
from gerai.people.guard import public

FIRST_YEAR, LAST_YEAR = 1990, 2200
MONTHS = range(1, 13)


@public
@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    """Show the news of the mall, pinned stories first."""
    pinned = articles.pinned()
    others = articles.published().exclude(pk__in=[story.pk for story in pinned])
    return _list(request, others, title=_("Berita"), pinned=pinned)


@public
@require_safe
@kept
def section(request: HttpRequest, section: str) -> HttpResponse:
    """Show the stories of a category."""
    found = _section(section)
    return _list(
        request, articles.in_section(found), title=found.title, about=found.intro, section=found
    )


@public
@require_safe
@kept
def tag(request: HttpRequest, tag: str) -> HttpResponse:
    """Show the stories of a topic."""
    return _list(request, articles.with_tag(tag), title=_tag(tag), tag=tag)


@public
@require_safe
@kept
def archive(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show the stories of a month."""
    if not FIRST_YEAR <= year <= LAST_YEAR or month not in MONTHS:
        raise Http404
    title = date_format(date(year, month, 1), "F Y")
    return _list(request, articles.of_month(year, month), title=title, month=(year, month))


@public
@require_safe
@kept
def feed(request: HttpRequest, kind: str, section: str = "", tag: str = "") -> HttpResponse:
    """Give the newest stories to a feed reader: all, of a category, or of a topic."""
    mall = current_mall()
    stories, title, path = articles.published(), mall.name, reverse("news:index")
    about = _("Berita dari %(mall)s.") % {"mall": mall.name}
    if section:
        found = _section(section)
        stories, path = articles.in_section(found), reverse("news:section", args=[section])
        title = f"{mall.name}: {found.title}"
    elif tag:
        name = _tag(tag)
        stories, path = articles.with_tag(tag), reverse("news:tag", args=[tag])
        title = f"{mall.name}: {name}"
    channel = feeds.Channel(
        title=title,
        about=about,
        path=path,
        feed_path=request.path,
        language=get_language() or "id",
        at=request.build_absolute_uri,
    )
    text, content_type = feeds.FEEDS[kind](channel, stories[: feeds.LENGTH])
    return HttpResponse(text, content_type=content_type)


@public
@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Show the news of all malls of this installation; each story leads to its own mall."""
    stories = articles.everywhere(request.GET.get("hal", ""))
    called = urlsplit(request.build_absolute_uri("/"))
    domain = (called.hostname or "").partition(".")[2] or "localhost"
    port = f":{called.port}" if called.port else ""
    for story in stories:
        host = story.mall.host or f"{story.mall.slug}.{domain}"
        story.address = f"{called.scheme}://{host}{port}{article_path(story)}"
    return render(request, "newsroom/everywhere.html", {"stories": stories})


@public
@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    """Give a picture in one of its sizes; each mall has only the folder of its own."""
    mine, _slash, rest = path.partition("/")
    is_picture = rest.startswith("images/") and ".." not in rest
    if mine != str(current_mall().pk) or not is_picture:
        raise Http404
    try:
        file = default_storage.open(path)
    except (OSError, ValueError) as missing:  # or a folder, or no name at all
        raise Http404 from missing
    kind = guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=kind)
    # The name holds a hash of what was done to the picture.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@public
@require_safe
def paper(request: HttpRequest, document_id: int, filename: str) -> HttpResponse:
    """Give a document of this mall."""
    if not are_here(PAPER, [document_id]):
        raise Http404
    answer: HttpResponse = serve_paper(request, document_id, filename)
    return answer


def _list(
    request: HttpRequest, stories: ArticleQuerySet, *, title: str, **more: object
) -> HttpResponse:
    page = articles.page_of(stories, request.GET.get("hal", ""))
    context = {
        "stories": page,
        "title": title,
        "sections": articles.sections(),
        "months": articles.months(),
        **more,
    }
    return render(request, "newsroom/index.html", context)


def _section(slug: str) -> Section:
    for found in articles.sections():
        if found.slug == slug:
            return found
    raise Http404


def _tag(slug: str) -> str:
    name = articles.tag_called(slug)
    if name is None:
        raise Http404
    return name
