"""Which words are taken for each other, and which are not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.search.rules import (
    CODED_LETTERS,
    LONGEST_WORD,
    STANDARD,
    age_of,
    code_of,
    codes_beginning,
    folded,
    is_last_open,
    mended_text,
    stem_of,
    stems_of,
    words_of,
)

plain_word = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("stem", "forms"),
    [
        ("urus", "urus mengurus diurus urusan pengurusan uruskan"),
        ("buat", "buat membuat dibuat pembuatan pembuat dibuatkan"),
        ("antre", "antre antri antrean antrian mengantre mengantri antreannya"),
        ("izin", "izin ijin perizinan perijinan mengizinkan diijinkan izinnya"),
        ("layan", "layanan pelayanan melayani dilayani"),
        ("daftar", "daftar mendaftar pendaftaran terdaftar didaftarkan"),
        ("panjang", "perpanjangan memperpanjang diperpanjang"),
        ("pajak", "pajak perpajakan"),
        ("rusak", "rusak kerusakan"),
        ("nikah", "nikah menikah pernikahan"),
        ("kunjung", "kunjungan mengunjungi dikunjungi berkunjung pengunjung"),
        ("terbit", "terbit penerbitan menerbitkan diterbitkan"),
        ("tandatangan", "tandatangan penandatanganan menandatangani"),
        ("praktik", "praktik praktek"),
        ("duduk", "penduduk kependudukan"),
        ("bupati", "bupati"),
        ("barru", "barru"),
    ],
)
def test_forms_of_a_word_have_one_stem(stem: str, forms: str) -> None:
    assert {form: stem_of(form) for form in forms.split()} == dict.fromkeys(forms.split(), stem)


@pytest.mark.parametrize(
    ("one", "other"),
    [("paspor", "pasar"), ("nikah", "naik"), ("pajak", "paja"), ("rusak", "rusa"), ("ktp", "kk")],
)
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem_of(one) != stem_of(other)


def test_the_table_of_spellings_ends_after_one_step() -> None:
    assert {right for right in STANDARD.values() if right in STANDARD} == set()


@pytest.mark.parametrize("ktp", ["e-KTP", "KTP-el", "KTP elektronik", "eKTP", "KTPel", "ktp"])
def test_the_names_of_the_identity_card_are_one(ktp: str) -> None:
    assert words_of(f"Rekam {ktp}") == ["rekam", "ktp"]


def test_a_text_becomes_small_plain_words() -> None:
    assert folded("CAFÉ Jum\u2019at") == "cafe jumat"
    assert words_of("Syarat & biaya: Rp1.500.000 (SIM C), syarat\0baru") == [
        "syarat",
        "biaya",
        "rp1500000",
        "sim",
        "c",
        "baru",
    ]


def test_words_without_meaning_are_dropped() -> None:
    assert words_of("Bagaimana cara untuk membuat paspor di sini?") == ["membuat", "paspor", "sini"]


def test_stems_stand_once() -> None:
    assert stems_of(["mengurus", "izin", "pengurusan"]) == ["urus", "izin"]


def test_long_words_are_cut() -> None:
    assert [len(word) for word in words_of("x" * 10_000)] == [LONGEST_WORD]


@pytest.mark.parametrize(("text", "is_open"), [("pas", True), ("pas ", False), ("pas?", False)])
def test_a_word_is_open_until_something_follows(text: str, is_open: bool) -> None:
    assert is_last_open(text) is is_open


def test_what_was_typed_is_mended_word_by_word() -> None:
    assert mended_text("Biaya\tPASPRT, e-KTP\0?", {"pasprt": "paspor"}) == "Biaya paspor, e-KTP ?"


@given(plain_word, plain_word)
def test_codes_sort_as_words_do(one: str, other: str) -> None:
    one, other = one[:CODED_LETTERS], other[:CODED_LETTERS]
    assert (code_of(one) < code_of(other)) == (one < other)


@given(plain_word, st.integers(1, CODED_LETTERS))
def test_codes_tell_a_beginning(word: str, letters: int) -> None:
    low, high = codes_beginning(word[:letters])
    assert low <= code_of(word) <= high < 2**63


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)))
def test_what_is_newer_stands_before(moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC, microsecond=0)
    assert 0 == age_of(None) < age_of(at + timedelta(seconds=1)) < age_of(at) < 2**33
