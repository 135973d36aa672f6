"""What words mean the same, how far a misspelling may go, and who stands first (pure).

Spellings are those of the Kamus Besar Bahasa Indonesia (KBBI, Badan Bahasa): the left one of
`STANDARD` is common, the right one is the dictionary's.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache, lru_cache

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

LONGEST_WORD = 40
LONGEST_QUERY = 200
LONGEST_TEXT = 200_000
MOST_WORDS = 8
SHORTEST_BEGINNING = 3

# Roots, by KBBI.
STANDARD = {
    "akte": "akta",
    "aktifitas": "aktivitas",
    "analisa": "analisis",
    "antri": "antre",
    "apotik": "apotek",
    "atlit": "atlet",
    "azas": "asas",
    "baharu": "baru",
    "diagnosa": "diagnosis",
    "efektifitas": "efektivitas",
    "faksimil": "faksimile",
    "fotocopy": "fotokopi",
    "fotokopy": "fotokopi",
    "hakekat": "hakikat",
    "himbau": "imbau",
    "hutang": "utang",
    "ijasah": "ijazah",
    "ijin": "izin",
    "jadual": "jadwal",
    "jaman": "zaman",
    "kadaluarsa": "kedaluwarsa",
    "karir": "karier",
    "komplek": "kompleks",
    "kongkrit": "konkret",
    "konkrit": "konkret",
    "kwalitas": "kualitas",
    "kwitansi": "kuitansi",
    "legalisir": "legalisasi",
    "lembab": "lembap",
    "mall": "mal",
    "materai": "meterai",
    "metoda": "metode",
    "milyar": "miliar",
    "moderen": "modern",
    "nasehat": "nasihat",
    "nopember": "november",
    "obyek": "objek",
    "otentik": "autentik",
    "passport": "paspor",
    "pasport": "paspor",
    "pebruari": "februari",
    "photo": "foto",
    "photocopy": "fotokopi",
    "pondasi": "fondasi",
    "praktek": "praktik",
    "propinsi": "provinsi",
    "prosentase": "persentase",
    "rejeki": "rezeki",
    "resiko": "risiko",
    "sertipikat": "sertifikat",
    "silahkan": "sila",
    "sistim": "sistem",
    "standarisasi": "standardisasi",
    "standarisir": "standardisasi",
    "subyek": "subjek",
    "survey": "survei",
    "syah": "sah",
    "tehnik": "teknik",
    "telpon": "telepon",
    "trampil": "terampil",
    "urin": "urine",
}

# Where the stemmer takes another root than KBBI has: by word, or by what it makes of words.
ROOTS = {
    "dirubah": "ubah",
    "memadukan": "padu",
    "mengesahkan": "sah",
    "menikah": "nikah",
    "merubah": "ubah",
    "pengesahan": "sah",
    "silakan": "sila",
    "unjung": "kunjung",
}

# Roots that the stemmer's dictionary lacks.
MORE_ROOTS = ("tandatangan",)

# One thing, written together or apart.
JOINED = re.compile(r"\b(?:e[- ]?ktp|ktp[- ]?(?:el|elektronik))\b")

_STOPWORDS = """
    ada adalah agar akan anda apa apakah atas atau bagaimana bagi bahwa beberapa begitu belum
    berapa bila bisa boleh bukan cara dalam dan dapat dari daripada demi dengan di dia dll harus
    hingga ia ialah ingin ini itu jadi jika juga kah kalau kami kapan karena ke kepada kita lagi
    lah lain lalu maka mana masih mau melainkan mengapa mereka namun nya oleh pada paling para
    pernah pula pun saat saja sangat saya sebagai sebelum sebuah secara sedang sehingga sejak
    sekali selain selama seluruh semua seorang seperti serta sesuai setelah setiap siapa suatu
    sudah supaya tapi telah tentang terhadap tersebut tetapi tiap tidak untuk yaitu yakni yang
