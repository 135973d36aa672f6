"""Kiosks and screens: principals of their own, paired by a code, holding a scoped token."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models.places import Zone
from gerai.malls.scope import MallManager, MallRow


class DeviceKind(models.TextChoices):
    """What a device is for; its token opens nothing else."""

    KIOSK = "kiosk", _("Kios")
    SCREEN = "screen", _("Layar")


class Device(MallRow):
    """A kiosk or screen. A screen with a zone shows and speaks that zone; without one it
    shows the whole mall and stays silent. `generation` goes up when the token is revoked.

    silent_after_min: missed after so many minutes without a word in opening hours.
    is_missed: an absence of it stands open. reload_asked_at: it has not answered yet.
    battery: per cent, None without one. network, page_version: as its page tells them.
    may_sound: None for a page without a voice. stuck_calls: held, and not spoken.
    volume: per cent of what its zone wants at the hour, for a loud or soft set.
    """

    kind = models.CharField(max_length=8, choices=DeviceKind.choices)
    name = models.CharField(max_length=60)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True)
    speaks = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    generation = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    last_seen_at = models.DateTimeField(null=True)
    silent_after_min = models.PositiveSmallIntegerField(default=5)
    is_missed = models.BooleanField(default=False)
    reload_asked_at = models.DateTimeField(null=True)
    battery = models.PositiveSmallIntegerField(null=True)
    is_charging = models.BooleanField(null=True)
    network = models.CharField(max_length=20, blank=True)
    page_version = models.CharField(max_length=16, blank=True)
    may_sound = models.BooleanField(null=True)
    stuck_calls = models.PositiveSmallIntegerField(default=0)
    volume = models.PositiveSmallIntegerField(default=100)

    objects = MallManager()

    class Meta:
        verbose_name = _("perangkat")
        constraints = [
            models.UniqueConstraint(fields=["mall", "name"], name="device_name"),
            models.CheckConstraint(
                condition=models.Q(silent_after_min__gte=1), name="device_is_missed_after_a_while"
            ),
            models.CheckConstraint(
                condition=models.Q(battery=None) | models.Q(battery__lte=100),
                name="device_battery_in_percent",
            ),
            models.CheckConstraint(
                condition=models.Q(volume__gte=1, volume__lte=100), name="device_is_never_mute"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeviceAbsence(MallRow):
    """A device was silent in opening hours; it still is while `until` is None."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="absences")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device"],
                condition=models.Q(until=None),
                name="device_is_away_once_at_a_time",
            ),
        ]


class Pairing(MallRow):
    """A browser that asks to become a device: it shows the code, an admin types it in."""

    kind = models.CharField(max_length=8, choices=DeviceKind.choices)
    code = models.CharField(max_length=8)
    secret = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    device = models.ForeignKey(Device, on_delete=models.CASCADE, null=True)

    objects = MallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="pairing_code")]
