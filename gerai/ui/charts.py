"""Geometry of the charts: numbers in, coordinates out. Pure: no Django.

Words stand outside the drawings, in HTML, so that they keep their size on every glass. Only the
radar carries words inside, and only where there is room.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, log10, pi, sin
from textwrap import wrap

WIDE = 1000
PLOT_HEIGHT = 400
STRIP_HEIGHT = 24
LOOKS = 6
"""How many series look different from each other; the seventh looks like the first."""

CENTRE = 200
RADIUS = 150
RINGS = 4
NAME_WIDTH = 17
NAME_LINES = 3
LINE_HEIGHT = 17
SHOWN_LABELS = 6
SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Mark:
    """A value with its interval; no value where there is none. `words` say it as text."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    words: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Marks that belong to one name, in the order of the axis."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from nought to `top`, with ticks at equal distances."""

    top: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Return where a value stands, 0..1; what lies outside stands at the edge."""
        return min(1.0, max(0.0, value / self.top))

    def across(self, value: float) -> float:
        """Return where a value stands on a strip of the usual width."""
        return _short(self.share(value) * WIDE)


def scale_to(largest: float, *, steps: int = 4) -> Scale:
    """Return an axis with round ticks that reaches the largest value.

    >>> scale_to(17.0).ticks
    (0.0, 5.0, 10.0, 15.0, 20.0)
    """
    if largest < SMALLEST:
        return Scale(1.0, (0.0, 1.0))
    rough = largest / steps
    unit = 10.0 ** floor(log10(rough))
    step = next(size * unit for size in (1, 2, 5, 10) if size * unit >= rough * (1 - 1e-9))
    count = max(1, ceil(largest / step - 1e-9))
    ticks = tuple(round(number * step, 10) for number in range(count + 1))
    return Scale(ticks[-1], ticks)


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of bars, dots or bullets: where its value, interval and target stand."""

    mark: Mark
    at: float | None
    low: float | None
    high: float | None
    target: float | None = None

    @property
    def has_interval(self) -> bool:
        """Tell whether an interval is to be drawn: one of no length is not."""
        return self.low is not None and self.high is not None and self.low < self.high


def strips(marks: Sequence[Mark], *, top: float | None = None) -> tuple[Scale, tuple[Strip, ...]]:
    """Return rows on one common axis, which reaches `top` or the largest value."""
    scale = scale_to(top if top is not None else max(_numbers(marks), default=0.0))
    return scale, tuple(_strip(mark, scale) for mark in marks)


def bullet_strip(mark: Mark, target: float | None, *, top: float | None = None) -> Strip:
    """Return a value beside the one that is aimed at, on an axis of its own."""
    numbers = [*_numbers([mark]), *([] if target is None else [target])]
    scale = scale_to(top if top is not None else max(numbers, default=0.0))
    strip = _strip(mark, scale)
    aimed = None if target is None else scale.across(target)
    return Strip(strip.mark, strip.at, strip.low, strip.high, aimed)


def _strip(mark: Mark, scale: Scale) -> Strip:
    at, low, high = (
        None if number is None else scale.across(number)
        for number in (mark.value, mark.low, mark.high)
    )
    return Strip(mark, at, low, high)


@dataclass(frozen=True, slots=True)
class Course:
    """A series drawn over time: its line with gaps, its band, its points. `look` is 1..6."""

    series: Series
    look: int
    line: str
    band: str
    dots: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the axis: shown always, only where there is room, or not at all."""

    text: str
    is_shown: bool
    is_minor: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines over time: the axis, its labels and the courses."""

    scale: Scale
    labels: tuple[Tick, ...]
    courses: tuple[Course, ...]
    grid: tuple[float, ...]

    @property
    def is_single(self) -> bool:
        """Tell whether there is one moment only."""
        return len(self.labels) == 1


def plot_of(series: Sequence[Series], *, top: float | None = None) -> Plot:
    """Return lines over time. All series are laid on the labels of all, in order of appearance."""
    labels = list(dict.fromkeys(mark.label for one in series for mark in one.marks))
    largest = max((n for one in series for n in _numbers(one.marks)), default=0.0)
    scale = scale_to(top if top is not None else largest)
    courses = tuple(
        _course(one, look=number % LOOKS + 1, labels=labels, scale=scale)
        for number, one in enumerate(series)
    )
    grid = tuple(_height(tick, scale) for tick in scale.ticks)
    return Plot(scale, _ticks(labels), courses, grid)


def _course(series: Series, *, look: int, labels: list[str], scale: Scale) -> Course:
    known = {mark.label: mark for mark in series.marks if mark.value is not None}
    last = len(labels) - 1
    places = {
        label: _short(WIDE * at / last) if last else WIDE / 2 for at, label in enumerate(labels)
    }
    line: list[str] = []
    band: list[str] = []
    dots: list[str] = []
    for run in _runs(labels, known.__contains__):
        points = [(places[label], _value_height(known[label].value, scale)) for label in run]
        line.append(_path(points))
        dots.extend(f"M{x} {y}h.01" for x, y in points)
    for run in _runs(labels, lambda label: label in known and known[label].low is not None):
        upper = [(places[label], _value_height(known[label].high, scale)) for label in run]
        lower = [(places[label], _value_height(known[label].low, scale)) for label in run]
        band.append(_path([*upper, *reversed(lower)]) + "Z")
    return Course(series, look, "".join(line), "".join(band), "".join(dots))


def _runs(labels: list[str], is_there: Callable[[str], bool]) -> Iterator[list[str]]:
    """Yield the stretches without a gap."""
    run: list[str] = []
    for label in labels:
        if is_there(label):
            run.append(label)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _ticks(labels: list[str]) -> tuple[Tick, ...]:
    """Say which labels are shown, counted from the newest; every second of them is minor."""
    step = max(1, ceil(len(labels) / SHOWN_LABELS))
    from_last = [len(labels) - 1 - at for at in range(len(labels))]
    return tuple(
        Tick(label, is_shown=back % step == 0, is_minor=back // step % 2 == 1)
        for label, back in zip(labels, from_last, strict=True)
    )


def _value_height(value: float | None, scale: Scale) -> float:
    return _height(value or 0.0, scale)


def _height(value: float, scale: Scale) -> float:
    return _short(PLOT_HEIGHT * (1 - scale.share(value)))


@dataclass(frozen=True, slots=True)
class Spoke:
    """An axis of the radar: its end, its number, and its name in a few lines."""

    number: int
    name: str
    x: float
    y: float
    number_x: float
    number_y: float
    anchor: str
    lines: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A series drawn on the radar: its outline, the signs at its corners, its intervals."""

    series: Series
    look: int
    outline: str
    is_closed: bool
    signs: str
    intervals: str