"""
STOPWORDS = frozenset(_STOPWORDS.split())

_APOSTROPHE = re.compile(r"(?<=[a-z])['`\u2018\u2019\u02bc](?=[a-z])")
_THOUSANDS = re.compile(r"(?<=[0-9])[.](?=[0-9]{3}(?![0-9]))")
_WORD = re.compile(r"[a-z0-9]+")
_NOUN_OF_ROOT_IN_K = re.compile(r"(?:ke|pe).{2,}kan")

# Nearer than this, words of a length are taken for each other.
SHORTEST_MENDED = 4
SHORTEST_MENDED_TWICE = 8

_DIGITS = {
    letter: digit for digit, letter in enumerate("0123456789abcdefghijklmnopqrstuvwxyz", start=1)
}
CODED_LETTERS = 12
BASE = len(_DIGITS) + 1
SECONDS = 2**33 - 1


def folded(text: str) -> str:
    """Return a text in small plain letters.

    >>> folded("Jum'at, Café KTP-el Rp1.500.000")
    'jumat, cafe ktp rp1500000'
    """
    plain = text[:LONGEST_TEXT]
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.lower()
    plain = _APOSTROPHE.sub("", plain)
    return JOINED.sub("ktp", _THOUSANDS.sub("", plain))


def words_of(text: str) -> list[str]:
    """Return the different words of a text that mean something, in their order.

    >>> words_of("Cara pembuatan KTP-el dan KK di Mal, 2026")
    ['pembuatan', 'ktp', 'kk', 'mal', '2026']
    """
    found = dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(folded(text)))
    return [word for word in found if word not in STOPWORDS]


def is_last_open(text: str) -> bool:
    """Tell whether a text ends inside a word that may still be typed on.

    >>> is_last_open("buat pasp"), is_last_open("buat paspor "), is_last_open("syarat untuk")
    (True, False, False)
    """
    words = _WORD.findall(folded(text[-LONGEST_WORD:]))
    return bool(words) and text[-1:].isalnum() and words[-1] not in STOPWORDS


@lru_cache(maxsize=2**17)
def stem_of(word: str) -> str:
    """Return what a word has in common with its other forms.

    >>> [stem_of(word) for word in ("pengurusan", "membuat", "antrian", "perijinan", "kk", "2026")]
    ['urus', 'buat', 'antre', 'izin', 'kk', '2026']
    """
    if not word.isalpha() or len(word) < SHORTEST_MENDED:
        return STANDARD.get(word, word)
    if word in ROOTS:
        return ROOTS[word]
    root = _root_in_k(word) or str(_stemmer().stem_word(word))
    root = ROOTS.get(root, root)
    return STANDARD.get(root, root)


def stems_of(words: Iterable[str]) -> list[str]:
    """Return the different stems of words, in their order."""
    return list(dict.fromkeys(map(stem_of, words)))


def distance_allowed(word: str) -> int:
    """Return how many mistakes may be mended in a word.

    >>> [distance_allowed(word) for word in ("ktp", "paspr", "perizinn", "ktp2026a")]
    [0, 1, 2, 0]
    """
    if not word.isalpha() or len(word) < SHORTEST_MENDED:
        return 0
    return 1 if len(word) < SHORTEST_MENDED_TWICE else 2


def sure_letters(word: str) -> int:
    """Return how many letters at the beginning or at the end are right in a word to be mended.

    One mistake touches two neighbours at most, so it leaves so many on one side of it.
    """
    if len(word) == SHORTEST_MENDED:
        return 1
    return distance_allowed(word) + 1


def code_of(word: str) -> int:
    """Return a number by which words sort as by their first twelve letters, on any database.

    >>> code_of("paspor") < code_of("pasport") < code_of("pasta")
    True
    """
    return _code(word, 0)


def codes_beginning(letters: str) -> tuple[int, int]:
    """Return the lowest and the highest code of the words that begin with letters.

    >>> low, high = codes_beginning("pas")
    >>> [low <= code_of(word) <= high for word in ("pas", "paspor", "pas9", "pat", "pa")]
    [True, True, True, False, False]
    """
    return _code(letters, 0), _code(letters, BASE - 1)


def age_of(at: datetime | None) -> int:
    """Return the place of a moment among others: what has none first, then the newest.

    >>> newer, older = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    >>> age_of(None) < age_of(newer) < age_of(older)
    True
    """
    if at is None:
        return 0
    return SECONDS - min(max(int(at.astimezone(UTC).timestamp()), 0), SECONDS - 1)


def mended_text(text: str, mended: dict[str, str]) -> str:
    """Return what was typed with some of its words replaced.

    >>> mended_text("Membuat  pasprt KTP", {"pasprt": "paspor"})
    'Membuat paspor KTP'
    """

    def right(found: re.Match[str]) -> str:
        return mended.get(folded(found.group()), found.group())

    replaced = re.sub(r"[^\W_]+", right, text[:LONGEST_QUERY])
    return " ".join("".join(c if c.isprintable() else " " for c in replaced).split())


def _code(letters: str, filling: int) -> int:
    code = 0
    for place in range(CODED_LETTERS):
        digit = _DIGITS[letters[place]] if place < len(letters) else filling
        code = code * BASE + digit
    return code


def _root_in_k(word: str) -> str:
    """Return the root of ke…an, pe…an, per…an where it ends in k; their -kan is no suffix."""
    if not _NOUN_OF_ROOT_IN_K.fullmatch(word) or _dictionary().contains(word):
        return ""
    root = str(_stemmer().stem_word(word.removesuffix("an")))
    return root if root.endswith("k") and _dictionary().contains(root) else ""


@cache
def _dictionary() -> ArrayDictionary:
    return ArrayDictionary(
        [*StemmerFactory().get_words(), *STANDARD, *STANDARD.values(), *MORE_ROOTS]
    )


@cache
def _stemmer() -> Stemmer:
    return Stemmer(_dictionary())
