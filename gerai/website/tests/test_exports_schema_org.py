"""Services and the mall for search engines: known words only, hours, fees, what is unsure."""

from datetime import date, time
from pathlib import Path

import pytest

from gerai.directory import sample
from gerai.directory.actions.catalogue import import_catalogue
from gerai.directory.catalogue.reading import read_catalogue
from gerai.directory.models import Requirement, SpecialDay
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
from gerai.website.exports import agency_url, service_url
from gerai.website.exports.facts import facts, services_shown, standards_in_force
from gerai.website.exports.schema_org import breadcrumbs, organization_json_ld, service_json_ld

BASE = "https://barru.example"
DAY = date(2026, 8, 10)

# What schema.org lets each of our types say, itself or through a type above it.
THING = {"@type", "@id", "identifier", "name", "description", "url", "alternateName", "sameAs"}
WORK = {"inLanguage", "version", "temporalCoverage", "creativeWorkStatus", "citation"}
PLACE = {"address", "containsPlace"}
WORDS = {
    "AdministrativeArea": THING,
    "BreadcrumbList": THING | {"@context", "itemListElement"},
    "CreativeWork": THING | WORK,
    "GovernmentOffice": THING
    | PLACE
    | {"@context", "areaServed", "openingHoursSpecification", "specialOpeningHoursSpecification"},
    "GovernmentOrganization": THING,
    "GovernmentService": THING
    | {
        "@context",
        "disambiguatingDescription",
        "provider",
        "serviceOperator",
        "areaServed",
        "availableChannel",
        "serviceOutput",
        "offers",
        "hoursAvailable",
        "subjectOf",
    },
    "HowTo": THING | WORK | {"supply", "step"},
    "HowToStep": THING | {"position", "text"},
    "HowToSupply": THING,
    "ListItem": THING | {"position", "item"},
    "Offer": THING | {"price", "priceCurrency", "validFrom", "deliveryLeadTime"},
    "OpeningHoursSpecification": THING
    | {"dayOfWeek", "opens", "closes", "validFrom", "validThrough"},
    "Organization": THING,
    "Place": THING | PLACE,
    "PostalAddress": THING
    | {"streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry"},
    "QuantitativeValue": THING | {"minValue", "maxValue", "unitCode", "unitText"},
    "ServiceChannel": THING | {"availableLanguage", "serviceLocation"},
    "Thing": THING,
}


def unknown_words(value):
    """Return "Type.word" for each word that schema.org does not know for its type."""
    if isinstance(value, list):
        return [fault for each in value for fault in unknown_words(each)]
    if not isinstance(value, dict) or set(value) == {"@id"}:
        return []
    kind = value["@type"] if isinstance(value["@type"], str) else value["@type"][0]
    faults = [f"{kind}.{word}" for word in value if word not in WORDS.get(kind, set())]
    return faults + [fault for each in value.values() for fault in unknown_words(each)]


def test_sample_catalogue_speaks_known_words_only(mall):
    content = (Path(sample.__file__).parent / "catalogue.yaml").read_bytes()
    import_catalogue(read_catalogue(content), by=audit.SYSTEM)
    office_hours()
    known = facts(DAY)
    shown = services_shown()
    standards = standards_in_force(shown, DAY)
    said = [service_json_ld(each, standards[each.pk], base_url=BASE, known=known) for each in shown]
    assert len(said) == 60
    assert unknown_words(said) == []


def test_misspelt_word_is_found():
    assert unknown_words({"@type": "Offer", "prize": 1}) == ["Offer.prize"]


