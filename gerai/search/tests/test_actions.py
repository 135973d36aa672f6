"""The index follows what is put, changed and removed."""

from collections.abc import Callable

import pytest
from django.db import connection

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.tests.factories import a_mall
from gerai.search.actions import Piece, put, rebuild, remove
from gerai.search.models import Entry, Word
from gerai.search.queries import find
from gerai.search.tests.factories import an_entry
from gerai.transactions import OutsideTransaction


def keys(words: str) -> list[str]:
    return [hit.key for hit in find(words).hits]


def counts() -> dict[str, int]:
    return dict(Word.objects.values_list("word", "count"))


def test_an_entry_is_found_by_title_summary_and_text(mall: Mall) -> None:
    put(
        kind="service",
        key="7",
        title="Paspor",
        text="Bawa kartu keluarga.",
        summary="Buku perjalanan",
        url="/layanan/7/",
        icon="book",
    )

    found = [find(words).hits for words in ("paspor", "perjalanan", "keluarga")]
    assert found[0] == found[1] == found[2]
    [hit] = found[0]
    assert (hit.kind, hit.key, hit.title) == ("service", "7", "Paspor")
    assert (hit.summary, hit.url, hit.icon) == ("Buku perjalanan", "/layanan/7/", "book")
    assert hit.published_at is None


def test_a_changed_entry_is_found_by_its_new_words_only(mall: Mall) -> None:
    an_entry("Paspor baru", key="1")
    an_entry("Akta kelahiran", key="1")

    assert (keys("paspor"), keys("akta")) == ([], ["1"])
    assert counts() == {"akta": 1, "kelahiran": 1}
    assert Entry.objects.count() == 1


def test_putting_the_same_again_changes_nothing(mall: Mall) -> None:
    an_entry("Paspor baru", key="1")
    before = list(Entry.objects.values())
    an_entry("Paspor baru", key="1")

    assert list(Entry.objects.values()) == before
    assert counts() == {"paspor": 1, "baru": 1}
    assert keys("paspor") == ["1"]


def test_a_changed_address_alone_is_kept(mall: Mall) -> None:
    an_entry("Paspor", key="1")
    put(kind="news", key="1", title="Paspor", text="", summary="", url="/lain/")

    assert [hit.url for hit in find("paspor").hits] == ["/lain/"]
    assert counts() == {"paspor": 1}


def test_a_removed_entry_is_gone_and_its_words_with_it(mall: Mall) -> None:
    an_entry("Paspor baru", key="1")
    an_entry("Paspor hilang", key="2")
    remove(kind="news", key="1")
    remove(kind="news", key="1")
    remove(kind="service", key="2")

    assert keys("paspor") == ["2"]
    assert counts() == {"paspor": 1, "hilang": 1}


def test_a_kind_is_rebuilt_as_a_whole(mall: Mall) -> None:
    an_entry("Paspor lama", key="1")
    an_entry("Paspor tetap", kind="service", key="1")
    made = rebuild(
        "news",
        [
            Piece("2", "Paspor baru", "", "", "/2/"),
            Piece("3", "Salah", "", "", "/3/"),
            Piece("3", "Paspor ketiga", "", "", "/3/"),
        ],
    )

    assert made == 2
    assert [(hit.kind, hit.key) for hit in find("paspor").hits] == [
        ("service", "1"),
        ("news", "2"),
        ("news", "3"),
    ]
    assert counts() == {"paspor": 3, "tetap": 1, "baru": 1, "ketiga": 1}
    assert rebuild("news", []) == 0
    assert counts() == {"paspor": 1, "tetap": 1}


def test_rebuilding_leaves_other_malls_alone(mall: Mall) -> None:
    an_entry("Paspor", key="1")
    with in_mall(a_mall("lain")):
        rebuild("news", [Piece("1", "Paspor lain", "", "", "/1/")])
        rebuild("news", [])

    assert keys("paspor") == ["1"]
    assert counts() == {"paspor": 1}


def test_null_letters_and_long_texts_are_taken(mall: Mall) -> None:
    put(
        kind="news",
        key="a\0b",
        title="Paspor\0" + "x" * 1000,
        text="akhir " * 100_000 + "\0",
        summary="y" * 1000,
        url="/" + "z" * 1000,
    )

    assert keys("paspor akhir") == ["a b"]
    remove(kind="news", key="a\0b")
    assert keys("paspor akhir") == []


@pytest.mark.parametrize("kind", ["", "Berita", "a b", "a_b", "a" * 21])
def test_a_kind_is_small_letters_and_digits(mall: Mall, kind: str) -> None:
    with pytest.raises(ValueError, match="not a kind"):
        rebuild(kind, [Piece("1", "Paspor", "", "", "/")])
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "act",
    [
        lambda: an_entry("Paspor"),
        lambda: remove(kind="news", key="1"),
        lambda: rebuild("news", []),
    ],
)
def test_the_doors_stand_inside_a_transaction(act: Callable[[], object]) -> None:
    with in_mall(a_mall()), pytest.raises(OutsideTransaction):
        act()


def test_the_index_holds_nothing_that_the_table_does_not(mall: Mall) -> None:
    """Nothing is left in the index of SQLite, which keeps its own rows."""
    an_entry("Paspor baru", key="1")
    an_entry("Paspor hilang", key="1")
    remove(kind="news", key="1")

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
            cursor.execute(
                "SELECT count(*) FROM search_index WHERE search_index MATCH %s",
                [" OR ".join(f'"{mall.pk}_{stem}"' for stem in ("paspor", "baru", "hilang"))],
            )
            assert cursor.fetchone() == (0,)
    assert Word.objects.count() == 0
