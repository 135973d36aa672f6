"""The YAML form of a catalogue: agencies with their services. See docs/reference."""

from typing import TypeGuard

import yaml

from gerai.directory.catalogue.durations import Duration, read_duration, stated_duration
from gerai.directory.catalogue.entries import (
    AgencyEntry,
    Catalogue,
    Promise,
    Refusal,
    Requirement,
    ServiceEntry,
    take_first,
)
from gerai.directory.catalogue.fees import MOST_RUPIAH, Fee, read_fee, rupiah_text
from gerai.directory.catalogue.records import NULL, Record, line_of
from gerai.directory.catalogue.texts import (
    AGENCY_NAME_LIMIT,
    CODE_LIMIT,
    NAME_LIMIT,
    SHORT_NAME_LIMIT,
    Unfit,
    prose,
    shown,
)
from gerai.directory.catalogue.web import web_address
from gerai.ui import icons

AGENCIES = "instansi"
SERVICES = "layanan"

KINDS = {
    "opd": "opd",
    "opd_kabkota": "opd",
    "penyelenggara": "opd",
    "vertikal": "vertical",
    "provinsi": "province",
    "provinsi_gabungan": "province",
    "bumn": "bumn",
    "bumn_lembaga": "bumn",
    "bumd": "bumd",
    "swasta": "private",
}
VERIFICATIONS = frozenset({"", "terverifikasi", "sebagian", "alamat_tak_lengkap"})
DURATION_LIMIT = 400
CONDITION_LIMIT = 400
DECREE_LIMIT = 120

# The components that are plain text: field of the file, part of the promise.
TEXT_PARTS = {
    "keluhan": "complaints",
    "dasar_hukum": "legal_basis",
    "sarana": "facilities",
    "kompetensi": "competence",
    "pengawasan": "supervision",
    "pelaksana": "staff",
    "jaminan_pelayanan": "service_guarantee",
    "jaminan_keamanan": "security_guarantee",
    "evaluasi": "evaluation",
}
# contoh_kehadiran_di_mpp tells of other malls, so it is read over.
AGENCY_FIELDS = frozenset(
    {"kode", "nama", "jenis", "situs", "singkatan", "ikon", SERVICES, "contoh_kehadiran_di_mpp"}
)
SERVICE_FIELDS = frozenset(
    {
        *("kode", "nama", "aktif", "produk", "persyaratan", "waktu", "biaya", "alur"),
        *("masa_berlaku", "nomor_keputusan", "berlaku_sejak", "status", "sumber"),
        *("gabungan_sumber", "varian_daerah", "catatan"),
        *TEXT_PARTS,
    }
)


def is_catalogue(root: yaml.Node | None) -> TypeGuard[yaml.MappingNode]:
    """Tell whether a document is a catalogue: a mapping with a list of agencies."""
    return isinstance(root, yaml.MappingNode) and any(
        isinstance(key, yaml.ScalarNode)
        and key.value == AGENCIES
        and isinstance(value, yaml.SequenceNode)
        for key, value in root.value
    )


class YamlCatalogue:
    """Reads one document, row by row: each agency and each service is a row."""

    def __init__(self, root: yaml.MappingNode) -> None:
        """Take the root of a document that is a catalogue."""
        self.catalogue = Catalogue(renames=True)
        self.agency_codes: dict[str, AgencyEntry] = {}
        self.service_codes: dict[str, ServiceEntry] = {}
        self.root = root

    def read(self) -> Catalogue:
        """Return the rows, taken or refused, in the order of the file."""
        for key, agencies in self.root.value:
            if isinstance(agencies, yaml.SequenceNode) and key.value == AGENCIES:
                for node in agencies.value:
                    self._agency(node)
        return self.catalogue

    def _agency(self, node: yaml.Node) -> None:
        try:
            record = Record(node, "Instansi")
            entry = _agency_entry(record)
            services = _services(record)
            take_first(entry, self.catalogue.agencies, self.agency_codes)
        except Unfit as unfit:
            self._refuse(line_of(node), unfit)
            for service in _services_below(node):
                self._refuse(
                    line_of(service),
                    Unfit(f"Instansinya (baris {line_of(node)}) ditolak. Perbaiki itu dahulu."),
                )
            return
        self._remark(record, AGENCY_FIELDS)
        for service in services:
            self._service(service, entry.code)

    def _service(self, node: yaml.Node, agency: str) -> None:
        try:
            record = Record(node, "Layanan")
            entry = _service_entry(record, agency)
            take_first(entry, self.catalogue.services, self.service_codes)
        except Unfit as unfit:
            self._refuse(line_of(node), unfit)
        else:
            self._remark(record, SERVICE_FIELDS)

    def _refuse(self, line: int, unfit: Unfit) -> None:
        self.catalogue.refusals.append(Refusal(line, str(unfit)))

    def _remark(self, record: Record, known: frozenset[str]) -> None:
        for name in record.unknown(known):
            self.catalogue.remarks.append(
                f"Baris {record.line}: kolom “{name}” tidak dikenal dan tidak diambil."
            )


def _services(record: Record) -> list[yaml.Node]:
    node = record.fields.get(SERVICES)
    if node is None or node.tag == NULL:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise Unfit(f"Kolom “{SERVICES}” harus berupa daftar.")
    return list(node.value)


