"""Lines and the rule of calling that come from another mall's blueprint, as part of a change."""

from collections.abc import Sequence

from gerai import clock
from gerai.directory.models import Agency, Service
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions.lines import ServiceElsewhere
from gerai.queue.actions.rule import BOUNDS, BadRule
from gerai.queue.models import Line, LineService, Rule
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
    """
    keys = {service.pk for service in services}
    if any(service.agency_id != agency.pk for service in services):
        raise ServiceElsewhere
    if line is None:
        if LineService.objects.filter(service__in=keys).exists():
            raise ServiceElsewhere
        line = Line.objects.create(
            mall=current_mall(),
            agency=agency,
            code=code,
            name=name,
            usual_minutes=usual_minutes,
            is_active=is_active,
        )
        verb = "queue.open_line"
    else:
        Line.objects.filter(pk=line.pk).update(name=name, usual_minutes=usual_minutes)
        LineService.objects.filter(line=line).exclude(service__in=keys).delete()
        LineService.objects.filter(service__in=keys).update(line=line)
        verb = "queue.change_line"
    standing = set(LineService.objects.filter(line=line).values_list("service", flat=True))
    LineService.objects.bulk_create(
        LineService(mall=current_mall(), line=line, service=service)
        for service in services
        if service.pk not in standing
    )
    audit.record(verb, thing=f"line:{line.pk}", by=by, code=code, services=len(services))
    return line


@inside_transaction
def take_rule(*, by: audit.Actor, **numbers: int) -> None:
    """Put a version of the order of calling in force. numbers: all of `BOUNDS`.

    :raises BadRule: a number is missing, unknown or outside its bounds
    """
    if set(numbers) != set(BOUNDS) or any(
        not low <= numbers[name] <= high for name, (low, high) in BOUNDS.items()
    ):
        raise BadRule
    newest = Rule.objects.order_by("-version").first()
    version = newest.version + 1 if newest else 1
    Rule.objects.create(mall=current_mall(), version=version, since=clock.now(), **numbers)
    audit.record("queue.rule", thing=f"rule:{version}", by=by, **numbers)
