"""Weekly hours, breaks, and the days that the operator adds or overrides."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models.agencies import Agency
from gerai.malls.scope import MallManager, MallRow

WEEKDAY = models.Q(weekday__lte=6)


class WeeklyHours(MallRow):
    """Hours of a weekday (0 = Monday), of the mall (no agency) or of one agency."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    last_ticket = models.TimeField(null=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("jam layanan")
        constraints = [
            models.UniqueConstraint(fields=["agency", "weekday"], name="agency_hours_once"),
            models.UniqueConstraint(
                fields=["mall", "weekday"],
                condition=models.Q(agency=None),
                name="mall_hours_once",
            ),
            models.CheckConstraint(condition=WEEKDAY, name="weekly_hours_weekday"),
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes")), name="weekly_hours_in_order"
            ),
        ]


class BreakTime(MallRow):
    """A break inside a weekday, of the mall (no agency) or of one agency."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, related_name="breaks")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    objects = MallManager()

    class Meta:
        verbose_name = _("jam istirahat")
        constraints = [
            models.CheckConstraint(condition=WEEKDAY, name="break_time_weekday"),
            models.CheckConstraint(
                condition=models.Q(starts__lt=models.F("ends")), name="break_time_in_order"
            ),
        ]


class SpecialDayKind(models.TextChoices):
    """What the operator says of a date."""

    CLOSED = "closed", _("Tutup")
    OPEN = "open", _("Buka seperti biasa")
    HOURS = "hours", _("Buka dengan jam lain")


class SpecialDay(MallRow):
    """A date that the operator closes, opens or gives other hours, with the reason."""

    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="special_days"
    )
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=SpecialDayKind.choices)
    name = models.CharField(max_length=120)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    last_ticket = models.TimeField(null=True, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("hari khusus")
        constraints = [
            models.UniqueConstraint(fields=["agency", "on"], name="agency_special_day_once"),
            models.UniqueConstraint(
                fields=["mall", "on"],
                condition=models.Q(agency=None),
                name="mall_special_day_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="hours") | models.Q(opens__lt=models.F("closes")),
                name="special_day_hours_in_order",
            ),
        ]
