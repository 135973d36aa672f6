"""Plans of a mall: what they rest on, what was promised and what it costs, and what they say."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow


class Origin(models.TextChoices):
    """What a plan rests on."""

    TICKETS = "tickets", _("nomor antrean mal ini")
    GUESS = "guess", _("perkiraan")


class PlanState(models.TextChoices):
    """How far it is: played days are worked off in the background."""

    WAITING = "waiting", _("menunggu giliran")
    PLAYING = "playing", _("sedang dihitung")
    DONE = "done", _("selesai")
    FAILED = "failed", _("tidak dapat dihitung")


class Trouble(models.TextChoices):
    """Why a plan has no answer."""

    NO_DAYS = (
        "no_days",
        _("Belum ada hari yang sudah lewat dengan cukup nomor yang dilayani."),
    )
    TOO_MUCH = (
        "too_much",
        _("Satu antrean memerlukan lebih dari 200 loket. Periksa angkanya."),
    )
    TOO_FEW = (
        "too_few",
        _("Orangnya terlalu sedikit: pada kebanyakan hari tidak ada yang datang."),
    )


class Plan(MallRow):
    """A question "how many counters, from when to when?" and its answer.

    opens: minutes after midnight; quarters: how many quarter hours the mall is open. last_days:
    of how many past days the tickets are read. assumed: the document of `rules.document`, empty
    until the tickets are read. to_play, played: days. said: the answer of `rules.planning.told`,
    empty until it is done. cost_source: where the wage is written.
    """

    name = models.CharField(max_length=80)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opens = models.PositiveSmallIntegerField()
    quarters = models.PositiveSmallIntegerField()
    promise_percent = models.PositiveSmallIntegerField()
    promise_minutes = models.PositiveSmallIntegerField()
    last_days = models.PositiveSmallIntegerField(default=0)
    assumed = models.JSONField(default=dict)
    rupiah_per_hour = models.PositiveIntegerField()
    cost_source = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=PlanState.choices, default=PlanState.WAITING)
    to_play = models.PositiveIntegerField(default=0)
    played = models.PositiveIntegerField(default=0)
    said = models.JSONField(default=dict)
    trouble = models.CharField(max_length=8, choices=Trouble.choices, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("rencana loket")
        indexes = [models.Index(fields=["mall", "-made_at"], name="plan_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=PlanState.values), name="plan_state_is_known"
            )
        ]


class Advice(MallRow):
    """The last answer to "what would one more counter save now?"; one row a mall.

    asked_at: when it was last asked for. said_at: when it was answered. said: the document of
    `queries.advice`, empty until it is answered.
    """

    asked_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField(null=True)
    said = models.JSONField(default=dict)

    objects = MallManager()

    class Meta:
        verbose_name = _("saran loket")
        constraints = [models.UniqueConstraint(fields=["mall"], name="advice_of_a_mall")]
