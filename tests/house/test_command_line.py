"""The command line answers what it cannot use in Indonesian, with exit code 2, without a trace."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from config.command import main

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = re.compile(r"error:|usage:|invalid|unrecognized|Unknown|Traceback|required|Type '")
OURS = sorted(
    name.replace("_", "-") for name, app in get_commands().items() if app.startswith("gerai.")
)
READ_A_FILE = ("import-catalogue", "import-malls", "skm", "replay", "evaluate-wait")
WITHOUT_ARGUMENTS = {"prepare", "sample", "serve", "addresses", "states", "measures", "work"}


@pytest.fixture
def told(capsys, monkeypatch):
    """Run a command line; return its exit code and what it said."""

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["gerai", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.err

    return run


def check(answer: tuple[int, str]) -> None:
    code, words = answer
    assert (code, ENGLISH.findall(words)) == (2, [])
    assert words.strip()


@pytest.mark.parametrize("command", OURS)
def test_an_unknown_option(told, command: str):
    check(told(command, "--tidak-ada"))


@pytest.mark.parametrize("command", sorted(set(OURS) - WITHOUT_ARGUMENTS))
def test_no_arguments(told, db, command: str):
    check(told(command))


@pytest.mark.parametrize("command", READ_A_FILE)
def test_a_file_that_cannot_be_read(told, db, tmp_path: Path, command: str):
    binary = tmp_path / "isi.csv"
    binary.write_bytes(bytes(range(256)) * 40)
    empty = tmp_path / "kosong.csv"
    empty.touch()
    for typed in (tmp_path / "tidak-ada.csv", tmp_path, binary, empty, Path("a\x00b"), Path()):
        check(told(command, str(typed)))
    check(told(command, str(binary), "satu", "lagi"))
    check(told(command, "x" * 10_000))


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("tidak-ada",),
        ("serve", "--port", "x"),
        ("serve", "--port"),
        ("addresses", "--port", "1.5"),
        ("holidays", "99999999999999999999"),
        ("holidays", "duaribu"),
        ("holidays", "2026", "--as-of", "2026-02-30"),
        ("working-days", "2026", "--week", "7"),
        ("skm", "--weight"),
    ],
    ids=" ".join,
)
def test_a_senseless_line(told, arguments: tuple[str, ...]):
    check(told(*arguments))


def test_the_program_itself(tmp_path: Path):
    command = [sys.executable, "manage.py", "skm"]
    place = {**os.environ, "GERAI_DATA": str(tmp_path)}
    for arguments, settings in (([], {}), (["--x"], {}), ([], {"GERAI_BEHIND_TLS": "mungkin"})):
        done = subprocess.run(
            [*command, *arguments],
            cwd=ROOT,
            env=place | settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_help_lists_our_commands(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["gerai", "help"])
    main()
    said = capsys.readouterr().out
    assert re.findall(r"^  gerai (\S+)", said, re.MULTILINE) == OURS
