"""What devices say of themselves, which of them are missed, and loading their pages anew."""

from dataclasses import asdict, dataclass
from datetime import datetime

from gerai import clock
from gerai.directory import queries
from gerai.directory.models import Device, DeviceAbsence
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction


@dataclass(frozen=True)
class Health:
    """What a device's page tells of itself; fields as in `Device`."""

    battery: int | None = None
    is_charging: bool | None = None
    network: str = ""
    page_version: str = ""
    may_sound: bool | None = None
    stuck_calls: int = 0


def beat(device: Device, health: Health) -> bool:
    """Hear a device's heartbeat; tell whether its page is to load anew, once a request for it."""
    told = asdict(health)
    if any(getattr(device, name) != value for name, value in told.items()):
        _note_health(device, told)
    return device.reload_asked_at is not None and _answer_reload(device)


@one_transaction
def _note_health(device: Device, told: dict[str, object]) -> None:
    Device.objects.filter(pk=device.pk).update(**told)


@one_transaction
def _answer_reload(device: Device) -> bool:
    asked = Device.objects.filter(pk=device.pk, reload_asked_at__isnull=False)
    return bool(asked.update(reload_asked_at=None))


@one_transaction
def ask_reload(device: Device, *, by: audit.Actor) -> None:
    """Have a device load its page anew: at once, or when it comes back."""
    Device.objects.filter(pk=device.pk).update(reload_asked_at=clock.now())
    audit.record("directory.reload_device", thing=f"device:{device.pk}", by=by, name=device.name)
    publish("directory.reload_device", device.pk)


def note_missed() -> None:
    """Write down which devices are silent for too long, each once, and tell the supervisor."""
    now = clock.now()
    for missed in queries.missed_devices(now):
        if not missed.device.is_missed:
            _miss(missed.device, missed.since)


@one_transaction
def _miss(device: Device, since: datetime) -> bool:
    # Whoever was seen meanwhile is not missed; of two who look at once, one writes.
    silent = Device.objects.filter(
        pk=device.pk, is_missed=False, is_active=True, last_seen_at=device.last_seen_at
    )
    if not silent.update(is_missed=True):
        return False
    DeviceAbsence.objects.create(mall=current_mall(), device=device, since=since)
    audit.record(
        "directory.miss_device", thing=f"device:{device.pk}", by=audit.SYSTEM, name=device.name
    )
    publish("directory.miss_device", device.pk)
    return True


@inside_transaction
def welcome_back(device: Device) -> None:
    """End the absence of a device that is heard of again, if one stands open."""
    if not Device.objects.filter(pk=device.pk, is_missed=True).update(is_missed=False):
        return
    DeviceAbsence.objects.filter(device=device, until=None).update(until=clock.now())
    audit.record(
        "directory.find_device",
        thing=f"device:{device.pk}",
        by=audit.Actor.device(device.name),
        name=device.name,
    )
    publish("directory.find_device", device.pk)


@inside_transaction
def forget_absence(device: Device) -> None:
    """Miss a device no longer: it is out of use."""
    Device.objects.filter(pk=device.pk).update(is_missed=False, reload_asked_at=None)
    DeviceAbsence.objects.filter(device=device, until=None).update(until=clock.now())
