"""What pages are made of (styles, scripts, drawings, letters) in the form they travel in.

On the disk our files keep their meaning, and a browser could read them as they are. Over the
wire each has a name that tells its content, `ui/base.css` as `ui/base.3f2a9c01b7d4.css`, so
that it may be kept for ever. A sheet's `@import "x.css"` and a module's `import "./x.js"` are
replaced by what they name; a module that gives names (`import { x } from "./x.js"`) stays a
file of its own. Comments and spaces go, small drawings stand inside their sheet, all is
compressed once. Files of other houses (Wagtail's) stay what they are.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import quote

import brotli
import rcssmin
import rjsmin
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.media_types import MediaTypes

import gerai

LETTERS: Final = 12
SMALL_DRAWING: Final = 1024
# What these hold is text that others have not packed yet.
PACKABLE: Final = frozenset({".css", ".js", ".svg"})
ASKED: Final = re.compile(r"(.+)\.([0-9a-f]{12})(\.\w+)")
SHEET_OF_SHEET: Final = re.compile(r'^@import "([^":]+)";$', re.MULTILINE)
MODULE_OF_MODULE: Final = re.compile(r'^import "(\.{1,2}/[^"]+)";$', re.MULTILINE)
OWN_MODULE: Final = re.compile(r'(\bimport\(|\bfrom )"(\.{1,2}/[^"]+)"')
ADDRESS_IN_SHEET: Final = re.compile(r'url\("(?![a-z]+:|[/#])([^")]+)"\)')


@dataclass(frozen=True)
class Part:
    """One file as it travels: name on the disk and on the way, media type, bytes."""

    name: str
    path: str
    kind: str
    body: bytes
    is_packable: bool


class PartsByContent(StaticFilesStorage):
    """Give our files the address that names their content."""

    def url(self, name: str | None) -> str:
        """Return the address of a file, ours or another's."""
        return super().url(_travelling(name or ""))


def part(name: str) -> Part | None:
    """Return one of our files, such as ui/base.css, or None."""
    return _part(name) if name in _ours() else None


def asked(path: str) -> Part | None:
    """Return the part that a path under STATIC_URL names, if need be with newer content."""
    told = ASKED.fullmatch(path)
    return part(told[1] + told[3]) if told else None


@cache
def packed(name: str, coding: str) -> bytes:
    """Return the body of one of our files as `br` or `gzip`.

    :raises KeyError: no such file of ours
    """
    body = _part(name).body
    if coding == "br":
        smallest: bytes = brotli.compress(body, mode=brotli.MODE_TEXT)
        return smallest
    return gzip.compress(body, mtime=0)


# Kept are only parts that exist: whoever asks for others fills no memory.
@cache
def _part(name: str) -> Part:
    file = _ours()[name]
    if file.suffix == ".css":
        body = rcssmin.cssmin(_sheet(name, set()), keep_bang_comments=True).encode()
    elif file.suffix == ".js":
        body = rjsmin.jsmin(_module(name, set())).encode()
    else:
        body = file.read_bytes()
    letters = hashlib.sha256(body).hexdigest()[:LETTERS]
    kind = MediaTypes().get_type(name)
    return Part(
        name=name,
        path=f"{name.removesuffix(file.suffix)}.{letters}{file.suffix}",
        kind=f"{kind}; charset=utf-8" if file.suffix in PACKABLE else kind,
        body=body,
        is_packable=file.suffix in PACKABLE,
    )


@cache
def _ours() -> dict[str, Path]:
    house = Path(gerai.__file__).parent
    return {
        file.relative_to(shelf).as_posix(): file
        for shelf in house.glob("*/static")
        for file in shelf.rglob("*")
        if file.is_file()
    }


def _travelling(name: str) -> str:
    found = part(name)
    return found.path if found else name


def _beside(name: str, address: str) -> str:
    return normpath(join(dirname(name), address))


def _sheet(name: str, worn: set[str]) -> str:
    worn.add(name)
    text = _ours()[name].read_text(encoding="utf-8")
    text = ADDRESS_IN_SHEET.sub(lambda told: f'url("{_drawing(_beside(name, told[1]))}")', text)

    def sheet(told: re.Match[str]) -> str:
        other = _beside(name, told[1])
        return "" if other in worn else _sheet(other, worn)

    return SHEET_OF_SHEET.sub(sheet, text)


def _drawing(name: str) -> str:
    file = _ours()[name]
    if file.suffix != ".svg" or file.stat().st_size > SMALL_DRAWING:
        return settings.STATIC_URL + _travelling(name)
    text = re.sub(r"\s+", " ", file.read_text(encoding="utf-8")).replace('"', "'").strip()
    return "data:image/svg+xml," + quote(text, safe=" '=:/,;()-.")


def _module(name: str, worn: set[str]) -> str:
    worn.add(name)
    text = _ours()[name].read_text(encoding="utf-8")
    text = OWN_MODULE.sub(
        lambda told: f'{told[1]}"{settings.STATIC_URL}{_travelling(_beside(name, told[2]))}"', text
    )

    def module(told: re.Match[str]) -> str:
        other = _beside(name, told[1])
        if other in worn:
            return ""
        # Each keeps its names to itself, and what goes wrong in one stays there.
        return f"try {{\n{_module(other, worn)}\n}} catch (wrong) {{ console.error(wrong); }}"

    return MODULE_OF_MODULE.sub(module, text)
