"""Two delegations of the year 2022 in real browsers: one learns, one goes home and founds.

The days, the regions and what they did are those of two visits in the press; every person and
every word is made up. The server's clock is set to each day; its data go on from day to day.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import keep_picture, sign_in
from tests.journeys.course import (
    DELEGATION,
    HOST,
    LUWU_TIMUR,
    OFFICER,
    ROOM,
    SOPPENG,
    TEAM,
    Course,
    begin,
    facts_of,
    fetched,
    figures_of,
    fill,
    letter,
    text_of,
)
from tests.journeys.founding import (
    beside,
    check_not_open,
    check_status,
    close_stages,
    complete_facilities,
    decide,
    fill_roles,
    finish,
    finish_steps,
    found_a_mall,
    luwu,
    post_an_officer,
    read_the_course_of_barru,
    see_who_founded,
    sign_agreements,
    taken_by_kind,
    try_a_day,
    write_the_request,
)
from tests.journeys.persons import KTP, SERVED, Officer, take_by_phone
from tests.journeys.receiving import (
    RAMADAN,
    accept,
    announce_the_next_visit,
    ask,
    check_calendar,
    check_the_draft,
    close_the_visit,
    confirm_the_travel,
    hand_over_the_story,
    leave_an_impression,
    name_the_guests,
    note_a_question,
    open_book,
    open_day,
    read_at_home,
    see_the_presentation,
    set_ramadan_hours,
    show_the_impression,
    sign_the_book,
    take_the_blueprint,
    upload_the_photo,
    walk_the_floors,
    write_the_report,
)

pytestmark = pytest.mark.journey

A_MINUTE = 60
BEFORE_OPENING = (
    "commitment",
    "agencies",
    "mechanism",
    "facilities",
    "staff",
    "trial",
    "inauguration",
)
TAKEN = {
    "Jam mal": 1,
    "Aturan panggilan": 1,
    "Instansi": 24,
    "Layanan dan standar": 60,
    "Antrean": 24,
    "Lantai": 2,
    "Zona": 5,
    "Loket": 20,
    "Jam instansi": 2,
    "Pola perjanjian": 24,
    "Daftar fasilitas": 12,
    "Pedoman": 6,
}


@pytest.fixture(scope="module")
def course(prepared: Callable[[], Path], browser: Browser) -> Course:
    """Give the installation that all acts share."""
    return Course(begin(prepared()), browser)


def test_soppeng_asks_in_january(course: Course, someone: Callable[..., Page]) -> None:
    with course.on("01-24T09:00:00") as site:
        phone, desk = someone("phone"), someone("desktop")
        secret = ask(
            phone,
            site,
            region="Soppeng",
            institution=SOPPENG,
            leader_name=DELEGATION[0][0],
            leader_title=DELEGATION[0][1],
            size="12",
            wished_1="2022-02-10",
            purpose="Belajar bagaimana mal ini didirikan dan dijalankan (contoh).",
            questions="Siapa yang mengajak instansi vertikal?",
            contact_name="Narahubung Contoh",
            contact_phone="0812 0000 0000",
            contact_email="soppeng@contoh.invalid",
        )
        course.told["soppeng"] = secret
        expect(phone.locator(".visit-reference")).to_have_text("KJ-2022-0003")
        expect(phone.locator("main")).to_contain_text("paling lambat Senin, 31 Januari 2022")
        sign_in(desk, site, "penerima")
        accept(desk, site, SOPPENG, "2022-02-10")
        phone.goto(site.url + secret)
        keep_picture(phone, "kisah-diterima")
        assert facts_of(phone.locator(".visit-next")) == {
            "Hari, tanggal": "Kamis, 10 Februari 2022",
            "Pukul": "09.00\N{EN DASH}11.30 WITA",
            "Ruang": f"{ROOM}\nNaik tangga atau lift, di kiri",
            "Penerima": HOST,
        }
        answer = text_of(fetched(phone, phone.get_by_role("link", name="PDF")))
        for told in ("001/JWB-MPP/I/2022", "Kamis, 10 Februari 2022", SOPPENG):
            assert told in answer
        check_calendar(fetched(phone, phone.get_by_role("link", name="Simpan ke kalender")))


def test_soppeng_comes_on_a_thursday(course: Course, someone: Callable[..., Page]) -> None:
    """Ten to nine on 10 February 2022: the delegation is here, until a quarter to twelve."""
    secret = course.told["soppeng"]
    with course.on("02-10T08:50:00") as site:
        phone, desk = someone("phone"), someone("desktop")
        name_the_guests(phone, site, secret)
        sign_in(desk, site, "penerima")
        open_day(desk, site, SOPPENG)
        desk.get_by_role("button", name="Rombongan sudah datang").click()
        expect(desk.get_by_text("Rombongan dicatat sudah diterima.")).to_be_visible()
        book = open_book(desk, site)
        course.told["book"] = book
        for name, _title in DELEGATION:
            sign_the_book(phone, site.url + book, name)
        keep_picture(phone, "kisah-buku-tamu")
        open_day(desk, site, SOPPENG)
        expect(desk.locator("#daftar-tamu > p")).to_have_text("3 dari 3 nama sudah hadir.")
        see_the_presentation(someone, site)
        walk_the_floors(someone("hall"), site)
        desk.reload()
        note_a_question(desk)
        upload_the_photo(desk)
        leave_an_impression(phone, site, book)


def test_soppeng_leaves_with_its_papers(course: Course, someone: Callable[..., Page]) -> None:
    """A quarter to twelve on the same day: papers, a draft for the newsroom, the next visit."""
    with course.on("02-10T11:45:00") as site:
        desk, phone, reader = someone("desktop"), someone("phone"), someone("phone")
        sign_in(desk, site, "penerima")
        open_day(desk, site, SOPPENG)
        desk.get_by_role("button", name="Rombongan pulang").click()
        expect(desk.get_by_text("Jam pulang rombongan dicatat.")).to_be_visible()
        confirm_the_travel(desk, reader)
        show_the_impression(desk, reader, site)
        announce_the_next_visit(desk, site)
        write_the_report(desk)
        hand_over_the_story(desk)
        close_the_visit(desk)
        read_at_home(phone, site, course.told["soppeng"])
        check_the_draft(someone("desktop"), reader, site)


def test_luwu_timur_asks_in_ramadan(course: Course, someone: Callable[..., Page]) -> None:
    """4 April 2022: the mall sets the hours of 20 April, and receives Luwu Timur at nine."""
    with course.on("04-04T10:00:00") as site:
        phone, admin, desk = someone("phone"), someone("desktop"), someone("desktop")
        sign_in(admin, site, "admin")
        set_ramadan_hours(admin, site)
        secret = ask(
            phone,
            site,
            region="Luwu Timur",
            institution=LUWU_TIMUR,
            leader_name="Sekretaris Dinas Contoh",
            leader_title="Sekretaris Dinas (contoh)",
            size="9",
            wished_1="2022-04-20",
            purpose="Kami akan mendirikan mal dalam waktu dekat (contoh).",
            questions="Bagaimana proses pembentukannya?",
            contact_name="Ketua Tim Contoh",
            contact_phone="0812 0000 0001",
            contact_email="luwutimur@contoh.invalid",
        )
        course.told["luwu timur"] = secret
        expect(phone.locator(".visit-reference")).to_have_text("KJ-2022-0005")
        sign_in(desk, site, "penerima")
        accept(desk, site, LUWU_TIMUR, "2022-04-20")
        phone.goto(site.url + secret)
        assert facts_of(phone.locator(".visit-next"))["Hari, tanggal"] == "Rabu, 20 April 2022"
        assert facts_of(phone.locator(".visit-next"))["Pukul"] == "09.00\N{EN DASH}11.30 WITA"


def test_luwu_timur_comes_and_founds_its_own_mall(
    course: Course, someone: Callable[..., Page]
) -> None:
    """Five to nine on 20 April 2022: received, the blueprint in the pocket, a workspace."""
    with course.on("04-20T08:55:00") as site:
        phone, desk, visitor = someone("phone"), someone("desktop"), someone("phone")
        visitor.goto(f"{site.url}/")
        expect(visitor.locator("main")).to_contain_text(f"Buka sampai pukul 12.00 ({RAMADAN}).")
        phone.goto(site.url + course.told["luwu timur"])
        expect(phone.get_by_role("button", name="Unduh cetak biru")).to_have_count(0)
        sign_in(desk, site, "penerima")
        open_day(desk, site, LUWU_TIMUR)
        desk.get_by_role("button", name="Rombongan sudah datang").click()
        phone.reload()
        course.told["blueprint"] = take_the_blueprint(phone)
        found_a_mall(phone, site)
        leader = someone("desktop")
        workspace = luwu(site)
        sign_in(leader, workspace, TEAM)
        leader.goto(f"{workspace.url}/pendirian/")
        expect(leader.locator(".page-title .lead")).to_have_text(
            "MPP Luwu Timur · Kabupaten Luwu Timur"
        )
        keep_picture(leader, "kisah-ruang-kerja-baru")


def test_luwu_timur_takes_the_blueprint_in(course: Course, someone: Callable[..., Page]) -> None:
    """Monday 25 April 2022: the blueprint becomes the workspace's drafts."""
    with course.on("04-25T09:00:00") as site:
        team, workspace = someone("desktop"), luwu(site)
        sign_in(team, workspace, TEAM)
        team.goto(f"{workspace.url}/kelola/cetak-biru/impor/")
        team.locator("[name=file]").set_input_files(
            {
                "name": "cetak-biru-barru.json",
                "mimeType": "application/json",
                "buffer": course.told["blueprint"].encode(),
            }
        )
        team.get_by_role("button", name="Periksa berkas").click()
        expect(team.get_by_role("heading", level=1)).to_have_text("MPP Barru (contoh)")
        keep_picture(team, "kisah-periksa-cetak-biru")
        team.get_by_role("button", name=re.compile("Ambil semua")).click()
        expect(team.get_by_text("181 bagian diambil, 0 tidak berubah, 0 ditolak.")).to_be_visible()
        assert taken_by_kind(team) == TAKEN
        team.goto(f"{workspace.url}/pendirian/")
        assert figures_of(team) == {
            "Menuju sasaran": "220",
            "Buka menurut jadwal": "13 Des 2022",
            "Langkah selesai": "0",
            "Terlambat": "0",
        }
        keep_picture(team, "kisah-pendirian")
        decide(team, workspace)
        team.goto(f"{workspace.url}/pendirian/langkah/")
        team.get_by_role("link", name="Kepala daerah menyatakan komitmen").first.click()
        team.locator("[name=file]").set_input_files(letter())
        fill(team, caption="Pernyataan komitmen (contoh)")
        team.get_by_role("button", name="Unggah bukti").click()
        expect(team.get_by_role("link", name="surat-contoh.pdf")).to_be_visible()
        finish(team)
        keep_picture(team, "kisah-langkah")


