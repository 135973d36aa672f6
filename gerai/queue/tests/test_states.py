"""The table of a ticket's moves, taken as a graph."""

import pytest

from gerai.queue.states import (
    AT_A_COUNTER,
    ENDED,
    FIRST,
    FIRST_ON_PAPER,
    IN_THE_HOUSE,
    MOVES,
    UNDO,
    State,
    Verb,
    diagram,
    may_move,
    verbs_from,
)

UNDOES = set(UNDO.values())


def reachable_from(start):
    seen, new = {start}, [start]
    while new:
        state = new.pop()
        for moves in MOVES.values():
            end = moves.get(state)
            if end is not None and end not in seen:
                seen.add(end)
                new.append(end)
    return seen


def test_states_are_all_reachable_from_the_first():
    assert reachable_from(FIRST_ON_PAPER) - reachable_from(FIRST) == {
        State.PRINTING,
        State.DROPPED,
    }
    assert reachable_from(FIRST_ON_PAPER) | reachable_from(FIRST) == set(State)


def test_states_in_the_house_all_lead_to_an_end():
    assert [state for state in IN_THE_HOUSE if not reachable_from(state) & ENDED] == []


@pytest.mark.parametrize("state", sorted(ENDED))
def test_ended_state_is_left_by_undo_only(state):
    assert verbs_from(state) - UNDOES == set()


def test_only_done_can_be_undone_among_the_ended():
    assert {state for state in ENDED if verbs_from(state)} == {State.DONE}


@pytest.mark.parametrize(("verb", "back"), sorted(UNDO.items()))
def test_undo_leads_to_where_the_move_began(verb, back):
    assert {end: start for start, end in MOVES[verb].items()} == MOVES[back]


def test_verbs_all_have_a_move_but_the_taking_itself():
    assert set(Verb) - set(MOVES) == {Verb.TAKE}


def test_number_whose_paper_is_not_out_is_neither_in_the_house_nor_ended():
    assert FIRST_ON_PAPER not in IN_THE_HOUSE | ENDED
    assert verbs_from(FIRST_ON_PAPER) == {Verb.PRINT_DONE, Verb.PRINT_DROP}


def test_counter_is_reached_by_call_resume_and_undo_only():
    onto = {
        verb
        for verb, moves in MOVES.items()
        for start, end in moves.items()
        if end in AT_A_COUNTER and start not in AT_A_COUNTER
    }
    assert onto == {Verb.CALL, Verb.RESUME, Verb.UNDO_HOLD, Verb.UNDO_MISS, Verb.UNDO_FINISH}


def test_may_move_asks_the_table():
    assert may_move(State.WAITING, Verb.CALL)
    assert not may_move(State.WAITING, Verb.FINISH)


def test_diagram_draws_every_move_once():
    lines = diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert len(lines) == 3 + sum(len(moves) for moves in MOVES.values()) + len(ENDED)
    assert len(set(lines)) == len(lines)
