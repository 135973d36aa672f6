"""What a news file says, whatever form it came in: stories, and what was not taken."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

RIGHTS_NOTE = "hak pada penerbit; periksa sebelum memakai"
_FIRST_WORDS = 12


class Precision(StrEnum):
    """How much of a date was stated; what was not stated is 1 in the date."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Quote:
    """What somebody said, word for word. speaker: empty if not named beside it."""

    text: str
    speaker: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture of the story. url: empty if the file has its caption only."""

    url: str
    caption: str = ""
    credit: str = ""
    rights: str = RIGHTS_NOTE


@dataclass(frozen=True)
class Story:
    """One report as plain text. What was not stated is empty or None.

    published_on: as precise as ``precision`` says
    event_on: the day the report tells about, from words like "Kamis (10/02)"
    credit: the signature at the end, without its brackets
    paragraphs: without place, credit, bylines and what belongs to the page around the report
    source_note: where it stood, if that is no web address
    line: where it begins in the file, from 1
    """

    line: int
    title: str
    paragraphs: tuple[str, ...]
    published_on: date | None = None
    precision: Precision = Precision.DAY
    event_on: date | None = None
    authors: tuple[str, ...] = ()
    credit: str = ""
    place: str = ""
    quotes: tuple[Quote, ...] = ()
    pictures: tuple[Picture, ...] = ()
    source_name: str = ""
    source_url: str = ""
    source_note: str = ""
    tags: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Return the same 64 signs for the same report: its title and its first words count."""
        words = " ".join(self.paragraphs).split()[:_FIRST_WORDS]
        seen = f"{_letters(self.title)}|{_letters(' '.join(words))}"
        return hashlib.sha256(seen.encode()).hexdigest()


@dataclass(frozen=True)
class Refusal:
    """A story that is not taken: its line in the file (from 1) and the reason (Indonesian)."""

    line: int
    reason: str


@dataclass
class Reading:
    """Everything read from one file."""

    stories: list[Story] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    _lines: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def take(self, story: Story) -> None:
        """Add a story, or refuse it if the file has the same one on an earlier line."""
        line = self._lines.setdefault(story.fingerprint, story.line)
        if line == story.line:
            self.stories.append(story)
        else:
            self.refuse(story.line, f"Sama dengan berita pada baris {line}.")

    def refuse(self, line: int, reason: str) -> None:
        """Add a refusal."""
        self.refused.append(Refusal(line, reason))


def _letters(text: str) -> str:
    return "".join(mark for mark in text.casefold() if mark.isalnum())
