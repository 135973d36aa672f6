"""Supervisors who save the same line at the same moment: the database decides, one is heard."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.pulse import actions
from gerai.pulse.models import LineLimit
from gerai.pulse.rules import Promise
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


def at_once(mall, all_changes):
    """Save all at the same moment; return for each whether it was heard."""
    gate = Barrier(len(all_changes))

    def one(changes):
        try:
            with in_mall(mall):
                gate.wait(timeout=20)
                actions.set_promises(changes, by=audit.SYSTEM)
                return True
        except actions.PromiseChanged:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(all_changes)) as people:
        return list(people.map(one, all_changes))


def stands():
    return [Promise(*row) for row in LineLimit.objects.values_list("wait_min", "wait_source")]


@pytest.mark.parametrize("was", [None, FIRST])
def test_of_many_who_save_one_line_at_once_one_is_heard(mall, was):
    line = a_house().line
    if was:
        actions.set_promises({line: (None, was)}, by=audit.SYSTEM)
    wishes = [Promise(10 + place, f"Sumber {place}") for place in range(AT_ONCE)]
    heard = at_once(mall, [{line: (was, wish)} for wish in wishes])
    assert heard.count(True) == 1
    assert stands() == [wishes[heard.index(True)]]
    assert Deed.objects.filter(verb="pulse.set_promise").count() == 1 + (was is not None)


def test_changing_and_removing_at_once_one_is_heard(mall):
    line = a_house().line
    actions.set_promises({line: (None, FIRST)}, by=audit.SYSTEM)
    wish = Promise(10, "Sumber baru")
    changed, removed = at_once(mall, [{line: (FIRST, wish)}, {line: (FIRST, None)}])
    assert changed != removed
    assert stands() == ([wish] if changed else [])


def test_two_who_save_the_same_two_lines_in_either_order_do_not_wait_for_each_other(mall):
    house = a_house()
    first, second = house.line, a_line(house.agency, code="Z")
    both = {first: (None, FIRST), second: (None, FIRST)}
    actions.set_promises(both, by=audit.SYSTEM)
    one = {first: (FIRST, Promise(10, "Satu")), second: (FIRST, Promise(10, "Satu"))}
    two = {second: (FIRST, Promise(20, "Dua")), first: (FIRST, Promise(20, "Dua"))}
    heard = at_once(mall, [one, two])
    assert sorted(heard) == [False, True]
    assert len(set(stands())) == 1
