"""The mall in the Human Services Data Specification (HSDS) 3 of Open Referral.

Identifiers are UUIDs of version 5 made from the mall's slug and the codes: the same thing keeps
its identifier from export to export, and on another address of the mall too.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import override

from gerai.directory.catalogue.entries import NO_PROMISE, Promise
from gerai.directory.models import Agency, Service, Standard
from gerai.directory.queries import promise_of
from gerai.malls.models import Mall
from gerai.website.exports import agency_url, mall_url, service_url
from gerai.website.exports.facts import (
    Facts,
    OtherHours,
    about,
    agencies_shown,
    certainty_of,
    facts,
    services_shown,
    standards_in_force,
)

VERSION = "3.0"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TAXONOMY = "Gerai: komponen standar pelayanan"

# What HSDS has no field for, with what each term means.
TERMS = {
    "versi": ("Versi standar", "Nomor versi standar pelayanan."),
    "berlaku_sejak": ("Berlaku sejak", "Tanggal mulai berlakunya standar pelayanan."),
    "nomor_keputusan": ("Nomor keputusan", "Nomor keputusan yang menetapkan standar pelayanan."),
    "sumber": ("Sumber", "Tempat isi standar pelayanan ini dibaca."),
    "verifikasi": ("Verifikasi", "Seberapa pasti isi standar pelayanan ini."),
    "jangka_waktu": ("Jangka waktu", "Waktu penyelesaian yang dijanjikan."),
    "produk": ("Produk layanan", "Hasil yang diterima pemohon."),
    "masa_berlaku": ("Masa berlaku produk", "Berapa lama hasil layanan berlaku."),
    "pengaduan": ("Pengaduan, saran, masukan", "Cara menyampaikan pengaduan."),
    "dasar_hukum": ("Dasar hukum", "Peraturan yang mendasari layanan."),
    "jika": ("Hanya jika", "Keadaan yang membuat persyaratan ini berlaku."),
}


def mall_export(base_url: str, *, known: Facts | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return the whole mall in scope: what it shows of agencies, services and places.

    Each service is whole in itself (its agency, place, hours, documents and costs inside); the
    other lists let a reader begin elsewhere. Eight queries, whatever the mall's size.
    """
    known = known or facts()
    shown = services_shown()
    standards = standards_in_force(shown, known.day)
    services = [
        service(each, standards.get(each.pk), base_url=base_url, known=known) for each in shown
    ]
    return {
        "organizations": [
            organization(each, base_url=base_url, known=known) for each in agencies_shown()
        ],
        "services": services,
        "locations": [location(base_url=base_url, known=known)],
        "service_at_locations": [
            _at_location(each, base_url=base_url, known=known) for each in shown
        ],
        "taxonomy_terms": [_term(known.mall, code) for code in TERMS],
    }


def service(
    row: Service, standard: Standard | None, *, base_url: str, known: Facts
) -> dict[str, Any]:
    """Return one service with everything that belongs to it."""
    mall = known.mall
    promise = promise_of(standard) if standard else NO_PROMISE
    key = f"service/{row.code}"
    caveat = known.caveat_of(standard)
    return _said(
        {
            "id": _id(mall, key),
            "organization_id": _id(mall, f"organization/{row.agency.code}"),
            "name": row.name,
            "alternate_name": row.code,
            "description": about(row, mall, promise.product, caveat),
            "url": service_url(row, base_url),
            "status": "active" if row.is_active else "inactive",
            "application_process": _numbered(promise.procedure),
            "fees_description": promise.fee.text,
            "alert": caveat,
            "organization": _organization(row.agency, base_url=base_url, mall=mall),
            "schedules": _schedules(known, row.agency, key),
            "service_areas": _service_areas(known, key),
            "service_at_locations": [_at_location(row, base_url=base_url, known=known)],
            "languages": [_language(mall, key)],
            "cost_options": _cost_options(mall, promise, key),
            "required_documents": _required_documents(mall, promise, key),
            "attributes": _attributes(mall, standard, promise, key),
            "metadata": _metadata(row, standard, mall, key),
        }
    )


def organization(row: Agency, *, base_url: str, known: Facts) -> dict[str, Any]:
    """Return one agency with the place where it serves."""
    told = _organization(row, base_url=base_url, mall=known.mall)
    return {**told, "locations": [location(base_url=base_url, known=known)]}


