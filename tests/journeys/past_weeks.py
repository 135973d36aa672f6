"""Write down the numbers of some past weeks of one line: `python -m tests.journeys.past_weeks`.

Arguments: the letter of the line and the day (YYYY-MM-DD) before which the weeks lie. On each
same weekday six people come every open hour; they wait twenty minutes in the morning, five in
the afternoon.
"""

import os
import sys
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from gerai import clock  # noqa: E402 - models need Django to be set up
from gerai.malls.models import Mall  # noqa: E402
from gerai.malls.scope import in_mall  # noqa: E402
from gerai.queue.models import Line, Step, Ticket, Visit  # noqa: E402
from gerai.queue.states import State, Verb  # noqa: E402

WEEKS = 5
HOURS = range(8, 15)
NOON = 12
MORNING, AFTERNOON = timedelta(minutes=20), timedelta(minutes=5)


def write_down(line: Line, day: date, hour: int, number: int) -> None:
    """Write one ticket down, with its call."""
    came = clock.at(day, hour, 9 * number, line.mall.zone)
    key = f"pekan-{day}-{hour}-{number}"
    visit = Visit.objects.create(
        mall=line.mall, token=key, day=day, came_at=came, idempotency_key=key
    )
    ticket = Ticket.objects.create(
        mall=line.mall,
        visit=visit,
        line=line,
        service=line.services.order_by("pk")[0],
        day=day,
        label=f"{line.code}{hour}{number}",
        state=State.DONE,
        arrived_at=came,
        times_called=1,
    )
    called = came + (MORNING if hour < NOON else AFTERNOON)
    for verb, state, at in (
        (Verb.TAKE, State.WAITING, came),
        (Verb.CALL, State.CALLED, called),
    ):
        Step.objects.create(mall=line.mall, ticket=ticket, verb=verb, state=state, at=at)


def main(code: str, before: str) -> None:
    """Write all of them down."""
    with in_mall(Mall.objects.get(slug="barru")):
        line = Line.objects.select_related("mall").get(code=code)
        for week in range(1, WEEKS + 1):
            day = date.fromisoformat(before) - timedelta(weeks=week)
            for hour in HOURS:
                for number in range(6):
                    write_down(line, day, hour, number)


if __name__ == "__main__":
    main(*sys.argv[1:])
