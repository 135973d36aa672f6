"""One entry of a YAML catalogue: its fields, asked for by name and checked on the way."""

from collections.abc import Iterator
from datetime import date

import yaml

from gerai.directory.catalogue.texts import LIST_LIMIT, TEXT_LIMIT, Unfit, label, prose, shown

NULL = "tag:yaml.org,2002:null"
_DIGITS = 12
_TRUTHS = {"true": True, "ya": True, "yes": True, "false": False, "tidak": False, "no": False}


class Record:
    """A mapping of the file. Scalars are read as they are written: code 001 stays "001"."""

    def __init__(self, node: yaml.Node, what: str) -> None:
        """Take a node of the file.

        :raises Unfit: it is no mapping, or a field stands in it twice
        """
        if not isinstance(node, yaml.MappingNode):
            raise Unfit(f"{what} harus berupa daftar “kolom: isi”.")
        self.line: int = line_of(node)
        self.fields: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name in self.fields:
                raise Unfit(f"Kolom “{shown(name)}” tertulis dua kali. Sisakan satu.")
            self.fields[name] = value

    def has(self, key: str) -> bool:
        """Tell whether a field is there and not null."""
        return key in self.fields and self.fields[key].tag != NULL

    def unknown(self, known: frozenset[str]) -> list[str]:
        """Return the fields that nobody asks for."""
        return [shown(name) for name in self.fields if name not in known]

    def label(self, key: str, limit: int) -> str:
        """Return a name or code, empty if not stated."""
        return label(self._scalar(key), key, limit)

    def required(self, key: str, limit: int) -> str:
        """Return a name or code.

        :raises Unfit: it is not stated
        """
        found = self.label(key, limit)
        if not found:
            raise Unfit(f"Kolom “{key}” kosong. Isi dahulu.")
        return found

    def prose(self, key: str, limit: int = TEXT_LIMIT) -> str:
        """Return a text word for word, or the lines of a list of texts, empty if not stated."""
        if isinstance(self.fields.get(key), yaml.SequenceNode):
            return "\n".join(self.texts(key, limit))
        return prose(self._scalar(key), key, limit)

    def texts(self, key: str, limit: int = TEXT_LIMIT) -> tuple[str, ...]:
        """Return a list of texts; empty ones do not count."""
        found = []
        for node in self.items(key):
            if not isinstance(node, yaml.ScalarNode):
                raise Unfit(f"Setiap isi “{key}” harus berupa teks.")
            found.append(prose(node.value, key, limit))
        return tuple(text for text in found if text)

    def whole_number(self, key: str) -> int | None:
        """Return a whole number, None if not stated.

        :raises Unfit: it is no whole number
        """
        if not self.has(key):
            return None
        text = self._scalar(key).strip()
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
            raise Unfit(f"Kolom “{key}” berisi “{shown(text)}”. Tuliskan bilangan bulat.")
        return int(text)

    def truth(self, key: str) -> bool | None:
        """Return yes or no, None if not stated.

        :raises Unfit: it is neither
        """
        if not self.has(key):
            return None
        text = self._scalar(key).strip().lower()
        if text not in _TRUTHS:
            raise Unfit(f"Kolom “{key}” berisi “{shown(text)}”. Tuliskan true atau false.")
        return _TRUTHS[text]

    def day(self, key: str) -> date | None:
        """Return a day written YYYY-MM-DD, None if not stated.

        :raises Unfit: it is no such day
        """
        if not self.has(key):
            return None
        text = self._scalar(key).strip()
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or found.isoformat() != text:
            raise Unfit(f"Kolom “{key}” berisi “{shown(text)}”. Tuliskan tanggal, 2026-01-31.")
        return found

    def record(self, key: str) -> "Record | None":
        """Return the mapping inside a field, None if not stated or a plain text."""
        if not self.has(key) or isinstance(self.fields[key], yaml.ScalarNode):
            return None
        return Record(self.fields[key], f"Kolom “{key}”")

    def records(self, key: str) -> list["Record"]:
        """Return the mappings of a list."""
        return [Record(node, f"Setiap isi “{key}”") for node in self.items(key)]

    def items(self, key: str) -> Iterator[yaml.Node]:
        """Yield the nodes of a list.

        :raises Unfit: it is no list, or a very long one
        """
        if not self.has(key):
            return
        node = self.fields[key]
        if not isinstance(node, yaml.SequenceNode):
            raise Unfit(f"Kolom “{key}” harus berupa daftar.")
        if len(node.value) > LIST_LIMIT:
            raise Unfit(f"Daftar “{key}” terlalu panjang (paling banyak {LIST_LIMIT}).")
        yield from node.value

    def _scalar(self, key: str) -> str:
        if not self.has(key):
            return ""
        node = self.fields[key]
        if not isinstance(node, yaml.ScalarNode):
            raise Unfit(f"Kolom “{key}” harus berupa teks.")
        return str(node.value)


def line_of(node: yaml.Node) -> int:
    """Return the line of the file, from 1, on which a node begins."""
    return int(node.start_mark.line) + 1
