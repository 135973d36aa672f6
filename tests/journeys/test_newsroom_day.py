"""A day of the newsroom in real browsers: written, reviewed, read, corrected, commented.

The pictures are for the editors' manual.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from gerai import clock
from tests.journeys.conftest import Site, keep_picture, sign_in

pytestmark = pytest.mark.journey

ZONE = "Asia/Makassar"
TITLE = "Lomba loket paling ramah (contoh)"
LATER = "Jam layanan pekan depan (contoh)"
QUOTE = "Kami hanya menyapa lebih dahulu."
CORRECTION = "Lomba diadakan pada hari Selasa, bukan Rabu."


def a_drawing() -> bytes:
    """Return a picture as a camera would give it: wide, and larger than any page needs."""
    image = Image.new("RGB", (2400, 1350), "#0b5c68")
    draw = ImageDraw.Draw(image)
    draw.rectangle((300, 450, 2100, 1050), fill="#f6b73c")
    draw.ellipse((1000, 300, 1400, 700), fill="#ffffff")
    kept = BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


class Desk:
    """Somebody of the newsroom, in front of the page editor."""

    def __init__(self, page: Page, site: Site, username: str) -> None:
        self.page, self.site = page, site
        sign_in(page, site, username)

    def go_home(self) -> None:
        self.page.goto(f"{self.site.url}/redaksi/")

    def waiting(self, heading: str) -> Locator:
        """Return a list of the first page by its heading."""
        title = self.page.get_by_role("heading", name=heading, exact=True)
        return self.page.locator(".gerai-waiting section").filter(has=title)

    def begin(self, section: str) -> None:
        """Walk from the first page to an empty story in a section."""
        self.go_home()
        self.page.get_by_role("link", name="Semua berita").click()
        self.page.get_by_role("link", name=f"Jelajahi subhalaman “{section}”").click()
        self.page.get_by_role("link", name="Tambah subhalaman").first.click()
        expect(self.page.locator("#id_title")).to_be_visible()
        # The editor remembers the form two seconds after it has come, and keeps by itself only
        # what is typed after that: no person is as quick, but a test on an idle machine is.
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("() => new Promise(done => setTimeout(done, 2_100))")

    def write(self, title: str, summary: str, topics: str) -> None:
        self.page.locator("#id_title").press_sequentially(title)
        self.page.fill("#id_summary", summary)
        self.page.fill("#id_tag_line", topics)

    def panel(self, name: str) -> Locator:
        return self.page.locator(f"[id$=child-{name}-wrapper]")

    def add_block(self, panel: str, kind: str = "") -> None:
        """Put a block at the end of a stream; one with a single kind asks nothing."""
        self.panel(panel).get_by_title("Sisipkan blok").last.click()
        if kind:
            self.page.get_by_role("option", name=kind, exact=True).click()

    def type_text(self, text: str) -> None:
        self.add_block("body", "Teks")
        paper = self.panel("body").locator("[contenteditable=true]").last
        paper.click()
        self.page.keyboard.type(text)
        # What the form sends follows what one sees a quarter of a second later.
        expect(self.panel("body").locator("[name^=body-][name$=-value]").last).to_have_value(
            re.compile(re.escape(text))
        )

    def upload_lead_picture(self) -> None:
        """Upload a picture in the chooser, as from one's own computer."""
        self.page.get_by_role("button", name="Pilih gambar").first.click()
        chooser = self.page.get_by_role("dialog")
        chooser.get_by_role("tab", name="Unggah").click()
        chooser.get_by_label("Berkas").set_input_files(
            {"name": "lomba.png", "mimeType": "image/png", "buffer": a_drawing()}
        )
        chooser.get_by_label("Judul").fill("Piala lomba loket")
        chooser.get_by_label("Deskripsi").fill("Piala di atas meja loket")
        chooser.get_by_label("Kredit").fill("Ilustrasi: contoh")
        keep_picture(self.page, "redaksi-gambar")
        chooser.get_by_role("button", name="Unggah").click()
        expect(chooser).to_be_hidden()
        expect(self.panel("lead_picture")).to_contain_text("Piala lomba loket")

    def press(self, action: str) -> None:
        """Press one of the buttons at the foot, which may stand in its menu."""
        button = self.page.locator("footer").get_by_role("button", name=action).first
        if not button.is_visible():
            self.page.get_by_role("button", name="Tindakan lain").click()
        button.click()

    def open_waiting(self, title: str) -> None:
        self.go_home()
        self.waiting("Menunggu tinjauan").get_by_role("link", name=title).click()
        expect(self.page.locator("#id_title")).to_have_value(title)

    def offers(self) -> list[str]:
        """Return the words of all buttons at the foot of the editor, also in its menu."""
        names = self.page.locator("footer").locator("button, a").all_text_contents()
        return [" ".join(name.split()) for name in names]

    def sees(self, words: str) -> None:
        expect(self.page.locator(".messages").first).to_contain_text(words)

    def is_kept(self) -> None:
        """Wait until the editor has kept by itself what was typed."""
        expect(self.page.get_by_text("Tersimpan", exact=True).first).to_be_visible(timeout=60_000)
        expect(self.page).to_have_url(re.compile("/edit/"))


