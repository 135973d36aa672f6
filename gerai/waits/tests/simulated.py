"""Simulated lines whose truth is known, and looks at them every few minutes."""

from dataclasses import dataclass
from random import Random

from gerai.waits.rules import Recorded, Snapshot

OPENS = 8 * 60.0
CLOSES = 16 * 60.0


@dataclass(frozen=True)
class Office:
    """Counters, mean minutes at the desk, arrivals an hour; every service is exponential."""

    counters: int = 2
    service: float = 8.0
    an_hour: float = 14.0


def a_day(office: Office, *, seed: int) -> list[tuple[float, float]]:
    """Return the minutes of arrival and of call of everybody, first come first served."""
    random = Random(seed)
    free = [OPENS] * office.counters
    people = []
    moment = OPENS + random.expovariate(office.an_hour / 60)
    while moment < CLOSES:
        desk = min(range(office.counters), key=free.__getitem__)
        called = max(moment, free[desk])
        free[desk] = called + random.expovariate(1 / office.service)
        people.append((moment, called))
        moment += random.expovariate(office.an_hour / 60)
    return people


def recording(
    office: Office,
    *,
    days: int,
    name: str = "Kantor",
    every: float = 5.0,
    usual: float | None = None,
) -> list[Recorded]:
    """Return looks at one line on so many days, with the wait of the last person then waiting."""
    looks = []
    for day in range(days):
        people = a_day(office, seed=day + 1)
        for step in range(int(10 * 60 / every)):
            minute = OPENS + step * every
            issued = sum(arrived <= minute for arrived, _called in people)
            called = sum(called <= minute for _arrived, called in people)
            waited = people[issued - 1][1] - minute if issued > called else 0.0
            looks.append(
                Recorded(
                    office=name,
                    snapshot=Snapshot(
                        line=name,
                        day=day,
                        minute=minute,
                        counters=office.counters,
                        waiting=issued - called,
                        called=called,
                        issued=issued,
                        usual_minutes=usual,
                    ),
                    realised=waited,
                )
            )
    return looks
