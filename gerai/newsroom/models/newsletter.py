"""Who wants the newsletter, and what it told them."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow
from gerai.newsroom.models.pages import Article

ADDRESS_LENGTH = 254
TOKEN_HASH_LENGTH = 64
SUBJECT_LENGTH = 150
INTRO_LENGTH = 1000


class SubscriptionState(models.TextChoices):
    """Where a subscription stands."""

    ASKED = "asked", _("Menunggu konfirmasi")
    ACTIVE = "active", _("Berlangganan")
    ENDED = "ended", _("Berhenti")


class ConsentGiven(models.TextChoices):
    """How somebody agreed."""

    FORM_AND_LINK = "form_and_link", _("Formulir, lalu tautan di surel")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Questions about subscriptions."""

    def active(self) -> "SubscriptionQuerySet":
        """Keep those that get the newsletter."""
        return self.filter(state=SubscriptionState.ACTIVE)

    def may_be_mailed(self, now: datetime, *, wait: timedelta) -> "SubscriptionQuerySet":
        """Keep those that got no mail about their subscription for so long."""
        silent = models.Q(mailed_at__isnull=True) | models.Q(mailed_at__lte=now - wait)
        return self.filter(silent)


class Subscription(MallRow):
    """An address that asked for the newsletter of a mall; it agrees by a link in a mail.

    Of the link's token only the hash is kept. An erased one keeps its moments, not its address.
    """

    address = models.CharField(max_length=ADDRESS_LENGTH, blank=True)
    state = models.CharField(
        max_length=8, choices=SubscriptionState.choices, default=SubscriptionState.ASKED
    )
    token_hash = models.CharField(max_length=TOKEN_HASH_LENGTH, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    consent_given = models.CharField(
        max_length=16, choices=ConsentGiven.choices, default=ConsentGiven.FORM_AND_LINK
    )
    consent_version = models.PositiveSmallIntegerField()

    objects = MallManager.from_queryset(SubscriptionQuerySet)()

    class Meta:
        verbose_name = _("langganan buletin")
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "address"],
                condition=~models.Q(address=""),
                name="subscription_address_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=SubscriptionState.values),
                name="subscription_state_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="active")
                | (models.Q(confirmed_at__isnull=False) & ~models.Q(address="")),
                name="subscription_active_has_agreed",
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "state"], name="subscription_state"),
            models.Index(fields=["mall", "token_hash"], name="subscription_token"),
        ]


class Issue(MallRow):
    """One newsletter as it went out. `base_url` is what its addresses begin with."""

    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    intro = models.TextField(max_length=INTRO_LENGTH, blank=True)
    base_url = models.CharField(max_length=300)
    sent_at = models.DateTimeField()
    addressees = models.PositiveIntegerField()

    objects = MallManager()

    class Meta:
        verbose_name = _("edisi buletin")
        constraints = [models.UniqueConstraint(fields=["mall", "number"], name="issue_number_once")]

    @property
    def batch(self) -> str:
        """Return what its messages are counted by."""
        return f"newsletter:{self.pk}"


class IssueStory(MallRow):
    """A story in an issue, as it was told there. A story is told once in a mall."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="stories")
    article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=255)
    summary = models.TextField()
    path = models.CharField(max_length=500)

    objects = MallManager()

    class Meta:
        verbose_name = _("berita dalam edisi")
        constraints = [
            models.UniqueConstraint(fields=["mall", "article"], name="issue_story_once"),
            models.UniqueConstraint(fields=["issue", "position"], name="issue_story_place"),
        ]
