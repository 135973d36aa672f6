"""A STEP'S STATES, as a table: verb → from which states, to which one."""

from enum import StrEnum


class State(StrEnum):
    """How far a step has come."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


class Verb(StrEnum):
    """What is done with a step."""

    BEGIN = "begin"
    FINISH = "finish"
    DROP = "drop"
    REOPEN = "reopen"


OPEN = frozenset({State.TODO, State.DOING})
OVER = frozenset({State.DONE, State.DROPPED})

MOVES: dict[Verb, tuple[frozenset[State], State]] = {
    Verb.BEGIN: (frozenset({State.TODO}), State.DOING),
    Verb.FINISH: (OPEN, State.DONE),
    Verb.DROP: (OPEN, State.DROPPED),
    Verb.REOPEN: (OVER, State.TODO),
}


def verbs_from(state: State) -> list[Verb]:
    """Return what may be done with a step in a state.

    >>> verbs_from(State.DONE)
    [<Verb.REOPEN: 'reopen'>]
    """
    return [verb for verb, (sources, _target) in MOVES.items() if state in sources]
