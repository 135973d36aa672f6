"""Finding: the same entries in the same order on either database.

The database only says which entries hold which tokens. Who stands first is decided by tiers
(all words in the title, some of them, none) and inside a tier by age and key; no ranking of
the database's own is asked.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from gerai.malls.scope import current_mall
from gerai.search.models import Entry, Word
from gerai.search.rules import (
    CODED_LETTERS,
    LONGEST_QUERY,
    MOST_WORDS,
    SHORTEST_BEGINNING,
    codes_beginning,
    distance_allowed,
    is_last_open,
    mended_text,
    stem_of,
    stems_of,
    sure_letters,
    words_of,
)

MOST_FOUND = 1000
MOST_A_PAGE = 100
MOST_ENDINGS = 24
KIND = re.compile(r"[a-z0-9]{1,20}")

# SQLite: the index's row number is age and key in one (migration 0001), so that it is read in
# order and left as soon as enough is found.
_ON_SQLITE = """
    SELECT rowid & 1073741823 FROM search_index
    WHERE search_index MATCH %s ORDER BY rowid LIMIT %s
"""
# The inner SELECT keeps the planner from guessing by the words: it always takes the index.
_ON_POSTGRESQL = """
    SELECT id FROM search_entry
    WHERE search_tokens(tokens) @@ (SELECT %s::tsquery) ORDER BY age, id LIMIT %s
"""


@dataclass(frozen=True)
class Hit:
    """An entry that was found."""

    kind: str
    key: str
    title: str
    summary: str
    url: str
    icon: str
    published_at: datetime | None


@dataclass(frozen=True)
class Found:
    """A page of hits.

    `total` is exact below `MOST_FOUND`; with `is_more` it means at least so many, and none
    beyond is shown. `corrected` is what was looked for instead where spelling was mended,
    else empty. `is_loose`: nothing holds all the words, these hold some.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_more: bool = False
    corrected: str = ""
    is_loose: bool = False
    page: int = 1
    pages: int = 0


@dataclass(frozen=True)
class Tokens:
    """The names of stems in the index: each begins with the mall's key, so none is shared."""

    mall_id: int

    def text(self, stem: str) -> str:
        """Return the name of a stem that stands anywhere in an entry."""
        return f"{self.mall_id}_{stem}"

    def title(self, stem: str) -> str:
        """Return the name of a stem that stands in the title."""
        return f"{self.mall_id}_t_{stem}"

    def kind(self, kind: str) -> str:
        """Return the name of a kind."""
        return f"{self.mall_id}_k_{kind}"


@dataclass(frozen=True)
class Wish:
    """What is looked for: groups of stems of which one each must stand in an entry."""

    groups: tuple[tuple[str, ...], ...]
    endings: tuple[str, ...] = ()
    corrected: str = ""


def tokens_of(kind: str, title: Iterable[str], words: Iterable[str]) -> str:
    """Return the tokens of an entry of the mall in scope, from the words of title and text."""
    names = Tokens(current_mall().pk)
    stems = stems_of(words)
    return " ".join([names.kind(kind), *map(names.title, stems_of(title)), *map(names.text, stems)])


def find(
    words: str, *, kinds: Collection[str] | None = None, page: int = 1, per_page: int = 20
) -> Found:
    """Return a page of the entries with all the words, the last one perhaps only begun.

    First those with all words in the title, then with some, then with none; among them what
    has no date (services, pages), then the newest. Where nothing holds all words, those that
    hold some. Any text may come in.
    """
    known = None if kinds is None else [kind for kind in kinds if KIND.fullmatch(kind)]
    wish = _wish(words)
    if not wish.groups or known == []:
        return Found()
    asked = _Asked(Tokens(current_mall().pk), known or [])
    ids, is_loose = asked.all_of(wish), False
    if not ids:
        ids, is_loose = asked.some_of(wish), True
    return _page_of(ids, wish.corrected, page, per_page, is_loose=bool(ids) and is_loose)


def newest_of(kinds: Collection[str]) -> int:
    """Return the key of the newest entry of some kinds, 0 without any.

    It grows whenever a kind is rebuilt, so it tells whether something may have changed.
    """
    newest: int | None = Entry.objects.filter(kind__in=kinds).aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def nearest(word: str) -> str:
    """Return the word of the mall that was probably meant, or nothing.

    One mistake (a letter too many, too few, wrong, or two exchanged) in four to seven letters,
    two in longer words; of several the nearest, then the most frequent, then by the alphabet.
    Two mistakes are mended where the first or the last three letters are right.
    """
    allowed = distance_allowed(word)
    if not allowed:
        return ""
    sure = sure_letters(word)
    like = Word.objects.filter(length__range=(len(word) - allowed, len(word) + allowed))
    counts = dict(
        like.filter(head__range=codes_beginning(word[:sure])).values_list("word", "count")
    )
    counts |= like.filter(tail__range=codes_beginning(word[::-1][:sure])).values_list(
        "word", "count"
    )
    near = process.extract(
        word, counts.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=None
    )
    best = min(((far, -counts[each], each) for each, far, _ in near), default=None)
    return best[2] if best else ""


