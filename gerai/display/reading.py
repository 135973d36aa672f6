"""A kiosk's page as it is heard: what is read out, in order, and the key that chooses each thing.

The page itself is the source, so what is spoken is what it shows. Pure: no Django, no sound.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from gerai.display.announcement import Language, number_words, spoken_label, spoken_name

KEY: Final = "data-gerai-pad"
SAY: Final = "data-gerai-say"
UNHEARD: Final = "data-gerai-unheard"
LONGEST_PIECE: Final = 400
NUMBERED: Final = 9

_VOID = frozenset(str.split("area br col embed hr img input link meta source track wbr"))
_SILENT = frozenset(str.split("noscript script style svg template"))
_READ = frozenset(str.split("dd dt h1 h2 h3 h4 label legend li p"))
# Within one choice these stand below each other: a voice pauses between them.
_APART = frozenset(str.split("tile-name tile-note"))

_KEY_NAMES: dict[Language, dict[str, str]] = {
    "id": {"-": "kurang", "*": "bintang"},
    "en": {"-": "minus", "*": "star"},
}
_PRESS: dict[Language, str] = {"id": "Tekan", "en": "Press"}
_SCALES: dict[Language, tuple[tuple[int, str], ...]] = {
    "id": ((10**9, "miliar"), (10**6, "juta"), (10**3, "ribu")),
    "en": ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")),
}
_MONEY = re.compile(r"\bRp\s?(\d[\d.]*\d|\d)(?:,00|,-)?")
_THOUSANDS = re.compile(r"\b\d{1,3}(?:\.\d{3})+\b")
_LONG_NUMBER = re.compile(r"\b[1-9]\d{3,9}\b")
_HOUR = re.compile(r"\b([01]?\d|2[0-4])[.:]([0-5]\d)\b")
_LABEL = re.compile(r"\b[A-Z]{1,3}-?\d{2,4}\b")
# A full stop that ends no sentence.
_SHORTENED = re.compile(r"\b(Jl|Kab|Kec|Kel|No|Prov)\.(?=\s)")
_MYSELF = re.compile(r"\bI\b")
_STOPS = re.compile(r"[.;:!?\u2013\u2014\u00b7/]+(?=\s|$)|[\u2192\n]")


@dataclass(frozen=True)
class Heard:
    """One thing that is read out.

    at: where its tag takes one more attribute. key: what chooses it on a keypad, empty where
    nothing does. pieces: language and words, as a voice says them, in order.
    """

    at: int
    is_choice: bool
    key: str
    pieces: tuple[tuple[Language, str], ...]


def heard(html: str, language: Language) -> list[Heard]:
    """Return what is read out of a part of a page, in the page's order.

    Choices are links and buttons. The first nine have the keys 1 to 9; one with `data-gerai-pad`
    has the key named there. What is hidden, or within `data-gerai-unheard`, is left out;
    `data-gerai-say` is read instead of what it stands on.
    """
    reader = _Reader(html, language)
    reader.feed(html)
    reader.close()
    return list(_numbered(reader.units, language))


def said(text: str, language: Language) -> str:
    """Return words as a voice says them: numbers, hours, money and short forms in full.

    >>> said("Rp15.000; buka 08.30. KTP-el: A035", "id")
    'lima belas ribu rupiah. buka delapan lewat tiga puluh. ka te pe el. a, nol, tiga, lima'
    """
    if language == "en":
        text = _MYSELF.sub("eye", text)
    text = _SHORTENED.sub(r"\1", text)
    text = _LABEL.sub(lambda found: spoken_label(found[0], language=language), text)
    text = _MONEY.sub(lambda found: f"{_amount(found[1], language)} rupiah", text)
    text = _THOUSANDS.sub(lambda found: _amount(found[0], language), text)
    text = _LONG_NUMBER.sub(lambda found: _amount(found[0], language), text)
    text = _HOUR.sub(lambda found: _hour(int(found[1]), int(found[2]), language), text)
    clauses = (spoken_name(clause, language=language) for clause in _STOPS.split(text))
    return ". ".join(filter(None, clauses))


@dataclass
class _Unit:
    at: int
    is_choice: bool
    key: str
    instead: str
    language: Language
    words: list[tuple[Language, str]] = field(default_factory=list)

    def add(self, language: Language, text: str) -> None:
        if self.words and self.words[-1][0] == language:
            self.words[-1] = (language, self.words[-1][1] + text)
        elif text.strip():
            self.words.append((language, text))

    def spoken(self) -> list[tuple[Language, str]]:
        words = [(self.language, self.instead)] if self.instead else self.words
        cleaned = ((language, said(" ".join(text.split()), language)) for language, text in words)
        return [(language, text) for language, text in cleaned if text]


@dataclass(frozen=True)
class _Open:
    tag: str
    language: Language
    is_silent: bool
    unit: _Unit | None
    is_apart: bool = False


class _Reader(HTMLParser):
    def __init__(self, html: str, language: Language) -> None:
        super().__init__()
        self.units: list[_Unit] = []
        self._language = language
        self._stack: list[_Open] = []
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        said_of = {name: value or "" for name, value in attrs}
        above = self._stack[-1] if self._stack else _Open("", self._language, False, None)  # noqa: FBT003
        spoken = said_of.get("lang", "")[:2]
        language = spoken if spoken in _PRESS else above.language
        is_silent = (
            above.is_silent
            or tag in _SILENT
            or "hidden" in said_of
            or UNHEARD in said_of
            or said_of.get("aria-hidden") == "true"
        )
        unit = above.unit
        is_choice = (tag == "a" and "href" in said_of) or (
            tag == "button" and "disabled" not in said_of
        )
        if not is_silent and not (unit and unit.is_choice) and (is_choice or tag in _READ):
            instead = said_of.get(SAY) or (said_of.get("aria-label", "") if is_choice else "")
            unit = _Unit(self._end(), is_choice, said_of.get(KEY, ""), instead, language)
            self.units.append(unit)
        is_apart = bool(_APART.intersection(said_of.get("class", "").split()))
        self._stack.append(_Open(tag, language, is_silent, unit, is_apart))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave out what holds no words."""

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._stack) - 1, -1, -1):
            if self._stack[place].tag == tag:
                closed = self._stack[place]
                del self._stack[place:]
                if closed.is_apart and closed.unit and not closed.is_silent:
                    closed.unit.add(closed.language, ". ")
                return

    def handle_data(self, data: str) -> None:
        inner = self._stack[-1] if self._stack else None
        if inner and inner.unit and not inner.is_silent:
            inner.unit.add(inner.language, data)

    def _end(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column + len(self.get_starttag_text() or "") - 1


def _numbered(units: Iterable[_Unit], language: Language) -> Iterator[Heard]:
    number = 0
    for unit in units:
        pieces = unit.spoken()
        if not pieces:
            continue
        key = unit.key
        if unit.is_choice and not key and number < NUMBERED:
            number += 1
            key = str(number)
        if unit.is_choice and key:
            name = _KEY_NAMES[language].get(key) or number_words(int(key), language=language)
            press = f"{_PRESS[language]} {name}"
            if pieces[0][0] == language:
                pieces[0] = (language, f"{press}, {pieces[0][1]}")
            else:
                pieces.insert(0, (language, press))
        short = tuple((tongue, part) for tongue, text in pieces for part in _parts(text))
        yield Heard(unit.at, unit.is_choice, key, short)


def _parts(text: str) -> Iterator[str]:
    """Cut what is too long for one breath where a sentence or at least a word ends."""
    while len(text) > LONGEST_PIECE:
        place = text.rfind(". ", 0, LONGEST_PIECE)
        if place < 1:
            place = text.rfind(" ", 0, LONGEST_PIECE)
        place = place if place > 0 else LONGEST_PIECE
        yield text[:place].strip(" .,")
        text = text[place:].strip(" .,")
    if text:
        yield text


def _amount(digits: str, language: Language) -> str:
    return _many(int(digits.replace(".", "")), language)


def _many(number: int, language: Language) -> str:
    """Return any whole number in words.

    >>> _many(1_250_000, "id"), _many(1500, "id"), _many(1500, "en")
    ('satu juta dua ratus lima puluh ribu', 'seribu lima ratus', 'one thousand five hundred')
    """
    words = []
    for scale, name in _SCALES[language]:
        many, number = divmod(number, scale)
        if many == 1 and name == "ribu":
            words.append("seribu")
        elif many:
            words.append(f"{_many(many, language)} {name}")
    if number or not words:
        words.append(number_words(number, language=language))
    return " ".join(words)


def _hour(hour: int, minute: int, language: Language) -> str:
    spoken = number_words(hour, language=language)
    if not minute:
        return spoken
    minutes = number_words(minute, language=language)
    return f"{spoken} lewat {minutes}" if language == "id" else f"{spoken} {minutes}"
