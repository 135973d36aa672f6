"""What readers write below an article, what was told of it, and whom a mall no longer hears.

No row holds an address. `sender` is a keyed hash; its key is a row of random bytes that is
replaced every thirty days and deleted after sixty, and with it goes every way back.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow
from gerai.newsroom.models.pages import Article
from gerai.newsroom.states import State

STATES = [(state.value, state.value) for state in State]

NAME_LENGTH = 60
TEXT_LENGTH = 2000
DIGEST_LENGTH = 64


class ReportReason(models.TextChoices):
    """Why a reader reports a comment."""

    RUDE = "rude", _("Kasar atau menghina")
    HATE = "hate", _("Menghasut atau merendahkan suku, agama, ras, atau golongan")
    PRIVATE = "private", _("Membuka data pribadi orang")
    FALSE = "false", _("Keterangan yang keliru atau menipu")
    SPAM = "spam", _("Iklan atau pesan berulang")
    OTHER = "other", _("Alasan lain")


class Comment(MallRow):
    """A comment on an article, or an answer to one; answers have no answers.

    `stamp` is the form it came with: the same form makes one comment. `revision` goes up with
    every change of the words, so nobody approves what they have not read.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    state = models.CharField(max_length=10, choices=STATES, default=State.HELD.value)
    name = models.CharField(max_length=NAME_LENGTH)
    text = models.TextField(max_length=TEXT_LENGTH)
    sent_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveSmallIntegerField(default=0)
    edited_by_desk = models.BooleanField(default=False)
    is_from_desk = models.BooleanField(default=False)
    is_proven = models.BooleanField(default=False)
    suspicions = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    reports_unread = models.PositiveSmallIntegerField(default=0)
    stamp = models.CharField(max_length=DIGEST_LENGTH, null=True, blank=True)  # noqa: DJ001
    digest = models.CharField(max_length=DIGEST_LENGTH)
    sender = models.CharField(max_length=DIGEST_LENGTH, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("komentar")
        constraints = [
            models.UniqueConstraint(fields=["mall", "stamp"], name="comment_stamp_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]),
                name="comment_state_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.PUBLISHED.value)
                | models.Q(published_at__isnull=False),
                name="comment_published_has_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="comment_parent_is_another"
            ),
        ]
        indexes = [
            models.Index(fields=["article", "state", "sent_at"], name="comment_of_article"),
            models.Index(fields=["mall", "state", "sent_at"], name="comment_waiting"),
            models.Index(fields=["mall", "sender", "sent_at"], name="comment_sender"),
            models.Index(fields=["mall", "digest"], name="comment_digest"),
        ]


class EarlierText(MallRow):
    """The words of a comment before a change. Only added to, until its person asks for erasure."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="earlier_texts")
    revision = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=NAME_LENGTH)
    text = models.TextField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MallManager()

    class Meta:
        verbose_name = _("naskah komentar semula")
        constraints = [
            models.UniqueConstraint(fields=["comment", "revision"], name="earlier_text_once")
        ]


class CommentReport(MallRow):
    """What a reader finds wrong with a comment; a browser says it once."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    browser = models.CharField(max_length=DIGEST_LENGTH)
    sender = models.CharField(max_length=DIGEST_LENGTH, blank=True)
    reason = models.CharField(max_length=8, choices=ReportReason.choices)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("laporan komentar")
        constraints = [
            models.UniqueConstraint(fields=["comment", "browser"], name="comment_report_once"),
            models.CheckConstraint(
                condition=models.Q(reason__in=ReportReason.values),
                name="comment_report_reason_is_known",
            ),
        ]
        indexes = [models.Index(fields=["mall", "sender", "at"], name="comment_report_sender")]


class SenderKey(MallRow):
    """The random key that addresses are hashed with for a period of thirty days."""

    period = models.PositiveIntegerField()
    key = models.CharField(max_length=DIGEST_LENGTH)

    objects = MallManager()

    class Meta:
        verbose_name = _("kunci pengirim")
        constraints = [models.UniqueConstraint(fields=["mall", "period"], name="sender_key_once")]


class BlockedSender(MallRow):
    """A sender a mall does not hear for now; the row ends with the key of its hash."""

    sender = models.CharField(max_length=DIGEST_LENGTH)
    since = models.DateTimeField()
    until = models.DateTimeField()

    objects = MallManager()

    class Meta:
        verbose_name = _("pengirim diblokir")
        constraints = [
            models.UniqueConstraint(fields=["mall", "sender"], name="blocked_sender_once")
        ]


class BlockedWord(MallRow):
    """A word that makes a comment wait for the newsroom."""

    word = models.CharField(_("kata"), max_length=60)

    objects = MallManager()

    class Meta:
        verbose_name = _("kata diblokir")
        constraints = [models.UniqueConstraint(fields=["mall", "word"], name="blocked_word_once")]


class SolvedChallenge(MallRow):
    """A solution that was handed in; the constraint lets nobody hand it in again."""

    signature = models.CharField(max_length=128)
    expires_at = models.DateTimeField()

    objects = MallManager()

    class Meta:
        verbose_name = _("teka-teki terpakai")
        constraints = [
            models.UniqueConstraint(fields=["mall", "signature"], name="solved_challenge_once")
        ]
        indexes = [models.Index(fields=["mall", "expires_at"], name="solved_challenge_expiry")]
