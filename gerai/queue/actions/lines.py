"""Lines of an agency, and the first rule of calling."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Agency, Service
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.models import Line, LineService, Rule
from gerai.transactions import one_transaction


class LineCodeTaken(Refused):
    """Another line of the mall has these letters."""

    message = _("Huruf antrean ini sudah dipakai. Pilih huruf lain.")


class ServiceElsewhere(Refused):
    """A service stands in one line only, a line of its own agency."""

    message = _(
        "Salah satu layanan sudah punya antrean atau milik instansi lain. Pilih layanan lain."
    )


@one_transaction
def open_line(
    agency: Agency,
    *,
    code: str,
    name: str,
    services: Iterable[Service],
    usual_minutes: int,
    by: audit.Actor,
) -> Line:
    """Make a line of an agency, in which visitors of these services stand.

    code: the letters before the number, at most four; usual_minutes: first guess of the time
    one visitor takes, until the mall has its own figures.

    :raises LineCodeTaken: another line has this code
    :raises ServiceElsewhere: a service has a line already, or belongs to another agency
    """
    chosen = list(services)
    if Line.objects.filter(code=code).exists():
        raise LineCodeTaken
    if (
        any(service.agency_id != agency.pk for service in chosen)
        or LineService.objects.filter(service__in=chosen).exists()
    ):
        raise ServiceElsewhere
    mall = current_mall()
    line: Line = Line.objects.create(
        mall=mall, agency=agency, code=code, name=name, usual_minutes=usual_minutes
    )
    LineService.objects.bulk_create(
        LineService(mall=mall, line=line, service=service) for service in chosen
    )
    audit.record("queue.open_line", thing=f"line:{line.pk}", by=by, code=code, services=len(chosen))
    publish("queue.open_line", line.pk)
    return line


@one_transaction
def begin_rule(*, by: audit.Actor) -> bool:
    """Put the usual order of calling in force; tell whether the mall had none before."""
    if Rule.objects.exists():
        return False
    rule = Rule.objects.create(mall=current_mall(), version=1, since=clock.now())
    audit.record("queue.begin_rule", thing=f"rule:{rule.pk}", by=by, version=rule.version)
    return True
