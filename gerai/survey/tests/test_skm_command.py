"""``gerai skm``: files as spreadsheets write them, and files that cannot be taken."""

import csv
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from gerai.survey.answers import COLUMNS

HEADER = ",".join(COLUMNS)
FULL = "4,4,4,4,4,4,4,4,4"
MIXED = "3,4,4,4,4,4,4,4,4"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    call_command("skm", *map(str, arguments), "--json")
    result: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return result


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    with pytest.raises(SystemExit) as ending:
        call_command("skm", *map(str, arguments))
    printed = capsys.readouterr()
    assert (ending.value.code, printed.out) == (2, "")
    return printed.err.removesuffix("\n")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "jawaban.csv"
    file.write_text(f"{HEADER}\n{FULL}\n{MIXED}\n,4,4,4,4,4,4,4,4\n")
    return file


@pytest.mark.parametrize(
    ("weight", "index"),
    [
        ("0.111", 98.5125),
        ("0,111", 98.5125),
        ("1/9", 98.6111),
        ("0.11", 97.625),
        ("111/1000", 98.5125),
    ],
)
def test_skm_prints_the_result_as_json(
    capsys: pytest.CaptureFixture[str], answers: Path, weight: str, index: float
) -> None:
    assert run(capsys, answers, "--weight", weight) == {
        "respondents": 2,
        "incomplete": 1,
        "index": index,
        "grade": "A",
        "elements": {"U1": 3.5, **dict.fromkeys(COLUMNS[1:], 4.0)},
    }


def test_skm_counts_incomplete_answers_per_element(
    capsys: pytest.CaptureFixture[str], answers: Path
) -> None:
    result = run(capsys, answers, "--incomplete", "per-element")

    assert (result["respondents"], result["incomplete"], result["index"]) == (3, 1, 98.5125)


@pytest.mark.parametrize("rule", ["hanya_lengkap_9_unsur", "semua_jawaban_per_unsur"])
def test_skm_of_the_published_file_is_the_published_result(
    capsys: pytest.CaptureFixture[str], shared_data: Path, rule: str
) -> None:
    name = "skm_mpp_a_2021-01_2021-08"
    with (shared_data / "skm" / f"{name}_rekap.csv").open(encoding="utf-8") as file:
        told = next(row for row in csv.DictReader(file) if row["aturan"] == rule)
    incomplete = "leave-out" if rule.startswith("hanya") else "per-element"
    path = shared_data / "skm" / f"{name}.csv"

    short = run(capsys, path, "--weight", "0.11", "--incomplete", incomplete)
    exact = run(capsys, path, "--weight", "1/9", "--incomplete", incomplete)

    assert short["index"] == float(told["IKM_bobot_0_11"])
    assert exact == {
        "respondents": int(told["n_responden"]),
        "incomplete": 20,
        "index": float(told["IKM_bobot_1_per_9"]),
        "grade": told["mutu"],
        "elements": {column: float(told[f"NRR_{column}"]) for column in COLUMNS},
    }


