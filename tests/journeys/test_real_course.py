"""Two delegations of the year 2022 in real browsers: one learns, one goes home and founds.

The days, the regions and what they did are those of two visits in the press; every person and
every word is made up. The server's clock is set to each day; its data go on from day to day.
"""

import base64
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import icalendar
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfWriter

from tests.journeys.conftest import PASSWORD, Server, Site, keep_picture, run, sign_in
from tests.journeys.persons import KTP, Officer, take_by_phone

pytestmark = pytest.mark.journey

ROOM = "Ruang Rapat MPP Lantai 2 (contoh)"
HOST = "Penerima Tamu Contoh"
SOPPENG = "Sekretariat Daerah Soppeng (contoh)"
# The browser fetches: it knows the way to barru.localhost, and has the session.
FETCH = """async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return btoa(bytes.reduce((told, byte) => told + String.fromCharCode(byte), ""));
}"""
FIRST_TEXTS = "(cells) => cells.map((cell) => cell.firstChild.textContent.trim())"
COURSE_OF_BARRU = ["2019-03-27", "2019-10-28", "2020-01-29", "2020-02-20", "2020-12-03"]
STORY = "Rombongan Kabupaten Soppeng belajar di MPP Barru (contoh)"
QUESTION = "Apa yang paling menentukan pada awalnya (contoh)?"
ANSWER = "Komitmen kepala daerah; sesudah itu instansi ikut (contoh)."
IMPRESSION = "Luar biasa, kami ingin mal seperti ini (contoh)."
LUWU_TIMUR = "Dinas Penanaman Modal Luwu Timur (contoh)"
RAMADAN = "Jam Ramadan (contoh)"
TEAM = "ketua.tim"
OFFICER = "petugas.lutim"
DECISION = "Mal dibuka paling lambat akhir tahun ini (contoh)."
SIGNED = 18
A_MINUTE = 60
# So long a slide takes to come.
SLIDE_MS = 900
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
DELEGATION = (
    ("Asisten Contoh", "Asisten Perekonomian dan Pembangunan (contoh)"),
    ("Kepala Dinas Contoh", "Kepala Dinas Penanaman Modal (contoh)"),
    ("Inspektur Contoh", "Inspektur Daerah (contoh)"),
)


@dataclass
class Course:
    """An installation on its way through a year, and what one day tells the next."""

    data: Path
    browser: Browser
    told: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def on(self, moment: str) -> Iterator[Site]:
        """Serve it from a moment of 2022 on, in the zone of Barru."""
        server = Server(self.data)
        server.start(f"2022-{moment}+08:00")
        try:
            yield server.site
            # Nobody listens any more when it ends, or it would wait for them.
            for context in self.browser.contexts:
                context.close()
        finally:
            server.stop()
        assert "Traceback" not in server.log.read_text()


def begin(data: Path) -> Path:
    """Make the sample mall as it may have stood in January 2022."""
    sample = ["sample", "--hours", "office", "--quiet"]
    run(data, "-m", "tests.journeys.then", "2022-01-24T07:30:00+08:00", *sample)
    return data


@pytest.fixture(scope="module")
def course(prepared: Callable[[], Path], browser: Browser) -> Course:
    """Give the installation that all acts share."""
    return Course(begin(prepared()), browser)


def letter() -> dict[str, Any]:
    """Return a letter of one page, as a browser sends it."""
    pages, file = PdfWriter(), BytesIO()
    pages.add_blank_page(595, 842)
    pages.write(file)
    return {"name": "surat-contoh.pdf", "mimeType": "application/pdf", "buffer": file.getvalue()}


