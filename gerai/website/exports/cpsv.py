"""The mall's services in the Core Public Service Vocabulary (CPSV-AP 3.1.1), as a graph.

Every node has an address of its own below the page that it belongs to; none is blank.
"""

import json
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, ORG, RDF, SKOS, TIME, XSD, Graph, Literal, Namespace, URIRef

from gerai.directory.catalogue.durations import Duration
from gerai.directory.catalogue.entries import NO_PROMISE, Promise
from gerai.directory.models import Agency, Service, Standard
from gerai.directory.queries import promise_of
from gerai.website.exports import agency_url, mall_url, service_url
from gerai.website.exports.facts import (
    Facts,
    about,
    certainty_of,
    facts,
    services_shown,
    standards_in_force,
)

ADMS = Namespace("http://www.w3.org/ns/adms#")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
M8G = Namespace("http://data.europa.eu/m8g/")
EU = Namespace("http://publications.europa.eu/resource/authority/")
GERAI = Namespace("urn:gerai:")
ADMINISTRATIVE_UNIT = URIRef("http://data.europa.eu/88u/dataset/atu-type")

PREFIXES = {
    "adms": ADMS,
    "cpsv": CPSV,
    "dcat": DCAT,
    "dct": DCTERMS,
    "eli": ELI,
    "eu": EU,
    "foaf": FOAF,
    "gerai": GERAI,
    "locn": LOCN,
    "m8g": M8G,
    "org": ORG,
    "skos": SKOS,
    "time": TIME,
    "xsd": XSD,
}

# xsd:duration knows no working days: such a promise is told in words only.
DURATIONS = {"menit": "PT{}M", "jam": "PT{}H", "hari": "P{}D", "bulan": "P{}M"}
DAYS_A_WEEK = 7
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def mall_graph(base_url: str, *, known: Facts | None = None) -> Graph:
    """Return the services of the mall in scope as one graph; seven queries at any size."""
    known = known or facts()
    shown = services_shown()
    standards = standards_in_force(shown, known.day)
    catalogue = _Catalogue(base_url, known)
    for each in shown:
        catalogue.add(each, standards.get(each.pk))
    return catalogue.graph


def service_graph(
    service: Service, standard: Standard | None, *, base_url: str, known: Facts | None = None
) -> Graph:
    """Return the graph of one service, with its agency, its channel and the mall."""
    catalogue = _Catalogue(base_url, known or facts())
    catalogue.add(service, standard)
    return catalogue.graph


def turtle(graph: Graph) -> str:
    """Return a graph in Turtle."""
    return graph.serialize(format="turtle")


def json_ld(graph: Graph) -> str:
    """Return a graph as JSON-LD with short names, the same graph always as the same text.

    Amounts stand as typed text: many readers of JSON make an integer of a bare 50000.0.
    """
    context = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
    text = graph.serialize(format="json-ld", context=context)
    return json.dumps(_in_order(json.loads(text)), ensure_ascii=False, indent=1)