def test_service_is_told_whole(mall):
    office_hours()
    agency = an_agency(code="DUK", name="Dinas Contoh", short_name="Dukcapil")
    zone = a_zone(name="Zona Hijau")
    a_counter(code="7", zone=zone, agency=agency)
    service = a_service(code="D-1", name="KTP-el", agency=agency)
    standard = a_standard(
        service,
        valid_from=date(2026, 1, 5),
        decree_number="12/2026",
        source="https://sumber.example/1",
        verification="sebagian",
        procedure=["datang"],
        duration_text="1-3 hari",
        duration_min=1,
        duration_max=3,
        duration_unit="hari",
        fee_rupiah=0,
        fee_text="gratis",
        product="KTP-el",
        validity_text="seumur hidup",
    )
    Requirement(mall=mall, standard=standard, position=1, text="KK", condition="hilang").save(
        force_insert=True
    )
    caveat = "Terverifikasi sebagian: ada isi yang belum terbaca pada sumber."
    assert service_json_ld(service, standard, base_url=BASE) == {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": "https://barru.example/layanan/d-1/#layanan",
        "identifier": "D-1",
        "name": "KTP-el",
        "description": "KTP-el, dilayani Dinas Contoh di MPP Barru. "
        f"Produk layanan: KTP-el. {caveat}",
        "disambiguatingDescription": caveat,
        "url": "https://barru.example/layanan/d-1/",
        "provider": {
            "@type": "GovernmentOrganization",
            "@id": "https://barru.example/instansi/duk/#instansi",
            "identifier": "DUK",
            "name": "Dinas Contoh",
            "alternateName": "Dukcapil",
            "url": "https://barru.example/instansi/duk/",
        },
        "serviceOperator": {"@id": "https://barru.example/#mal"},
        "areaServed": {
            "@type": "AdministrativeArea",
            "identifier": "73.11",
            "name": "Kabupaten Barru",
        },
        "availableChannel": {
            "@type": "ServiceChannel",
            "name": f"Loket 7 (Zona Hijau, {zone.floor.name})",
            "availableLanguage": "id",
            "serviceLocation": {
                "@type": "Place",
                "@id": "https://barru.example/#mal",
                "name": "MPP Barru",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": "Kabupaten Barru",
                    "addressRegion": "Sulawesi Selatan",
                    "addressCountry": "ID",
                },
                "containsPlace": [
                    {
                        "@type": "Place",
                        "name": zone.floor.name,
                        "containsPlace": [
                            {"@type": "Place", "identifier": "7", "name": "Loket 7, Zona Hijau"}
                        ],
                    }
                ],
            },
        },
        "serviceOutput": {
            "@type": "Thing",
            "name": "KTP-el",
            "description": "Masa berlaku: seumur hidup",
        },
        "offers": {
            "@type": "Offer",
            "price": 0,
            "priceCurrency": "IDR",
            "description": "gratis",
            "deliveryLeadTime": {
                "@type": "QuantitativeValue",
                "minValue": 1,
                "maxValue": 3,
                "unitCode": "DAY",
                "unitText": "hari",
                "description": "1-3 hari",
            },
            "validFrom": "2026-01-05",
        },
        "hoursAvailable": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [
                    f"https://schema.org/{day}"
                    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
                ],
                "opens": opens,
                "closes": closes,
            }
            for opens, closes in (("08:00", "12:00"), ("13:00", "15:00"))
        ],
        "subjectOf": [
            {
                "@type": "CreativeWork",
                "name": "Standar pelayanan",
                "identifier": "12/2026",
                "version": 1,
                "inLanguage": "id",
                "temporalCoverage": "2026-01-05/..",
                "creativeWorkStatus": caveat,
                "citation": "https://sumber.example/1",
            },
            {
                "@type": "HowTo",
                "name": "Cara mengurus KTP-el",
                "inLanguage": "id",
                "supply": [
                    {
                        "@type": "HowToSupply",
                        "name": "KK",
                        "description": "Hanya jika: hilang",
                    }
                ],
                "step": [{"@type": "HowToStep", "position": 1, "text": "datang"}],
            },
        ],
    }


def test_service_without_a_standard_promises_nothing(mall):
    said = service_json_ld(a_service(), None, base_url=BASE)
    promises = ("offers", "serviceOutput", "subjectOf", "hoursAvailable")
    assert [word for word in promises if word in said] == []
    assert said["disambiguatingDescription"] == "Standar pelayanan belum tercatat."