def location(*, base_url: str, known: Facts) -> dict[str, Any]:
    """Return the building of the mall.

    HSDS asks of an address its postal code: without one the address stands in the description.
    """
    mall = known.mall
    addresses = _addresses(known)
    return _said(
        {
            "id": _id(mall, "location"),
            "location_type": "physical",
            "url": mall_url(base_url),
            "name": mall.name,
            "description": "" if addresses else mall.address,
            "external_identifier": mall.region_code,
            "external_identifier_type": "Kode wilayah Kemendagri" if mall.region_code else "",
            "languages": [_language(mall, "location")],
            "addresses": addresses,
            "schedules": _schedules(known, None, "location"),
        }
    )


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [])}


def _id(mall: Mall, path: str) -> str:
    return str(uuid5(uuid5(NAMESPACE_URL, f"urn:gerai:{mall.slug}"), path))


def _organization(row: Agency, *, base_url: str, mall: Mall) -> dict[str, Any]:
    # The kind's name is a word of the pages, an export says it in Indonesian always.
    with override("id"):
        kind = str(row.get_kind_display()) if row.kind else ""
    key = f"organization/{row.code}"
    return _said(
        {
            "id": _id(mall, key),
            "name": row.name,
            "alternate_name": row.short_name,
            "description": f"{row.name} melayani di {mall.name}.",
            "website": row.site,
            "uri": agency_url(row, base_url),
            "legal_status": kind,
            "organization_identifiers": [
                {
                    "id": _id(mall, f"{key}/identifier"),
                    "identifier_type": f"Kode instansi di {mall.name}",
                    "identifier": row.code,
                }
            ],
        }
    )


def _at_location(row: Service, *, base_url: str, known: Facts) -> dict[str, Any]:
    mall = known.mall
    key = f"service_at_location/{row.code}"
    return _said(
        {
            "id": _id(mall, key),
            "service_id": _id(mall, f"service/{row.code}"),
            "location_id": _id(mall, "location"),
            "description": known.place_of(row.agency),
            "location": location(base_url=base_url, known=known),
            "schedules": _schedules(known, row.agency, key),
        }
    )


def _addresses(known: Facts) -> list[dict[str, Any]]:
    mall, region = known.mall, known.region
    if not (known.postal_code and region.regency and region.province):
        return []
    return [
        {
            "id": _id(mall, "location/address"),
            "address_1": mall.address,
            "city": region.regency,
            "state_province": region.province,
            "postal_code": known.postal_code,
            "country": "ID",
            "address_type": "physical",
        }
    ]


def _schedules(known: Facts, agency: Agency | None, owner: str) -> list[dict[str, Any]]:
    """Return the week, and the rules of the coming weeks that depart from it.

    A rule with dates stands over the week on its weekdays. HSDS cannot say that a day is closed:
    such days stand in the notes of the week.
    """
    other = known.other_hours_of(agency)
    shut = "; ".join(_closed_words(each) for each in other if not each.spans)
    week = [
        _schedule(known, owner, span.weekdays, (span.opens, span.closes))
        | _said({"description": known.closing_rule, "notes": shut and f"Tutup: {shut}."})
        for span in known.spans_of(agency)
    ]
    return week + [
        _schedule(known, owner, each.weekdays, span, first=each.first, last=each.last)
        | _said({"description": each.name})
        for each in other
        for span in each.spans
    ]


def _schedule(
    known: Facts,
    owner: str,
    weekdays: Sequence[int],
    span: tuple[time, time],
    *,
    first: date | None = None,
    last: date | None = None,
) -> dict[str, Any]:
    offset = f"{datetime.combine(known.day, time(0), ZoneInfo(known.mall.zone)):%z}"
    days = ",".join(WEEKDAYS[weekday] for weekday in weekdays)
    opens, closes = (f"{mark:%H:%M}" for mark in span)
    since = f"{first}/" if first else ""
    return _said(
        {
            "id": _id(known.mall, f"{owner}/schedule/{since}{days}/{opens}-{closes}"),
            "valid_from": first.isoformat() if first else "",
            "valid_to": last.isoformat() if last else "",
            "freq": "WEEKLY",
            "interval": 1,
            "wkst": "MO",
            "byday": days,
            "opens_at": f"{opens}{offset[:3]}:{offset[3:]}",
            "closes_at": f"{closes}{offset[:3]}:{offset[3:]}",
            "timezone": int(offset[:3]),
        }
    )


