"""The habits of Indonesian reports: place, credit, byline, quotes, and the page's furniture."""

import re
from dataclasses import dataclass, field

from gerai.newsroom.reading.stories import Quote
from gerai.newsroom.reading.texts import NAME_LIMIT

MOST_QUOTES = 30
LONGEST_PLACE = 60

_END = re.compile(
    r"[\W\d]*(?:artikel sebelumnya|artikel selanjutnya|artikel berikutnya|berita sebelumnya"
    r"|berita berikutnya|berita selanjutnya|berita terkait|artikel terkait|berita lainnya"
    r"|artikel lainnya|berita populer|terpopuler|terkini|komentar|tinggalkan (?:balasan|komentar)"
    r"|tulis komentar|baca lainnya|rekomendasi(?: untuk anda)?|you may also like"
    r"|related (?:posts?|articles?)|previous (?:post|article)|next (?:post|article)"
    r"|leave a (?:reply|comment)|navigasi pos|post navigation)[\W\d]*",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:baca|lihat|simak) (?:juga|pula)\b.*|advertisement|iklan|scroll (?:to|untuk) .{0,60}"
    r"|(?:bagikan|share)(?: (?:ini|artikel|this|on|ke))?\b.{0,30}"
    r"|facebook|twitter|x|whatsapp|telegram|line|email|pinterest|linkedin|instagram"
    r"|(?:copy|salin) (?:link|tautan)|print|cetak|loading\W*|(?:post )?views?\s*:?\s*[\d.,]+"
    r"|[\d.,]+\s*(?:views?|kali dibaca|x dibaca)|dibaca\s*:?\s*[\d.,]+.*|0:00|[\W_]+",
    re.IGNORECASE,
)
_TAGS = re.compile(r"(?:tags?|topik|kata kunci|label)\s*:\s*(?P<tags>.+)", re.IGNORECASE)
_CREDITED = re.compile(
    r"(?:oleh|penulis|reporter|pewarta|wartawan|by|laporan)\s*:\s*(?P<name>[^|]+?)"
    r"(?:\s*(?:\||/|;|\beditor\b).*)?",
    re.IGNORECASE,
)
_STAFF = re.compile(r"(?:editor|redaktur|penyunting|fotografer)\s*:\s*.{1,80}", re.IGNORECASE)
_SOURCE = re.compile(r"sumber\s*:\s*(?P<credit>.{2,120})", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?P<name>[^\d()]{3,100}?)\s+[-\u2013\u2014|]\s+"
    r"(?:\[(?P<shown>[^\]]+)\]\((?P<url>[^)]+)\)|(?P<site>(?:[\w-]+\.)+[a-z]{2,}))",
    re.IGNORECASE,
)
_PICTURE_CREDIT = re.compile(
    r"\s*[(\[|/-]?\s*\b(?:foto|photo|dok(?:umentasi)?|sumber foto|ist(?:imewa)?)\b\s*[:./]?\s*"
    r"(?P<credit>[^()\[\]]{0,80}?)\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)

_WORD = r"[A-Z][\w'\u2019.]*"
_PLACE = rf"{_WORD}(?:[ -]{_WORD}){{0,3}}"
_MEDIA = r"[\w.]+(?:[ -][\w.]+){0,3}"
_DATELINES = [
    # A capital place with its medium behind a comma or in brackets.
    re.compile(
        rf"(?P<place>{_PLACE})\s*(?:,\s*(?P<site>[\w-]+(?:\.[\w-]+)+|[A-Z][\w ]{{1,40}})"
        rf"|\(\s*(?P<media>{_MEDIA})\s*\))\s*[-\u2013\u2014]{{1,2}}\s*"
    ),
    # A place in capitals, a dash.
    re.compile(
        r"(?P<place>[A-Z][A-Z'\u2019.]+(?:[ -][A-Z'\u2019.]+){0,3})\s*[-\u2013\u2014]{1,2}\s+"
    ),
    # A place, a dash with blanks on both sides.
    re.compile(rf"(?P<place>{_PLACE})\s+[-\u2013\u2014]{{1,2}}\s+"),
    # Medium and place together in brackets.
    re.compile(
        rf"\(\s*(?P<media>{_MEDIA}?)\s*[-\u2013\u2014,]\s*(?P<place>{_PLACE})\s*\)\s*[-\u2013\u2014]?\s*"
    ),
]
_NOT_PLACES = (
    "bupati wakil kepala dinas pemerintah pemkab menteri mal mall mpp gubernur wali camat lurah"
    " ketua direktur presiden pada dalam untuk setelah sejak sebanyak masyarakat warga ini itu"
    " badan kantor layanan pelayanan opd berita foto video update breaking"
)
_KEPT_CAPITALS = frozenset({"DKI", "DIY", "NTT", "NTB", "IKN", "DI"})

_CREDIT = re.compile(r"\(\s*(?P<credit>[^()]{1,80}?)\s*\)\s*\.?")
_CREDIT_AT_END = re.compile(
    r"(?<=[.!?”\"])\s*"
    r"(?:\((?P<credit>[^()\d]{1,50})\)|\[(?P<other>[^\[\]\d]{1,50})\])\s*$"
)
_NAME_LINE = re.compile(r"[A-Z][\w'\u2019.]*(?:,? [A-Z][\w'\u2019.,]*){1,6}")
_SENTENCE_END = (".", "!", "?", ":", ";", "”", '"', "…", ")", "»")

_SAYS = (
    "kata|ujar|ucap|tutur|jelas|ungkap|tegas|papar|imbuh|tambah|lanjut|terang|sebut|pungkas"
    "|tandas|harap|pesan|sambung"
)
_SAID = (
    "menimpali|menambahkan|mengatakan|menjelaskan|menyampaikan|mengungkapkan|menegaskan"
    "|menuturkan|menyebut|menyebutkan|berujar|berkata|memaparkan|mengucapkan"
)
_PERSON = r"[A-Z][\w'\u2019.]*(?: [A-Z][\w'\u2019.]*){0,4}"
_QUOTE = re.compile(
    r"[“\"„](?P<text>[^“”\"„]{3,1500})[”\"“]\s*[,.]?\s*"
    rf"(?:(?:{_SAYS})(?P<his>nya)?\b(?:\s+(?P<speaker>{_PERSON}))?"
    rf"|(?P<before>{_PERSON})\s+(?:{_SAID}|{_SAYS})\b|(?P<other>))"
)
_LEADING = re.compile(rf"(?:(?P<speaker>{_PERSON})\s+)?(?:{_SAID})\b[^“”\"]{{0,20}}$")
_FEWEST_WORDS = 4
_BODY_WORDS = 12


@dataclass
class Report:
    """A report taken apart."""

    paragraphs: list[str] = field(default_factory=list)
    place: str = ""
    media: str = ""
    credit: str = ""
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    quotes: tuple[Quote, ...] = ()


def take_apart(lines: list[str], title: str = "") -> Report:
    """Return the parts of a report whose title and head are already known.

    lines: its paragraphs, and what the page has around them
    """
    report = Report()
    _drop_furniture(report, lines, title)
    _take_signature(report)
    report.paragraphs = _joined(report.paragraphs)
    if report.paragraphs:
        report.place, report.media, rest = dateline(report.paragraphs[0])
        report.paragraphs[:1] = [rest] if rest else []
    report.quotes = quotes_in(report.paragraphs)
    return report


def dateline(paragraph: str) -> tuple[str, str, str]:
    """Return place and medium that a first paragraph begins with, and the rest of it."""
    for form in _DATELINES:
        match = form.match(paragraph)
        if match is None or match.end() == len(paragraph):
            continue
        parts = match.groupdict()
        place = parts["place"].strip(" .-")
        medium = (parts.get("media") or parts.get("site") or "").strip()
        words = {word.lower() for word in re.split(r"[ -]", f"{place} {medium}")}
        if len(place) <= LONGEST_PLACE and not words.intersection(_NOT_PLACES.split()):
            return cased(place), medium, paragraph[match.end() :].lstrip()
    return "", "", paragraph


def byline(line: str) -> tuple[str, str, str] | None:
    """Return author, site and address of a line like "A. PENULIS - SITUS.ID", else None."""
    match = _BYLINE.fullmatch(line)
    if match is None:
        return None
    site = (match["shown"] or match["site"] or "").strip()
    return cased(match["name"]), site, (match["url"] or "").strip()


def named_author(line: str) -> str | None:
    """Return the name in a line like "Penulis: A", None if it is no such line."""
    match = _CREDITED.fullmatch(line)
    name = match["name"].strip() if match else ""
    return name if 0 < len(name) <= NAME_LIMIT else None


def picture_words(caption: str) -> tuple[str, str]:
    """Return caption and credit of a picture from one line."""
    match = _PICTURE_CREDIT.search(caption)
    if match is None:
        return caption.strip(), ""
    credit = match["credit"].strip(" .:/") or match[0].strip(" ()[]|/.:-")
    return caption[: match.start()].strip(), credit


def quotes_in(paragraphs: list[str]) -> tuple[Quote, ...]:
    """Return what people say word for word; single words in quotation marks are left out."""
    found: dict[str, Quote] = {}
    for paragraph in paragraphs:
        for match in _QUOTE.finditer(paragraph):
            text = match["text"].strip(" ,")
            is_said = match["other"] is None
            leading = _LEADING.search(paragraph[: match.start()])
            if len(text.split()) < _FEWEST_WORDS and not (is_said or leading):
                continue
            speaker = match["speaker"] or match["before"] or (leading and leading["speaker"]) or ""
            found.setdefault(text, Quote(text, "" if match["his"] else speaker.strip(" .")))
    return tuple(found.values())[:MOST_QUOTES]


def is_body(line: str) -> bool:
    """Say whether a line is a paragraph of the report rather than a part of its head."""
    words = len(line.split())
    return words >= _BODY_WORDS or (words >= _FEWEST_WORDS and line.endswith((".", "!", "?", "”")))


def is_furniture(line: str) -> bool:
    """Say whether a line belongs to the page around the report."""
    return any(form.fullmatch(line) for form in (_END, _ASIDE, _STAFF))


def cased(text: str) -> str:
    """Return a name that was written in capitals as one writes it; titles after it stay."""
    name, comma, titles = text.strip().partition(",")
    if name.isupper():
        name = " ".join(
            word if word in _KEPT_CAPITALS else "-".join(map(str.capitalize, word.split("-")))
            for word in name.split()
        )
    return f"{name}{comma}{titles}"


def _drop_furniture(report: Report, lines: list[str], title: str) -> None:
    has_body = False
    for line in lines:
        tags, author = _TAGS.fullmatch(line), named_author(line)
        source = _SOURCE.fullmatch(line)
        if _END.fullmatch(line):
            if has_body:
                return
        elif tags:
            report.tags += re.split(r"\s*[,;#]\s*", tags["tags"])
        elif author:
            report.authors.append(cased(author))
        elif source and has_body:
            report.credit = source["credit"].strip()
        elif not _ASIDE.fullmatch(line) and not _STAFF.fullmatch(line) and line != title:
            report.paragraphs.append(line)
            has_body = has_body or is_body(line)


def _take_signature(report: Report) -> None:
    """Take the credit in brackets at the end, and the names that stand below it."""
    below = []
    lines = report.paragraphs
    while len(lines) > 1 and not is_body(lines[-1]) and _NAME_LINE.fullmatch(lines[-1]):
        below.append(lines.pop())
    match = _CREDIT.fullmatch(lines[-1]) if len(lines) > 1 else None
    at_end = _CREDIT_AT_END.search(lines[-1]) if lines else None
    if match:
        lines.pop()
        report.credit = _credit(match["credit"]) or report.credit
    elif at_end and at_end.start() > 0:
        lines[-1] = lines[-1][: at_end.start()].rstrip()
        report.credit = _credit(at_end["credit"] or at_end["other"]) or report.credit
    else:
        lines += reversed(below)
        return
    report.authors = list(dict.fromkeys([*report.authors, *reversed(below)]))


def _credit(text: str) -> str:
    return text.strip() if any(mark.isalnum() for mark in text) else ""


def _joined(lines: list[str]) -> list[str]:
    """Put together what was one sentence: no end before, no capital after."""
    joined: list[str] = []
    for line in lines:
        if joined and line[0].islower() and not joined[-1].endswith(_SENTENCE_END):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined
