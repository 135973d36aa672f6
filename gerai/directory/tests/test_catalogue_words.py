"""Durations and fees in sentences: read where sure, open otherwise, negative ones refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.directory.catalogue.durations import Duration, read_duration, stated_duration
from gerai.directory.catalogue.fees import Fee, read_fee
from gerai.directory.catalogue.numerals import number_of_words, words_of_number
from gerai.directory.catalogue.texts import Unfit, label, prose, shown


@pytest.mark.parametrize(
    ("text", "least", "most", "unit"),
    [
        ("7 Hari", 7, 7, "hari"),
        ("7 hari kerja", 7, 7, "hari_kerja"),
        ("7  Hari Kerja.", 7, 7, "hari_kerja"),
        ("30 Menit", 30, 30, "menit"),
        ("Maksimal 7 (tujuh) hari", None, 7, "hari"),
        ("Maksimal 20 (dua puluh) hari", None, 20, "hari"),
        ("Maksimal 7 Hari Kerja", None, 7, "hari_kerja"),
        ("paling lama 14 (empat belas) hari kerja", None, 14, "hari_kerja"),
        ("minimal 3 hari", 3, None, "hari"),
        ("1-3 hari", 1, 3, "hari"),
        ("1 – 3 hari kalender", 1, 3, "hari"),  # noqa: RUF001
        ("2 (dua) s/d 5 (lima) hari kerja", 2, 5, "hari_kerja"),
        ("2 sampai dengan 5 jam", 2, 5, "jam"),
        ("1 x 24 jam", 24, 24, "jam"),
        ("3x24 jam", 72, 72, "jam"),
        ("tujuh hari", 7, 7, "hari"),
        ("1 hari", 1, 1, "hari"),
        ("2 minggu", 2, 2, "minggu"),
        ("3 bulan", 3, 3, "bulan"),
        ("5 hari kerja sejak berkas lengkap", 5, 5, "hari_kerja"),
        ("5 hari setelah berkas diterima secara lengkap dan benar", 5, 5, "hari"),
    ],
)
def test_duration_is_read_where_sure(text, least, most, unit):
    assert read_duration(text) == Duration(text, least, most, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Maksimal 7 (delapan) hari",
        "7 (entah) hari",
        "5-3 hari",
        "0 hari",
        "1,5 jam",
        "7",
        "hari",
        "beberapa hari",
        "sekitar 7 hari",
        "2 tahun",
        "7 hari atau lebih",
        "minimal 3-5 hari",
        "999999 hari",
        "terbit otomatis dari OSS",
        "2 hari kerja registrasi + 3-25 hari kerja konsultasi",
    ],
)
def test_duration_is_left_open_where_not_sure(text):
    assert read_duration(text) == Duration(text)


@pytest.mark.parametrize("text", ["-7 hari", "- 30 Menit"])
def test_negative_duration_is_refused(text):
    with pytest.raises(Unfit, match="negatif"):
        read_duration(text)


def test_stated_duration_takes_its_numbers_and_writes_missing_words():
    assert stated_duration("kira-kira 15 menit", 15, None, "menit") == Duration(
        "kira-kira 15 menit", 15, 15, "menit"
    )
    assert stated_duration("", 3, 4, "hari_kerja") == Duration("3-4 hari kerja", 3, 4, "hari_kerja")


@pytest.mark.parametrize(
    ("least", "most", "unit"),
    [(7, None, "abad"), (7, None, ""), (-5, None, "menit"), (0, None, "hari"), (5, 3, "hari")],
)
def test_stated_duration_that_cannot_be_is_refused(least, most, unit):
    with pytest.raises(Unfit):
        stated_duration("teks", least, most, unit)


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("Tidak dikenakan biaya", 0),
        ("Tidak dipungut biaya", 0),
        ("tanpa dipungut biaya", 0),
        ("TANPA BIAYA.", 0),
        ("tidak ada biaya", 0),
        ("gratis", 0),
        ("Rp0", 0),
        ("Rp 15.000", 15000),
        ("Rp15.000,00", 15000),
        ("Rp. 15.000,-", 15000),
        ("15.000 rupiah", 15000),
        ("Rp 15000", 15000),
        ("Rp1.500.000 (satu juta lima ratus ribu rupiah)", 1500000),
        ("Sesuai Perda", None),
        ("dikenakan biaya", None),
        ("tidak tahu biaya", None),
        ("mulai Rp350.000", None),
        ("Rp1.500.000-1.650.000 menurut diameter pipa", None),
        ("Rp15.000/lembar", None),
        ("Rp 15,000", None),
        ("Rp15.00", None),
        ("15000", None),
        ("Rp15.000 (enam belas ribu rupiah)", None),
        ("Rp9.999.999.999.999", None),
        ("", None),
    ],
)
def test_fee_is_read_where_sure(text, rupiah):
    assert read_fee(text) == Fee(text, rupiah)


@pytest.mark.parametrize("text", ["Rp -5.000", "-5000"])
def test_negative_fee_is_refused(text):
    with pytest.raises(Unfit, match="negatif"):
        read_fee(text)


@given(st.integers(1, 999))
def test_number_in_words_is_the_same_number_again(number):
    assert number_of_words(words_of_number(number).upper()) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (100, "seratus"),
        (1_000_000, "satu juta"),
        (21_015, "dua puluh satu ribu lima belas"),
        (2_000_000_001, "dua miliar satu"),
    ],
)
def test_number_is_said_in_words(number, words):
    assert words_of_number(number) == words


@pytest.mark.parametrize(
    "text", ["\0", "a\x1bb", "a\u202eb", "a\u200bb", "\ud800", "😀 Izin", "=1+1", "@a", "x" * 41]
)
def test_label_refuses_what_is_no_name(text):
    with pytest.raises(Unfit):
        label(text, "nama", 40)


@pytest.mark.parametrize("text", ["", " ", "-", " – ", "—"])  # noqa: RUF001
def test_dash_says_nothing_is_stated(text):
    assert (label(text, "nama", 40), prose(text, "biaya")) == ("", "")


def test_label_collapses_blanks_and_prose_keeps_the_words():
    assert label(" Izin\u00a0 Usaha \n", "nama", 40) == "Izin Usaha"
    assert prose(" 7  Hari \n", "durasi") == "7  Hari"


@given(st.text())
def test_shown_text_can_always_be_printed(text):
    assert shown(text).isprintable() or not text
    assert len(shown(text)) <= 41


@given(st.text())
def test_arbitrary_words_are_kept_or_refused(text):
    for read in (read_duration, read_fee):
        try:
            assert read(text).text == text
        except Unfit:
            assert "-" in text or "−" in text  # noqa: RUF001
