"""Which device a browser is, how the devices are, and which of them are missed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db.models import Q

from gerai import clock
from gerai.directory.models import Device, DeviceAbsence, DeviceKind, Pairing, Zone
from gerai.directory.queries.opening import day_plans
from gerai.directory.rules import silent_since
from gerai.malls.scope import current_mall

PAIRING_VALID = timedelta(minutes=15)
ALIVE = timedelta(minutes=3)
ABSENCES_SHOWN = 50
# Calls in a row that were held and not said.
STUCK = 3
# What a device's page is made of: a page with other ones is an old page.
PAGE_SCRIPTS = ("directory/device.js", "directory/keeper.js", "display/voice.js", "ui/live.js")


@dataclass(frozen=True)
class Missed:
    """A device that is silent in opening hours, and since when."""

    device: Device
    since: datetime


def device_with(kind: DeviceKind, *, key: int, generation: int) -> Device | None:
    """Return the active device of this mall that a token names, if it is still good."""
    found: Device | None = (
        Device.objects.filter(pk=key, kind=kind, generation=generation, is_active=True)
        .select_related("zone")
        .first()
    )
    return found


def sample_device(kind: DeviceKind, zone_code: str = "") -> Device | None:
    """Return the sample device that a browser in a sample mall becomes, if there is one.

    Of screens the one of the zone asked for, else the one for the whole mall.
    """
    samples = (
        Device.objects.filter(kind=kind, is_sample=True, is_active=True)
        .select_related("zone")
        .order_by("pk")
    )
    if kind is DeviceKind.KIOSK:
        kiosk: Device | None = samples.first()
        return kiosk
    screens = list(samples)
    of_zone = (screen for screen in screens if screen.zone and screen.zone.code == zone_code)
    whole = (screen for screen in screens if screen.zone is None)
    return next(of_zone, None) or next(whole, None) or (screens[0] if screens else None)


def pairing_with(kind: DeviceKind, secret: str) -> Pairing | None:
    """Return the pairing a browser holds the secret of: still asked for, or done.

    A done one may be collected for as long again as the code was valid.
    """
    found: Pairing | None = (
        Pairing.objects.filter(kind=kind, secret=secret).select_related("device").first()
    )
    if found is None:
        return None
    valid = PAIRING_VALID if found.device is None else 2 * PAIRING_VALID
    return found if clock.now() < found.asked_at + valid else None


def devices() -> list[Device]:
    """Return every device of the mall, active ones first, by name."""
    return list(Device.objects.select_related("zone").order_by("-is_active", "kind", "name"))


def zones() -> list[Zone]:
    """Return the zones of the mall with their floor, by floor and code."""
    return list(Zone.objects.select_related("floor").order_by("floor__number", "code"))


def missed_devices(moment: datetime) -> list[Missed]:
    """Return the devices silent for longer than they may be, while the mall is open.

    Sample devices are whatever browser is near, and are never missed.
    """
    watched = Device.objects.filter(is_active=True, is_sample=False, last_seen_at__isnull=False)
    late = [
        (device, device.last_seen_at, timedelta(minutes=device.silent_after_min))
        for device in watched.select_related("zone").order_by("name")
        if device.last_seen_at is not None
        and device.last_seen_at + timedelta(minutes=device.silent_after_min) <= moment
    ]
    hours = _hours_of(moment) if late else None
    if hours is None:
        return []
    opens, closes = hours
    found = (
        (device, silent_since(seen, moment, opens=opens, closes=closes, patience=patience))
        for device, seen, patience in late
    )
    return [Missed(device, since) for device, since in found if since is not None]


def mute_devices(moment: datetime) -> list[Device]:
    """Return the screens that shall speak, are there, and cannot, while the mall is open.

    Their browser wants a touch before it sounds, or call after call could not be said.
    """
    here = Device.objects.filter(
        Q(may_sound=False) | Q(stuck_calls__gte=STUCK),
        is_active=True,
        is_sample=False,
        is_missed=False,
        speaks=True,
        last_seen_at__gt=moment - ALIVE,
    )
    mute = list(here.select_related("zone").order_by("name"))
    return mute if mute and _is_open(moment) else []


def absences_of(device: Device) -> list[DeviceAbsence]:
    """Return when a device was missed, newest first."""
    return list(device.absences.order_by("-since")[:ABSENCES_SHOWN])


@cache
def page_version() -> str:
    """Return eight letters that name the scripts of a device's page."""
    name = hashlib.sha256()
    for script in PAGE_SCRIPTS:
        found = finders.find(script)
        name.update(Path(found).read_bytes() if found else b"")
    return name.hexdigest()[:8]


def _is_open(moment: datetime) -> bool:
    hours = _hours_of(moment)
    return hours is not None and hours[0] <= moment < hours[1]


def _hours_of(moment: datetime) -> tuple[datetime, datetime] | None:
    """Return when the mall opens and closes on the day of a moment; None on a day off."""
    zone = current_mall().zone
    day = clock.local_day(moment, zone)
    hours = day_plans(day, day)[day].hours
    if hours is None:
        return None
    there = clock.zone_of(zone)
    return datetime.combine(day, hours.opens, there), datetime.combine(day, hours.closes, there)
