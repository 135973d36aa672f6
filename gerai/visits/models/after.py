"""What comes of a visit: its minutes, what is to follow; and the malls that are known."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow
from gerai.newsroom.models import Article
from gerai.visits.models.asking import Visit


class Minutes(MallRow):
    """The desk's own words in the report of a visit, and what was done after it."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="minutes")
    basis = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    thanked_at = models.DateTimeField(null=True, blank=True)
    article = models.ForeignKey(
        Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("risalah kunjungan")


class Side(models.TextChoices):
    """Whose task a follow-up is."""

    HOST = "host", _("Tuan rumah")
    GUEST = "guest", _("Tamu")


class FollowUpState(models.TextChoices):
    """How far a follow-up is."""

    OPEN = "open", _("Belum selesai")
    DONE = "done", _("Selesai")
    DROPPED = "dropped", _("Tidak dilanjutkan")


class FollowUp(MallRow):
    """Something agreed at a visit, with who does it by when."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="follow_ups")
    text = models.CharField(max_length=300)
    side = models.CharField(max_length=8, choices=Side.choices, default=Side.HOST)
    owner_name = models.CharField(max_length=160)
    due_on = models.DateField()
    state = models.CharField(
        max_length=8, choices=FollowUpState.choices, default=FollowUpState.OPEN
    )
    changed_at = models.DateTimeField()

    objects = MallManager()

    class Meta:
        verbose_name = _("tindak lanjut")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="follow_up_side_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=FollowUpState.values),
                name="follow_up_state_is_known",
            ),
        ]
        indexes = [models.Index(fields=["mall", "state", "due_on"], name="follow_up_due")]


class KnownMall(models.Model):
    """A mall somewhere in the country, as a published list tells of it.

    It belongs to the installation, not to one mall: who runs it says which list is loaded.
    """

    region_code = models.CharField(max_length=5, unique=True)
    region_name = models.CharField(max_length=120)
    opened_on = models.DateField(null=True, blank=True)
    agencies = models.PositiveSmallIntegerField(null=True, blank=True)
    services = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=400)

    class Meta:
        verbose_name = _("mal yang dikenal")
        ordering = ["region_code"]

    def __str__(self) -> str:
        return self.region_name
