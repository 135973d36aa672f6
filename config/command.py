"""The command line: gerai import-catalogue FILE is Django's command import_catalogue."""

import os
import re
import sys
from typing import NoReturn

import django
from django.core.management import (
    execute_from_command_line,
    get_commands,
    load_command_class,
)
from django.core.management.base import CommandParser
from environs import EnvError

WRONG = 2
# What argparse says in English → what people read.
SENTENCES = (
    (r"unrecognized arguments: (.*)", "Bagian ini tidak dikenal: {0}."),
    (r"the following arguments are required: (.*)", "Masih kurang: {0}."),
    (r"argument (\S+): expected .*", "Tuliskan isinya sesudah {0}."),
    (r"argument (\S+): invalid int value: '(.*)'", "Isi {0} harus bilangan bulat, bukan “{1}”."),
    (r"argument (\S+): invalid choice: '(.*)' \(.*", "Isi {0} tidak dikenal: “{1}”."),
    (r"argument (\S+): .*", "Isi {0} tidak dapat dipakai."),
    (r"ambiguous option: (\S+) .*", "Pilihan {0} dapat berarti beberapa hal; tulis lengkap."),
)
LONGEST = 200


def main() -> None:
    """Run one command; hyphens in its name are underscores in its module.

    A command line that cannot be read is answered in Indonesian with exit code 2.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")  # noqa: TID251
    # Django makes every command's parser itself and offers no other door to its words.
    CommandParser.error = _refuse_words  # type: ignore[assignment,method-assign]
    arguments = sys.argv[:]
    try:
        django.setup()  # before that only Django's own commands are known
        if len(arguments) < 2:  # noqa: PLR2004 - the program and a command
            _refuse("Sebutkan perintahnya.\n" + _ours())
        if arguments[1:] in (["help"], ["--help"], ["-h"]):
            sys.stdout.write(_ours())
            return
        if not arguments[1].startswith("-"):
            arguments[1] = arguments[1].replace("-", "_")
            if arguments[1] not in {*get_commands(), "help", "version"}:
                _refuse(f"Perintah “{sys.argv[1][:LONGEST]}” tidak dikenal.\n" + _ours())
        execute_from_command_line(arguments)
    except EnvError as wrong:
        _refuse(f"Setelan tidak dapat dipakai: {wrong}")


def sentence(message: str) -> str:
    """Return what argparse complains about as an Indonesian sentence.

    >>> sentence("unrecognized arguments: --x")
    'Bagian ini tidak dikenal: --x.'
    """
    for pattern, words in SENTENCES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words.format(*(part[:LONGEST] for part in found.groups()))
    return "Perintah ini tidak dapat dibaca."


def _refuse_words(parser: CommandParser, message: str) -> NoReturn:
    _refuse(f"{sentence(message)} Lihat: {parser.prog} --help")


def _refuse(words: str) -> NoReturn:
    sys.stderr.write(words.rstrip() + "\n")
    raise SystemExit(WRONG)


def _ours() -> str:
    ours = sorted(name for name, app in get_commands().items() if app.startswith("gerai."))
    helps = {name: load_command_class(get_commands()[name], name).help for name in ours}
    lines = [f"  gerai {name.replace('_', '-'):<18} {words}\n" for name, words in helps.items()]
    return "Perintah yang ada:\n" + "".join(lines)
