"""One visit through several agencies: planned steps, templates, the rule of the place."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Service
from gerai.malls.scope import MallManager, MallRow
from gerai.queue.models.tickets import Ticket, Visit
from gerai.queue.plan import MOST_PASSED, MOST_PASSED_USUALLY, MOST_STEPS, Place

MOST_ITEMS = 99


class PlaceChoice(models.TextChoices):
    """The place in the next line that a visitor has earned, in words."""

    ARRIVAL = Place.ARRIVAL.value, _("Menurut jam datang di mal")
    HALF = Place.HALF.value, _("Di tengah: separuh jalan antara keduanya")
    STEP_END = Place.STEP_END.value, _("Menurut jam selesainya langkah sebelumnya")


class RouteRule(MallRow):
    """The mall's rule of the place in the next line, in versions; the newest is in force.

    most_passed: how many from other lines may at most pass somebody who waits.
    """

    version = models.PositiveIntegerField()
    since = models.DateTimeField()
    place = models.CharField(max_length=8, choices=PlaceChoice.choices)
    most_passed = models.PositiveSmallIntegerField(default=MOST_PASSED_USUALLY)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "version"], name="route_rule_version"),
            models.CheckConstraint(
                condition=Q(place__in=sorted(PlaceChoice.values)), name="route_rule_is_known"
            ),
            models.CheckConstraint(
                condition=Q(most_passed__range=MOST_PASSED), name="route_rule_has_a_bound"
            ),
        ]


class RouteTemplate(MallRow):
    """A need that takes several services, by the name under which it is offered."""

    name = models.CharField(max_length=120)
    source = models.CharField(max_length=240, blank=True)
    is_active = models.BooleanField(default=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("rute")
        constraints = [models.UniqueConstraint(fields=["mall", "name"], name="route_template_name")]

    def __str__(self) -> str:
        return self.name


class RouteTemplateStep(MallRow):
    """A service of a template. Equal stages: in any order; 0: at any moment of the visit."""

    template = models.ForeignKey(RouteTemplate, on_delete=models.CASCADE, related_name="steps")
    stage = models.PositiveSmallIntegerField()
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveSmallIntegerField(default=1)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template", "service"], name="route_template_service_once"
            ),
            models.CheckConstraint(
                condition=Q(stage__lte=MOST_STEPS) & Q(amount__range=(1, MOST_ITEMS)),
                name="route_template_step_is_bounded",
            ),
        ]


class PlanState(models.TextChoices):
    """Where a planned step stands."""

    PLANNED = "planned", _("Direncanakan")
    ENTERED = "entered", _("Di antrean")
    DONE = "done", _("Selesai")
    SKIPPED = "skipped", _("Dilewati")


OPEN_STEPS = (PlanState.PLANNED, PlanState.ENTERED)


class PlannedStep(MallRow):
    """A step of a visit that needs several services.

    ticket: the place in a line that it became. Equal stages: in any order; 0: at any moment.
    stopped_by: the ticket whose end stopped the visit, and skipped this step with it.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="plan")
    stage = models.PositiveSmallIntegerField()
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=PlanState.choices, default=PlanState.PLANNED)
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, null=True, related_name="planned_steps"
    )
    stopped_by = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=100, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("langkah kunjungan")
        indexes = [
            models.Index(
                fields=["mall", "service"],
                condition=Q(state=PlanState.PLANNED),
                name="planned_step_waits",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "service"],
                condition=Q(state__in=OPEN_STEPS),
                name="planned_step_open_once",
            ),
            models.UniqueConstraint(
                fields=["ticket"],
                condition=Q(state=PlanState.ENTERED),
                name="planned_step_of_a_ticket_once",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.PLANNED, ticket=None)
                | Q(state__in=(PlanState.ENTERED, PlanState.DONE), ticket__isnull=False)
                | Q(state=PlanState.SKIPPED),
                name="planned_step_names_its_ticket",
            ),
            models.CheckConstraint(
                condition=Q(stage__lte=MOST_STEPS) & Q(amount__range=(1, MOST_ITEMS)),
                name="planned_step_is_bounded",
            ),
        ]

    def __str__(self) -> str:
        return str(self.service)


class ServedItem(MallRow):
    """What was done at the desk for a number, with how many: 3 legalised copies."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="items")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MOST_ITEMS)]
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "service"], name="served_item_once"),
            models.CheckConstraint(
                condition=Q(amount__range=(1, MOST_ITEMS)), name="served_item_is_bounded"
            ),
        ]
