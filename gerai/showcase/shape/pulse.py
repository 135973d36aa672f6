"""A day as a heartbeat: who comes above the line, how long they wait below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gerai.showcase.shape import n


@dataclass(frozen=True)
class Bar:
    """A rounded bar: upwards for people, downwards for minutes."""

    x: str
    y: str
    width: str
    height: str


def bars(
    amounts: Sequence[float],
    *,
    left: float,
    right: float,
    base: float,
    room: float,
    most: float,
) -> list[Bar]:
    """Return a bar for each amount. room: the longest bar, upwards; downwards if negative."""
    step = (right - left) / max(len(amounts), 1)
    found = []
    for place, amount in enumerate(amounts):
        tall = abs(room) * amount / most if most else 0.0
        top = base - tall if room > 0 else base
        found.append(Bar(n(left + step * place + step * 0.14), n(top), n(step * 0.72), n(tall)))
    return found


def hill(
    amounts: Sequence[float], *, left: float, right: float, base: float, room: float, most: float
) -> str:
    """Return the outline of a soft hill over the middles of the steps, closed on its base."""
    line = _line(amounts, left=left, right=right, base=base, room=room, most=most)
    if not line:
        return ""
    return (
        f"M{n(left)} {n(base)}L{n(line[0][0])} {n(line[0][1])}{_soft(line)}L{n(right)} {n(base)}Z"
    )


def thread(
    amounts: Sequence[float], *, left: float, right: float, base: float, room: float, most: float
) -> str:
    """Return the same line, open."""
    line = _line(amounts, left=left, right=right, base=base, room=room, most=most)
    return f"M{n(line[0][0])} {n(line[0][1])}{_soft(line)}" if line else ""


def _line(
    amounts: Sequence[float], *, left: float, right: float, base: float, room: float, most: float
) -> list[tuple[float, float]]:
    step = (right - left) / max(len(amounts), 1)
    return [
        (left + step * (place + 0.5), base - (room * amount / most if most else 0.0))
        for place, amount in enumerate(amounts)
    ]


def _soft(line: Sequence[tuple[float, float]]) -> str:
    parts = []
    for (x1, y1), (x2, y2) in pairwise(line):
        middle = (x1 + x2) / 2
        parts.append(f"C{n(middle)} {n(y1)} {n(middle)} {n(y2)} {n(x2)} {n(y2)}")
    return "".join(parts)