def story_url(site: Site, slug: str, section: str = "kegiatan") -> str:
    return f"{site.url}/berita/{section}/{slug}/"


SLUG = "lomba-loket-paling-ramah-contoh"
LATER_SLUG = "jam-layanan-pekan-depan-contoh"


def test_a_story_is_written_reviewed_published_corrected_and_taken_back(
    mall: Site, someone: Callable[..., Page]
):
    writer = Desk(someone("desktop"), mall, "penulis")
    reader = someone("phone")
    write_the_story(writer)
    preview(writer)
    assert [name for name in writer.offers() if name.startswith("Terbitkan")] == []
    writer.press("Ajukan")
    writer.sees("ditinjau")
    writer.go_home()
    expect(writer.waiting("Menunggu tinjauan")).to_contain_text("milik Anda, menunggu orang kedua")
    keep_picture(writer.page, "redaksi-diajukan")
    assert reader.goto(story_url(mall, SLUG)).status == 404

    editor = Desk(someone("desktop"), mall, "redaktur")
    editor.go_home()
    expect(editor.waiting("Menunggu tinjauan")).to_contain_text("diajukan Penulis Contoh")
    keep_picture(editor.page, "redaksi-beranda")
    approve(editor, TITLE)
    read_the_story(reader, mall)

    schedule_another(writer, editor, reader)
    correct(editor, reader)
    take_back(editor, reader)


def write_the_story(writer: Desk) -> None:
    writer.begin("Kegiatan")
    keep_picture(writer.page, "redaksi-artikel-kosong")
    writer.write(TITLE, "Berita contoh: loket 2 menang.", "lomba, loket")
    writer.upload_lead_picture()
    writer.type_text("Loket 2 menang karena menyapa lebih dahulu.")
    writer.add_block("body", "Kutipan")
    writer.panel("body").locator("[name$=-value-words]").fill(QUOTE)
    writer.panel("body").locator("[name$=-value-who]").fill("Petugas contoh")
    writer.is_kept()
    keep_picture(writer.page, "redaksi-artikel")


