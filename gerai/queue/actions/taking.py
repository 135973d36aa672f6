"""Lines that come from another mall's blueprint, as part of a larger change."""

from collections.abc import Sequence

from gerai.directory.models import Agency, Service
from gerai.live.publish import publish
from gerai.people import audit
from gerai.queue.actions.lines import make_line, rewrite_line
from gerai.queue.models import Line
from gerai.transactions import inside_transaction


@inside_transaction
def take_line(
    line: Line | None,
    *,
    agency: Agency,
    code: str,
    name: str,
    usual_minutes: int,
    services: Sequence[Service],
    is_active: bool,
    by: audit.Actor,
) -> Line:
    """Make a line, or change the one that stands; a service that stood elsewhere moves to it.

    :raises ServiceElsewhere: a service belongs to another agency, or a line that is to be made
        would take it away from one that stands
    :raises LineGone: it is there no longer
    """
    if line is None:
        return make_line(
            agency,
            code=code,
            name=name,
            services=services,
            usual_minutes=usual_minutes,
            is_active=is_active,
            by=by,
        )
    rewrite_line(line, code=code, name=name, services=services, usual_minutes=usual_minutes, by=by)
    return line


@inside_transaction
def settle() -> None:
    """Let screens show what was written."""
    publish("queue.take")
