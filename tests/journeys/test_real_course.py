"""Two delegations of the year 2022 in real browsers: one learns, one goes home and founds.

The days, the regions and what they did are those of two visits in the press; every person and
every word is made up. The server's clock is set to each day; its data go on from day to day.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from pypdf import PdfWriter

from tests.journeys.conftest import Server, Site, keep_picture, run, sign_in

pytestmark = pytest.mark.journey

ROOM = "Ruang Rapat MPP Lantai 2 (contoh)"
HOST = "Penerima Tamu Contoh"
SOPPENG = "Sekretariat Daerah Soppeng (contoh)"
DELEGATION = (
    ("Asisten Contoh", "Asisten Perekonomian dan Pembangunan (contoh)"),
    ("Kepala Dinas Contoh", "Kepala Dinas Penanaman Modal (contoh)"),
    ("Inspektur Contoh", "Inspektur Daerah (contoh)"),
)


@dataclass
class Course:
    """An installation on its way through a year, and what one day tells the next."""

    data: Path
    told: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def on(self, moment: str) -> Iterator[Site]:
        """Serve it from a moment of 2022 on, in the zone of Barru."""
        server = Server(self.data)
        server.start(f"2022-{moment}+08:00")
        try:
            yield server.site
            assert "Traceback" not in server.log.read_text()
        finally:
            server.stop()


TOLD_BEFORE: dict[str, str] = {}


def begin(folder: Path) -> Path:
    """Make the sample mall as it may have stood in January 2022."""
    for command in (["prepare"], ["sample", "--hours", "office", "--quiet"]):
        run(folder, "-m", "tests.journeys.then", "2022-01-24T07:30:00+08:00", *command)
    return folder


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Give the installation that all acts share."""
    return Course(begin(tmp_path_factory.mktemp("course") / "data"), dict(TOLD_BEFORE))


def letter() -> dict[str, Any]:
    """Return a letter of one page, as a browser sends it."""
    pages, file = PdfWriter(), BytesIO()
    pages.add_blank_page(595, 842)
    pages.write(file)
    return {"name": "surat-contoh.pdf", "mimeType": "application/pdf", "buffer": file.getvalue()}


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


def accept(page: Page, site: Site, reference: str, day: str) -> None:
    """Receive a request at the desk: nine o'clock, in the meeting room of the second floor."""
    page.goto(f"{site.url}/kelola/kunjungan/")
    page.get_by_role("link", name=reference).first.click()
    page.get_by_role("link", name="Pilih waktu dan terima").click()
    fill(page, day=day, time="09:00", words="Parkir bus di sisi timur gedung (contoh).")
    page.get_by_label("Ruang", exact=True).select_option(label=ROOM)
    page.get_by_label("Penerima", exact=True).select_option(label=HOST)
    keep_picture(page, f"kisah-pilih-waktu-{reference}")
    page.get_by_role("button", name="Terima kunjungan").click()
    expect(page.get_by_text("Kunjungan diterima.")).to_be_visible()
    page.get_by_role("button", name="Terbitkan surat jawaban").click()


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
        keep_picture(phone, "kisah-halaman-tamu")
        sign_in(desk, site, "penerima")
        accept(desk, site, "KJ-2022-0003", "2022-02-10")
        phone.goto(site.url + secret)
        keep_picture(phone, "kisah-diterima")
        print(phone.locator("main").inner_text())