def test_luwu_timur_works_through_the_stages(course: Course, someone: Callable[..., Page]) -> None:
    """Monday 14 November 2022: all is ready, six stages are closed, the mall is not open yet."""
    with course.on("11-14T09:00:00") as site:
        team, workspace = someone("desktop"), luwu(site)
        # Most of the typing is done in a browser without script, which is the faster one.
        clerk = someone("desktop", java_script_enabled=False)
        sign_in(clerk, workspace, TEAM)
        sign_agreements(clerk, workspace)
        complete_facilities(clerk, workspace)
        fill_roles(clerk, workspace)
        sign_in(team, workspace, TEAM)
        post_an_officer(team, workspace)
        try_a_day(team, workspace)
        finish_steps(clerk, workspace, but=("Resmikan dan buka mal",), stages=BEFORE_OPENING)
        team.goto(f"{workspace.url}/pendirian/langkah/")
        close_stages(team, BEFORE_OPENING[:6])
        check_status(team, workspace)
        write_the_request(team, workspace)
        team.goto(f"{workspace.url}/pendirian/buka/")
        expect(team.get_by_text("Semua yang diperlukan sudah ada.")).to_be_visible()
        check_not_open(someone("phone"), workspace)


def test_luwu_timur_opens_and_the_first_number_is_taken(
    course: Course, someone: Callable[..., Page]
) -> None:
    """Thursday 1 December 2022, half past eight: the doors open, A001 is called."""
    with course.on("12-01T08:30:00") as site:
        team, phone, workspace = someone("desktop"), someone("phone"), luwu(site)
        check_not_open(phone, workspace)
        sign_in(team, workspace, TEAM)
        team.goto(f"{workspace.url}/pendirian/buka/")
        before = time.monotonic()
        team.get_by_role("button", name="Buka mal sekarang").click()
        expect(team.get_by_text("Mal dibuka. Nomor sudah dapat diambil.")).to_be_visible()
        label = take_by_phone(phone, workspace, "KTP", KTP)
        assert time.monotonic() - before < A_MINUTE
        assert label == "A001"
        keep_picture(phone, "kisah-nomor-pertama")
        expect(team.get_by_text("MPP Luwu Timur sudah beroperasi.")).to_be_visible()
        expect(team.locator("main")).to_contain_text("Kamis, 1 Desember 2022.")
        keep_picture(team, "kisah-dibuka")
        desk = Officer(someone("desktop"), workspace)
        desk.sign_in(OFFICER)
        desk.open_counter("2")
        desk.press("n", then="A001")
        expect(phone.locator("[data-gerai-ticket=called]")).to_contain_text("Loket 2")
        desk.press("s", then=SERVED)
        desk.press("f", then="A001 selesai.")


