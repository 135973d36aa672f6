"""The map's tiles, a signature that is kept, and a list of malls that is read: all pure."""

import base64
from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from gerai.malls.regions import region_names
from gerai.visits.reading.malls import KnownRow, RefusedRow, UnreadableList, read_malls
from gerai.visits.shape import COLUMNS, LEVELS, ROWS, TILES, drawn, level_of
from gerai.visits.signing import LARGEST, PREFIX, BadDrawing, signature_from
from gerai.visits.tests.received import a_drawing

TODAY = date(2026, 11, 26)
HEAD = "daerah,kode_wilayah,tanggal_peresmian,instansi,layanan,sumber\n"


def test_every_province_has_one_tile_of_its_own():
    provinces = {code for code in region_names() if len(code) == 2}

    assert set(TILES) == provinces
    assert len(provinces) == 38
    assert len(set(TILES.values())) == 38
    assert (COLUMNS, ROWS) == (16, 7)


def test_neighbours_lie_where_they_lie():
    def is_west(one: str, other: str) -> bool:
        return TILES[one][0] < TILES[other][0]

    order = ["11", "16", "31", "51", "53", "81", "91"]
    assert [is_west(a, b) for a, b in pairwise(order)] == [True] * 6
    assert TILES["71"][1] < TILES["73"][1]  # Sulawesi Utara lies north of Selatan
    assert TILES["65"][1] < TILES["63"][1]


def test_a_tile_grows_darker_with_its_count():
    assert [level_of(n) for n in (0, 1, 2, 3, 6, 11, 40)] == [0, 1, 1, 2, 3, 4, 4]
    assert len(LEVELS) == 4
    found = {tile.code: tile for tile in drawn({"73": 3}, guests=frozenset({"35"}))}
    assert (found["73"].count, found["73"].level, found["73"].has_guests) == (3, 2, False)
    assert (found["35"].count, found["35"].level, found["35"].has_guests) == (0, 0, True)


def test_a_signature_is_drawn_anew_small_and_grey():
    kept = signature_from(a_drawing(size=(1200, 440)))

    with Image.open(BytesIO(base64.b64decode(kept))) as picture:
        assert (picture.format, picture.mode) == ("PNG", "L")
        assert picture.size == (480, 176)
    assert LARGEST == (480, 180)


def data_url(picture: Image.Image, form: str = "PNG") -> str:
    kept = BytesIO()
    picture.save(kept, form)
    return PREFIX + base64.b64encode(kept.getvalue()).decode()


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "x" * 300_000,
        "data:image/svg+xml;base64,PHN2Zy8+",
        PREFIX + "bukan base64!",
        PREFIX + base64.b64encode(b"\x89PNG\r\n\x1a\nrusak").decode(),
        data_url(Image.new("RGB", (200, 80), "black"), "JPEG"),
        data_url(Image.new("RGB", (3000, 1000), "black")),
        data_url(Image.new("RGBA", (300, 100), (0, 0, 0, 0))),
        data_url(Image.new("RGB", (300, 100), "white")),
    ],
    ids=["nothing", "long", "svg", "no base64", "broken", "jpeg", "huge", "empty", "white"],
)
def test_what_is_no_signature_is_refused(sent: str):
    with pytest.raises(BadDrawing):
        signature_from(sent)


def read(*rows: str):
    content = (HEAD + "\n".join(rows)).encode()
    return read_malls(content, names=region_names(), today=TODAY)


def test_a_sound_row_is_read_with_what_it_does_not_say():
    found = read(
        "Kabupaten Barru,73.11,2020-02-20,18,,Contoh sumber",
        "kab upaten soppeng,73.12,,,90,Contoh sumber lain",
    )

    assert found.refused == []
    assert found.rows == [
        KnownRow(2, "73.11", "Kabupaten Barru", date(2020, 2, 20), 18, None, "Contoh sumber"),
        KnownRow(3, "73.12", "Kabupaten Soppeng", None, None, 90, "Contoh sumber lain"),
    ]


def test_each_unsound_row_is_named_with_its_reason():
    found = read(
        "Kabupaten Barru,73.11,25,,,Contoh",
        "Provinsi Contoh,,2020-02-20,,,Contoh",
        "Kabupaten Barru,99.99,2020-02-20,,,Contoh",
        "Kabupaten Barru,73.12,2020-02-20,,,Contoh",
        "Kabupaten Barru,73.11,2020-02-30,,,Contoh",
        "Kabupaten Barru,73.11,2099-01-01,,,Contoh",
        "Kabupaten Barru,73.11,2020-02-20,banyak,,Contoh",
        "Kabupaten Barru,73.11,2020-02-20,,0,Contoh",
        "Kabupaten Barru,73.11,2020-02-20,,,",
        "Kabupaten Barru,73.11,2020-02-20,,,Contoh",
        "Kabupaten Barru,73.11,2020-02-21,,,Contoh",
    )

    assert [row.line for row in found.rows] == [11]
    assert found.refused == [
        RefusedRow(2, "tanggal “25” bukan tanggal (tahun-bulan-hari)."),
        RefusedRow(3, "kode wilayahnya kosong."),
        RefusedRow(4, "kode wilayah “99.99” tidak dikenal."),
        RefusedRow(5, "kode 73.12 milik Kabupaten Soppeng, bukan “Kabupaten Barru”."),
        RefusedRow(6, "tanggal “2020-02-30” bukan tanggal (tahun-bulan-hari)."),
        RefusedRow(7, "tanggal 2099-01-01 di luar 2017 sampai hari ini."),
        RefusedRow(8, "jumlah instansi “banyak” bukan bilangan 1 sampai 9999."),
        RefusedRow(9, "jumlah layanan “0” bukan bilangan 1 sampai 9999."),
        RefusedRow(10, "sumbernya kosong."),
        RefusedRow(12, "kode 73.11 sudah ada di baris 11."),
    ]


def test_semicolons_and_a_mark_of_order_are_read_too():
    content = "\ufeff" + HEAD.replace(",", ";") + "Kota Batu;35.79;;25;286;Contoh\n"

    found = read_malls(content.encode(), names=region_names(), today=TODAY)

    assert [(row.region_name, row.opened_on, row.agencies) for row in found.rows] == [
        ("Kota Batu", None, 25)
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", bytes(range(256)), b"\xff\xfe", b"x" * (2 * 1024 * 1024 + 1)],
)
def test_what_is_no_list_is_refused_as_a_whole(content: bytes):
    with pytest.raises(UnreadableList):
        read_malls(content, names=region_names(), today=TODAY)
