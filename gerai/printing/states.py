"""A SLIP'S STATE MACHINE, as a table. Drawn in docs/states/slip.md."""

from enum import StrEnum


class State(StrEnum):
    """Where the printing of a slip stands.

    Asked: everything was sent and nobody but the visitor knows whether paper came out.
    """

    QUEUED = "queued"
    SENDING = "sending"
    ASKED = "asked"
    FAILED = "failed"
    DONE = "done"
    DROPPED = "dropped"


class Verb(StrEnum):
    """What moves the printing of a slip."""

    ASK = "ask"
    CLAIM = "claim"
    CONFIRM = "confirm"
    DOUBT = "doubt"
    FAIL = "fail"
    RETRY = "retry"
    DROP = "drop"


S, V = State, Verb

# verb -> from -> to. What is not here is not possible.
MOVES: dict[Verb, dict[State, State]] = {
    V.CLAIM: {S.QUEUED: S.SENDING},
    V.CONFIRM: {S.SENDING: S.DONE, S.ASKED: S.DONE, S.FAILED: S.DONE},
    V.DOUBT: {S.SENDING: S.ASKED},
    V.FAIL: {S.SENDING: S.FAILED, S.ASKED: S.FAILED},
    V.RETRY: {S.FAILED: S.QUEUED},
    V.DROP: {S.QUEUED: S.DROPPED, S.ASKED: S.DROPPED, S.FAILED: S.DROPPED},
}

FIRST = State.QUEUED
ENDED = frozenset({State.DONE, State.DROPPED})


def diagram() -> str:
    """Return the table as a Mermaid state diagram, in a stable order."""
    lines = ["stateDiagram-v2", f"    [*] --> {FIRST}: {Verb.ASK}"]
    for verb, moves in MOVES.items():
        lines += [f"    {start} --> {end}: {verb}" for start, end in moves.items()]
    lines += [f"    {state} --> [*]" for state in State if state in ENDED]
    return "\n".join(lines) + "\n"
