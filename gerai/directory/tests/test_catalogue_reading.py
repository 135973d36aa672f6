"""Files told apart by content; every dirty row refused with its line, never a crash."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.directory.catalogue.entries import Refusal, Requirement
from gerai.directory.catalogue.reading import MOST_BYTES, UnreadableCatalogue, read_catalogue

HEAD = "id,kode,nama,pemohon,bidang,singkatan,durasi,masa_berlaku,biaya,status,prosedur\n"


def permit(**changes):
    fields = {
        "id": "1",
        "kode": "449.11",
        "nama": "Izin Praktik Dokter",
        "pemohon": "Perorangan",
        "bidang": "Kesehatan",
        "singkatan": "PRD",
        "durasi": "7 hari",
        "masa_berlaku": "-",
        "biaya": "Tidak dikenakan biaya",
        "status": "Aktif",
        "prosedur": "Datang | Serahkan berkas | ",
    }
    return ",".join(f'"{value}"' for value in (fields | changes).values()) + "\n"


def permits(*rows):
    return read_catalogue((HEAD + "".join(rows)).encode())


def yaml_of(services="", agency="kode: DUK\n    nama: Dinas Kependudukan"):
    return f"meta: {{}}\ninstansi:\n  - {agency}\n    layanan:\n{services}"


def yaml(services="", **options):
    return read_catalogue(yaml_of(services, **options).encode())


def service(extra="", code="D-1", name="KTP-el"):
    return f"      - kode: {code}\n        nama: {name}\n{extra}"


def test_published_files_are_read_whole(shared_data):
    counts = {}
    for name in ("catalogue.yaml", "mpp_batang_instansi.csv", "mpp_batang_izin_1.csv"):
        found = read_catalogue((shared_data / "katalog" / name).read_bytes())
        counts[name] = (len(found.agencies), len(found.services), found.refusals, found.remarks)
    assert counts == {
        "catalogue.yaml": (24, 60, [], []),
        "mpp_batang_instansi.csv": (24, 0, [], []),
        "mpp_batang_izin_1.csv": (0, 42, [], []),
    }


def test_published_catalogue_keeps_lines_conditions_and_sources(shared_data):
    found = read_catalogue((shared_data / "katalog" / "catalogue.yaml").read_bytes())
    agency, first = found.agencies[0], found.services[0]
    promise = first.promise
    assert (agency.line, agency.code, agency.kind) == (24, "DISDUKCAPIL", "opd")
    assert (first.line, first.code, first.agency) == (32, "DUK-01", "DISDUKCAPIL")
    assert promise.requirements[1] == Requirement(
        "surat keterangan hilang dari kepolisian", "KTP-el hilang"
    )
    assert (promise.duration.most, promise.duration.unit) == (14, "hari_kerja")
    assert (promise.fee.rupiah, len(promise.procedure)) == (0, 6)
    assert promise.verification == "terverifikasi"
    assert "Daerah lain, Kota Surakarta" in promise.source


def test_permit_row_gives_a_service_with_its_promise():
    [found] = permits(permit(masa_berlaku="3 tahun")).services
    promise = found.promise
    assert (found.line, found.code, found.agency, found.is_active) == (2, "449.11", "", True)
    assert promise.procedure == ("Datang", "Serahkan berkas")
    assert (promise.duration.least, promise.fee.rupiah, promise.validity) == (7, 0, "3 tahun")
    assert promise.source == "Bidang: Kesehatan\nPemohon: Perorangan\nSingkatan: PRD"


@pytest.mark.parametrize(
    ("status", "is_active"), [("Aktif", True), (" tidak  AKTIF", False), ("-", None)]
)
def test_permit_status_says_whether_it_is_given(status, is_active):
    assert permits(permit(status=status)).services[0].is_active is is_active


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"kode": " "}, "kosong"),
        ({"nama": "-"}, "kosong"),
        ({"nama": "x" * 241}, "terlalu panjang"),
        ({"prosedur": "x" * 10_000}, "terlalu panjang"),
        ({"durasi": "x" * 401}, "terlalu panjang"),
        ({"kode": "=HYPERLINK(1)"}, "rumus"),
        ({"biaya": "=1+1"}, "rumus"),
        ({"nama": "Izin 😀"}, "emoji"),
        ({"nama": "Izin\0"}, "tidak terlihat"),
        ({"durasi": "-7 hari"}, "negatif"),
        ({"biaya": "Rp -1"}, "negatif"),
        ({"status": "mungkin"}, "tidak dikenal"),
        ({"prosedur": "a|" * 101}, "terlalu panjang"),
    ],
)
def test_dirty_permit_is_refused_with_its_line(changes, word):
    found = permits(permit(kode="ok"), permit(**changes))
    assert [entry.code for entry in found.services] == ["ok"]
    [refusal] = found.refusals
    assert refusal.line == 3
    assert word in refusal.reason


def test_repeated_codes_keep_the_first_and_name_its_line():
    found = permits(
        permit(),
        permit(kode=" 449.11 ", nama="Izin Kerja Bidan"),
        permit(),
        permit(kode="ab"),
        permit(kode="A B"),
    )
    assert [entry.line for entry in found.services] == [2, 5]
    assert found.refusals == [
        Refusal(3, "Kode “449.11” sudah dipakai baris 2 (Izin Praktik Dokter). Beri kode lain."),
        Refusal(4, "Sama persis dengan baris 2. Satu baris sudah cukup."),
        Refusal(6, "Kode “A B” sudah dipakai baris 5 (Izin Praktik Dokter). Beri kode lain."),
    ]


def test_rows_of_many_lines_and_blank_lines_keep_their_line_numbers():
    found = permits(permit(prosedur="satu\ndua"), "\n", permit(kode="B"), ",,\n", permit(kode=""))
    assert [entry.line for entry in found.services] == [2, 5]
    assert [refusal.line for refusal in found.refusals] == [7]


def test_row_with_too_few_or_many_cells_is_refused():
    found = permits("1,2,3\n", permit()[:-1] + ",lebih\n")
    assert [(row.line, "kolom" in row.reason) for row in found.refusals] == [(2, True), (3, True)]


def test_open_quote_is_refused_and_the_rows_before_it_stay():
    found = permits(permit(), '2,B,"Izin\n', permit(kode="C"))
    assert [entry.code for entry in found.services] == ["449.11"]
    assert [refusal.line for refusal in found.refusals] == [3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_agencies_may_come_with_any_delimiter_and_coding(delimiter):
    rows = [["KODE", " nama", "situs", "alamat"], ["001", "Café", "https://a.go.id/x", "z"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    for content in (text.encode("utf-8-sig"), text.encode("latin-1"), b"sep=,\n" + text.encode()):
        found = read_catalogue(content)
        [agency] = found.agencies
        assert (agency.code, agency.name, agency.site) == ("001", "Café", "https://a.go.id/x")
        assert found.remarks == ["Kolom “alamat” tidak dikenal dan tidak diambil."]


@pytest.mark.parametrize(
    "site", ["javascript:alert(1)", "www.a.go.id", "http://", "http://[", "https://a.id/ b"]
)
def test_site_that_is_no_address_is_refused(site):
    found = read_catalogue(f"kode,nama,situs\n1,Dinas,{site}\n".encode())
    assert (found.agencies, [refusal.line for refusal in found.refusals]) == ([], [2])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\n",
        b"\x00\x01\x02",
        b"\x89PNG\r\n\x1a\n\xff\xfe",
        b"PK\x03\x04rest",
        "kode,nama,situs\n1,a,\n".encode("utf-16"),
        b"kode,nama\n1,Dinas\n",
        b"kode,nama,situs,kode\n1,Dinas,,2\n",
        b"hanya kalimat biasa",
        b"a: [1, 2",
        b"instansi: 5\n",
        b"instansi: []\n---\ninstansi: []\n",
        b"- kode: A\n",
        b"instansi: \xff\n",
        b'instansi: "\\UFFFFFFFF"',
        b"instansi: \x07",
        b"[" * 5000,
        b"\t\tx: 1",
        b"x" * (MOST_BYTES + 1),
    ],
)
def test_file_that_is_no_catalogue_is_refused_whole(content):
    with pytest.raises(UnreadableCatalogue):
        read_catalogue(content)


def test_broken_yaml_names_its_line():
    with pytest.raises(UnreadableCatalogue, match=r"baris 3"):
        read_catalogue(b"instansi:\n  - kode: A\n   nama: B\n")


def test_yaml_reads_every_component():
    [entry] = yaml(
        service(
            "        aktif: false\n"
            "        produk: KTP-el\n"
            "        persyaratan: [KK, {teks: surat hilang, jika: hilang}]\n"
            "        waktu: 7 hari kerja\n"
            "        biaya: {rincian: [{nama: biasa, rupiah: 5000}]}\n"
            "        alur: [datang, '-', ambil]\n"
            "        masa_berlaku: 5 tahun\n"
            "        nomor_keputusan: 12/2026\n"
            "        berlaku_sejak: 2026-01-31\n"
            "        dasar_hukum: [UU 24/2013, PP 40/2019]\n"
            "        keluhan: meja pengaduan\n"
            "        status: sebagian\n",
            code="001",
        )
    ).services
    promise = entry.promise
    assert (entry.line, entry.code, entry.is_active) == (6, "001", False)
    assert promise.requirements == (Requirement("KK"), Requirement("surat hilang", "hilang"))
    assert (promise.duration.least, promise.duration.unit) == (7, "hari_kerja")
    assert (promise.fee.text, promise.fee.rupiah) == ("Rincian: biasa Rp5.000", None)
    assert promise.procedure == ("datang", "ambil")
    assert promise.legal_basis == "UU 24/2013\nPP 40/2019"
    assert (promise.validity, promise.decree_number) == ("5 tahun", "12/2026")
    assert (promise.complaints, str(promise.valid_from)) == ("meja pengaduan", "2026-01-31")


@pytest.mark.parametrize(
    ("extra", "word"),
    [
        ("        waktu: {nilai: 7, satuan: abad}\n", "Satuan"),
        ("        waktu: {nilai: -7, satuan: menit}\n", "tidak mungkin"),
        ("        waktu: {nilai: 7.5, satuan: menit}\n", "bilangan bulat"),
        ("        waktu: {nilai: " + "9" * 5000 + ", satuan: menit}\n", "bilangan bulat"),
        ("        waktu: {nilai: 7}\n", "Satuan"),
        ("        waktu: [1]\n", "waktu"),
        ("        biaya: {rupiah: -1}\n", "tidak mungkin"),
        ("        biaya: {rincian: [{rupiah: 1}]}\n", "kosong"),
        ("        persyaratan: KK\n", "daftar"),
        ("        persyaratan: [{jika: hilang}]\n", "kosong"),
        ("        persyaratan: [[KK]]\n", "Setiap persyaratan"),
        ("        alur: [{a: b}]\n", "teks"),
        ("        alur: [" + "a," * 101 + "]\n", "terlalu panjang"),
        ("        produk: [a]\n", "teks"),
        ("        status: baik\n", "Status"),
        ("        berlaku_sejak: 31-01-2026\n", "tanggal"),
        ("        berlaku_sejak: 20260131\n", "tanggal"),
        ("        aktif: mungkin\n", "true"),
        ('        produk: "a\\0b"\n', "tidak terlihat"),
        ('        produk: "\\ud800"\n', "tidak terlihat"),
        ("        kode: D-2\n", "dua kali"),
        ("        keluhan: " + "x" * 10_000 + "\n", "terlalu panjang"),
    ],
)
def test_dirty_yaml_service_is_refused_with_its_line(extra, word):
    found = yaml(service(code="ok") + service(extra))
    assert [entry.code for entry in found.services] == ["ok"]
    [refusal] = found.refusals
    assert refusal.line == 8
    assert word in refusal.reason


@pytest.mark.parametrize(
    "agency",
    [
        "nama: Tanpa kode",
        "kode: DUK",
        "kode: DUK\n    nama: Dinas\n    jenis: kerajaan",
        "kode: DUK\n    nama: Dinas\n    ikon: unicorn",
        "kode: DUK\n    nama: Dinas\n    situs: ftp://a.id",
    ],
)
def test_services_of_a_refused_agency_are_refused_with_it(agency):
    found = yaml(service(), agency=agency)
    first, second = found.refusals
    assert (found.agencies, found.services) == ([], [])
    assert first.line == 3
    assert second.reason == "Instansinya (baris 3) ditolak. Perbaiki itu dahulu."


def test_agencies_without_services_or_of_a_wrong_shape():
    found = read_catalogue(
        b"instansi:\n- {kode: A, nama: A}\n- {kode: B, nama: B, layanan: null}\n"
        b"- {kode: C, nama: C, layanan: x}\n- sebuah teks\n- {kode: a, nama: Lain}\n"
    )
    assert [agency.code for agency in found.agencies] == ["A", "B"]
    assert [refusal.line for refusal in found.refusals] == [4, 5, 6]


def test_unknown_field_is_remarked_and_the_row_taken():
    found = yaml(service("        warna: merah\n"))
    assert len(found.services) == 1
    assert found.remarks == ["Baris 6: kolom “warna” tidak dikenal dan tidak diambil."]


def test_fingerprint_tells_contents_apart():
    same = [yaml(service("        produk: KTP\n")).services[0].promise for _ in range(2)]
    other = yaml(service("        produk: KK\n")).services[0].promise
    prints = [promise.fingerprint() for promise in (*same, other)]
    assert prints[0] == prints[1]
    assert prints[0] != prints[2]
    assert len(prints[0]) == 64


@given(st.binary())
def test_arbitrary_bytes_never_crash_the_reader(content):
    with pytest.raises(UnreadableCatalogue):
        read_catalogue(content)


@given(st.text())
def test_arbitrary_text_after_a_csv_header_never_crashes(text):
    for head in (HEAD, "kode;nama;situs\n"):
        found = read_catalogue((head + text).encode("utf-8", "surrogatepass"))
        assert all(refusal.line > 1 and refusal.reason for refusal in found.refusals)


@given(st.lists(st.text(), min_size=11, max_size=11))
def test_arbitrary_cells_are_taken_or_refused(cells):
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    found = read_catalogue((HEAD + quoted).encode("utf-8", "surrogatepass"))
    assert len(found.services) + len(found.refusals) == any(cell.strip() for cell in cells)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["kode", "nama", "layanan", "waktu", "biaya", "persyaratan", "sumber", "x"]
                ),
                inner,
            )
        ),
        max_leaves=30,
    )
)
def test_arbitrary_yaml_agencies_never_crash(content):
    found = read_catalogue(json.dumps({"instansi": [content]}).encode())
    assert len(found.agencies) + len(found.services) + len(found.refusals) > 0
