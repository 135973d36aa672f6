"""Rows for tests, made in the mall in scope: one plain function a thing.

Whatever a test does not name is filled in sensibly and differs from row to row.
"""

from datetime import time
from itertools import count
from typing import Any, TypeVar

from gerai.directory.models import (
    Agency,
    BreakTime,
    Counter,
    CounterShare,
    Device,
    Floor,
    Posting,
    Service,
    Standard,
    WeeklyHours,
    Zone,
)
from gerai.malls.scope import MallRow, current_mall
from gerai.people.models import User
from gerai.people.roles import Role
from gerai.people.tests import factories as people
from gerai.people.tests.factories import PASSWORD, a_mall

__all__ = [
    "PASSWORD",
    "a_counter",
    "a_device",
    "a_floor",
    "a_mall",
    "a_service",
    "a_share",
    "a_standard",
    "a_user",
    "a_zone",
    "an_agency",
    "office_hours",
]

WORKWEEK = range(5)

_next = count(1)
R = TypeVar("R", bound=MallRow)


def _made(model: type[R], **fields: Any) -> R:
    row = model(mall=current_mall(), **fields)
    row.save(force_insert=True)
    return row


def a_floor(**fields: Any) -> Floor:
    """Make a floor."""
    number = fields.pop("number", next(_next))
    return _made(Floor, number=number, **{"name": f"Lantai {number}", **fields})


def a_zone(**fields: Any) -> Zone:
    """Make a zone, on a floor of its own unless one is given."""
    number = next(_next)
    return _made(
        Zone,
        floor=fields.pop("floor", None) or a_floor(),
        **{"code": f"Z{number}", "name": f"Zona {number}", **fields},
    )


def a_counter(**fields: Any) -> Counter:
    """Make a counter, in a zone of its own unless one is given.

    agency: sits there from Monday to Friday.
    """
    number = next(_next)
    agency = fields.pop("agency", None)
    counter = _made(
        Counter,
        zone=fields.pop("zone", None) or a_zone(),
        **{"code": str(number), "position": number, **fields},
    )
    if agency is not None:
        for weekday in WORKWEEK:
            a_share(counter, agency, weekday)
    return counter


def an_agency(**fields: Any) -> Agency:
    """Make an active agency."""
    number = next(_next)
    return _made(
        Agency,
        **{
            "code": f"instansi-{number}",
            "name": f"Dinas Contoh Nomor {number}",
            "short_name": f"Dinas {number}",
            "kind": "opd",
            **fields,
        },
    )


def a_share(counter: Counter, agency: Agency, weekday: int) -> CounterShare:
    """Seat an agency at a counter on a weekday (0 = Monday)."""
    return _made(CounterShare, counter=counter, agency=agency, weekday=weekday)


def a_service(**fields: Any) -> Service:
    """Make a service, of an agency of its own unless one is given."""
    number = next(_next)
    return _made(
        Service,
        agency=fields.pop("agency", None) or an_agency(),
        **{"code": f"LAY-{number:02}", "name": f"Layanan nomor {number}", **fields},
    )


def a_standard(service: Service, **fields: Any) -> Standard:
    """Make the next version of a service's standard."""
    version = Standard.objects.filter(service=service).count() + 1
    return _made(
        Standard,
        service=service,
        **{"version": version, "fingerprint": f"v{version}", **fields},
    )


def office_hours(
    agency: Agency | None = None,
    *,
    opens: time = time(8),
    closes: time = time(15),
    last_ticket: time | None = time(14, 30),
    pause: tuple[time, time] | None = (time(12), time(13)),
) -> None:
    """Open the mall, or one agency, from Monday to Friday."""
    for weekday in WORKWEEK:
        _made(
            WeeklyHours,
            agency=agency,
            weekday=weekday,
            opens=opens,
            closes=closes,
            last_ticket=last_ticket,
        )
        if pause is not None:
            _made(
                BreakTime,
                agency=agency,
                weekday=weekday,
                starts=pause[0],
                ends=pause[1],
            )


def a_user(role: Role | str | None = Role.OFFICER, **fields: Any) -> User:
    """Make a user with a role in the mall in scope (None: no role); password PASSWORD.

    agency: where the officer is posted.
    """
    agency = fields.pop("agency", None)
    user = people.a_user(role, **fields)
    if agency is not None:
        _made(Posting, user=user, agency=agency)
    return user


def a_device(kind: str = "kiosk", **fields: Any) -> Device:
    """Make an active device."""
    return _made(Device, kind=kind, **{"name": f"Perangkat {next(_next)}", **fields})
