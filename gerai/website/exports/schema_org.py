"""Services and the mall in the words of schema.org, as JSON-LD for search engines."""

from collections.abc import Sequence
from datetime import date, time
from itertools import groupby
from typing import Any

from gerai.directory.catalogue.durations import Duration
from gerai.directory.catalogue.entries import NO_PROMISE, Promise
from gerai.directory.models import Agency, Counter, Floor, Service, Standard
from gerai.directory.queries import promise_of
from gerai.malls.models import Mall
from gerai.website.exports import agency_url, mall_url, service_url
from gerai.website.exports.facts import Facts, about, certainty_of, facts

CONTEXT = "https://schema.org"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Units of UN/CEFACT; a working day has none there and is told by its name alone.
UNITS = {"menit": "MIN", "jam": "HUR", "hari": "DAY", "minggu": "WEE", "bulan": "MON"}


def service_json_ld(
    service: Service, standard: Standard | None, *, base_url: str, known: Facts | None = None
) -> dict[str, Any]:
    """Return a service as a GovernmentService, for one page.

    known: the mall's facts where the caller has them already, else four queries.
    """
    known = known or facts()
    promise = promise_of(standard) if standard else NO_PROMISE
    caveat = known.caveat_of(standard)
    return _said(
        {
            "@context": CONTEXT,
            "@type": "GovernmentService",
            "@id": f"{service_url(service, base_url)}#layanan",
            "identifier": service.code,
            "name": service.name,
            "description": about(service, known.mall, promise.product, caveat),
            "disambiguatingDescription": caveat,
            "url": service_url(service, base_url),
            "provider": _agency(service.agency, base_url),
            "serviceOperator": {"@id": _mall_id(base_url)},
            "areaServed": _area(known),
            "availableChannel": {
                "@type": "ServiceChannel",
                "name": known.place_of(service.agency),
                "availableLanguage": "id",
                "serviceLocation": _service_location(service.agency, known, base_url),
            },
            "serviceOutput": _output(promise),
            "offers": _offer(promise),
            "hoursAvailable": _hours(known, service.agency),
            "subjectOf": [
                *([_standard(standard, promise)] if standard else []),
                *_how_to(service, promise),
            ],
        }
    )


def organization_json_ld(
    mall: Mall, base_url: str, *, known: Facts | None = None
) -> dict[str, Any]:
    """Return the mall as an office and a public building, with its hours and floors."""
    known = known or facts()
    floors = Floor.objects.order_by("number").prefetch_related("zones")
    return _said(
        {
            "@context": CONTEXT,
            "@type": ["GovernmentOffice", "CivicStructure"],
            "@id": _mall_id(base_url),
            "name": mall.name,
            "url": mall_url(base_url),
            "description": known.caveat_of_the_mall,
            "address": _address(known),
            "areaServed": _area(known),
            "openingHoursSpecification": _hours(known, None),
            "specialOpeningHoursSpecification": _departures(known),
            "containsPlace": [
                _said(
                    {
                        "@type": "Place",
                        "name": floor.name,
                        "containsPlace": [
                            {"@type": "Place", "identifier": zone.code, "name": zone.name}
                            for zone in sorted(floor.zones.all(), key=lambda zone: zone.code)
                        ],
                    }
                )
                for floor in floors
            ],
        }
    )


def breadcrumbs(trail: Sequence[tuple[str, str]], base_url: str) -> dict[str, Any]:
    """Return a trail of names and addresses below the first page as a BreadcrumbList.

    >>> crumbs = breadcrumbs([("Layanan", "/layanan/")], "https://mal.example")
    >>> crumbs["itemListElement"][0]["item"]
    'https://mal.example/layanan/'
    """
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": f"{mall_url(base_url)}{address.lstrip('/')}",
            }
            for position, (name, address) in enumerate(trail, start=1)
        ],
    }


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}


def _mall_id(base_url: str) -> str:
    return f"{mall_url(base_url)}#mal"


def _agency(agency: Agency, base_url: str) -> dict[str, Any]:
    return _said(
        {
            "@type": "Organization" if agency.kind == "private" else "GovernmentOrganization",
            "@id": f"{agency_url(agency, base_url)}#instansi",
            "identifier": agency.code,
            "name": agency.name,
            "alternateName": agency.short_name,
            "url": agency_url(agency, base_url),
            "sameAs": agency.site,
        }
    )


