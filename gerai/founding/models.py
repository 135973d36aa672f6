"""A founding, its steps, and the books that are kept beside them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.founding.stages import Mark, Stage
from gerai.founding.states import OPEN, State
from gerai.malls.scope import MallManager, MallRow

FROM_ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class DaysKind(models.TextChoices):
    """Which days count in the schedule."""

    CALENDAR = "calendar", _("Hari kalender")
    WORKING = "working", _("Hari kerja (Senin sampai Jumat)")


class Founding(MallRow):
    """The founding of this mall. Of a region there is one in the whole installation.

    visit_reference: the study visit that it began with, if any.
    """

    region_code = models.CharField(max_length=5, blank=True)
    leader = models.CharField(max_length=160, blank=True)
    began_on = models.DateField()
    target_on = models.DateField(null=True, blank=True)
    days_kind = models.CharField(max_length=8, choices=DaysKind.choices, default=DaysKind.CALENDAR)
    model_name = models.CharField(max_length=160, blank=True)
    visit_reference = models.CharField(max_length=40, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("pendirian")
        constraints = [
            models.UniqueConstraint(fields=["mall"], name="founding_once"),
            models.UniqueConstraint(
                fields=["region_code"],
                condition=~models.Q(region_code=""),
                name="founding_region_once",
            ),
        ]


class StepState(models.TextChoices):
    """How far a step has come, in words."""

    TODO = State.TODO.value, _("Belum mulai")
    DOING = State.DOING.value, _("Sedang berjalan")
    DONE = State.DONE.value, _("Selesai")
    DROPPED = State.DROPPED.value, _("Tidak dipakai")


class StageName(models.TextChoices):
    """The stages in words."""

    COMMITMENT = Stage.COMMITMENT.value, _("Komitmen pimpinan")
    AGENCIES = Stage.AGENCIES.value, _("Koordinasi instansi")
    MECHANISM = Stage.MECHANISM.value, _("Mekanisme kerja")
    FACILITIES = Stage.FACILITIES.value, _("Sarana dan prasarana")
    STAFF = Stage.STAFF.value, _("Petugas dan pelatihan")
    TRIAL = Stage.TRIAL.value, _("Uji coba")
    INAUGURATION = Stage.INAUGURATION.value, _("Peresmian")
    AFTER = Stage.AFTER.value, _("Sesudah dibuka")


class Reliance(models.TextChoices):
    """How far a line may be relied upon, in words."""

    VERIFIED = Mark.VERIFIED.value, _("Sudah diverifikasi")
    SECONDARY = Mark.SECONDARY.value, _("Dari sumber kedua, belum diverifikasi")
    NOT_FOUND = Mark.NOT_FOUND.value, _("Dicari, belum ditemukan")
    OURS = Mark.OURS.value, _("Saran praktis")


class Step(MallRow):
    """A step of a stage, taken from the template (key) or the workspace's own (no key).

    who: the role that usually does it; responsible: the person who does it here.
    """

    stage = models.CharField(max_length=14, choices=StageName.choices)
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=24, blank=True)
    name = models.CharField(max_length=160)
    why = models.CharField(max_length=400, blank=True)
    who = models.CharField(max_length=120, blank=True)
    responsible = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=StepState.choices, default=StepState.TODO)
    usual_days = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(999)])
    due_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    evidence_wanted = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=24, blank=True)
    source = models.CharField(max_length=300, blank=True)
    mark = models.CharField(max_length=1, choices=Reliance.choices, default=Reliance.OURS)
    note = models.TextField(blank=True)
    needs = models.ManyToManyField(
        "self", through="StepNeed", symmetrical=False, related_name="followed_by"
    )

    objects = MallManager()

    class Meta:
        verbose_name = _("langkah")
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "key"], condition=~models.Q(key=""), name="step_key"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(done_on__isnull=False),
                name="step_done_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Tell whether there is something left to do."""
        return self.state in OPEN


