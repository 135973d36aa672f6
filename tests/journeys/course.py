"""A year of delegations: the installation that goes through it, and tools to read its papers."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page
from pypdf import PdfWriter

from tests.journeys.conftest import Server, Site, run

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
LUWU_TIMUR = "Dinas Penanaman Modal Luwu Timur (contoh)"
TEAM = "ketua.tim"
OFFICER = "petugas.lutim"
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


def facts_of(part: Locator) -> dict[str, str]:
    """Return the labels of a list of facts with what they say."""
    names = part.locator("dt").all_inner_texts()
    return dict(zip(names, part.locator("dd").all_inner_texts(), strict=True))


def figures_of(team: Page) -> dict[str, str]:
    """Return the figures at the head of the workspace."""
    names = team.locator(".stat-name").all_inner_texts()
    return dict(zip(names, team.locator(".stat-figure").all_inner_texts(), strict=True))


def hrefs(links: Locator) -> list[str]:
    """Return where links lead."""
    return [str(each.get_attribute("href")) for each in links.all()]
