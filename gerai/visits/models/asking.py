"""Who asked to come, and what is prepared for them; and the mall's settings for visits."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Guide
from gerai.malls.scope import MallManager, MallRow
from gerai.visits.states import BOOKED, MOVES, State, Verb

STATES = [(state.value, state.value) for state in State]


class Rules(MallRow):
    """The mall's settings for visits: one row a mall; a pattern of malls, not a law."""

    notice_days = models.PositiveSmallIntegerField(default=7)
    answer_days = models.PositiveSmallIntegerField(default=5)
    largest_group = models.PositiveSmallIntegerField(default=60)
    usual_minutes = models.PositiveSmallIntegerField(default=150)
    material_days = models.PositiveSmallIntegerField(default=90)
    closed_weekdays = models.JSONField(default=list, blank=True)
    gives_blueprint = models.BooleanField(default=True)
    source_note = models.CharField(max_length=400, blank=True)
    letter_text = models.TextField(blank=True)
    signatory_role = models.CharField(max_length=160, blank=True)
    signatory_name = models.CharField(max_length=160, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("aturan kunjungan")
        constraints = [
            models.UniqueConstraint(fields=["mall"], name="visit_rules_one_per_mall"),
            models.CheckConstraint(
                condition=models.Q(largest_group__gte=1), name="visit_rules_group_has_somebody"
            ),
        ]


class ClosedDay(MallRow):
    """A day on which the mall is open but receives no delegation."""

    day = models.DateField()
    reason = models.CharField(max_length=160)

    objects = MallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "day"], name="visit_closed_once")]


class RefusalReason(MallRow):
    """A reason for which a request may be refused; words of the desk are added to it."""

    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=160)
    is_active = models.BooleanField(default=True)

    objects = MallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "text"], name="visit_reason_once")]


class Room(MallRow):
    """A room in which a delegation is received."""

    name = models.CharField(max_length=120)
    seats = models.PositiveSmallIntegerField(default=30)
    note = models.CharField(max_length=240, blank=True)
    is_active = models.BooleanField(default=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("ruang")
        constraints = [models.UniqueConstraint(fields=["mall", "name"], name="visit_room_name")]

    def __str__(self) -> str:
        return self.name


class Relation(MallRow):
    """An institution of a region that comes to learn: all its visits hang here."""

    region_code = models.CharField(max_length=5)
    region_name = models.CharField(max_length=120)
    institution = models.CharField(max_length=200)

    objects = MallManager()

    class Meta:
        verbose_name = _("hubungan belajar")
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "region_code", "institution"], name="relation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.institution}, {self.region_name}"


class VisitYear(MallRow):
    """How many requests a year had: the counter row that references come from."""

    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    objects = MallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "year"], name="visit_year_once")]


class VisitQuerySet(models.QuerySet["Visit"]):
    """Questions about visits, and their one conditional move."""

    def booked(self) -> "VisitQuerySet":
        return self.filter(state__in=BOOKED)

    def move(self, visit: "Visit", verb: Verb, **changes: object) -> bool:
        """Make a move of the table if the visit still stands where it was read.

        Tells whether it did; the row read is then up to date.
        """
        start = State(visit.state)
        end = MOVES[verb].get(start)
        if end is None:
            return False
        moved = self.filter(pk=visit.pk, state=start).update(state=end, **changes)
        if moved:
            visit.state = end
            for name, value in changes.items():
                if not hasattr(value, "resolve_expression"):
                    setattr(visit, name, value)
        return bool(moved)