@dataclass(frozen=True, slots=True)
class Radar:
    """A radar: rings, spokes, shapes."""

    rings: tuple[str, ...]
    spokes: tuple[Spoke, ...]
    shapes: tuple[Shape, ...]


def radar_of(axes: Sequence[str], series: Sequence[Series]) -> Radar:
    """Return the drawing of values 0..1 (outside is best), one mark for each axis in order."""
    spokes = tuple(_spoke(at, name, len(axes)) for at, name in enumerate(axes))
    rings = tuple(
        _path([_spot(at, len(axes), ring / RINGS) for at in range(len(axes))]) + "Z"
        for ring in range(1, RINGS + 1)
        if axes
    )
    shapes = tuple(_shape(one, number % LOOKS + 1, len(axes)) for number, one in enumerate(series))
    return Radar(rings, spokes, shapes)


def _spoke(at: int, name: str, count: int) -> Spoke:
    x, y = _spot(at, count, 1.0)
    number_x, number_y = _spot(at, count, 1.13)
    name_x, name_y = _spot(at, count, 1.24)
    sideways, down = x - CENTRE, y - CENTRE
    anchor = "middle"
    if abs(sideways) > RADIUS / 3:
        anchor = "start" if sideways > 0 else "end"
    lines = _lines_of(name)
    first = name_y + 5 - (len(lines) - 1) * LINE_HEIGHT * (1 - down / RADIUS) / 2
    placed = tuple(
        (name_x, _short(first + number * LINE_HEIGHT), line) for number, line in enumerate(lines)
    )
    return Spoke(at + 1, name, x, y, number_x, _short(number_y + 6), anchor, placed)


def _lines_of(name: str) -> list[str]:
    lines = wrap(name, NAME_WIDTH) or [""]
    if len(lines) > NAME_LINES:
        lines = [*lines[: NAME_LINES - 1], lines[NAME_LINES - 1].rstrip(".,") + "…"]
    return lines


def _shape(series: Series, look: int, count: int) -> Shape:
    places = [
        None if mark.value is None else _spot(at, count, _unit(mark.value))
        for at, mark in enumerate(series.marks[:count])
    ]
    known = [place for place in places if place is not None]
    is_closed = len(known) == count
    outline = _path(known) + "Z" if is_closed and known else _open_outline(places)
    signs = "".join(_sign(look, *place) for place in known)
    intervals = "".join(
        _path([_spot(at, count, _unit(mark.low)), _spot(at, count, _unit(mark.high))])
        for at, mark in enumerate(series.marks[:count])
        if mark.value is not None and mark.low is not None and mark.high is not None
    )
    return Shape(series, look, outline, is_closed, signs, intervals)


def _open_outline(places: Sequence[tuple[float, float] | None]) -> str:
    """Join neighbours only: a missing value leaves a gap, also round the corner."""
    pairs = zip(places, [*places[1:], *places[:1]], strict=True)
    return "".join(_path([a, b]) for a, b in pairs if a is not None and b is not None)


def _spot(at: int, count: int, share: float) -> tuple[float, float]:
    angle = 2 * pi * at / count - pi / 2
    return (
        _short(CENTRE + RADIUS * share * cos(angle)),
        _short(CENTRE + RADIUS * share * sin(angle)),
    )


SIGNS = (
    "M{l} {y}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z",
    "M{l} {t}h10v10h-10Z",
    "M{x} {t}l6 10h-12Z",
    "M{x} {t}l5 5l-5 5l-5 -5Z",
    "M{l} {t}l10 10M{r} {t}l-10 10",
    "M{x} {t}v10M{l} {y}h10",
)
"""Circle, square, triangle, lozenge, cross, plus."""


def _sign(look: int, x: float, y: float) -> str:
    left, right, top = _short(x - 5), _short(x + 5), _short(y - 5)
    return SIGNS[look - 1].format(x=x, y=y, l=left, r=right, t=top)


def sign_at(look: int, x: float, y: float) -> str:
    """Return the sign of a series, for the key."""
    return _sign(look, x, y)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "".join(f"{'L' if at else 'M'}{x} {y}" for at, (x, y) in enumerate(points))


def _numbers(marks: Sequence[Mark]) -> list[float]:
    return [n for mark in marks for n in (mark.value, mark.high) if n is not None]


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value))


def _short(number: float) -> float:
    return round(number, 1)
