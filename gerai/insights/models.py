"""What is kept of a mall's measures, what it lets others see, and the models it looks up to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.models import Mall
from gerai.malls.scope import MallManager, MallRow


class Measured(MallRow):
    """A measure's value of one month (its first day), kept for the course over time."""

    key = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    month = models.DateField()
    value = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    n = models.PositiveIntegerField()

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "key", "version", "month"], name="measured_once_a_month"
            )
        ]


class Sharing(MallRow):
    """Whether other malls of this installation may see the measures, and what they see.

    values: the last values, as JSON; empty while nothing is shared. Others read this row and
    the months, never the mall's tickets or ratings.
    kept_on: the day on which the nightly work was done last.
    """

    shares = models.BooleanField(default=False)
    values = models.JSONField(default=list)
    until = models.DateField(null=True)
    kept_on = models.DateField(null=True)

    objects = MallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall"], name="sharing_of_a_mall")]


class ModelKind(models.TextChoices):
    """Where a model's values come from."""

    MALL = "mall", _("mal di pemasangan ini")
    BLUEPRINT = "blueprint", _("cetak biru")


class Model(MallRow):
    """A mall that this mall compares itself with.

    other: the mall of this installation, whose values are those it shares at the moment;
    values: those that came with a blueprint.
    """

    kind = models.CharField(max_length=10, choices=ModelKind.choices)
    other = models.ForeignKey(Mall, on_delete=models.CASCADE, null=True, related_name="+")
    identity = models.CharField(max_length=200)
    name = models.CharField(max_length=120)
    region_code = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=list)
    until = models.DateField(null=True)
    is_chosen = models.BooleanField(default=False)

    objects = MallManager()

    class Meta:
        verbose_name = _("teladan")
        constraints = [
            models.UniqueConstraint(fields=["mall", "identity"], name="model_identity_once"),
            models.CheckConstraint(
                condition=models.Q(kind="mall", other__isnull=False)
                | models.Q(kind="blueprint", other__isnull=True),
                name="model_says_where_from",
            ),
        ]

    def __str__(self) -> str:
        return self.name
