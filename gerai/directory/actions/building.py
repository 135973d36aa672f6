"""The building as it is drawn: floors, zones and counters on the plan, and sample devices."""

from collections.abc import Iterable
from dataclasses import dataclass

from gerai.directory.models import Counter, Device, DeviceKind, Floor, Zone
from gerai.directory.rules import Place
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import one_transaction


@dataclass(frozen=True)
class DrawnCounter:
    """A counter on the plan."""

    code: str
    place: Place


@dataclass(frozen=True)
class DrawnZone:
    """A zone on the plan, with its counters in order."""

    code: str
    name: str
    place: Place
    counters: tuple[DrawnCounter, ...]


@dataclass(frozen=True)
class DrawnFloor:
    """A floor with its zones."""

    number: int
    name: str
    zones: tuple[DrawnZone, ...]


@one_transaction
def build(floors: Iterable[DrawnFloor], *, by: audit.Actor) -> bool:
    """Make floors, zones and counters that are not there yet; tell whether any were missing.

    What stands already, known by number or code, is left as it is.
    """
    mall = current_mall()
    made = 0
    position = 0
    for drawn in floors:
        floor, is_new = Floor.objects.get_or_create(
            mall=mall, number=drawn.number, defaults={"name": drawn.name}
        )
        made += is_new
        for part in drawn.zones:
            zone, is_new = Zone.objects.get_or_create(
                mall=mall,
                code=part.code,
                defaults={"floor": floor, "name": part.name, **vars(part.place)},
            )
            made += is_new
            for desk in part.counters:
                position += 1
                _counter, is_new = Counter.objects.get_or_create(
                    mall=mall,
                    code=desk.code,
                    defaults={"zone": zone, "position": position, **vars(desk.place)},
                )
                made += is_new
    if made:
        audit.record("directory.build", thing=f"mall:{mall.pk}", by=by, made=made)
        publish("directory.build")
    return made > 0


@one_transaction
def set_up_sample_device(
    kind: DeviceKind, *, name: str, by: audit.Actor, zone: Zone | None = None
) -> bool:
    """Give a sample mall a device that any browser may become; tell whether it was missing.

    A screen with a zone speaks there.
    """
    device, is_new = Device.objects.get_or_create(
        mall=current_mall(),
        name=name,
        defaults={
            "kind": kind,
            "zone": zone,
            "speaks": zone is not None and kind is DeviceKind.SCREEN,
            "is_sample": True,
        },
    )
    if is_new:
        audit.record("directory.set_up_sample_device", thing=f"device:{device.pk}", by=by)
    return is_new
