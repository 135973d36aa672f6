"""What the steps of a ticket become."""

from gerai.queue.states import State
from gerai.story.rules.lives import Life, Move, Stay, life_of, persons, state_at

W, C, S = State.WAITING, State.CALLED, State.SERVING


def moves(*told):
    return [Move(*each) for each in told]


def test_stays_follow_each_other_and_the_end_is_told():
    life = life_of(7, 3, moves((10, W), (40, C, 5), (50, S, 5), (90, State.DONE, 5)), until=500)

    assert life == Life(7, 3, (Stay(10, 40, W), Stay(40, 50, C, 5), Stay(50, 90, S, 5)), State.DONE)


def test_a_second_call_goes_on_and_a_moment_of_no_length_is_left_out():
    life = life_of(1, 1, moves((10, W), (40, C, 5), (45, C, 5), (50, S, 5), (50, W)), until=60)

    assert life.stays == (Stay(10, 40, W), Stay(40, 50, C, 5), Stay(50, 60, W))
    assert life.ending is None


def test_an_undone_end_leaves_no_gap():
    told = moves((10, W), (20, C, 5), (30, S, 5), (60, State.DONE, 5), (65, S, 5))
    life = life_of(1, 1, told, until=100)

    assert [state_at(life, at) for at in (59, 62, 70)] == [S, State.DONE, S]
    assert life.ending is None


def test_who_is_never_in_the_house_has_no_life():
    assert life_of(1, 1, moves((10, State.PRINTING), (20, State.DROPPED)), until=99) is None
    assert life_of(1, 1, [], until=99) is None
    assert life_of(1, 1, moves((200, W)), until=99) is None


def test_what_comes_after_the_record_is_not_told():
    life = life_of(1, 1, moves((10, W), (40, C, 5)), until=30)

    assert life.stays == (Stay(10, 30, W),)


def test_tickets_of_one_person_are_one_after_the_other():
    first = Life(1, 1, (Stay(10, 50, W),), State.TRANSFERRED)
    second = Life(2, 2, (Stay(50, 90, W),), State.DONE, follows=1)
    overlapping = Life(3, 2, (Stay(70, 99, W),), State.DONE, follows=2)
    much_later = Life(4, 2, (Stay(9000, 9900, W),), State.DONE, follows=3)

    assert persons([much_later, overlapping, second, first]) == [
        (first, second),
        (overlapping,),
        (much_later,),
    ]
