"""Which line first, and at what place: against brute force over all orders."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from gerai.queue.plan import (
    ANYWHERE,
    MOST_STEPS,
    Errand,
    Place,
    Standing,
    Why,
    advise,
    best_order,
    bounded_moment,
    may_be_next,
    place_moment,
    walk,
)

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
minutes = st.integers(0, 90).map(float)


@st.composite
def errands(draw, most=MOST_STEPS):
    found = []
    for key in range(draw(st.integers(1, most))):
        low = draw(minutes)
        found.append(
            Errand(
                key=key,
                stage=draw(st.integers(0, 3)),
                low=low,
                high=low + draw(minutes),
                minutes=draw(st.integers(1, 30).map(float)),
                opens_in=draw(st.sampled_from([0.0, 0.0, 45.0])),
                closes_in=draw(st.sampled_from([None, None, 60.0, 120.0])),
            )
        )
    return found


def is_allowed(order):
    left = {errand.key: errand.stage for errand in order}
    for errand in order:
        lowest = min((stage for stage in left.values() if stage), default=0)
        if errand.stage not in {0, lowest}:
            return False
        del left[errand.key]
    return True


def weighed(order, place):
    too_late, end = walk(order, place=place)
    return len(too_late), end


@settings(max_examples=150, deadline=None)
@given(errands(most=6), st.sampled_from(Place))
def test_advice_is_the_best_of_all_orders_that_the_stages_allow(found, place):
    every = [order for order in permutations(found) if is_allowed(order)]
    best = best_order(found, place=place)
    assert is_allowed(best)
    assert weighed(best, place) == min(weighed(order, place) for order in every)


@settings(max_examples=5, deadline=None)
@given(errands(most=MOST_STEPS).filter(lambda found: len(found) == MOST_STEPS))
def test_advice_for_seven_in_any_order_is_the_best_of_all(found):
    free = [Errand(e.key, 1, e.low, e.high, e.minutes, e.opens_in, e.closes_in) for e in found]
    best = best_order(free, place=Place.HALF)
    assert weighed(best, Place.HALF) == min(
        weighed(order, Place.HALF) for order in permutations(free)
    )


@settings(deadline=None)
@given(errands(), st.sampled_from(Place))
def test_advice_names_every_errand_once_and_its_range_holds_the_middle(found, place):
    advice = advise(found, place=place)
    assert sorted(advice.order) == [errand.key for errand in found]
    by_key = {errand.key: errand for errand in found}
    _late, end = walk([by_key[key] for key in advice.order], place=place)
    assert advice.low_minutes <= end <= advice.high_minutes


@given(
    st.lists(st.integers(0, 600), min_size=1, max_size=8),
    st.integers(0, 600),
    st.integers(0, 600),
    st.sampled_from(Place),
)
def test_nobody_who_came_to_the_mall_earlier_is_ever_passed(others, came, spent, place):
    came_at = EIGHT + timedelta(seconds=came)
    ended_at = came_at + timedelta(seconds=spent)
    moment = place_moment(place, came_at=came_at, ended_at=ended_at)
    waiting = [EIGHT + timedelta(seconds=at) for at in others]
    passed = [at for at in waiting if moment < at]
    assert all(at > came_at for at in passed)
    if place == Place.STEP_END:
        assert all(at > ended_at for at in passed)
    if place == Place.HALF:
        assert all(at - came_at > (ended_at - came_at) / 2 for at in passed)


def put_in(line, key, moment, most):
    """Put a newcomer into a line, as the queue does; return how many it passes."""
    ahead = [each for each in line if each["at"] > moment]
    at = bounded_moment(
        moment, [Standing(each["at"], len(each["passed_by"])) for each in ahead], most=most
    )
    passed = [each for each in line if each["at"] > at]
    for each in passed:
        each["passed_by"].append(key)
    line.append({"key": key, "at": at, "earned": moment, "ahead": 0, "passed_by": []})
    line.sort(key=lambda each: (each["at"], each["key"]))
    newest = next(each for each in line if each["key"] == key)
    newest["ahead"] = line.index(newest)
    return passed


# What happens in a line, in turn: somebody comes to it, somebody comes over who came to the
# mall so many minutes ago, or the first is called.
happenings = st.lists(
    st.one_of(st.just("comes"), st.just("called"), st.integers(0, 240)), min_size=1, max_size=60
)


@settings(max_examples=200, deadline=None)
@given(happenings, st.integers(1, 6), st.sampled_from(Place))
def test_nobody_is_passed_more_often_than_the_rule_says(happened, most, place):
    line, gone = [], []
    for minute, what in enumerate(happened):
        now = EIGHT + timedelta(minutes=minute)
        if what == "called":
            gone += [line.pop(0)] if line else []
            continue
        ago = 0 if what == "comes" else what
        came_at = now - timedelta(minutes=ago)
        moment = place_moment(place, came_at=came_at, ended_at=now)
        passed = put_in(line, minute, moment, most)
        # Only those who count later are passed, and all of them where the bound allows it.
        assert all(each["at"] > moment for each in passed)
        assert place != Place.STEP_END or passed == []
    everybody = [*gone, *line]
    assert all(len(each["passed_by"]) <= most for each in everybody)
    assert all(each["at"] >= each["earned"] for each in everybody)
    # Called before somebody were at most those ahead at the coming, and so many who came over.
    for turn, each in enumerate(gone):
        earlier = {other["key"] for other in gone[:turn]}
        assert len(earlier & set(each["passed_by"])) <= most
        assert {key for key in earlier if key > each["key"]} <= set(each["passed_by"])


def test_without_the_bound_one_who_waits_is_passed_by_all_who_came_earlier():
    line = []
    for key, ago in enumerate([0, 60, 50, 40]):
        put_in(line, key, EIGHT - timedelta(minutes=ago), most=99)
    assert [each["key"] for each in line] == [1, 2, 3, 0]
    bounded = []
    for key, ago in enumerate([0, 60, 50, 40]):
        put_in(bounded, key, EIGHT - timedelta(minutes=ago), most=2)
    assert [each["key"] for each in bounded] == [1, 2, 0, 3]


def test_place_is_the_coming_half_the_way_or_the_end():
    ended = EIGHT + timedelta(hours=1)
    placed = [place_moment(each, came_at=EIGHT, ended_at=ended) for each in Place]
    assert placed == [EIGHT, EIGHT + timedelta(minutes=30), ended]


def test_next_is_the_lowest_stage_and_what_fits_anywhere():
    assert may_be_next({1: 2, 2: 3, 3: ANYWHERE, 4: 2}) == [1, 3, 4]
    assert may_be_next({3: ANYWHERE}) == [3]
    assert may_be_next({}) == []


def test_shortest_first_leads_out_sooner_where_the_coming_counts():
    advice = advise(
        [Errand(1, 1, 30, 50, 10), Errand(2, 1, 0, 10, 20)],
        place=Place.ARRIVAL,
    )
    # First 2: called at 5, done at 25; then 1 is called at 40 and done at 50.
    assert (advice.order, advice.why, advice.saved) == ((2, 1), Why.SOONER, 20)
    assert (advice.low_minutes, advice.high_minutes) == (40, 60)


def test_order_makes_no_difference_where_one_begins_anew_behind_everybody():
    advice = advise([Errand(1, 1, 20, 20, 10), Errand(2, 1, 0, 0, 10)], place=Place.STEP_END)
    assert (advice.order, advice.why, advice.high_minutes) == ((1, 2), Why.SAME, 40)


def test_line_that_closes_soon_goes_first():
    advice = advise(
        [Errand(1, 1, 0, 10, 20), Errand(2, 1, 20, 20, 10, closes_in=24)],
        place=Place.ARRIVAL,
    )
    assert (advice.order, advice.why, advice.too_late) == ((2, 1), Why.CLOSES, frozenset())


def test_fixed_order_is_told_as_fixed_and_what_comes_too_late_is_named():
    advice = advise(
        [Errand(1, 1, 60, 60, 10), Errand(2, 2, 0, 0, 5, closes_in=30)],
        place=Place.ARRIVAL,
    )
    assert (advice.order, advice.why, advice.too_late) == ((1, 2), Why.FIXED, frozenset({2}))
