"""What the building offers besides counters, and how things are done in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow


class FacilityState(models.TextChoices):
    """Is a facility there?"""

    MISSING = "missing", _("Belum ada")
    PLANNED = "planned", _("Sedang disiapkan")
    READY = "ready", _("Tersedia")


class Facility(MallRow):
    """A facility of the mall, a line of a checklist that the mall edits itself.

    No list of facilities is the legal one: the annex was not verified (DOMAIN 1.2), so every
    line carries the source that it was taken from.
    """

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    group = models.CharField(max_length=60, blank=True)
    state = models.CharField(
        max_length=8, choices=FacilityState.choices, default=FacilityState.MISSING
    )
    floor = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=300, blank=True)
    is_required = models.BooleanField(default=False)

    objects = MallManager()

    class Meta:
        verbose_name = _("fasilitas")
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="facility_code")]

    def __str__(self) -> str:
        return self.name


class GuideKind(models.TextChoices):
    """What a guide is about."""

    FLOW = "flow", _("Alur layanan")
    HOUSE_RULES = "house_rules", _("Tata tertib")
    COMPLAINTS = "complaints", _("Penanganan pengaduan")
    PROCEDURE = "procedure", _("Prosedur kerja")
    TEMPLATE = "template", _("Contoh naskah")
    STAFF = "staff", _("Peran dan tugas")


class Guide(MallRow):
    """A text on how the mall works: flow, house rules, procedure, template. Plain paragraphs."""

    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=GuideKind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField()
    source = models.CharField(max_length=300, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("pedoman")
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="guide_code")]

    def __str__(self) -> str:
        return self.title