def _closed_words(closed: OtherHours) -> str:
    """Return the dates of a rule without hours, and why."""
    days = (closed.first + timedelta(days=n) for n in range((closed.last - closed.first).days + 1))
    dates = ", ".join(on.isoformat() for on in days if on.weekday() in closed.weekdays)
    return f"{dates} ({closed.name})" if closed.name else dates


def _service_areas(known: Facts, owner: str) -> list[dict[str, Any]]:
    if not known.region.name:
        return []
    return [{"id": _id(known.mall, f"{owner}/area"), "name": known.region.name}]


def _language(mall: Mall, owner: str) -> dict[str, Any]:
    return {"id": _id(mall, f"{owner}/language/id"), "name": "Bahasa Indonesia", "code": "id"}


def _cost_options(mall: Mall, promise: Promise, owner: str) -> list[dict[str, Any]]:
    fee = promise.fee
    if fee.rupiah is None and not fee.text:
        return []
    amount = {} if fee.rupiah is None else {"amount": fee.rupiah, "currency": "IDR"}
    since = promise.valid_from.isoformat() if promise.valid_from else ""
    told = _said({"valid_from": since, "amount_description": fee.text})
    return [{"id": _id(mall, f"{owner}/cost"), **amount, **told}]


def _required_documents(mall: Mall, promise: Promise, owner: str) -> list[dict[str, Any]]:
    documents = []
    for position, need in enumerate(promise.requirements, start=1):
        key = f"{owner}/document/{position}"
        # Who reads the text alone must not take a conditional document for one always asked.
        text = f"{need.text} (jika: {need.condition})" if need.condition else need.text
        condition = [_attribute(mall, key, "jika", need.condition)] if need.condition else []
        documents.append(_said({"id": _id(mall, key), "document": text, "attributes": condition}))
    return documents


def _attributes(
    mall: Mall, standard: Standard | None, promise: Promise, owner: str
) -> list[dict[str, Any]]:
    if standard is None:
        return []
    values = {
        "versi": str(standard.version),
        "berlaku_sejak": promise.valid_from.isoformat() if promise.valid_from else "",
        "nomor_keputusan": promise.decree_number,
        "sumber": promise.source,
        "verifikasi": certainty_of(standard),
        "jangka_waktu": promise.duration.text,
        "produk": promise.product,
        "masa_berlaku": promise.validity,
        "pengaduan": promise.complaints,
        "dasar_hukum": promise.legal_basis,
    }
    return [_attribute(mall, owner, code, value) for code, value in values.items() if value]


def _attribute(mall: Mall, owner: str, code: str, value: str) -> dict[str, Any]:
    return {
        "id": _id(mall, f"{owner}/attribute/{code}"),
        "link_type": code,
        "label": TERMS[code][0],
        "value": value,
        "taxonomy_term": _term(mall, code),
    }


def _term(mall: Mall, code: str) -> dict[str, Any]:
    name, meaning = TERMS[code]
    return {
        "id": _id(mall, f"term/{code}"),
        "code": code,
        "name": name,
        "description": meaning,
        "taxonomy": TAXONOMY,
        "language": "id",
    }


def _metadata(
    row: Service, standard: Standard | None, mall: Mall, owner: str
) -> list[dict[str, Any]]:
    """Return when the version in force came; HSDS asks for the day, so none without one."""
    if standard is None or standard.valid_from is None:
        return []
    decree = f", {standard.decree_number}" if standard.decree_number else ""
    before = standard.version - 1
    return [
        {
            "id": _id(mall, f"{owner}/standard/{standard.version}"),
            "last_action_date": standard.valid_from.isoformat(),
            "last_action_type": "update" if before else "create",
            "field_name": "standar_pelayanan",
            "previous_value": f"versi {before}" if before else "",
            "replacement_value": f"versi {standard.version}{decree}",
            "updated_by": row.agency.name,
        }
    ]


def _numbered(steps: Sequence[str]) -> str:
    return "\n".join(f"{position}. {step}" for position, step in enumerate(steps, start=1))
