"""What the step log tells of one ticket."""

from dataclasses import dataclass
from datetime import datetime

from gerai import clock
from gerai.directory import queries as directory
from gerai.queue.models import Step, Ticket
from gerai.queue.rules import Durations, Stay, durations
from gerai.queue.states import Verb


@dataclass(frozen=True)
class Story:
    """The moves of a ticket in order, and how long it spent where."""

    ticket: Ticket
    steps: tuple[Step, ...]
    durations: Durations

    @property
    def call(self) -> Step | None:
        """Return the call that brought the visitor to the counter last."""
        return next((step for step in reversed(self.steps) if step.verb == Verb.CALL), None)

    @property
    def since(self) -> datetime | None:
        """Return since when the ticket has been in its present state."""
        since = None
        for step in reversed(self.steps):
            if step.state != self.ticket.state:
                break
            since = step.at
        return since


def story_of(ticket: Ticket) -> Story:
    """Return the step log of a ticket, in two queries."""
    steps = tuple(Step.objects.filter(ticket=ticket).select_related("counter", "by").order_by("pk"))
    stays = [Stay(step.state, step.at) for step in steps]
    now = clock.now()
    still = directory.stillness(stays[0].since if stays else now, now)
    return Story(ticket, steps, durations(stays, until=now, still=still))
