"""Is an uploaded file what it should be, and harmless? Judged by its content alone."""

import io
import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from gerai.papers.blocks import printable
from gerai.papers.reading.kinds import File, Reason, Unfit

LARGEST: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
LONGEST_SIDE: Final = 2560
QUALITY: Final = 85
MOST_ENTRIES: Final = 3_000
LARGEST_UNPACKED: Final = 80 * 1024 * 1024
CHUNK: Final = 256 * 1024
LONGEST_NAME: Final = 120

OFFICE: Final = {
    "word/document.xml": (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xl/workbook.xml": (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "ppt/presentation.xml": (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
}
ODT: Final = "application/vnd.oasis.opendocument.text"
ZIP_BREAKS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    LookupError,
    struct.error,
    lzma.LZMAError,
)
_MACROS = re.compile(
    r"vbaproject|macrosheets/|^basic/|^scripts/|activex/|embeddings/", re.IGNORECASE
)
_ODD_IN_NAMES = re.compile(r'[<>:"|?*;%\\/\s]+')


def checked(data: bytes, name: str, *, allowed: Sequence[str]) -> File:
    """Return a file with a clean name.

    :raises Unfit: it is of another kind, broken, too large or not harmless
    """
    if not data:
        raise Unfit(Reason.EMPTY)
    if len(data) > LARGEST:
        raise Unfit(Reason.TOO_LARGE)
    kind = _kind_of(data)
    if kind not in allowed:
        raise Unfit(Reason.OTHER_KIND)
    return {"pdf": _pdf, "document": _document, "picture": _picture}[kind](data, name)


def _kind_of(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "document"
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    if webp or data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return "picture"
    return ""


def clean_name(name: str, ending: str) -> str:
    """Return the name of a file without path and odd letters, with its true ending.

    >>> clean_name("C:\\\\surat\\\\Permohonan  kunjungan.PDF.exe", "pdf")
    'Permohonan kunjungan.PDF.pdf'
    """
    last = re.split(r"[\\/]", printable(unicodedata.normalize("NFC", name)))[-1]
    stem = last.rsplit(".", 1)[0] if "." in last else last
    stem = _ODD_IN_NAMES.sub(" ", stem).strip(" .")
    return f"{stem[: LONGEST_NAME - len(ending) - 1].strip() or 'berkas'}.{ending}"


def _pdf(data: bytes, name: str) -> File:
    # Heavy, and of no use to most pages.
    from gerai.papers.reading.pdf import pages_of  # noqa: PLC0415

    pages = pages_of(data)
    return File("pdf", clean_name(name, "pdf"), "application/pdf", data, pages=pages)


def _document(data: bytes, name: str) -> File:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            ending, content_type = _judged(archive)
    except ZIP_BREAKS as broken:
        if isinstance(broken, Unfit):
            raise
        raise Unfit(Reason.BROKEN) from broken
    return File("document", clean_name(name, ending), content_type, data)


def _judged(archive: zipfile.ZipFile) -> tuple[str, str]:
    entries = archive.infolist()
    names = {each.filename for each in entries}
    if len(entries) > MOST_ENTRIES or sum(each.file_size for each in entries) > LARGEST_UNPACKED:
        raise Unfit(Reason.BOMB)
    if len(names) != len(entries) or any(_leads_away(each) for each in names):
        raise Unfit(Reason.BROKEN)
    if any(each.flag_bits & 1 for each in entries):
        raise Unfit(Reason.ENCRYPTED)
    if any(_MACROS.search(each) for each in names):
        raise Unfit(Reason.ACTIVE)
    kind = _office_kind(archive, names)
    _unpack(archive, entries)
    return kind


def _leads_away(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[\\/]", name)


def _office_kind(archive: zipfile.ZipFile, names: set[str]) -> tuple[str, str]:
    if "[Content_Types].xml" in names:
        for part, kind in OFFICE.items():
            if part in names:
                return kind
    if {"mimetype", "content.xml"} <= names:
        with archive.open("mimetype") as told:
            if told.read(100) == ODT.encode():
                return "odt", ODT
    raise Unfit(Reason.OTHER_KIND)


def _unpack(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Read every entry to its end: the sizes that are told may be lies."""
    unpacked = 0
    for each in entries:
        with archive.open(each) as part:
            while chunk := part.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > LARGEST_UNPACKED:
                    raise Unfit(Reason.BOMB)


def _picture(data: bytes, name: str) -> File:
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Unfit(Reason.BOMB)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            drawn = _on_white(upright)
            kept = io.BytesIO()
            drawn.save(kept, "JPEG", quality=QUALITY, optimize=True)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Unfit(Reason.BOMB) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError) as broken:
        if isinstance(broken, Unfit):
            raise
        raise Unfit(Reason.BROKEN) from broken
    return File(
        "picture",
        clean_name(name, "jpg"),
        "image/jpeg",
        kept.getvalue(),
        width=drawn.width,
        height=drawn.height,
    )


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return picture.convert("RGB")
