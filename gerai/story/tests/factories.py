"""A day of a mall for tests: a Monday on which three came, looked at from the Tuesday after."""

from datetime import datetime, timedelta

import time_machine

from gerai.directory.models import Counter, Zone
from gerai.queue.actions import calling, desks, serving
from gerai.queue.actions.tickets import leave
from gerai.queue.tests.factories import House, a_house, a_ticket

MORNING = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
MONDAY = MORNING.date()
TUESDAY = MORNING + timedelta(days=1)


def a_told_day() -> House:
    """Let three come on Monday from nine: one is served, one is absent, one leaves.

    They come at 9.00, 9.05 and 9.10. The first is called at 9.20, served from 9.21 to 9.30; the
    second called at 9.31 and missed at 9.33; the third leaves at 9.40. The counter pauses at
    9.45 and closes at 10.00.
    """
    with time_machine.travel(MORNING, tick=False) as at:
        house = a_house()
        _place(house)
        tickets = []
        for minute in (0, 5, 10):
            at.move_to(MORNING + timedelta(minutes=minute))
            tickets.append(a_ticket(house.line))
        first, second, third = tickets
        for minute, act in (
            (20, lambda: calling.call_next(house.desk, by=house.by)),
            (21, lambda: serving.start(_again(first), by=house.by)),
            (30, lambda: serving.finish(_again(first), by=house.by)),
            (31, lambda: calling.call_next(house.desk, by=house.by)),
            (33, lambda: calling.miss(_again(second), by=house.by)),
            (40, lambda: leave(_again(third), by=house.by)),
            (45, lambda: desks.pause(house.desk, reason="Contoh", by=house.by)),
            (60, lambda: desks.close_desk(house.desk, by=house.by)),
        ):
            at.move_to(MORNING + timedelta(minutes=minute))
            act()
    return house


def _again(ticket):
    return type(ticket).objects.get(pk=ticket.pk)


def _place(house: House) -> None:
    """Give the counters and their zones a place on the sheet."""
    for place, counter in enumerate((house.counter, house.second)):
        Counter.objects.filter(pk=counter.pk).update(x=60, y=60, width=88, height=56)
        Zone.objects.filter(pk=counter.zone_id).update(
            x=40, y=40, width=440, height=240, code=f"Z{place}"
        )
