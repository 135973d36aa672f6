"""Kiosks and screens: how they are in words, and what their own pages need."""

from datetime import datetime

from django import template
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from gerai import clock
from gerai.directory import queries
from gerai.directory.models import Device
from gerai.directory.queries import Missed

register = template.Library()
register.simple_tag(queries.page_version)

NETWORKS: dict[str, object] = {
    "wifi": gettext_lazy("Wi-Fi"),
    "ethernet": gettext_lazy("kabel"),
    "cellular": gettext_lazy("seluler"),
    "4g": gettext_lazy("jaringan cepat"),
    "3g": gettext_lazy("jaringan sedang"),
    "2g": gettext_lazy("jaringan lambat"),
    "slow-2g": gettext_lazy("jaringan sangat lambat"),
    "online": gettext_lazy("tersambung"),
}
LOW_BATTERY = 20


@register.simple_tag
def device_beat_url(device: Device) -> str:
    """Return where the page of a device sends its heartbeat."""
    return reverse(f"devices:{device.kind}_beat")


@register.inclusion_tag("directory/missed_devices.html")
def device_troubles() -> dict[str, list[Missed] | list[Device]]:
    """Show the devices that are silent, or cannot speak, in opening hours; else nothing."""
    now = clock.now()
    return {"missed": queries.missed_devices(now), "mute": queries.mute_devices(now)}


@register.filter
def network_words(device: Device) -> object:
    """Say how a device reaches the server.

    >>> network_words(Device(network="wifi"))
    'Wi-Fi'
    """
    return NETWORKS.get(device.network, device.network)


@register.filter
def battery_words(device: Device) -> str:
    """Say how full a device's battery is; empty where it has none.

    >>> battery_words(Device(battery=15, is_charging=False))
    '15%'
    """
    if device.battery is None:
        return ""
    if device.is_charging:
        return gettext("%(percent)d%%, sedang diisi") % {"percent": device.battery}
    return f"{device.battery}%"


@register.filter
def battery_is_low(device: Device) -> bool:
    """Tell whether a device's battery runs out soon."""
    return device.battery is not None and device.battery < LOW_BATTERY and not device.is_charging


@register.filter
def has_old_page(device: Device) -> bool:
    """Tell whether a device shows a page made of other scripts than today's."""
    return bool(device.page_version) and device.page_version != queries.page_version()


@register.filter
def is_alive(device: Device, since: datetime) -> bool:
    """Tell whether a device was seen after a moment."""
    return device.last_seen_at is not None and device.last_seen_at > since
