"""Malls with everything that a blueprint holds, and files signed by whom a test wants."""

import json
from datetime import date, time
from typing import Any

from gerai.blueprint import shape, signing
from gerai.blueprint.actions import taking
from gerai.blueprint.actions.exporting import export_blueprint
from gerai.directory.models import Agreement, BreakTime, Facility, Guide, Requirement
from gerai.directory.tests.factories import (
    a_counter,
    a_floor,
    a_mall,
    a_service,
    a_share,
    a_standard,
    a_zone,
    an_agency,
    office_hours,
)
from gerai.malls.models import Mall, Stage
from gerai.malls.scope import current_mall, in_mall
from gerai.people.audit import SYSTEM
from gerai.queue.models import Rule
from gerai.queue.tests.factories import TEN, a_line

KEY = signing.new_key()
# A day after the moment at which a document of `a_document` was written.
LATER = "2026-11-21T01:02:03Z"


def a_model(slug: str = "teladan", **fields: Any) -> Mall:
    """Make a mall of its own that has one of every kind of part."""
    mall = a_mall(slug, **{"region_code": "73.12", "opened_on": date(2020, 2, 20), **fields})
    with in_mall(mall):
        fill()
    return mall


def a_founding_mall(slug: str = "perintis", **fields: Any) -> Mall:
    """Make an empty mall that is being founded."""
    return a_mall(slug, **{"region_code": "73.24", "stage": Stage.FOUNDING, **fields})


def fill() -> None:
    """Give the mall in scope one of every kind of part."""
    mall = current_mall()
    office_hours()
    agency = an_agency(code="DUKCAPIL", name="Dinas Dukcapil Contoh", short_name="Dukcapil")
    office_hours(agency, opens=time(9), last_ticket=None, pause=None)
    BreakTime.objects.create(
        mall=mall, agency=agency, weekday=4, starts=time(11, 30, 15), ends=time(13)
    )
    other = an_agency(code="PAJAK", name="Kantor Pajak Contoh", short_name="Pajak", kind="vertical")
    service = a_service(agency=agency, code="DUK-01", name="Perekaman KTP-el")
    standard = a_standard(
        service,
        valid_from=date(2024, 1, 2),
        decree_number="12/2024 (contoh)",
        source="Keputusan contoh",
        procedure=["Ambil nomor", "Rekam sidik jari"],
        duration_text="Maksimal 2 hari",
        duration_max=2,
        duration_unit="hari",
        fee_text="Gratis",
        fee_rupiah=0,
        product="KTP-el",
        validity_text="Seumur hidup",
        complaints="Kotak saran <lantai 1> & loket informasi",
        **{name: f"Isi {name}" for name in ("legal_basis", "facilities", "competence")},
        **{name: f"Isi {name}" for name in ("supervision", "staff", "service_guarantee")},
        **{name: f"Isi {name}" for name in ("security_guarantee", "evaluation")},
    )
    needs = (("Kartu Keluarga", ""), ("Surat kehilangan", "kartu hilang"))
    for position, (text, condition) in enumerate(needs, start=1):
        Requirement.objects.create(
            mall=mall, standard=standard, position=position, text=text, condition=condition
        )
    a_service(agency=other, code="PJK-01", name="Lapor pajak")
    a_line(agency, code="A", service=service, usual_minutes=7)
    zone = a_zone(floor=a_floor(number=1), code="Z1", x=40, y=40, width=400, height=200)
    counter = a_counter(zone=zone, code="1", position=1, x=60, y=80, agency=agency)
    a_share(counter, other, 5)
    Rule.objects.create(mall=mall, version=1, since=TEN, document={"priority_in_a_row": 3})
    Agreement.objects.create(
        mall=mall,
        agency=agency,
        state="signed",
        signed_on=date(2019, 10, 28),
        number="PKS-RAHASIA",
        duty_days=[0, 1, 2],
        officers=3,
        agency_brings="Alat rekam",
        operator_brings="Loket dan listrik",
        contact="Bu Kontak Rahasia 0812-0000-0000",
        note="Catatan rahasia",
    )
    Facility.objects.create(
        mall=mall, code="LAKTASI", name="Ruang laktasi", state="ready", source="Contoh"
    )
    Guide.objects.create(
        mall=mall, code="TERTIB", kind="house_rules", title="Tata tertib", text="Antre.\n\nSopan."
    )


def a_document(*parts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Make a document without signature."""
    return {
        "format": shape.FORMAT,
        "version": shape.VERSION,
        "issued_at": "2026-11-20T01:02:03Z",
        "installation": "0" * 32,
        "mall": {
            "slug": "jauh",
            "name": "MPP Jauh (contoh)",
            "region_code": "73.13",
            "zone": "Asia/Makassar",
            "opened_on": "2020-02-20",
        },
        "licence": "CC-BY-4.0",
        "parts": list(parts),
        "measures": [],
        **fields,
    }


def signed(document: dict[str, Any], key: str = KEY) -> bytes:
    """Sign a document, whatever it says."""
    data = shape.signed_bytes(document)
    return json.dumps(
        document
        | {
            "fingerprint": shape.fingerprint(data),
            "signature": {
                "algorithm": signing.ALGORITHM,
                "public_key": signing.public_key_of(key),
                "value": signing.sign(key, data),
            },
        }
    ).encode()


def a_file(*parts: dict[str, Any], key: str = KEY, **fields: Any) -> bytes:
    """Make a signed file."""
    return signed(a_document(*parts, **fields), key)


def an_agency_part(key: str = "DUKCAPIL", **fields: Any) -> dict[str, Any]:
    """Make the part of an agency."""
    content = {
        "name": f"Dinas {key}",
        "short_name": key,
        "kind": "opd",
        "site": "",
        "icon": "building",
    }
    return {"kind": "agency", "key": key, "content": content | fields}


def a_guide_part(key: str = "ALUR", **fields: Any) -> dict[str, Any]:
    """Make the part of a guide."""
    content = {"kind": "flow", "title": "Alur", "text": "Ambil nomor.", "source": ""}
    return {"kind": "guide", "key": key, "content": content | fields}


def a_floor_part(key: str = "1", name: str = "Lantai 1") -> dict[str, Any]:
    """Make the part of a floor."""
    return {"kind": "floor", "key": key, "content": {"name": name}}


def a_zone_part(key: str = "Z1", **fields: Any) -> dict[str, Any]:
    """Make the part of a zone on the first floor."""
    place = {"x": 40, "y": 40, "width": 400, "height": 200}
    content = {"floor": 1, "name": f"Zona {key}", **place}
    return {"kind": "zone", "key": key, "content": content | fields}


def exported(mall: Mall, **choice: Any) -> bytes:
    """Give a mall out."""
    with in_mall(mall):
        return export_blueprint(by=SYSTEM, **choice).content


def parts_of(data: bytes) -> list[dict[str, Any]]:
    """Return the parts of a file as they stand in it."""
    parts: list[dict[str, Any]] = json.loads(data)["parts"]
    return parts


def take(data: bytes, **choice: Any) -> taking.Taken:
    """Take a file into the mall in scope."""
    return taking.take(taking.read_file(data), by=SYSTEM, **choice)


def counts(taken: taking.Taken) -> tuple[int, int, int]:
    """Return how many parts were taken, unchanged and refused."""
    return taken.taken, taken.unchanged, len(taken.refused)