def test_luwu_timur_measures_its_distance_to_barru(
    course: Course, someone: Callable[..., Page]
) -> None:
    """Friday 30 December 2022: the last stages are closed; how far is it to the model?"""
    with course.on("12-30T09:00:00") as site:
        team, admin, workspace = someone("desktop"), someone("phone"), luwu(site)
        sign_in(admin, site, "admin")
        admin.goto(f"{site.url}/kelola/ukuran/")
        expect(admin.locator("#berbagi .pill")).to_have_text("Dibagikan")
        sign_in(team, workspace, TEAM)
        finish_steps(team, workspace, stages=("after",))
        close_stages(team, ("inauguration", "after"))
        team.goto(f"{workspace.url}/pendirian/laporan/")
        assert team.locator("tbody td.figure").all_inner_texts() == ["100%"] * 8
        team.goto(f"{workspace.url}/kelola/ukuran/banding/")
        team.locator("[value='mal:barru']").check()
        team.get_by_role("button", name="Bandingkan").click()
        expect(team.get_by_text("Teladan dipilih.")).to_be_visible()
        seen = beside(team)
        assert seen["Jumlah instansi"] == ("24 instansi", "24 instansi", "setara")
        assert seen["Jumlah layanan"] == ("60 layanan", "60 layanan", "setara")
        assert seen["Fasilitas tersedia"] == ("3 fasilitas", "10 fasilitas", "lebih sedikit")
        gap = team.locator(".measure-gaps > li")
        expect(gap).to_have_count(1)
        expect(gap).to_contain_text("Di sini 3 fasilitas, di MPP Barru (contoh) 10 fasilitas.")
        keep_picture(team, "kisah-jarak")
        read_the_course_of_barru(someone("phone"), site)
        see_who_founded(someone("desktop"), site)
