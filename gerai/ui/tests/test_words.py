from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from gerai.ui.templatetags.ui import angka, jam, lama, rupiah, sampai, tanggal

LATE = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
WITA = ZoneInfo("Asia/Makassar")


@pytest.mark.parametrize(
    ("amount", "written"),
    [(0, "Rp0"), (15000, "Rp15.000"), (1234567, "Rp1.234.567"), (-500, "-Rp500"), (None, "")],
)
def test_rupiah(amount, written):
    assert rupiah(amount) == written


def test_rupiah_stays_indonesian_in_english():
    with translation.override("en"):
        assert rupiah(15000) == "Rp15.000"


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (7, "7", "7"),
        (1234, "1.234", "1,234"),
        (Decimal("87.41"), "87,41", "87.41"),
        (Decimal("1234.50"), "1.234,50", "1,234.50"),
        (None, "", ""),
    ],
)
def test_angka(number, indonesian, english):
    with translation.override("id"):
        assert angka(number) == indonesian
    with translation.override("en"):
        assert angka(number) == english


def test_tanggal_of_a_day():
    with translation.override("id"):
        assert tanggal(date(2026, 11, 22)) == "Minggu, 22 November 2026"
    with translation.override("en"):
        assert tanggal(date(2026, 11, 22)) == "Sunday, 22 November 2026"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2026, 11, 23), (2026, 11, 29), "23\N{EN DASH}29 November 2026"),
        ((2026, 11, 30), (2026, 12, 6), "30 November \N{EN DASH} 6 Desember 2026"),
        ((2026, 12, 28), (2027, 1, 3), "28 Desember 2026 \N{EN DASH} 3 Januari 2027"),
        ((2026, 11, 23), (2026, 11, 23), "23 November 2026"),
        ((2025, 11, 23), (2026, 11, 29), "23 November 2025 \N{EN DASH} 29 November 2026"),
    ],
)
def test_days_from_and_to_say_once_what_they_share(first, last, words):
    with translation.override("id"):
        assert sampai(date(*first), date(*last)) == words


def test_tanggal_of_a_moment_is_the_day_of_the_mall():
    with translation.override("id"), timezone.override(WITA):
        assert tanggal(LATE) == "Minggu, 22 November 2026"
    with translation.override("id"), timezone.override(UTC):
        assert tanggal(LATE) == "Sabtu, 21 November 2026"


def test_jam_is_the_hour_of_the_mall():
    with translation.override("id"), timezone.override(WITA):
        assert jam(LATE) == "00.30"
    with translation.override("en"), timezone.override(ZoneInfo("Asia/Jayapura")):
        assert jam(LATE) == "01:30"


@pytest.mark.parametrize(
    ("duration", "written"),
    [
        (0, "kurang dari 1 menit"),
        (59, "kurang dari 1 menit"),
        (60, "1 menit"),
        (359, "5 menit"),
        (3600, "1 jam"),
        (3900, "1 jam 5 menit"),
        (timedelta(hours=2, minutes=30), "2 jam 30 menit"),
        (None, ""),
    ],
)
def test_lama(duration, written):
    with translation.override("id"):
        assert lama(duration) == written


def test_nothing_is_written_for_no_moment():
    assert (tanggal(None), jam(None)) == ("", "")
