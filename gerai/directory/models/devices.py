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
    """

    kind = models.CharField(max_length=8, choices=DeviceKind.choices)
    name = models.CharField(max_length=60)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True)
    speaks = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    generation = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    last_seen_at = models.DateTimeField(null=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("perangkat")
        constraints = [models.UniqueConstraint(fields=["mall", "name"], name="device_name")]

    def __str__(self) -> str:
        return self.name


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
