"""Rows that come with a blueprint, written as the office writes them."""

import pytest

from gerai.directory.actions.agreements import AgreementGone
from gerai.directory.actions.taking import take_agreement
from gerai.directory.models import Agreement
from gerai.directory.tests.factories import an_agency
from gerai.people.audit import SYSTEM
from gerai.people.models import Deed


@pytest.mark.parametrize("state", ["signed", "ended"])
def test_an_agreement_that_was_signed_meanwhile_stays(mall, state: str):
    agency = an_agency()
    planned = Agreement.objects.create(mall=mall, agency=agency, state="planned", officers=1)
    Agreement.objects.filter(pk=planned.pk).update(state=state, signed_on="2026-01-01")
    with pytest.raises(AgreementGone):
        take_agreement(
            planned,
            agency=agency,
            duty_days=[1],
            officers=9,
            agency_brings="Lain",
            operator_brings="",
            by=SYSTEM,
        )
    kept = Agreement.objects.get()
    assert (kept.officers, kept.agency_brings, kept.duty_days) == (1, "", [])
    assert not Deed.objects.filter(verb="directory.change_agreement").exists()
