"""What is told, and to whom it goes."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow


class Channel(models.TextChoices):
    """The ways a message can go."""

    EMAIL = "email", _("Surel")


class MessageState(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", _("Menunggu")
    SENT = "sent", _("Terkirim")
    FAILED = "failed", _("Gagal")


class Letter(MallRow):
    """The words of a message, kept once for all who get it; [[marks]] differ from one to another.

    `is_secret`: its text opens a door, so it is erased as soon as it went.
    """

    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    is_shared = models.BooleanField(default=False)
    is_secret = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    objects = MallManager()

    class Meta:
        verbose_name = _("isi pesan")
        indexes = [models.Index(fields=["mall", "made_at"], name="letter_made")]


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about messages."""

    def due(self, now: datetime) -> "MessageQuerySet":
        """Keep what waits to be sent by now, the oldest first."""
        return self.filter(state=MessageState.QUEUED, due_at__lte=now).order_by("due_at", "pk")


class Message(MallRow):
    """A letter to one address. The same key goes out once, however often it is asked for.

    `due_at` is when it is tried next; who tries it moves that on first, so that nobody else
    does. `batch` counts messages that belong together. Key and batch hold no personal data:
    they stay when address and text are erased.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="messages")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    to = models.CharField(max_length=254, blank=True)
    marks = models.JSONField(default=dict)
    key = models.CharField(max_length=120)
    batch = models.CharField(max_length=60, blank=True)
    state = models.CharField(
        max_length=8, choices=MessageState.choices, default=MessageState.QUEUED
    )
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MallManager.from_queryset(MessageQuerySet)()

    class Meta:
        verbose_name = _("pesan")
        constraints = [
            models.UniqueConstraint(fields=["mall", "key"], name="message_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=MessageState.values), name="message_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MessageState.SENT) | models.Q(sent_at__isnull=False),
                name="message_sent_has_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MessageState.QUEUED) | ~models.Q(to=""),
                name="message_queued_has_address",
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "state", "due_at"], name="message_due"),
            models.Index(fields=["mall", "batch", "state"], name="message_batch"),
            models.Index(fields=["mall", "to"], name="message_to"),
        ]
