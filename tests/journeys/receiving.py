"""What guests and their hosts do, from asking for a visit to the report of it."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

import icalendar
import pypdfium2
import zxingcpp
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, keep_picture, sign_in
from tests.journeys.course import (
    COURSE_OF_BARRU,
    DELEGATION,
    FIRST_TEXTS,
    HOST,
    ROOM,
    SOPPENG,
    days_of,
    facts_of,
    fetched,
    fill,
    letter,
    photo,
    text_of,
)

STORY = "Rombongan Kabupaten Soppeng belajar di MPP Barru (contoh)"
QUESTION = "Apa yang paling menentukan pada awalnya (contoh)?"
ANSWER = "Komitmen kepala daerah; sesudah itu instansi ikut (contoh)."
IMPRESSION = "Luar biasa, kami ingin mal seperti ini (contoh)."
RAMADAN = "Jam Ramadan (contoh)"
# So long a slide takes to come.
SLIDE_MS = 900


def code_on(pdf: bytes) -> str:
    """Return what the QR code on a PDF's first page says."""
    drawn = pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil()
    return str(zxingcpp.read_barcodes(drawn)[0].text)


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


def check_calendar(file: bytes) -> None:
    """Read the calendar file in another program: nine o'clock in Barru is one in Greenwich."""
    (event,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
    starts, ends = (event.decoded(name).astimezone(UTC) for name in ("DTSTART", "DTEND"))
    assert starts == datetime(2022, 2, 10, 1, tzinfo=UTC)
    assert ends == datetime(2022, 2, 10, 3, 30, tzinfo=UTC)
    assert ROOM in str(event["LOCATION"])


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


def set_ramadan_hours(admin: Page, site: Site) -> None:
    """Say that the mall is open from eight to two on that Wednesday."""
    admin.goto(f"{site.url}/kelola/hari/")
    fill(admin, on="2022-04-20", opens="08.00", closes="14.00", name=RAMADAN)
    admin.get_by_label("Buka dengan jam lain").check()
    admin.get_by_role("button", name="Tambahkan").click()
    row = admin.locator("tr").filter(has_text=RAMADAN)
    expect(row).to_contain_text("Rabu, 20 April 2022")
    expect(row).to_contain_text("08.00\N{EN DASH}14.00")


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
