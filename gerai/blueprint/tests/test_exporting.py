"""What a mall gives out: what is in force and in use, and nobody's name."""

import json

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gerai.blueprint.actions.exporting import export_blueprint
from gerai.blueprint.exports import NAME_GONE, NUMBER_GONE
from gerai.blueprint.models import SigningKey
from gerai.blueprint.reading import read
from gerai.blueprint.tests.factories import a_model, exported, parts_of
from gerai.directory.models import Agency, Counter, Guide, Service, Standard
from gerai.directory.tests.factories import a_user
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM
from gerai.people.models import Deed


def test_only_the_kinds_given_out(db):
    data = exported(a_model(), kinds={"agency", "guide"})
    assert {part["kind"] for part in parts_of(data)} == {"agency", "guide"}
    assert json.loads(data)["measures"] == []


def test_the_same_key_signs_every_file(db):
    model = a_model()
    keys = {json.loads(exported(model))["signature"]["public_key"] for _time in range(2)}
    assert keys == {SigningKey.objects.get().public_key}


def test_the_mall_is_read_before_anything_is_locked(db):
    model = a_model()
    exported(model)
    with CaptureQueriesContext(connection) as asked:
        exported(model)
    told = [query["sql"].split()[0] for query in asked]
    assert told[told.index("SAVEPOINT") :] == ["SAVEPOINT", "INSERT", "RELEASE"]
    assert Deed.objects.everywhere().filter(verb="blueprint.export").count() == 2


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


@pytest.mark.parametrize(
    "written",
    ["BUDI   Contoh", "budi contoh", "Budi\nContoh", "Budi\tCONTOH", "Budi\u00a0Contoh"],
)
def test_a_name_is_blotted_out_however_it_is_written(db, written: str):
    model = a_model()
    with in_mall(model):
        a_user(name="Budi  Contoh")
        Guide.objects.update(text=f"Hubungi {written}, bukan Budi Contohan.")
    guide = next(part for part in parts_of(exported(model)) if part["kind"] == "guide")
    assert guide["content"]["text"] == f"Hubungi {NAME_GONE}, bukan Budi Contohan."


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
