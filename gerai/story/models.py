"""What a mall shows of its days to guests."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow

MOST_DAYS = 30


class Showing(MallRow):
    """Which days guests may see as a story. A mall without this row shows as is usual.

    last_days: so many of the last days that are over. chosen_day: one more, shown first.
    """

    is_public = models.BooleanField(default=True)
    has_today = models.BooleanField(default=True)
    last_days = models.PositiveSmallIntegerField(
        default=1, validators=[MaxValueValidator(MOST_DAYS)]
    )
    chosen_day = models.DateField(null=True, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("kisah hari")
        constraints = [models.UniqueConstraint(fields=["mall"], name="one_showing_a_mall")]