def _in_order(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted((_in_order(each) for each in value), key=json.dumps)
    if isinstance(value, float):
        return {"@type": "xsd:double", "@value": str(value)}
    return value


class _Catalogue:
    """A graph that services are added to; what they share is said once."""

    def __init__(self, base_url: str, known: Facts) -> None:
        self.base_url = base_url
        self.known = known
        self.graph = Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            self.graph.bind(prefix, namespace)
        self.mall = URIRef(f"{mall_url(base_url)}#mal")
        self.dataset = URIRef(f"{mall_url(base_url)}#katalog")
        self.region = URIRef(f"{mall_url(base_url)}#wilayah")
        self._say_the_mall()

    def add(self, service: Service, standard: Standard | None) -> None:
        """Add a service with what its standard promises."""
        node = URIRef(service_url(service, self.base_url))
        promise = promise_of(standard) if standard else NO_PROMISE
        caveat = self.known.caveat_of(standard)
        said = [about(service, self.known.mall, promise.product, caveat)]
        if promise.duration.text:
            said.append(f"Jangka waktu: {promise.duration.text}.")
        self._is(node, CPSV.PublicService)
        self._tell(node, DCTERMS.identifier, Literal(service.code))
        self._tell(node, DCTERMS.title, _text(service.name))
        self._tell(node, DCTERMS.description, _text(" ".join(said)))
        self._tell(node, DCTERMS.spatial, self.region)
        self._tell(node, DCTERMS.language, self._language())
        self._tell(node, ADMS.status, self._status(is_active=service.is_active))
        self._tell(node, M8G.isDescribedAt, self.dataset)
        self._tell(self.dataset, DCTERMS.hasPart, node)
        self._say_the_agency(node, service.agency)
        self._say_the_duration(node, promise.duration)
        self._say_the_product(node, promise)
        self._say_the_fee(node, service.agency, promise)
        self._say_the_needs(node, promise)
        if standard is not None:
            self._say_the_rule(node, standard, promise)

    def _tell(self, node: URIRef, prop: URIRef, value: URIRef | Literal) -> None:
        self.graph.add((node, prop, value))

    def _is(self, node: URIRef, *kinds: URIRef) -> URIRef:
        for kind in kinds:
            self._tell(node, RDF.type, kind)
        return node

    def _concept(self, node: URIRef, label: str) -> URIRef:
        self._tell(self._is(node, SKOS.Concept), SKOS.prefLabel, _text(label))
        return node

    def _say_the_mall(self) -> None:
        mall = self.known.mall
        page = self._is(URIRef(mall_url(self.base_url)), FOAF.Document)
        self._is(self.mall, FOAF.Agent, ORG.Organization)
        self._tell(self.mall, DCTERMS.identifier, Literal(mall.slug))
        self._tell(self.mall, DCTERMS.title, _text(mall.name))
        self._tell(self.mall, FOAF.homepage, page)
        self._say_the_region()
        self._say_the_address()
        self._is(self.dataset, DCAT.Dataset)
        self._tell(self.dataset, DCTERMS.identifier, Literal(f"{mall.slug}-layanan"))
        self._tell(self.dataset, DCTERMS.title, _text(f"Layanan {mall.name}"))
        said = f"Layanan instansi di {mall.name}, dengan standar yang berlaku."
        caveat = self.known.caveat_of_the_mall
        self._tell(self.dataset, DCTERMS.description, _text(f"{said} {caveat}".strip()))
        self._tell(self.dataset, DCTERMS.publisher, self.mall)
        self._tell(self.dataset, DCAT.landingPage, page)

    def _say_the_region(self) -> None:
        region = self.known.region
        self._is(self.region, DCTERMS.Location, ADMINISTRATIVE_UNIT)
        if region.name:
            self._tell(self.region, SKOS.prefLabel, _text(region.name))
            self._tell(self.region, DCTERMS.identifier, Literal(region.code))

    def _say_the_address(self) -> None:
        mall, region = self.known.mall, self.known.region
        if not mall.address:
            return
        address = self._is(URIRef(f"{mall_url(self.base_url)}#alamat"), LOCN.Address)
        self._tell(self.mall, LOCN.address, address)
        self._tell(address, LOCN.fullAddress, _text(mall.address))
        self._tell(address, LOCN.adminUnitL1, _text("Indonesia"))
        if region.province:
            self._tell(address, LOCN.adminUnitL2, _text(region.province))
        if self.known.postal_code:
            self._tell(address, LOCN.postCode, Literal(self.known.postal_code))

    def _language(self) -> URIRef:
        return self._is(EU["language/IND"], DCTERMS.LinguisticSystem)

    def _status(self, *, is_active: bool) -> URIRef:
        name, label = ("active", "Aktif") if is_active else ("inactive", "Tidak aktif")
        return self._concept(GERAI[f"status:{name}"], label)

    def _say_the_agency(self, service: URIRef, agency: Agency) -> None:
        page = agency_url(agency, self.base_url)
        node = self._is(URIRef(f"{page}#instansi"), M8G.PublicOrganisation, ORG.Organization)
        channel = URIRef(f"{page}#loket")
        self._tell(service, M8G.hasCompetentAuthority, node)
        self._tell(service, M8G.hasChannel, channel)
        if (channel, RDF.type, M8G.Channel) in self.graph:
            return
        self._tell(node, SKOS.prefLabel, _text(agency.name))
        self._tell(node, SKOS.altLabel, _text(agency.short_name))
        self._tell(node, DCTERMS.identifier, Literal(agency.code))
        self._tell(node, DCTERMS.spatial, self.region)
        if agency.site:
            site = self._is(URIRef(agency.site), FOAF.Document)
            self._tell(node, FOAF.homepage, site)
        self._say_the_channel(channel, agency)

    def _say_the_channel(self, channel: URIRef, agency: Agency) -> None:
        mall = self.known.mall
        place = self.known.place_of(agency)
        self._is(channel, M8G.Channel)
        self._tell(channel, DCTERMS.identifier, Literal(f"{mall.slug}/{agency.code}"))
        self._tell(channel, DCTERMS.type, self._concept(GERAI["channel:counter"], "Loket"))
        told = f"{place}, {mall.name}" if place else mall.name
        self._tell(channel, DCTERMS.description, _text(told))
        self._tell(channel, M8G.ownedBy, self.mall)
        weekly = self._concept(EU["frequency/WEEKLY"], "Mingguan")
        for position, span in enumerate(self.known.spans_of(agency), start=1):
            hours = self._is(URIRef(f"{channel}-jam-{position}"), TIME.TemporalEntity)
            days = ", ".join(WEEKDAYS[weekday] for weekday in span.weekdays)
            words = f"{days}, pukul {span.opens:%H.%M} sampai {span.closes:%H.%M} {mall.zone_label}"
            self._tell(hours, DCTERMS.description, _text(words))
            self._tell(hours, M8G.frequency, weekly)
            self._tell(channel, M8G.openingHours, hours)

    def _say_the_duration(self, service: URIRef, duration: Duration) -> None:
        longest = duration.least if duration.most is None else duration.most
        text = xsd_duration(longest, duration.unit)
        if text:
            self._tell(service, M8G.processingTime, Literal(text, datatype=XSD.duration))

    def _say_the_product(self, service: URIRef, promise: Promise) -> None:
        if not promise.product:
            return
        output = self._is(URIRef(f"{service}#produk"), M8G.Output)
        self._tell(service, CPSV.produces, output)
        self._tell(output, DCTERMS.identifier, Literal(str(output)))
        self._tell(output, DCTERMS.title, _text(promise.product))
        if promise.validity:
            self._tell(output, DCTERMS.description, _text(f"Masa berlaku: {promise.validity}"))

    def _say_the_fee(self, service: URIRef, agency: Agency, promise: Promise) -> None:
        fee = promise.fee
        if fee.rupiah is None and not fee.text:
            return
        cost = self._is(URIRef(f"{service}#biaya"), M8G.Cost)
        self._tell(service, M8G.hasCost, cost)
        self._tell(cost, DCTERMS.identifier, Literal(str(cost)))
        authority = URIRef(f"{agency_url(agency, self.base_url)}#instansi")
        self._tell(cost, M8G.isDefinedBy, authority)
        if fee.text:
            self._tell(cost, DCTERMS.description, _text(fee.text))
        if fee.rupiah is not None:
            self._tell(cost, M8G.hasValue, Literal(float(fee.rupiah), datatype=XSD.double))
            self._tell(cost, M8G.currency, self._concept(EU["currency/IDR"], "Rupiah"))

    def _say_the_needs(self, service: URIRef, promise: Promise) -> None:
        for position, need in enumerate(promise.requirements, start=1):
            node = self._is(URIRef(f"{service}#syarat-{position}"), M8G.Requirement)
            self._tell(service, M8G.holdsRequirement, node)
            self._tell(node, DCTERMS.identifier, Literal(str(node)))
            self._tell(node, DCTERMS.title, _text(need.text))
            kind, label = ("conditional", "Bersyarat") if need.condition else ("always", "Selalu")
            self._tell(node, DCTERMS.type, self._concept(GERAI[f"requirement:{kind}"], label))
            if need.condition:
                told = _text(f"Hanya jika: {need.condition}")
                self._tell(node, DCTERMS.description, told)

    def _say_the_rule(self, service: URIRef, standard: Standard, promise: Promise) -> None:
        rule = self._is(URIRef(f"{service}#standar-{standard.version}"), CPSV.Rule)
        self._tell(service, CPSV.follows, rule)
        self._tell(rule, DCTERMS.identifier, Literal(str(rule)))
        self._tell(rule, DCTERMS.title, _text(f"Standar pelayanan versi {standard.version}"))
        steps = "; ".join(promise.procedure)
        said = f"Prosedur: {steps}." if steps else "Prosedur tidak tercantum pada sumber."
        self._tell(rule, DCTERMS.description, _text(f"{said} {certainty_of(standard)}"))
        self._tell(rule, DCTERMS.language, self._language())
        certainty = GERAI[f"verification:{standard.verification or 'none'}"]
        self._tell(rule, ADMS.status, self._concept(certainty, certainty_of(standard)))
        if promise.source:
            self._tell(rule, DCTERMS.source, Literal(promise.source))
        if promise.valid_from:
            since = Literal(promise.valid_from.isoformat(), datatype=XSD.date)
            self._tell(rule, DCTERMS.valid, since)
        if promise.decree_number:
            decree = self._is(URIRef(f"{service}#keputusan-{standard.version}"), ELI.LegalResource)
            self._tell(decree, DCTERMS.identifier, Literal(promise.decree_number))
            self._tell(rule, CPSV.implements, decree)
        if promise.legal_basis:
            law = self._is(URIRef(f"{service}#dasar-hukum"), ELI.LegalResource)
            self._tell(law, DCTERMS.description, _text(promise.legal_basis))
            self._tell(service, M8G.hasLegalResource, law)


def xsd_duration(count: int | None, unit: str) -> str:
    """Return a count of a unit as xsd:duration; empty where that type cannot say it.

    >>> xsd_duration(24, "jam"), xsd_duration(2, "minggu"), xsd_duration(14, "hari_kerja")
    ('PT24H', 'P14D', '')
    """
    if count is None:
        return ""
    if unit == "minggu":
        count, unit = count * DAYS_A_WEEK, "hari"
    return DURATIONS[unit].format(count) if unit in DURATIONS else ""


def _text(words: str) -> Literal:
    return Literal(words, lang="id")
