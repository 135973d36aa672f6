"""How each zone speaks, how each screen is laid out, and what the mall announces on them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Device, Emergency, Zone
from gerai.malls.scope import MallManager, MallRow


class EnglishSpoken(models.TextChoices):
    """When English follows a call."""

    NEVER = "never", _("Tidak pernah")
    CHOICE = "choice", _("Bila pengunjung memilihnya")
    ALWAYS = "always", _("Selalu")


class SpanMode(models.TextChoices):
    """What is heard of a call; it is always written."""

    VOICE = "voice", _("Suara")
    GONG = "gong", _("Gong saja")
    SILENT = "silent", _("Tanpa bunyi")


class ZoneSpeech(MallRow):
    """How a zone says its calls; without such a row with a gong, English by choice."""

    zone = models.OneToOneField(Zone, on_delete=models.CASCADE, related_name="+")
    english = models.CharField(
        max_length=8, choices=EnglishSpoken.choices, default=EnglishSpoken.CHOICE
    )
    has_gong = models.BooleanField(default=True)

    objects = MallManager()


class VoiceSpan(MallRow):
    """Hours of every day in which a zone speaks otherwise than in full voice."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="+")
    begins = models.TimeField()
    ends = models.TimeField()
    mode = models.CharField(max_length=8, choices=SpanMode.choices, default=SpanMode.VOICE)
    volume = models.PositiveSmallIntegerField(default=100)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "begins"], name="voice_span_begins_once"),
            models.CheckConstraint(condition=Q(volume__lte=100), name="voice_span_in_percent"),
            models.CheckConstraint(condition=~Q(begins=F("ends")), name="voice_span_has_length"),
        ]


class Slot(models.TextChoices):
    """What may stand in a place of a screen beside the call."""

    EARLIER = "earlier", _("Panggilan terakhir")
    WAITING = "waiting", _("Yang menunggu")
    COUNTERS = "counters", _("Loket buka")
    NOTICES = "notices", _("Pengumuman mal")
    NEWS = "news", _("Berita")
    OPENING = "opening", _("Jam buka dan waktu")
    PHONE = "phone", _("Nomor lewat ponsel")
    NOTHING = "nothing", _("Kosong")


class ScreenLayout(MallRow):
    """Where things stand on one screen, or on all screens of a zone; the screen's own wins."""

    device = models.OneToOneField(Device, on_delete=models.CASCADE, null=True, related_name="+")
    zone = models.OneToOneField(Zone, on_delete=models.CASCADE, null=True, related_name="+")
    side = models.CharField(max_length=10, choices=Slot.choices, default=Slot.EARLIER)
    left = models.CharField(max_length=10, choices=Slot.choices, default=Slot.WAITING)
    middle = models.CharField(max_length=10, choices=Slot.choices, default=Slot.COUNTERS)
    right = models.CharField(max_length=10, choices=Slot.choices, default=Slot.PHONE)
    is_call_large = models.BooleanField(default=False)
    is_text_large = models.BooleanField(default=False)

    objects = MallManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(device=None, zone__isnull=False) | Q(device__isnull=False, zone=None),
                name="layout_of_one_screen_or_zone",
            ),
        ]

    @property
    def low(self) -> list[str]:
        """Return what stands in the lower row, from the left, without what is empty."""
        return [each for each in (self.left, self.middle, self.right) if each != Slot.NOTHING]

    @property
    def mark(self) -> str:
        """Name the layout: a screen that shows another one loads its whole page anew."""
        sizes = f"{self.is_call_large:d}{self.is_text_large:d}"
        return "-".join([self.side, self.left, self.middle, self.right, sizes])


class HallNotice(MallRow):
    """What the mall announces on its screens, from a moment until another."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, null=True, blank=True)
    text = models.CharField(max_length=240)
    text_en = models.CharField(max_length=240, blank=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_urgent = models.BooleanField(default=False)

    objects = MallManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_at__lt=F("ends_at")), name="notice_begins_before_it_ends"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="notice_says_something"),
        ]


class EmergencyVoice(MallRow):
    """How far a zone's voice has come with an emergency: one device says a round at a time.

    last_round: the last one that was said to its end, None before the first. times: rounds said.
    held_by, held_at: who says the next one, and since when; nobody while held_at is None.
    """

    emergency = models.ForeignKey(Emergency, on_delete=models.CASCADE, related_name="+")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="+")
    held_by = models.ForeignKey(Device, on_delete=models.SET_NULL, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    last_round = models.PositiveIntegerField(null=True)
    times = models.PositiveIntegerField(default=0)
    over_said_at = models.DateTimeField(null=True)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["emergency", "zone"], name="zone_says_an_emergency_in_one_row"
            ),
        ]
