"""What follows when the page tree publishes a story or takes it back."""

from wagtail.models import Page

from gerai import later
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.newsroom.actions.sites import bump_version
from gerai.newsroom.models import Article, ArticleTag
from gerai.newsroom.queries.text import article_path, plain_text
from gerai.newsroom.rules import tag_slug
from gerai.search import actions as search
from gerai.transactions import joined_transaction

KIND = "news"


@joined_transaction
def show(article: Article) -> None:
    """Let readers find a story that was published: lists, topics, search, kept pages, screens."""
    Article.objects.filter(pk=article.pk).update(shown_at=article.first_published_at)
    ArticleTag.objects.filter(article=article).delete()
    tags = {tag_slug(name): name for name in article.tag_names}
    ArticleTag.objects.bulk_create(
        ArticleTag(mall=current_mall(), article=article, name=name[:80], slug=slug)
        for slug, name in tags.items()
        if slug
    )
    _find(article)
    bump_version()
    for task in ("newsroom.draw", "newsroom.relate"):
        later.run(task, mall=current_mall().pk, article=article.pk)
    publish("newsroom.publish", article.pk)


@joined_transaction
def hide(article: Article) -> None:
    """Let no reader find a story that was taken back or is about to be deleted."""
    Article.objects.filter(pk=article.pk).update(shown_at=None)
    search.remove(kind=KIND, key=str(article.pk))
    bump_version()
    publish("newsroom.unpublish", article.pk)


@joined_transaction
def readdress(page: Page) -> None:
    """Let readers find a page that was moved or renamed, and the stories below it."""
    for article in Article.objects.here().published().filter(path__startswith=page.path):
        _find(article)
    bump_version()


def _find(article: Article) -> None:
    search.put(
        kind=KIND,
        key=str(article.pk),
        title=article.title,
        summary=article.summary,
        text=f"{plain_text(article)} {article.place} {article.tag_line}",
        url=article_path(article),
        at=article.first_published_at,
    )