def test_skm_prints_a_table_for_people(capsys: pytest.CaptureFixture[str], answers: Path) -> None:
    call_command("skm", str(answers))

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 responden dihitung; 1 jawaban tidak lengkap."
    assert lines[1] == "U1  3,500"
    assert lines[-1] == "Indeks 98,51, mutu A (bobot tiap unsur 0,111)."


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{FULL}\n{MIXED}\n".encode("utf-8-sig"),
        f"{HEADER}\n{FULL}\n{MIXED}\n".encode("utf-16"),
        f"{HEADER}\r\n{FULL}\r\n\r\n{MIXED}\r\n,,,,,,,,\r\n".encode(),
        f"{HEADER}\n{FULL}\n{MIXED}\n".replace(",", ";").encode(),
        f"{HEADER}\n{FULL}\n{MIXED}\n".replace(",", "\t").lower().encode(),
        f"sep=;\n{HEADER}\n{FULL}\n{MIXED}\n".replace(",", ";").encode(),
        f"saran,{HEADER}\nkafé bagus,{FULL}\n\"baik, sekali\",{MIXED}\n".encode("latin-1"),
        f"{HEADER},saran\n{FULL},\"dua\nbaris\"\n{MIXED},ok\n".encode(),
        f"{HEADER}\n{FULL}\n3.0, 4 ,4.00,4,4,4,4,4,4\n".encode(),
        (",".join(reversed(COLUMNS)) + f"\n{FULL}\n{MIXED[::-1]}\n").encode(),
    ],
)  # fmt: skip
def test_skm_reads_what_spreadsheets_write(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "jawaban.csv"
    file.write_bytes(content)

    result = run(capsys, file)

    assert (result["respondents"], result["incomplete"], result["index"]) == (2, 0, 98.5125)
    assert result["elements"] == {"U1": 3.5, **dict.fromkeys(COLUMNS[1:], 4.0)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Berkas kosong. Isi dengan judul kolom U1 sampai U9 dan jawabannya."),
        (b"\n\n", "Berkas kosong. Isi dengan judul kolom U1 sampai U9 dan jawabannya."),
        (
            f"{HEADER}\n".encode(),
            (
                "Tidak ada responden yang dapat dihitung. Isi jawabannya, "
                "atau pakai --incomplete per-element."
            ),
        ),
        (
            b"U1,U2,U3,U4,U5,U6,U9\n4,4,4,4,4,4,4\n",
            "Kolom U7, U8 tidak ada pada judul (baris 1). Judul harus memuat U1 sampai U9.",
        ),
        (
            f"{HEADER},u1\n{FULL},4\n".encode(),
            "Kolom U1 ada lebih dari satu pada judul (baris 1). Sisakan satu.",
        ),
        (
            f"{HEADER}\n{FULL}\n4,4,5,4,4,4,4,4,4\n".encode(),
            "Baris 3, kolom U3: “5” bukan jawaban. Jawaban adalah angka 1 sampai 4, atau kosong.",
        ),
        (
            f"{HEADER}\n{FULL}\n\n4,4,4,4,4,4,4,4,puas\n".encode(),
            (
                "Baris 4, kolom U9: “puas” bukan jawaban. "
                "Jawaban adalah angka 1 sampai 4, atau kosong."
            ),
        ),
        (
            f"{HEADER}\n٤,4,4,4,4,4,4,4,4\n".encode(),
            "Baris 2, kolom U1: “٤” bukan jawaban. Jawaban adalah angka 1 sampai 4, atau kosong.",
        ),
        (
            f"{HEADER}\n{FULL},4\n".encode(),
            "Baris 2 berisi 10 kolom, padahal judulnya 9. Periksa tanda pemisahnya.",
        ),
        (
            f'{HEADER}\n"4,4,4,4,4,4,4,4,4\n'.encode(),
            "Baris 2 tidak dapat dibaca. Periksa tanda kutipnya.",
        ),
        (
            b"PK\x03\x04 and so on",
            "Ini berkas lembar kerja (Excel), bukan CSV. Simpan dahulu sebagai CSV.",
        ),
        (b"U1\x00U2", "Berkas ini bukan teks. Simpan sebagai CSV UTF-8, lalu ulangi."),
    ],
)
def test_skm_refuses_what_it_cannot_take(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "jawaban.csv"
    file.write_bytes(content)

    assert refused(capsys, file) == message


def test_skm_names_the_element_nobody_answered(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "jawaban.csv"
    file.write_text(f"{HEADER}\n4,4,4,4,4,4,4,,4\n")

    message = refused(capsys, file, "--incomplete", "per-element")

    assert message == "Tidak ada jawaban untuk U8, jadi indeks tidak dapat dihitung."


@pytest.mark.parametrize("weight", ["abc", "0", "-1/9", "1/0", "0.12", "1e-9", "½", "9" * 10_000])
def test_skm_refuses_a_weight_it_cannot_use(
    capsys: pytest.CaptureFixture[str], answers: Path, weight: str
) -> None:
    assert refused(capsys, answers, f"--weight={weight}") == (
        f"Bobot “{weight[:40]}” tidak dikenal. Tuliskan 0.111, 1/9, atau 0.11; paling besar 1/9."
    )


def test_skm_refuses_an_unknown_rule(capsys: pytest.CaptureFixture[str], answers: Path) -> None:
    assert refused(capsys, answers, "--incomplete", "guess") == (
        "--incomplete “guess” tidak dikenal. Pilih leave-out atau per-element."
    )


def test_skm_refuses_a_file_that_is_not_there(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert refused(capsys, tmp_path) == (
        f"Berkas “{tmp_path}” tidak dapat dibuka. Periksa nama dan izinnya."
    )
    assert refused(capsys) == "Sebutkan berkasnya, misalnya: gerai skm jawaban.csv"
