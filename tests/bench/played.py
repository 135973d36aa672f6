"""The planner's played days beside a plain Ciw model of the same mall, turn and turn about."""

import sys
import time
from collections.abc import Callable
from statistics import fmean, median

import ciw

from gerai.planner.rules.bands import Band, band
from gerai.planner.rules.demand import QUARTER_S, Flow, Work, drawn
from gerai.planner.rules.hall import Counter, play
from tests.bench.rig import Bench

# Six services with their mean minutes and counters; comers a quarter hour, over eight hours.
SERVICES = {"A": (8, 4), "B": (12, 6), "C": (6, 3), "D": (20, 6), "E": (10, 4), "F": (5, 2)}
PROFILE = (4, 5, 6, 7, 7, 7, 6, 6, 5, 5, 5, 4, 4, 4, 4, 4)
QUARTERS = (*PROFILE, *PROFILE)
CLOSES = len(QUARTERS) * QUARTER_S
DAYS = 40


def planner(bench: Bench) -> None:
    """Played days a second, and whether both played the same mall."""
    ratios = []
    for _run in range(bench.runs):
        ours, our_time = timed(our_day)
        theirs, their_time = timed(ciw_day)
        ratios.append(their_time / our_time)
        told = f"{DAYS / our_time:.1f} days/s, Ciw {DAYS / their_time:.1f}"
        print(f"    {told}; mean wait {ours}, Ciw {theirs}", file=sys.stderr)
        if not (ours.low <= theirs.high and theirs.low <= ours.high):
            sys.exit("the two models are not the same mall")
    bench.row("a played day of a mall with 25 counters", median(ratios), 1, "× plain Ciw")  # noqa: RUF001


def timed(day: Callable[[int], float]) -> tuple[Band, float]:
    """Return the band of the mean wait in seconds, and the processor time of all days."""
    began = time.process_time()
    waits = [day(number) for number in range(DAYS)]
    return band(waits), time.process_time() - began


def our_day(number: int) -> float:
    """Play a day with the planner's own hall."""
    flows = [
        Flow((Work(name, 60.0 * minutes),), QUARTERS) for name, (minutes, _) in SERVICES.items()
    ]
    counters = [
        Counter(f"{name}{place}", frozenset({name}))
        for name, (_minutes, count) in SERVICES.items()
        for place in range(count)
    ]
    return fmean(turn.waited_s for turn in play(drawn(flows, number), counters))


def ciw_day(number: int) -> float:
    """Play a day of the same mall as a plain Ciw network without anything else."""
    ciw.seed(number)
    ends = [QUARTER_S * (place + 1) for place in range(len(QUARTERS))]
    rates = [expected / QUARTER_S for expected in QUARTERS]
    network = ciw.create_network(
        arrival_distributions=[
            ciw.dists.PoissonIntervals(rates=rates, endpoints=ends, max_sample_date=CLOSES)
            for _service in SERVICES
        ],
        service_distributions=[
            ciw.dists.Exponential(1 / (60 * minutes)) for minutes, _count in SERVICES.values()
        ],
        number_of_servers=[count for _minutes, count in SERVICES.values()],
        routing=[[0.0] * len(SERVICES)] * len(SERVICES),
    )
    simulation = ciw.Simulation(network)
    # Long enough that everybody who came is served.
    simulation.simulate_until_max_time(2 * CLOSES)
    return fmean(record.waiting_time for record in simulation.get_all_records())
