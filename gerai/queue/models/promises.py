"""The wait that a visitor was told, kept so that it can be judged."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow
from gerai.queue.models.tickets import Ticket


class WaitPromise(MallRow):
    """The first range of minutes that the holder of a ticket was shown.

    claim: how many of a hundred such ranges are to hold. Written once, never changed: whether
    it held is read off the ticket's steps.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="wait_promise")
    told_at = models.DateTimeField()
    low_minutes = models.PositiveIntegerField()
    high_minutes = models.PositiveIntegerField()
    claim = models.PositiveSmallIntegerField()

    objects = MallManager()

    class Meta:
        verbose_name = _("janji tunggu")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(low_minutes__lte=models.F("high_minutes")),
                name="wait_promise_in_order",
            ),
        ]