class StepNeed(MallRow):
    """A step can be finished only after another one."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="needed")
    needs = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="needed_by")

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "needs"], name="step_need_once"),
            models.CheckConstraint(
                condition=~models.Q(step=models.F("needs")), name="step_needs_another"
            ),
        ]


class StageClosing(MallRow):
    """A stage that was found to hold all it needs, and closed."""

    stage = models.CharField(max_length=14, choices=StageName.choices)
    closed_on = models.DateField()
    closed_by = models.CharField(max_length=120)

    objects = MallManager()

    class Meta:
        verbose_name = _("penutupan tahap")
        constraints = [models.UniqueConstraint(fields=["mall", "stage"], name="stage_closed_once")]


class Decision(MallRow):
    """Something that was decided, so that nobody decides it twice."""

    on = models.DateField()
    text = models.TextField()
    decided_by = models.CharField(max_length=160)

    objects = MallManager()

    class Meta:
        verbose_name = _("keputusan")


class Channel(models.TextChoices):
    """How guidance was given."""

    MEETING = "meeting", _("Rapat tatap muka")
    ONLINE = "online", _("Rapat daring")
    LETTER = "letter", _("Surat")
    PHONE = "phone", _("Telepon atau pesan")
    VISIT = "visit", _("Kunjungan pendamping")


class Guidance(MallRow):
    """What the ministry advised, and what was done about it."""

    on = models.DateField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    who = models.CharField(max_length=160)
    advice = models.TextField()
    done = models.TextField(blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("pendampingan")


class RiskKind(models.TextChoices):
    """What a risk is about."""

    LEADER = "leader", _("Pergantian pimpinan")
    AGREEMENT = "agreement", _("Perjanjian lemah")
    ABSENCE = "absence", _("Instansi tidak hadir")
    MONEY = "money", _("Anggaran")
    BUILDING = "building", _("Gedung dan perangkat")
    OTHER = "other", _("Lainnya")


class RiskState(models.TextChoices):
    """Whether a risk is looked after."""

    OPEN = "open", _("Belum ditangani")
    WATCHED = "watched", _("Dipantau")
    OVER = "over", _("Sudah lewat")


class Risk(MallRow):
    """What may go wrong: likelihood and weight from 1 to 5, its signs, the answer, the owner."""

    kind = models.CharField(max_length=10, choices=RiskKind.choices)
    title = models.CharField(max_length=160)
    likelihood = models.PositiveSmallIntegerField(validators=FROM_ONE_TO_FIVE)
    weight = models.PositiveSmallIntegerField(validators=FROM_ONE_TO_FIVE)
    signs = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    owner = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=RiskState.choices, default=RiskState.OPEN)
    source = models.CharField(max_length=300, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("risiko")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(likelihood__range=(1, 5), weight__range=(1, 5)),
                name="risk_from_one_to_five",
            )
        ]


class StaffRole(MallRow):
    """A role in the mall: how many it needs, has, and has trained."""

    name = models.CharField(max_length=120)
    needed = models.PositiveSmallIntegerField(default=1)
    filled = models.PositiveSmallIntegerField(default=0)
    trained = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=400, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("kebutuhan petugas")
        constraints = [
            models.UniqueConstraint(fields=["mall", "name"], name="staff_role_name"),
            models.CheckConstraint(
                condition=models.Q(trained__lte=models.F("filled")),
                name="staff_trained_are_filled",
            ),
        ]


class TrialDay(MallRow):
    """A day on which the mall was tried with visitors before its opening."""

    on = models.DateField()
    visitors = models.PositiveIntegerField(default=0)
    findings = models.TextField(blank=True)
    mended = models.TextField(blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("hari uji coba")
        constraints = [models.UniqueConstraint(fields=["mall", "on"], name="trial_day_once")]


class LegalSetting(MallRow):
    """A legal line that documents quote; only the founder's confirmation makes it verified."""

    key = models.CharField(max_length=24, blank=True)
    topic = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    mark = models.CharField(max_length=1, choices=Reliance.choices, default=Reliance.NOT_FOUND)
    is_verified = models.BooleanField(default=False)

    objects = MallManager()

    class Meta:
        verbose_name = _("ketentuan hukum")
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "key"], condition=~models.Q(key=""), name="legal_setting_key"
            ),
            models.CheckConstraint(
                condition=models.Q(is_verified=False) | (~models.Q(text="") & ~models.Q(source="")),
                name="legal_setting_verified_with_a_source",
            ),
        ]
