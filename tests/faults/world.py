"""A hall for a run: python -m tests.faults.world FILE PRINTER_PORT, in the run's environment.

One line, four desks in two zones, two screens a zone, kiosks with and without paper. FILE gets
what the clients need to know, as JSON.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import django

DESKS = 4
# Before midnight the day of a mall further west goes on for long enough.
ZONES = ("Asia/Makassar", "Asia/Jakarta")
LONGEST_RUN = timedelta(minutes=55)


def main() -> None:
    """Make the rows in the database of this environment."""
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(build(int(sys.argv[2]))))


def build(printer_port: int) -> dict[str, object]:
    """Make the rows; return what the clients need to know."""
    from django.core import signing

    from gerai.directory import models as directory
    from gerai.directory.guard import cookie_name
    from gerai.directory.tests.factories import PASSWORD, a_device
    from gerai.malls.models import Mall
    from gerai.malls.scope import in_mall
    from gerai.printing.tests.factories import a_printer
    from gerai.queue.models import Desk
    from tests.stress.arrange import a_race

    run = a_race("gangguan", counters=DESKS)
    Mall.objects.filter(slug=run.slug).update(zone=_zone())

    def paired(device: directory.Device) -> dict[str, object]:
        name = cookie_name(directory.DeviceKind(device.kind))
        told = {"device": device.pk, "generation": device.generation, "mall": device.mall_id}
        return {"id": device.pk, "cookies": {name: signing.dumps(told, salt=name)}}

    with in_mall(Mall.objects.get(slug=run.slug)) as mall:
        zones = list(directory.Zone.objects.order_by("pk")[:2])
        desks = list(Desk.objects.select_related("counter", "officer").order_by("pk"))
        for n, desk in enumerate(desks):
            desk.counter.zone = zones[n % 2]
            desk.counter.save()
        on_paper = a_device("kiosk")
        a_printer(on_paper, port=printer_port)
        screens = [a_device("screen", zone=zone, speaks=True) for zone in zones * 2]
        return {
            "mall": mall.pk,
            "host": f"{run.slug}.localhost",
            "service": run.service_id,
            "line": run.line_id,
            "password": PASSWORD,
            "desks": [{"user": d.officer.username, "counter": d.counter_id} for d in desks],
            "kiosk": paired(a_device("kiosk")),
            "paper": paired(on_paper),
            "screens": [{**paired(each), "zone": each.zone_id} for each in screens],
        }


def _zone() -> str:
    now = datetime.now(UTC)
    days = {zone: now.astimezone(ZoneInfo(zone)).date() for zone in ZONES}
    later = {zone: (now + LONGEST_RUN).astimezone(ZoneInfo(zone)).date() for zone in ZONES}
    return next(zone for zone in ZONES if days[zone] == later[zone])


if __name__ == "__main__":
    main()
