"""axe on the pages of a visit, a founding, a blueprint and the measures, and their pictures.

`make pictures` copies the pictures that the how-to documents show to docs/pictures.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.journeys.conftest import PICTURES, SIZES, Site, run_gerai, serve, sign_in
from tests.journeys.test_accessibility import HALF, NARROW, look, narrow_faults

pytestmark = pytest.mark.journey

HEAVIEST = 250_000
BARRU, LUWU_TIMUR = "barru", "luwutimur"
HOST, FOUNDER, LEADER, ADMIN = "penerima", "pendiri", "pimpinan", "admin"
OPEN_BOOK = (
    "from gerai.malls.models import Mall\n"
    "from gerai.malls.scope import in_mall\n"
    "from gerai.people.audit import SYSTEM\n"
    "from gerai.papers.models import Paper\n"
    "from gerai.visits.actions.day import open_book\n"
    "from gerai.visits.models import Visit\n"
    "with in_mall(Mall.objects.get(slug='barru')):\n"
    "    found = {each.state: each for each in Visit.objects.all()}\n"
    "    for state, each in found.items():\n"
    "        print('told', state, each.pk, each.secret)\n"
    "    book = open_book(found['accepted'], by=SYSTEM)\n"
    "    print('told', 'book', 0, book.code)\n"
    "    print('told', 'paper', 0, Paper.objects.first().token)\n"
)


@dataclass(frozen=True)
class Told:
    """What the sample's visits are called in addresses: states to numbers and secrets."""

    numbers: dict[str, str]
    secrets: dict[str, str]

    def address(self, path: str) -> str:
        """Fill a path with the number ({asked}) or secret ({secret_asked}) of a visit."""
        names = {f"secret_{state}": secret for state, secret in self.secrets.items()}
        return path.format(**self.numbers, **names)


@dataclass(frozen=True)
class Stop:
    """A page to look at: its name, its address, who opens it in which mall, on what."""

    name: str
    path: str
    who: str = ""
    mall: str = BARRU
    sizes: tuple[str, ...] = ("phone",)
    is_reading: bool = True


STOPS = [
    Stop("kunjungan-diterima", "/kunjungan/{secret_accepted}/", sizes=("phone", "desktop", "4k")),
    Stop("kunjungan-selesai", "/kunjungan/{secret_closed}/"),
    Stop("kunjungan-tamu", "/kunjungan/{secret_asked}/tamu/"),
    Stop("kunjungan-hasil", "/kunjungan/hasil/{secret_closed}/"),
    Stop("kunjungan-dirikan", "/kunjungan/{secret_closed}/dirikan/"),
    Stop("buku-tamu", "/kunjungan/hadir/{secret_book}/"),
    Stop("buku-tamu-isi", "/kunjungan/hadir/{secret_book}/isi/"),
    Stop(
        "buku-tamu-kios",
        "/kunjungan/hadir/{secret_book}/isi/?kios=1",
        sizes=("kiosk",),
        is_reading=False,
    ),
    Stop("kesan-beri", "/kunjungan/kesan/beri/{secret_book}/"),
    Stop("surat", "/surat/{secret_paper}/"),
    Stop("permohonan", "/kelola/kunjungan/{asked}/", HOST),
    Stop("permohonan-terima", "/kelola/kunjungan/{asked}/terima/", HOST, sizes=("desktop",)),
    Stop("susunan-acara", "/kelola/kunjungan/{accepted}/susunan/", HOST),
    Stop("hari-kunjungan", "/kelola/kunjungan/{closed}/hari/", HOST, sizes=("phone", "desktop")),
    Stop("laporan-kunjungan", "/kelola/kunjungan/{closed}/laporan/", HOST, sizes=("desktop",)),
    Stop("ukuran", "/kelola/ukuran/", ADMIN),
    Stop("cetak-biru-ekspor", "/kelola/cetak-biru/ekspor/", ADMIN, sizes=("desktop",)),
    Stop("fasilitas", "/kelola/fasilitas/", ADMIN),
    Stop("pendirian", "/pendirian/", FOUNDER, LUWU_TIMUR, ("phone", "desktop", "4k")),
    Stop("pendirian-jadwal", "/pendirian/jadwal/", FOUNDER, LUWU_TIMUR, ("desktop", "phone")),
    Stop("pendirian-langkah", "/pendirian/langkah/", FOUNDER, LUWU_TIMUR),
    Stop("pendirian-instansi", "/pendirian/instansi/", FOUNDER, LUWU_TIMUR, ("desktop",)),
    Stop("pendirian-risiko", "/pendirian/risiko/", FOUNDER, LUWU_TIMUR),
    Stop("pendirian-naskah", "/pendirian/naskah/", FOUNDER, LUWU_TIMUR),
    Stop("ukuran-banding", "/kelola/ukuran/banding/", FOUNDER, LUWU_TIMUR, ("phone", "desktop")),
    Stop("cetak-biru-impor", "/kelola/cetak-biru/impor/", FOUNDER, LUWU_TIMUR),
    Stop("pendirian-laporan", "/pendirian/laporan/", LEADER, LUWU_TIMUR),
]
DOORS = sorted({(stop.mall, stop.who) for stop in STOPS})


