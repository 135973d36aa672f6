"""A TICKET'S STATE MACHINE, as a table. Drawn in docs/states/ticket.md."""

from enum import StrEnum


class State(StrEnum):
    """Where a ticket stands.

    Printing: its paper is not known to be in the visitor's hand yet; dropped: it never was.
    """

    PRINTING = "printing"
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    ABSENT = "absent"
    DONE = "done"
    TRANSFERRED = "transferred"
    LEFT = "left"
    EXPIRED = "expired"
    DROPPED = "dropped"


class Verb(StrEnum):
    """What moves a ticket."""

    TAKE = "take"
    PRINT_DONE = "print_done"
    PRINT_DROP = "print_drop"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    HOLD = "hold"
    RESUME = "resume"
    MISS = "miss"
    BRING_BACK = "bring_back"
    SEND_ON = "send_on"
    TRANSFER = "transfer"
    FINISH = "finish"
    LEAVE = "leave"
    EXPIRE = "expire"
    UNDO_CALL = "undo_call"
    UNDO_START = "undo_start"
    UNDO_HOLD = "undo_hold"
    UNDO_MISS = "undo_miss"
    UNDO_FINISH = "undo_finish"


S, V = State, Verb

# verb -> from -> to. What is not here is not possible.
MOVES: dict[Verb, dict[State, State]] = {
    V.PRINT_DONE: {S.PRINTING: S.WAITING},
    V.PRINT_DROP: {S.PRINTING: S.DROPPED},
    V.CALL: {S.WAITING: S.CALLED},
    V.RECALL: {S.CALLED: S.CALLED},
    V.START: {S.CALLED: S.SERVING},
    V.HOLD: {S.SERVING: S.HELD},
    V.RESUME: {S.HELD: S.SERVING},
    V.MISS: {S.CALLED: S.ABSENT},
    V.BRING_BACK: {S.ABSENT: S.WAITING},
    V.SEND_ON: {S.CALLED: S.WAITING, S.SERVING: S.WAITING, S.HELD: S.WAITING},
    V.TRANSFER: {
        S.CALLED: S.TRANSFERRED,
        S.SERVING: S.TRANSFERRED,
        S.HELD: S.TRANSFERRED,
    },
    V.FINISH: {S.SERVING: S.DONE},
    V.LEAVE: {S.WAITING: S.LEFT, S.ABSENT: S.LEFT, S.HELD: S.LEFT},
    V.EXPIRE: {
        S.WAITING: S.EXPIRED,
        S.CALLED: S.EXPIRED,
        S.SERVING: S.EXPIRED,
        S.HELD: S.EXPIRED,
        S.ABSENT: S.EXPIRED,
    },
    V.UNDO_CALL: {S.CALLED: S.WAITING},
    V.UNDO_START: {S.SERVING: S.CALLED},
    V.UNDO_HOLD: {S.HELD: S.SERVING},
    V.UNDO_MISS: {S.ABSENT: S.CALLED},
    V.UNDO_FINISH: {S.DONE: S.SERVING},
}

FIRST = State.WAITING
FIRST_ON_PAPER = State.PRINTING
AT_A_COUNTER = frozenset({State.CALLED, State.SERVING})
IN_THE_HOUSE = frozenset({State.WAITING, State.CALLED, State.SERVING, State.HELD, State.ABSENT})
ENDED = frozenset(State) - IN_THE_HOUSE - {FIRST_ON_PAPER}

# The verb that takes another one back within some seconds.
UNDO: dict[Verb, Verb] = {
    Verb.CALL: Verb.UNDO_CALL,
    Verb.START: Verb.UNDO_START,
    Verb.HOLD: Verb.UNDO_HOLD,
    Verb.MISS: Verb.UNDO_MISS,
    Verb.FINISH: Verb.UNDO_FINISH,
}


def may_move(state: State, verb: Verb) -> bool:
    """Tell whether the table has this move."""
    return state in MOVES.get(verb, {})


def verbs_from(state: State) -> frozenset[Verb]:
    """Return the verbs that move a ticket out of (or on within) a state."""
    return frozenset(verb for verb, moves in MOVES.items() if state in moves)


def diagram() -> str:
    """Return the table as a Mermaid state diagram, in a stable order."""
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {first}: {Verb.TAKE}" for first in (FIRST, FIRST_ON_PAPER)]
    for verb, moves in MOVES.items():
        lines += [f"    {start} --> {end}: {verb}" for start, end in moves.items()]
    lines += [f"    {state} --> [*]" for state in State if state in ENDED]
    return "\n".join(lines) + "\n"
