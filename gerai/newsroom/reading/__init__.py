"""Reading news as other people publish it. Pure: bytes in, stories out; nothing is fetched."""

from gerai.newsroom.reading.news import FORMS, MOST_BYTES, read_news
from gerai.newsroom.reading.stories import (
    RIGHTS_NOTE,
    Picture,
    Precision,
    Quote,
    Reading,
    Refusal,
    Story,
)
from gerai.newsroom.reading.texts import Unreadable

__all__ = [
    "FORMS",
    "MOST_BYTES",
    "RIGHTS_NOTE",
    "Picture",
    "Precision",
    "Quote",
    "Reading",
    "Refusal",
    "Story",
    "Unreadable",
    "read_news",
]
