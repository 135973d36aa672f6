"""What the mall promises of its services, counted from the standards in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from gerai import clock
from gerai.directory.models import DELIVERY, Service, Standard
from gerai.directory.queries.standards import components_lacking
from gerai.malls.scope import current_mall
from gerai.showcase.measures import Share, promised_minutes
from gerai.showcase.shape import n
from gerai.showcase.shape.cloth import swarm, ticks
from gerai.website.exports.facts import services_shown, standards_in_force

SWARM_LEFT, SWARM_RIGHT, SWARM_BASE = 14.0, 722.0, 86.0


@dataclass(frozen=True)
class Promised:
    """A service as a dot at the time that it promises."""

    service: Service
    x: str
    y: str
    is_free: bool
    words: str


@dataclass(frozen=True)
class Tick:
    """A mark of the scale of times."""

    name: object
    x: str


@dataclass(frozen=True)
class Standards:
    """What the mall promises of its services."""

    services: int
    stated: Share
    complete: int
    free: Share
    same_day: Share
    dots: tuple[Promised, ...]
    ticks: tuple[Tick, ...]
    lines: tuple[tuple[object, int], ...]
    base: str


# Up to so many minutes: in the words of `lines`, which a reader hears instead of the dots.
ROUNDS = (60, 1440, 7 * 1440, 43_200)


def standards(names: Sequence[object], bands: Sequence[object]) -> Standards:
    """Return the published standards in force.

    names: of an hour, a day, a week, a month on the scale; bands: of the spans up to each of
    them, and of longer ones.
    """
    today = clock.local_day(clock.now(), current_mall().zone)
    shown = services_shown()
    in_force = standards_in_force(shown, today)
    stated = [(each, in_force[each.pk]) for each in shown if each.pk in in_force]
    lacking = components_lacking(today)
    parts = [len(set(DELIVERY) - set(lacking[service.pk])) for service, _standard in stated]
    times = sorted(
        (
            (minutes, service, standard)
            for service, standard in stated
            if (minutes := _minutes_of(standard)) is not None
        ),
        key=lambda each: (each[0], each[1].name),
    )
    scale = ticks(
        5,
        max((each[0] for each in times), default=43_200),
        left=SWARM_LEFT,
        right=SWARM_RIGHT,
    )
    spots = swarm([scale.at(each[0]) for each in times], radius=7.2)
    priced = [standard for _service, standard in stated if standard.fee_rupiah is not None]
    bounds = [0, *ROUNDS]
    counted = [
        sum(low < minutes <= high for minutes, _s, _t in times)
        for low, high in zip(bounds, [*ROUNDS, 10**9], strict=True)
    ]
    return Standards(
        services=len(shown),
        stated=Share(sum(parts), len(DELIVERY) * len(shown)),
        complete=parts.count(len(DELIVERY)),
        free=Share(sum(each.fee_rupiah == 0 for each in priced), len(priced)),
        same_day=Share(sum(each[0] <= ROUNDS[1] for each in times), len(times)),
        dots=tuple(
            Promised(
                service, n(x), n(SWARM_BASE + y), standard.fee_rupiah == 0, standard.duration_text
            )
            for (_minutes, service, standard), (x, y) in zip(times, spots, strict=True)
        ),
        ticks=tuple(
            Tick(name, n(scale.at(minutes)))
            for name, minutes in zip(names, ROUNDS, strict=True)
            if minutes <= scale.most
        ),
        lines=tuple(zip(bands, counted, strict=True)),
        base=n(SWARM_BASE),
    )


def _minutes_of(standard: Standard) -> int | None:
    return promised_minutes(standard.duration_min, standard.duration_max, standard.duration_unit)
