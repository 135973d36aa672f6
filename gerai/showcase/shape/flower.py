"""Nine petals, as long as the answers are good."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from gerai.showcase.shape import n

CORE = 0.2
# How far beside the middle a word stands before it is written away from it.
UPRIGHT = 0.25


@dataclass(frozen=True)
class Petal:
    """A petal and the words at its end."""

    path: str
    full: str
    label_x: str
    label_y: str
    anchor: str
    tip_x: str
    tip_y: str


def petals(shares: Sequence[float], *, x: float, y: float, radius: float) -> list[Petal]:
    """Return a petal for each share of 0 to 1, clockwise from the top.

    `full` is the outline that the best answer would fill.
    """
    count = max(len(shares), 1)
    found = []
    for place, share in enumerate(shares):
        angle = 2 * pi * place / count - pi / 2
        length = radius * (CORE + (1 - CORE) * max(0.0, min(share, 1.0)))
        out_x, out_y = cos(angle), sin(angle)
        label = radius + 20
        found.append(
            Petal(
                path=_petal(x, y, angle, length, count),
                full=_petal(x, y, angle, radius, count),
                label_x=n(x + label * out_x),
                label_y=n(y + label * out_y),
                anchor="middle" if abs(out_x) < UPRIGHT else "start" if out_x > 0 else "end",
                tip_x=n(x + (length - 17) * out_x),
                tip_y=n(y + (length - 17) * out_y),
            )
        )
    return found


def _petal(x: float, y: float, angle: float, length: float, count: int) -> str:
    half = pi / count * 0.86

    def at(turn: float, far: float) -> str:
        return f"{n(x + far * cos(angle + turn))} {n(y + far * sin(angle + turn))}"

    near = min(14.0, length / 3)
    return (
        f"M{at(0, near)}"
        f"C{at(-half * 1.1, length * 0.45)} {at(-half * 1.0, length * 0.96)} {at(0, length)}"
        f"C{at(half * 1.0, length * 0.96)} {at(half * 1.1, length * 0.45)} {at(0, near)}Z"
    )
