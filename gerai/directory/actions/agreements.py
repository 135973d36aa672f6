"""Agreements with agencies: planned, signed, ended."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Agency, Agreement, AgreementState
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import one_transaction

UNSIGNED = (AgreementState.PLANNED, AgreementState.PROMISED)


class AgreementGone(Refused):
    """The agreement is not what the page showed."""

    message = _("Perjanjian ini sudah diubah orang lain. Muat ulang halamannya, lalu coba lagi.")
    status = 409


@one_transaction
def plan_agreement(
    agency: Agency,
    *,
    by: audit.Actor,
    state: AgreementState = AgreementState.PLANNED,
    number: str = "",
    signed_on: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    duty_days: Sequence[int] = (),
    officers: int = 0,
    agency_brings: str = "",
    operator_brings: str = "",
    contact: str = "",
    note: str = "",
) -> Agreement:
    """Write down what is agreed, or to be agreed, with an agency.

    duty_days: weekdays, 0 = Monday.
    """
    agreement: Agreement = Agreement.objects.create(
        mall=current_mall(),
        agency=agency,
        state=state,
        number=number,
        signed_on=signed_on,
        starts_on=starts_on,
        ends_on=ends_on,
        duty_days=sorted(set(duty_days)),
        officers=officers,
        agency_brings=agency_brings,
        operator_brings=operator_brings,
        contact=contact,
        note=note,
    )
    audit.record(
        "directory.plan_agreement", thing=f"agreement:{agreement.pk}", by=by, agency=agency.code
    )
    publish("directory.plan_agreement")
    return agreement


@one_transaction
def change_agreement(
    agreement: Agreement,
    *,
    by: audit.Actor,
    state: AgreementState,
    number: str,
    signed_on: date | None,
    starts_on: date | None,
    ends_on: date | None,
    duty_days: Sequence[int],
    officers: int,
    agency_brings: str,
    operator_brings: str,
    contact: str,
    note: str,
) -> None:
    """Say something else of an agreement.

    :raises AgreementGone: somebody else moved it to another state meanwhile
    """
    changed = Agreement.objects.filter(pk=agreement.pk, state=agreement.state).update(
        state=state,
        number=number,
        signed_on=signed_on,
        starts_on=starts_on,
        ends_on=ends_on,
        duty_days=sorted(set(duty_days)),
        officers=officers,
        agency_brings=agency_brings,
        operator_brings=operator_brings,
        contact=contact,
        note=note,
    )
    if not changed:
        raise AgreementGone
    audit.record(
        "directory.change_agreement", thing=f"agreement:{agreement.pk}", by=by, state=state
    )
    publish("directory.change_agreement")


@one_transaction
def sign_agreement(
    agreement: Agreement,
    *,
    number: str,
    signed_on: date,
    starts_on: date,
    ends_on: date | None,
    by: audit.Actor,
) -> None:
    """Note that an agreement was signed; from then on it binds.

    :raises AgreementGone: it is signed or ended already
    """
    moved = Agreement.objects.filter(pk=agreement.pk, state__in=UNSIGNED).update(
        state=AgreementState.SIGNED,
        number=number,
        signed_on=signed_on,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    if not moved:
        raise AgreementGone
    audit.record("directory.sign_agreement", thing=f"agreement:{agreement.pk}", by=by)
    publish("directory.sign_agreement")


@one_transaction
def end_agreement(agreement: Agreement, *, on: date, by: audit.Actor) -> None:
    """End an agreement; a renewed one is a further agreement.

    :raises AgreementGone: it was not in force
    """
    moved = Agreement.objects.filter(pk=agreement.pk, state=AgreementState.SIGNED).update(
        state=AgreementState.ENDED, ends_on=on
    )
    if not moved:
        raise AgreementGone
    audit.record("directory.end_agreement", thing=f"agreement:{agreement.pk}", by=by)
    publish("directory.end_agreement")
