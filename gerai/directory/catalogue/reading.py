"""Which form a file has, told by its content; and reading it."""

import yaml

from gerai.directory.catalogue.csv_file import (
    AGENCY_COLUMNS,
    PERMIT_COLUMNS,
    CsvCatalogue,
    Header,
    header_of,
)
from gerai.directory.catalogue.entries import Catalogue
from gerai.directory.catalogue.yaml_file import YamlCatalogue, is_catalogue

MOST_BYTES = 4 * 1024 * 1024
FORMS = (
    "Yang dapat dibaca: katalog YAML dengan daftar “instansi”, "
    f"CSV instansi (kolom {', '.join(AGENCY_COLUMNS)}), "
    f"atau CSV perizinan (kolom {', '.join(PERMIT_COLUMNS)})."
)


class UnreadableCatalogue(ValueError):
    """The file cannot be taken at all; the message says why (Indonesian)."""


def read_catalogue(content: bytes) -> Catalogue:
    """Return the rows of a catalogue file, whatever its name.

    CSV may be UTF-8 or Latin-1, with comma, semicolon or tab; YAML is UTF-8.

    :raises UnreadableCatalogue: empty, too large, no text, broken, or no known form
    """
    if len(content) > MOST_BYTES:
        raise UnreadableCatalogue(
            f"Berkas terlalu besar (paling besar {MOST_BYTES // 1024 // 1024} MB). "
            "Bagi menjadi beberapa berkas."
        )
    if not content.strip():
        raise UnreadableCatalogue(f"Berkas kosong. {FORMS}")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableCatalogue(
            "Ini berkas lembar kerja (Excel), bukan CSV. Simpan dahulu sebagai CSV UTF-8."
        )
    try:
        text, is_utf8 = content.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text, is_utf8 = content.decode("latin-1"), False
    header = header_of(text)
    if header is not None:
        return _csv(text, header)
    if not is_utf8:
        raise UnreadableCatalogue(
            f"Berkas ini bukan teks UTF-8. Simpan sebagai UTF-8, lalu ulangi. {FORMS}"
        )
    return _yaml(text)


def _csv(text: str, header: Header) -> Catalogue:
    twice = {name for name in header.columns if name and header.columns.count(name) > 1}
    if twice:
        raise UnreadableCatalogue(
            f"Kolom {', '.join(sorted(twice))} ada lebih dari satu pada judul. Sisakan satu."
        )
    if not (header.has(AGENCY_COLUMNS) or header.has(PERMIT_COLUMNS)):
        raise UnreadableCatalogue(f"Judul kolom pada baris {header.line} tidak lengkap. {FORMS}")
    return CsvCatalogue(text, header).read()


def _yaml(text: str) -> Catalogue:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" (baris {mark.line + 1})" if mark else ""
        raise UnreadableCatalogue(
            f"Susunan YAML-nya rusak{where}. Perbaiki di sana, lalu ulangi. {FORMS}"
        ) from error
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise UnreadableCatalogue(f"Berkas ini tidak dapat dibaca sebagai YAML. {FORMS}") from error
    if not is_catalogue(root):
        raise UnreadableCatalogue(f"Ini bukan katalog layanan. {FORMS}")
    return YamlCatalogue(root).read()