@dataclass(frozen=True)
class Picture:
    """A picture of a how-to document: a page as somebody has it before them."""

    name: str
    path: str
    who: str = ""
    mall: str = BARRU
    width: int = 1280
    height: int = 800


DRAWN = [
    Picture("kunjungan-kalender", "/kelola/kunjungan/kalender/", HOST),
    Picture("kunjungan-terima", "/kelola/kunjungan/{asked}/terima/", HOST),
    Picture("kunjungan-hari", "/kelola/kunjungan/{closed}/hari/", HOST),
    Picture("kunjungan-tamu", "/kunjungan/{secret_accepted}/"),
    Picture("pendirian", "/pendirian/", FOUNDER, LUWU_TIMUR),
    Picture("pendirian-jadwal", "/pendirian/jadwal/", FOUNDER, LUWU_TIMUR, height=1000),
    Picture("pendirian-banding", "/kelola/ukuran/banding/", FOUNDER, LUWU_TIMUR, height=1100),
    Picture("presentasi", "/presentasi/", HOST),
]


@pytest.fixture(scope="module")
def taught(prepared: Callable[[], Path]) -> Iterator[Site]:
    """Serve a sample mall that receives guests, and one that is being founded."""
    data = prepared()
    run_gerai(data, "sample", "--past", "--founding")
    yield from serve(data)


@pytest.fixture(scope="module")
def told(taught: Site) -> Told:
    """Return the numbers and secrets of the sample's visits; open the book of one."""
    rows = [
        line.split(" ")[1:]
        for line in taught.gerai("shell", "-c", OPEN_BOOK).splitlines()
        if line.startswith("told ")
    ]
    return Told(
        numbers={state: number for state, number, _secret in rows},
        secrets={state: secret for state, _number, secret in rows},
    )


def of_mall(site: Site, mall: str) -> Site:
    """Return the same installation at another mall's address."""
    return Site(f"http://{mall}.localhost:{site.port}", site.port, site.data)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("door", DOORS, ids="-".join)
def test_pages_are_accessible(
    taught: Site, someone: Callable[..., Page], told: Told, door: tuple[str, str], colours: str
):
    mall, who = door
    site = of_mall(taught, mall)
    page = someone("desktop", color_scheme=colours, bypass_csp=True)
    if who:
        sign_in(page, site, who)
    faults = []
    for stop in [each for each in STOPS if (each.mall, each.who) == door]:
        for size in stop.sizes if colours == "light" else stop.sizes[:1]:
            page.set_viewport_size(SIZES[size])
            answer = page.goto(site.url + told.address(stop.path))
            assert answer is not None
            assert answer.status == 200, stop.path
            faults += look(page, f"{stop.name}-{size}", colours)
        if stop.is_reading and colours == "light":
            faults += narrow_faults(page, stop.name, HALF if stop.who else NARROW)
    assert faults == []


def test_pages_of_guests_are_accessible_in_english(
    taught: Site, someone: Callable[..., Page], told: Told
):
    page = someone("phone", bypass_csp=True)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": taught.url}])
    faults = []
    for stop in [each for each in STOPS if not each.who]:
        page.set_viewport_size(SIZES["phone"])
        page.goto(taught.url + told.address(stop.path))
        assert page.locator("html").get_attribute("lang") == "en", stop.path
        faults += look(page, f"{stop.name}-en", "light")
    assert faults == []


@pytest.mark.parametrize("picture", DRAWN, ids=lambda picture: picture.name)
def test_picture(taught: Site, someone: Callable[..., Page], told: Told, picture: Picture):
    site = of_mall(taught, picture.mall)
    page = someone("desktop")
    if picture.who:
        sign_in(page, site, picture.who)
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    answer = page.goto(site.url + told.address(picture.path))
    assert answer is not None
    assert answer.status == 200
    page.evaluate("document.fonts.ready.then(() => true)")
    PICTURES.mkdir(exist_ok=True)
    kept = PICTURES / f"howto-{picture.name}.png"
    page.screenshot(path=kept)
    with Image.open(kept) as drawn:
        drawn.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(kept, optimize=True)
    assert kept.stat().st_size < HEAVIEST
