"""A CLOSING'S STATE MACHINE, as a table. Drawn in docs/states/closing.md."""

from enum import StrEnum


class ClosingState(StrEnum):
    """Where a closing stands. Only an approved one closes, and only between its moments."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    OVER = "over"


class ClosingVerb(StrEnum):
    """What moves a closing."""

    ASK = "ask"
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    END = "end"


S, V = ClosingState, ClosingVerb

# verb -> from -> to. What is not here is not possible.
MOVES: dict[ClosingVerb, dict[ClosingState, ClosingState]] = {
    V.APPROVE: {S.ASKED: S.APPROVED},
    V.REFUSE: {S.ASKED: S.REFUSED},
    V.WITHDRAW: {S.ASKED: S.WITHDRAWN, S.APPROVED: S.WITHDRAWN},
    V.LAPSE: {S.ASKED: S.LAPSED},
    V.END: {S.APPROVED: S.OVER},
}

ENDED = frozenset(ClosingState) - {S.ASKED, S.APPROVED}


def diagram() -> str:
    """Return the table as a Mermaid state diagram, in a stable order."""
    lines = ["stateDiagram-v2", f"    [*] --> {S.ASKED}: {V.ASK}"]
    for verb, moves in MOVES.items():
        lines += [f"    {start} --> {end}: {verb}" for start, end in moves.items()]
    lines += [f"    {state} --> [*]" for state in ClosingState if state in ENDED]
    return "\n".join(lines) + "\n"
