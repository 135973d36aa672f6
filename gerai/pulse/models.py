"""Limits of a mall and its lines, the alarms of its days, who handled them, counted days."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow
from gerai.pulse.rules import (
    LONGEST_WAIT_MIN,
    USUAL_AGAIN_MIN,
    USUAL_EMPTY_MIN,
    USUAL_WAIT_MIN,
    Kind,
)
from gerai.queue.models import Line


class Limits(MallRow):
    """From when on the mall is alarmed, in minutes; `wait_source` says where that is written.

    wait_min: promised longest wait. empty_min: so long may a counter on duty be empty. again_min:
    so long a handled alarm is quiet.
    """

    wait_min = models.PositiveSmallIntegerField(default=USUAL_WAIT_MIN)
    wait_source = models.CharField(max_length=200, blank=True)
    empty_min = models.PositiveSmallIntegerField(default=USUAL_EMPTY_MIN)
    again_min = models.PositiveSmallIntegerField(default=USUAL_AGAIN_MIN)

    objects = MallManager()

    class Meta:
        verbose_name = _("batas alarm")
        constraints = [
            models.UniqueConstraint(fields=["mall"], name="limits_once"),
            models.CheckConstraint(
                condition=Q(wait_min__gte=1, empty_min__gte=1, again_min__gte=1),
                name="limits_are_a_minute_at_least",
            ),
        ]


class LineLimit(MallRow):
    """A line's own promised longest wait in minutes, instead of the mall's; and its source."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="+")
    wait_min = models.PositiveSmallIntegerField()
    wait_source = models.CharField(max_length=200)

    objects = MallManager()

    class Meta:
        verbose_name = _("janji tunggu antrean")
        constraints = [
            models.UniqueConstraint(fields=["mall", "line"], name="line_limit_once"),
            models.CheckConstraint(
                condition=Q(wait_min__gte=1, wait_min__lte=LONGEST_WAIT_MIN),
                name="line_limit_in_bounds",
            ),
            models.CheckConstraint(condition=~Q(wait_source=""), name="line_limit_has_a_source"),
        ]


class Alarm(MallRow):
    """Something was the matter, from when until when; it still is while `until` is null.

    ref: key of the line, counter, device or printer; name: what that was called then.
    is_exact: false where nobody looked for a while, and `until` is the last look that saw it.
    """

    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in Kind])
    ref = models.PositiveBigIntegerField()
    name = models.CharField(max_length=160)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    is_exact = models.BooleanField(default=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("alarm")
        indexes = [models.Index(fields=["mall", "since"], name="alarm_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "kind", "ref"],
                condition=Q(until=None),
                name="alarm_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(kind.value for kind in Kind)),
                name="alarm_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="alarm_in_order"
            ),
        ]


class Handling(MallRow):
    """Somebody said that they take care of an alarm; `round` counts how often anybody did."""

    alarm = models.ForeignKey(Alarm, on_delete=models.CASCADE, related_name="handlings")
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alarm", "round"], name="alarm_handled_once_a_round")
        ]


class Look(MallRow):
    """When somebody last looked whether anything is the matter in a mall, and will look again."""

    looked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    objects = MallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall"], name="look_once")]


class CountedDay(MallRow):
    """The figures of a day that is over, as `measures.day.dump` writes them."""

    day = models.DateField()
    version = models.PositiveSmallIntegerField()
    figures = models.JSONField()

    objects = MallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "day"], name="day_counted_once")]
