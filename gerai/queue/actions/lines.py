"""Lines of an agency: opened, changed, switched off; and the first rule of calling."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Agency, Service
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.models import Line, LineDay, LineService, Rule, Ticket
from gerai.transactions import inside_transaction, one_transaction, refused_as


class LineCodeTaken(Refused):
    """Another line of the mall has these letters."""

    message = _("Huruf antrean ini sudah dipakai. Pilih huruf lain.")


class ServiceElsewhere(Refused):
    """A service stands in one line only, a line of its own agency."""

    message = _(
        "Salah satu layanan sudah punya antrean atau milik instansi lain. Pilih layanan lain."
    )


class LettersInUse(Refused):
    """Numbers with these letters were given out today."""

    message = _(
        "Antrean ini sudah memberi nomor hari ini, jadi hurufnya belum dapat diubah. "
        "Ubah besok sebelum mal buka."
    )


class PeopleWaiting(Refused):
    """Visitors of today stand in the line still."""

    message = _(
        "Masih ada pengunjung di antrean ini. Layani atau selesaikan dahulu nomornya, "
        "lalu nonaktifkan."
    )


class LineGone(Refused):
    """The line is there no longer."""

    message = _("Antrean ini sudah tidak ada. Muat ulang daftarnya.")


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
    try:
        return _open_line(
            agency, code=code, name=name, services=chosen, usual_minutes=usual_minutes, by=by
        )
    except IntegrityError as taken:
        # Two admins at once: the letters, or a service.
        if Line.objects.filter(code=code).exists():
            raise LineCodeTaken from taken
        raise ServiceElsewhere from taken


@one_transaction
def _open_line(
    agency: Agency,
    *,
    code: str,
    name: str,
    services: Sequence[Service],
    usual_minutes: int,
    by: audit.Actor,
) -> Line:
    line = make_line(
        agency, code=code, name=name, services=services, usual_minutes=usual_minutes, by=by
    )
    publish("queue.open_line", line.pk)
    return line


@inside_transaction
def make_line(
    agency: Agency,
    *,
    code: str,
    name: str,
    services: Sequence[Service],
    usual_minutes: int,
    by: audit.Actor,
    is_active: bool = True,
) -> Line:
    """Make a line, as part of a larger change.

    :raises LineCodeTaken: another line has this code
    :raises ServiceElsewhere: a service has a line already, or belongs to another agency
    """
    if Line.objects.filter(code=code).exists():
        raise LineCodeTaken
    if (
        any(service.agency_id != agency.pk for service in services)
        or LineService.objects.filter(service__in=services).exists()
    ):
        raise ServiceElsewhere
    mall = current_mall()
    line: Line = Line.objects.create(
        mall=mall,
        agency=agency,
        code=code,
        name=name,
        usual_minutes=usual_minutes,
        is_active=is_active,
    )
    LineService.objects.bulk_create(
        LineService(mall=mall, line=line, service=service) for service in services
    )
    audit.record(
        "queue.open_line", thing=f"line:{line.pk}", by=by, code=code, services=len(services)
    )
    return line


@refused_as(LineCodeTaken)
@one_transaction
def change_line(
    line: Line,
    *,
    code: str,
    name: str,
    usual_minutes: int,
    services: Iterable[Service],
    by: audit.Actor,
) -> None:
    """Give a line other letters, name or minutes, and say which services stand in it.

    A service that stood in another line moves here; numbers taken before stay where they are.

    :raises LineCodeTaken: another line has this code
    :raises LettersInUse: the letters would change on a day that gave out numbers
    :raises ServiceElsewhere: a service belongs to another agency
    :raises LineGone: it is there no longer
    """
    rewrite_line(
        line,
        code=code,
        name=name,
        usual_minutes=usual_minutes,
        services=list(services),
        by=by,
    )
    publish("queue.change_line", line.pk)


@inside_transaction
def rewrite_line(
    line: Line,
    *,
    code: str,
    name: str,
    usual_minutes: int,
    services: Sequence[Service],
    by: audit.Actor,
) -> None:
    """Change a line and its services, as part of a larger change.

    :raises LineCodeTaken: another line has this code
    :raises LettersInUse: the letters would change on a day that gave out numbers
    :raises ServiceElsewhere: a service belongs to another agency
    :raises LineGone: it is there no longer
    """
    if any(service.agency_id != line.agency_id for service in services):
        raise ServiceElsewhere
    stored = Line.objects.select_for_update().filter(pk=line.pk).first()
    if stored is None:
        raise LineGone
    if stored.code != code:
        if Line.objects.filter(code=code).exclude(pk=line.pk).exists():
            raise LineCodeTaken
        if LineDay.objects.filter(line=line, day=_today(), last_number__gt=0).exists():
            raise LettersInUse
    Line.objects.filter(pk=line.pk).update(code=code, name=name, usual_minutes=usual_minutes)
    keys = {service.pk for service in services}
    LineService.objects.filter(line=line).exclude(service__in=keys).delete()
    LineService.objects.filter(service__in=keys).update(line=line)
    standing = set(LineService.objects.filter(line=line).values_list("service", flat=True))
    LineService.objects.bulk_create(
        LineService(mall=line.mall, line=line, service=service)
        for service in services
        if service.pk not in standing
    )
    audit.record(
        "queue.change_line", thing=f"line:{line.pk}", by=by, code=code, services=len(services)
    )


@one_transaction
def set_line_active(line: Line, *, is_active: bool, by: audit.Actor) -> None:
    """Let a line give out numbers, or no longer.

    :raises PeopleWaiting: visitors of today stand in it still
    """
    if not is_active and Ticket.objects.in_the_house().filter(line=line, day=_today()).exists():
        raise PeopleWaiting
    Line.objects.filter(pk=line.pk).update(is_active=is_active)
    audit.record("queue.set_line_active", thing=f"line:{line.pk}", by=by, is_active=is_active)
    publish("queue.set_line_active", line.pk)


@one_transaction
def begin_rule(*, by: audit.Actor) -> bool:
    """Put the usual order of calling in force; tell whether the mall had none before."""
    if Rule.objects.exists():
        return False
    rule = Rule.objects.create(mall=current_mall(), version=1, since=clock.now())
    audit.record("queue.begin_rule", thing=f"rule:{rule.pk}", by=by, version=rule.version)
    return True


def _today() -> date:
    return clock.local_day(clock.now(), current_mall().zone)
