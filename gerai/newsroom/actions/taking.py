"""Taking stories from a file into the newsroom, as drafts unless told otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.newsroom.models import Article, Section
from gerai.newsroom.reading import Picture, Precision, Refusal, Story
from gerai.people import audit
from gerai.transactions import one_transaction

SUMMARY_LIMIT = 400
TITLE_LIMIT = 255
ADDRESS_LIMIT = 400
NOON = 12


@dataclass
class Taken:
    """What came of a file."""

    taken: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)


def take_news(
    stories: Iterable[Story], *, section: Section, publishes: bool, by: audit.Actor
) -> Taken:
    """Take stories into a category of the mall in scope, each a transaction of its own.

    A story whose title and first words the newsroom has already is left as it stands, so a
    file may be taken twice. Pictures are not fetched: a draft names them with their source.
    """
    result = Taken()
    for story in stories:
        if len(story.title) > TITLE_LIMIT:
            reason = _("judulnya lebih dari %(most)d huruf.") % {"most": TITLE_LIMIT}
            result.refused.append(Refusal(story.line, reason))
        elif _take(story, section=section, publishes=publishes, by=by):
            result.taken += 1
        else:
            result.unchanged += 1
    return result


@one_transaction
def _take(story: Story, *, section: Section, publishes: bool, by: audit.Actor) -> bool:
    if Article.objects.here().filter(fingerprint=story.fingerprint).exists():
        return False
    article = Article(
        title=story.title,
        slug=_slug(story),
        summary=_summary(story),
        place=story.place[:80],
        event_on=story.event_on,
        authors=[{"type": "author", "value": {"name": name[:120]}} for name in story.authors],
        credit=story.credit[:160],
        body=list(_body(story, names_pictures=not publishes)),
        tag_line=", ".join(story.tags)[:300],
        source_name=(story.source_name or story.source_note or story.source_url)[:160],
        source_url=_address(story.source_url),
        rights_note=_("Hak naskah pada penerbitnya; periksa sebelum menerbitkan."),
        fingerprint=story.fingerprint,
        live=False,
        owner=by.user,
    )
    if story.published_on is not None:
        day = story.published_on
        article.first_published_at = clock.at(day, NOON, 0, current_mall().zone)
    section.add_child(instance=article)
    revision = article.save_revision(user=by.user)
    if publishes:
        revision.publish(user=by.user)
    audit.record("newsroom.take", thing=f"article:{article.pk}", by=by, published=publishes)
    return True


def _slug(story: Story) -> str:
    """Return "" where the page tree makes the address of the title."""
    return "" if slugify(story.title, allow_unicode=True) else f"berita-{story.fingerprint[:12]}"


def _address(url: str) -> str:
    """Return a source's address, or "" where it is none that a page may lead to."""
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return ""
    return url if len(url) <= ADDRESS_LIMIT else ""


def _summary(story: Story) -> str:
    first = story.paragraphs[0] if story.paragraphs else story.title
    if len(first) <= SUMMARY_LIMIT:
        return first
    return first[: SUMMARY_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _body(story: Story, *, names_pictures: bool) -> Iterator[dict[str, Any]]:
    html = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    yield {"type": "text", "value": html}
    if story.precision is not Precision.DAY and names_pictures:
        yield _note(
            _("Tanggal terbit di sumber"),
            _("Sumber hanya menyebut bulan atau tahunnya. Periksa tanggalnya."),
        )
    if story.pictures and names_pictures:
        yield _note(_("Gambar di sumber"), *map(_picture, story.pictures))


def _note(title: str, *lines: str) -> dict[str, Any]:
    html = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return {"type": "facts", "value": {"title": title, "text": html}}


def _picture(picture: Picture) -> str:
    told = (picture.caption, picture.credit, picture.url, picture.rights)
    return " · ".join(part for part in told if part)
