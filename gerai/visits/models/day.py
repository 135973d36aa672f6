"""The day itself: the guest book, who signed it, pictures, and what guests say of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow
from gerai.papers.models import Attachment
from gerai.visits.models.asking import Guest, Visit

RATINGS = range(1, 5)


class GuestBook(MallRow):
    """The guest book of a visit; `code` opens it on any phone, from the QR on the desk."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="book")
    code = models.CharField(max_length=43, unique=True)
    opened_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    received_by_name = models.CharField(max_length=160, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("buku tamu")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True)
                | models.Q(left_at__gte=models.F("received_at")),
                name="guest_book_left_after_received",
            ),
        ]


class Door(models.TextChoices):
    """Where a guest signed."""

    PHONE = "phone", _("Ponsel tamu")
    KIOSK = "kiosk", _("Perangkat di meja tamu")
    DESK = "desk", _("Dicatat petugas")


class Presence(MallRow):
    """A guest is there: once, with a signature drawn or promised on the printed sheet.

    `photo_consent` is asked apart; None: not answered, which is no consent.
    """

    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, related_name="presence")
    at = models.DateTimeField()
    door = models.CharField(max_length=8, choices=Door.choices)
    signature = models.TextField(blank=True)
    signs_on_paper = models.BooleanField(default=False)
    photo_consent = models.BooleanField(null=True, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("kehadiran")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(door__in=Door.values), name="presence_door_is_known"
            ),
        ]


class Photo(MallRow):
    """A picture of the visit; only where all who are seen agree may it be published."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="photos")
    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    caption = models.CharField(max_length=240, blank=True)
    all_agree = models.BooleanField(default=False)

    objects = MallManager()

    class Meta:
        verbose_name = _("foto kunjungan")
        ordering = ["position", "pk"]


class Impression(MallRow):
    """What a guest says of the visit; `secret` lets them erase it.

    Published only where the guest consents (`may_publish`) and the desk agrees (`shown_at`).
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="impressions")
    secret = models.CharField(max_length=43, unique=True)
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=160, blank=True)
    words = models.TextField(max_length=1000, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    may_publish = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("kesan tamu")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["mall", "key"], name="impression_sent_once"),
            models.CheckConstraint(
                condition=models.Q(rating__isnull=True) | models.Q(rating__range=(1, 4)),
                name="impression_rating_is_1_to_4",
            ),
            models.CheckConstraint(
                condition=models.Q(shown_at__isnull=True)
                | (models.Q(may_publish=True) & ~models.Q(words="")),
                name="impression_shown_has_consent",
            ),
        ]
        indexes = [models.Index(fields=["mall", "shown_at"], name="impression_shown")]
