"""The newsroom of a mall to attack."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils.text import slugify

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.newsroom.models import (
    Article,
    ArticleTag,
    BlockedSender,
    BlockedWord,
    Comment,
    Paper,
    Subscription,
)
from gerai.newsroom.queries.newsletter import hash_of, stop_token
from gerai.newsroom.tests.factories import a_comment, an_article, an_open_site


@dataclass
class Newsroom:
    """What belongs to the newsroom of a mall."""

    story: Article
    tag: ArticleTag
    comment: Comment
    paper: Paper
    word: BlockedWord
    sender: BlockedSender
    confirm_token: str
    stop_token: str


def a_newsroom(word: str) -> Newsroom:
    """Make a story with everything that hangs on it."""
    mall = current_mall()
    story = an_article(
        title=f"Berita{word}",
        summary=f"Ringkasan{word}",
        slug=slugify(f"berita{word}"),
        tag_line=f"topik{word}",
    )
    paper = Paper.objects.create(
        title=f"Dokumen{word}",
        file=ContentFile(b"a,b", name="dokumen.csv"),
        collection=an_open_site().collection,
    )
    now = clock.now()
    confirm_token = f"setuju-{mall.slug}"
    subscription = Subscription.objects.create(
        mall=mall,
        address=f"pembaca{slugify(word)}@contoh.id",
        state="asked",
        token_hash=hash_of(confirm_token),
        asked_at=now,
        consent_version=1,
    )
    return Newsroom(
        story=story,
        tag=ArticleTag.objects.get(article=story),
        comment=a_comment(story, name=f"Pembaca{word}", text=f"Komentar{word}"),
        paper=paper,
        word=BlockedWord.objects.create(mall=mall, word=f"kata{word}"),
        sender=BlockedSender.objects.create(
            mall=mall, sender="0" * 64, since=now, until=now + timedelta(days=30)
        ),
        confirm_token=confirm_token,
        stop_token=stop_token(subscription),
    )
