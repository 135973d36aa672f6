"""The national calendar against the decrees, and the two commands that print it."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from gerai.directory.national_days import (
    DECREES,
    Kind,
    NationalDay,
    UnknownHistory,
    UnknownYear,
    by_date,
    national_days,
    voting_days,
)

HOLIDAY, LEAVE = Kind.NATIONAL_HOLIDAY, Kind.JOINT_LEAVE

# From the printed lists of decree 1017/2024 as amended by 933/2025, and of 1205/2026.
DECREED = {
    2025: {
        HOLIDAY: "01-01 01-27 01-29 03-29 03-31 04-01 04-18 04-20 05-01 05-12 05-29 06-01 06-06 "
        "06-27 08-17 09-05 12-25",
        LEAVE: "01-28 03-28 04-02 04-03 04-04 04-07 05-13 05-30 06-09 08-18 12-26",
    },
    2027: {
        HOLIDAY: "01-01 01-05 02-06 03-08 03-10 03-11 03-26 03-28 05-01 05-06 05-17 05-20 06-01 "
        "06-06 08-15 08-17 12-25 12-26",
        LEAVE: "02-05 03-09 03-12 03-15 03-25 05-18 05-19 12-24",
    },
}


def dates_and_kinds(days: tuple[NationalDay, ...]) -> list[tuple[str, str]]:
    return [(day.on.isoformat(), day.kind.value) for day in days]


@pytest.mark.parametrize("year", [2024, 2026])
def test_national_days_agree_with_the_printed_list(shared_data: Path, year: int) -> None:
    with (shared_data / "libur" / f"libur_{year}.csv").open(encoding="utf-8") as file:
        printed = sorted((row["tanggal"], row["jenis"]) for row in csv.DictReader(file))

    assert sorted(dates_and_kinds(national_days(year))) == printed


@pytest.mark.parametrize("year", [2025, 2027])
def test_national_days_agree_with_the_decree(year: int) -> None:
    decreed = sorted(
        (f"{year}-{day}", kind.value)
        for kind, days in DECREED[year].items()
        for day in days.split()
    )

    assert dates_and_kinds(national_days(year)) == decreed


@pytest.mark.parametrize(
    ("as_of", "is_listed"),
    [
        (date(2025, 8, 1), False),
        (date(2025, 8, 6), False),
        (date(2025, 8, 7), True),
        (date(2026, 1, 1), True),
        (None, True),
    ],
)
def test_18_august_2025_is_listed_since_its_decree(as_of: date | None, is_listed: bool) -> None:
    listed = [day.kind for day in national_days(2025, as_of=as_of) if day.on == date(2025, 8, 18)]

    assert listed == ([LEAVE] if is_listed else [])
    assert len(national_days(2025, as_of=as_of)) == (28 if is_listed else 27)


@pytest.mark.parametrize(
    ("year", "day_before", "signed_on", "length"),
    [
        (2024, date(2023, 9, 11), date(2023, 9, 12), 27),
        (2025, date(2024, 10, 13), date(2024, 10, 14), 27),
        (2026, date(2025, 9, 18), date(2025, 9, 19), 25),
        (2027, date(2026, 9, 14), date(2026, 9, 15), 26),
    ],
)
def test_a_year_has_no_list_before_its_decree(
    year: int, day_before: date, signed_on: date, length: int
) -> None:
    assert national_days(year, as_of=day_before) == ()
    assert len(national_days(year, as_of=signed_on)) == length


def test_days_say_which_decree_set_them() -> None:
    day = by_date(national_days(2025))[date(2025, 8, 18)]

    assert (day.in_force_since, day.source) == (
        date(2025, 8, 7),
        "Keputusan Bersama 3 Menteri No. 933/2025, 1/2025, 3/2025",
    )


def test_every_added_day_is_in_the_list() -> None:
    added = {(on, kind) for decree in DECREES for on, kind in decree.adds}
    listed = {(day.on, day.kind) for decree in DECREES for day in national_days(decree.year)}

    assert added - listed == set()


def test_voting_days_are_kept_apart() -> None:
    assert [(day.on, day.name) for day in voting_days(2024)] == [
        (date(2024, 2, 14), "Hari Pemilihan Umum"),
        (date(2024, 11, 27), "Hari Pemilihan Kepala Daerah"),
    ]
    assert voting_days(2025) == ()


def test_estimated_days_are_provisional_and_say_so() -> None:
    provisional = [(day.on, day.name) for day in national_days(2027) if day.provisional]

    assert provisional == [
        (date(2027, 3, 10), "Hari Raya Idul Fitri (perkiraan)"),
        (date(2027, 3, 11), "Hari Raya Idul Fitri hari kedua (perkiraan)"),
        (date(2027, 5, 17), "Hari Raya Idul Adha (perkiraan)"),
    ]
    assert [day for day in national_days(2026) if day.provisional] == []


def test_a_year_without_decree_is_wholly_provisional() -> None:
    assert {(day.provisional, day.in_force_since) for day in national_days(2028)} == {(True, None)}


def test_by_date_puts_the_holiday_before_joint_leave() -> None:
    on = date(2027, 3, 10)
    leave = NationalDay(on, "Cuti", LEAVE, provisional=False, in_force_since=None, source="")
    holiday = NationalDay(on, "Libur", HOLIDAY, provisional=False, in_force_since=None, source="")

    assert by_date([leave, holiday]) == by_date([holiday, leave]) == {on: holiday}


@pytest.mark.parametrize("year", [1945, 2101, 0, -1])
def test_a_year_outside_the_calendar_is_refused(year: int) -> None:
    with pytest.raises(UnknownYear):
        national_days(year)


def test_the_history_of_an_unrecorded_year_is_refused() -> None:
    with pytest.raises(UnknownHistory):
        national_days(2019, as_of=date(2019, 1, 1))


def test_holidays_command_ends_with_one_json_list(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("holidays", "2026", "--json")

    listed = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [(day["date"], day["kind"]) for day in listed] == dates_and_kinds(national_days(2026))
    assert listed[0] == {
        "date": "2026-01-01",
        "name": "Tahun Baru Masehi",
        "kind": "libur_nasional",
    }


def test_holidays_command_prints_a_day_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("holidays", "2025", "--as-of", "2025-08-01")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2025-01-01  libur nasional  Tahun Baru Masehi"
    assert lines[-1] == "27 hari."


def test_holidays_command_says_when_there_was_no_decree_yet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("holidays", "2027", "--as-of", "2026-01-01", "--json")

    printed = capsys.readouterr()
    assert (printed.out, printed.err) == (
        "[]\n",
        "Pada tanggal itu keputusan bersama untuk tahun 2027 belum ditetapkan.\n",
    )


def test_commands_say_when_a_year_is_only_computed(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("holidays", "working_days"):
        call_command(command, "2028")

        assert capsys.readouterr().err == (
            "Keputusan bersama untuk tahun 2028 belum tercatat: ini hasil perhitungan.\n"
        )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["holidays"], "Sebutkan tahunnya, misalnya 2026."),
        (["holidays", "😀"], "“😀” bukan tahun. Tuliskan empat angka, misalnya 2026."),
        (["holidays", "٢٠٢٦"], "“٢٠٢٦” bukan tahun. Tuliskan empat angka, misalnya 2026."),
        (
            ["holidays", "1200"],
            "Kalender tahun 1200 tidak diketahui. Pilih tahun 1946 sampai 2100.",
        ),
        (
            ["holidays", "2025", "--as-of", "2025-02-30"],
            "“2025-02-30” bukan tanggal. Tuliskan tahun-bulan-hari, misalnya 2025-08-01.",
        ),
        (
            ["holidays", "2025", "--as-of", "20250801"],
            "“20250801” bukan tanggal. Tuliskan tahun-bulan-hari, misalnya 2025-08-01.",
        ),
        (
            ["holidays", "2019", "--as-of", "2019-01-01"],
            (
                "Sejak kapan hari libur 2019 berlaku tidak tercatat. "
                "Ulangi tanpa --as-of, atau pilih tahun 2024 sampai 2027."
            ),
        ),
        (
            ["working_days", "x" * 10_000],
            f"“{'x' * 40}” bukan tahun. Tuliskan empat angka, misalnya 2026.",
        ),
        (
            ["working_days", "2026", "--week", "7"],
            "--week “7” tidak dikenal. Pilih salah satu: 5, 6.",
        ),
        (
            ["working_days", "2026", "--joint-leave", "ya"],
            "--joint-leave “ya” tidak dikenal. Pilih salah satu: off, work.",
        ),
    ],
)
def test_a_wrong_request_is_answered_with_code_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ending:
        call_command(*arguments)

    printed = capsys.readouterr()
    assert (ending.value.code, printed.out, printed.err) == (2, "", message + "\n")


@pytest.mark.parametrize("year", [2024, 2026])
@pytest.mark.parametrize(
    ("column", "options"),
    [
        ("hari_kerja_5hari_tanpa_libur_dan_cuti", []),
        ("hari_kerja_5hari_tanpa_libur_saja", ["--joint-leave", "work"]),
        ("hari_kerja_6hari_tanpa_libur_dan_cuti", ["--week", "6"]),
    ],
)
def test_working_days_agree_with_the_published_count(
    shared_data: Path,
    capsys: pytest.CaptureFixture[str],
    year: int,
    column: str,
    options: list[str],
) -> None:
    with (shared_data / "libur" / "hari_kerja_check.csv").open(encoding="utf-8") as file:
        published = {
            row["bulan"]: int(row[column])
            for row in csv.DictReader(file)
            if row["tahun"] == str(year)
        }
    whole_year = published.pop("setahun")

    call_command("working_days", str(year), "--json", *options)

    counted = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert counted == published
    assert sum(counted.values()) == whole_year


def test_working_days_command_prints_a_month_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("working_days", "2025", "--as-of", "2025-08-01")

    lines = capsys.readouterr().out.splitlines()
    assert (lines[7], len(lines)) == ("2025-08   21", 13)
