"""Every public address of a mall, for search engines."""

from dataclasses import dataclass
from datetime import datetime

from gerai.directory.catalogue.texts import slug_of
from gerai.directory.models import Agency, Service
from gerai.newsroom.models import Article
from gerai.newsroom.queries.articles import sections
from gerai.newsroom.rules import page_path
from gerai.website.queries.menu import free_pages

FIXED = ("/", "/layanan/", "/instansi/", "/lantai/", "/berita/", "/antre/")
MOST_STORIES = 45_000  # a map holds 50,000 addresses


@dataclass(frozen=True)
class Place:
    """An address, and since when it says what it says, where that is known."""

    path: str
    changed_at: datetime | None = None


def everything() -> list[Place]:
    """Return every public page of the mall in scope, the newest stories first."""
    services = Service.objects.filter(is_active=True, agency__is_active=True).order_by("pk")
    agencies = Agency.objects.filter(is_active=True).order_by("pk")
    stories = Article.objects.here().published().newest_first()
    told = stories.values_list("url_path", "last_published_at")[:MOST_STORIES]
    return [
        *map(Place, FIXED),
        *[Place(f"/layanan/{slug_of(code)}/") for code in services.values_list("code", flat=True)],
        *[Place(f"/instansi/{slug_of(code)}/") for code in agencies.values_list("code", flat=True)],
        *[Place(page.url) for page in free_pages()],
        *[Place(f"/berita/{section.slug}/") for section in sections()],
        *[Place(page_path(path), changed) for path, changed in told],
    ]


def news_since(moment: datetime) -> list[Article]:
    """Return the stories that readers see since a moment, newest first."""
    stories = Article.objects.here().published().newest_first()
    return list(stories.filter(shown_at__gte=moment)[:1000])
