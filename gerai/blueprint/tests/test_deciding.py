"""What a model changes is proposed, and decided once."""

import json
from datetime import UTC, datetime

import pytest

from gerai.blueprint.actions import deciding
from gerai.blueprint.exports import local_parts
from gerai.blueprint.models import Part, PartState, SigningKey
from gerai.blueprint.queries import open_proposals, proposals
from gerai.blueprint.tests.factories import (
    LATER,
    a_document,
    a_file,
    a_guide_part,
    a_model,
    an_agency_part,
    counts,
    exported,
    parts_of,
    signed,
    take,
)
from gerai.directory.actions.agencies import change_agency
from gerai.directory.models import Agency, Agreement, Guide, Standard
from gerai.directory.tests.factories import an_agency
from gerai.people.audit import SYSTEM
from gerai.queue.models import Rule


def test_all_proposals_accepted_at_once(mall):
    data = exported(a_model())
    take(data)
    decision = deciding.accept(open_proposals(), by=SYSTEM)
    assert (decision.refused, open_proposals().count()) == ([], 0)
    hidden = local_parts(with_hidden=True)
    assert [
        {"kind": part.kind, "key": part.key, "content": part.content} for part in hidden
    ] == parts_of(data)


def test_a_difference_is_proposed_and_told(founding):
    an_agency(code="dukcapil", name="Dinas Dukcapil Perintis", short_name="Dukcapil", kind="opd")
    assert counts(take(a_file(an_agency_part()))) == (1, 0, 0)
    (proposal,) = proposals(open_proposals())
    assert [(str(one.name), one.before, one.after) for one in proposal.differences] == [
        ("Nama", "Dinas Dukcapil Perintis", "Dinas DUKCAPIL"),
        ("Nama pendek", "Dukcapil", "DUKCAPIL"),
    ]
    assert Agency.objects.get().name == "Dinas Dukcapil Perintis"
    deciding.accept([proposal.part], by=SYSTEM)
    assert Agency.objects.get().name == "Dinas DUKCAPIL"
    assert Agency.objects.get().code == "dukcapil"
    assert not open_proposals().exists()


def test_a_declined_proposal_stays_declined_until_the_model_changes(founding):
    an_agency(code="DUKCAPIL", name="Lain")
    data = a_file(an_agency_part())
    take(data)
    deciding.decline(Part.objects.get(), by=SYSTEM)
    assert counts(take(data)) == (0, 1, 0)
    assert counts(take(a_file(an_agency_part(), issued_at=LATER))) == (0, 1, 0)
    changed = a_file(an_agency_part(name="Baru"), issued_at=LATER)
    assert counts(take(changed)) == (1, 0, 0)
    assert [part.state for part in open_proposals()] == [PartState.PROPOSED]


def test_an_update_of_the_model_is_proposed_whether_adapted_or_not(founding):
    take(a_file(an_agency_part(), an_agency_part("BPN")))
    adapted = Agency.objects.get(code="BPN")
    change_agency(
        adapted,
        code="BPN",
        name="Kantor Pertanahan Perintis",
        short_name="BPN",
        kind="vertical",
        icon="building",
        site="",
        by=SYSTEM,
    )
    update = a_file(an_agency_part(name="X"), an_agency_part("BPN", name="Y"), issued_at=LATER)
    assert counts(take(update)) == (2, 0, 0)
    assert [(row.part.key, row.is_adapted) for row in proposals(open_proposals())] == [
        ("BPN", True),
        ("DUKCAPIL", False),
    ]


def test_what_became_equal_by_hand_is_no_proposal_any_more(founding):
    an_agency(code="DUKCAPIL", name="Lain", short_name="DUKCAPIL")
    take(a_file(an_agency_part(name="Lain dulu")))
    Agency.objects.update(name="Sama")
    assert counts(take(a_file(an_agency_part(name="Sama"), issued_at=LATER))) == (0, 1, 0)
    assert Part.objects.get().state == PartState.ACCEPTED


def test_a_part_removed_here_is_proposed_not_written_again(founding):
    take(a_file(a_guide_part()))
    Guide.objects.all().delete()
    assert counts(take(a_file(a_guide_part()))) == (0, 1, 0)
    assert counts(take(a_file(a_guide_part(text="Baru"), issued_at=LATER))) == (1, 0, 0)
    assert not Guide.objects.exists()


def test_an_accepted_service_gets_a_further_version(founding):
    data = exported(a_model())
    take(data)
    changed = a_document(*parts_of(data))
    service = next(part for part in changed["parts"] if part["key"] == "DUK-01")
    service["content"]["standard"]["product"] = "KTP-el baru"
    changed["mall"] = json.loads(data)["mall"]
    changed["issued_at"] = "2099-01-01T00:00:00Z"
    own = SigningKey.objects.get().private_key
    taken = take(signed(changed, own))
    assert counts(taken) == (1, len(changed["parts"]) - 1, 0)
    (proposal,) = proposals(open_proposals())
    assert [(str(one.name), one.before, one.after) for one in proposal.differences] == [
        ("Produk", "KTP-el", "KTP-el baru")
    ]
    assert not proposal.is_adapted
    deciding.accept([proposal.part], by=SYSTEM)
    versions = Standard.objects.filter(service__code="DUK-01").order_by("version")
    assert [(row.version, row.product) for row in versions] == [(1, "KTP-el"), (2, "KTP-el baru")]


def test_a_signed_agreement_is_never_changed(founding):
    agency = an_agency(code="DUKCAPIL", name="Dinas DUKCAPIL", short_name="DUKCAPIL")
    Agreement.objects.create(
        mall=founding, agency=agency, state="signed", signed_on="2026-01-01", officers=1
    )
    part = {
        "kind": "agreement",
        "key": "DUKCAPIL",
        "content": {"duty_days": [1], "officers": 9, "agency_brings": "", "operator_brings": ""},
    }
    take(a_file(part))
    decision = deciding.accept(open_proposals(), by=SYSTEM)
    assert (decision.accepted, len(decision.refused)) == (0, 1)
    assert Agreement.objects.get().officers == 1
    assert open_proposals().count() == 1


def test_a_proposal_is_decided_once(founding):
    an_agency(code="DUKCAPIL", name="Lain")
    take(a_file(an_agency_part()))
    part = Part.objects.get()
    deciding.decline(part, by=SYSTEM)
    with pytest.raises(deciding.Decided):
        deciding.accept([part], by=SYSTEM)
    with pytest.raises(deciding.Decided):
        deciding.decline(part, by=SYSTEM)
    assert Agency.objects.get().name == "Lain"


def test_a_rule_of_the_model_is_a_further_version(mall):
    Rule.objects.create(mall=mall, version=1, since=datetime(2026, 1, 1, tzinfo=UTC))
    numbers = {"priority_in_a_row": 4, "recalls": 2, "return_after": 1, "undo_seconds": 0}
    take(a_file({"kind": "call_rule", "key": "mall", "content": numbers}))
    deciding.accept(open_proposals(), by=SYSTEM)
    newest = Rule.objects.order_by("-version").first()
    assert (newest.version, newest.document["priority_in_a_row"]) == (2, 4)
