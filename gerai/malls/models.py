"""The tenant: one mall, with its name, place and zone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    """The three zones of Indonesia; none has summer time."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class Stage(models.TextChoices):
    """Is a mall still being founded, or is it open to visitors?"""

    FOUNDING = "founding", _("Sedang didirikan")
    OPERATING = "operating", _("Beroperasi")


class Mall(models.Model):
    """One Mal Pelayanan Publik of this installation."""

    slug = models.SlugField(max_length=63, unique=True)
    host = models.CharField(max_length=253, unique=True, null=True, blank=True)
    name = models.CharField(max_length=120)
    region_code = models.CharField(max_length=5)
    zone = models.CharField(max_length=40, choices=Zone.choices)
    address = models.CharField(max_length=240, blank=True)
    running_text = models.CharField(max_length=400, blank=True)
    joint_leave_closes = models.BooleanField(default=True)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.OPERATING)
    opened_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("mal")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="mall_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(zone__in=Zone.values), name="mall_zone_is_indonesian"
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="mall_stage_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_founding(self) -> bool:
        """Tell whether the mall has not been opened yet."""
        return self.stage == Stage.FOUNDING

    @property
    def zone_label(self) -> str:
        """WIB, WITA or WIT."""
        return str(Zone(self.zone).label)
