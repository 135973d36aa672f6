"""From the pieces found in a file to a story within the limits."""

from dataclasses import dataclass, field
from datetime import date

from gerai.newsroom.reading.dates import Day, event_day
from gerai.newsroom.reading.report import picture_words, take_apart
from gerai.newsroom.reading.stories import Picture, Precision, Story
from gerai.newsroom.reading.texts import (
    MOST_AUTHORS,
    MOST_TAGS,
    NAME_LIMIT,
    NOTE_LIMIT,
    TAG_LIMIT,
    TITLE_LIMIT,
    Unfit,
    check_size,
    few,
    one_line,
)

MOST_PICTURES = 12


@dataclass
class Found:
    """What a file said of one story. lines: paragraphs with what stands around them."""

    line: int
    title: str = ""
    lines: list[str] = field(default_factory=list)
    published: Day | None = None
    authors: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    source_name: str = ""
    source_url: str = ""
    source_note: str = ""
    tags: list[str] = field(default_factory=list)


def story_of(found: Found, today: date) -> Story:
    """Return the story.

    :raises Unfit: no title, no text, or something too long
    """
    title = one_line(found.title, "Judul", TITLE_LIMIT)
    if not any(mark.isalnum() for mark in title):
        raise Unfit("Judulnya kosong. Isi dahulu.")
    check_size(found.lines)
    captions = {picture.caption for picture in found.pictures if picture.caption}
    lines = [line for line in found.lines if picture_words(line)[0] not in captions]
    report = take_apart(lines, title)
    paragraphs = report.paragraphs
    if not any(mark.isalnum() for text in paragraphs for mark in text):
        raise Unfit("Isi beritanya kosong. Isi dahulu.")
    return Story(
        line=found.line,
        title=title,
        paragraphs=tuple(paragraphs),
        published_on=found.published.on if found.published else None,
        precision=found.published.precision if found.published else Precision.DAY,
        event_on=event_day(paragraphs, found.published, today),
        authors=few([*found.authors, *report.authors], limit=NAME_LIMIT, most=MOST_AUTHORS),
        credit=report.credit,
        place=report.place,
        quotes=report.quotes,
        pictures=_each_once(found.pictures),
        source_name=one_line(found.source_name or report.media, "Nama media", NAME_LIMIT),
        source_url=found.source_url,
        source_note=one_line(found.source_note, "Tautan", NOTE_LIMIT),
        tags=few([*found.tags, *report.tags], limit=TAG_LIMIT, most=MOST_TAGS),
    )


def _each_once(pictures: list[Picture]) -> tuple[Picture, ...]:
    """Keep the best told of the pictures with the same address."""
    kept: dict[str, Picture] = {}
    for picture in pictures:
        key = picture.url.partition("?")[0] or picture.caption
        told = kept.get(key)
        if told is None or (picture.caption and not told.caption):
            kept[key] = picture
    return tuple(kept.values())[:MOST_PICTURES]
