"""Dates, datelines, signatures and quotes in the words of Indonesian news."""

from datetime import date

import pytest

from gerai.newsroom.reading import Precision, Quote
from gerai.newsroom.reading.dates import Day, event_day, read_day
from gerai.newsroom.reading.report import byline, dateline, picture_words, quotes_in, take_apart
from gerai.newsroom.reading.texts import Unfit, web_address

TODAY = date(2026, 11, 25)
FEBRUARY = date(2022, 2, 10)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Apr 21, 2022 - 11:18", date(2022, 4, 21)),
        ("22 April 2022", date(2022, 4, 22)),
        ("Kamis, 10 Februari 2022 14:05 WITA", FEBRUARY),
        ("Kamis, 10 Februari 2022 23:59 WIT", FEBRUARY),
        ("Jum\u2019at, 11 Februari 2022 | 14.05 WIB", date(2022, 2, 11)),
        ("Kam, 10 Peb 2022", FEBRUARY),
        ("10/02/2022", FEBRUARY),
        ("10.02.22", FEBRUARY),
        ("2022-02-10", FEBRUARY),
        ("2022-02-10T23:30:00+08:00", FEBRUARY),
        ("2022-02-10T20:00:00Z", date(2022, 2, 11)),
        ("Thu, 10 Feb 2022 06:05:00 GMT", FEBRUARY),
        ("Wed, 09 Feb 2022 17:00:00 +0000", FEBRUARY),
        ("Wed, 09 Feb 2022 16:59:00 +0000", date(2022, 2, 9)),
        ("Wed, 09 Feb 2022 10:30 PM UTC", FEBRUARY),
        ("Kamis (10/02/2022)", FEBRUARY),
        ("Diterbitkan pada: 10 Februari 2022", FEBRUARY),
        ("Posted on February 10th, 2022 at 9:05 pm", FEBRUARY),
    ],
)
def test_day_is_read(text, day):
    assert read_day(text, TODAY) == Day(day)


def test_month_and_year_say_how_much_they_say():
    assert read_day("2024-06", TODAY) == Day(date(2024, 6, 1), Precision.MONTH)
    assert read_day("Juni 2024", TODAY).last() == date(2024, 6, 30)
    assert read_day("2024", TODAY).last() == date(2024, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        *("1", "kemarin", "Minggu", "Mei", "10/02", "9999999", "2022-02-10 x"),
        *("99/99/2022", "31/02/2022", "2022-00-10", "0000-01-01", "1989", "2027", "2026-11-27"),
    ],
)
def test_what_is_no_day_or_absurd_is_not_read(text):
    assert read_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("Rombongan tiba, Kamis (10/02).", None, FEBRUARY),
        ("Rabu (20/04)", date(2022, 4, 21), date(2022, 4, 20)),
        ("Kamis (10/02)", FEBRUARY, FEBRUARY),
        ("Kamis (31/12)", date(2021, 1, 2), date(2020, 12, 31)),
        ("Senin (29/02)", None, date(2016, 2, 29)),
        ("Kamis (10/02)", date(2026, 2, 12), None),
        ("Jumat (31/02)", None, None),
        ("Kamis (1/10/2020)", None, date(2020, 10, 1)),
        ("Rabu pagi (20/4/2022)", None, date(2022, 4, 20)),
        ("Kamis, 10 Februari 2022", None, FEBRUARY),
        ("Jumat, 10 Februari 2022", None, None),
        ("diresmikan pada tanggal 24 Juni 2024 itu", None, date(2024, 6, 24)),
        ("sejak 24 Juni 2024", None, None),
    ],
)
def test_day_of_the_event_is_resolved(text, published, day):
    assert event_day([text], Day(published) if published else None, TODAY) == day


def test_month_of_publication_bounds_the_event():
    published = Day(date(2022, 2, 1), Precision.MONTH)
    assert event_day(["x", "Kamis (10/02)"], published, TODAY) == FEBRUARY


