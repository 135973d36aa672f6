"""Cooperation agreements (PKS) between the mall's operator and an agency."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models.agencies import Agency
from gerai.malls.scope import MallManager, MallRow


class AgreementState(models.TextChoices):
    """How far an agreement has come. Only a signed one binds."""

    PLANNED = "planned", _("Direncanakan")
    PROMISED = "promised", _("Kesepakatan bersama")
    SIGNED = "signed", _("Ditandatangani")
    ENDED = "ended", _("Berakhir")


class Agreement(MallRow):
    """What the operator and an agency agreed: dates, duty days, who brings what.

    An agreement that is renewed is a further row; the old one is ended.
    duty_days: weekdays (0 = Monday) on which the agency serves in the mall.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")
    state = models.CharField(
        max_length=10, choices=AgreementState.choices, default=AgreementState.PLANNED
    )
    number = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    duty_days = models.JSONField(default=list)
    officers = models.PositiveSmallIntegerField(default=0)
    agency_brings = models.TextField(blank=True)
    operator_brings = models.TextField(blank=True)
    contact = models.CharField(max_length=160, blank=True)
    note = models.TextField(blank=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("perjanjian kerja sama")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(starts_on__lte=models.F("ends_on")),
                name="agreement_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="signed") | models.Q(signed_on__isnull=False),
                name="agreement_signed_has_a_day",
            ),
        ]
