"""Which other stories are really related, and why. Pure; better none than a wrong one."""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

MOST = 4
# Tuned on twelve published pieces: see tests/test_similarity.py.
LEAST_SCORE = 0.22
TEXT_SHARE, TAG_SHARE, PLACE_SHARE, ORGANISATION_SHARE, RECENCY_SHARE = 0.5, 0.3, 0.3, 0.1, 0.03
SIMILAR_TEXT = 0.2
TITLE_COUNTS = 2

# As if there were so many more stories: with three of them nothing could be rare.
_PRIOR = 8
_HALF_FADED_DAYS = 365
_MOST_NAMED = 3

_PREFIXES = ("kabupaten administrasi ", "kota administrasi ", "kabupaten ", "kota ", "provinsi ")
# These names are common words too: they count only behind a word that announces a place.
_COMMON_NAMES = (
    "agam alor banjar batang batu belu bima bone buru demak ende kaur kuningan kupang landak"
    " lebak lingga malang medan metro muna padang palu pati pinrang serang siak sigi solok"
    " sorong tual"
)
_COMMON = frozenset(_COMMON_NAMES.split())
_ANNOUNCING = r"(?:kota|kabupaten|kab\.?|pemkab|pemkot|bupati|walikota|mpp|di|ke|dari)\s+"


@dataclass(frozen=True)
class Card:
    """What is compared of one story. words: stem → how often, the title's counting more."""

    key: int | str
    title: str
    words: Mapping[str, int]
    tags: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    day: date | None = None


@dataclass(frozen=True)
class Related:
    """A related story. score: about 0 to 1.2. reasons: in words, the weightiest first."""

    key: int | str
    score: float
    reasons: tuple[str, ...]


def card_of(
    key: int | str,
    title: str,
    text: str,
    *,
    stem: Callable[[str], Sequence[str]],
    tags: Iterable[str] = (),
    gazetteer: Collection[str] = (),
    names: Mapping[str, str] | Collection[str] = (),
    day: date | None = None,
) -> Card:
    """Return the card of a story.

    stem: text → its stems, repeated ones as often as they stand there
    gazetteer: names of regions, with or without "Kabupaten" and "Kota"
    names: of organisations; a mapping gives for each spelling the name that is shown
    """
    whole = f"{title}.\n{text}"
    words = Counter(stem(text))
    for word in stem(title):
        words[word] += TITLE_COUNTS
    places = places_in(whole, gazetteer)
    told = {" ".join(tag.split()).casefold() for tag in tags}
    seen = {place.casefold() for place in places}
    return Card(
        key=key,
        title=title,
        words=words,
        tags=frozenset(told - seen - {""}),
        places=places,
        organisations=organisations_in(whole, names),
        day=day,
    )


def related(card: Card, others: Iterable[Card], *, most: int = MOST) -> list[Related]:
    """Return the stories related to one, the nearest first, few or none rather than wrong ones.

    What nearly all stories share says nothing; what few share says much.
    """
    cards = [other for other in others if other.key != card.key]
    rarity = _Rarity([card, *cards])
    own = rarity.weighted(card)
    found = [_compared(card, own, other, rarity) for other in cards]
    shown = [one for one in found if one.score >= LEAST_SCORE and one.reasons]
    return sorted(shown, key=lambda one: -one.score)[:most]


def places_in(text: str, gazetteer: Collection[str]) -> frozenset[str]:
    """Return the regions that a text names, without "Kabupaten" and "Kota".

    >>> sorted(places_in("MPP Kabupaten Luwu Timur dan Kota Batu", ["Kabupaten Luwu",
    ...     "Kabupaten Luwu Timur", "Kota Batu"]))
    ['Batu', 'Luwu Timur']
    """
    bare = sorted({_bare(name) for name in gazetteer}, key=lambda name: (-len(name), name))
    found = set()
    for name in bare:
        if name not in text and name.upper() not in text:
            continue
        spelled = rf"(?:{re.escape(name)}|{re.escape(name.upper())})"
        announced = rf"(?i:\b{_ANNOUNCING})" if name.casefold() in _COMMON else r"(?<!\w)"
        text, count = re.subn(rf"{announced}{spelled}(?!\w)", " ", text)
        if count:
            found.add(name)
    return frozenset(found)


