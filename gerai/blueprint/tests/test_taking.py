"""From one mall to another: nothing lost, nothing doubled, nobody's name."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gerai.blueprint import signing
from gerai.blueprint.actions import deciding, taking
from gerai.blueprint.actions.exporting import export_blueprint
from gerai.blueprint.exports import NAME_GONE, NUMBER_GONE, local_parts
from gerai.blueprint.models import Part, PartState, SigningKey, Source
from gerai.blueprint.queries import (
    differences,
    origins,
    preview,
    proposals,
    provenance_of,
)
from gerai.blueprint.reading import PartKey, read
from gerai.blueprint.shape import KINDS
from gerai.blueprint.tests.factories import (
    a_document,
    a_file,
    a_floor_part,
    a_founding_mall,
    a_guide_part,
    a_model,
    a_zone_part,
    an_agency_part,
    signed,
)
from gerai.directory.actions.agencies import change_agency
from gerai.directory.models import (
    Agency,
    Agreement,
    Counter,
    Facility,
    Guide,
    Service,
    Standard,
    Zone,
)
from gerai.directory.tests.factories import a_floor, a_service, a_user, a_zone, an_agency
from gerai.errors import Refused
from gerai.insights.models import Model
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall, in_mall
from gerai.people.audit import SYSTEM
from gerai.people.models import Deed
from gerai.queue.models import Line, Rule


def exported(mall: Mall, **choice) -> bytes:
    with in_mall(mall):
        return export_blueprint(by=SYSTEM, **choice).content


def parts_of(data: bytes) -> list[dict]:
    return json.loads(data)["parts"]


def take(data: bytes, **choice) -> taking.Taken:
    return taking.take(taking.read_file(data), by=SYSTEM, **choice)


def counts(taken: taking.Taken) -> tuple[int, int, int]:
    return taken.taken, taken.unchanged, len(taken.refused)


def later(document: dict, days: int = 1) -> str:
    return (datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC) + timedelta(days=days)).strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )


@pytest.fixture
def founding(db):
    with in_mall(a_founding_mall()) as mall:
        yield mall


def test_a_round_trip_loses_nothing(founding):
    model = a_model()
    first = exported(model)
    assert counts(take(first)) == (len(parts_of(first)), 0, 0)
    assert parts_of(exported(founding)) == parts_of(first)
    assert {part["kind"] for part in parts_of(first)} == set(KINDS)


def test_the_same_file_again_changes_nothing(founding):
    data = exported(a_model())
    take(data)
    before = [(part.pk, part.changed_at) for part in Part.objects.order_by("pk")]
    deeds = Deed.objects.exclude(verb="blueprint.take").count()
    assert counts(take(data)) == (0, len(parts_of(data)), 0)
    assert [(part.pk, part.changed_at) for part in Part.objects.order_by("pk")] == before
    assert Deed.objects.exclude(verb="blueprint.take").count() == deeds


def test_a_mall_takes_its_own_file_unchanged(db):
    model = a_model()
    data = exported(model)
    with in_mall(model):
        assert counts(take(data)) == (0, len(parts_of(data)), 0)
        assert Part.objects.count() == 0


def test_a_round_trip_through_three_malls(founding):
    first = exported(a_model())
    take(first)
    second = exported(founding)
    third = a_founding_mall("ketiga", region_code="73.25")
    with in_mall(third):
        take(second)
    assert parts_of(exported(third)) == parts_of(first)


def test_what_is_taken_is_a_draft_with_provenance(founding):
    take(exported(a_model()))
    service = Service.objects.get(code="DUK-01")
    standard = Standard.objects.get(service=service)
    assert (standard.version, standard.decree_number) == (1, "12/2024 (contoh)")
    assert service.is_active
    assert Facility.objects.get().state == "missing"
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.number, agreement.contact, agreement.note) == (
        "planned",
        "",
        "",
        "",
    )
    origin = provenance_of("service", "duk-01")
    assert (origin.source.slug, origin.state) == ("teladan", PartState.DRAFTED)
    assert provenance_of("service", "LAIN") is None
    assert {row.is_adapted for row in origins()} == {False}
    assert {row.is_here for row in origins()} == {True}


def test_an_open_mall_gets_hidden_drafts_and_proposals(mall):
    data = exported(a_model())
    taken = take(data)
    assert counts(taken) == (len(parts_of(data)), 0, 0)
    assert not Agency.objects.filter(is_active=True).exists()
    assert not Service.objects.filter(is_active=True).exists()
    assert not Line.objects.filter(is_active=True).exists()
    assert {row.part.kind for row in proposals()} == {
        "hours",
        "call_rule",
        "floor",
        "zone",
        "counter",
        "agency_hours",
        "guide",
    }
    assert not Zone.objects.exists()
    assert not Guide.objects.exists()
    assert counts(take(data)) == (0, len(parts_of(data)), 0)


def test_all_proposals_accepted_at_once(mall):
    data = exported(a_model())
    take(data)
    decision = deciding.accept([row.part for row in proposals()], by=SYSTEM)
    assert (decision.refused, proposals()) == ([], [])
    hidden = local_parts(with_hidden=True)
    assert [
        {"kind": part.kind, "key": part.key, "content": part.content} for part in hidden
    ] == parts_of(data)


def test_a_difference_is_proposed_and_told(founding):
    an_agency(code="dukcapil", name="Dinas Dukcapil Perintis", short_name="Dukcapil", kind="opd")
    assert counts(take(a_file(an_agency_part()))) == (1, 0, 0)
    (proposal,) = proposals()
    assert [(str(one.name), one.before, one.after) for one in proposal.differences] == [
        ("Nama", "Dinas Dukcapil Perintis", "Dinas DUKCAPIL"),
        ("Nama pendek", "Dukcapil", "DUKCAPIL"),
    ]
    assert Agency.objects.get().name == "Dinas Dukcapil Perintis"
    deciding.accept([proposal.part], by=SYSTEM)
    assert Agency.objects.get().name == "Dinas DUKCAPIL"
    assert Agency.objects.get().code == "dukcapil"
    assert proposals() == []


def test_a_declined_proposal_stays_declined_until_the_model_changes(founding):
    an_agency(code="DUKCAPIL", name="Lain")
    data = a_file(an_agency_part())
    take(data)
    deciding.decline(Part.objects.get(), by=SYSTEM)
    assert counts(take(data)) == (0, 1, 0)
    assert counts(take(a_file(an_agency_part(), issued_at=later({})))) == (0, 1, 0)
    changed = a_file(an_agency_part(name="Baru"), issued_at=later({}))
    assert counts(take(changed)) == (1, 0, 0)
    assert [row.part.state for row in proposals()] == [PartState.PROPOSED]


def test_an_older_file_takes_nothing_back(founding):
    take(a_file(an_agency_part(name="Baru"), issued_at=later({})))
    assert counts(take(a_file(an_agency_part(name="Lama")))) == (0, 1, 0)
    assert Agency.objects.get().name == "Baru"
    assert proposals() == []


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
    update = a_file(an_agency_part(name="X"), an_agency_part("BPN", name="Y"), issued_at=later({}))
    assert counts(take(update)) == (2, 0, 0)
    assert [(row.part.key, row.is_adapted) for row in proposals()] == [
        ("BPN", True),
        ("DUKCAPIL", False),
    ]


def test_what_became_equal_by_hand_is_no_proposal_any_more(founding):
    an_agency(code="DUKCAPIL", name="Lain", short_name="DUKCAPIL")
    take(a_file(an_agency_part(name="Lain dulu")))
    Agency.objects.update(name="Sama")
    assert counts(take(a_file(an_agency_part(name="Sama"), issued_at=later({})))) == (0, 1, 0)
    assert Part.objects.get().state == PartState.ACCEPTED


def test_a_part_removed_here_is_proposed_not_written_again(founding):
    take(a_file(a_guide_part()))
    Guide.objects.all().delete()
    assert counts(take(a_file(a_guide_part()))) == (0, 1, 0)
    assert counts(take(a_file(a_guide_part(text="Baru"), issued_at=later({})))) == (1, 0, 0)
    assert not Guide.objects.exists()


def test_a_part_that_clashes_leaves_the_others(founding):
    a_zone(floor=a_floor(number=1), code="Z9", x=50, y=50)
    taken = take(a_file(a_floor_part(), a_zone_part(), a_guide_part()))
    assert [(one.kind, one.key) for one in taken.refused] == [("zone", "Z1")]
    assert counts(taken) == (1, 1, 1)
    assert Guide.objects.count() == 1


@pytest.mark.parametrize(
    ("part", "word"),
    [
        (
            {
                "kind": "service",
                "key": "S",
                "content": {"agency": "TIADA", "name": "S", "standard": None},
            },
            "TIADA",
        ),
        (a_zone_part(), "Lantai 1"),
        (a_zone_part(floor=7), "Lantai 7"),
        (
            {
                "kind": "line",
                "key": "A",
                "content": {
                    "agency": "DUKCAPIL",
                    "name": "A",
                    "usual_minutes": 5,
                    "services": ["TIADA"],
                },
            },
            "TIADA",
        ),
        (
            {
                "kind": "hours",
                "key": "mall",
                "content": {
                    "joint_leave_closes": False,
                    "days": [
                        {"weekday": 0, "opens": "15:00", "closes": "08:00", "last_ticket": None}
                    ],
                    "breaks": [],
                },
            },
            "berurutan",
        ),
    ],
)
def test_a_part_that_cannot_be_written(founding, part, word: str):
    taken = take(a_file(an_agency_part(), part))
    assert counts(taken) == (1, 0, 1)
    assert word in taken.refused[0].reason
    founding.refresh_from_db()
    assert founding.joint_leave_closes is True


def test_a_zone_beyond_the_sheet(founding):
    taken = take(a_file(a_floor_part(), a_zone_part(x=900, width=400)))
    assert counts(taken) == (1, 0, 1)
    assert not Zone.objects.exists()


def test_only_the_parts_chosen(founding):
    data = exported(a_model())
    taken = take(data, kinds={"agency"})
    assert counts(taken) == (2, 0, 0)
    taken = take(data, chosen={PartKey("guide", "TERTIB")})
    assert counts(taken) == (1, 0, 0)
    assert {part.kind for part in Part.objects.all()} == {"agency", "guide"}


def test_only_the_kinds_given_out(db):
    data = exported(a_model(), kinds={"agency", "guide"})
    assert {part["kind"] for part in parts_of(data)} == {"agency", "guide"}
    assert json.loads(data)["measures"] == []


def test_the_same_key_signs_every_file(db):
    model = a_model()
    keys = {json.loads(exported(model))["signature"]["public_key"] for _time in range(2)}
    assert keys == {SigningKey.objects.get().public_key}


def test_another_key_is_refused_until_accepted(founding):
    take(a_file(an_agency_part()))
    other = signing.new_key()
    data = a_file(an_agency_part(name="Palsu"), key=other, issued_at=later({}))
    with pytest.raises(taking.OtherKey) as refused:
        take(data)
    assert "MPP Jauh (contoh)" in str(refused.value)
    assert signing.print_of(signing.public_key_of(other)) in str(refused.value)
    assert (Part.objects.count(), Agency.objects.get().name) == (1, "Dinas DUKCAPIL")
    taking.accept_key(read(data), by=SYSTEM)
    assert counts(take(data)) == (1, 0, 0)
    with pytest.raises(taking.OtherKey):
        take(a_file(an_agency_part()))
    with pytest.raises(taking.KeyGone):
        taking.accept_key(read(data), by=SYSTEM)


def test_two_malls_remember_their_own_sources(founding):
    take(a_file(an_agency_part()))
    with in_mall(a_founding_mall("lain")):
        assert Source.objects.count() == 0
        take(a_file(an_agency_part(), key=signing.new_key()))
        assert Source.objects.count() == 1
    assert Source.objects.count() == 1


def test_measures_come_along_once(founding):
    data = exported(a_model())
    assert json.loads(data)["measures"]
    take(data)
    model = Model.objects.get()
    assert (model.identity, model.name) == ("blueprint:73.12/teladan", "MPP Teladan")
    assert {value["key"]: value["value"] for value in model.values}["agencies"] == 2
    deeds = Deed.objects.filter(verb="insights.keep_model").count()
    take(data)
    assert Deed.objects.filter(verb="insights.keep_model").count() == deeds == 1


def test_measures_that_make_no_sense_leave_the_parts(founding):
    wrong = {
        "key": "agencies",
        "version": 1,
        "value": "5",
        "low": "7",
        "high": "9",
        "n": 3,
        "until": "2026-11-01",
        "detail": [],
    }
    taken = take(a_file(an_agency_part(), measures=[wrong]))
    assert counts(taken) == (1, 0, 1)
    assert not Model.objects.exists()


def test_nobody_of_the_mall_stands_in_the_file(db):
    model = a_model()
    with in_mall(model):
        users = [a_user(name="Andi Contoh Rahasia"), a_user("mall_admin", name="Hasriani")]
        Guide.objects.create(
            mall=model,
            code="SIAPA",
            kind="staff",
            title="Hubungi Hasriani",
            text="Andi Contoh Rahasia (NIK 7311010101010001) melayani; Hasrianiwati bukan.",
        )
    data = exported(model).decode()
    for user in users:
        assert user.name not in data.replace("Hasrianiwati", "")
        assert user.username not in data
    for secret in ("7311010101010001", "Rahasia", "PKS-RAHASIA", "0812-0000-0000", "rahasia"):
        assert secret not in data
    guide = next(part for part in parts_of(data.encode()) if part["key"] == "SIAPA")["content"]
    assert guide["title"] == f"Hubungi {NAME_GONE}"
    assert guide["text"] == f"{NAME_GONE} (NIK {NUMBER_GONE}) melayani; Hasrianiwati bukan."


def test_a_user_called_like_an_agency_or_a_role_hides_nothing(db):
    model = a_model()
    with in_mall(model):
        a_user(name="Dinas Dukcapil Contoh")
        a_user(name="Petugas")
        before = parts_of(exported(model))
    assert next(part for part in before if part["kind"] == "agency")["content"]["name"] == (
        "Dinas Dukcapil Contoh"
    )


def test_marks_that_nobody_sees_are_left_out(db):
    model = a_model()
    with in_mall(model):
        Guide.objects.update(text="tampak\u202e\x07 saja")
    guide = next(part for part in parts_of(exported(model)) if part["kind"] == "guide")
    assert guide["content"]["text"] == "tampak saja"


def test_what_is_too_long_is_left_out_and_named(db):
    model = a_model()
    with in_mall(model):
        Guide.objects.update(text="x" * 100_001)
        made = export_blueprint(by=SYSTEM)
    assert [(part.kind, part.key) for part in made.left_out] == [("guide", "TERTIB")]
    read(made.content)


def test_inactive_rows_stay_at_home(db):
    model = a_model()
    with in_mall(model):
        Agency.objects.filter(code="PAJAK").update(is_active=False)
        Counter.objects.update(is_active=False)
    data = parts_of(exported(model))
    assert [part["key"] for part in data if part["kind"] == "agency"] == ["DUKCAPIL"]
    assert [part["key"] for part in data if part["kind"] == "service"] == ["DUK-01"]
    assert [part for part in data if part["kind"] == "counter"] == []


def test_the_standard_in_force_is_the_one_given_out(db):
    model = a_model()
    with in_mall(model):
        service = Service.objects.get(code="DUK-01")
        Standard.objects.create(
            mall=model,
            service=service,
            version=2,
            valid_from="2030-01-01",
            fingerprint="x",
            product="Nanti",
        )
    with time_machine.travel("2026-11-23T02:00:00Z"):
        data = parts_of(exported(model))
    told = {part["key"]: part["content"]["standard"] for part in data if part["kind"] == "service"}
    assert (told["DUK-01"]["product"], told["PJK-01"]) == ("KTP-el", None)


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
    (proposal,) = proposals()
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
    decision = deciding.accept([row.part for row in proposals()], by=SYSTEM)
    assert (decision.accepted, len(decision.refused)) == (0, 1)
    assert Agreement.objects.get().officers == 1
    assert len(proposals()) == 1


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


def test_an_unknown_drawing_becomes_a_plain_one(founding):
    data = a_file(an_agency_part(icon="tidak-ada"))
    take(data)
    assert Agency.objects.get().icon == "building"
    assert counts(take(data)) == (0, 1, 0)


def test_the_preview_says_what_taking_does(founding):
    an_agency(code="BPN", name="Lain")
    data = a_file(an_agency_part(), an_agency_part("BPN"), an_agency_part(kind="king"))
    seen = preview(read(data))
    (agencies,) = seen.kinds
    assert (agencies.new, agencies.different, agencies.same, seen.changes) == (1, 1, 0, 2)
    assert seen.source is None
    assert not seen.is_other_key
    take(data)
    (agencies,) = preview(read(data)).kinds
    assert (agencies.new, agencies.different, agencies.same) == (0, 0, 2)
    assert preview(read(a_file(key=signing.new_key()))).is_other_key


def test_every_kind_has_words(founding):
    for part in parts_of(exported(a_model())):
        told = differences(part["kind"], None, part["content"])
        assert told
        assert all(str(one.name) for one in told)


def test_a_week_in_words(founding):
    week = {
        "joint_leave_closes": True,
        "days": [{"weekday": 0, "opens": "08:00", "closes": "15:00", "last_ticket": "14:30"}],
        "breaks": [{"weekday": 0, "starts": "12:00", "ends": "13:00"}],
    }
    told = {str(one.name): one.after for one in differences("hours", None, week)}
    assert told["Senin"] == "08.00-15.00; nomor terakhir 14.30; istirahat 12.00-13.00"
    assert (told["Minggu"], told["Cuti bersama"]) == ("Tutup", "Tutup")


def test_a_rule_of_the_model_is_a_further_version(mall):
    Rule.objects.create(mall=mall, version=1, since=datetime(2026, 1, 1, tzinfo=UTC))
    numbers = {"priority_in_a_row": 4, "recalls": 2, "return_after": 1, "undo_seconds": 0}
    take(a_file({"kind": "call_rule", "key": "mall", "content": numbers}))
    deciding.accept([row.part for row in proposals()], by=SYSTEM)
    newest = Rule.objects.order_by("-version").first()
    assert (newest.version, newest.priority_in_a_row) == (2, 4)


PRINTABLE = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40
)
AGENCIES = st.lists(
    st.tuples(
        st.text("ABCDEFGHJK", min_size=1, max_size=6),
        PRINTABLE,
        st.sampled_from(["", "opd", "bumn"]),
        st.lists(PRINTABLE, max_size=3),
    ),
    unique_by=lambda one: one[0],
    max_size=4,
)


@pytest.mark.django_db
@given(AGENCIES)
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_mall_survives_the_round_trip(agencies):
    number = Mall.objects.count()
    model = a_model(f"m{number}", region_code="73.05")
    with in_mall(model):
        for code, name, kind, services in agencies:
            agency = an_agency(code=f"X{code}", name=name, short_name=name, kind=kind)
            for place, title in enumerate(services):
                a_service(agency=agency, code=f"{code}-{place}", name=title)
    first = exported(model)
    with in_mall(a_founding_mall(f"f{number}")):
        taken = take(first)
        assert counts(taken) == (len(parts_of(first)), 0, 0)
        assert parts_of(exported(current_mall())) == parts_of(first)


def test_a_refusal_is_one(founding):
    with pytest.raises(Refused):
        taking.read_file(b"x")
