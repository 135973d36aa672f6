"""Dated weeks and the Friday prayer: what the operator sets for a part of the year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models.agencies import Agency
from gerai.malls.scope import MallManager, MallRow


class Season(MallRow):
    """Dates, both included, with a week of their own, of the mall (no agency) or one agency.

    The dates are the operator's and never computed; `source` says where they were read.
    week: as `hours.week_to_json` writes it.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="seasons"
    )
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    week = models.JSONField(default=dict)
    source = models.CharField(max_length=300)

    objects = MallManager()

    class Meta:
        verbose_name = _("musim jam layanan")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")), name="season_in_order"
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="season_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.name


class FridayBreak(MallRow):
    """The Friday prayer from a date on (none: always), of the mall (no agency) or one agency.

    Prayer time moves over the year: a further row says from when other times hold. Without
    times there is no such break from that date on.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="friday_breaks"
    )
    name = models.CharField(max_length=60)
    since = models.DateField(null=True, blank=True)
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("jeda Jumat")
        constraints = [
            models.UniqueConstraint(fields=["agency", "since"], name="agency_friday_break_once"),
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(since=None),
                name="agency_friday_break_always_once",
            ),
            models.UniqueConstraint(
                fields=["mall", "since"],
                condition=models.Q(agency=None),
                name="mall_friday_break_once",
            ),
            models.UniqueConstraint(
                fields=["mall"],
                condition=models.Q(agency=None, since=None),
                name="mall_friday_break_always_once",
            ),
            models.CheckConstraint(
                condition=models.Q(starts=None, ends=None) | models.Q(starts__lt=models.F("ends")),
                name="friday_break_in_order",
            ),
        ]
