"""What closes counters during the day: closings that are asked for, and emergencies."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models.agencies import Agency
from gerai.directory.models.places import Counter, Floor
from gerai.directory.states import ClosingState
from gerai.malls.scope import MallManager, MallRow


class ClosingReason(models.TextChoices):
    """Why a counter or an agency closes for a while; visitors read it."""

    SYSTEM = "system", _("sistem pusat terganggu")
    NETWORK = "network", _("listrik atau jaringan padam")
    EQUIPMENT = "equipment", _("peralatan rusak")
    OFFICER = "officer", _("petugas berhalangan")
    DUTY = "duty", _("rapat atau tugas dinas")
    STOCK = "stock", _("blangko atau bahan habis")
    OTHER = "other", _("alasan lain")


class Closing(MallRow):
    """A counter, or an agency with all its counters, is closed from one moment to another.

    It counts only while it is approved; that it is over, the clock says.
    """

    counter = models.ForeignKey(
        Counter, on_delete=models.PROTECT, null=True, blank=True, related_name="closings"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="closings"
    )
    reason = models.CharField(max_length=10, choices=ClosingReason.choices)
    words = models.CharField(max_length=160, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in ClosingState],
        default=ClosingState.ASKED,
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=160, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("penutupan sementara")
        indexes = [models.Index(fields=["mall", "state", "ends_at"], name="closing_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")), name="closing_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(counter=None, agency__isnull=False)
                | models.Q(agency=None, counter__isnull=False),
                name="closing_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in ClosingState]),
                name="closing_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["counter"],
                condition=models.Q(state=ClosingState.ASKED),
                name="counter_asks_once",
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(state=ClosingState.ASKED),
                name="agency_asks_once",
            ),
        ]

    @property
    def why(self) -> str:
        """Return the reason in words, the own words after it."""
        label = str(ClosingReason(self.reason).label)
        if self.reason == ClosingReason.OTHER:
            return self.words
        return f"{label}: {self.words}" if self.words else label


class EmergencyKind(models.TextChoices):
    """What an emergency is; everybody in the building reads it."""

    FIRE = "fire", _("Kebakaran")
    EARTHQUAKE = "earthquake", _("Gempa bumi")
    FLOOD = "flood", _("Banjir")
    POWER = "power", _("Listrik padam")
    SECURITY = "security", _("Gangguan keamanan")
    MEDICAL = "medical", _("Pertolongan medis")
    DRILL = "drill", _("Simulasi evakuasi")
    OTHER = "other", _("Keadaan darurat")


class Emergency(MallRow):
    """From one act to another the queue stands still: in the whole mall, or on one floor."""

    kind = models.CharField(max_length=12, choices=EmergencyKind.choices)
    words = models.CharField(max_length=200, blank=True)
    floor = models.ForeignKey(
        Floor, on_delete=models.PROTECT, null=True, blank=True, related_name="emergencies"
    )
    leaves_the_building = models.BooleanField(default=True)
    began_at = models.DateTimeField()
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = MallManager()

    class Meta:
        verbose_name = _("keadaan darurat")
        indexes = [models.Index(fields=["mall", "ended_at"], name="emergency_by_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["mall"],
                condition=models.Q(ended_at=None, floor=None),
                name="mall_has_one_emergency",
            ),
            models.UniqueConstraint(
                fields=["floor"],
                condition=models.Q(ended_at=None),
                name="floor_has_one_emergency",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(began_at__lte=models.F("ended_at")),
                name="emergency_in_order",
            ),
        ]


class GatheringPlace(MallRow):
    """Where people gather after they have left the building; one a mall."""

    place = models.CharField(max_length=160)
    place_en = models.CharField(max_length=160, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("titik kumpul")
        constraints = [models.UniqueConstraint(fields=["mall"], name="one_gathering_place")]