@pytest.mark.parametrize(
    ("text", "place", "media"),
    [
        ("BARRU - Isi", "Barru", ""),
        ("BARRU- Isi", "Barru", ""),
        ("LUWU TIMUR \u2013 Isi", "Luwu Timur", ""),
        ("DKI JAKARTA — Isi", "DKI Jakarta", ""),
        ("Barru, contoh.co.id - Isi", "Barru", "contoh.co.id"),
        ("BARRU, CONTOH \u2013 Isi", "Barru", "CONTOH"),
        ("Barru (CONTOH) - Isi", "Barru", "CONTOH"),
        ("(Contohdaerah-Rembang) Isi", "Rembang", "Contohdaerah"),
    ],
)
def test_dateline_is_told_apart(text, place, media):
    assert dateline(text) == (place, media, "Isi")


@pytest.mark.parametrize(
    "text", ["Bupati Contoh - yang baru", "Isi (MPP) - x", "Pada - hari", "BARRU -", "Isi saja"]
)
def test_sentence_is_no_dateline(text):
    assert dateline(text) == ("", "", text)


@pytest.mark.parametrize(
    ("end", "credit", "authors"),
    [
        (["(Ani/Humas)"], "Ani/Humas", []),
        (["(Ani/Humas)", "Ani Contoh", "Ani Contoh"], "Ani/Humas", ["Ani Contoh"]),
        (["Akhir kalimat. (adv/red)"], "adv/red", []),
        (["Akhir kalimat. [cnt]"], "cnt", []),
        (["(***)"], "", []),
        (["Sumber: Humas"], "Humas", []),
        (["Komentar warga beragam (banyak)"], "", []),
        (["Kota Contoh"], "", []),
    ],
)
def test_signature_at_the_end_is_taken(end, credit, authors):
    report = take_apart(["Sebuah kalimat contoh berdiri di sini.", *end, "Berita Terkait", "lain"])
    assert (report.credit, report.authors) == (credit, authors)
    assert "lain" not in report.paragraphs


def test_furniture_before_the_report_does_not_end_it():
    report = take_apart(["Terkini", "Bagikan", "1.204 views", "Isi berita yang contoh."])
    assert report.paragraphs == ["Isi berita yang contoh."]


def test_broken_sentence_is_put_together():
    report = take_apart(["Kini giliran rombongan contoh", "tiba di gedung contoh.", "lalu pulang."])
    assert report.paragraphs == [
        "Kini giliran rombongan contoh tiba di gedung contoh.",
        "lalu pulang.",
    ]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("“Kami senang di sini”, ujarnya.", [Quote("Kami senang di sini")]),
        ('"Kami senang di sini”, kata Ani.', [Quote("Kami senang di sini", "Ani")]),
        ("“Luar biasa”, Ani Contoh menimpali.", [Quote("Luar biasa", "Ani Contoh")]),
        ('Ani berkata, "Luar biasa".', [Quote("Luar biasa", "Ani")]),
        ("Program “jemput bola” dibuka.", []),
    ],
)
def test_quotes_are_told_from_names(text, quotes):
    assert list(quotes_in([text])) == quotes


def test_byline_and_picture_words():
    assert byline("M. CONTOH, SE - [SITUS.ID](https://situs.example)") == (
        "M. Contoh, SE",
        "SITUS.ID",
        "https://situs.example",
    )
    assert byline("Kalimat biasa - tanpa situs") is None
    assert picture_words("Suasana gerai. Foto: Humas") == ("Suasana gerai.", "Humas")
    assert picture_words("Suasana (ist)") == ("Suasana", "ist")
    assert picture_words("Berfoto bersama di gedung") == ("Berfoto bersama di gedung", "")


@pytest.mark.parametrize(
    ("text", "base", "url"),
    [
        ("/a.jpg", "https://x.example/b/c", "https://x.example/a.jpg"),
        ("java\nscript:alert(1)", "https://x.example", ""),
        ("javascript:alert(1)", "https://x.example", None),
        ("catatan biasa", "", ""),
        ("https://x.example/" + "a" * 1000, "", None),
    ],
)
def test_web_address_is_whole_or_refused(text, base, url):
    if url is None:
        with pytest.raises(Unfit):
            web_address(text, base)
    else:
        assert web_address(text, base) == url
