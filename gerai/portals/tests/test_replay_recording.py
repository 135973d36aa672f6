"""Reading recorded days: what files look like, what is refused, what a session is."""

import gzip
from datetime import date, timedelta

import pytest

from gerai.portals.replay.record import Customer, RecordedCall, Refusal
from gerai.portals.replay.recording import read_recording
from gerai.portals.replay.table import UnreadableFile

PLAIN = "no,arrive,start,end\n1,08:00:00,08:00:10,08:01:00\n2,08:00:30,08:01:00,08:01:30\n"
KEPT = "Waktu datang dan lama layanannya tetap diputar."
DROPPED = "Baris ini tidak diputar."


def at(hours: int, minutes: int = 0, seconds: int = 0) -> timedelta:
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


PLAYED = (
    Customer(2, at(8), timedelta(seconds=50)),
    Customer(3, at(8, 0, 30), timedelta(seconds=30)),
)


def read(text: str, **options: int):
    return read_recording(text.encode(), **options)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        gzip.compress(PLAIN.encode(), mtime=0),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("no,arrive,start,end", "No , ARRIVE, Start ,End").encode(),
        PLAIN.replace(":00:", ".00.").replace(":01:", ".01.").encode(),
        PLAIN.replace("no", "catatan kafé").encode("latin-1"),
        b"end,arrive,extra,start\n08:01:00,08:00:00,x,08:00:10\n08:01:30,08:00:30,,08:01\n",
        b"arrive,start,end\n08:00,08:00:10,08:01\n08:00:30 AM,8:01:00 am,08:01:30.000\n",
    ],
)
def test_a_log_is_read_however_it_was_written(content: bytes) -> None:
    record = read_recording(content)

    assert [session.customers for session in record.sessions] == [PLAYED]
    assert (record.refused, record.has_sessions, record.servers) == ((), False, 1)


def test_rows_are_played_in_the_order_of_arrival_and_keep_their_lines() -> None:
    lines = PLAIN.splitlines()

    record = read("\n".join([lines[0], lines[2], "", lines[1]]))

    assert [(row.line, row.arrival) for row in record.sessions[0].customers] == [
        (4, at(8)),
        (2, at(8, 0, 30)),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("9,,09:00:00,09:01:00", f"Kolom arrive kosong. {DROPPED}"),
        ("9,09:00:00", f"Kolom start kosong. {DROPPED}"),
        (
            "9,siang,09:00:00,09:01:00",
            f"Kolom arrive: “siang” bukan waktu. Tuliskan seperti 08:30:00. {DROPPED}",
        ),
        (
            "9,09:00:00,25:00:00,09:01:00",
            f"Kolom start: “25:00:00” bukan waktu. Tuliskan seperti 08:30:00. {DROPPED}",
        ),
        (
            "9,09:00:00,09:01:00,09:00:30",
            (
                "Selesai (09:00:30) sebelum mulai (09:01:00), jadi lama layanannya "
                f"tidak diketahui. {DROPPED}"
            ),
        ),
    ],
)
def test_a_row_that_cannot_be_played_is_refused_with_its_line(row: str, reason: str) -> None:
    record = read(f"{PLAIN}{row}\n")

    assert record.refused == (Refusal(4, reason),)
    assert record.sessions[0].customers == PLAYED


def test_an_impossible_start_is_refused_and_its_customer_played() -> None:
    record = read(
        "arrive,start,end\n"
        "08:00:00,08:00:00,08:02:00\n"
        "08:01:00,08:01:30,08:02:30\n"
        "08:05:00,08:04:00,08:06:00\n"
        "08:05:30,08:05:00,08:07:00\n"
    )

    early, busy = "mulai sebelum datang", "mulai saat loket masih melayani pelanggan sebelumnya"
    assert record.refused == (
        Refusal(3, f"Waktu mulai ditolak: {busy}. {KEPT}"),
        Refusal(4, f"Waktu mulai ditolak: {early}. {KEPT}"),
        Refusal(5, f"Waktu mulai ditolak: {early}, dan {busy}. {KEPT}"),
    )
    assert [row.service for row in record.sessions[0].customers] == [
        timedelta(seconds=seconds) for seconds in (120, 60, 120, 120)
    ]


