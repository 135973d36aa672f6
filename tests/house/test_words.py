"""Every sentence that people meet is marked, and is there in English too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
import pytest
from django import forms
from django.utils import translation

from gerai.people.templatetags.trail import FACTS, WORDS
from gerai.queue.states import Verb

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
# Django's own sentences, in our words.
INDONESIAN = ROOT / "locale/id/LC_MESSAGES/django.po"
AGAIN = "Run `make words`, translate what is new in locale/en, run it again."

# The places of context, singular and plural in the arguments of each function.
MARKS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
QUOTED = r"""(?:"(?P<{0}2>[^"]*)"|'(?P<{0}1>[^']*)')"""
TRANSLATE = re.compile(
    r"\{% *translate +" + QUOTED.format("text") + r"(?: +context +" + QUOTED.format("ctx") + ")?"
)
BLOCK = re.compile(
    r"\{% *blocktranslate\b(?P<options>[^%]*)%\}(?P<body>.*?)\{% *endblocktranslate *%\}", re.DOTALL
)
PLURAL = re.compile(r"\{% *plural *%\}")
CONTEXT = re.compile(r"\bcontext +" + QUOTED.format("ctx"))
CONSTANT = re.compile(r"_\(" + QUOTED.format("text") + r"\)")
VARIABLE = re.compile(r"\{\{ *(\w+) *\}\}")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")

# Words that stand in templates as they are: everywhere, and by file.
NAMES = {"Gerai", "Esc", "Facebook", "SMS", "Telegram", "WhatsApp", "PDF", "DOCX", "USB", "mm"}
UNMARKED = {
    "ui/languages.html": {"Indonesia", "English"},
    "showcase/stage_bar.html": {"PgDn", "PgUp", "Home", "End", "Enter"},
    # The name of a key, and in each language how one comes to the other.
    "queue/kiosk/keys.html": {
        *("Enter", "For", "English", "press", "slash"),
        *("Untuk", "bahasa", "Indonesia", "tekan", "garis", "miring"),
    },
}
# The page of last resort says both languages and asks for nothing.
BOTH_LANGUAGES = {"ui/error.html"}
SPOKEN_ATTRIBUTES = r"(?:aria-label|alt|title|placeholder|content-label|label|data-label)"
ATTRIBUTE = re.compile(r"\s" + SPOKEN_ATTRIBUTES + r'="([^"]*)"')
FOR_MACHINES = re.compile(
    r"\{% *block +(?:\w+_class|home|live_on) *%\}.*?\{% *endblock\b[^%]*%\}"
    r'|data-gerai[\w-]*(?:="[^"]*")?',
    re.DOTALL,
)
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE_IN_SCRIPT = re.compile(r"""(["'`])([A-Z][a-z]+(?: [a-z]+)+[.!?…]?)\1""")


class Message(NamedTuple):
    """What a catalogue is asked for."""

    context: str
    singular: str
    plural: str


def sources(*endings: str) -> list[Path]:
    return sorted(
        file
        for room in ("gerai", "config")
        for file in (ROOT / room).rglob("*")
        if file.name.endswith(endings)
        and not {"tests", "migrations", "vendor"}.intersection(file.parts)
    )


def literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def in_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in MARKS and all(isinstance(each, ast.expr) for each in node.args):
            told = [literal(node.args[at]) if at is not None else "" for at in MARKS[name]]
            if told[1]:
                yield Message(*told)


def either(found: re.Match[str], name: str) -> str:
    return found[f"{name}2"] or found[f"{name}1"] or ""


def in_template(text: str) -> Iterator[Message]:
    for found in TRANSLATE.finditer(text):
        yield Message(either(found, "ctx"), either(found, "text"), "")
    for found in CONSTANT.finditer(text):
        yield Message("", either(found, "text"), "")
    for found in BLOCK.finditer(text):
        context = CONTEXT.search(found["options"])
        parts = [trimmed(part) for part in PLURAL.split(found["body"])]
        yield Message(either(context, "ctx") if context else "", parts[0], "".join(parts[1:]))


def trimmed(body: str) -> str:
    lines = (line.strip() for line in body.strip().splitlines())
    return VARIABLE.sub(r"%(\1)s", " ".join(line for line in lines if line))


def asked() -> set[Message]:
    python = {
        each for file in sources(".py") for each in in_python(file.read_text(encoding="utf-8"))
    }
    return python.union(
        each
        for file in sources(".html", ".txt")
        for each in in_template(file.read_text(encoding="utf-8"))
    )


@pytest.fixture(scope="module")
def english() -> polib.POFile:
    return polib.pofile(CATALOGUE)


def test_every_blocktranslate_is_trimmed():
    loose = [
        file.name
        for file in sources(".html")
        for found in BLOCK.finditer(file.read_text(encoding="utf-8"))
        if "trimmed" not in found["options"].split()
    ]
    assert loose == []


def test_the_catalogue_holds_exactly_what_the_sources_ask_for(english):
    held = {
        Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")
        for entry in english
        if not entry.obsolete
    }
    # A message that is asked for with a plural somewhere is one entry with it.
    counted = {(each.context, each.singular) for each in held if each.plural}
    wanted = {each for each in asked() if each.plural or each[:2] not in counted}
    assert {"missing": wanted - held, "stale": held - wanted} == {
        "missing": set(),
        "stale": set(),
    }, AGAIN


