"""Agencies, the days on which they sit at a counter, and their officers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models.places import Counter
from gerai.malls.scope import MallManager, MallRow


class AgencyKind(models.TextChoices):
    """Whose an agency is."""

    OPD = "opd", _("Perangkat daerah")
    VERTICAL = "vertical", _("Instansi vertikal")
    PROVINCE = "province", _("Perangkat daerah provinsi")
    BUMN = "bumn", _("BUMN")
    BUMD = "bumd", _("BUMD")
    PRIVATE = "private", _("Swasta")


class Agency(MallRow):
    """An agency that serves citizens in this mall."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=AgencyKind.choices, blank=True)
    site = models.URLField(max_length=300, blank=True)
    icon = models.CharField(max_length=40, default="building")
    is_active = models.BooleanField(default=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("instansi")
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="agency_code")]

    def __str__(self) -> str:
        return self.short_name


class CounterShare(MallRow):
    """An agency sits at a counter on a weekday (0 = Monday); several may share one."""

    counter = models.ForeignKey(Counter, on_delete=models.CASCADE, related_name="shares")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="shares")
    weekday = models.PositiveSmallIntegerField()

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counter", "agency", "weekday"], name="counter_share_once"
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6), name="counter_share_weekday"
            ),
        ]


class Posting(MallRow):
    """An officer serves for an agency in this mall."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="postings")

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "user", "agency"], name="posting_once")
        ]
