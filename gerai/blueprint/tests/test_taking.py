"""From one mall to another: nothing lost, nothing doubled."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gerai.blueprint import signing
from gerai.blueprint.actions import taking
from gerai.blueprint.models import Part, PartState, Source
from gerai.blueprint.queries import open_proposals, origins, taken_parts
from gerai.blueprint.reading import PartKey, read
from gerai.blueprint.shape import KINDS
from gerai.blueprint.tests.factories import (
    LATER,
    a_document,
    a_file,
    a_floor_part,
    a_founding_mall,
    a_guide_part,
    a_model,
    a_zone_part,
    an_agency_part,
    counts,
    exported,
    parts_of,
    take,
)
from gerai.directory.models import Agency, Agreement, Facility, Guide, Service, Standard, Zone
from gerai.directory.tests.factories import a_floor, a_service, a_zone, an_agency
from gerai.errors import Refused
from gerai.insights.models import Model
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall, in_mall
from gerai.people.audit import SYSTEM
from gerai.people.models import Deed
from gerai.queue.models import Line


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
    (origin,) = origins(taken_parts("service").filter(known_by="duk-01"))
    assert (origin.part.source.slug, origin.part.state) == ("teladan", PartState.DRAFTED)
    assert {row.is_adapted for row in origins(taken_parts())} == {False}
    assert {row.is_here for row in origins(taken_parts())} == {True}


def test_an_open_mall_gets_hidden_drafts_and_proposals(mall):
    data = exported(a_model())
    taken = take(data)
    assert counts(taken) == (len(parts_of(data)), 0, 0)
    assert not Agency.objects.filter(is_active=True).exists()
    assert not Service.objects.filter(is_active=True).exists()
    assert not Line.objects.filter(is_active=True).exists()
    assert {part.kind for part in open_proposals()} == {
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


def test_an_older_file_takes_nothing_back(founding):
    take(a_file(an_agency_part(name="Baru"), issued_at=LATER))
    assert counts(take(a_file(an_agency_part(name="Lama")))) == (0, 1, 0)
    assert Agency.objects.get().name == "Baru"
    assert not open_proposals().exists()


def test_an_older_file_sets_no_fact_of_its_source_back(founding):
    figures = json.loads(exported(a_model()))["measures"]
    where = a_document()["mall"]
    newer = {"name": "MPP Jauh Baru (contoh)", "opened_on": "2021-03-04"}
    take(a_file(mall=where | newer, measures=figures, licence="CC0-1.0", issued_at=LATER))
    before = Source.objects.values().get()
    take(a_file(an_agency_part(), mall=where, measures=figures[:1]))
    assert Source.objects.values().get() == before
    assert (before["name"], str(before["opened_on"])) == tuple(newer.values())
    model = Model.objects.get()
    assert (model.name, len(model.values)) == (newer["name"], len(figures))


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


def test_another_key_is_refused_until_accepted(founding):
    take(a_file(an_agency_part()))
    other = signing.new_key()
    data = a_file(an_agency_part(name="Palsu"), key=other, issued_at=LATER)
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


def test_an_unknown_drawing_becomes_a_plain_one(founding):
    data = a_file(an_agency_part(icon="tidak-ada"))
    take(data)
    assert Agency.objects.get().icon == "building"
    assert counts(take(data)) == (0, 1, 0)


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
