"""Recordings are read for certain, or refused with the line and the reason."""

import gzip

import pytest

from gerai.waits.reading import COLUMNS, UnreadableSnapshots, read_snapshots
from gerai.waits.rules import Recorded, Snapshot

HEAD = ",".join(COLUMNS)
ROW = 'K,7,"Izin, usaha",2026-01-05,08:35,2,3,4,7,8.5,12.5'


def content(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *rows)).encode()


def test_a_row_becomes_a_look():
    assert read_snapshots(content(ROW)) == [
        Recorded(
            "K",
            Snapshot(("K", "7", "Izin, usaha"), 739_621, 515, 2, 3, 4, 7, 8.5),
            12.5,
        )
    ]


def test_gzip_bom_other_order_further_columns_and_empty_lines_do_not_matter():
    turned = ",".join(reversed(["lain", *COLUMNS]))
    row = ",".join(reversed(["x", *ROW.replace('"Izin, usaha"', "I").split(",")]))
    packed = gzip.compress(b"\xef\xbb\xbf" + content("", row, "", head=turned))
    plain = content(ROW.replace('"Izin, usaha"', "I"))
    assert read_snapshots(packed) == read_snapshots(packed, packed=True) == read_snapshots(plain)


def test_looks_come_in_order_of_time():
    rows = [
        ROW.replace("2026-01-05", day).replace("08:35", time)
        for day, time in (
            ("2026-01-06", "08:00"),
            ("2026-01-05", "9:10:30"),
            ("2026-01-05", "08:59"),
        )
    ]
    looks = [one.snapshot for one in read_snapshots(content(*rows))]
    assert [(look.day - 739_621, look.minute) for look in looks] == [(0, 539), (0, 550.5), (1, 480)]


def test_empty_minutes_are_not_known_and_whole_numbers_may_have_a_point():
    one = read_snapshots(content(ROW.replace(",2,3,4,7,8.5,12.5", ",2.0,3.0,4,7,,")))[0]
    assert (one.snapshot.counters, one.snapshot.usual_minutes, one.realised) == (2, None, None)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b"", "Berkas kosong"),
        (b"\n", "Berkas kosong"),
        (content(), "belum ada rekaman"),
        (content(ROW, head=HEAD.replace("waiting", "menunggu")), "Kolom ini tidak ada: waiting."),
        (
            content(ROW.replace(",4,7,", ",empat,7,")),
            "Baris 2, kolom called_no: “empat” bukan bilangan",
        ),
        (
            content(ROW, ROW.replace(",3,4,", ",-3,4,")),
            "Baris 3, kolom waiting: “-3” bukan bilangan",
        ),
        (content(ROW.replace(",3,4,", ",3.5,4,")), "kolom waiting"),
        (content(ROW.replace(",3,4,", ",,4,")), "kolom waiting"),
        (content(ROW.replace("12.5", "nan")), "kolom realised_wait_min: “nan”"),
        (content(ROW.replace("8.5", "1e999")), "kolom nominal_service_min"),
        (content(ROW.replace("2026-01-05", "2026-02-30")), "kolom date"),
        (content(ROW.replace("08:35", "24:00")), "kolom time"),
        (content(ROW + ",1"), "Baris 2 berisi 12 kolom, padahal judulnya 11"),
        (content(ROW.replace('usaha"', "usaha")), "Baris 2 tidak dapat dibaca"),
        (bytes(range(256)), "bukan teks"),
        (gzip.compress(content(ROW), mtime=0)[:40], "bukan gzip yang utuh"),
        (b"\x1f\x8bxyz", "bukan gzip yang utuh"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(bad: bytes, words: str):
    with pytest.raises(UnreadableSnapshots) as refusal:
        read_snapshots(bad)
    assert words in str(refusal.value)


def test_a_name_that_says_gzip_is_held_to_it():
    with pytest.raises(UnreadableSnapshots, match="bukan gzip"):
        read_snapshots(content(ROW), packed=True)
