"""The pictures in the README: a busy day, each page on the glass it is made for.

`make pictures` copies them to docs/pictures.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PICTURES, Site, keep_picture, sign_in

pytestmark = pytest.mark.journey

HEAVIEST = 250_000


@dataclass(frozen=True)
class Picture:
    """A page, who has it before them, and on what glass; `scale` makes the picture smaller.

    at: the part of the page that stands at the top of the glass.
    """

    name: str
    path: str
    width: int
    height: int
    scale: float = 1
    who: str = ""
    at: str = ""


DRAWN = [
    Picture("layar", "/layar/?zona=Z1", 1920, 1080, scale=0.75),
    Picture("kios", "/kios/", 1080, 1920, scale=0.5),
    Picture("ponsel", "/antre/nomor/{called}/", 360, 740, scale=1.5),
    Picture("petugas", "/petugas/", 1280, 840, who="petugas1"),
    Picture("situs", "/", 1280, 1000, scale=0.75),
    Picture("standar", "/layanan/duk-02/", 360, 740, scale=1.5),
    Picture("denah", "/lantai/?layanan=duk-02", 1280, 900),
    Picture(
        "berita", "/berita/kunjungan/rombongan-contoh-soppeng-mengantre/", 1280, 1000, scale=0.5
    ),
    Picture("redaksi", "/redaksi/", 1280, 840, who="redaktur"),
    Picture("pengawas", "/pengawas/", 1280, 1000, who="pengawas"),
    Picture(
        "denyut", "/pengawas/denyut/", 1280, 1000, who="pengawas", at="[aria-labelledby=peta-judul]"
    ),
]


@pytest.mark.parametrize("picture", DRAWN, ids=lambda picture: picture.name)
def test_picture(
    lively: Site, someone: Callable[..., Page], visits: dict[str, tuple[str, str]], picture: Picture
):
    page = someone("desktop", device_scale_factor=picture.scale)
    if picture.who:
        sign_in(page, lively, picture.who)
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    answer = page.goto(lively.url + picture.path.format(called=visits["called"][0]))
    assert answer is not None
    assert answer.status == 200
    page.evaluate("document.fonts.ready.then(() => true)")
    if picture.at:
        page.locator(picture.at).evaluate("part => part.scrollIntoView()")
    keep_picture(page, f"readme-{picture.name}")
    assert (PICTURES / f"readme-{picture.name}.png").stat().st_size < HEAVIEST
