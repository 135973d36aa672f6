"""Floors, zones and counters, with their place on the floor plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow


class Floor(MallRow):
    """A floor of the building. The plan is a sheet of 1000 x 600 units."""

    number = models.SmallIntegerField()
    name = models.CharField(max_length=60)

    objects = MallManager()

    class Meta:
        verbose_name = _("lantai")
        constraints = [models.UniqueConstraint(fields=["mall", "number"], name="floor_number")]

    def __str__(self) -> str:
        return self.name


class Zone(MallRow):
    """A part of a floor with its own screen and voice."""

    floor = models.ForeignKey(Floor, on_delete=models.PROTECT, related_name="zones")
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    x = models.PositiveSmallIntegerField(default=0)
    y = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveSmallIntegerField(default=100)
    height = models.PositiveSmallIntegerField(default=100)

    objects = MallManager()

    class Meta:
        verbose_name = _("zona")
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="zone_code")]

    def __str__(self) -> str:
        return self.name


class Counter(MallRow):
    """A desk (loket) with its code, "7" or "Z1-16", and its place on the plan."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="counters")
    code = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    x = models.PositiveSmallIntegerField(default=0)
    y = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveSmallIntegerField(default=60)
    height = models.PositiveSmallIntegerField(default=40)
    is_active = models.BooleanField(default=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("loket")
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="counter_code")]

    def __str__(self) -> str:
        return self.code
