"""Putting what can be found into the index, and taking it out again."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import connection

from gerai.malls.scope import current_mall
from gerai.search.models import Entry, Word
from gerai.search.queries import KIND, tokens_of
from gerai.search.rules import age_of, code_of, stem_of, words_of
from gerai.transactions import inside_transaction

AT_ONCE = 500

_COUNT = """
    INSERT INTO search_word (mall_id, word, stem, length, head, tail, count)
    VALUES {rows}
    ON CONFLICT (mall_id, word) DO UPDATE SET count = search_word.count + excluded.count
"""


@dataclass(frozen=True)
class Piece:
    """What is to be found: plain text, no mark-up."""

    key: str
    title: str
    text: str
    summary: str
    url: str
    at: datetime | None = None
    icon: str = ""


@inside_transaction
def put(
    *,
    kind: str,
    key: str,
    title: str,
    text: str,
    summary: str,
    url: str,
    at: datetime | None = None,
    icon: str = "",
) -> None:
    """Make a page of the mall findable, or as it is now; the same once more changes nothing.

    A kind is of small letters and digits. Text is plain.
    """
    row = _row(kind, Piece(key, title, text, summary, url, at, icon))
    Entry.objects.bulk_create(
        [Entry(mall=row.mall, kind=row.kind, key=row.key)], ignore_conflicts=True
    )
    standing = Entry.objects.select_for_update().get(kind=row.kind, key=row.key)
    told = {
        name: getattr(row, name)
        for name in (
            "title",
            "summary",
            "url",
            "icon",
            "published_at",
            "age",
            "words",
            "tokens",
        )
    }
    changed = {name: value for name, value in told.items() if getattr(standing, name) != value}
    if changed:
        Entry.objects.filter(pk=standing.pk).update(**changed)
        _count(Counter(row.words.split()), Counter(standing.words.split()))


@inside_transaction
def remove(*, kind: str, key: str) -> None:
    """Make a page unfindable; what is not there stays so."""
    standing = Entry.objects.select_for_update().filter(kind=kind, key=_plain(key, 120)).first()
    if standing is not None:
        Entry.objects.filter(pk=standing.pk).delete()
        _count(Counter(), Counter(standing.words.split()))


@inside_transaction
def rebuild(kind: str, entries: Iterable[Piece]) -> int:
    """Let the mall in scope have these entries of a kind and no others; return how many.

    Of two with one key the later one stands.
    """
    standing = Entry.objects.filter(kind=kind)
    told = standing.select_for_update().values_list("words", flat=True)
    before = _words_of(told.iterator(AT_ONCE))
    standing.delete()
    after: Counter[str] = Counter()
    pieces = iter({piece.key: piece for piece in entries}.values())
    made = 0
    while rows := [_row(kind, piece) for piece in islice(pieces, AT_ONCE)]:
        Entry.objects.bulk_create(rows)
        after += _words_of(row.words for row in rows)
        made += len(rows)
    _count(after, before)
    return made


def _row(kind: str, piece: Piece) -> Entry:
    if not KIND.fullmatch(kind):
        raise ValueError(f"not a kind: {kind!r}")
    title = words_of(piece.title)
    words = list(dict.fromkeys([*title, *words_of(piece.summary), *words_of(piece.text)]))
    return Entry(
        mall=current_mall(),
        kind=kind,
        key=_plain(piece.key, 120),
        title=_plain(piece.title, 300),
        summary=_plain(piece.summary, 600),
        url=_plain(piece.url, 500),
        icon=_plain(piece.icon, 40),
        published_at=piece.at,
        age=age_of(piece.at),
        words=" ".join(words),
        tokens=tokens_of(kind, title, words),
    )


def _plain(text: str, longest: int) -> str:
    return " ".join(text.replace("\0", " ").split())[:longest]


def _words_of(texts: Iterable[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(text.split())
    return counted


def _count(after: Counter[str], before: Counter[str]) -> None:
    """Count words in and out, in one order, so that two who do it wait and never block."""
    differing = sorted(word for word in after.keys() | before.keys() if after[word] != before[word])
    if not differing:
        return
    mall_id = current_mall().pk
    with connection.cursor() as cursor:
        for some in _parts(differing):
            facts: list[str | int] = []
            for word in some:
                change = after[word] - before[word]
                codes = code_of(word), code_of(word[::-1])
                facts += [mall_id, word, stem_of(word), len(word), *codes, change]
            marks = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(some))
            cursor.execute(_COUNT.format(rows=marks), facts)
    gone = [word for word in differing if word not in after]
    for some in _parts(gone):
        Word.objects.filter(word__in=some, count__lte=0).delete()


def _parts(words: list[str]) -> Iterator[list[str]]:
    rest = iter(words)
    while part := list(islice(rest, AT_ONCE)):
        yield part