def photo() -> dict[str, Any]:
    """Return a picture of the group in front of the mall, as a phone sends it."""
    image, file = Image.new("RGB", (1600, 1000), "#0b5c68"), BytesIO()
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 620, 1600, 1000), fill="#d9c9a3")
    for at, colour in enumerate(("#f6b73c", "#ffffff", "#c94f3d", "#f6b73c", "#ffffff")):
        x = 260 + 240 * at
        draw.ellipse((x, 380, x + 120, 500), fill="#e8b58c")
        draw.rounded_rectangle((x - 30, 500, x + 150, 860), 50, fill=colour)
    image.save(file, "JPEG", quality=85)
    return {"name": "bersama.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF, its line breaks as spaces."""
    document = pypdfium2.PdfDocument(pdf)
    told = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(told.replace("\u200b", "").split())


def code_on(pdf: bytes) -> str:
    """Return what the QR code on a PDF's first page says."""
    drawn = pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil()
    return str(zxingcpp.read_barcodes(drawn)[0].text)


def fetched(page: Page, link: Locator) -> bytes:
    """Fetch what a link gives, as whoever has the page open."""
    return base64.b64decode(page.evaluate(FETCH, str(link.get_attribute("href"))))


def days_of(times: Locator) -> list[str]:
    """Return the days that a timeline shows, by what they mean."""
    return [str(each.get_attribute("datetime")) for each in times.all()]


def fill(page: Page, **values: str) -> None:
    """Type into the fields of the page's main part, by their names."""
    for name, value in values.items():
        page.locator(f"main [name={name}]").first.fill(value)


def ask(page: Page, site: Site, **values: str) -> str:
    """Ask for a visit on the public page; return the address of the guests' secret page."""
    page.goto(f"{site.url}/kunjungan/")
    fill(page, **values)
    page.locator("[name=letter]").set_input_files(letter())
    keep_picture(page, f"kisah-ajukan-{values['size']}")
    page.get_by_role("button", name="Kirim permohonan").click()
    page.wait_for_url(re.compile(r"/kunjungan/[A-Za-z0-9_-]{32}/"))
    return page.url.removeprefix(site.url)


def accept(page: Page, site: Site, institution: str, day: str) -> None:
    """Receive a request at the desk: nine o'clock, in the meeting room of the second floor."""
    page.goto(f"{site.url}/kelola/kunjungan/")
    page.get_by_role("link", name=institution).first.click()
    page.get_by_role("link", name="Pilih waktu dan terima").click()
    fill(page, day=day, time="09:00", words="Parkir bus di sisi timur gedung (contoh).")
    page.get_by_label("Ruang", exact=True).select_option(label=ROOM)
    page.get_by_label("Penerima", exact=True).select_option(label=HOST)
    keep_picture(page, f"kisah-pilih-waktu-{day}")
    page.get_by_role("button", name="Terima kunjungan").click()
    expect(page.get_by_text("Kunjungan diterima.")).to_be_visible()
    page.get_by_role("button", name="Terbitkan surat jawaban").click()
    expect(page.get_by_text("terbit.")).to_be_visible()


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


def facts_of(part: Locator) -> dict[str, str]:
    """Return the labels of a list of facts with what they say."""
    names = part.locator("dt").all_inner_texts()
    return dict(zip(names, part.locator("dd").all_inner_texts(), strict=True))


def check_calendar(file: bytes) -> None:
    """Read the calendar file in another program: nine o'clock in Barru is one in Greenwich."""
    (event,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
    starts, ends = (event.decoded(name).astimezone(UTC) for name in ("DTSTART", "DTEND"))
    assert starts == datetime(2022, 2, 10, 1, tzinfo=UTC)
    assert ends == datetime(2022, 2, 10, 3, 30, tzinfo=UTC)
    assert ROOM in str(event["LOCATION"])


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


def name_the_guests(phone: Page, site: Site, secret: str) -> None:
    """Complete the delegation's list on the guests' secret page."""
    phone.goto(site.url + secret)
    phone.get_by_role("link", name="Daftar tamu (1)").click()
    for name, title in DELEGATION[1:]:
        fill(phone, name=name, title=title)
        phone.get_by_role("button", name="Tambahkan").click()
        expect(phone.get_by_text("Tamu ditambahkan.")).to_be_visible()
    names = phone.locator("tbody th").evaluate_all(FIRST_TEXTS)
    assert names == [name for name, _title in DELEGATION]


def open_day(desk: Page, site: Site, institution: str) -> None:
    """Open the day of a delegation's visit from the desk's list."""
    desk.goto(f"{site.url}/kelola/kunjungan/?{urlencode({'cari': institution})}")
    desk.locator("tbody").get_by_role("link", name=institution).first.click()
    desk.get_by_role("link", name="Hari kunjungan").click()
    expect(desk).to_have_url(re.compile("/hari/$"))


def open_book(desk: Page, site: Site) -> str:
    """Lay out the guest book; return the address that its code leads to."""
    desk.get_by_role("link", name="Buku tamu").first.click()
    if desk.get_by_role("button", name="Buka buku tamu").count():
        desk.get_by_role("button", name="Buka buku tamu").click()
    address = desk.locator(".book-address").inner_text().strip()
    keep_picture(desk, "kisah-kode-buku-tamu")
    assert address.startswith(f"{site.url}/kunjungan/hadir/")
    return address.removeprefix(site.url)


def sign_the_book(phone: Page, book: str, name: str) -> None:
    """Find one's name in the guest book and sign with a finger."""
    phone.goto(book)
    phone.get_by_role("link", name=name).click()
    phone.get_by_label("Boleh", exact=True).check()
    pad = phone.locator("canvas.sign-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    phone.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    phone.mouse.down()
    for step in range(1, 9):
        up = box["height"] / 4 * (1 if step % 2 else -1)
        phone.mouse.move(box["x"] + 20 + step * 25, box["y"] + box["height"] / 2 + up)
    phone.mouse.up()
    if name == DELEGATION[0][0]:
        keep_picture(phone, "kisah-tanda-tangan")
    phone.get_by_role("button", name="Saya hadir").click()
    expect(phone.get_by_role("heading", name=f"Selamat datang, {name}")).to_be_visible()
    phone.goto(book)


def see_the_presentation(someone: Callable[..., Page], site: Site) -> None:
    """Present: by keys to the history of the mall, by phone to the slide after it."""
    screen, phone = someone("hall"), someone("phone")
    sign_in(screen, site, "penerima")
    screen.goto(f"{site.url}/presentasi/")
    screen.get_by_label("Tamu").first.fill("Pemerintah Kabupaten Soppeng (contoh)")
    screen.get_by_role("button", name="Mulai paparan").click()
    stands_at(screen, 1)
    expect(screen.locator("#s1-judul")).to_have_text("Pemerintah Kabupaten Soppeng (contoh)")
    screen.keyboard.press("ArrowRight")
    stands_at(screen, 2)
    assert days_of(screen.locator("#s2 time")) == COURSE_OF_BARRU
    expect(screen.locator("#s2-judul")).to_have_text(
        "Dari langkah pertama ke pintu yang terbuka: 330 hari"
    )
    screen.wait_for_timeout(SLIDE_MS)
    keep_picture(screen, "kisah-paparan-sejarah")
    screen.evaluate("document.querySelector('[data-gerai-opens=ponsel]').click()")
    link = str(screen.locator("#ponsel p a").get_attribute("href"))
    screen.locator("#ponsel footer button").click()
    phone.goto(link)
    phone.get_by_role("button", name="Maju").click()
    stands_at(screen, 3)
    keep_picture(phone, "kisah-kendali-ponsel")


def stands_at(page: Page, number: int) -> None:
    """Wait until a slide is the one on the stage."""
    expect(page.locator(f"#s{number}.is-now")).to_be_visible()


def walk_the_floors(screen: Page, site: Site) -> None:
    """Lead the guests along the counters of both floors, to the last stop."""
    sign_in(screen, site, "penerima")
    screen.goto(f"{site.url}/presentasi/")
    screen.get_by_role("button", name="Mulai tur loket").click()
    stands_at(screen, 1)
    floors = screen.locator(".walk-floor h2").all_inner_texts()
    assert floors == ["Lantai 1", "Lantai 2"]
    screen.keyboard.press("End")
    last = screen.locator(".slide.is-now")
    expect(last).to_contain_text("Waktunya foto bersama")
    expect(last.locator(".slide-label")).to_contain_text("Lantai 2")
    screen.wait_for_timeout(SLIDE_MS)
    keep_picture(screen, "kisah-tur")


def note_a_question(desk: Page) -> None:
    """Note what a guest asks, with the answer that was given."""
    fill(desk, text=QUESTION, asked_by="Inspektur Contoh", answer=ANSWER)
    desk.get_by_role("button", name="Simpan pertanyaan").click()
    asked = desk.locator(".visit-questions > li").filter(has_text=QUESTION)
    expect(asked).to_contain_text(ANSWER)
    expect(asked).to_contain_text("Ditanyakan pada hari kunjungan · Inspektur Contoh")


def upload_the_photo(desk: Page) -> None:
    """Put the picture of the group into the album; everybody on it agreed."""
    desk.get_by_role("link", name="Album foto").click()
    desk.locator("[name=photos]").set_input_files(photo())
    fill(desk, caption="Foto bersama di depan gedung (contoh)")
    desk.get_by_label("Semua yang terlihat setuju foto ini dimuat").check()
    desk.get_by_role("button", name="Unggah foto").click()
    expect(desk.locator(".album > li")).to_have_count(1)
    expect(desk.locator(".album .pill")).to_contain_text("Semua setuju")
    assert desk.locator(".album img").evaluate("image => image.decode().then(() => true)")
    keep_picture(desk, "kisah-album")


def leave_an_impression(phone: Page, site: Site, book: str) -> None:
    """Rate the visit and say a word that may be published."""
    phone.goto(site.url + book)
    phone.get_by_role("link", name="Beri kesan").click()
    phone.get_by_label("Sangat baik").check()
    phone.get_by_label("Kesan saya boleh ditampilkan kepada umum").check()
    fill(phone, words=IMPRESSION, name="Asisten Contoh")
    keep_picture(phone, "kisah-kesan")
    phone.get_by_role("button", name="Kirim kesan").click()
    expect(phone.get_by_text(IMPRESSION)).to_be_visible()


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


def confirm_the_travel(desk: Page, reader: Page) -> None:
    """Confirm the travel orders; whoever reads the code on the paper sees that it holds."""
    fill(desk, officer="Kepala Dinas Tuan Rumah Contoh", role="Kepala Dinas (contoh)")
    desk.get_by_role("button", name="Terbitkan keterangan").click()
    expect(desk.get_by_text("002/SPD-MPP/II/2022 terbit.")).to_be_visible()
    pdf = fetched(desk, desk.locator("#spd").get_by_role("link", name="PDF"))
    told = text_of(pdf)
    for name, _title in DELEGATION:
        assert name in told
    reader.goto(code_on(pdf))
    expect(reader.locator(".pill")).to_have_text("Tercatat dan berlaku")
    seen = facts_of(reader.locator("main"))
    assert seen["Nomor"] == "002/SPD-MPP/II/2022"
    assert seen["Tanggal terbit"] == "Kamis, 10 Februari 2022"
    assert seen["Diterbitkan oleh"] == "MPP Barru (contoh)"
    assert seen["Kode sidik"] in told
    keep_picture(reader, "kisah-spd-diperiksa")


def show_the_impression(desk: Page, reader: Page, site: Site) -> None:
    """Show the impression whose giver allowed it; the public reads it."""
    reader.goto(f"{site.url}/kunjungan/kesan/")
    expect(reader.get_by_text(IMPRESSION)).to_have_count(0)
    own = desk.locator("#kesan .card").filter(has_text=IMPRESSION)
    own.get_by_role("button", name="Tampilkan", exact=True).click()
    expect(desk.get_by_text("Kesan ditampilkan.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text(IMPRESSION)).to_be_visible()


def announce_the_next_visit(desk: Page, site: Site) -> None:
    """Note that they come again with more agencies: a new visit of the same relation."""
    desk.get_by_role("link", name="Laporan dan tindak lanjut").click()
    desk.get_by_role("link", name="Catat kunjungan lanjutan").click()
    fill(desk, purpose="Datang lagi dengan lebih banyak perangkat daerah (contoh).", size="24")
    fill(desk, wished="2022-03-17")
    desk.get_by_role("button", name="Catat kunjungan lanjutan").click()
    desk.goto(f"{site.url}/kelola/kunjungan/?cari=KJ-2022-0004")
    desk.locator("tbody").get_by_role("link", name=SOPPENG).click()
    relation = desk.locator("section").filter(has_text="Hubungan yang sama")
    expect(relation).to_contain_text("KJ-2022-0003 Kamis, 10 Februari 2022 Kunjungan sebelumnya")
    relation.get_by_role("link", name="KJ-2022-0003").click()
    desk.get_by_role("link", name="Hari kunjungan").click()


def write_the_report(desk: Page) -> None:
    """Write the report, and open it in another program."""
    desk.get_by_role("link", name="Laporan dan tindak lanjut").click()
    fill(desk, learned="Komitmen, koordinasi, mekanisme, sarana, petugas (contoh).")
    fill(desk, conclusion="Soppeng menyiapkan langkah pertamanya (contoh).")
    desk.get_by_role("button", name="Simpan isi").click()
    fill(desk, text="Kirim contoh perjanjian kerja sama (contoh)", owner_name=HOST)
    fill(desk, due_on="2022-02-24")
    desk.get_by_role("button", name="Tambah tindak lanjut").click()
    expect(desk.locator("#tindak-lanjut tbody tr")).to_have_count(1)
    desk.get_by_role("button", name="Terbitkan laporan").click()
    told = text_of(fetched(desk, desk.locator("#versi").get_by_role("link", name="PDF")))
    for fact in ("KJ-2022-0003", "Kamis, 10 Februari 2022", ROOM, QUESTION, ANSWER, IMPRESSION):
        assert fact in told
    for name, title in DELEGATION:
        assert name in told
        assert title in told
    keep_picture(desk, "kisah-laporan")


def hand_over_the_story(desk: Page) -> None:
    """Hand the newsroom its draft."""
    desk.get_by_role("button", name="Serahkan draf berita").click()
    expect(desk.get_by_text(f"Draf “{STORY}” ada di ruang berita.")).to_be_visible()


def close_the_visit(desk: Page) -> None:
    """Thank the guests and close."""
    desk.get_by_role("button", name="Kirim ucapan terima kasih").click()
    desk.get_by_role("button", name="Tutup kunjungan").click()
    expect(desk.get_by_text("Sudah ditutup")).to_be_visible()


def read_at_home(phone: Page, site: Site, secret: str) -> None:
    """Find report and travel confirmation on the guests' secret page."""
    phone.goto(site.url + secret)
    phone.get_by_role("link", name="Laporan dan bukti kunjungan").click()
    kinds = phone.locator("tbody th").all_inner_texts()
    assert kinds == ["Laporan hasil", "Keterangan perjalanan dinas"]
    keep_picture(phone, "kisah-hasil")


def check_the_draft(editor: Page, reader: Page, site: Site) -> None:
    """See the story among the drafts of the newsroom, and nowhere on the public site."""
    sign_in(editor, site, "redaktur")
    editor.goto(f"{site.url}/redaksi/")
    drafts = editor.locator(".gerai-waiting section").filter(has_text="Belum terbit atau berubah")
    expect(drafts).to_contain_text(f"{STORY} draf", use_inner_text=False)
    drafts.get_by_role("link", name=STORY).click()
    expect(editor.locator("#id_title")).to_have_value(STORY)
    keep_picture(editor, "kisah-draf-berita")
    reader.goto(f"{site.url}/berita/")
    expect(reader.get_by_text(STORY)).to_have_count(0)


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


def set_ramadan_hours(admin: Page, site: Site) -> None:
    """Say that the mall is open from eight to two on that Wednesday."""
    admin.goto(f"{site.url}/kelola/hari/")
    fill(admin, on="2022-04-20", opens="08.00", closes="14.00", name=RAMADAN)
    admin.get_by_label("Buka dengan jam lain").check()
    admin.get_by_role("button", name="Tambahkan").click()
    row = admin.locator("tr").filter(has_text=RAMADAN)
    expect(row).to_contain_text("Rabu, 20 April 2022")
    expect(row).to_contain_text("08.00\N{EN DASH}14.00")


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


def luwu(site: Site) -> Site:
    """Return the mall that Luwu Timur founds on the same installation."""
    return Site(f"http://luwutimur.localhost:{site.port}", site.port, site.data)


def take_the_blueprint(phone: Page) -> str:
    """Download the blueprint from the guests' secret page; it names the mall, and no person."""
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Unduh cetak biru").click()
    keep_picture(phone, "kisah-bawa-pulang")
    assert download.value.suggested_filename == "cetak-biru-barru.json"
    told = download.value.path().read_text()
    assert json.loads(told)["mall"]["name"] == "MPP Barru (contoh)"
    for name in (*dict(DELEGATION), HOST, "Petugas Contoh", "petugas1"):
        assert name not in told
    return told


def found_a_mall(phone: Page, site: Site) -> None:
    """Begin the workspace of the region on the phone that is at hand."""
    phone.get_by_role("link", name="Dirikan mal Anda").click()
    expect(phone.locator("[name=name]")).to_have_value("MPP Luwu Timur")
    expect(phone.locator("[name=slug]")).to_have_value("luwutimur")
    fill(phone, leader="Bupati Contoh", target_on="2022-12-01", username=TEAM, password=PASSWORD)
    keep_picture(phone, "kisah-dirikan")
    phone.get_by_role("button", name="Mulai mendirikan").click()
    expect(phone.get_by_text("Ruang kerja MPP Luwu Timur siap.")).to_be_visible()
    keep_picture(phone, "kisah-ruang-kerja-siap")
    phone.locator("main").get_by_role("link", name="Masuk").click()
    phone.wait_for_url(f"{luwu(site).url}/masuk/")


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


def taken_by_kind(team: Page) -> dict[str, int]:
    """Return how many parts of each kind the workspace owes to its model."""
    kinds = team.locator("[aria-labelledby=asal] li")
    names = [each.strip() for each in kinds.locator("a").all_inner_texts()]
    counts = kinds.locator(".badge").all_inner_texts()
    return dict(zip(names, map(int, counts), strict=True))


def figures_of(team: Page) -> dict[str, str]:
    """Return the figures at the head of the workspace."""
    names = team.locator(".stat-name").all_inner_texts()
    return dict(zip(names, team.locator(".stat-figure").all_inner_texts(), strict=True))


def decide(team: Page, workspace: Site) -> None:
    """Note the first decision."""
    team.goto(f"{workspace.url}/pendirian/keputusan/baru/")
    expect(team.locator("[name=on]")).to_have_value("2022-04-25")
    fill(team, text=DECISION, decided_by="Bupati Contoh")
    team.get_by_role("button", name="Simpan").click()
    expect(team.locator("main")).to_contain_text(DECISION)


def finish(team: Page) -> None:
    """Finish the step whose page is open."""
    team.locator("button[value=finish]").click()
    expect(team.locator("button[value=reopen]")).to_be_visible()


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


def sign_agreements(team: Page, workspace: Site) -> None:
    """Sign with as many agencies as Barru did."""
    team.goto(f"{workspace.url}/kelola/perjanjian/")
    links = team.locator("tbody th a")
    expect(links).to_have_count(24)
    for number, link in enumerate(hrefs(links)[:SIGNED], start=1):
        team.goto(workspace.url + link)
        team.get_by_label("Keadaan").select_option("signed")
        fill(team, number=f"PKS/{number:02}/2022 (contoh)", signed_on="2022-10-28")
        fill(team, starts_on="2022-12-01", ends_on="2024-11-30")
        team.get_by_role("button", name="Simpan").click()
        team.wait_for_url("**/perjanjian/")
    team.goto(f"{workspace.url}/pendirian/instansi/")
    expect(team.locator(".lead")).to_have_text(
        "18 dari 24 instansi sudah menandatangani perjanjian; 60 layanan."
    )


def hrefs(links: Locator) -> list[str]:
    """Return where links lead."""
    return [str(each.get_attribute("href")) for each in links.all()]


def complete_facilities(team: Page, workspace: Site) -> None:
    """Have what is required before the opening."""
    team.goto(f"{workspace.url}/kelola/fasilitas/")
    required = team.locator(".lines li").filter(has_text="wajib").get_by_role("link")
    expect(required).to_have_count(3)
    for link in hrefs(required):
        team.goto(workspace.url + link)
        team.get_by_label("Tersedia").check()
        team.get_by_role("button", name="Simpan").click()
        team.wait_for_url("**/fasilitas/**")


def fill_roles(team: Page, workspace: Site) -> None:
    """Fill every role and train everybody."""
    team.goto(f"{workspace.url}/pendirian/petugas/")
    roles = hrefs(team.locator("main").get_by_role("link", name="Ubah"))
    assert len(roles) == 6
    for link in roles:
        team.goto(workspace.url + link)
        needed = team.locator("[name=needed]").input_value()
        fill(team, filled=needed, trained=needed)
        team.get_by_role("button", name="Simpan").click()
        team.wait_for_url("**/petugas/")


def post_an_officer(team: Page, workspace: Site) -> None:
    """Give an officer an account, and a place in an agency."""
    team.goto(f"{workspace.url}/kelola/orang/")
    fill(team, name="Petugas Luwu Timur Contoh", username=OFFICER, password=PASSWORD)
    team.locator("main [name=role]").first.select_option("officer")
    team.get_by_role("button", name="Tambahkan").click()
    team.goto(f"{workspace.url}/kelola/instansi/")
    team.get_by_role("link", name="Disdukcapil").first.click()
    team.get_by_label("Petugas").select_option(label="Petugas Luwu Timur Contoh")
    team.get_by_role("button", name="Tempatkan").click()
    expect(team.get_by_role("button", name="Lepas Petugas Luwu Timur Contoh")).to_be_visible()


def try_a_day(team: Page, workspace: Site) -> None:
    """Note a day of trial."""
    team.goto(f"{workspace.url}/pendirian/uji-coba/baru/")
    fill(team, on="2022-11-10", visitors="41", findings="Papan arah kurang (contoh).")
    fill(team, mended="Papan arah ditambah (contoh).")
    team.get_by_role("button", name="Simpan").click()
    expect(team.locator("main")).to_contain_text("Kamis, 10 November 2022")


def finish_steps(
    team: Page, workspace: Site, *, stages: tuple[str, ...], but: tuple[str, ...] = ()
) -> None:
    """Finish the open steps of some stages, one after the other."""
    team.goto(f"{workspace.url}/pendirian/langkah/")
    for stage in stages:
        rows = team.locator(f"#{stage} .step-list > li").filter(has_text="Belum mulai")
        for name in but:
            rows = rows.filter(has_not_text=name)
        for link in hrefs(rows.locator("a.strong")):
            team.goto(workspace.url + link)
            finish(team)
        team.goto(f"{workspace.url}/pendirian/langkah/")


def close_stages(team: Page, stages: tuple[str, ...]) -> None:
    """Close stages on the page of the steps."""
    for stage in stages:
        team.locator(f"#{stage}").get_by_role("button", name="Tutup tahap").click()
        expect(team.locator(f"#{stage}").get_by_text("oleh Ketua Tim Contoh.")).to_be_visible()
    keep_picture(team, "kisah-tahap")


def check_status(team: Page, workspace: Site) -> None:
    """Read the page for the regent, and open its PDF in another program."""
    team.goto(f"{workspace.url}/pendirian/laporan/")
    assert team.locator("tbody td.figure").all_inner_texts() == [*["100%"] * 6, "50%", "0%"]
    assert [each.strip() for each in team.locator("tbody .pill").all_inner_texts()] == [
        *["Ditutup"] * 6,
        "Berjalan",
        "Belum mulai",
    ]
    keep_picture(team, "kisah-laporan-bupati")
    told = text_of(fetched(team, team.get_by_role("link", name="PDF")))
    for fact in (
        "PEMERINTAH KABUPATEN LUWU TIMUR",
        "Per tanggal : 14 November 2022",
        "Mulai : 20 April 2022",
        "Sasaran pembukaan : 1 Desember 2022 (17 hari lagi)",
        "18 dari 24 instansi sudah ditandatangani",
    ):
        assert fact in told


def write_the_request(team: Page, workspace: Site) -> None:
    """Write the letter to the minister from what the workspace knows."""
    team.goto(f"{workspace.url}/pendirian/naskah/")
    row = team.locator("tr").filter(has_text="Surat permohonan")
    row.get_by_role("button").click()
    told = text_of(fetched(team, team.get_by_role("link", name="PDF")))
    assert "Bupati Contoh" in told
    assert "Kabupaten Luwu Timur" in told


def check_not_open(phone: Page, workspace: Site) -> None:
    """Try to take a number before the opening."""
    phone.goto(f"{workspace.url}/antre/?q=ktp")
    expect(phone.locator("main")).to_contain_text("Mal ini masih disiapkan dan belum melayani.")
    keep_picture(phone, "kisah-belum-dibuka")


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
        desk.press("s", then="Dilayani")
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


def beside(team: Page) -> dict[str, tuple[str, str, str]]:
    """Return each measure: here, at the model, and what is said of the difference."""
    found = {}
    for row in team.locator(".measure-table tbody tr").all():
        cell = row.locator(".measure-cell")
        found[row.locator("th").inner_text()] = (
            row.locator(".measure-value").inner_text(),
            cell.locator(".number").inner_text(),
            " ".join(cell.locator(".pill").all_inner_texts()).strip(),
        )
    return found


def read_the_course_of_barru(reader: Page, site: Site) -> None:
    """Read on the history page how Barru's own mall came to be."""
    reader.goto(f"{site.url}/sejarah/")
    assert days_of(reader.locator(".timeline time")) == COURSE_OF_BARRU
    expect(reader.locator("main")).to_contain_text("Kerja sama dengan 18 instansi")
    keep_picture(reader, "kisah-sejarah")


def see_who_founded(desk: Page, site: Site) -> None:
    """See at the desk who came, and who founded a mall afterwards."""
    sign_in(desk, site, "penerima")
    desk.goto(f"{site.url}/kelola/kunjungan/statistik/")
    seen = figures_of(desk)
    assert {name: seen[name] for name in ("Kunjungan", "Tamu yang hadir", "Daerah")} == {
        "Kunjungan": "3",
        "Tamu yang hadir": "7",
        "Daerah": "2",
    }
    expect(desk.get_by_text("1 lalu mendirikan mal")).to_be_visible()
    keep_picture(desk, "kisah-statistik")
