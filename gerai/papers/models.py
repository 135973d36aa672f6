"""Papers as they were issued, the row of their numbers, and files that came with a thing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow
from gerai.papers.rules import (
    DEFAULT_PATTERN,
    LONGEST_CODE,
    LONGEST_NUMBER,
    LONGEST_PATTERN,
    fingerprint,
)
from gerai.people.models import User


class Series(MallRow):
    """The numbers of one kind of papers in one year: their pattern, and the last one given."""

    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    pattern = models.CharField(max_length=LONGEST_PATTERN, default=DEFAULT_PATTERN)
    code = models.CharField(max_length=LONGEST_CODE)
    last = models.PositiveIntegerField(default=0)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "kind", "year"], name="series_once_a_kind_and_year"
            ),
        ]


class Paper(MallRow):
    """One version of a paper, never changed; its thing is a text key as "visit:12"."""

    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=101)
    version = models.PositiveIntegerField()
    number = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    title = models.CharField(max_length=240)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    token = models.CharField(max_length=22, unique=True)
    is_verifiable = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    issued_by_name = models.CharField(max_length=120)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "kind", "thing", "version"], name="paper_version_once"
            ),
            models.UniqueConstraint(
                fields=["mall", "kind", "number"],
                condition=models.Q(version=1) & ~models.Q(number=""),
                name="paper_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "thing", "kind"], name="paper_of_a_thing"),
            models.Index(fields=["mall", "-issued_at"], name="paper_newest_first"),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def fingerprint(self) -> str:
        """The digest as people compare it."""
        return fingerprint(self.digest)


class AttachmentKind(models.TextChoices):
    """What a file is."""

    PDF = "pdf", "PDF"
    PICTURE = "picture", _("Foto atau gambar")
    DOCUMENT = "document", _("Dokumen")


class Attachment(MallRow):
    """A checked file that came with a thing; its bytes lie in the database, so that one
    backup and one wall between malls hold for them too.
    """

    thing = models.CharField(max_length=101)
    kind = models.CharField(max_length=40)
    file_kind = models.CharField(max_length=8, choices=AttachmentKind.choices)
    name = models.CharField(max_length=120)
    caption = models.CharField(max_length=240, blank=True)
    content_type = models.CharField(max_length=100)
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(null=True)
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    added_by_name = models.CharField(max_length=120)

    objects = MallManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file_kind__in=AttachmentKind.values),
                name="attachment_file_kind_is_known",
            ),
        ]
        indexes = [models.Index(fields=["mall", "thing", "kind"], name="attachment_of_a_thing")]

    def __str__(self) -> str:
        return self.name
