"""The light of a line, an agency and the mall: how long somebody who comes now would wait."""

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from gerai.queue.models import Line
from gerai.queue.queries.boards import Board
from gerai.queue.queries.expectations import Asked, expectations
from gerai.queue.rules import Expectation
from gerai.ui.signs import Sign
from gerai.website.plan import Load, load_of

SIGNS: dict[str, Sign] = {
    Load.CALM: Sign("is-open", "mood-smile", gettext_lazy("Lengang")),
    Load.MODERATE: Sign("is-called", "users", gettext_lazy("Sedang")),
    Load.BUSY: Sign("is-danger", "users-group", gettext_lazy("Ramai")),
}


@dataclass(frozen=True)
class Light:
    """The wait of somebody who comes now into a line at which somebody calls."""

    expectation: Expectation
    line: Line | None = None

    @property
    def load(self) -> Load:
        """Return whether that is long."""
        return load_of(self.expectation.middle_minutes)

    @property
    def sign(self) -> Sign:
        """Return how it is shown."""
        return SIGNS[self.load]


@dataclass(frozen=True)
class MallLight:
    """The light of the line in the middle of those at which somebody calls, and how many of each.

    counts: how many lines of each sign, the calm ones first.
    """

    light: Light
    counts: tuple[tuple[Sign, int], ...]


def lights_of(now: Board) -> list[Light]:
    """Return the lights of the lines at which somebody calls."""
    lines = [line for line in now.lines if line.counters_open]
    said = expectations(
        [Asked(line.line, line.waiting, line.counters_open) for line in lines], now.day
    )
    return [Light(each, line.line) for line, each in zip(lines, said, strict=True)]


def agency_lights(lights: Iterable[Light]) -> dict[int, Light]:
    """Return agency key → the light of its line with the longest wait."""
    found: dict[int, Light] = {}
    for light in sorted(lights, key=_wait):
        if light.line is not None:
            found[light.line.agency_id] = light
    return found


def mall_light(lights: Sequence[Light]) -> MallLight | None:
    """Return the light of the whole mall; None where nobody calls."""
    if not lights:
        return None
    counted = Tally(light.load for light in lights)
    return MallLight(
        light=sorted(lights, key=_wait)[len(lights) // 2],
        counts=tuple((SIGNS[load], counted[load]) for load in Load),
    )


def _wait(light: Light) -> tuple[int, int]:
    return light.expectation.middle_minutes, light.expectation.high_minutes