def _area(known: Facts) -> dict[str, Any]:
    region = known.region
    if not region.name:
        return {}
    return {"@type": "AdministrativeArea", "identifier": region.code, "name": region.name}


def _address(known: Facts) -> dict[str, Any]:
    return _said(
        {
            "@type": "PostalAddress",
            "streetAddress": known.mall.address,
            "addressLocality": known.region.regency,
            "addressRegion": known.region.province,
            "postalCode": known.postal_code,
            "addressCountry": "ID",
        }
    )


def _service_location(agency: Agency, known: Facts, base_url: str) -> dict[str, Any]:
    def floor_of(counter: Counter) -> tuple[int, str]:
        return counter.zone.floor.number, counter.zone.floor.name

    counters = sorted(known.counters_of(agency), key=floor_of)
    return _said(
        {
            "@type": "Place",
            "@id": _mall_id(base_url),
            "name": known.mall.name,
            "address": _address(known),
            "containsPlace": [
                {
                    "@type": "Place",
                    "name": floor,
                    "containsPlace": [
                        {
                            "@type": "Place",
                            "identifier": counter.code,
                            "name": f"Loket {counter.code}, {counter.zone.name}",
                        }
                        for counter in there
                    ],
                }
                for (_number, floor), there in groupby(counters, floor_of)
            ],
        }
    )


def _output(promise: Promise) -> dict[str, Any]:
    if not promise.product:
        return {}
    told = f"Masa berlaku: {promise.validity}" if promise.validity else ""
    return _said({"@type": "Thing", "name": promise.product, "description": told})


def _offer(promise: Promise) -> dict[str, Any]:
    fee = promise.fee
    priced = {"price": fee.rupiah, "priceCurrency": "IDR"} if fee.rupiah is not None else {}
    offer = _said(
        {
            "description": fee.text,
            "deliveryLeadTime": _lead_time(promise.duration),
        }
    )
    if not (offer or priced):
        return {}
    since = _day(promise.valid_from)
    return {"@type": "Offer", **priced, **offer, **_said({"validFrom": since})}


def _lead_time(duration: Duration) -> dict[str, Any]:
    value = _said({"minValue": duration.least, "maxValue": duration.most})
    said = _said(
        {
            "unitCode": UNITS.get(duration.unit, ""),
            "unitText": duration.unit.replace("_", " "),
            "description": duration.text,
        }
    )
    return {"@type": "QuantitativeValue", **value, **said} if value or said else {}


def _hours(known: Facts, agency: Agency | None) -> list[dict[str, Any]]:
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"{CONTEXT}/{DAYS[weekday]}" for weekday in span.weekdays],
            "opens": _clock(span.opens),
            "closes": _clock(span.closes),
        }
        for span in known.spans_of(agency)
    ]


def _departures(known: Facts) -> list[dict[str, Any]]:
    # Search engines read a day from midnight to midnight as closed.
    closed = ((time(0), time(0)),)
    return [
        _said(
            {
                "@type": "OpeningHoursSpecification",
                "name": departure.name,
                "validFrom": departure.on.isoformat(),
                "validThrough": departure.on.isoformat(),
                "opens": _clock(opens),
                "closes": _clock(closes),
            }
        )
        for departure in known.departures_of()
        for opens, closes in departure.spans or closed
    ]


def _standard(standard: Standard, promise: Promise) -> dict[str, Any]:
    return _said(
        {
            "@type": "CreativeWork",
            "name": "Standar pelayanan",
            "identifier": promise.decree_number,
            "version": standard.version,
            "inLanguage": "id",
            "temporalCoverage": f"{_day(promise.valid_from)}/.." if promise.valid_from else "",
            "creativeWorkStatus": certainty_of(standard),
            "citation": promise.source,
        }
    )


def _how_to(service: Service, promise: Promise) -> list[dict[str, Any]]:
    if not (promise.requirements or promise.procedure):
        return []
    how_to = {
        "@type": "HowTo",
        "name": f"Cara mengurus {service.name}",
        "inLanguage": "id",
        "supply": [
            _said(
                {
                    "@type": "HowToSupply",
                    "name": need.text,
                    "description": f"Hanya jika: {need.condition}" if need.condition else "",
                }
            )
            for need in promise.requirements
        ],
        "step": [
            {"@type": "HowToStep", "position": position, "text": step}
            for position, step in enumerate(promise.procedure, start=1)
        ],
    }
    return [_said(how_to)]


def _clock(mark: time) -> str:
    return mark.strftime("%H:%M")


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
