"""How many numbers a service gives a day, and what becomes of numbers left at night."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Service
from gerai.malls.scope import MallManager, MallRow
from gerai.queue.models.tickets import Door


class DailyLimit(MallRow):
    """The most numbers of a service a day: on one weekday or any, at one door or all.

    weekday: 0 = Monday, None for every day; a limit of a weekday stands before one of every
    day. door: empty for all doors together; the one of a door holds besides it.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="daily_limits")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    door = models.CharField(max_length=8, choices=Door.choices, blank=True)
    numbers = models.PositiveIntegerField()

    objects = MallManager()

    class Meta:
        verbose_name = _("batas nomor harian")
        constraints = [
            models.UniqueConstraint(fields=["service", "door", "weekday"], name="daily_limit_once"),
            models.UniqueConstraint(
                fields=["service", "door"],
                condition=models.Q(weekday=None),
                name="daily_limit_of_every_day_once",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday=None) | models.Q(weekday__lte=6),
                name="daily_limit_weekday",
            ),
            models.CheckConstraint(
                condition=models.Q(numbers__gte=1), name="daily_limit_gives_some"
            ),
        ]


class ServiceDay(MallRow):
    """What a service with a limit gave out on a mall day: the counter row of the limit."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    door = models.CharField(max_length=8, choices=Door.choices, blank=True)
    given = models.PositiveIntegerField(default=0)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "day", "door"], name="service_day_once")
        ]


class Unfinished(models.TextChoices):
    """What becomes of a number that was never served on its day."""

    EXPIRE = "expire", _("Berakhir bersama harinya")
    KEEP_FRONT = "keep_front", _("Berlaku hari kerja berikutnya, di depan antrean")
    KEEP_ON_RETURN = "keep_return", _("Berlaku hari kerja berikutnya, urut saat melapor datang")


class NightRule(MallRow):
    """What the mall does at night with numbers that were not served; one a mall."""

    unfinished = models.CharField(
        max_length=12, choices=Unfinished.choices, default=Unfinished.EXPIRE
    )

    objects = MallManager()

    class Meta:
        verbose_name = _("aturan malam")
        constraints = [models.UniqueConstraint(fields=["mall"], name="one_night_rule")]