def endings_of(beginning: str) -> list[str]:
    """Return the stems of the most frequent words that begin so."""
    if len(beginning) < SHORTEST_BEGINNING:
        return []
    begun = Word.objects.filter(head__range=codes_beginning(beginning[:CODED_LETTERS]))
    if len(beginning) > CODED_LETTERS:
        begun = begun.filter(word__startswith=beginning)
    frequent = begun.order_by("-count", "head", "length", "pk").values_list("stem", flat=True)
    return list(dict.fromkeys(frequent[:MOST_ENDINGS]))


def _wish(text: str) -> Wish:
    typed = text[:LONGEST_QUERY]
    words = words_of(typed)[:MOST_WORDS]
    if not words:
        return Wish(())
    stems = {word: stem_of(word) for word in words}
    standing = set(Word.objects.filter(stem__in=set(stems.values())).values_list("stem", flat=True))
    endings = endings_of(words[-1]) if is_last_open(typed) else []
    mended: dict[str, str] = {}
    groups: dict[tuple[str, ...], None] = {}
    for word in words:
        if stems[word] in standing:
            groups[(stems[word],)] = None
        elif word == words[-1] and endings:
            groups[tuple(endings)] = None
        elif right := nearest(word):
            mended[word] = right
            groups[(stem_of(right),)] = None
        else:
            groups[()] = None
    is_whole = stems[words[-1]] in standing
    return Wish(
        groups=tuple(groups),
        endings=tuple(endings) if is_whole else (),
        corrected=mended_text(typed, mended) if mended else "",
    )


@dataclass(frozen=True)
class _Asked:
    """Expressions in the language of the database, and their answers."""

    names: Tokens
    kinds: Sequence[str]

    def all_of(self, wish: Wish) -> list[int]:
        """Return the keys of the entries that hold every group, one more than the bound."""
        if () in wish.groups:
            return []
        tiers = self._tiers(wish.groups)
        if wish.endings:
            tiers += self._tiers((*wish.groups[:-1], (*wish.groups[-1], *wish.endings)))
        return self._in_tiers(tiers)

    def some_of(self, wish: Wish) -> list[int]:
        """Return the keys of those that hold every known group, else any."""
        groups = tuple(group for group in wish.groups if group)
        if not groups:
            return []
        found = self._in_tiers(self._tiers(groups)) if len(groups) < len(wish.groups) else []
        if found:
            return found
        every = [stem for group in groups for stem in group]
        return self._in_tiers(
            [_any(map(self.names.title, every)), _any(map(self.names.text, every))]
        )

    def _tiers(self, groups: Sequence[Sequence[str]]) -> list[str]:
        """Return three expressions, each of which holds the one before it."""
        titles = [_any(map(self.names.title, group)) for group in groups]
        texts = _all(_any(map(self.names.text, group)) for group in groups)
        some = [_all([texts, _either(titles)])] if len(groups) > 1 else []
        return [_all(titles), *some, texts]

    def _in_tiers(self, tiers: Iterable[str]) -> list[int]:
        found: dict[int, None] = {}
        for tier in tiers:
            found |= dict.fromkeys(self._keys(tier))
            if len(found) > MOST_FOUND:
                break
        return list(found)[: MOST_FOUND + 1]

    def _keys(self, expression: str) -> list[int]:
        if self.kinds:
            expression = _all([expression, _any(map(self.names.kind, self.kinds))])
        sql = _ON_SQLITE if connection.vendor == "sqlite" else _ON_POSTGRESQL
        with connection.cursor() as cursor:
            cursor.execute(sql, [expression, MOST_FOUND + 1])
            return [int(key) for (key,) in cursor.fetchall()]


def _page_of(ids: list[int], corrected: str, page: int, per_page: int, *, is_loose: bool) -> Found:
    total = min(len(ids), MOST_FOUND)
    size = min(max(per_page, 1), MOST_A_PAGE)
    page = max(page, 1)
    shown = ids[:total][(page - 1) * size : page * size]
    rows = Entry.objects.in_bulk(shown)
    hits = [rows[key] for key in shown if key in rows]
    return Found(
        hits=tuple(
            Hit(
                each.kind,
                each.key,
                each.title,
                each.summary,
                each.url,
                each.icon,
                each.published_at,
            )
            for each in hits
        ),
        total=total,
        is_more=len(ids) > MOST_FOUND,
        corrected=corrected,
        is_loose=is_loose,
        page=page,
        pages=-(-total // size),
    )


def _any(names: Iterable[str]) -> str:
    quote = '"' if connection.vendor == "sqlite" else "'"
    return _either(f"{quote}{name}{quote}" for name in names)


def _either(parts: Iterable[str]) -> str:
    return _joined(parts, " OR ", " | ")


def _all(parts: Iterable[str]) -> str:
    return _joined(parts, " AND ", " & ")


def _joined(parts: Iterable[str], on_sqlite: str, on_postgresql: str) -> str:
    between = on_sqlite if connection.vendor == "sqlite" else on_postgresql
    return f"({between.join(parts)})"
