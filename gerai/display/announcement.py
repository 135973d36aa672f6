"""What a call says: the caption people read and the words a voice speaks.

Letters are spoken by their Indonesian names, the digits of a ticket one by one, the number of a
counter as a number, abbreviations in an agency's name as letters or in full. The caption keeps
letters and names as they are written. Pure: no Django, no sound; the sound is made in voice.py.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Literal

Language = Literal["id", "en"]

LONGEST_PLACE = 120
LONGEST_CODE = 12


def _named(names: str) -> dict[str, str]:
    return dict(zip(ascii_uppercase, names.split(), strict=True))


LETTERS: dict[Language, dict[str, str]] = {
    "id": _named("a be ce de e ef ge ha i je ka el em en o pe ki er es te u ve we eks ye zet"),
    "en": _named(
        "A bee see dee ee ef jee aitch eye jay kay ell em en oh pea cue ar ess tea you vee "
        "double-u ex why zed"
    ),
}

_ID_UNITS = str.split("nol satu dua tiga empat lima enam tujuh delapan sembilan")
_EN_UNITS = str.split(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_EN_TENS = str.split("twenty thirty forty fifty sixty seventy eighty ninety")

# Said in full; keys are lower case and without the full stop.
_IN_FULL = {
    "kab": "Kabupaten",
    "kec": "Kecamatan",
    "kel": "Kelurahan",
    "prov": "Provinsi",
    "dinkes": "Dinas Kesehatan",
    "dinsos": "Dinas Sosial",
    "disdukcapil": "Dinas Kependudukan dan Catatan Sipil",
    "disnaker": "Dinas Tenaga Kerja",
    "dishub": "Dinas Perhubungan",
    "kemenag": "Kementerian Agama",
    "kemenkumham": "Kementerian Hukum dan HAM",
    "kantah": "Kantor Pertanahan",
    "ham": "ham",
    "bpom": "be pom",
}
# Written in capitals, yet said as a word.
_WORDS = frozenset(
    str.split("asabri bapenda baznas bulog kis polda polres polri samsat sim taspen")
)
# Said letter by letter even where the whole name is written in capitals.
_SPELLED = frozenset(
    str.split(
        "atr bkpsdm bni bpjs bpn bri btn bumd bumn cv ikd kia kk kpp ktp kua lkpm nib npwp opd "
        "oss pdam pln pmi pt ptsp rsud ri skck tni umkm upt uptd"
    )
)
_SPELLED_UP_TO = 4
_ROMAN = {
    numeral: number
    for number, numeral in enumerate(str.split("I II III IV V VI VII VIII IX X"), start=1)
}
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['\u2019][^\W\d_]+)*|[.,()&/-]")
_NOTHING_TO_SAY = "a number to call needs a letter or a digit"
_CODE_PART = re.compile(r"[A-Za-z]|\d+")


@dataclass(frozen=True)
class Announcement:
    """One call in words.

    caption: for people: "Nomor antrean A, nol, tiga, lima. Silakan ke loket dua, Dinas …".
    spoken: for a voice, with letter names and abbreviations written out; letters, digits and
    the marks ",.-'" only.
    """

    caption: str
    spoken: str
    language: Language


def words(label: str, counter_code: str, place: str, *, language: Language = "id") -> Announcement:
    """Return what is said when a ticket is called.

    label: the ticket's number as printed ("A035"); at most 12 characters are said.
    counter_code: the counter as it is signposted ("2", "Z1-16").
    place: the agency or zone; cut after 120 characters, empty where there is none.

    :raises ValueError: when label or counter code holds neither letter nor digit

    >>> words("A035", "2", "Dinas Kependudukan").caption
    'Nomor antrean A, nol, tiga, lima. Silakan ke loket dua, Dinas Kependudukan.'
    """
    name = _cleaned(place)
    sentence = _SENTENCES[language]
    return Announcement(
        caption=sentence(
            ", ".join(_label_parts(label, language, letters=False)),
            _counter(counter_code, language, letters=False),
            name,
        ),
        spoken=sentence(
            ", ".join(_label_parts(label, language, letters=True)),
            _counter(counter_code, language, letters=True),
            spoken_name(name, language=language),
        ),
        language=language,
    )


def number_words(number: int, *, language: Language = "id") -> str:
    """Return a number of 0 to 999 in words.

    :raises ValueError: when it is outside 0..999

    >>> number_words(111), number_words(216), number_words(40, language="en")
    ('seratus sebelas', 'dua ratus enam belas', 'forty')
    """
    if not 0 <= number <= 999:  # noqa: PLR2004
        raise ValueError("only 0 to 999 are said as a number")
    return _indonesian(number) if language == "id" else _english(number)


def spoken_label(label: str, *, language: Language = "id") -> str:
    """Return a ticket's number as it is said, letter by letter and digit by digit.

    :raises ValueError: when it holds neither

    >>> spoken_label("A035")
    'a, nol, tiga, lima'
    """
    return ", ".join(_label_parts(label, language, letters=True))


def spoken_name(name: str, *, language: Language = "id") -> str:
    """Return an agency's name as it is said: abbreviations spelled or in full, numbers in words.

    >>> spoken_name("BPJS Kesehatan Kab. Barru")
    'be pe je es Kesehatan Kabupaten Barru'
    """
    # In a name written wholly in capitals a short word is no abbreviation.
    all_capitals = name.upper() == name and len(name.split()) > 1
    said = " ".join(_said(name, language, all_capitals=all_capitals))
    return re.sub(r"\s+,", ",", said).strip(" ,")


def _indonesian(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    parts = []
    if hundreds:
        parts.append("seratus" if hundreds == 1 else f"{_ID_UNITS[hundreds]} ratus")
    if tens == 1:
        parts.append({0: "sepuluh", 1: "sebelas"}.get(units, f"{_ID_UNITS[units]} belas"))
    else:
        if tens:
            parts.append(f"{_ID_UNITS[tens]} puluh")
        if units or not number:
            parts.append(_ID_UNITS[units])
    return " ".join(parts)


def _english(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [f"{_EN_UNITS[hundreds]} hundred"] if hundreds else []
    if rest >= 20:  # noqa: PLR2004
        tens, units = divmod(rest, 10)
        parts.append(_EN_TENS[tens - 2] + (f"-{_EN_UNITS[units]}" if units else ""))
    elif rest or not number:
        parts.append(_EN_UNITS[rest])
    return " ".join(parts)


def _digits(text: str, language: Language) -> Iterator[str]:
    return (number_words(int(digit), language=language) for digit in text)


def _letter(text: str, language: Language, *, letters: bool) -> str:
    return LETTERS[language][text.upper()] if letters else text.upper()


def _shortened(code: str) -> str:
    return unicodedata.normalize("NFKC", code[:LONGEST_CODE])


def _label_parts(label: str, language: Language, *, letters: bool) -> Iterator[str]:
    parts = _CODE_PART.findall(_shortened(label))
    if not parts:
        raise ValueError(_NOTHING_TO_SAY)
    for part in parts:
        if part.isdigit():
            yield from _digits(part, language)
        else:
            yield _letter(part, language, letters=letters)


def _counter(code: str, language: Language, *, letters: bool) -> str:
    """Return a counter's code in words, with a pause where the sign has a dash."""
    spans = [_CODE_PART.findall(span) for span in re.split(r"[^A-Za-z\d]+", _shortened(code))]
    if not any(spans):
        raise ValueError(_NOTHING_TO_SAY)
    return ", ".join(" ".join(_span(parts, language, letters=letters)) for parts in spans if parts)


