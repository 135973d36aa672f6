"""The night: what a day left open is closed, and marked so."""

from datetime import timedelta

from gerai import clock
from gerai.people.models import Deed
from gerai.queue import tasks
from gerai.queue.actions import calling, desks
from gerai.queue.models import Desk, Step
from gerai.queue.states import State
from gerai.queue.tests.factories import TEN, House, a_ticket


def test_a_desk_left_open_over_night_is_closed_at_the_morning(house: House, clock_at):
    clock_at.move_to(TEN + timedelta(days=1))

    assert tasks.end_day.call(mall_id=house.desk.mall_id) == 0

    desk = Desk.objects.get(pk=house.desk.pk)
    assert desk.closed_at == clock.at((TEN + timedelta(days=1)).date(), 0, 0, desk.mall.zone)
    deed = Deed.objects.get(verb="queue.close_desk")
    assert (deed.by_name, deed.detail) == ("sistem", {"reason": "hari berakhir"})


def test_opening_a_counter_ends_what_yesterday_left_there(house: House, clock_at):
    ticket = a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    clock_at.move_to(TEN + timedelta(days=1))

    fresh = desks.open_desk(house.second, officer=house.officer, by=house.by)

    assert fresh.pk != house.desk.pk
    assert list(Desk.objects.filter(closed_at=None)) == [fresh]
    last = Step.objects.filter(ticket=ticket).latest("pk")
    assert (last.state, last.reason) == (State.EXPIRED, "hari berakhir")
