"""Supervisors who save the same limits at the same moment: the database decides, one is heard."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection, connections

from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.pulse import actions
from gerai.pulse.models import Limits, LineLimit
from gerai.pulse.rules import MallLimits, Promise
from gerai.queue.tests.factories import a_house, a_line

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="one writer at a time there, and tests in memory"
    ),
]
AT_ONCE = 6
FIRST = Promise(45, "Sumber awal")


@pytest.fixture
def mall(transactional_db):
    with in_mall(a_mall()) as mall:
        yield mall


def at_once(mall, saves):
    """Save all at the same moment; return for each whether it was heard."""
    gate = Barrier(len(saves))

    def one(save):
        try:
            with in_mall(mall):
                gate.wait(timeout=20)
                save()
                return True
        except (actions.PromiseChanged, actions.LimitsChanged):
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(saves)) as people:
        return list(people.map(one, saves))


def saving(changes):
    return partial(actions.set_promises, changes, by=audit.SYSTEM)


def stands():
    return [Promise(*row) for row in LineLimit.objects.values_list("wait_min", "wait_source")]


@pytest.mark.parametrize("was", [None, FIRST])
def test_of_many_who_save_one_line_at_once_one_is_heard(mall, was):
    line = a_house().line
    if was:
        actions.set_promises({line: (None, was)}, by=audit.SYSTEM)
    wishes = [Promise(10 + place, f"Sumber {place}") for place in range(AT_ONCE)]
    heard = at_once(mall, [saving({line: (was, wish)}) for wish in wishes])
    assert heard.count(True) == 1
    assert stands() == [wishes[heard.index(True)]]
    assert Deed.objects.filter(verb="pulse.set_promise").count() == 1 + (was is not None)


@pytest.mark.parametrize("was", [None, MallLimits(45, "Sumber awal", 5, 15)])
def test_of_many_who_save_the_malls_limits_at_once_one_is_heard(mall, was):
    if was:
        actions.set_limits(None, was, by=audit.SYSTEM)
    wishes = [MallLimits(10 + place, "Sumber", 5, 15) for place in range(AT_ONCE)]
    heard = at_once(
        mall, [partial(actions.set_limits, was, wish, by=audit.SYSTEM) for wish in wishes]
    )
    assert heard.count(True) == 1
    assert Limits.objects.get().wait_min == wishes[heard.index(True)].wait_min
    assert Deed.objects.filter(verb="pulse.set_limits").count() == 1 + (was is not None)


def test_changing_and_removing_at_once_one_is_heard(mall):
    line = a_house().line
    actions.set_promises({line: (None, FIRST)}, by=audit.SYSTEM)
    wish = Promise(10, "Sumber baru")
    changed, removed = at_once(mall, [saving({line: (FIRST, shall)}) for shall in (wish, None)])
    assert changed != removed
    assert stands() == ([wish] if changed else [])


def test_two_who_save_the_same_two_lines_in_either_order_do_not_wait_for_each_other(mall):
    house = a_house()
    first, second = house.line, a_line(house.agency, code="Z")
    both = {first: (None, FIRST), second: (None, FIRST)}
    actions.set_promises(both, by=audit.SYSTEM)
    one = {first: (FIRST, Promise(10, "Satu")), second: (FIRST, Promise(10, "Satu"))}
    two = {second: (FIRST, Promise(20, "Dua")), first: (FIRST, Promise(20, "Dua"))}
    heard = at_once(mall, [saving(one), saving(two)])
    assert sorted(heard) == [False, True]
    assert len(set(stands())) == 1
