"""Kiosks and screens: asking for a code, pairing, renaming, revoking, being seen."""

import secrets
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.actions.beats import forget_absence, welcome_back
from gerai.directory.models import Device, DeviceKind, Pairing, Zone
from gerai.directory.queries import PAIRING_VALID
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import one_transaction, refused_as

# Without 0 O, 1 I L, 2 Z, 5 S, 8 B: a code is read off a screen and typed by hand.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
CODE_LENGTH = 6
OPEN_PAIRINGS = 200
SEEN_EVERY = timedelta(minutes=1)


class TooManyPairings(Refused):
    """More browsers ask for a code than a mall has devices."""

    message = _("Terlalu banyak perangkat sedang meminta kode. Tunggu 15 menit, lalu muat ulang.")
    status = 429


class UnknownCode(Refused):
    """No browser of this mall shows this code, or no longer."""

    message = _(
        "Kode ini tidak dikenal atau sudah lewat 15 menit. "
        "Periksa kode di layar perangkat, atau muat ulang halamannya untuk kode baru."
    )
    status = 400


class DeviceNameTaken(Refused):
    """Another device of the mall has this name."""

    message = _("Nama perangkat ini sudah dipakai. Pilih nama lain.")


class WrongPlace(Refused):
    """Only a screen with a zone speaks; a kiosk has no zone of its own."""

    message = _("Suara hanya untuk layar sebuah zona. Pilih zonanya, atau matikan suaranya.")
    status = 400


@one_transaction
def ask_pairing(kind: DeviceKind) -> Pairing:
    """Give a browser a code to show, and a secret by which it collects its token.

    :raises TooManyPairings: 200 browsers of this mall are asking already
    """
    moment = clock.now()
    Pairing.objects.filter(asked_at__lte=moment - 2 * PAIRING_VALID).delete()
    if Pairing.objects.filter(device=None).count() >= OPEN_PAIRINGS:
        raise TooManyPairings
    pairing: Pairing = Pairing.objects.create(
        mall=current_mall(),
        kind=kind,
        code=_unused_code(),
        secret=secrets.token_urlsafe(32),
        asked_at=moment,
    )
    return pairing


@one_transaction
def pair(code: str, *, name: str, zone: Zone | None, speaks: bool, by: audit.Actor) -> Device:
    """Make the browser that shows a code a device of this mall.

    A revoked device of the same name and kind comes back as itself, with a new token.

    :raises UnknownCode: nobody shows this code, or it is older than 15 minutes
    :raises DeviceNameTaken: an active device, or one of the other kind, has this name
    :raises WrongPlace: a voice without a zone, or a kiosk with one
    """
    pairing = Pairing.objects.filter(
        code=normal_code(code), device=None, asked_at__gt=clock.now() - PAIRING_VALID
    ).first()
    if pairing is None:
        raise UnknownCode
    kind = DeviceKind(pairing.kind)
    if (zone is not None and kind is DeviceKind.KIOSK) or (speaks and zone is None):
        raise WrongPlace
    device = _device_named(name, kind, zone=zone, speaks=speaks)
    if not Pairing.objects.filter(pk=pairing.pk, device=None).update(device=device):
        raise UnknownCode
    audit.record(
        "directory.pair_device", thing=f"device:{device.pk}", by=by, kind=kind.value, name=name
    )
    return device


@refused_as(DeviceNameTaken)
@one_transaction
def change_device(
    device: Device, *, name: str, silent_after_min: int, by: audit.Actor, volume: int | None = None
) -> None:
    """Give a device another name; say after how many silent minutes it is missed, how loud it is.

    volume: per cent of its zone's; None leaves it as it is.

    :raises DeviceNameTaken: another device has this name
    """
    loud = device.volume if volume is None else volume
    Device.objects.filter(pk=device.pk).update(
        name=name, silent_after_min=silent_after_min, volume=loud
    )
    audit.record(
        "directory.change_device",
        thing=f"device:{device.pk}",
        by=by,
        name=name,
        minutes=silent_after_min,
        volume=loud,
    )
    publish("directory.change_device", device.pk)


@one_transaction
def revoke(device: Device, by: audit.Actor) -> None:
    """Take a device's token away; its browser falls back to showing a code."""
    Device.objects.filter(pk=device.pk).update(
        generation=device.generation + 1, is_active=False, last_seen_at=None
    )
    device.refresh_from_db()
    # Else the browser could collect the new generation with the secret it still holds.
    Pairing.objects.filter(device=device).delete()
    forget_absence(device)
    audit.record("directory.revoke_device", thing=f"device:{device.pk}", by=by, name=device.name)
    publish("directory.revoke_device", device.pk)


@one_transaction
def seen(device: Device) -> None:
    """Note that a device is alive, at most once a minute."""
    moment = clock.now()
    long_ago = Q(last_seen_at=None) | Q(last_seen_at__lte=moment - SEEN_EVERY)
    if Device.objects.filter(long_ago, pk=device.pk).update(last_seen_at=moment):
        welcome_back(device)


def is_due(device: Device, moment: datetime) -> bool:
    """Tell whether a device was last noted a minute ago or longer."""
    return device.last_seen_at is None or device.last_seen_at <= moment - SEEN_EVERY


def normal_code(typed: str) -> str:
    """Return a code as it is stored, however it was typed.

    >>> normal_code(" acd-efg ")
    'ACDEFG'
    """
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def _unused_code() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _letter in range(CODE_LENGTH))
        if not Pairing.objects.filter(code=code).exists():
            return code


def _device_named(name: str, kind: DeviceKind, *, zone: Zone | None, speaks: bool) -> Device:
    standing: Device | None = Device.objects.filter(name=name).first()
    if standing is None:
        made: Device = Device.objects.create(
            mall=current_mall(), kind=kind, name=name, zone=zone, speaks=speaks
        )
        return made
    if standing.is_active or standing.kind != kind:
        raise DeviceNameTaken
    Device.objects.filter(pk=standing.pk).update(
        is_active=True, zone=zone, speaks=speaks, generation=standing.generation + 1
    )
    standing.refresh_from_db()
    return standing
