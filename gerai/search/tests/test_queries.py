"""Who is found, in which order, and what is looked for when nothing fits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gerai.malls.models import Mall
from gerai.malls.scope import NoMall, in_mall
from gerai.people.tests.factories import a_mall
from gerai.search.actions import Piece, rebuild
from gerai.search.queries import MOST_FOUND, Found, endings_of, find, nearest
from gerai.search.tests.factories import an_entry

DAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


def keys(words: str) -> list[str]:
    return [hit.key for hit in find(words).hits]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("pengurusan izin", "Mengurus Perizinan"),
        ("urus ijin ", "Pengurusan Izin"),
        ("antrian", "Antrean daring dibuka"),
        ("antrean", "Antrian daring dibuka"),
        ("mengantri", "Cara mengantre"),
        ("pembuatan ktp", "Membuat KTP"),
        ("cara membuat e-ktp", "Pembuatan KTP-el"),
        ("praktek dokter", "Izin Praktik Dokter"),
        ("perpajakan", "Bayar pajak"),
        ("168.362", "Melayani 168.362 orang"),
        ("jumat", "Libur Jum'at Agung"),
        ("CAFÉ", "Izin cafe"),
        ("sim c", "Perpanjangan SIM C"),
    ],
)
def test_forms_and_spellings_of_a_word_are_found(mall: Mall, words: str, title: str) -> None:
    an_entry(title, key="1")
    an_entry("Sesuatu yang berbeda", key="2")

    found = find(words)
    assert [hit.key for hit in found.hits] == ["1"]
    assert (found.total, found.is_loose, found.corrected) == (1, False, "")


def test_all_words_must_stand_in_an_entry(mall: Mall) -> None:
    an_entry("Paspor", "Imigrasi", key="1")
    an_entry("Paspor", key="2")
    an_entry("Imigrasi", key="3")

    assert keys("paspor imigrasi") == ["1"]


def test_titles_stand_before_texts_and_the_newest_before_the_older(mall: Mall) -> None:
    day = timedelta(days=1)
    an_entry("Lain", "paspor anak", key="text-new", at=DAY + 9 * day)
    an_entry("Paspor", "anak", key="half-new", at=DAY + 8 * day)
    an_entry("Anak", "paspor", key="half-old", at=DAY)
    an_entry("Paspor anak", key="title-old", at=DAY)
    an_entry("Paspor untuk anak", key="title-new", at=DAY + day)
    an_entry("Paspor anak", key="title-undated")
    an_entry("Paspor dan anak", key="title-same", at=DAY)
    an_entry("Lain", "paspor anak", key="text-undated")

    assert keys("paspor anak") == [
        "title-undated",
        "title-new",
        "title-old",
        "title-same",
        "half-new",
        "half-old",
        "text-undated",
        "text-new",
    ]


def test_a_moved_date_moves_the_entry(mall: Mall) -> None:
    an_entry("Paspor", key="1", at=DAY)
    an_entry("Paspor", key="2", at=DAY - timedelta(days=1))
    an_entry("Paspor", key="1", at=DAY - timedelta(days=2))

    assert keys("paspor") == ["2", "1"]


def test_kinds_are_chosen(mall: Mall) -> None:
    for kind in ("news", "service", "page"):
        an_entry("Paspor", kind=kind, key=kind)

    def found(*kinds: str) -> list[str]:
        return [hit.key for hit in find("paspor", kinds=kinds).hits]

    assert found("news", "page") == ["news", "page"]
    assert found("service") == ["service"]
    assert found("unknown") == []
    assert found() == []
    assert found("NEAR(", "service") == ["service"]
    assert keys("service") == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("pasp", ""),
        ("pasport", ""),
        ("paspr", "paspor"),
        ("apspor", "paspor"),
        ("paspot", "paspor"),
        ("Biaya Psapor", "Biaya paspor"),
        ("perpanjangann paspor", "perpanjangan paspor"),
        ("perpajngan paspor", "perpanjangan paspor"),
        ("biaya perpanjagnan", "biaya perpanjangan"),
    ],
)
def test_misspelt_words_are_mended_and_told(mall: Mall, typed: str, shown: str) -> None:
    an_entry("Biaya perpanjangan paspor", key="1")
    an_entry("Akta kelahiran", key="2")

    found = find(typed)
    assert [hit.key for hit in found.hits] == ["1"]
    assert (found.corrected, found.is_loose) == (shown, False)


def test_of_near_words_the_nearest_then_the_most_frequent_then_the_first_is_meant(
    mall: Mall,
) -> None:
    an_entry("karti kartu kartun")
    assert nearest("kartx") == "karti"
    an_entry("kartu")
    assert nearest("kartx") == "kartu"
    an_entry("karti")
    an_entry("karti")
    assert nearest("kartx") == "karti"
    assert nearest("kartunx") == "kartun"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sim", ""),
        ("sjm", ""),
        ("pjaa", ""),
        ("pjak", "pajak"),
        ("apjak", "pajak"),
        ("pajka", "pajak"),
        ("paajk", "pajak"),
        ("pajk", "pajak"),
        ("pajjak", "pajak"),
        ("imigarsi", "imigrasi"),
        ("imgrsai", ""),
        ("imgirasiii", ""),
        ("imigrassii", "imigrasi"),
        ("xmigrasx", ""),
        ("xxigrasi", "imigrasi"),
        ("2026x", ""),
    ],
)
def test_so_many_mistakes_are_mended(mall: Mall, word: str, meant: str) -> None:
    an_entry("Pajak imigrasi sim 2026")
    assert nearest(word) == meant


def test_a_known_stem_is_not_mended(mall: Mall) -> None:
    an_entry("Pengurusan izin", key="1")
    an_entry("Kurus", key="2")

    found = find("urus ")
    assert ([hit.key for hit in found.hits], found.corrected) == (["1"], "")


def test_the_last_word_may_be_only_begun(mall: Mall) -> None:
    an_entry("Pembuatan paspor", key="1")
    an_entry("Pasar", key="2")
    an_entry("Pas foto", key="3")

    assert keys("pasp") == ["1"]
    assert keys("pembu") == ["1"]
    assert keys("pembuatan pasp") == ["1"]
    assert keys("pas") == ["3", "1", "2"]
    assert keys("pas ") == ["3"]
    assert keys("pa") == []
    assert endings_of("pa") == []
    assert sorted(endings_of("pas")) == ["pas", "pasar", "paspor"]


def test_a_long_word_may_be_begun(mall: Mall) -> None:
    an_entry("Penandatanganannya", key="1")
    an_entry("Penandatanganlain", key="2")

    assert keys("penandatanganann") == ["1"]
    assert set(keys("penandatanga")) == {"1", "2"}


def test_where_nothing_holds_all_words_some_are_enough(mall: Mall) -> None:
    an_entry("Paspor", key="1")
    an_entry("Lain", "akta", key="2")

    found = find("akta paspor")
    assert [hit.key for hit in found.hits] == ["1", "2"]
    assert found.is_loose is True


def test_an_unknown_word_is_left_out_first(mall: Mall) -> None:
    an_entry("Kartu", key="1")
    an_entry("Kartu keluarga", key="2")

    found = find("kartu keluarga zzzzzzzz")
    assert [hit.key for hit in found.hits] == ["2"]
    assert found.is_loose is True


def test_nothing_is_nothing(mall: Mall) -> None:
    an_entry("Paspor")

    assert find("") == find("   ") == find("yang untuk") == find("🙏 كيوسك") == Found()
    nothing = find("zzzzzzzz")
    assert (nothing.hits, nothing.total, nothing.is_loose) == ((), 0, False)


def test_pages_follow_each_other(mall: Mall) -> None:
    rebuild("news", [Piece(str(n), "Paspor", "", "", f"/{n}/") for n in range(45)])

    pages = [find("paspor", page=page) for page in (1, 2, 3, 4)]
    assert [hit.key for page in pages for hit in page.hits] == [str(n) for n in range(45)]
    assert [(page.total, page.pages, page.is_more) for page in pages] == [(45, 3, False)] * 4
    assert find("paspor", page=-5) == pages[0]
    assert find("paspor", page=10**30).hits == ()
    assert len(find("paspor", per_page=10**9).hits) == 45
    assert len(find("paspor", per_page=-1).hits) == 1


def test_no_more_than_a_thousand_are_counted(mall: Mall) -> None:
    pieces = [
        Piece(str(n), "Paspor", "", "", "/", at=DAY - timedelta(minutes=n))
        for n in range(MOST_FOUND + 5)
    ]
    rebuild("news", pieces[:MOST_FOUND])
    assert (find("paspor").total, find("paspor").is_more) == (MOST_FOUND, False)

    rebuild("news", pieces)
    found = find("paspor", page=MOST_FOUND // 20)
    assert (found.total, found.is_more, found.pages) == (MOST_FOUND, True, MOST_FOUND // 20)
    assert [hit.key for hit in found.hits] == [str(n) for n in range(MOST_FOUND - 20, MOST_FOUND)]
    assert find("paspor", page=MOST_FOUND // 20 + 1).hits == ()


def test_nobody_sees_the_entries_or_words_of_another_mall(mall: Mall) -> None:
    an_entry("Paspor", key="ours")
    with in_mall(a_mall("lain")) as other:
        an_entry("Paspor rahasia", key="theirs")
        an_entry("Rahasiawan", key="theirs-too")

        assert keys("paspor") == ["theirs"]
    assert keys("paspor") == ["ours"]
    assert keys("rahasia") == keys("rahasi") == []
    assert find("rahasai").corrected == ""
    assert find(f"{other.pk}_paspor rahasia").total == 1
    assert keys(f"{other.pk}_rahasia") == []


def test_without_a_mall_nothing_is_found(mall: Mall) -> None:
    with in_mall(None), pytest.raises(NoMall):
        find("paspor")


BAD = [
    "x" * 10_000,
    "kata " * 5_000,
    "\0",
    "a\0b",
    "paspor\0 akta",
    '"',
    "'",
    "paspor\"'",
    "paspor' & !'",
    "paspor:*",
    "paspor*",
    "^paspor",
    "tokens:paspor",
    "NEAR(paspor akta)",
    "paspor AND NOT",
    "-paspor",
    "+",
    "(paspor",
    "{",
    "\\",
    "%s %(a)s {0} %",
    "👩‍👩‍👧 🙏",
    "\u202eكيوسك\u2066",
    "\ud800",
    "ﬁ²½",
    "-1",
    "9" * 5_000,
    "1_t_paspor",
    "; DROP TABLE search_entry; --",
]


@pytest.mark.parametrize("typed", BAD)
def test_bad_words_never_fail(mall: Mall, typed: str) -> None:
    an_entry("Paspor", key="1")

    found = find(typed, kinds=["news", typed])
    assert found.total in (0, 1)
    assert keys("paspor") == ["1"]


@given(st.text(max_size=60))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_may_come(mall: Mall, typed: str) -> None:
    an_entry("Paspor dan akta kelahiran", key="1")

    assert find(typed).total in (0, 1)
    an_entry(typed, typed, key="2")
    assert find(typed).total in (0, 1, 2)


def test_the_number_of_questions_to_the_database_is_bounded(
    mall: Mall, django_assert_max_num_queries
) -> None:
    an_entry("Paspor")
    with django_assert_max_num_queries(30):
        find("paspot paspr paspoor psapor paapor paspir xaspor paspo")
    with django_assert_max_num_queries(6):
        find("paspor ")
