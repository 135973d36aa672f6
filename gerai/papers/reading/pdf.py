"""Is a PDF whole, open and idle? The reader of PDF files is loaded with the first one."""

import io
import logging
import zlib
from collections.abc import Iterator
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from gerai.papers.reading.kinds import MOST_PAGES, Reason, Unfit

MOST_OBJECTS: Final = 200_000
MOST_INDIRECT: Final = 50_000

# What makes a PDF do something, carry something, or call somebody.
ACTIVE_KEYS: Final = {
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/RichMediaContent",
    "/XFA",
}
ACTIVE_DEEDS: Final = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
}
# What the reader of PDF files stumbles over, where a file is broken or made to break it.
PDF_BREAKS: Final = (
    PyPdfError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    OSError,
    RecursionError,
    MemoryError,
    zlib.error,
)

logging.getLogger("pypdf").setLevel(logging.ERROR)


def pages_of(data: bytes) -> int:
    """Return how many pages a harmless PDF has.

    :raises Unfit: it is broken, locked, too large, or does something
    """
    try:
        pages, wrong = _judged(data)
    except PDF_BREAKS as broken:
        if isinstance(broken, Unfit):
            raise
        raise Unfit(Reason.BROKEN) from broken
    if wrong:
        raise Unfit(wrong)
    return pages


def _judged(data: bytes) -> tuple[int, Reason | None]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        return 0, Reason.ENCRYPTED
    pages = _pages(reader)
    if not pages:
        return 0, Reason.BROKEN
    if pages > MOST_PAGES:
        return pages, Reason.TOO_MANY_PAGES
    for steps, each in enumerate(_objects(reader)):
        if steps > MOST_OBJECTS:
            return pages, Reason.BOMB
        if isinstance(each, DictionaryObject) and _acts(each):
            return pages, Reason.ACTIVE
    return pages, None


def _pages(reader: PdfReader) -> int:
    """Count the pages, each node of their tree once, and no further than matters.

    The reader itself follows a tree that names the same branch ten times, ten times over.
    """
    waiting: list[Any] = [reader.root_object.raw_get("/Pages")]
    seen: set[int] = set()
    pages = 0
    while waiting and pages <= MOST_PAGES:
        node = waiting.pop()
        if not isinstance(node, IndirectObject) or node.idnum in seen:
            return 0
        seen.add(node.idnum)
        branch = node.get_object()
        if not isinstance(branch, DictionaryObject):
            return 0
        kids = branch.get("/Kids")
        if kids is None:
            pages += 1
        else:
            waiting.extend(list.__iter__(kids.get_object()))
    return pages


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Give every object that can be reached from the trailer, an indirect one once."""
    waiting: list[Any] = [reader.trailer]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            if len(seen) == MOST_INDIRECT:
                raise Unfit(Reason.BOMB)
            seen.add(one.idnum)
            one = one.get_object()
        yield one
        if isinstance(one, DictionaryObject):
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))


def _acts(one: DictionaryObject) -> bool:
    if ACTIVE_KEYS & one.keys():
        return True
    deed = one.get("/S")
    return isinstance(deed, str) and deed in ACTIVE_DEEDS
