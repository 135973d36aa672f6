"""What the theory of queues says exactly: Erlang B, C and A, and the figures of M/M/c.

People come at random with one rate, are served at random with one rate, by counters that are all
alike. Rates are per any unit of time, the same for both; times come out in that unit. Pure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import exp, fsum, lgamma, log

Rate = Fraction | float
# Terms of a series so much smaller than the largest change no digit of the sum.
_NOTHING = 1e-18


@dataclass(frozen=True, slots=True)
class Figures:
    """A line in its steady state; None for what does not exist, as the line never stops growing.

    rho: share of its time that a counter is busy; where the line is unstable, work that comes
    over work that can be done. p0: share of time with nobody there. p_wait: share of people who
    wait. lq, l: people waiting, and people there. wq, w: time waiting, and time there.
    """

    stable: bool
    rho: float
    p0: float | None = None
    p_wait: float | None = None
    lq: float | None = None
    l: float | None = None  # noqa: E741 - the letter of Little's law
    wq: float | None = None
    w: float | None = None


@dataclass(frozen=True, slots=True)
class Impatient:
    """A line that people leave before they are served; it always has a steady state.

    p_abandon: share of people who leave unserved. wq, w: of everybody, also of those who leave.
    """

    p_wait: float
    p_abandon: float
    lq: float
    l: float  # noqa: E741
    wq: float
    w: float
    busy: float


def erlang_b(load: float, servers: int) -> float:
    """Return the share of people turned away where nobody may wait.

    load: rate of arrivals over rate of service, in erlangs.

    >>> round(erlang_b(2.0, 3), 6)
    0.210526
    """
    return _nth(_blocked(load), servers)


def erlang_c(load: float, servers: int) -> float:
    """Return the share of people who wait, everybody being patient; 1.0 from load = servers on.

    >>> round(erlang_c(2.0, 3), 6)
    0.444444
    """
    return _delayed(erlang_b(load, servers), load, servers) if load < servers else 1.0


def queue_of(arrivals: Rate, service_rate: Rate, servers: int) -> Figures:
    """Return the figures of M/M/c.

    Give fractions where the edge between stable and unstable must be drawn exactly.

    >>> figures = queue_of(Fraction("1.13"), Fraction(1), 2)
    >>> round(figures.p_wait, 6), round(figures.wq, 6)
    (0.407955, 0.468914)
    >>> queue_of(Fraction("0.3"), Fraction("0.1"), 3).stable
    False
    """
    come, serve = Fraction(arrivals), Fraction(service_rate)
    rho = come / (serve * servers)
    if rho >= 1:
        return Figures(stable=False, rho=float(rho))
    load = float(come / serve)
    spare = float(serve * servers - come)
    p_wait = _delayed(erlang_b(load, servers), load, servers, float(1 - rho))
    wq = p_wait / spare
    lq = p_wait * float(rho / (1 - rho))
    return Figures(
        stable=True,
        rho=float(rho),
        p0=_idle(load, servers, float(1 - rho)),
        p_wait=p_wait,
        lq=lq,
        l=lq + load,
        wq=wq,
        w=wq + float(1 / serve),
    )


def erlang_a(arrivals: float, service_rate: float, leaving_rate: float, servers: int) -> Impatient:
    """Return the figures of M/M/c+M: who waits longer than their patience leaves.

    leaving_rate: one over the mean patience.

    >>> figures = erlang_a(3.0, 1.0, 0.5, 2)
    >>> round(figures.p_abandon, 4), round(figures.lq, 4)
    (0.3846, 2.3074)
    """
    blocked = erlang_b(arrivals / service_rate, servers)
    log_sum, mean = _impatient_line(arrivals, servers * service_rate, leaving_rate)
    p_wait = 1 / (1 + (1 / blocked - 1) * exp(-log_sum)) if blocked else 0.0
    lq = p_wait * mean
    p_abandon = min(1.0, leaving_rate * lq / arrivals)
    busy = arrivals * (1 - p_abandon) / service_rate
    return Impatient(
        p_wait=p_wait,
        p_abandon=p_abandon,
        lq=lq,
        l=lq + busy,
        wq=lq / arrivals,
        w=(lq + busy) / arrivals,
        busy=busy,
    )


def served_within(target: float, arrivals: Rate, service_rate: Rate, servers: int) -> float:
    """Return the share of people called within a target time; nought where the line is unstable.

    >>> round(served_within(20, 100 / 1800, 1 / 180, 14), 5)
    0.88835
    """
    figures = queue_of(arrivals, service_rate, servers)
    if figures.p_wait is None:
        return 0.0
    return 1 - figures.p_wait * exp(-(servers * float(service_rate) - float(arrivals)) * target)


def fewest_for(
    share: float, target: float, arrivals: Rate, service_rate: Rate, *, most: int
) -> int | None:
    """Return the smallest number of counters that call this share within the target time.

    most: where the search ends; None where so many would not do.

    >>> fewest_for(0.8, 20, 100 / 1800, 1 / 180, most=50)
    14
    """
    spare = Fraction(service_rate)
    load = float(Fraction(arrivals) / spare)
    for servers, blocked in enumerate(_blocked(load)):
        if servers > most:
            return None
        if servers * spare <= Fraction(arrivals):
            continue
        late = _delayed(blocked, load, servers) * exp(
            -float(servers * spare - Fraction(arrivals)) * target
        )
        if 1 - late >= share:
            return servers
    raise AssertionError  # pragma: no cover - the row has no end


def _blocked(load: float) -> Iterator[float]:
    """Yield Erlang B for 0, 1, 2 … servers; each step makes rounding smaller, never larger."""
    blocked = 1.0
    for servers in count(1):
        yield blocked
        blocked = load * blocked / (servers + load * blocked)


def _nth(values: Iterator[float], place: int) -> float:
    return next(value for number, value in enumerate(values) if number == place)


def _delayed(blocked: float, load: float, servers: int, spare: float | None = None) -> float:
    """Return Erlang C from Erlang B. spare: 1 - rho, where it is known more exactly."""
    free = 1 - load / servers if spare is None else spare
    return blocked / (free + (1 - free) * blocked)


def _idle(load: float, servers: int, spare: float) -> float:
    """Return P0: one over the sum of load^n / n! with the tail of those who wait.

    The sum is taken from its largest term on, which alone is as large as floats allow.
    """
    top = min(servers - 1, int(load))
    rising = _ratios(lambda n: load / (n + 1), range(top, servers - 1))
    falling = _ratios(lambda n: n / load, range(top, 0, -1))
    last = exp((servers - top) * log(load) - lgamma(servers + 1) + lgamma(top + 1))
    scaled = fsum((1.0, *rising, *falling, last / spare))
    return exp(-(top * log(load) - lgamma(top + 1))) / scaled


def _impatient_line(come: float, gone: float, leaving: float) -> tuple[float, float]:
    """Return (log of the sum of line lengths' weights, mean length) given that all are busy.

    The weight of a length is the product of come / (gone + i * leaving) up to it.
    """
    top = max(0, int((come - gone) / leaving))
    weights = {top: 1.0}
    for step in (1, -1):
        weight, length = 1.0, top
        while weight > _NOTHING and (length or step == 1):
            if step == 1:
                weight *= come / (gone + (length + 1) * leaving)
            else:
                weight *= (gone + length * leaving) / come
            length += step
            weights[length] = weight
    total = fsum(weights.values())
    mean = fsum(length * weight for length, weight in weights.items()) / total
    start = gone / leaving
    log_top = top * log(come / leaving) - lgamma(start + top + 1) + lgamma(start + 1)
    return log(total) + log_top, mean


def _ratios(ratio: Callable[[int], float], places: range) -> Iterator[float]:
    weight = 1.0
    for place in places:
        weight *= ratio(place)
        if weight < _NOTHING:
            return
        yield weight
