"""What became of the tickets of a day, as stays one after the other. Pure.

Moments are whole seconds since the day's midnight.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gerai.queue.states import ENDED, IN_THE_HOUSE, State

# Between two tickets of one person: longer, and the person was away.
LONGEST_GAP = 15 * 60


@dataclass(frozen=True, slots=True)
class Move:
    """A step of a ticket: from when on it stood in a state. counter: a key, 0 for none."""

    at: int
    state: State
    counter: int = 0


@dataclass(frozen=True, slots=True)
class Stay:
    """A ticket in one state, from `since` until just before `until`."""

    since: int
    until: int
    state: State
    counter: int = 0


@dataclass(frozen=True, slots=True)
class Life:
    """A ticket in the house. agency: whose line it stands in; ending: how it ended, if it did.

    follows: the ticket of the same person that this one goes on from, 0 for none.
    """

    key: int
    agency: int
    stays: tuple[Stay, ...]
    ending: State | None = None
    follows: int = 0

    @property
    def since(self) -> int:
        """Return when it came."""
        return self.stays[0].since

    @property
    def until(self) -> int:
        """Return when it went, or the end of the record."""
        return self.stays[-1].until


def life_of(
    key: int, agency: int, moves: Sequence[Move], *, until: int, follows: int = 0
) -> Life | None:
    """Return a ticket's life as its steps tell it; None for one that never was in the house.

    moves: in their order. until: the end of the record. A state that an undone end left behind
    is kept as a stay, so that the life has no gap.

    >>> life_of(1, 1, [Move(10, State.WAITING), Move(40, State.LEFT)], until=99).ending
    <State.LEFT: 'left'>
    """
    known = sorted((move for move in moves if move.at <= until), key=lambda move: move.at)
    while known and known[0].state not in IN_THE_HOUSE:
        known.pop(0)
    if not known:
        return None
    ending = known[-1].state if known[-1].state in ENDED else None
    stays: list[Stay] = []
    ends = [move.at for move in known[1:]] + [until]
    for place, (move, end) in enumerate(zip(known, ends, strict=True)):
        if ending is not None and place == len(known) - 1:
            break
        _add(stays, Stay(move.at, end, move.state, move.counter))
    return Life(key, agency, tuple(stays), ending, follows) if stays else None


def _add(stays: list[Stay], stay: Stay) -> None:
    """Add a stay; one of no length is none, and the same once more goes on."""
    if stay.until <= stay.since:
        return
    last = stays[-1] if stays else None
    if last and (last.state, last.counter) == (stay.state, stay.counter):
        stays[-1] = Stay(last.since, stay.until, last.state, last.counter)
    else:
        stays.append(stay)


def state_at(life: Life, at: int) -> State | None:
    """Return the state at a moment; None before and after."""
    return next((stay.state for stay in life.stays if stay.since <= at < stay.until), None)


def persons(lives: Iterable[Life]) -> list[tuple[Life, ...]]:
    """Put the tickets together that one person had one after the other.

    A ticket that begins before the one it follows has ended, or long after, stands for itself:
    nobody is in two places, and who went home comes in by the door.
    """
    by_key: Mapping[int, Life] = {life.key: life for life in lives}
    chains: dict[int, list[Life]] = {}
    head: dict[int, int] = {}
    for life in sorted(by_key.values(), key=lambda life: (life.since, life.key)):
        before = by_key.get(life.follows)
        chain = chains.get(head.get(life.follows, 0))
        if (
            before
            and chain
            and chain[-1] is before
            and 0 <= life.since - before.until <= LONGEST_GAP
        ):
            chain.append(life)
            head[life.key] = head[before.key]
        else:
            chains[life.key] = [life]
            head[life.key] = life.key
    return [tuple(chain) for chain in chains.values()]
