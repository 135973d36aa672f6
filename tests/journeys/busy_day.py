"""Fill the sample mall with the numbers of a busy morning that has led up to this moment.

``python -m tests.journeys.busy_day``, with GERAI_DATA. It goes through the product's own
actions on a clock that is turned, so that waits and services last as long as they would.
"""

import os
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from gerai import clock  # noqa: E402 - models need Django to be set up
from gerai.directory.models import Counter  # noqa: E402
from gerai.malls.models import Mall  # noqa: E402
from gerai.malls.scope import in_mall  # noqa: E402
from gerai.people.audit import Actor  # noqa: E402
from gerai.people.models import User  # noqa: E402
from gerai.queue.actions import calling, desks, serving, tickets  # noqa: E402
from gerai.queue.models import Desk, Door, Group, Line, Ticket  # noqa: E402

MINUTES = 120
# Letters of a line: how many come during the two hours.
COMING = {"A": 40, "B": 6, "C": 18, "F": 5, "G": 18, "H": 15, "P": 2, "Q": 19, "T": 3, "Y": 4}
COMING["Z"] = 3
# Counters that are open: who sits there.
OPEN = {"2": "petugas1", "3": "petugas2", "5": "petugas3", "9": "petugas4", "11": "petugas5"}
OPEN["15"] = "petugas6"
DOORS = [Door.KIOSK, Door.KIOSK, Door.PHONE, Door.GREETER]
GROUPS = [Group.ORDINARY] * 7 + [Group.ELDERLY, Group.CHILD]


@dataclass
class Seat:
    """An open counter, and in which minute its present visitor has got what they came for."""

    desk: Desk
    by: Actor
    free_at: int = 0

    def ticket(self) -> Ticket | None:
        at_counter = Ticket.objects.filter(state__in=("called", "serving"))
        return at_counter.filter(counter=self.desk.counter).first()

    def work(self, minute: int, dice: random.Random) -> None:
        """Do what an officer would do in this minute."""
        ticket = self.ticket()
        if ticket is None:
            self.call(minute, dice)
        elif ticket.state == "called":
            if ticket.number % 13 == 0:
                calling.miss(ticket, by=self.by)
            else:
                serving.start(ticket, by=self.by)
        elif minute < self.free_at:
            return
        elif ticket.number % 17 == 0:
            serving.hold(ticket, by=self.by, reason="Mengambil fotokopi")
        else:
            serving.finish(ticket, by=self.by)

    def call(self, minute: int, dice: random.Random) -> None:
        if Ticket.objects.filter(line__agency__in=agencies(self.desk), state="waiting").exists():
            calling.call_next(self.desk, by=self.by)
            self.free_at = minute + dice.randint(4, 9)

    def end(self) -> None:
        """Bring the present visitor to an end."""
        ticket = self.ticket()
        if ticket is not None and ticket.state == "called":
            serving.start(ticket, by=self.by)
        if ticket is not None:
            serving.finish(ticket, by=self.by)


def agencies(desk: Desk) -> list[int]:
    return list(desk.counter.shares.values_list("agency", flat=True))


def fill() -> None:
    """Play the morning, minute by minute, and leave the mall as it then is."""
    mall, end = Mall.objects.get(slug="barru"), clock.now()
    local = clock.local(end, mall.zone)
    since_midnight = timedelta(hours=local.hour, minutes=local.minute)
    begin = end - min(since_midnight, timedelta(minutes=MINUTES))
    with in_mall(mall), clock.simulated(begin):
        play(begin, end, random.Random(7311))


def play(begin: datetime, end: datetime, dice: random.Random) -> None:
    seats = [sit_down(code, username) for code, username in OPEN.items()]
    coming = sorted(
        (dice.uniform(0, MINUTES), code) for code, count in COMING.items() for _ in range(count)
    )
    for minute in range(MINUTES):
        clock.turn_to(begin + (end - begin) * minute / MINUTES)
        while coming and coming[0][0] <= minute + 1:
            arrive(coming.pop(0)[1], str(len(coming)), dice)
        for seat in seats:
            seat.work(minute, dice)
    clock.turn_to(end - timedelta(seconds=25))
    first, _, _, fourth, *_ = seats
    first.end()
    first.call(MINUTES, dice)
    fourth.end()
    desks.pause(fourth.desk, reason="Salat", by=fourth.by)


def sit_down(code: str, username: str) -> Seat:
    officer, counter = User.objects.get(username=username), Counter.objects.get(code=code)
    by = Actor.person(officer)
    return Seat(desks.open_desk(counter, officer=officer, by=by), by)


def arrive(letters: str, name: str, dice: random.Random) -> None:
    line = Line.objects.get(code=letters)
    tickets.take(
        dice.choice(list(line.services.order_by("pk")[:3])),
        door=dice.choice(DOORS),
        idempotency_key=f"busy-day-{letters}-{name}",
        by=Actor.person(User.objects.get(username="penyambut")),
        group=dice.choice(GROUPS),
    )


if __name__ == "__main__":
    fill()
