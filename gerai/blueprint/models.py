"""The signing key of the installation; model malls, the parts taken from them, files held."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow


class SigningKey(models.Model):
    """The one key with which this installation signs blueprints; it belongs to no mall."""

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    installation = models.CharField(max_length=32)
    private_key = models.CharField(max_length=44)
    public_key = models.CharField(max_length=44)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kunci cetak biru")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_the_one=True), name="signing_key_is_the_one"
            )
        ]


class Source(MallRow):
    """A model mall as this mall knows it from its files, with the key it signs with.

    measured_at: when the file was issued whose measures were kept.
    """

    slug = models.CharField(max_length=63)
    region_code = models.CharField(max_length=5, blank=True)
    name = models.CharField(max_length=120)
    opened_on = models.DateField(null=True)
    installation = models.CharField(max_length=32)
    public_key = models.CharField(max_length=44)
    licence = models.CharField(max_length=80)
    first_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    measured_at = models.DateTimeField(null=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("mal teladan")
        constraints = [
            models.UniqueConstraint(fields=["mall", "region_code", "slug"], name="source_once")
        ]

    def __str__(self) -> str:
        return self.name


class PartState(models.TextChoices):
    """What became of a part that a file brought."""

    DRAFTED = "drafted", _("Diambil")
    PROPOSED = "proposed", _("Usulan")
    ACCEPTED = "accepted", _("Diterima")
    DECLINED = "declined", _("Ditolak")


class Part(MallRow):
    """A part of a model's blueprint in this mall: where a row of its directory came from.

    content is what the model said last; taken what was written here, None before that.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=40)
    known_by = models.CharField(max_length=40)
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=PartState.choices)
    taken = models.JSONField(null=True)
    issued_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = MallManager()

    class Meta:
        verbose_name = _("bagian cetak biru")
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "known_by"], name="part_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=PartState.values), name="part_state_is_known"
            ),
        ]
        indexes = [models.Index(fields=["mall", "state"], name="part_by_state")]


class Arrival(MallRow):
    """A file that somebody sent and looks at before taking it; it is dropped after a day.

    Nobody but the sender sees it.
    """

    content = models.TextField()
    at = models.DateTimeField()
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects = MallManager()

    class Meta:
        verbose_name = _("kiriman cetak biru")