def preview(writer: Desk) -> None:
    writer.page.get_by_role("button", name="Buka/tutup pratinjau").click()
    shown = writer.page.frame_locator("iframe[title=Pratinjau]").first
    expect(shown.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(shown.get_by_text(QUOTE)).to_be_visible()
    keep_picture(writer.page, "redaksi-pratinjau")
    writer.page.get_by_role("button", name="Buka/tutup pratinjau").click()


def approve(editor: Desk, title: str) -> None:
    editor.open_waiting(title)
    keep_picture(editor.page, f"redaksi-tinjau-{'jadwal' if title == LATER else 'artikel'}")
    editor.press("Setujui dan terbitkan")
    editor.sees(title)


def read_the_story(reader: Page, mall: Site) -> None:
    reader.goto(f"{mall.url}/berita/")
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(reader.get_by_text(QUOTE)).to_be_visible()
    expect(reader.get_by_role("link", name="loket", exact=True)).to_be_visible()
    lead = reader.get_by_role("img", name="Piala di atas meja loket")
    expect(lead).to_be_visible()
    # A picture that does not come, or is none, is refused here.
    assert lead.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    keep_picture(reader, "redaksi-terbit")
    feed = feed_of(reader)
    assert f"<title>{TITLE}</title>" in feed


def feed_of(reader: Page) -> str:
    return str(reader.evaluate("fetch('/berita/atom.xml').then(answer => answer.text())"))


def schedule_another(writer: Desk, editor: Desk, reader: Page) -> None:
    """Let a story be due tomorrow; it is listed as scheduled and nobody reads it."""
    writer.begin("Pengumuman")
    writer.write(LATER, "Pengumuman contoh.", "jam layanan")
    writer.type_text("Pekan depan mal buka seperti biasa.")
    writer.is_kept()
    writer.press("Ajukan")
    writer.sees("ditinjau")
    editor.open_waiting(LATER)
    tomorrow = clock.now().astimezone(clock.zone_of(ZONE)) + timedelta(days=1)
    editor.page.get_by_role("button", name="Buka/tutup status").click()
    editor.page.get_by_role("button", name="Atur jadwal").click()
    dialog = editor.page.get_by_role("dialog")
    dialog.locator("[name=go_live_at]").fill(tomorrow.strftime("%Y-%m-%d %H:%M"))
    keep_picture(editor.page, "redaksi-jadwal")
    dialog.get_by_role("button", name="Simpan jadwal").press("Enter")
    expect(dialog).to_be_hidden()
    approve(editor, LATER)
    editor.go_home()
    listed = editor.waiting("Terjadwal")
    expect(listed).to_contain_text(LATER)
    expect(listed).to_contain_text(tomorrow.strftime("%H.%M"))
    keep_picture(editor.page, "redaksi-terjadwal")
    hidden = reader.goto(story_url(editor.site, LATER_SLUG, "pengumuman"))
    assert hidden is not None
    assert hidden.status == 404


def correct(editor: Desk, reader: Page) -> None:
    editor.go_home()
    editor.waiting("Terakhir terbit").get_by_role("link", name=TITLE).click()
    editor.add_block("corrections")
    panel = editor.panel("corrections")
    today = clock.local_day(clock.now(), ZONE)
    panel.locator("[name$=-value-on]").fill(today.isoformat())
    panel.locator("[name$=-value-on]").press("Tab")
    panel.locator("[name$=-value-text]").fill(CORRECTION)
    keep_picture(editor.page, "redaksi-ralat")
    editor.press("Terbitkan")
    editor.sees(TITLE)
    reader.goto(story_url(editor.site, SLUG))
    expect(reader.locator(".story-corrections")).to_contain_text(CORRECTION)
    keep_picture(reader, "redaksi-ralat-terbit")


def take_back(editor: Desk, reader: Page) -> None:
    editor.page.get_by_role("button", name=f"Pilihan lain untuk “{TITLE}”").click()
    editor.page.get_by_role("link", name="Tarik dari terbitan").click()
    expect(editor.page.get_by_role("button", name="Ya, tarik dari terbitan")).to_be_visible()
    keep_picture(editor.page, "redaksi-tarik")
    editor.page.get_by_role("button", name="Ya, tarik dari terbitan").click()
    editor.sees(TITLE)
    gone = reader.goto(story_url(editor.site, SLUG))
    assert gone is not None
    assert gone.status == 404
    assert TITLE not in feed_of(reader)


STORY = "/berita/kegiatan/papan-terima-kasih-penuh-lagi/"


def test_a_comment_waits_is_published_and_read(mall: Site, someone: Callable[..., Page]):
    reader = someone("phone")
    plain = someone("phone", java_script_enabled=False)
    reader.goto(mall.url + STORY)
    send_comment(reader, "Ani (contoh)", "Terima kasih, loketnya ramah.")
    keep_picture(reader, "redaksi-komentar-terkirim")
    plain.goto(mall.url + STORY)
    expect(plain.locator("form.comment-form noscript p")).to_be_visible()
    send_comment(plain, "Budi (contoh)", "Kapan loket 4 buka?")

    editor = Desk(someone("desktop"), mall, "redaktur")
    editor.page.goto(f"{mall.url}/kelola/komentar/")
    cards = editor.page.locator(".comment-desk-card")
    expect(cards).to_have_count(2)
    proved, unproved = cards.filter(has_text="Ani"), cards.filter(has_text="Budi")
    expect(proved).not_to_contain_text("tanpa bukti kerja peramban")
    expect(unproved).to_contain_text("tanpa bukti kerja peramban")
    keep_picture(editor.page, "redaksi-komentar")
    proved.get_by_role("button", name="Terbitkan").click()
    expect(editor.page.get_by_text("Komentar diterbitkan.")).to_be_visible()

    plain.goto(mall.url + STORY)
    expect(plain.locator(".comment-text")).to_have_text(["Terima kasih, loketnya ramah."])
    reader.goto(mall.url + STORY)
    expect(reader.locator(".comment-name")).to_have_text(["Ani (contoh)"])
    reader.locator("#komentar").scroll_into_view_if_needed()
    keep_picture(reader, "redaksi-komentar-terbit")


def send_comment(page: Page, name: str, text: str) -> None:
    form = page.locator("form.comment-form")
    form.get_by_label("Nama").fill(name)
    form.get_by_label("Komentar").fill(text)
    form.get_by_role("button", name="Kirim komentar").click()
    thanks = page.get_by_role("heading", name="Terima kasih, komentar Anda kami terima")
    expect(thanks).to_be_visible(timeout=40_000)
