"""Why is it not my turn? Told to the visitor, the officer and the auditor."""

import pytest
from django.urls import reverse

from gerai import clock
from gerai.directory.tests.factories import a_user
from gerai.people.roles import Role
from gerai.queue.actions import calling, serving
from gerai.queue.actions.rule import publish_rule
from gerai.queue.queries.explanations import why_waiting
from gerai.queue.queries.places import ticket_of
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.queries.words import explain
from gerai.queue.tests.factories import a_line, a_priority, a_ticket
from gerai.ui.templatetags.ui import jam


def why(ticket):
    return why_waiting(ticket_of(ticket.visit.token), rule_in_force())


def test_an_ordinary_visitor_reads_who_is_before_them(house):
    a_ticket(house.line), a_ticket(house.line), a_priority(house.line)
    a_ticket(a_line(house.agency, code="B"))
    assert why(a_ticket(house.line)) == (
        "Di antrean A, 2 nomor umum datang lebih dahulu daripada Anda.",
        "Loket instansi ini juga melayani antrean lain; di sana 1 nomor umum datang lebih dahulu.",
        (
            "1 nomor prioritas (lansia, penyandang disabilitas, ibu hamil, atau yang membawa anak "
            "kecil) juga menunggu dan boleh didahulukan, paling banyak 2 berturut-turut."
        ),
        (
            "Sesudah semua nomor umum yang datang lebih dahulu dipanggil, paling banyak 2 nomor "
            "yang datang sesudah Anda dapat mendahului Anda, selain yang dikirim atau dipilih "
            "petugas."
        ),
        "Aturan yang berlaku: versi 1.",
    )


def test_a_priority_visitor_reads_their_own_class(house):
    a_ticket(house.line)
    told = why(a_priority(house.line))
    assert told[:2] == (
        "Anda terdepan di antrean A di antara nomor prioritas.",
        (
            "Nomor prioritas didahulukan, paling banyak 2 berturut-turut; sesudah itu giliran "
            "nomor umum."
        ),
    )


def test_without_priority_everybody_is_one_class(house):
    publish_rule({"priority_in_a_row": 0}, by=house.by)
    a_priority(house.line)
    assert why(a_ticket(house.line)) == (
        "Di antrean A, 1 nomor datang lebih dahulu daripada Anda.",
        "Tidak ada kelompok yang didahulukan.",
        (
            "Sesudah semua nomor yang datang lebih dahulu dipanggil, tidak ada yang datang "
            "sesudah Anda dapat mendahului Anda, selain yang dikirim atau dipilih petugas."
        ),
        "Aturan yang berlaku: versi 2.",
    )


def test_plan_limit_and_last_call_are_told_and_no_minute_is_promised(house):
    a_line(house.agency, code="B")
    document = {
        "plans": [{"how": "in_order", "lines": [{"line": "B"}, {"line": "A"}]}],
        "limits": [{"minutes": 45}],
    }
    publish_rule(document, by=house.by)
    a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    told = why(a_ticket(house.line))
    assert told[1:] == (
        (
            "Di semua loket antrean dipanggil berurutan: B, A. Antrean berikutnya dipanggil bila "
            "yang sebelumnya kosong."
        ),
        (
            "Nomor terdepan yang sudah menunggu 45 menit didahulukan. Itu urutan, bukan janji "
            "dipanggil pada menit itu."
        ),
        (
            f"Panggilan terakhir di antrean ini: A001 pukul {jam(clock.now())}. Paling dahulu "
            "datang di antara yang menunggu."
        ),
        "Aturan yang berlaku: versi 2.",
    )


def test_skills_tell_at_which_counters_the_service_is_taken(house):
    other = a_line(house.agency, code="B").services.get()
    skill = {"services": [other.code], "counters": [house.counter.code]}
    publish_rule({"skills": [skill]}, by=house.by)
    told = why(a_ticket(house.line))
    assert "Dari loket yang buka, layanan Anda diterima di: belum ada." in told
    house.colleague()
    told = why(a_ticket(house.line))
    assert f"Dari loket yang buka, layanan Anda diterima di: {house.second.code}." in told


def test_who_came_back_and_who_was_sent_read_that(house):
    other = house.colleague()
    for _each in range(3):
        a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    calling.miss(ticket, by=house.by)
    calling.bring_back(ticket, by=house.by)
    back = "Anda kembali setelah tidak hadir: 3 nomor lain dipanggil dahulu, kecuali tidak ada"
    assert sum(sentence.startswith(back) for sentence in why(ticket)) == 1
    second = calling.call_next(house.desk, by=house.by)
    serving.send_on(second, other.counter, by=house.by)
    first = why(second)[0]
    code = other.counter.code
    assert first == f"Petugas mengirim Anda ke Loket {code}: Anda dipanggil berikutnya di sana."


def test_nothing_is_told_once_somebody_is_called(house):
    ticket = a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    assert why(ticket) == ()


def test_the_phone_page_says_why(house, client):
    a_ticket(house.line)
    ticket = a_ticket(house.line)
    shown = client.get(reverse("phone:ticket", args=[ticket.visit.token])).content.decode()
    assert shown.count("Di antrean A, 1 nomor umum datang lebih dahulu daripada Anda.") == 1


def test_the_ticket_page_shows_the_heads_that_were_weighed(house, client):
    first, second = a_ticket(house.line), a_priority(house.line)
    calling.call_next(house.desk, by=house.by)
    client.force_login(a_user(Role.SUPERVISOR))
    shown = client.get(reverse("supervisor:ticket", args=[second.pk])).content.decode()
    assert shown.count("Yang ditimbang") == 1
    assert shown.count(f'<span class="queue-number">{first.label}</span>') == 1
    assert shown.count("/pengawas/aturan/versi/1/") == 1
    assert client.get("/pengawas/aturan/versi/1/").content.decode().count("Aturan bawaan") == 1


@pytest.mark.parametrize(
    ("explanation", "words"),
    [
        (
            {"reason": "over_limit", "limit": 30},
            "Sudah menunggu selama batas tunggu aturan mal (30 menit), jadi didahulukan.",
        ),
        (
            {"reason": "first_come", "lines_by": "in_order", "line": "B"},
            "Antrean B lebih depan dalam susunan antrean loket ini.",
        ),
        (
            {"reason": "first_of_priority", "lines_by": "ratio", "line": "B"},
            (
                "Hanya nomor prioritas yang menunggu. Giliran antrean B menurut perbandingan "
                "antar-antrean."
            ),
        ),
        (
            {"reason": "first_come", "lines_by": "weights", "line": "B", "share": 3},
            "Di antrean B, lama menunggu kali bobot 3 paling besar saat itu.",
        ),
    ],
)
def test_each_reason_is_told_in_words(explanation, words):
    assert explain(explanation) == words