def test_overlapping_services_are_possible_at_several_counters() -> None:
    overlapping = PLAIN.replace("2,08:00:30,08:01:00", "2,08:00:30,08:00:30")

    assert len(read(overlapping).refused) == 1
    assert read(overlapping, counters=2).refused == ()


def test_date_and_session_divide_a_file() -> None:
    record = read(
        "Date;Session;arrive;start;end\n"
        "02/01/2026;pagi;08:00;08:00;08:05\n"
        "2026-01-01;sore;13:00;13:00;13:05\n"
        "2026-01-01;pagi;08:00;08:00;08:05\n"
        "32/01/2026;pagi;08:00;08:00;08:05\n"
    )

    assert [(each.day, each.name, each.customers[0].line) for each in record.sessions] == [
        (date(2026, 1, 1), "pagi", 4),
        (date(2026, 1, 1), "sore", 3),
        (date(2026, 1, 2), "pagi", 2),
    ]
    assert record.refused == (
        Refusal(
            5,
            f"Kolom date: “32/01/2026” bukan tanggal. Tuliskan seperti 2026-01-31. {DROPPED}",
        ),
    )
    assert record.has_sessions


@pytest.mark.parametrize(
    ("columns", "first", "second", "asked", "servers"),
    [
        ("", "", "", None, 1),
        (",lane", ",A", ",B", None, 2),
        (",lane", ",A", ",A", None, 1),
        (",servers", ",3", ",3", None, 3),
        (",servers,lane", ",3,A", ",3,B", None, 3),
        (",servers,lane", ",,A", ",,B", None, 2),
        (",servers,lane", ",3,A", ",3,B", 5, 5),
    ],
)
def test_counters_are_those_asked_for_then_servers_then_lanes(
    columns: str, first: str, second: str, asked: int | None, servers: int
) -> None:
    lines = PLAIN.splitlines()
    text = "\n".join([lines[0] + columns, lines[1] + first, lines[2] + second])

    record = read_recording(text.encode(), counters=asked)

    assert ([each.servers for each in record.sessions], record.refused) == ([servers], ())


def test_servers_that_are_no_number_refuse_the_row() -> None:
    record = read("arrive,start,end,servers\n08:00,08:00,08:01,dua\n08:00,08:00,08:01,2\n")

    assert record.refused == (
        Refusal(2, f"Kolom servers: “dua” bukan jumlah loket (1 sampai 200). {DROPPED}"),
    )


def test_a_session_goes_on_past_midnight() -> None:
    record = read("arrive,start,end\n22:00,22:00,22:30\n23:50,23:50,00:10\n00:05,00:10,00:20\n")

    assert [(row.arrival, row.service) for row in record.sessions[0].customers] == [
        (at(22), at(0, 30)),
        (at(23, 50), at(0, 20)),
        (at(24, 5), at(0, 10)),
    ]
    assert record.refused == ()


def test_an_early_bird_and_a_late_one_are_of_the_same_day() -> None:
    record = read("arrive,start,end\n00:05,00:05,00:20\n22:00,22:00,22:30\n")

    assert [row.arrival for row in record.sessions[0].customers] == [at(0, 5), at(22)]


def test_full_moments_tell_the_days_themselves() -> None:
    record = read(
        "arrive,start,end\n"
        "2026-01-01 23:50:00,2026-01-01 23:50:00,2026-01-02 00:10:00\n"
        "2026-01-02T00:05:00Z,2026-01-02T00:10:00Z,2026-01-02T00:20:00Z\n"
        "02/01/2026 08:00,02/01/2026 08:00,02/01/2026 08:10\n"
    )

    assert [
        (each.day, [(row.arrival, row.service) for row in each.customers])
        for each in record.sessions
    ] == [
        (date(2026, 1, 1), [(at(23, 50), at(0, 20)), (at(24, 5), at(0, 10))]),
        (date(2026, 1, 2), [(at(8), at(0, 10))]),
    ]
    assert record.has_sessions


