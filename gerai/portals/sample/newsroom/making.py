"""Publishing the sample stories, each in a transaction of its own, and the history."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files
from io import BytesIO, StringIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.utils.file import hash_filelike

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.newsroom.actions.publishing import show
from gerai.newsroom.actions.sites import bump_version
from gerai.newsroom.models import Article, MallSite, Paper, Picture, Section
from gerai.people import audit
from gerai.portals.sample.newsroom.history import history_body
from gerai.portals.sample.newsroom.parts import DRAWINGS, Event, Part, SampleStory, Table
from gerai.portals.sample.newsroom.soppeng import SOPPENG_STORIES
from gerai.portals.sample.newsroom.stories import BARRU_STORIES
from gerai.portals.sample.whole import fill_once
from gerai.transactions import inside_transaction, one_transaction
from gerai.website.actions import show_page
from gerai.website.models import HomePage, InfoPage

STORIES: Mapping[str, tuple[SampleStory, ...]] = {
    "barru": BARRU_STORIES,
    "soppeng": SOPPENG_STORIES,
}
DRAWN_BY = "Ilustrasi: Gerai"
RIGHTS = "dibuat untuk contoh ini; bebas dipakai bersama Gerai"
WELCOME = "Satu gedung untuk banyak urusan. Ini mal contoh: silakan mencoba apa saja."
FRONT = "gedung.webp"
HISTORY_OF, HISTORY_PAGE = "barru", "sejarah"


def make_newsroom() -> bool:
    """Fill the newsroom of the sample in scope, once; return whether it changed anything.

    Needs the open website. A mall with any story, of whatever state, stays as it is.
    """
    mall = current_mall()
    stories = STORIES.get(mall.slug, ()) if mall.is_sample else ()
    return fill_once(
        "berita",
        lambda: _tell_all(stories),
        stands=lambda: not stories or Article.objects.here().exists(),
    )


def make_history() -> bool:
    """Fill the history page of the sample Barru, once; return whether it changed anything.

    A page that somebody has edited, and that of any other mall, stays as it is.
    """
    mall = current_mall()
    if mall.slug != HISTORY_OF or not mall.is_sample:
        return False
    return _fill_history()


def _tell_all(stories: Iterable[SampleStory]) -> None:
    _dress_the_front()
    today = clock.local_day(clock.now(), current_mall().zone)
    told = set(Article.objects.here().values_list("slug", flat=True))
    for story in sorted(stories, key=lambda each: -each.days_ago):
        if story.slug not in told:
            _tell(story, today)


@one_transaction
def _dress_the_front() -> None:
    """Give the front page a picture and a sentence, where it has none."""
    home = HomePage.objects.get(pk=MallSite.objects.get().home_id)
    HomePage.objects.filter(pk=home.pk, picture=None).update(picture=_picture(FRONT))
    HomePage.objects.filter(pk=home.pk, lead="").update(lead=WELCOME)
    bump_version()


@one_transaction
def _tell(story: SampleStory, today: date) -> Article:
    """Write a story and let readers see it since its day."""
    day = today - timedelta(days=story.days_ago)
    moment = clock.at(day, *story.at, current_mall().zone)
    site = MallSite.objects.select_related("home").get()
    shelf = Section.objects.descendant_of(site.home).get(slug=story.section)
    article: Article = shelf.add_child(
        instance=Article(
            title=story.title,
            slug=story.slug,
            live=False,
            first_published_at=moment,
            summary=story.summary,
            place=story.place,
            event_on=None if story.happened is None else day - timedelta(days=story.happened),
            authors=[_block("author", name=name, part=part) for name, part in story.authors],
            credit=story.credit,
            lead_picture=_picture(story.drawing),
            lead_caption=story.caption,
            body=[_part(part, day) for part in story.body],
            tag_line=story.tags,
            is_pinned=story.is_pinned,
            corrections=[
                _block("correction", on=(day + timedelta(days=after)).isoformat(), text=said)
                for after, said in story.corrections
            ],
        )
    )
    article.save_revision().publish()
    _show_since(article, moment)
    audit.record("newsroom.tell_sample", thing=f"article:{article.pk}", by=audit.SYSTEM)
    return article


@inside_transaction
def _show_since(article: Article, moment: datetime) -> None:
    """Let the story look as if it had been published at its moment, and be found by readers."""
    Article.objects.filter(pk=article.pk).update(last_published_at=moment)
    article.refresh_from_db()
    if article.shown_at != moment:
        show(article)


@one_transaction
def _fill_history() -> bool:
    home = MallSite.objects.select_related("home").get().home
    page = InfoPage.objects.child_of(home).filter(slug=HISTORY_PAGE).first()
    if page is None or page.latest_revision_id is not None:
        return False
    page.body = history_body()
    page.save_revision().publish()
    show_page(page)
    audit.record("website.fill_history", thing=f"page:{page.pk}", by=audit.SYSTEM)
    return True


def _block(kind: str, **value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}


def _part(part: Part, day: date) -> dict[str, Any]:
    """Return a block as the page keeps it: keys for pictures and papers, moments for days."""
    match part.kind:
        case "picture":
            return {"type": "picture", "value": _pictured(*part.value)}
        case "gallery":
            pictures = [_pictured(*each) for each in part.value]
            return _block("gallery", pictures=pictures)
        case "event":
            return _block("event", **_event(part.value, day))
        case "paper":
            return _block("paper", paper=_paper(part.value).pk, title=part.value.title)
        case _:
            return {"type": part.kind, "value": part.value}


def _pictured(name: str, caption: str) -> dict[str, Any]:
    shows = DRAWINGS[name].shows
    return {"picture": _picture(name).pk, "alternative": shows, "caption": caption}


def _event(told: Event, day: date) -> dict[str, Any]:
    on = day + timedelta(days=told.days_after)
    zone = current_mall().zone
    return {
        "title": told.title,
        "starts_at": clock.at(on, *told.begins, zone).isoformat(),
        "ends_at": clock.at(on, *told.ends, zone).isoformat(),
        "place": told.place,
        "note": told.note,
    }


def _picture(name: str) -> Picture:
    """Return a drawing on the mall's shelf, put there when it is asked for first."""
    drawing = DRAWINGS[name]
    shelf = MallSite.objects.get().collection
    standing: Picture | None = Picture.objects.filter(collection=shelf, title=drawing.title).first()
    if standing is not None:
        return standing
    content = files("gerai.portals.sample.newsroom").joinpath("pictures", name).read_bytes()
    made: Picture = Picture.objects.create(
        title=drawing.title,
        file=ImageFile(BytesIO(content), name=f"contoh-{name}"),
        description=drawing.shows,
        credit=DRAWN_BY,
        rights_note=RIGHTS,
        collection=shelf,
        **_measured(content),
    )
    return made


def _paper(table: Table) -> Paper:
    lines = StringIO()
    csv.writer(lines, lineterminator="\r\n").writerows(table.rows)
    content = lines.getvalue().encode("utf-8")
    made: Paper = Paper.objects.create(
        title=table.title,
        file=ContentFile(content, name=table.file),
        credit="Angka rekaan, dibuat untuk contoh ini",
        collection=MallSite.objects.get().collection,
        **_measured(content),
    )
    return made


def _measured(content: bytes) -> dict[str, Any]:
    """Return what the shelf notes of a file by itself only when an editor uploads it."""
    return {"file_size": len(content), "file_hash": hash_filelike(BytesIO(content))}
