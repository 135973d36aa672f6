"""Agencies that flow together into one house."""

from collections.abc import Sequence
from dataclasses import dataclass

from gerai.showcase.shape import n


@dataclass(frozen=True)
class Stream:
    """A ribbon from a name to the house: its outline, and where the name stands."""

    path: str
    x: str
    y: str
    is_left: bool
    end_x: str
    end_y: str


def streams(
    weights: Sequence[int], *, width: float, height: float, edge: float, core: float
) -> list[Stream]:
    """Return a ribbon for each weight: the first half from the left, the rest from the right.

    edge: how far from the side a ribbon begins, where its name ends. core: half the height of
    the diamond in the middle, on whose sides the ribbons end.
    """
    half = (len(weights) + 1) // 2
    found: list[Stream] = []
    heaviest = max(weights, default=1) or 1
    for is_left, side in ((True, weights[:half]), (False, weights[half:])):
        row = height / max(len(side), 1)
        most = min(row * 0.78, 19.0)
        thick = [max(most * weight / heaviest, 3.6) for weight in side]
        # On the diamond the ribbons lie close together, by their thickness.
        total = sum(thick)
        squeeze = min(1.0, 2 * core * 0.9 / total) if total else 1.0
        at = height / 2 - total * squeeze / 2
        for place, own in enumerate(thick):
            y = row * (place + 0.5)
            end = at + own * squeeze / 2
            at += own * squeeze
            # The nearer to the diamond's point, the further in its edge.
            inward = core - abs(end - height / 2)
            end_x = width / 2 - inward if is_left else width / 2 + inward
            begin_x = edge if is_left else width - edge
            path = _ribbon((begin_x, y, own), (end_x, end, own * squeeze))
            found.append(Stream(path, n(begin_x), n(y), is_left, n(end_x), n(end)))
    return found


def _ribbon(begin: tuple[float, float, float], end: tuple[float, float, float]) -> str:
    """Return the outline of a ribbon. begin, end: x, y of its middle, and its thickness."""
    (x1, y1, w1), (x2, y2, w2) = begin, end
    bend1, bend2 = x1 + (x2 - x1) * 0.5, x1 + (x2 - x1) * 0.42
    return (
        f"M{n(x1)} {n(y1 - w1 / 2)}"
        f"C{n(bend1)} {n(y1 - w1 / 2)} {n(bend2)} {n(y2 - w2 / 2)} {n(x2)} {n(y2 - w2 / 2)}"
        f"V{n(y2 + w2 / 2)}"
        f"C{n(bend2)} {n(y2 + w2 / 2)} {n(bend1)} {n(y1 + w1 / 2)} {n(x1)} {n(y1 + w1 / 2)}Z"
    )