class Visit(MallRow):
    """A delegation's request to come, and the visit it becomes; `secret` opens its page."""

    relation = models.ForeignKey(Relation, on_delete=models.PROTECT, related_name="visits")
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers"
    )
    reference = models.CharField(max_length=20)
    secret = models.CharField(max_length=43, unique=True)
    idempotency_key = models.CharField(max_length=64)
    language = models.CharField(max_length=2, default="id")
    state = models.CharField(max_length=12, choices=STATES, default=State.ASKED)
    asked_at = models.DateTimeField()
    answer_due = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    leader_name = models.CharField(max_length=160)
    leader_title = models.CharField(max_length=160, blank=True)
    contact_name = models.CharField(max_length=160)
    contact_email = models.EmailField()
    contact_phone = models.CharField(max_length=30)
    purpose = models.TextField()
    size = models.PositiveSmallIntegerField()
    wished = models.JSONField(default=list)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    refusal_reason = models.CharField(max_length=160, blank=True)
    refusal_words = models.TextField(blank=True)
    answer_words = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)

    objects = MallManager.from_queryset(VisitQuerySet)()

    class Meta:
        verbose_name = _("kunjungan studi")
        indexes = [
            models.Index(fields=["mall", "state", "answer_due"], name="visit_desk"),
            models.Index(fields=["mall", "starts_at"], name="visit_calendar"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["mall", "reference"], name="study_reference_once"),
            models.UniqueConstraint(
                fields=["mall", "idempotency_key"], name="study_request_sent_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]),
                name="study_visit_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(size__gte=1), name="study_visit_has_somebody"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(BOOKED))
                | models.Q(
                    starts_at__isnull=False,
                    ends_at__isnull=False,
                    room__isnull=False,
                    host__isnull=False,
                ),
                name="study_visit_booked_has_its_place",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="study_visit_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Slot(MallRow):
    """A half hour of a room or of a host, taken by one visit: two cannot have it."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, related_name="+")
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "starts_at"], name="room_half_hour_once"),
            models.UniqueConstraint(fields=["host", "starts_at"], name="host_half_hour_once"),
            models.CheckConstraint(
                condition=models.Q(room__isnull=False, host__isnull=True)
                | models.Q(room__isnull=True, host__isnull=False),
                name="slot_is_of_a_room_or_a_host",
            ),
        ]


class Guest(MallRow):
    """One of the delegation; `key` is the name as it is compared."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="guests")
    key = models.CharField(max_length=400)
    name = models.CharField(max_length=160)
    title = models.CharField(max_length=160, blank=True)
    institution = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    is_leader = models.BooleanField(default=False)
    checked_in_at = models.DateTimeField(null=True, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("tamu")
        constraints = [models.UniqueConstraint(fields=["visit", "key"], name="guest_once_a_visit")]

    def __str__(self) -> str:
        return self.name


class Answer(MallRow):
    """An answer given once and reused; `question_text` is the question as first put."""

    question_text = models.CharField(max_length=500)
    text = models.TextField()
    changed_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)

    objects = MallManager()

    class Meta:
        verbose_name = _("jawaban")
        constraints = [
            models.UniqueConstraint(fields=["mall", "question_text"], name="visit_answer_once")
        ]


class Question(MallRow):
    """Something the guests want to know, sent ahead or asked on the day."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=500)
    asked_by = models.CharField(max_length=160, blank=True)
    is_ahead = models.BooleanField(default=True)
    answer = models.ForeignKey(
        Answer, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )

    objects = MallManager()

    class Meta:
        verbose_name = _("pertanyaan tamu")
        ordering = ["position", "pk"]


class ProgrammeStep(MallRow):
    """A line of the mall's pattern for a programme."""

    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=160, blank=True)

    objects = MallManager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1), name="programme_step_takes_time"
            )
        ]


class ProgrammeItem(MallRow):
    """A line of a visit's programme; `starts_at` follows from the minutes before it."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="programme")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    minutes = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=160, blank=True)

    objects = MallManager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1), name="programme_item_takes_time"
            )
        ]


class MaterialKind(models.TextChoices):
    """What guests may take home."""

    SLIDES = "slides", _("Paparan")
    PROCEDURE = "procedure", _("SOP")
    AGREEMENT = "agreement", _("Contoh perjanjian kerja sama")
    LAYOUT = "layout", _("Denah")
    OTHER = "other", _("Lainnya")


class Material(MallRow):
    """Something guests may read until a day: an attachment, or a guide of the mall.

    Without a visit it is for all visits. Its file hangs at `thing` in the papers.
    """

    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, null=True, blank=True, related_name="materials"
    )
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=MaterialKind.choices, default=MaterialKind.OTHER)
    guide = models.ForeignKey(
        Guide, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    available_until = models.DateField(null=True, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("materi")

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> str:
        """The key of its file in the papers."""
        return f"material:{self.pk}"
