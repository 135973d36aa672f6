"""Lines, visits, tickets (a place in a line), their steps, the desks and the calls."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Agency, Counter, Device, Service, Zone
from gerai.malls.scope import MallManager, MallRow
from gerai.queue.states import AT_A_COUNTER, IN_THE_HOUSE, MOVES, State, Verb

STATES = [(state.value, state.value) for state in State]
VERBS = [(verb.value, verb.value) for verb in Verb]


class Line(MallRow):
    """A line of an agency, with its letters: A, B, … before the number."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="lines")
    code = models.CharField(max_length=4)
    name = models.CharField(max_length=120)
    usual_minutes = models.PositiveSmallIntegerField(default=10)
    is_active = models.BooleanField(default=True)
    services = models.ManyToManyField(Service, through="LineService", related_name="lines")

    objects = MallManager()

    class Meta:
        verbose_name = _("antrean")
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="line_code")]

    def __str__(self) -> str:
        return self.code


class LineService(MallRow):
    """Visitors of a service stand in this line; a service has one line."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE)
    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="line_service")

    objects = MallManager()


class LineDay(MallRow):
    """What a line gave out on a mall day: the counter row that numbers come from.

    `streaks`: priority and ordinary calls in a row, by counters that may call the same
    visitors. `shares`: whose turn it is by a ratio between lines, under the rule of version
    `turns_of`.
    """

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    last_number = models.PositiveIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)
    streaks = models.JSONField(default=dict)
    turns_of = models.PositiveIntegerField(default=0)
    shares = models.JSONField(default=dict)

    objects = MallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "day"], name="line_day_once")]


class Rule(MallRow):
    """The mall's order of calling, in versions; the newest is in force. Append only.

    `document` is read by `gerai.queue.rules.parse`; what it leaves out is as usual.
    """

    version = models.PositiveIntegerField()
    since = models.DateTimeField()
    document = models.JSONField(default=dict)

    objects = MallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "version"], name="rule_version")]


class Door(models.TextChoices):
    """Where a number was taken."""

    KIOSK = "kiosk", _("Kios")
    PHONE = "phone", _("Ponsel")
    GREETER = "greeter", _("Penyambut")


class Group(models.TextChoices):
    """Whom a published ratio calls earlier; ordinary visitors have none."""

    ORDINARY = "ordinary", _("Umum")
    ELDERLY = "elderly", _("Lansia")
    DISABLED = "disabled", _("Penyandang disabilitas")
    PREGNANT = "pregnant", _("Ibu hamil")
    CHILD = "child", _("Membawa anak kecil")


class Visit(MallRow):
    """One person's coming to the mall. Holds no name and no NIK; `token` opens its page."""

    token = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=6)
    day = models.DateField()
    door = models.CharField(max_length=8, choices=Door.choices)
    group = models.CharField(max_length=10, choices=Group.choices, default=Group.ORDINARY)
    language = models.CharField(max_length=2, default="id")
    idempotency_key = models.CharField(max_length=64)
    came_at = models.DateTimeField()

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "idempotency_key"], name="visit_sent_once")
        ]


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Questions about tickets, and their one conditional move."""

    def in_the_house(self) -> "TicketQuerySet":
        return self.filter(state__in=IN_THE_HOUSE)

    def waiting(self) -> "TicketQuerySet":
        return self.filter(state=State.WAITING)

    def in_order(self) -> "TicketQuerySet":
        return self.order_by("arrived_at", "pk")

    def move(self, ticket: "Ticket", verb: Verb, **changes: object) -> bool:
        """Make a move of the table if the ticket still stands where it was read.

        Tells whether it did; the row read is then up to date.
        """
        start = State(ticket.state)
        end = MOVES[verb].get(start)
        if end is None:
            return False
        moved = self.filter(pk=ticket.pk, state=start).update(state=end, **changes)
        if moved:
            ticket.state = end
            for name, value in changes.items():
                setattr(ticket, name, value)
        return bool(moved)


class Ticket(MallRow):
    """A place in a line (queue entry), with its number and one stored state.

    `number` runs per line and day; a ticket that came over from another line keeps its
    label and has none of its own. `arrived_at` is what first come first served goes by.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="tickets")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="tickets")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField(null=True)
    label = models.CharField(max_length=12)
    is_priority = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=STATES, default=State.WAITING)
    arrived_at = models.DateTimeField()
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, null=True, related_name="+")
    wanted_counter = models.ForeignKey(
        Counter, on_delete=models.PROTECT, null=True, related_name="+"
    )
    callable_after = models.PositiveIntegerField(default=0)
    times_called = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=16, blank=True)
    came_from = models.OneToOneField("self", on_delete=models.PROTECT, null=True)
    rating_token = models.CharField(max_length=43, blank=True)

    objects = MallManager.from_queryset(TicketQuerySet)()

    class Meta:
        verbose_name = _("nomor antrean")
        indexes = [
            models.Index(fields=["line", "day", "state", "arrived_at"], name="ticket_next"),
            models.Index(fields=["mall", "day", "state"], name="ticket_board"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["line", "day", "number"], name="ticket_number_once"),
            models.UniqueConstraint(
                fields=["counter"],
                condition=models.Q(state__in=sorted(AT_A_COUNTER)),
                name="counter_has_one_ticket",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]),
                name="ticket_state_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(AT_A_COUNTER))
                | models.Q(counter__isnull=False),
                name="ticket_at_a_counter_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Step(MallRow):
    """One move of a ticket: append only. Durations and explanations are read off here."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12, choices=VERBS)
    state = models.CharField(max_length=12, choices=STATES)
    at = models.DateTimeField()
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=240, blank=True)
    explanation = models.JSONField(default=dict)

    objects = MallManager()

    class Meta:
        indexes = [models.Index(fields=["mall", "at"], name="step_by_time")]


class Desk(MallRow):
    """An officer's time at a counter, from opening to closing; open while closed_at is null."""

    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="desks")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=120, blank=True)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counter"],
                condition=models.Q(closed_at=None),
                name="counter_has_one_officer",
            ),
            models.UniqueConstraint(
                fields=["officer"],
                condition=models.Q(closed_at=None),
                name="officer_has_one_counter",
            ),
        ]


class ZoneVoice(MallRow):
    """How many calls a zone has had: the counter row that call numbers come from."""

    zone = models.OneToOneField(Zone, on_delete=models.CASCADE, related_name="voice")
    last_sequence = models.PositiveIntegerField(default=0)

    objects = MallManager()


class Speech(models.TextChoices):
    """What became of a call in its zone."""

    WAITING = "waiting", _("menunggu diucapkan")
    CLAIMED = "claimed", _("sedang diucapkan")
    SPOKEN = "spoken", _("sudah diucapkan")
    WITHDRAWN = "withdrawn", _("dibatalkan petugas")
    LAPSED = "lapsed", _("terlambat diucapkan")


class Call(MallRow):
    """A call to be spoken exactly once in its zone, numbered without gap per zone."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="calls")
    sequence = models.PositiveIntegerField()
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="calls")
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="+")
    times = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    speech = models.CharField(max_length=10, choices=Speech.choices, default=Speech.WAITING)
    claimed_by = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    spoken_at = models.DateTimeField(null=True)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "sequence"], name="call_sequence_once")
        ]
