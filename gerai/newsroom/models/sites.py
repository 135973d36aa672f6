"""What joins a mall to its part of the page tree and of the picture shelves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page

from gerai.malls.scope import MallManager, MallRow


class CommentRule(models.TextChoices):
    """What becomes of a reader's comment at first."""

    HOLD = "hold", _("Ditahan sampai dibaca redaksi")
    TRUST = "trust", _("Langsung terbit bila tidak mencurigakan")
    CLOSED = "closed", _("Tidak menerima komentar")


class MallSite(MallRow):
    """The website of a mall: where its pages and pictures hang, and the newsroom's rules.

    `version` goes up with every change that a reader can see; kept pages carry it in their
    key, so an old one is never found again.
    """

    home = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveBigIntegerField(default=1)
    needs_second_person = models.BooleanField(default=True)
    comment_rule = models.CharField(
        max_length=8, choices=CommentRule.choices, default=CommentRule.HOLD
    )
    comments_close_after_days = models.PositiveSmallIntegerField(default=30)
    comment_edit_minutes = models.PositiveSmallIntegerField(default=10)

    objects = MallManager()

    class Meta:
        verbose_name = _("situs mal")
        constraints = [
            models.UniqueConstraint(fields=["mall"], name="mall_site_once"),
            models.CheckConstraint(
                condition=models.Q(comment_rule__in=CommentRule.values),
                name="mall_site_comment_rule_is_known",
            ),
        ]
