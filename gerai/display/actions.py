"""Speaking: which browser speaks a zone's next call, and that it did."""

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Device, Zone
from gerai.display import queries
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.queue.actions import speech
from gerai.queue.models import Call

# Two windows may hold one device's token (always so in a sample mall): one of them speaks.
BROWSER_LASTS_S = 30


class Mute(Refused):
    """This screen was not told to speak, or shows the whole mall."""

    message = _(
        "Layar ini tidak bertugas menyuarakan panggilan. Admin mal dapat mengubahnya di Perangkat."
    )
    status = 403


class NotYourCall(Refused):
    """Another screen speaks, or has spoken, this call."""

    message = _("Panggilan ini dipegang layar lain. Lanjutkan dengan panggilan berikutnya.")


class NoSuchCall(Refused):
    """The zone of this screen has no call of that number."""

    message = _("Panggilan ini tidak ada di zona layar ini.")
    status = 404


def zone_of(device: Device) -> Zone:
    """Return the zone that a device speaks in.

    :raises Mute: it has none, or does not speak
    """
    if not device.speaks or device.zone is None:
        raise Mute
    return device.zone


def next_to_speak(device: Device, *, browser: str) -> Call | None:
    """Claim the next call of the device's zone for one of its browsers.

    Nothing while another browser with the same token was here within 30 seconds.

    :raises Mute: the device does not speak
    """
    zone = zone_of(device)
    if not _is_the_one(device, browser):
        return None
    claimed = speech.claim(zone, device=device)
    if claimed is None:
        return None
    publish("display.speak", f"zone:{zone.pk}")
    return queries.call_of(zone, claimed.sequence)


def spoken(device: Device, sequence: int) -> bool:
    """Record that the device has spoken a call; tell whether it said so the first time.

    :raises Mute: the device does not speak
    :raises NoSuchCall: the zone has no such call
    :raises NotYourCall: another device holds it, or nobody has claimed it
    """
    zone = zone_of(device)
    if speech.confirm(zone, sequence, device=device):
        publish("display.spoken", f"zone:{zone.pk}")
        return True
    call = queries.call_of(zone, sequence)
    if call is None:
        raise NoSuchCall
    if call.claimed_by_id != device.pk:
        raise NotYourCall
    return False


def _is_the_one(device: Device, browser: str) -> bool:
    key = f"display.voice:{device.pk}"
    if cache.add(key, browser, BROWSER_LASTS_S):
        return True
    return bool(cache.get(key) == browser and cache.touch(key, BROWSER_LASTS_S))
