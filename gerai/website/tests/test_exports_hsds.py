"""The mall in HSDS 3: the judge passes the sample catalogue and refuses what is broken."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from gerai.directory import queries, sample
from gerai.directory.actions.catalogue import import_catalogue
from gerai.directory.catalogue.reading import read_catalogue
from gerai.directory.hours import DayHours, week_to_json
from gerai.directory.models import (
    Agreement,
    FridayBreak,
    Requirement,
    Season,
    Service,
    SpecialDay,
)
from gerai.directory.tests.factories import (
    a_counter,
    a_mall,
    a_service,
    a_standard,
    a_zone,
    an_agency,
    office_hours,
)
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.website.exports import hsds
from gerai.website.exports.facts import facts, stretches
from tests.judges import hsds_faults

BASE = "https://barru.example"
DAY = date(2026, 3, 2)
KINDS = {
    "organizations": "organization",
    "services": "service",
    "locations": "location",
    "service_at_locations": "service_at_location",
    "taxonomy_terms": "taxonomy_term",
}


@pytest.fixture
def catalogue(mall):
    content = (Path(sample.__file__).parent / "catalogue.yaml").read_bytes()
    office_hours()
    return import_catalogue(read_catalogue(content), by=audit.SYSTEM)


def faults_of(export):
    return [
        fault
        for name, kind in KINDS.items()
        for row in export[name]
        for fault in hsds_faults(kind, row)
    ]


def test_sample_catalogue_passes_whole(catalogue):
    export = hsds.mall_export(BASE)
    assert list(export) == list(KINDS)
    assert [len(rows) for rows in export.values()] == [24, 60, 1, 60, len(hsds.TERMS)]
    assert faults_of(export) == []


def test_sample_catalogue_marks_exactly_what_is_unverified(catalogue):
    marked = {row["alternate_name"] for row in hsds.mall_export(BASE)["services"] if "alert" in row}
    unsure = Service.objects.exclude(standards__verification="terverifikasi")
    assert marked == set(unsure.values_list("code", flat=True))
    assert len(marked) == 26


def test_identifiers_stay_on_another_address_and_differ_between_malls(catalogue, mall):
    first, again = hsds.mall_export(BASE), hsds.mall_export("https://lain.example/")
    ids = [row["id"] for row in first["services"]]
    assert ids == [row["id"] for row in again["services"]]
    assert len(set(ids)) == 60
    with in_mall(a_mall("maros")):
        a_service(code="DUK-01", agency=an_agency(code="DISDUKCAPIL"))
        elsewhere = hsds.mall_export(BASE)["services"]
    assert [row["alternate_name"] for row in elsewhere] == ["DUK-01"]
    assert elsewhere[0]["id"] not in ids


def whole_service():
    agency = an_agency(code="DUK", name="Dinas Contoh", short_name="Dukcapil")
    service = a_service(code="D-1", name="KTP-el", agency=agency)
    standard = a_standard(
        service,
        decree_number="12/2026",
        valid_from=date(2026, 1, 5),
        source="https://sumber.example/1",
        verification="sebagian",
        procedure=["datang", "pulang"],
        fee_text="sesuai jenis",
        fee_rupiah=50_000,
        product="KTP-el",
    )
    for position, (text, condition) in enumerate([("KK", ""), ("surat hilang", "hilang")], start=1):
        Requirement(
            mall=service.mall, standard=standard, position=position, text=text, condition=condition
        ).save(force_insert=True)
    return service, standard


def exported():
    service, standard = whole_service()
    return hsds.service(service, standard, base_url=BASE, known=facts(DAY))


def without(row, *names):
    return {key: value for key, value in row.items() if key not in names}


def test_service_carries_its_standard(mall):
    row = exported()
    assert row["application_process"] == "1. datang\n2. pulang"
    assert [without(cost, "id") for cost in row["cost_options"]] == [
        {
            "amount": 50_000,
            "currency": "IDR",
            "valid_from": "2026-01-05",
            "amount_description": "sesuai jenis",
        }
    ]
    assert {each["link_type"]: each["value"] for each in row["attributes"]} == {
        "versi": "1",
        "berlaku_sejak": "2026-01-05",
        "nomor_keputusan": "12/2026",
        "sumber": "https://sumber.example/1",
        "verifikasi": "Terverifikasi sebagian: ada isi yang belum terbaca pada sumber.",
        "produk": "KTP-el",
    }
    assert [without(change, "id") for change in row["metadata"]] == [
        {
            "last_action_date": "2026-01-05",
            "last_action_type": "create",
            "field_name": "standar_pelayanan",
            "previous_value": "",
            "replacement_value": "versi 1, 12/2026",
            "updated_by": "Dinas Contoh",
        }
    ]
    assert row["alert"] == "Terverifikasi sebagian: ada isi yang belum terbaca pada sumber."
    assert row["url"] == "https://barru.example/layanan/d-1/"


def test_condition_stands_in_the_text_and_as_an_attribute(mall):
    always, conditional = exported()["required_documents"]
    assert without(always, "id") == {"document": "KK"}
    assert conditional["document"] == "surat hilang (jika: hilang)"
    assert [each["value"] for each in conditional["attributes"]] == ["hilang"]


def test_hours_are_rules_of_the_week_cut_at_the_break(mall):
    office_hours(opens=time(8), closes=time(15), pause=(time(12), time(13)))
    week = [each for each in exported()["schedules"] if "valid_from" not in each]
    assert [without(schedule, "id", "notes") for schedule in week] == [
        {
            "freq": "WEEKLY",
            "interval": 1,
            "wkst": "MO",
            "byday": "MO,TU,WE,TH,FR",
            "opens_at": opens,
            "closes_at": closes,
            "timezone": 8,
            "description": "Tutup pada hari libur nasional dan cuti bersama.",
        }
        for opens, closes in (("08:00+08:00", "12:00+08:00"), ("13:00+08:00", "15:00+08:00"))
    ]


def spans_on(schedules, on):
    """Read schedules as a stranger does: what they say of a date, the closer rule first."""
    name = hsds.WEEKDAYS[on.weekday()]
    theirs = [each for each in schedules if name in each["byday"].split(",")]
    dated = [
        (each["opens_at"][:5], each["closes_at"][:5])
        for each in theirs
        if "valid_from" in each and each["valid_from"] <= on.isoformat() <= each["valid_to"]
    ]
    weekly = [each for each in theirs if "valid_from" not in each]
    if any(on.isoformat() in each.get("notes", "") for each in weekly):
        return []
    return dated or [(each["opens_at"][:5], each["closes_at"][:5]) for each in weekly]


def test_schedules_say_of_every_coming_day_what_the_calendar_says(mall):
    office_hours()
    agency = an_agency()
    season = week_to_json(
        {
            **dict.fromkeys(range(4), DayHours(time(8), time(14))),
            4: DayHours(time(8), time(13), None, ((time(11, 30), time(12, 30)),)),
        }
    )
    fields = {"mall": mall, "source": "Surat edaran contoh", "week": season}
    first, last = DAY + timedelta(days=9), DAY + timedelta(days=34)
    Season.objects.create(name="Ramadan (contoh)", starts_on=first, ends_on=last, **fields)
    FridayBreak.objects.create(mall=mall, name="Salat Jumat", starts=time(11, 30), ends=time(13))
    Agreement.objects.create(
        mall=mall, agency=agency, state="signed", signed_on=date(2026, 1, 5), duty_days=[0, 1, 3, 4]
    )
    for ahead, kind in ((12, "closed"), (19, "open"), (20, "closed"), (41, "closed")):
        on = DAY + timedelta(days=ahead)
        SpecialDay.objects.create(mall=mall, on=on, kind=kind, name=f"Contoh {ahead}")

    known = facts(DAY)
    row = hsds.service(a_service(agency=agency), None, base_url=BASE, known=known)

    assert hsds_faults("service", row) == []
    days = [DAY + timedelta(days=n) for n in range(61)]
    plans = queries.day_plans(days[0], days[-1], agency)
    told = {on: sorted(spans_on(row["schedules"], on)) for on in days}
    assert told == {
        on: [(f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in stretches(plan.hours)]
        for on, plan in plans.items()
    }
    # A season is a handful of rules, not a line a day.
    assert len(row["schedules"]) < 20
    assert len({schedule["id"] for schedule in row["schedules"]}) == len(row["schedules"])


def test_agency_with_its_own_hours_keeps_them(mall):
    office_hours()
    agency = an_agency()
    office_hours(agency, opens=time(9), closes=time(11), pause=None)
    row = hsds.service(a_service(agency=agency), None, base_url=BASE, known=facts(DAY))
    assert [schedule["opens_at"] for schedule in row["schedules"]] == ["09:00+08:00"]


def test_counter_of_the_agency_stands_at_the_location(mall):
    agency = an_agency()
    zone = a_zone(name="Zona Hijau")
    for code in ("7", "8"):
        a_counter(code=code, zone=zone, agency=agency)
    a_counter(code="9", zone=zone, agency=agency, is_active=False)
    row = hsds.service(a_service(agency=agency), None, base_url=BASE, known=facts(DAY))
    place = row["service_at_locations"][0]
    assert place["description"] == f"Loket 7, 8 (Zona Hijau, {zone.floor.name})"
    assert place["service_id"] == row["id"]


def test_service_without_a_standard_says_so(mall):
    row = hsds.service(a_service(), None, base_url=BASE, known=facts(DAY))
    assert hsds_faults("service", row) == []
    assert row["alert"] == "Standar pelayanan belum tercatat."
    assert [name for name in ("cost_options", "attributes", "metadata") if name in row] == []


def test_address_needs_a_postal_code_else_it_is_a_description(db):
    with in_mall(a_mall(address="Jl. Contoh 1, Barru 90711")):
        [address] = hsds.location(base_url=BASE, known=facts(DAY))["addresses"]
    assert without(address, "id") == {
        "address_1": "Jl. Contoh 1, Barru 90711",
        "city": "Kabupaten Barru",
        "state_province": "Sulawesi Selatan",
        "postal_code": "90711",
        "country": "ID",
        "address_type": "physical",
    }
    with in_mall(a_mall("maros", address="Jl. Contoh 2")):
        place = hsds.location(base_url=BASE, known=facts(DAY))
    assert ("addresses" in place, place["description"]) == (False, "Jl. Contoh 2")


def test_sample_mall_says_that_it_is_one(db):
    with in_mall(a_mall(is_sample=True)):
        service = a_service()
        standard = a_standard(service, verification="terverifikasi")
        row = hsds.service(service, standard, base_url=BASE, known=facts(DAY))
    assert row["alert"] == "Data contoh, bukan janji layanan yang sah."


def test_export_shows_active_services_of_active_agencies_only(mall):
    shown = a_service()
    a_service(is_active=False)
    a_service(agency=an_agency(is_active=False))
    export = hsds.mall_export(BASE)
    assert [row["alternate_name"] for row in export["services"]] == [shown.code]
    assert len(export["service_at_locations"]) == 1


@pytest.mark.parametrize("services", [1, 3])
def test_export_asks_as_much_for_three_services_as_for_one(
    mall, services, django_assert_num_queries
):
    for _ in range(services):
        a_standard(a_service())
    with django_assert_num_queries(7):
        hsds.mall_export(BASE)


@pytest.mark.parametrize(
    ("breakage", "fault"),
    [
        ({"name": None}, "$.name: None is not of type 'string'"),
        ({"id": "D-1"}, "$.id: 'D-1' is not a 'uuid'"),
        ({"url": "layanan/d-1"}, "$.url: 'layanan/d-1' is not a 'uri'"),
        (
            {"status": "open"},
            (
                "$.status: 'open' is not one of "
                "['active', 'inactive', 'defunct', 'temporarily closed']"
            ),
        ),
        (
            {"languages": [{"code": "id"}]},
            "$.languages[0]: 'id' is a required property",
        ),
        (
            {"jadwal": []},
            "$: Additional properties are not allowed ('jadwal' was unexpected)",
        ),
    ],
)
def test_judge_refuses_a_broken_service(mall, breakage, fault):
    row = exported()
    assert hsds_faults("service", row) == []
    assert hsds_faults("service", {**row, **breakage}) == [fault]


def test_judge_refuses_a_fault_deep_inside(mall):
    row = exported()
    row["cost_options"][0]["amount"] = "gratis"
    del row["organization"]["description"]
    assert hsds_faults("service", row) == [
        "$.cost_options[0].amount: 'gratis' is not of type 'number'",
        "$.organization: 'description' is a required property",
    ]