def test_verified_standard_needs_no_caveat(mall):
    service = a_service()
    standard = a_standard(service, verification="terverifikasi")
    said = service_json_ld(service, standard, base_url=BASE)
    assert "disambiguatingDescription" not in said


def test_working_days_have_a_name_but_no_code(mall):
    service = a_service()
    standard = a_standard(service, duration_max=14, duration_unit="hari_kerja")
    offer = service_json_ld(service, standard, base_url=BASE)["offers"]
    assert offer["deliveryLeadTime"] == {
        "@type": "QuantitativeValue",
        "maxValue": 14,
        "unitText": "hari kerja",
    }


def test_private_agency_is_no_government(mall):
    said = service_json_ld(a_service(agency=an_agency(kind="private")), None, base_url=BASE)
    assert said["provider"]["@type"] == "Organization"


def special_day(mall, on, kind, **fields):
    SpecialDay(mall=mall, on=on, kind=kind, name=fields.pop("name", "acara"), **fields).save(
        force_insert=True
    )


def test_mall_tells_the_dates_that_depart_from_its_week(mall):
    office_hours(pause=None)
    special_day(mall, date(2026, 8, 12), "closed", name="Pindah ruang")
    special_day(mall, date(2026, 8, 15), "hours", opens=time(9), closes=time(11))
    special_day(mall, date(2026, 8, 13), "open")
    said = organization_json_ld(mall, BASE, known=facts(DAY))
    early = [
        (day["validFrom"], day["opens"], day["closes"], day["name"])
        for day in said["specialOpeningHoursSpecification"]
        if day["validFrom"] < "2026-08-18"
    ]
    assert early == [
        ("2026-08-12", "00:00", "00:00", "Pindah ruang"),
        ("2026-08-15", "09:00", "11:00", "acara"),
        ("2026-08-17", "00:00", "00:00", "Hari Kemerdekaan Republik Indonesia"),
    ]
    assert unknown_words(said) == []


def test_special_day_of_an_agency_is_not_the_malls(mall):
    office_hours(pause=None)
    agency = an_agency()
    special_day(mall, date(2026, 8, 12), "closed", agency=agency)
    known = facts(DAY)
    closed = date(2026, 8, 12)
    assert closed in [departure.on for departure in known.departures_of(agency)]
    assert closed not in [departure.on for departure in known.departures_of()]


def test_mall_tells_its_floors_and_zones(mall):
    zone = a_zone(code="A", name="Zona Hijau")
    assert organization_json_ld(mall, BASE)["containsPlace"] == [
        {
            "@type": "Place",
            "name": zone.floor.name,
            "containsPlace": [{"@type": "Place", "identifier": "A", "name": "Zona Hijau"}],
        }
    ]


def test_mall_in_an_unknown_region_tells_no_area(db):
    with in_mall(a_mall(region_code="")) as mall:
        said = organization_json_ld(mall, BASE)
    assert "areaServed" not in said
    assert said["address"] == {"@type": "PostalAddress", "addressCountry": "ID"}


def test_breadcrumbs_count_from_one():
    assert breadcrumbs([("Layanan", "/layanan/"), ("KTP-el", "/layanan/d-1/")], BASE) == {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": 1,
                "name": "Layanan",
                "item": "https://barru.example/layanan/",
            },
            {
                "@type": "ListItem",
                "position": 2,
                "name": "KTP-el",
                "item": "https://barru.example/layanan/d-1/",
            },
        ],
    }


@pytest.mark.parametrize("base", ["https://barru.example", "https://barru.example/"])
def test_addresses_bear_a_slash_at_the_end_of_the_base(base, mall):
    agency = an_agency(code="BPN Barru")
    service = a_service(code="449.11", agency=agency)
    assert service_url(service, base) == "https://barru.example/layanan/449-11/"
    assert agency_url(agency, base) == "https://barru.example/instansi/bpn-barru/"