def organisations_in(text: str, names: Mapping[str, str] | Collection[str]) -> frozenset[str]:
    """Return the organisations that a text names; a short name only as it is written.

    >>> sorted(organisations_in("Gerai BKN dan dinas kesehatan", {"BKN": "Badan Kepegawaian",
    ...     "Dinas Kesehatan": "Dinas Kesehatan"}))
    ['Badan Kepegawaian', 'Dinas Kesehatan']
    """
    shown = names if isinstance(names, Mapping) else {name: name for name in names}
    found = set()
    for spelled, name in shown.items():
        is_long = " " in spelled.strip()
        flags = re.IGNORECASE if is_long else re.NOFLAG
        words = r"\s+".join(map(re.escape, spelled.split()))
        if words and re.search(rf"(?<!\w){words}(?!\w)", text, flags):
            found.add(name)
    return frozenset(found)


class _Rarity:
    """How much it says that two stories share something: 1 if hardly any other has it."""

    def __init__(self, cards: list[Card]) -> None:
        self._stories = len(cards) + _PRIOR
        self._weights = {
            "words": self._weighed(Counter(word for card in cards for word in card.words)),
            "tags": self._weighed(Counter(tag for card in cards for tag in card.tags)),
            "places": self._weighed(Counter(name for card in cards for name in card.places)),
            "organisations": self._weighed(
                Counter(name for card in cards for name in card.organisations)
            ),
        }

    def of(self, kind: str, thing: str) -> float:
        """Return the weight of a word, tag, place or organisation."""
        return self._weights[kind][thing]

    def _weighed(self, counts: Counter[str]) -> dict[str, float]:
        most = math.log(self._stories)
        return {thing: 1 - math.log(count) / most for thing, count in counts.items()}

    def weighted(self, card: Card) -> dict[str, float]:
        """Return the words of a card as a vector of length 1."""
        weights = self._weights["words"]
        vector = {
            word: (1 + math.log(count)) * weights[word]
            for word, count in card.words.items()
            if count > 0
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values()))
        return {word: weight / length for word, weight in vector.items()} if length else {}


def _compared(card: Card, own: dict[str, float], other: Card, rarity: _Rarity) -> Related:
    theirs = rarity.weighted(other)
    text = sum(weight * theirs.get(word, 0.0) for word, weight in own.items())
    parts = [(TEXT_SHARE * text, "isi yang mirip" if text >= SIMILAR_TEXT else "")]
    for share, kind, words, mine, other_ones in (
        (TAG_SHARE, "tags", "topik", card.tags, other.tags),
        (PLACE_SHARE, "places", "tempat", card.places, other.places),
        (
            ORGANISATION_SHARE,
            "organisations",
            "instansi",
            card.organisations,
            other.organisations,
        ),
    ):
        common = sorted(mine & other_ones, key=lambda thing: (-rarity.of(kind, thing), thing))
        weight = min(1.0, sum(rarity.of(kind, thing) for thing in common))
        named = ", ".join(common[:_MOST_NAMED])
        parts.append((share * weight, f"{words} yang sama: {named}" if common else ""))
    score = sum(weight for weight, _ in parts) + RECENCY_SHARE * _nearness(card.day, other.day)
    reasons = [reason for _, reason in sorted(parts, key=lambda part: -part[0]) if reason]
    return Related(other.key, round(score, 4), tuple(reasons))


def _nearness(one: date | None, other: date | None) -> float:
    """Return 1 for the same day, a half for a year between them."""
    if one is None or other is None:
        return 0.0
    return float(0.5 ** (abs((one - other).days) / _HALF_FADED_DAYS))


def _bare(name: str) -> str:
    lowered = name.casefold()
    prefix = next((prefix for prefix in _PREFIXES if lowered.startswith(prefix)), "")
    return name[len(prefix) :].strip()
