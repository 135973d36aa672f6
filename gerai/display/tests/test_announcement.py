"""A call in words: letters, digits, counters and the names of agencies."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.display.announcement import (
    LETTERS,
    LONGEST_PLACE,
    Language,
    number_words,
    spoken_name,
    words,
)

languages: st.SearchStrategy[Language] = st.sampled_from(["id", "en"])


def test_a_call_reads_and_sounds_as_the_hall_knows_it() -> None:
    call = words("A035", "2", "Dinas Kependudukan")

    assert call.caption == (
        "Nomor antrean A, nol, tiga, lima. Silakan ke loket dua, Dinas Kependudukan."
    )
    assert call.spoken == (
        "Nomor antrean a, nol, tiga, lima. Silakan ke loket dua, Dinas Kependudukan."
    )


def test_a_call_in_english() -> None:
    call = words("B120", "16", "Samsat", language="en")

    assert call.caption == "Queue number B, one, two, zero. Please go to counter sixteen, Samsat."
    assert call.spoken == "Queue number bee, one, two, zero. Please go to counter sixteen, Samsat."


@pytest.mark.parametrize(
    ("label", "caption", "spoken"),
    [
        ("A001", "A, nol, nol, satu", "a, nol, nol, satu"),
        ("CB7", "C, B, tujuh", "ce, be, tujuh"),
        ("q 09", "Q, nol, sembilan", "ki, nol, sembilan"),
        ("Z1-16", "Z, satu, satu, enam", "zet, satu, satu, enam"),
        ("042", "nol, empat, dua", "nol, empat, dua"),
        ("\uff21\uff11", "A, satu", "a, satu"),
        ("A" * 10_000, ", ".join("A" * 12), ", ".join("a" * 12)),
    ],
)
def test_a_ticket_is_read_letter_by_letter(label: str, caption: str, spoken: str) -> None:
    call = words(label, "1", "")

    assert call.caption == f"Nomor antrean {caption}. Silakan ke loket satu."
    assert call.spoken == f"Nomor antrean {spoken}. Silakan ke loket satu."


@pytest.mark.parametrize(
    ("code", "caption", "spoken"),
    [
        ("2", "dua", "dua"),
        ("11", "sebelas", "sebelas"),
        ("116", "seratus enam belas", "seratus enam belas"),
        ("02", "nol dua", "nol dua"),
        ("1203", "satu dua nol tiga", "satu dua nol tiga"),
        ("B", "B", "be"),
        ("A3", "A tiga", "a tiga"),
        ("Z1-16", "Z satu, enam belas", "zet satu, enam belas"),
    ],
)
def test_a_counter_is_read_as_it_is_signposted(code: str, caption: str, spoken: str) -> None:
    call = words("A1", code, "")

    assert call.caption == f"Nomor antrean A, satu. Silakan ke loket {caption}."
    assert call.spoken == f"Nomor antrean a, satu. Silakan ke loket {spoken}."


@pytest.mark.parametrize("nothing", ["", " - ", "😀"])
def test_a_call_without_letter_or_digit_is_refused(nothing: str) -> None:
    with pytest.raises(ValueError, match="needs a letter or a digit"):
        words(nothing, "1", "")
    with pytest.raises(ValueError, match="needs a letter or a digit"):
        words("A1", nothing, "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("BPJS Kesehatan", "be pe je es Kesehatan"),
        ("DPMPTSP Kab. Barru", "de pe em pe te es pe Kabupaten Barru"),
        ("Disdukcapil", "Dinas Kependudukan dan Catatan Sipil"),
        ("PT. Taspen (Persero)", "pe te Taspen, Persero"),
        ("Pelayanan NIB/OSS", "Pelayanan en i be o es es"),
        ("Kantor Imigrasi Kelas II TPI Parepare", "Kantor Imigrasi Kelas dua te pe i Parepare"),
        ("KPP Pratama", "ka pe pe Pratama"),
        ("SAMSAT", "Samsat"),
        ("DINAS KESEHATAN KOTA & BPJS", "Dinas Kesehatan Kota dan be pe je es"),
        ("BP2MI", "be pe dua em i"),
        ("Loket 3", "Loket tiga"),
        ("Kel. Ma'rang", "Kelurahan Ma'rang"),
        ("Gedung 2026", "Gedung dua nol dua enam"),
        ("", ""),
    ],
)
def test_a_name_is_said_in_full(written: str, said: str) -> None:
    assert spoken_name(written) == said


def test_the_caption_keeps_the_name_as_written() -> None:
    assert words("A1", "2", "BPJS  Kesehatan\n").caption == (
        "Nomor antrean A, satu. Silakan ke loket dua, BPJS Kesehatan."
    )


def test_a_long_name_is_cut_at_a_word() -> None:
    call = words("A1", "2", "Dinas Kependudukan " * 1000)

    assert call.caption == (
        "Nomor antrean A, satu. Silakan ke loket dua, "
        + " ".join(["Dinas Kependudukan"] * 6)
        + " Dinas."
    )


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (10, "sepuluh", "ten"),
        (11, "sebelas", "eleven"),
        (19, "sembilan belas", "nineteen"),
        (20, "dua puluh", "twenty"),
        (21, "dua puluh satu", "twenty-one"),
        (100, "seratus", "one hundred"),
        (101, "seratus satu", "one hundred one"),
        (110, "seratus sepuluh", "one hundred ten"),
        (999, "sembilan ratus sembilan puluh sembilan", "nine hundred ninety-nine"),
    ],
)
def test_numbers_in_words(number: int, indonesian: str, english: str) -> None:
    assert (number_words(number), number_words(number, language="en")) == (indonesian, english)


@pytest.mark.parametrize("number", [-1, 1000])
def test_a_number_out_of_reach_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="0 to 999"):
        number_words(number)


@pytest.mark.parametrize("language", ["id", "en"])
def test_numbers_and_letters_are_told_apart_by_ear(language: Language) -> None:
    assert len({number_words(number, language=language) for number in range(1000)}) == 1000
    assert len(set(LETTERS[language].values())) == 26


@given(
    st.from_regex(r"[A-Z]{1,2}[0-9]{1,4}", fullmatch=True),
    st.from_regex(r"[A-Z]?[0-9]{1,4}(-[0-9]{1,3})?", fullmatch=True),
    st.text(max_size=400),
    languages,
)
def test_any_place_gives_one_line_that_a_voice_can_say(
    label: str, code: str, place: str, language: Language
) -> None:
    call = words(label, code, place, language=language)

    assert "\n" not in call.caption
    assert len(call.caption) < 250 + LONGEST_PLACE
    assert re.fullmatch(r"[^\W\d_](?:[^\W\d_]|[ ,.'\u2019-])*\.", call.spoken) is not None
