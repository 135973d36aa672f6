"""Officers stay calm: nobody is called without a press, what was pressed is undone, keys are told.

The desk is the queue's; what it promises to officers is proved here beside their own times.
"""

import re

import pytest
from django.urls import reverse

from gerai.queue.actions import calling, serving
from gerai.queue.tests.factories import a_ticket

pytestmark = pytest.mark.django_db

WITH_A_KEY = re.compile(
    r'<(a|button)\b[^>]*\bdata-gerai-key="(?P<keys>[^"]+)"[^>]*>(?P<words>.*?)</\1>', re.DOTALL
)


@pytest.fixture
def desk(house, client):
    client.force_login(house.officer)

    def shown():
        return client.get(reverse("desk:home")).content.decode()

    return shown


def keys_of(page):
    """Return the keys of each button, and those that stand on it for everybody to read."""
    return {
        found["keys"].upper(): re.findall(r"<kbd>(\w)</kbd>", found["words"])
        for found in WITH_A_KEY.finditer(page)
    }


def test_nobody_is_called_without_a_press(house, clock_at, desk, client):
    """A finished visitor, an open page and time that goes by call nobody."""
    a_ticket(house.line)
    a_ticket(house.line)
    called = calling.call_next(house.desk, by=house.by)
    serving.start(called, by=house.by)
    serving.finish(called, by=house.by)
    for _look in range(3):
        clock_at.shift(120)
        desk()
    waiting = house.line.tickets.get(number=2)
    assert (waiting.state, waiting.times_called) == ("waiting", 0)
    client.post(reverse("desk:call_next"))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.times_called) == ("called", 1)


def test_a_call_is_taken_back(house, desk, client):
    ticket = a_ticket(house.line)
    client.post(reverse("desk:call_next"))
    assert keys_of(desk())["Z"] == ["Z"]
    client.post(reverse("desk:undo", args=[ticket.pk]))
    ticket.refresh_from_db()
    assert ticket.state == "waiting"


def test_every_key_of_the_desk_stands_on_its_button(house, desk):
    a_ticket(house.line)
    pages = [desk()]
    called = calling.call_next(house.desk, by=house.by)
    pages.append(desk())
    serving.start(called, by=house.by)
    pages.append(desk())
    free, at_desk, serving_now = [keys_of(page) for page in pages]
    assert {"N", "P", "C"} <= free.keys()
    assert {"S", "R", "A"} <= at_desk.keys()
    assert {"H", "T", "U"} <= serving_now.keys()
    untold = {
        keys: told
        for page in (free, at_desk, serving_now)
        for keys, told in page.items()
        if keys.split() != told
    }
    assert untold == {}
