"""Handing the newsroom a draft with facts and pictures from another room; never published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from gerai.errors import Refused
from gerai.newsroom.models import Article, Picture, Section
from gerai.newsroom.queries.sites import mall_site
from gerai.people import audit
from gerai.transactions import inside_transaction


class NoNewsroom(Refused):
    """The mall has no website, or none of its categories takes the draft."""

    message = _("Mal ini belum punya ruang berita. Jalankan dahulu: gerai prepare")


@dataclass(frozen=True)
class DraftPicture:
    """A picture with what it shows, and with whose leave it may be used."""

    content: bytes
    name: str
    title: str
    caption: str
    credit: str
    rights_note: str


@dataclass(frozen=True)
class Draft:
    """What a story may be made of: plain paragraphs, facts, quotes, pictures."""

    title: str
    summary: str
    place: str
    event_on: date
    paragraphs: Sequence[str]
    facts_title: str = ""
    facts: Sequence[str] = ()
    quotes: Sequence[tuple[str, str]] = ()
    pictures: Sequence[DraftPicture] = ()
    credit: str = ""
    topics: Sequence[str] = ()


@inside_transaction
def draft(story: Draft, *, section: str, by: audit.Actor) -> Article:
    """Write a draft below the category with this slug, or the first one.

    Its pictures go to the disk, where no transaction takes them back: claim what the draft is
    of before.

    :raises NoNewsroom: there is no category to write in
    """
    site = mall_site()
    sections = list(Section.objects.descendant_of(site.home).order_by("path")) if site else []
    shelf = next((each for each in sections if each.slug == section), None)
    shelf = shelf or (sections[0] if sections else None)
    if site is None or shelf is None:
        raise NoNewsroom
    pictures = [_kept(picture, site.collection, by) for picture in story.pictures]
    article = Article(
        title=story.title[:255],
        summary=story.summary[:400],
        place=story.place[:80],
        event_on=story.event_on,
        credit=story.credit[:160],
        body=list(_body(story, pictures[1:])),
        tag_line=", ".join(story.topics)[:300],
        lead_picture=pictures[0][0] if pictures else None,
        lead_caption=pictures[0][1].caption[:300] if pictures else "",
        live=False,
        owner=by.user,
    )
    shelf.add_child(instance=article)
    article.save_revision(user=by.user)
    audit.record("newsroom.draft", thing=f"article:{article.pk}", by=by)
    return article


def _kept(picture: DraftPicture, shelf: Any, by: audit.Actor) -> tuple[Picture, DraftPicture]:
    kept = Picture(
        title=picture.title[:255],
        file=ContentFile(picture.content, name=picture.name),
        description=(picture.caption or picture.title)[:255],
        credit=picture.credit[:160],
        rights_note=picture.rights_note[:300],
        collection=shelf,
        uploaded_by_user=by.user,
    )
    kept.save()
    return kept, picture


def _body(
    story: Draft, pictures: Iterable[tuple[Picture, DraftPicture]]
) -> Iterable[dict[str, Any]]:
    yield {"type": "text", "value": _html(story.paragraphs)}
    for words, who in story.quotes:
        yield {"type": "quote", "value": {"words": words[:600], "who": who[:160]}}
    for kept, told in pictures:
        value = {
            "picture": kept.pk,
            "alternative": (told.caption or told.title)[:200],
            "caption": told.caption[:300],
        }
        yield {"type": "picture", "value": value}
    if story.facts:
        value = {"title": story.facts_title[:120], "text": _html(story.facts)}
        yield {"type": "facts", "value": value}


def _html(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)
