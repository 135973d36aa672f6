"""A value with its interval, and how it travels as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

LONGEST_KEY = 40
LONGEST_NAME = 240
MOST_DETAILS = 600
LARGEST = 1e12

Detail = tuple[tuple[str, str], ...]
"""Names behind a value, each with a word more: an agency and its kind, a day and its minutes."""


class BadValue(ValueError):
    """What was read is no value of a measure."""


@dataclass(frozen=True)
class Value:
    """A measure's value with its interval and the number of observations behind it.

    value: None where nothing was observed (n = 0) or too little (n under the least number).
    """

    key: str
    version: int
    value: float | None
    low: float | None
    high: float | None
    n: int
    detail: Detail = ()

    @property
    def is_too_few(self) -> bool:
        """Tell whether there are observations, only not enough of them."""
        return self.value is None and self.n > 0

    def without_detail(self) -> "Value":
        """Return the figures alone."""
        return replace(self, detail=())

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "key": self.key,
            "version": self.version,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "n": self.n,
            "detail": [list(pair) for pair in self.detail],
        }

    @classmethod
    def from_json(cls, data: object) -> "Value":
        """Read what `to_json` wrote, anywhere in the world.

        :raises BadValue: it is something else
        """
        if not isinstance(data, Mapping):
            raise BadValue
        value, low, high = (_number(data.get(name)) for name in ("value", "low", "high"))
        if (value is None) != (low is None) or (value is None) != (high is None):
            raise BadValue
        if value is not None and not (low or 0.0) <= value <= (high or 0.0):
            raise BadValue
        key = data.get("key")
        if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY:
            raise BadValue
        return cls(
            key=key,
            version=_count(data.get("version")),
            value=value,
            low=low,
            high=high,
            n=_count(data.get("n")),
            detail=_detail(data.get("detail", [])),
        )


def _number(data: object) -> float | None:
    if data is None:
        return None
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise BadValue
    if not 0 <= data <= LARGEST or not isfinite(data):
        raise BadValue
    return data


def _count(data: object) -> int:
    if isinstance(data, bool) or not isinstance(data, int) or not 0 <= data <= LARGEST:
        raise BadValue
    return data


def _detail(data: object) -> Detail:
    if not isinstance(data, list | tuple) or len(data) > MOST_DETAILS:
        raise BadValue
    pairs = []
    for pair in data:
        if not isinstance(pair, list | tuple) or [type(part) for part in pair] != [str, str]:
            raise BadValue
        name, more = pair
        if max(len(name), len(more)) > LONGEST_NAME:
            raise BadValue
        pairs.append((name, more))
    return tuple(pairs)
