"""How long a search takes among many articles: figures are printed, results are asserted.

Small by default. The full measure, on either database (-s shows the figures):
GERAI_SEARCH_ENTRIES=50000 pytest tests/stress/test_search_speed.py -s -m stress
The articles are made up: words of the stemmer's dictionary with affixes, as frequent as words
are in a language, 200 to 400 in each, and words of the mall at frequencies of their own.
"""

import os
import random
import statistics
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

import pytest
from django.db import connection
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.tests.factories import a_mall
from gerai.search.actions import Piece, put, rebuild
from gerai.search.models import Entry, Word
from gerai.search.queries import MOST_FOUND, find
from gerai.search.rules import stem_of, words_of

pytestmark = [pytest.mark.stress, pytest.mark.django_db]

ENTRIES = int(os.environ.get("GERAI_SEARCH_ENTRIES", "2000"))
ROUNDS = int(os.environ.get("GERAI_SEARCH_ROUNDS", "20"))
DAY = datetime(2026, 11, 23, tzinfo=UTC)
AFFIXES = (
    "{}", "{}", "{}", "me{}kan", "di{}kan", "pe{}an", "{}nya", "ber{}", "ter{}", "ke{}an", "di{}",
)  # fmt: skip

# Share of the articles that hold a word, and that hold it in their title.
COMMON = {
    "pelayanan": (1.0, 0.3),
    "masyarakat": (0.7, 0.05),
    "mal": (0.6, 0.4),
    "ktp": (0.2, 0.02),
    "izin": (0.25, 0.03),
    "perpanjangan": (0.08, 0.01),
    "paspor": (0.05, 0.01),
    "antrean": (0.1, 0.01),
    "kelahiran": (0.02, 0.002),
}
QUERIES = {
    "everywhere": "pelayanan",
    "everywhere, typed on": "pelayana",
    "three of the commonest": "pelayanan masyarakat mal",
    "two common": "pengurusan izin masyarakat",
    "three common": "ktp perizinan masyarakat",
    "common and rare": "perpanjangan paspor",
    "spelling and affix": "antrian pembuatan ktp",
    "one mistake": "paspot",
    "two mistakes": "perpanjagnan masyarkat",
    "three letters typed": "per",
    "four letters typed": "meny",
    "begun after common": "pelayanan masyarakat per",
    "eight words": "pelayanan masyarakat mal ktp izin perpanjangan paspor kelahiran",
    "seven mistakes": "pelayanab masyaraket perpanjanhan kelahirsn antreab pasppr perizinam",
    "nothing holds all": "kelahiran paspor zzzzzzzzzz",
    "nothing at all": "qqqqqqqqq",
}


def vocabulary() -> list[str]:
    chance = random.Random(11)
    roots = [word for word in StemmerFactory().get_words() if word.isalpha()]
    words = [chance.choice(AFFIXES).format(root) for root in roots for _ in range(4)]
    chance.shuffle(words)
    return words


def articles(number: int) -> Iterator[Piece]:
    chance = random.Random(7)
    words = vocabulary()
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))

    def some(count: int) -> list[str]:
        return [words[bisect(weights, chance.random() * weights[-1])] for _ in range(count)]

    for key in range(number):
        title, text = some(chance.randint(4, 9)), some(chance.randint(200, 400))
        for word, (share, titles) in COMMON.items():
            if chance.random() < share:
                text.insert(chance.randrange(len(text)), word)
            if chance.random() < titles:
                title.append(word)
        at = None if key % 100 == 0 else DAY - timedelta(minutes=chance.randrange(10_000_000))
        body = " ".join(text)
        yield Piece(str(key), " ".join(title), body, body[:160], f"/berita/{key}/", at)


@pytest.fixture
def mall() -> Iterator[Mall]:
    with in_mall(a_mall()) as made:
        yield made


def expected(pieces: list[Piece], words: str) -> list[str]:
    """Find by walking over everything."""
    stems = [stem_of(word) for word in words_of(words)]
    ranked = []
    for place, piece in enumerate(pieces):
        title = {stem_of(word) for word in words_of(piece.title)}
        text = title | {stem_of(word) for word in words_of(piece.text)}
        if not text.issuperset(stems):
            continue
        in_title = sum(stem in title for stem in stems)
        tier = 0 if in_title == len(stems) else 1 if in_title else 2
        newest = -piece.at.timestamp() if piece.at else float("-inf")
        ranked.append((tier, newest, place, piece.key))
    return [key for *_, key in sorted(ranked)]


def timed(act: Callable[[], object], rounds: int) -> list[float]:
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        took.append((time.perf_counter() - start) * 1000)
    return sorted(took)


def told(name: str, took: list[float], more: str = "") -> None:
    p95 = took[min(round(len(took) * 0.95), len(took) - 1)]
    print(f"{name:26} p50 {statistics.median(took):7.1f} ms  p95 {p95:7.1f} ms  {more}")


def test_many_articles_are_found_rightly(mall: Mall) -> None:
    pieces = list(articles(ENTRIES))
    start = time.perf_counter()
    assert rebuild("news", pieces) == ENTRIES
    filled = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"\n{connection.vendor}: {ENTRIES} articles, {Word.objects.count()} words, "
        f"filled in {filled:.1f} s"
    )

    every = []
    for name, words in QUERIES.items():
        found = find(words)
        took = timed(lambda words=words: find(words), ROUNDS)
        every += took
        told(name, took, f"{found.total}{'+' if found.is_more else ''} {found.corrected}")
    told("all", sorted(every))
    last = iter(articles(50))
    took = timed(
        lambda: (
            put(
                kind="news",
                **{
                    name: getattr(piece, name) for name in ("title", "text", "summary", "url", "at")
                },
                key=f"new-{piece.key}",
            )
            if (piece := next(last))
            else None
        ),
        50,
    )
    told("put", took)
    for piece in articles(50):
        Entry.objects.filter(key=f"new-{piece.key}").delete()

    for name in ("everywhere", "three of the commonest", "common and rare", "three common"):
        keys = [
            hit.key
            for page in range(1, MOST_FOUND // 100 + 1)
            for hit in find(QUERIES[name] + " ", page=page, per_page=100).hits
        ]
        right = expected(pieces, QUERIES[name])
        assert keys == right[:MOST_FOUND]
        assert find(QUERIES[name] + " ").is_more == (len(right) > MOST_FOUND)
