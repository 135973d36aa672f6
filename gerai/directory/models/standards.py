"""The published standard of a service: 14 components, versioned, with decree and source."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models.services import Service
from gerai.malls.scope import MallManager, MallRow

# The components of a standard, in the order of PermenPANRB 15/2014: of the delivery, which are
# published, and of managing it, which are the maker's (DOMAIN 2.1).
DELIVERY = ("requirements", "procedure", "time", "fee", "product", "complaints")
MANAGING = (
    "legal_basis",
    "facilities",
    "competence",
    "supervision",
    "staff",
    "service_guarantee",
    "security_guarantee",
    "evaluation",
)


class Standard(MallRow):
    """One version of a service's standard, valid from a day on.

    The six delivery components are published: requirements (rows of their own), procedure,
    time, fee, product, complaints. The eight others are the maker's: legal basis,
    facilities, competence, supervision, staff, service guarantee, security guarantee,
    evaluation. An empty text says that the source did not state the component.
    Source of the list: UU 25/2009 as repeated by PermenPANRB 15/2014 (DOMAIN 2.1).
    """

    class DurationUnit(models.TextChoices):
        MINUTES = "menit", _("menit")
        HOURS = "jam", _("jam")
        DAYS = "hari", _("hari")
        WORKING_DAYS = "hari_kerja", _("hari kerja")
        WEEKS = "minggu", _("minggu")
        MONTHS = "bulan", _("bulan")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="standards")
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField(null=True)
    decree_number = models.CharField(max_length=120, blank=True)
    source = models.TextField(blank=True)
    verification = models.CharField(max_length=40, blank=True)
    fingerprint = models.CharField(max_length=64)

    procedure = models.JSONField(default=list)
    duration_text = models.CharField(max_length=400, blank=True)
    duration_min = models.PositiveIntegerField(null=True)
    duration_max = models.PositiveIntegerField(null=True)
    duration_unit = models.CharField(max_length=12, choices=DurationUnit.choices, blank=True)
    fee_text = models.TextField(blank=True)
    fee_rupiah = models.PositiveBigIntegerField(null=True)
    product = models.CharField(max_length=240, blank=True)
    validity_text = models.CharField(max_length=120, blank=True)
    complaints = models.TextField(blank=True)

    legal_basis = models.TextField(blank=True)
    facilities = models.TextField(blank=True)
    competence = models.TextField(blank=True)
    supervision = models.TextField(blank=True)
    staff = models.TextField(blank=True)
    service_guarantee = models.TextField(blank=True)
    security_guarantee = models.TextField(blank=True)
    evaluation = models.TextField(blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("standar pelayanan")
        constraints = [
            models.UniqueConstraint(fields=["service", "version"], name="standard_version")
        ]


class Requirement(MallRow):
    """Something to bring; with a condition, only where that applies."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    condition = models.CharField(max_length=400, blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("persyaratan")
        constraints = [
            models.UniqueConstraint(fields=["standard", "position"], name="requirement_position")
        ]
