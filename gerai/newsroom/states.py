"""A COMMENT'S STATE MACHINE, as a table."""

from enum import StrEnum


class State(StrEnum):
    """Where a reader's comment stands."""

    HELD = "held"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Verb(StrEnum):
    """What moves a comment."""

    SEND = "send"
    TRUST = "trust"
    ANSWER = "answer"
    APPROVE = "approve"
    KEEP = "keep"
    REJECT = "reject"
    HIDE = "hide"
    REPORT = "report"
    REVISE = "revise"
    HOLD_AGAIN = "hold_again"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    ERASE = "erase"


S, V = State, Verb

# The verb a comment arrives with, and where it then stands.
ARRIVALS: dict[Verb, State] = {V.SEND: S.HELD, V.TRUST: S.PUBLISHED, V.ANSWER: S.PUBLISHED}

# verb -> from -> to. What is not here is not possible.
MOVES: dict[Verb, dict[State, State]] = {
    V.APPROVE: {S.HELD: S.PUBLISHED, S.HIDDEN: S.PUBLISHED, S.REJECTED: S.PUBLISHED},
    V.KEEP: {S.PUBLISHED: S.PUBLISHED},
    V.REJECT: {S.HELD: S.REJECTED, S.HIDDEN: S.REJECTED},
    V.HIDE: {S.PUBLISHED: S.HIDDEN, S.HIDDEN: S.HIDDEN},
    V.REPORT: {S.PUBLISHED: S.HIDDEN},
    V.REVISE: {S.HELD: S.HELD, S.PUBLISHED: S.PUBLISHED},
    V.HOLD_AGAIN: {S.PUBLISHED: S.HELD},
    V.EDIT: {S.HELD: S.HELD, S.PUBLISHED: S.PUBLISHED, S.HIDDEN: S.HIDDEN},
    V.WITHDRAW: {S.HELD: S.WITHDRAWN, S.PUBLISHED: S.WITHDRAWN, S.HIDDEN: S.WITHDRAWN},
    V.ERASE: {
        S.HELD: S.ERASED,
        S.PUBLISHED: S.ERASED,
        S.HIDDEN: S.ERASED,
        S.REJECTED: S.ERASED,
        S.WITHDRAWN: S.ERASED,
    },
}

GONE = frozenset({State.WITHDRAWN, State.ERASED})


def may_move(state: State, verb: Verb) -> bool:
    """Tell whether the table has this move."""
    return state in MOVES.get(verb, {})


def verbs_from(state: State) -> frozenset[Verb]:
    """Return the verbs that move a comment out of (or on within) a state."""
    return frozenset(verb for verb, moves in MOVES.items() if state in moves)


def diagram() -> str:
    """Return the table as a Mermaid state diagram, in a stable order."""
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {state}: {verb}" for verb, state in ARRIVALS.items()]
    for verb, moves in MOVES.items():
        lines += [f"    {start} --> {end}: {verb}" for start, end in moves.items()]
    lines += [f"    {state} --> [*]" for state in State if state in GONE]
    return "\n".join(lines) + "\n"