def _services_below(node: yaml.Node) -> list[yaml.Node]:
    """Return the services below an agency that could not be read itself."""
    if not isinstance(node, yaml.MappingNode):
        return []
    return [
        service
        for key, value in node.value
        if isinstance(value, yaml.SequenceNode) and key.value == SERVICES
        for service in value.value
    ]


def _agency_entry(record: Record) -> AgencyEntry:
    code, name = record.required("kode", CODE_LIMIT), record.required("nama", AGENCY_NAME_LIMIT)
    kind = record.label("jenis", CODE_LIMIT).lower()
    if kind and kind not in KINDS:
        raise Unfit(f"Jenis instansi “{shown(kind)}” tidak dikenal. Pakai {', '.join(KINDS)}.")
    return AgencyEntry(
        line=record.line,
        code=code,
        name=name,
        kind=KINDS[kind] if kind else "",
        site=web_address(record.prose("situs"), "situs"),
        short_name=record.label("singkatan", SHORT_NAME_LIMIT),
        icon=_icon(record),
    )


def _icon(record: Record) -> str:
    icon = record.label("ikon", CODE_LIMIT)
    if icon and icon not in icons.NAMES:
        raise Unfit(f"Ikon “{shown(icon)}” tidak dikenal. Pilih dari halaman /ui.")
    return icon


def _service_entry(record: Record, agency: str) -> ServiceEntry:
    return ServiceEntry(
        line=record.line,
        code=record.required("kode", CODE_LIMIT),
        name=record.required("nama", NAME_LIMIT),
        agency=agency,
        is_active=record.truth("aktif"),
        promise=_promise(record),
    )


def _promise(record: Record) -> Promise:
    verification = record.label("status", CODE_LIMIT).lower()
    if verification not in VERIFICATIONS:
        raise Unfit(
            f"Status “{shown(verification)}” tidak dikenal. "
            "Pakai terverifikasi, sebagian, atau alamat_tak_lengkap."
        )
    return Promise(
        requirements=tuple(_requirements(record)),
        procedure=record.texts("alur"),
        duration=_duration(record),
        fee=_fee(record),
        product=record.label("produk", NAME_LIMIT),
        validity=record.label("masa_berlaku", DECREE_LIMIT),
        decree_number=record.label("nomor_keputusan", DECREE_LIMIT),
        valid_from=record.day("berlaku_sejak"),
        verification=verification,
        source=_source(record),
        **{part: record.prose(field) for field, part in TEXT_PARTS.items()},
    )


def _requirements(record: Record) -> list[Requirement]:
    found = []
    for node in record.items("persyaratan"):
        if isinstance(node, yaml.ScalarNode):
            requirement = Requirement(prose(str(node.value), "persyaratan"))
        else:
            item = Record(node, "Setiap persyaratan")
            requirement = Requirement(item.prose("teks"), item.prose("jika", CONDITION_LIMIT))
        if not requirement.text:
            raise Unfit(f"Persyaratan pada baris {line_of(node)} kosong. Isi atau hapus.")
        found.append(requirement)
    return found


def _duration(record: Record) -> Duration:
    stated = record.record("waktu")
    if stated is None:
        return read_duration(record.prose("waktu", DURATION_LIMIT))
    text = stated.prose("teks", DURATION_LIMIT)
    least = stated.whole_number("nilai")
    if least is None:
        return read_duration(text)
    return stated_duration(
        text, least, stated.whole_number("maks"), stated.label("satuan", CODE_LIMIT)
    )


def _fee(record: Record) -> Fee:
    stated = record.record("biaya")
    if stated is None:
        return read_fee(record.prose("biaya"))
    text = stated.prose("teks")
    rupiah = _rupiah(stated)
    details = "; ".join(
        f"{detail.required('nama', NAME_LIMIT)} {rupiah_text(amount)}"
        for detail in stated.records("rincian")
        if (amount := _rupiah(detail)) is not None
    )
    words = text or ("" if rupiah is None else rupiah_text(rupiah))
    if rupiah is None and not details:
        return read_fee(words)
    return Fee(f"{words}. Rincian: {details}".removeprefix(". ") if details else words, rupiah)


def _rupiah(record: Record) -> int | None:
    rupiah = record.whole_number("rupiah")
    if rupiah is not None and not 0 <= rupiah <= MOST_RUPIAH:
        raise Unfit(f"Biaya {rupiah} rupiah tidak mungkin. Tuliskan 0 atau lebih.")
    return rupiah


def _source(record: Record) -> str:
    """Return where the content comes from, one line each: addresses, other regions, remarks."""
    lines = [_address(source, "daerah", "ket") for source in record.records("sumber")]
    if record.truth("gabungan_sumber"):
        lines.append("Gabungan beberapa sumber: tidak ada satu daerah yang menjanjikan persis ini.")
    lines += [
        f"Daerah lain, {variant.prose('daerah')}: {variant.prose('beda')} ({_address(variant)})"
        for variant in record.records("varian_daerah")
    ]
    if note := record.prose("catatan"):
        lines.append(f"Catatan: {note}")
    return "\n".join(lines)


def _address(record: Record, *remarks: str) -> str:
    parts = [record.prose("url"), *(record.prose(remark) for remark in remarks)]
    if record.truth("alamat_lengkap") is False:
        parts.append("alamat tidak lengkap")
    return "; ".join(part for part in parts if part)