def test_every_message_is_translated(english):
    empty = [entry.msgid for entry in english if not entry.translated()]
    assert empty == [], AGAIN


def test_no_translation_is_a_guess(english):
    assert [entry.msgid for entry in english.fuzzy_entries()] == []


@pytest.mark.parametrize("catalogue", [CATALOGUE, INDONESIAN], ids=["en", "id"])
def test_a_translation_keeps_the_placeholders(catalogue):
    wrong = [
        entry.msgid
        for entry in polib.pofile(catalogue)
        for told in [entry.msgstr, *entry.msgstr_plural.values()]
        if told and set(PLACEHOLDER.findall(told)) != set(PLACEHOLDER.findall(entry.msgid))
    ]
    assert wrong == []


def test_a_translation_keeps_the_spaces_around_it(english):
    def edges(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [e.msgid for e in english if e.msgstr and edges(e.msgstr) != edges(e.msgid)] == []


@pytest.mark.parametrize("catalogue", [CATALOGUE, INDONESIAN], ids=["en", "id"])
def test_the_compiled_catalogue_says_the_same(catalogue):
    def content(entries: list[polib.POEntry]) -> dict[tuple[str | None, str], object]:
        return {
            (each.msgctxt or None, each.msgid): each.msgstr_plural or each.msgstr
            for each in entries
        }

    compiled = polib.mofile(catalogue.with_suffix(".mo"))
    assert content(compiled) == content(polib.pofile(catalogue)), "Run `make words`."


def test_the_catalogue_names_no_person_place_or_hour():
    text = CATALOGUE.read_text(encoding="utf-8")
    assert re.findall(r"^#:.*|POT-Creation-Date.*|PO-Revision-Date.*|.*Translator.*", text) == []


def bare_words(text: str) -> Iterator[str]:
    """Yield the words that a template says without asking for a translation.

    >>> list(bare_words('<p title="Dua kata">{% translate "Satu" %} tiga {{ four }}</p>'))
    ['Dua', 'kata', 'tiga']
    """
    text = re.sub(r"\{% *comment *%\}.*?\{% *endcomment *%\}|\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", text, flags=re.DOTALL)
    text = FOR_MACHINES.sub("", BLOCK.sub("", text))
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    told = [*ATTRIBUTE.findall(text), re.sub(r"<[^<>]*>", "\n", text)]
    yield from (word for each in told for word in WORD.findall(re.sub(r"&\w+;", " ", each)))


def test_templates_say_nothing_unmarked():
    found: dict[str, list[str]] = {}
    for file in sources(".html"):
        name = file.as_posix().split("/templates/")[-1]
        let_be = NAMES | UNMARKED.get(name, set())
        words = [
            word for word in bare_words(file.read_text(encoding="utf-8")) if word not in let_be
        ]
        if words and name not in BOTH_LANGUAGES:
            found[name] = words
    assert found == {}


def test_scripts_get_their_words_from_the_page():
    said = {
        file.name: told
        for file in sources(".js")
        if (
            told := [
                sentence
                for _, sentence in SENTENCE_IN_SCRIPT.findall(
                    re.sub(r"/\*.*?\*/|^\s*//.*?$", "", file.read_text("utf-8"), flags=re.S | re.M)
                )
            ]
        )
    }
    assert said == {}


DEED = re.compile(r"\b(record|_told|_tell|_record)\(\s*f?[\"']([a-z_.]+)[\"'](.*?)\)\n", re.DOTALL)
ROOM_OF = {"_tell": "queue.", "_record": "directory."}


def test_the_trail_has_words_for_every_deed_and_fact():
    verbs = {f"queue.{verb}" for verb in Verb}
    facts = set()
    for file in sources(".py"):
        text = file.read_text(encoding="utf-8")
        for call, verb, rest in DEED.findall(text) if "audit.record(" in text else ():
            verbs.add(ROOM_OF.get(call, "") + verb)
            facts.update(re.findall(r"\b([a-z_]+)=", rest))
    # Lists, and what only the room itself can read: the trail leaves them out.
    unsaid = {"days", "seats", "changed", "suspicions", "to", "consent"}
    assert {"directory.seat", "queue.pause", "people.set_role", "directory.add_agency"} <= verbs
    assert verbs - set(WORDS) == set()
    assert facts - set(FACTS) - unsaid - {"by", "thing"} == set()


def test_a_form_speaks_our_indonesian_where_it_says_django_s_sentences():
    class Asked(forms.Form):
        name = forms.CharField(max_length=3)
        count = forms.IntegerField(max_value=9)
        day = forms.ChoiceField(choices=[("a", "A")])

    with translation.override("id"):
        wrong = [Asked({}), Asked({"name": "abcd", "count": "x", "day": "b"})]
        told = [form.errors[name][0] for form in wrong for name in form.fields]

    assert told == [
        "Isian ini wajib diisi.",
        "Isian ini wajib diisi.",
        "Isian ini wajib diisi.",
        "Paling banyak 3 huruf; sekarang 4. Persingkat isinya.",
        "Isi dengan bilangan bulat.",
        "“b” tidak ada dalam daftar. Pilih salah satu yang ada.",
    ]