def _span(parts: list[str], language: Language, *, letters: bool) -> Iterator[str]:
    for part in parts:
        if not part.isdigit():
            yield _letter(part, language, letters=letters)
        # "02" and "1203" are read off the sign, digit by digit.
        elif part != str(int(part)) or len(part) > len("999"):
            yield from _digits(part, language)
        else:
            yield number_words(int(part), language=language)


def _cleaned(place: str) -> str:
    """Return a name without line breaks, control characters and excess length."""
    printable = "".join(
        character if character.isprintable() else " "
        for character in unicodedata.normalize("NFKC", place[: 4 * LONGEST_PLACE])
    )
    name = " ".join(printable.split())
    if len(name) > LONGEST_PLACE:
        name = name[:LONGEST_PLACE].rsplit(" ", 1)[0]
    return name.rstrip(" .,")


def _said(name: str, language: Language, *, all_capitals: bool) -> Iterator[str]:
    for piece in _TOKEN.findall(name):
        key = piece.lower()
        if piece.isdigit():
            yield from _number(piece, language)
        elif piece in (",", "("):
            yield ","
        elif piece == "&":
            yield "dan" if language == "id" else "and"
        elif not piece[0].isalpha():
            continue
        elif piece in _ROMAN:
            yield number_words(_ROMAN[piece], language=language)
        elif key in _IN_FULL:
            yield _IN_FULL[key]
        elif piece.isupper() and _is_spelled(key, all_capitals=all_capitals):
            yield from (LETTERS[language].get(letter, letter.lower()) for letter in piece)
        else:
            yield piece.capitalize() if piece.isupper() else piece


def _number(digits: str, language: Language) -> Iterator[str]:
    if len(digits) <= len("999") and digits.isascii():
        yield number_words(int(digits), language=language)
    else:
        yield from _digits(digits, language)


def _is_spelled(key: str, *, all_capitals: bool) -> bool:
    if key in _WORDS:
        return False
    has_vowel = any(vowel in key for vowel in "aiueo")
    return key in _SPELLED or not has_vowel or (len(key) <= _SPELLED_UP_TO and not all_capitals)


def _indonesian_sentence(label: str, counter: str, place: str) -> str:
    where = f"loket {counter}, {place}" if place else f"loket {counter}"
    return f"Nomor antrean {label}. Silakan ke {where}."


def _english_sentence(label: str, counter: str, place: str) -> str:
    where = f"counter {counter}, {place}" if place else f"counter {counter}"
    return f"Queue number {label}. Please go to {where}."


_SENTENCES: dict[Language, Callable[[str, str, str], str]] = {
    "id": _indonesian_sentence,
    "en": _english_sentence,
}

ATTENTION: dict[Language, str] = {"id": "Perhatian", "en": "Attention please"}

ALL_CLEAR: dict[Language, str] = {
    "id": (
        "Keadaan sudah aman. Antrean dilanjutkan. Nomor Anda tetap berlaku dan urutannya tidak "
        "berubah."
    ),
    "en": "It is safe again. The queue goes on. Your number stays valid and keeps its place.",
}