SNAPSHOTS = (
    "office,queue_id,queue_name,date,time,open_counters,waiting,called_no,issued_no,"
    "realised_wait_min\n"
    "Pusat,7,KTP,2026-01-05,08:00,0,1,0,1,2\n"
    "Pusat,7,KTP,2026-01-05,08:05,2,1,2,3,\n"
    "Pusat,7,KTP,2026-01-05,08:10,2,0,3,3,0\n"
)


def test_snapshots_spread_arrivals_and_calls_between_them() -> None:
    record = read(SNAPSHOTS)

    session = record.sessions[0]
    assert (session.day, session.name, session.servers) == (
        date(2026, 1, 5),
        "Pusat / 7 / KTP",
        2,
    )
    assert [(row.line, row.arrival) for row in session.customers] == [
        (2, at(8)),
        (3, at(8, 2, 30)),
        (3, at(8, 5)),
    ]
    assert session.calls == (
        RecordedCall(at(8, 2, 30), 2),
        RecordedCall(at(8, 5), 2),
        RecordedCall(at(8, 10), 2),
    )
    assert (session.closes, session.recorded_wait_s, session.recorded_wait_per_customer_s) == (
        at(8, 10),
        60.0,
        120.0,
    )


def test_snapshots_that_fall_back_are_refused() -> None:
    record = read(
        SNAPSHOTS
        + "Pusat,7,KTP,2026-01-05,08:15,2,0,3,2,\n"
        + "Pusat,7,KTP,2026-01-05,08:20,2,0,5,4,\n"
        + "Pusat,7,KTP,kemarin,08:20,2,0,5,5,\n"
        + "Pusat,7,KTP,2026-01-05,08:25,2,0,x,5,\n"
    )

    assert record.refused == (
        Refusal(5, f"Nomor turun dibanding baris sebelumnya. {DROPPED}"),
        Refusal(6, f"Nomor yang dipanggil belum diambil. {DROPPED}"),
        Refusal(7, f"Tanggal “kemarin” atau waktu “08:20” tidak terbaca. {DROPPED}"),
        Refusal(8, f"Kolom called_no: “x” bukan bilangan 0 sampai 100000. {DROPPED}"),
    )
    assert record.sessions == read(SNAPSHOTS).sessions


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Berkas kosong. Isi dengan judul kolom dan catatan antreannya."),
        (b" \n\n", "Berkas kosong. Isi dengan judul kolom dan catatan antreannya."),
        (
            b"arrive,start,end\n",
            "Berkas ini hanya berisi judul. Tambahkan catatan antreannya.",
        ),
        (
            b"no,arrive\n1,08:00\n",
            "Kolom start, end tidak ada pada judul. Judul harus memuat arrive, start, end.",
        ),
        (
            b"arrive,start,end,End\n08:00,08:00,08:01,08:01\n",
            "Kolom end ada lebih dari satu pada judul. Sisakan satu.",
        ),
        (b"\x00\x01\x02\xff", "Berkas ini bukan teks. Simpan sebagai CSV UTF-8, lalu ulangi."),
        (
            b"PK\x03\x04xyz",
            "Ini berkas lembar kerja (Excel) atau zip, bukan CSV. Simpan dahulu sebagai CSV.",
        ),
        (
            gzip.compress(PLAIN.encode(), mtime=0)[:-9],
            "Berkas gzip ini rusak atau terpotong. Salin ulang berkasnya, lalu ulangi.",
        ),
        (
            b'arrive,start,end\n"' + b"x" * 200_000,
            "Baris 2 tidak dapat dibaca. Periksa tanda kutipnya.",
        ),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_says_why(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_recording(content)

    assert str(refusal.value) == message
