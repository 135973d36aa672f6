"""A STUDY VISIT'S STATE MACHINE, as a table."""

from enum import StrEnum


class State(StrEnum):
    """Where a study visit stands; closed: its minutes are done."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    RECEIVED = "received"
    CLOSED = "closed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    """What moves a study visit."""

    ACCEPT = "accept"
    MOVE = "move"
    REFUSE = "refuse"
    CANCEL = "cancel"
    RECEIVE = "receive"
    CLOSE = "close"


S, V = State, Verb

# verb -> from -> to. What is not here is not possible.
MOVES: dict[Verb, dict[State, State]] = {
    V.ACCEPT: {S.ASKED: S.ACCEPTED},
    V.MOVE: {S.ACCEPTED: S.ACCEPTED},
    V.REFUSE: {S.ASKED: S.REFUSED},
    V.CANCEL: {S.ASKED: S.CANCELLED, S.ACCEPTED: S.CANCELLED},
    V.RECEIVE: {S.ACCEPTED: S.RECEIVED},
    V.CLOSE: {S.RECEIVED: S.CLOSED},
}

OVER = frozenset({State.CLOSED, State.REFUSED, State.CANCELLED})
# A visit that takes up its room and its host.
BOOKED = frozenset({State.ACCEPTED, State.RECEIVED, State.CLOSED})
# A visit that the guests may still prepare.
OPEN_TO_GUESTS = frozenset({State.ASKED, State.ACCEPTED})


def may_move(state: State, verb: Verb) -> bool:
    """Tell whether the table has this move."""
    return state in MOVES.get(verb, {})


def verbs_from(state: State) -> frozenset[Verb]:
    """Return the verbs that move a visit out of (or on within) a state."""
    return frozenset(verb for verb, moves in MOVES.items() if state in moves)


def diagram() -> str:
    """Return the table as a Mermaid state diagram, in a stable order."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.ASKED}: ask"]
    for verb, moves in MOVES.items():
        lines += [f"    {start} --> {end}: {verb}" for start, end in moves.items()]
    lines += [f"    {state} --> [*]" for state in State if state in OVER]
    return "\n".join(lines) + "\n"
