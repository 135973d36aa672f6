"""Which device a browser is."""

from datetime import timedelta

from gerai import clock
from gerai.directory.models import Device, DeviceKind, Pairing, Zone

PAIRING_VALID = timedelta(minutes=15)
ALIVE = timedelta(minutes=3)


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
