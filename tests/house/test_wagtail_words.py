"""Wagtail's admin speaks Indonesian: every sentence, whole, and with one word for one thing."""

import re
from importlib.resources import files
from pathlib import Path

import polib
import pytest
from django.test import override_settings
from django.utils.translation import gettext, ngettext, override, pgettext
from django.utils.translation.trans_real import DjangoTranslation

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "locale/wagtail"
ENGLISH = ROOT / "locale/en/LC_MESSAGES/django.po"
PACKAGES = Path(str(files("wagtail"))).parent
# All of Wagtail's catalogues but the style guide, which only its developers open.
CATALOGUES = [
    "wagtail",
    "wagtail/admin",
    "wagtail/images",
    "wagtail/documents",
    "wagtail/embeds",
    "wagtail/search",
    "wagtail/snippets",
    "wagtail/users",
    "wagtail/locales",
    "wagtail/sites",
    "wagtail/contrib/forms",
    "wagtail/contrib/redirects",
    "wagtail/contrib/search_promotions",
    "wagtail/contrib/settings",
    "wagtail/contrib/simple_translation",
    "wagtail/contrib/table_block",
    "wagtail/contrib/typed_table_block",
    "taggit",
]
DOMAINS = ["django", "djangojs"]

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")
TAG = re.compile(r"<[^>]+>")
EDGES = re.compile(r"^(\s*).*?(\s*)$", re.DOTALL)
# What the glossary of locale/wagtail/README.md calls otherwise.
OTHER_WORDS = re.compile(
    r"\b(?:\w*publikasi\w*|konsep|\w*moderasi|workflow|revisi|komentar|potongan|kadalu?arsa"
    r"|alur kerja|konten|notifikasi|hak akses|halaman turunan|tugas|tag|pribadi|tolak|bidang"
    r"|e-?mail|username|password|preview|silahkan|disini|sub-halaman|galat|error"
    r"|(?-i:anda))\b",
    re.IGNORECASE,
)
Key = tuple[str | None, str, str]


def ours(domain: str) -> polib.POFile:
    return polib.pofile(FOLDER / f"id/LC_MESSAGES/{domain}.po")


def key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


def said(entry: polib.POEntry) -> str:
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def theirs(domain: str) -> set[Key]:
    """Return what Wagtail's own English catalogues hold."""
    sources = [PACKAGES / each / f"locale/en/LC_MESSAGES/{domain}.po" for each in CATALOGUES]
    return {
        key(entry)
        for source in sources
        if source.exists()
        for entry in polib.pofile(source)
        if not entry.obsolete
    }


@pytest.fixture(params=DOMAINS)
def domain(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def catalogue(domain: str) -> polib.POFile:
    return ours(domain)


def test_nearly_every_sentence_of_wagtail_is_told_in_indonesian(domain):
    asked = theirs(domain)
    told = {key(entry) for entry in ours(domain) if said(entry).strip()}

    untold = asked - told
    assert len(asked) > 80
    assert len(untold) <= len(asked) // 100, sorted(map(str, untold))


def test_every_sentence_is_still_one_of_wagtail(domain, catalogue):
    asked = theirs(domain)

    assert [each.msgid for each in catalogue if key(each) not in asked] == []


def test_nothing_is_empty_guessed_or_told_twice(catalogue):
    keys = [key(each) for each in catalogue]

    assert [each.msgid for each in catalogue if each.fuzzy or not said(each).strip()] == []
    assert len(keys) == len(set(keys))


def test_an_indonesian_sentence_has_one_form(catalogue):
    assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert [
        each.msgid for each in catalogue if each.msgid_plural and list(each.msgstr_plural) != [0]
    ] == []


@pytest.mark.parametrize("part", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_a_sentence_keeps_its_placeholders_and_tags(catalogue, part):
    changed = [
        (wanted, said(each))
        for each in catalogue
        for wanted in [each.msgid_plural or each.msgid]
        if sorted(set(part.findall(wanted))) != sorted(set(part.findall(said(each))))
    ]

    assert changed == []


def test_a_sentence_keeps_the_spaces_around_it(catalogue):
    def edges(text: str) -> tuple[str, ...]:
        found = EDGES.match(text)
        return found.groups() if found else ()

    assert [each.msgid for each in catalogue if edges(each.msgid) != edges(said(each))] == []


def test_one_thing_has_one_word(catalogue):
    assert [
        (found[0], said(each))
        for each in catalogue
        for found in [OTHER_WORDS.search(TAG.sub("", PLACEHOLDER.sub("", said(each))))]
        if found
    ] == []


def test_the_compiled_words_are_those_of_the_source(domain, catalogue):
    compiled = polib.mofile(FOLDER / f"id/LC_MESSAGES/{domain}.mo")

    assert {key(each): said(each) for each in compiled} == {
        key(each): said(each) for each in catalogue
    }


def test_no_sentence_of_gerai_is_said_otherwise():
    gerai = {(each.msgctxt, each.msgid) for each in polib.pofile(ENGLISH)}

    assert [
        each.msgid
        for each in ours("django")
        if (each.msgctxt, each.msgid) in gerai and said(each) != each.msgid
    ] == []


@pytest.mark.parametrize("language", ["id", "id-id"])
def test_django_says_them_under_both_codes_of_indonesian(language):
    with override_settings(LOCALE_PATHS=[ROOT / "locale", FOLDER]), override(language):
        assert [
            gettext("Submit for moderation"),
            gettext("Unpublish"),
            ngettext("Delete 1 page", "Delete %(counter)s pages", 3) % {"counter": 3},
            pgettext("A tag name", "name"),
        ] == ["Ajukan untuk ditinjau", "Tarik dari terbitan", "Hapus 3 halaman", "nama"]


def test_the_scripts_get_theirs():
    with override_settings(LOCALE_PATHS=[FOLDER]):
        scripts = DjangoTranslation("id", domain="djangojs")

    assert scripts.gettext("Page explorer") == "Penjelajah halaman"
    assert scripts.ngettext("%(num)s error", "%(num)s errors", 2) == "%(num)s kesalahan"
