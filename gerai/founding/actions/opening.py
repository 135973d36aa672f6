"""The inauguration: one act turns the workspace into the operating mall."""

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from gerai.errors import Refused
from gerai.founding.models import Founding, Step
from gerai.founding.queries.facts import ready_agencies, today
from gerai.founding.queries.readiness import lacks_before_opening
from gerai.founding.queries.schedule import schedule
from gerai.founding.queries.words import Lack
from gerai.founding.stages import OPEN_STEP, Stage
from gerai.founding.states import OPEN, State
from gerai.live.publish import publish
from gerai.malls import actions as malls
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions import lines
from gerai.queue.models import Rule
from gerai.queue.queries.lines import agencies_without_line, free_letter
from gerai.transactions import inside_transaction, one_transaction

USUAL_MINUTES = 10
# Two who open at once may reach for the same letters.
TRIES = 5


class NotReady(Refused):
    """The mall lacks something without which no number can be taken; `lacks` names it."""

    def __init__(self, lacks: list[Lack]) -> None:
        self.lacks = lacks
        told = " ".join(lack.text for lack in lacks)
        super().__init__(_("Mal belum dapat dibuka. %(missing)s") % {"missing": told})


def open_the_mall(*, by: audit.Actor) -> bool:
    """Open the mall in scope to visitors; return False if it was open already.

    Agencies that have all they need but a line get one. From then on numbers can be taken.

    :raises NotReady: something is missing; nothing is opened
    """
    if not current_mall().is_founding:
        return False
    _check()
    _open_lines(by=by)
    _begin_rule(by=by)
    return _open(by=by)


def _check() -> None:
    if lacks := lacks_before_opening():
        raise NotReady(lacks)


def _open_lines(*, by: audit.Actor) -> None:
    ready = {agency.pk for agency in ready_agencies()}
    for attempt in range(TRIES):
        try:
            for each in agencies_without_line():
                if each.agency.pk in ready:
                    lines.open_line(
                        each.agency,
                        code=free_letter(),
                        name=each.agency.short_name,
                        services=each.services,
                        usual_minutes=USUAL_MINUTES,
                        by=by,
                    )
        except (lines.LineCodeTaken, lines.ServiceElsewhere):
            if attempt == TRIES - 1:
                raise
        else:
            return


def _begin_rule(*, by: audit.Actor) -> None:
    try:
        lines.begin_rule(by=by)
    except IntegrityError:
        # Two who open at once: the rule of the other one is in force.
        if not Rule.objects.exists():
            raise


@one_transaction
def _open(*, by: audit.Actor) -> bool:
    mall = current_mall()
    day = today()
    # Checked again inside: what was there a moment ago may have been taken away.
    _check()
    if not malls.begin_operating(mall, on=day):
        return False
    audit.record("founding.open", thing=f"mall:{mall.pk}", by=by, on=day.isoformat())
    _go_on_after()
    publish("founding.open", mall.pk)
    return True


@inside_transaction
def _go_on_after() -> None:
    """Note the opening among the steps, and count the follow-up steps from this day."""
    day = today()
    founding: Founding | None = Founding.objects.first()
    if founding is None:
        return
    opening = Step.objects.filter(key=OPEN_STEP, state__in=[*OPEN])
    for step in opening:
        opening.filter(pk=step.pk).update(
            state=State.DONE, started_on=step.started_on or day, done_on=day
        )
    for row in schedule(founding).rows:
        if row.step.stage == Stage.AFTER and row.step.is_open:
            Step.objects.filter(pk=row.step.pk).update(due_on=row.ends)
