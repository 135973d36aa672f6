"""Stories as readers leaf through them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth, ExtractYear

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.newsroom.models import Article, ArticleTag, MallSite, RelatedArticle, Section
from gerai.newsroom.models.pages import ArticleQuerySet
from gerai.newsroom.queries.sites import news_index
from gerai.newsroom.queries.text import plain_text
from gerai.newsroom.rules import reading_minutes, takes_comments

PER_PAGE = 12
MOST_RELATED = 4
MONTHS_SHOWN = 24
HEADLINES = 3
FRESH = timedelta(days=14)


@dataclass(frozen=True)
class Around:
    """What stands around a story."""

    section: Section | None
    minutes: int
    previous: Article | None
    next: Article | None
    related: list[RelatedArticle]
    tags: list[ArticleTag]
    takes_comments: bool


@dataclass(frozen=True)
class Month:
    """A month of the archive, with how many stories it has."""

    first_day: date
    count: int


def published() -> ArticleQuerySet:
    """Return what readers of the mall in scope see, newest first, with its pictures."""
    found: ArticleQuerySet = Article.objects.here().published().newest_first()
    return found.select_related("lead_picture")


def page_of(stories: ArticleQuerySet, number: str) -> Page[Article]:
    """Return a page of stories; a senseless number is the nearest page there is."""
    return Paginator(stories, PER_PAGE).get_page(number)


def in_section(section: Section) -> ArticleQuerySet:
    """Return the stories of a category."""
    return published().filter(path__startswith=section.path)


def with_tag(slug: str) -> ArticleQuerySet:
    """Return the stories of a topic."""
    return published().filter(tags__slug=slug)


def of_month(year: int, month: int) -> ArticleQuerySet:
    """Return the stories published in a month of the mall's wall clock."""
    zone = current_mall().zone
    begins = clock.at(date(year, month, 1), 0, 0, zone)
    following = date(year + month // 12, month % 12 + 1, 1)
    return published().filter(shown_at__gte=begins, shown_at__lt=clock.at(following, 0, 0, zone))


def pinned() -> list[Article]:
    """Return what the newsroom keeps on top."""
    return list(published().filter(is_pinned=True)[:3])


def latest(count: int) -> list[Article]:
    """Return the newest stories, pinned ones first."""
    return list(published().order_by("-is_pinned", "-shown_at", "-pk")[:count])


def headlines(now: datetime) -> tuple[str, ...]:
    """Return the newest headlines that are still news, for the screens of the hall."""
    fresh = Article.objects.here().published().filter(shown_at__gte=now - FRESH)
    return tuple(fresh.newest_first().values_list("title", flat=True)[:HEADLINES])


def everywhere(number: str) -> Page[Article]:
    """Return a page of the stories of all active malls of the installation, newest first."""
    stories = Article.objects.published().filter(mall__is_active=True).newest_first()
    return Paginator(stories.select_related("mall"), PER_PAGE).get_page(number)


def sections() -> list[Section]:
    """Return the categories in their order."""
    index = news_index()
    return list(Section.objects.child_of(index).live().order_by("path")) if index else []


def tag_called(slug: str) -> str | None:
    """Return how a topic is written, if any story that readers see has it."""
    return (
        ArticleTag.objects.filter(slug=slug, article__shown_at__isnull=False)
        .values_list("name", flat=True)
        .first()
    )


def months() -> list[Month]:
    """Return the months that have stories, newest first."""
    zone = clock.zone_of(current_mall().zone)
    counted = (
        Article.objects.here()
        .published()
        .order_by()
        .values(
            year=ExtractYear("shown_at", tzinfo=zone), month=ExtractMonth("shown_at", tzinfo=zone)
        )
        .annotate(count=Count("pk"))
        .order_by("-year", "-month")[:MONTHS_SHOWN]
    )
    return [Month(date(row["year"], row["month"], 1), row["count"]) for row in counted]


def around(article: Article) -> Around:
    """Return what stands around a story: neighbours, related stories, topics, comments or not."""
    site = MallSite.objects.get()
    return Around(
        section=Section.objects.filter(pk=article.get_parent().pk).first(),
        minutes=reading_minutes(plain_text(article)),
        previous=_neighbour(article, is_later=False),
        next=_neighbour(article, is_later=True),
        related=list(
            RelatedArticle.objects.filter(article_id=article.pk, other__shown_at__isnull=False)
            .select_related("other__lead_picture")
            .order_by("-score", "-other__shown_at")[:MOST_RELATED]
        ),
        tags=list(ArticleTag.objects.filter(article_id=article.pk).order_by("pk")),
        takes_comments=takes_comments(
            is_open=article.takes_comments and site.comment_rule != "closed",
            published_at=article.first_published_at,
            days=site.comments_close_after_days,
            now=clock.now(),
        ),
    )


def _neighbour(article: Article, *, is_later: bool) -> Article | None:
    """Return the story before or after one; equal moments go by key."""
    moment: datetime | None = article.shown_at
    if moment is None:
        return None
    stories = Article.objects.here().published()
    if is_later:
        later = Q(shown_at__gt=moment) | Q(shown_at=moment, pk__gt=article.pk)
        return stories.filter(later).order_by("shown_at", "pk").first()
    earlier = Q(shown_at__lt=moment) | Q(shown_at=moment, pk__lt=article.pk)
    return stories.filter(earlier).order_by("-shown_at", "-pk").first()
