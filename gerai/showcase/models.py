"""Decks of slides, a presentation under way, and what is told at an agency's counter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Agency
from gerai.malls.scope import MallManager, MallRow


class SlideKind(models.TextChoices):
    """What a slide shows: living data, or what somebody wrote or photographed."""

    COVER = "cover", _("Sampul")
    HISTORY = "history", _("Sejarah")
    ORGANISATION = "organisation", _("Organisasi")
    FLOORS = "floors", _("Instansi per lantai")
    QUEUE = "queue", _("Antrean sekarang")
    DAY = "day", _("Satu hari di mal")
    SATISFACTION = "satisfaction", _("Kepuasan")
    VOLUMES = "volumes", _("Kunjungan per pekan")
    STANDARDS = "standards", _("Standar pelayanan")
    JOURNEY = "journey", _("Perjalanan satu layanan")
    STAGES = "stages", _("Tahap pendirian")
    CLOSING = "closing", _("Penutup")
    TEXT = "text", _("Teks bebas")
    PHOTO = "photo", _("Foto")


class Deck(MallRow):
    """Slides in an order. guests: whom the cover welcomes unless a session says otherwise."""

    title = models.CharField(max_length=120)
    guests = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField()

    objects = MallManager()

    class Meta:
        verbose_name = _("paparan")

    def __str__(self) -> str:
        return self.title


class Slide(MallRow):
    """A slide. title and text: instead of the usual words, or of a free slide."""

    deck = models.ForeignKey(Deck, on_delete=models.CASCADE, related_name="slides")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=SlideKind.choices)
    title = models.CharField(max_length=160, blank=True)
    text = models.TextField(blank=True)
    notes = models.TextField(blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("salindia")
        indexes = [models.Index(fields=["deck", "position"], name="slide_order")]


class SessionKind(models.TextChoices):
    """What is steered."""

    DECK = "deck", _("Paparan")
    TOUR = "tour", _("Tur loket")


class Session(MallRow):
    """A presentation under way: where it stands, and the secret that lets a phone steer it.

    deck: None for the usual one. position: of the slide on the screen, from 0; the screen
    and the phones all follow this row.
    """

    kind = models.CharField(max_length=4, choices=SessionKind.choices, default=SessionKind.DECK)
    deck = models.ForeignKey(
        Deck, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    guests = models.CharField(max_length=160, blank=True)
    secret = models.CharField(max_length=32, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_black = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("sesi paparan")


class TourNote(MallRow):
    """The question that guests usually ask at an agency's counter, with the answer."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=240)
    answer = models.TextField(max_length=1200)

    objects = MallManager()

    class Meta:
        verbose_name = _("catatan tur")
        constraints = [models.UniqueConstraint(fields=["mall", "agency"], name="tour_note_once")]
