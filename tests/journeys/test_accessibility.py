"""axe on every page, light and dark, and a picture of each at four sizes."""

import re
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import SIZES, Site, keep_picture, sign_in

pytestmark = pytest.mark.journey

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass(frozen=True)
class Stop:
    """A page to look at: its name, its address, who opens it, on what."""

    name: str
    path: str
    who: str = ""
    sizes: tuple[str, ...] = ("phone", "desktop")


PAGES = [
    Stop("beranda", "/", sizes=("phone", "desktop", "4k")),
    Stop("masuk", "/masuk/"),
    Stop("antre", "/antre/", sizes=("phone", "desktop")),
    Stop("kios", "/kios/", sizes=("kiosk", "desktop", "4k")),
    Stop("layar-mal", "/layar/", sizes=("hall", "4k", "kiosk")),
    Stop("petugas", "/petugas/", "petugas1", ("tablet", "desktop", "4k")),
    Stop("penyambut", "/penyambut/", "penyambut", ("tablet", "desktop")),
    Stop("pengawas", "/pengawas/", "pengawas", ("phone", "desktop", "4k")),
    Stop("kelola", "/kelola/", "admin", ("phone", "desktop", "4k")),
    Stop("orang", "/kelola/orang/", "admin"),
    Stop("jejak", "/kelola/jejak/", "admin"),
    Stop("platform", "/platform/", "platform"),
    Stop("komponen", "/ui", sizes=("phone", "desktop", "4k")),
]


def faults_of(page: Page) -> list[str]:
    """Return what axe finds on a page, a line each."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {re.sub(r'  *', ' ', node['failureSummary'])}"
        for fault in found
        for node in fault["nodes"]
    ]


def overflow_of(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


@pytest.mark.parametrize("stop", PAGES, ids=lambda stop: stop.name)
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_page_is_accessible(site: Site, someone, stop: Stop, colours: str):
    page = someone("desktop", color_scheme=colours, bypass_csp=True)
    if stop.who:
        sign_in(page, site, stop.who)
    for size in stop.sizes:
        page.set_viewport_size(SIZES[size])
        answer = page.goto(site.url + stop.path)
        assert answer is not None
        assert answer.status == 200
        page.wait_for_load_state("load")
        keep_picture(page, f"{stop.name}-{size}-{colours}")
        assert faults_of(page) == []
        assert overflow_of(page) <= 0


def test_every_link_of_the_management_pages_leads_to_an_accessible_page(site: Site, someone):
    page = someone("desktop", bypass_csp=True)
    sign_in(page, site, "admin")
    seen, waiting = set(), ["/kelola/", "/pengawas/"]
    while waiting and len(seen) < 60:
        path = waiting.pop(0)
        shape = re.sub(r"\d+", "n", path.split("?")[0])
        if shape in seen:
            continue
        seen.add(shape)
        answer = page.goto(site.url + path)
        assert answer is not None
        assert answer.status == 200, path
        if "html" not in answer.headers.get("content-type", ""):
            continue
        keep_picture(page, "kelola" + re.sub(r"\W+", "-", shape))
        assert faults_of(page) == [], path
        links = page.eval_on_selector_all(
            "main a[href^='/'], nav a[href^='/']", "all => all.map(a => a.getAttribute('href'))"
        )
        waiting += [link for link in links if link.startswith(("/kelola", "/pengawas"))]
    assert len(seen) > 8

