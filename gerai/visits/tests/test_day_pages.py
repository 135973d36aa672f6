"""The day's pages: what guests open on a phone or at the desk, and what the desk opens."""

import io
import re

import mammoth
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gerai.malls.models import Mall
from gerai.people.audit import SYSTEM
from gerai.people.roles import Role
from gerai.visits.actions import day as actions
from gerai.visits.actions.impressions import give_impression
from gerai.visits.models import (
    FollowUp,
    Guest,
    GuestBook,
    Impression,
    KnownMall,
    Photo,
    Presence,
    Question,
    Visit,
)
from gerai.visits.queries.day import ratings_by_step
from gerai.visits.states import State
from gerai.visits.tests.received import (
    a_book,
    a_day_visit,
    a_drawing,
    a_listed_guest,
    a_photo_file,
    a_received_visit,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("mall")


def page_of(client: Client, address: str, **told: str) -> str:
    answer = client.get(address, told)
    assert answer.status_code == 200
    return answer.content.decode()


def names_in(page: str) -> list[str]:
    return re.findall(r'<span class="strong">([^<]+)</span>', page)


def test_a_guest_finds_their_name_signs_and_is_welcomed(client: Client):
    book = a_book()
    guest = a_listed_guest(book.visit, "Tamu Pertama")
    a_listed_guest(book.visit, "Tamu Kedua")
    there = f"/kunjungan/hadir/{book.code}/"

    assert names_in(page_of(client, there)) == ["Tamu Kedua", "Tamu Pertama"]
    answer = client.post(
        f"{there}isi/?tamu={guest.pk}",
        {"title": "Camat", "signature": a_drawing(), "photo_consent": "tidak"},
    )
    assert answer.status_code == 302
    welcome = page_of(client, answer.headers["Location"])
    assert welcome.count("Selamat datang, Tamu Pertama") == 1
    presence = Presence.objects.get()
    assert (presence.door, presence.photo_consent, presence.signs_on_paper) == (
        "phone",
        False,
        False,
    )
    again = client.post(f"{there}isi/?tamu={guest.pk}", {"signs_on_paper": "on"})
    assert (again.status_code, again.headers["Location"]) == (302, answer.headers["Location"])
    assert Presence.objects.count() == 1


def test_without_script_a_tick_stands_for_the_signature(client: Client):
    book = a_book()

    page = page_of(client, f"/kunjungan/hadir/{book.code}/isi/")
    answer = client.post(
        f"/kunjungan/hadir/{book.code}/isi/", {"name": "Tamu Baru", "signs_on_paper": "on"}
    )

    assert page.count("<div data-visits-signature hidden>") == 1
    assert answer.status_code == 302
    assert (Presence.objects.get().signature, Guest.objects.get().name) == ("", "Tamu Baru")


def test_the_desk_s_device_returns_to_its_list(client: Client):
    book = a_book()
    there = f"/kunjungan/hadir/{book.code}/"

    page = page_of(client, there, kios="1")
    answer = client.post(f"{there}isi/?kios=1", {"name": "Tamu", "signs_on_paper": "on"})
    welcome = page_of(client, answer.headers["Location"])

    assert (page.count('class="kiosk"'), welcome.count('class="kiosk"')) == (1, 1)
    assert welcome.count(f'data-gerai-idle="8" data-gerai-idle-to="{there}?kios=1"') == 1
    assert Presence.objects.get().door == "kiosk"


def test_what_was_typed_stays_when_something_is_wrong(client: Client):
    book = a_book()

    answer = client.post(
        f"/kunjungan/hadir/{book.code}/isi/",
        {"name": "Tamu Contoh", "title": "Lurah Contoh", "photo_consent": "ya"},
    )

    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.count('value="Tamu Contoh"') == page.count('value="Lurah Contoh"') == 1
    assert page.count("Tanda tangani di kotak") == 2  # in the summary and at the field
    assert Guest.objects.count() == 0


def test_names_are_searched(client: Client):
    book = a_book()
    for name in ("Andi Contoh", "Budi Contoh"):
        a_listed_guest(book.visit, name)

    page = page_of(client, f"/kunjungan/hadir/{book.code}/", cari="budi")

    assert names_in(page) == ["Budi Contoh"]


@pytest.mark.parametrize("code", ["tidak-ada", "a" * 500])
def test_an_unknown_code_is_404(client: Client, code: str):
    addresses = [
        f"/kunjungan/hadir/{code}/",
        f"/kunjungan/hadir/{code}/isi/",
        f"/kunjungan/kesan/beri/{code}/",
        f"/kunjungan/kesan/milik-saya/{code}/",
    ]
    assert [client.get(each).status_code for each in addresses] == [404] * 4


@pytest.mark.parametrize(
    ("tamu", "status"), [("0", 200), ("999999", 404), ("x", 200), ("-1", 200), ("9" * 400, 404)]
)
def test_no_guest_of_another_visit_signs_here(client: Client, tamu: str, status: int):
    book = a_book()
    stranger = a_listed_guest(a_day_visit())
    there = f"/kunjungan/hadir/{book.code}/isi/"

    assert client.get(f"{there}?tamu={stranger.pk}").status_code == 404
    assert client.get(there, {"tamu": tamu}).status_code == status
    assert Presence.objects.count() == 0


def test_signatures_are_read_for_the_attendance_sheet_only(client: Client):
    visit = a_received_visit()
    book = GuestBook.objects.get()
    signed_in(client)

    def reads(address: str) -> bool:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return any('"visits_presence"."signature"' in each["sql"] for each in asked)

    assert [
        reads(address)
        for address in (
            f"/kunjungan/hadir/{book.code}/",
            f"/kunjungan/hasil/{visit.secret}/",
            f"/kelola/kunjungan/{visit.pk}/hari/",
            f"/kelola/kunjungan/{visit.pk}/daftar-hadir.docx",
        )
    ] == [False, False, False, True]


def test_ratings_are_counted_by_the_database():
    book = a_book()
    for key, rating in (("a", 4), ("b", 4), ("c", 2), ("d", None)):
        give_impression(book, key=key, words="Baik", rating=rating, name="", may_publish=False)

    with CaptureQueriesContext(connection) as asked:
        assert ratings_by_step() == {4: 2, 3: 0, 2: 1, 1: 0}

    assert ["GROUP BY" in each["sql"] for each in asked] == [True]


def test_an_impression_is_given_shown_and_erased(client: Client):
    visit = a_received_visit()
    book = GuestBook.objects.get()
    desk = Client(HTTP_HOST="barru.localhost")
    signed_in(desk)
    told = {"key": "k1", "rating": "4", "words": "Alurnya jelas", "may_publish": "on"}

    answer = client.post(f"/kunjungan/kesan/beri/{book.code}/", {**told, "name": "Tamu Contoh"})
    assert page_of(client, "/kunjungan/kesan/").count("Alurnya jelas") == 0
    given = Impression.objects.get()
    desk.post(f"/kelola/kunjungan/{visit.pk}/kesan/{given.pk}/", {"do": "show"})

    shown = page_of(client, "/kunjungan/kesan/")
    assert (shown.count("Alurnya jelas"), shown.count("Kabupaten Soppeng")) == (1, 1)
    assert client.post(answer.headers["Location"]).status_code == 200
    assert page_of(client, "/kunjungan/kesan/").count("Alurnya jelas") == 0
    assert Impression.objects.count() == 0


def test_nothing_said_is_asked_again_with_400(client: Client):
    a_received_visit()
    there = f"/kunjungan/kesan/beri/{GuestBook.objects.get().code}/"

    for told in ({"key": "a"}, {"key": "a", "rating": "5"}, {"key": "a", "words": "x\0"}, {}):
        assert client.post(there, told).status_code == 400
    assert Impression.objects.count() == 0


def test_the_desk_receives_and_lets_go(client: Client):
    visit = a_day_visit()
    signed_in(client)
    there = f"/kelola/kunjungan/{visit.pk}/hari/"

    assert page_of(client, there).count("Rombongan sudah datang") == 1
    client.post(f"{there}terima/")
    assert Visit.objects.get().state == State.RECEIVED
    assert page_of(client, there).count("Rombongan pulang") == 1
    client.post(f"{there}pulang/")
    assert GuestBook.objects.get().left_at is not None
    assert client.post(f"{there}jam/", {"received": "26:00"}).status_code == 400
    assert client.post(f"{there}jam/", {"received": "00:01", "left": "00:00"}).status_code == 400
    assert client.post(f"{there}terima/").status_code == 409


def test_the_desk_notes_questions_and_reuses_answers(client: Client):
    visit = a_received_visit()
    signed_in(client)
    there = f"/kelola/kunjungan/{visit.pk}/tanya/"

    client.post(there, {"text": "Berapa biaya mal?", "answer": "Sesuai APBD."})
    client.post(there, {"text": "Berapa biaya untuk mal ini?"})
    page = page_of(client, f"/kelola/kunjungan/{visit.pk}/hari/")
    first, second = Question.objects.order_by("pk")
    client.post(f"{there}{second.pk}/jawab/", {"reused": first.answer_id})

    assert page.count("Pakai jawaban ini") == 1
    second.refresh_from_db()
    assert second.answer == first.answer
    assert client.post(there, {"text": ""}).status_code == 400
    client.post(f"{there}{first.pk}/hapus/")
    assert list(Question.objects.all()) == [second]


def test_the_desk_signs_for_a_guest_and_takes_it_back(client: Client):
    visit = a_day_visit()
    guest = a_listed_guest(visit)
    signed_in(client)
    there = f"/kelola/kunjungan/{visit.pk}/hadir/"

    client.post(there, {"guest": str(guest.pk)})
    assert (Presence.objects.get().door, Presence.objects.get().guest) == ("desk", guest)
    client.post(f"{there}{guest.pk}/batal/")
    assert Presence.objects.count() == 0
    client.post(there, {"name": "Menyusul"})
    assert Presence.objects.get().guest.name == "Menyusul"
    assert client.post(there, {"name": ""}).status_code == 400
    assert client.post(there, {"guest": "x"}).status_code == 404


def test_the_book_s_code_leads_to_it(client: Client):
    visit = a_day_visit()
    signed_in(client)
    there = f"/kelola/kunjungan/{visit.pk}/buku-tamu/"

    assert page_of(client, there).count('class="book-qr"') == 0
    client.post(there)
    page = page_of(client, there)

    book = GuestBook.objects.get()
    assert page.count(f"http://barru.localhost/kunjungan/hadir/{book.code}/") == 1
    assert page.count('class="book-qr"') == 2


def test_the_attendance_list_opens_elsewhere_with_its_signatures(client: Client):
    visit = a_received_visit()
    late = a_listed_guest(visit, "Belum Datang")
    signed_in(client)

    pdf = client.get(f"/kelola/kunjungan/{visit.pk}/daftar-hadir.pdf").content
    docx = client.get(f"/kelola/kunjungan/{visit.pk}/daftar-hadir.docx").content

    pages = pypdfium2.PdfDocument(pdf)
    words = pages[0].get_textpage().get_text_range()
    drawn = [each for each in pages[0].get_objects() if each.type == 3]
    assert (words.count("Daftar hadir"), words.count(late.name), len(drawn)) == (1, 1, 1)
    html = mammoth.convert_to_html(io.BytesIO(docx)).value
    assert (html.count(late.name), html.count("<img")) == (1, 1)
    assert client.get(f"/kelola/kunjungan/{visit.pk}/daftar-hadir.exe").status_code == 404


def test_anyone_may_verify_a_travel_confirmation(client: Client):
    visit = a_received_visit()
    guest = Guest.objects.get()
    actions.take_leave(visit, by=SYSTEM)
    signed_in(client)
    told = {"guest": str(guest.pk), "officer": "Kepala Contoh", "role": "Kepala Dinas Contoh"}

    client.post(f"/kelola/kunjungan/{visit.pk}/spd/", told)

    from gerai.papers.models import Paper

    paper = Paper.objects.get(kind="spd")
    anyone = Client(HTTP_HOST="barru.localhost")
    public = page_of(anyone, f"/surat/{paper.token}/").replace("<wbr>", "")
    pdf = client.get(f"/kelola/kunjungan/{visit.pk}/surat/{paper.pk}.pdf").content
    words = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert (public.count(paper.number) > 0, public.count(guest.name)) == (True, 0)
    assert words.count(guest.name) == 1
    assert words.count("Kepala Contoh") == 1
    theirs = anyone.get(f"/kunjungan/hasil/{visit.secret}/{paper.pk}.docx")
    assert theirs["X-Robots-Tag"] == "noindex"
    assert anyone.get(f"/kunjungan/hasil/{visit.secret}/")["X-Robots-Tag"] == "noindex"
    assert mammoth.extract_raw_text(io.BytesIO(theirs.content)).value.count(guest.name) == 1


def test_pictures_are_kept_changed_and_erased(client: Client):
    visit = a_received_visit()
    signed_in(client)
    there = f"/kelola/kunjungan/{visit.pk}/foto/"

    answer = client.post(
        there,
        {"photos": [a_photo_file("a.jpg", has_place=True), a_photo_file("b.jpg")], "caption": "C"},
    )
    first, second = Photo.objects.order_by("pk")
    client.post(f"{there}{first.pk}/ubah/", {"caption": "Foto bersama", "all_agree": "on"})
    client.post(f"{there}{second.pk}/ubah/", {"remove": "1"})

    assert answer.status_code == 302
    first.refresh_from_db()
    assert (first.caption, first.all_agree, Photo.objects.count()) == ("Foto bersama", True, 1)
    assert client.get(f"{there}{first.pk}/").headers["Content-Type"] == "image/jpeg"
    wrong = client.post(there, {"photos": [io.BytesIO(b"bukan gambar")], "caption": "Tetap"})
    assert wrong.status_code == 400
    assert wrong.content.decode().count('value="Tetap"') == 1
    assert client.post(there, {}).status_code == 400
    assert client.post(there, {"photos": [io.BytesIO(b"%PDF-1.7 surat")]}).status_code == 400
    assert Photo.objects.count() == 1


def test_the_report_is_written_issued_and_given_to_the_guests(client: Client):
    visit = a_received_visit()
    signed_in(client)
    there = f"/kelola/kunjungan/{visit.pk}/laporan/"

    client.post(there, {"basis": "Surat", "learned": "", "conclusion": "Dapat ditiru."})
    client.post(f"{there}terbit/")
    page = page_of(client, there)
    guests = page_of(Client(HTTP_HOST="barru.localhost"), f"/kunjungan/hasil/{visit.secret}/")

    assert page.count("Dapat ditiru.") == 1
    assert (page.count(">PDF</a>"), guests.count(">PDF</a>")) == (1, 1)
    assert client.post(there, {"conclusion": "x" * 7000}).status_code == 400


def test_follow_ups_are_added_moved_and_the_late_ones_named(client: Client):
    visit = a_received_visit()
    signed_in(client)
    there = f"/kelola/kunjungan/{visit.pk}/tindak-lanjut/"
    told = {"text": "Kirim SOP", "owner_name": "A", "side": "host", "due_on": "2026-01-02"}

    client.post(there, told)
    for wrong in ({"due_on": "kemarin"}, {"due_on": "0001-01-01"}, {"side": "x"}, {"text": ""}):
        assert client.post(there, {**told, **wrong}).status_code == 400
    page = page_of(client, "/kelola/kunjungan/tindak-lanjut/")
    one = FollowUp.objects.get()
    client.post(f"{there}{one.pk}/", {"state": "done", "from": "list"})

    assert (page.count("Kirim SOP"), page.count("Terlambat")) == (1, 1)
    assert page_of(client, "/kelola/kunjungan/tindak-lanjut/").count("Kirim SOP") == 0
    assert client.post(f"{there}{one.pk}/", {"state": "x"}).status_code == 404


def test_the_map_and_the_figures_are_shown(client: Client):
    a_received_visit()
    KnownMall.objects.create(
        region_code="73.11", region_name="Kabupaten Barru", source="<b>Contoh</b>", agencies=18
    )

    public = page_of(client, "/kunjungan/peta/")
    signed_in(client)
    figures = page_of(client, "/kelola/kunjungan/statistik/")

    assert public.count('<g class="map-tile') == figures.count('<g class="map-tile') == 38
    assert (public.count("Kabupaten Barru"), public.count("<b>Contoh")) == (1, 0)
    assert figures.count("Kabupaten Soppeng") == 1
    for year in ("2026", "x", "9" * 50, "-1"):
        assert client.get("/kelola/kunjungan/statistik/", {"tahun": year}).status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.GREETER, Role.WRITER, Role.FOUNDER, None])
def test_only_hosts_open_the_desk(client: Client, role: Role | None):
    visit = a_received_visit()
    if role is not None:
        signed_in(client, role)

    places = ("hari", "buku-tamu", "foto", "laporan", "lanjutan")
    answers = [client.get(f"/kelola/kunjungan/{visit.pk}/{each}/") for each in places]

    assert [each.status_code for each in answers] == [302 if role is None else 403] * 5


def test_a_visit_of_another_mall_is_not_found(client: Client, mall: Mall):
    from gerai.directory.tests.factories import a_mall
    from gerai.malls.scope import in_mall

    with in_mall(a_mall("palopo")):
        foreign = a_received_visit()
        code = GuestBook.objects.get().code
    signed_in(client)

    addresses = [
        f"/kelola/kunjungan/{foreign.pk}/hari/",
        f"/kelola/kunjungan/{foreign.pk}/laporan/",
        f"/kunjungan/hadir/{code}/",
        f"/kunjungan/hasil/{foreign.secret}/",
    ]
    assert [client.get(each).status_code for each in addresses] == [404] * 4
