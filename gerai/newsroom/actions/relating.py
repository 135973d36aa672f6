"""Which stories belong together."""

from collections.abc import Iterable

from gerai.directory.models import Agency
from gerai.malls.regions import region_names
from gerai.malls.scope import current_mall
from gerai.newsroom.actions.sites import bump_version
from gerai.newsroom.models import Article, RelatedArticle
from gerai.newsroom.queries.text import plain_text
from gerai.newsroom.similarity import Card, card_of, related
from gerai.search.rules import stems_of, words_of
from gerai.transactions import one_transaction

# A story is compared with the newest ones and with those of its own topics.
NEWEST, SAME_TOPIC = 200, 100


@one_transaction
def relate(article: int) -> None:
    """Find the stories that belong to one, and look again at those it is or was found with."""
    story = Article.objects.here().published().filter(pk=article).first()
    if story is None:
        return
    before = _found_with(story)
    cards = {card.key: card for card in _cards(_candidates(story) | before)}
    for other in {*_store(story.pk, cards), *before}:
        _store(other, cards)
    bump_version()


def _found_with(story: Article) -> dict[int, Article]:
    rows = RelatedArticle.objects.filter(other=story).values("article")
    return {each.pk: each for each in Article.objects.here().published().filter(pk__in=rows)}


def _candidates(story: Article) -> dict[int, Article]:
    published = Article.objects.here().published().newest_first()
    near: dict[int, Article] = {each.pk: each for each in published[:NEWEST]}
    topics = list(story.tags.values_list("slug", flat=True))
    same = published.filter(tags__slug__in=topics).distinct()[:SAME_TOPIC]
    return near | {each.pk: each for each in same} | {story.pk: story}


def _cards(stories: dict[int, Article]) -> Iterable[Card]:
    gazetteer = set(region_names().values())
    names: dict[str, str] = {}
    for agency in Agency.objects.all():
        names |= {agency.name: agency.short_name, agency.short_name: agency.short_name}
    for story in stories.values():
        yield card_of(
            story.pk,
            story.title,
            f"{story.summary} {plain_text(story)}",
            stem=lambda text: stems_of(words_of(text)),
            tags=story.tag_names,
            gazetteer=gazetteer,
            names=names,
            day=story.shown_at.date() if story.shown_at else None,
        )


def _store(key: int, cards: dict[int | str, Card]) -> list[int]:
    """Write what belongs to a story; return the keys of the others."""
    found = related(cards[key], cards.values())
    RelatedArticle.objects.filter(article=key).delete()
    RelatedArticle.objects.bulk_create(
        RelatedArticle(
            mall=current_mall(),
            article_id=key,
            other_id=one.key,
            score=one.score,
            reasons=list(one.reasons),
        )
        for one in found
    )
    return [int(one.key) for one in found]
