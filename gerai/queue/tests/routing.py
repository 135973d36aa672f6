"""Going through several agencies with one number, as the tests of routes do it."""

from typing import Any

from gerai.directory.models import Service
from gerai.queue.actions import calling, serving
from gerai.queue.actions.serving import Outcome
from gerai.queue.models import PlannedStep, Ticket, Visit
from gerai.queue.queries.routes import Wish
from gerai.queue.tests.factories import House, a_route


def service_of(house: House) -> Service:
    """Return the first service of its line."""
    return house.line.services.order_by("pk")[0]


def a_chain(*houses: House, **told: Any) -> Ticket:
    """Take one number for the first service of each, one after the other."""
    wishes = [Wish(service_of(each), stage) for stage, each in enumerate(houses, start=1)]
    return a_route(wishes, **told)


def serve(house: House, outcome: Outcome = Outcome.SERVED, **told: Any) -> Ticket | None:
    """Call, serve and end whoever is next there; return the ticket of the next step, if any."""
    ticket = calling.call_next(house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    return serving.finish(ticket, outcome=outcome, by=house.by, **told)


def steps_of(visit: Visit) -> list[tuple[int, str]]:
    """Return service and state of each step, in order."""
    steps = PlannedStep.objects.filter(visit=visit).order_by("stage", "pk")
    return [(step.service_id, step.state) for step in steps]


def states_of(visit: Visit) -> list[str]:
    """Return the state of each step, in order."""
    return [state for _service, state in steps_of(visit)]
