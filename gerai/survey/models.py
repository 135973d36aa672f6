"""Ratings that lead back to nobody, and the invitations that are used once."""

import uuid

from django.db import models

from gerai.directory.models import Agency, Service
from gerai.malls.scope import MallManager, MallRow


class Invitation(MallRow):
    """A right to rate one finished service once. Holds no time of use and no answer."""

    token = models.CharField(max_length=43, unique=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    is_used = models.BooleanField(default=False)

    objects = MallManager()


class Rating(MallRow):
    """Nine answers 1..4 (null = not answered) about a service on a day; its key is random.

    There is no key to the invitation, the visit or the person, and no time of day, so that
    an answer cannot be led back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    door = models.CharField(max_length=8)
    u1 = models.PositiveSmallIntegerField(null=True)
    u2 = models.PositiveSmallIntegerField(null=True)
    u3 = models.PositiveSmallIntegerField(null=True)
    u4 = models.PositiveSmallIntegerField(null=True)
    u5 = models.PositiveSmallIntegerField(null=True)
    u6 = models.PositiveSmallIntegerField(null=True)
    u7 = models.PositiveSmallIntegerField(null=True)
    u8 = models.PositiveSmallIntegerField(null=True)
    u9 = models.PositiveSmallIntegerField(null=True)
    suggestion = models.CharField(max_length=1000, blank=True)

    objects = MallManager()

    class Meta:
        indexes = [models.Index(fields=["mall", "day"], name="rating_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{f"u{n}__isnull": True})
                | models.Q(**{f"u{n}__range": (1, 4)}),
                name=f"rating_u{n}_is_1_to_4",
            )
            for n in range(1, 10)
        ]
