"""Printers and their troubles, the printing of slips, and the layout of a mall's slips."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Device
from gerai.malls.scope import MallManager, MallRow
from gerai.printing.rules import TROUBLES, Condition, Connection
from gerai.printing.states import State
from gerai.queue.models import Ticket

CONNECTIONS = [
    (Connection.NETWORK.value, _("Jaringan")),
    (Connection.USB.value, _("USB")),
    (Connection.FILE.value, _("Berkas perangkat atau berkas uji")),
]
CONDITIONS = [(each.value, each.value) for each in Condition]
STATES = [(each.value, each.value) for each in State]


class Printer(MallRow):
    """A slip printer of the mall, at a kiosk or free for all who reprint.

    `condition` is how it was when it was last asked, since `condition_since`; `looked_at`
    when somebody last asked, `last_seen_at` when it last answered.
    """

    name = models.CharField(max_length=60)
    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, null=True, blank=True, related_name="printers"
    )
    connection = models.CharField(max_length=8, choices=CONNECTIONS)
    host = models.CharField(max_length=253, blank=True)
    port = models.PositiveIntegerField(default=9100)
    usb_vendor = models.CharField(max_length=4, blank=True)
    usb_product = models.CharField(max_length=4, blank=True)
    path = models.CharField(max_length=60, blank=True)
    paper = models.PositiveSmallIntegerField(default=80)
    profile = models.CharField(max_length=20, default="default")
    answers = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    condition = models.CharField(max_length=12, choices=CONDITIONS, default=Condition.UNKNOWN)
    condition_since = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("pencetak")
        constraints = [
            models.UniqueConstraint(fields=["mall", "name"], name="printer_name"),
            models.UniqueConstraint(
                fields=["device"],
                condition=models.Q(is_active=True),
                name="kiosk_has_one_printer",
            ),
            models.CheckConstraint(
                condition=models.Q(paper__in=(58, 80)), name="printer_paper_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Trouble(MallRow):
    """What was the matter with a printer, from when until when; open while ended_at is null."""

    printer = models.ForeignKey(Printer, on_delete=models.CASCADE, related_name="troubles")
    condition = models.CharField(max_length=12, choices=CONDITIONS)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["printer"],
                condition=models.Q(ended_at=None),
                name="printer_has_one_trouble",
            ),
            models.CheckConstraint(
                condition=models.Q(condition__in=sorted(TROUBLES)), name="trouble_is_one"
            ),
        ]


class PrintJob(MallRow):
    """The printing of one copy of a ticket's slip; of none, a test. Sent at most once.

    `address` is what its QR code opens. Until `deadline` the paper may be confirmed.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, null=True, related_name="print_jobs"
    )
    printer = models.ForeignKey(Printer, on_delete=models.SET_NULL, null=True, related_name="jobs")
    copy = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=STATES, default=State.QUEUED)
    address = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField()
    deadline = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    sent = models.PositiveIntegerField(default=0)
    condition = models.CharField(max_length=12, choices=CONDITIONS, default=Condition.UNKNOWN)
    reason = models.CharField(max_length=120, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("cetakan struk")
        indexes = [models.Index(fields=["mall", "state", "deadline"], name="job_due")]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "copy"], name="slip_copy_once"),
            models.UniqueConstraint(
                fields=["printer"],
                condition=models.Q(state=State.SENDING),
                name="printer_sends_one_slip",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]),
                name="job_state_is_known",
            ),
        ]


class NumberSize(models.IntegerChoices):
    """How high the number stands on a slip, in dots."""

    SMALL = 110, _("Kecil")
    MEDIUM = 170, _("Sedang")
    LARGE = 240, _("Besar")


class SlipLayout(MallRow):
    """What stands on the mall's slips, in versions; the newest is in force.

    logo: as `slip.logo_of` makes it, empty without one.
    """

    version = models.PositiveIntegerField()
    since = models.DateTimeField()
    logo = models.BinaryField(blank=True, default=b"")
    heading = models.CharField(max_length=200, blank=True)
    shows_mall = models.BooleanField(default=True)
    number_size = models.PositiveSmallIntegerField(
        choices=NumberSize.choices, default=NumberSize.LARGE
    )
    shows_service = models.BooleanField(default=True)
    shows_time = models.BooleanField(default=True)
    shows_ahead = models.BooleanField(default=True)
    requirements = models.PositiveSmallIntegerField(default=0)
    shows_code = models.BooleanField(default=True)
    footer = models.CharField(max_length=300, blank=True)
    is_bilingual = models.BooleanField(default=False)
    feed = models.PositiveSmallIntegerField(default=3)
    cuts = models.BooleanField(default=True)

    objects = MallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "version"], name="layout_version")]
