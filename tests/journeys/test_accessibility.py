"""axe on every page of a busy mall, light and dark, and a picture of each at several sizes."""

import re
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.journeys.conftest import SIZES, Site, keep_picture, sign_in
from tests.journeys.persons import KTP

pytestmark = pytest.mark.journey

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass(frozen=True)
class Door:
    """A way to a number: where it begins, and what is pressed in turn."""

    name: str
    path: str
    size: str
    steps: tuple[str, ...]
    who: str = ""


DOORS = [
    Door("kios-langkah", "/kios/instansi/1/", "kiosk", (KTP, "Lanjut", "Ibu hamil")),
    Door("ponsel-langkah", "/antre/?q=ktp", "phone", (KTP, "Ambil nomor")),
    Door("rute-langkah", "/antre/rute/?rute=3", "phone", ("Ambil satu nomor untuk semuanya",)),
    Door(
        "rute-penyambut", "/penyambut/rute/?rute=1", "phone", ("Umum", "langkah lagi"), "penyambut"
    ),
    Door("penyambut-langkah", "/penyambut/?q=ktp", "phone", (KTP, "Umum"), "penyambut"),
]

# Dark pages are the same pages: only what colours may break is looked at once more.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
NARROW = {"width": 320, "height": 640}
HALF = {"width": 640, "height": 800}
# A link to a file leads to no page.
FILE = re.compile(r"\.\w+$|/(pdf|docx)/$")
LARGE_TEXT = "document.documentElement.style.fontSize = '200%'"


@dataclass(frozen=True)
class Stop:
    """A page to look at: its name, its address, who opens it, on what."""

    name: str
    path: str
    who: str = ""
    sizes: tuple[str, ...] = ("phone", "desktop")
    status: int = 200
    is_reading: bool = True


# A hall's screen with everything that does not stand on it as usual.
OTHER_LAYOUT = (
    "/kelola/layar/zona/1/pratinjau/?side=notices&left=news&middle=opening&right=phone"
    "&is_call_large=on&is_text_large=on"
)
SCREENS = ("/kelola/layar/", "/kelola/perangkat/")
ARTICLE = "/berita/kunjungan/rombongan-contoh-soppeng-mengantre/"

PAGES = [
    Stop("beranda", "/", sizes=("phone", "desktop", "4k")),
    Stop("layanan", "/layanan/", sizes=("phone", "desktop", "4k")),
    Stop("layanan-abjad", "/layanan/?urut=abjad", sizes=("phone",)),
    Stop("standar", "/layanan/duk-02/", sizes=("phone", "desktop", "4k")),
    Stop("instansi", "/instansi/"),
    Stop("instansi-satu", "/instansi/disdukcapil/"),
    Stop("lantai", "/lantai/?layanan=duk-02", sizes=("phone", "desktop", "4k")),
    Stop("lantai-tanpa-hasil", "/lantai/?cari=zzzqqq", sizes=("phone",)),
    Stop("cari", "/cari/?q=ktpp"),
    Stop("cari-tanpa-hasil", "/cari/?q=zzzqqq", sizes=("phone",)),
    Stop("berita", "/berita/", sizes=("phone", "desktop", "4k")),
    Stop("berita-kategori", "/berita/kunjungan/", sizes=("phone",)),
    Stop("berita-topik", "/berita/topik/soppeng/", sizes=("phone",)),
    Stop("artikel", ARTICLE, sizes=("phone", "desktop", "4k")),
    Stop("artikel-acara", "/berita/pengumuman/jam-layanan-pada-hari-libur/"),
    Stop("artikel-berkas", "/berita/kegiatan/hasil-survei-apa-adanya/"),
    Stop("artikel-cetak", f"{ARTICLE}?cetak=1", sizes=("desktop",)),
    Stop("sejarah", "/sejarah/"),
    Stop("kontak", "/kontak/", sizes=("phone",)),
    Stop("dasar-hukum", "/dasar-hukum/", sizes=("phone",)),
    Stop("kabar", "/kabar/"),
    Stop("buletin", "/buletin/"),
    Stop("buletin-terkirim", "/buletin/terkirim/", sizes=("phone",)),
    Stop("kunjungan-formulir", "/kunjungan/", sizes=("phone", "desktop", "4k")),
    Stop("kunjungan-kesan", "/kunjungan/kesan/", sizes=("phone",)),
    Stop("kunjungan-peta", "/kunjungan/peta/"),
    Stop("dirikan-mal", "/dirikan-mal/", sizes=("phone",)),
    Stop("surat-tidak-dikenal", "/surat/AAAAAAAAAAAAAAAAAAAAAA/", sizes=("phone",), status=404),
    Stop("mulai", "/mulai/"),
    Stop("masuk", "/masuk/"),
    Stop("antre", "/antre/"),
    Stop("antre-cari", "/antre/?q=ktp", sizes=("phone",)),
    Stop("antre-tanpa-hasil", "/antre/?q=zzz", sizes=("phone",)),
    Stop("antre-berangkat", "/antre/1/berangkat/?perjalanan=20"),
    Stop("rute-ponsel", "/antre/rute/"),
    Stop("rute-ponsel-satu", "/antre/rute/?rute=3", sizes=("phone", "desktop", "4k")),
    Stop("rute-ponsel-tambah", "/antre/rute/tambah/?l=1", sizes=("phone",)),
    Stop("rute-kios", "/kios/rute/", sizes=("kiosk", "desktop"), is_reading=False),
    Stop("rute-kios-satu", "/kios/rute/?rute=3", sizes=("kiosk", "4k"), is_reading=False),
    Stop("rute-kios-kelompok", "/kios/rute/ambil/?rute=3", sizes=("kiosk",), is_reading=False),
    Stop("rute-penyambut", "/penyambut/rute/?rute=3", "penyambut", ("phone", "tablet")),
    Stop("rute-kelola", "/kelola/rute/", "admin"),
    Stop("rute-kelola-satu", "/kelola/rute/3/", "admin"),
    Stop("kios", "/kios/", sizes=("kiosk", "desktop", "4k"), is_reading=False),
    Stop("kios-nilai", "/kios/nilai/", sizes=("kiosk", "desktop"), is_reading=False),
    Stop("layar-mal", "/layar/", sizes=("hall", "tv", "4k", "kiosk"), is_reading=False),
    Stop("layar-zona", "/layar/?zona=Z1", sizes=("hall", "tv", "4k", "kiosk"), is_reading=False),
    Stop("petugas", "/petugas/", "petugas1", ("tablet", "desktop", "4k")),
    Stop("petugas-melayani", "/petugas/", "petugas3", ("desktop",)),
    Stop("petugas-jeda", "/petugas/", "petugas4", ("desktop",)),
    Stop("petugas-tutup", "/petugas/penutupan-sementara/", "petugas1"),
    Stop("petugas-aturan", "/petugas/aturan/", "petugas1", ("desktop",)),
    Stop("penyambut", "/penyambut/", "penyambut", ("tablet", "desktop")),
    Stop("pengawas", "/pengawas/", "pengawas", ("phone", "desktop", "4k")),
    Stop("penutupan", "/pengawas/penutupan/", "pengawas"),
    Stop("penutupan-baru", "/pengawas/penutupan/baru/", "pengawas", ("phone",)),
    Stop("darurat", "/pengawas/darurat/", "pengawas"),
    Stop("denyut", "/pengawas/denyut/", "pengawas", ("phone", "desktop", "4k")),
    Stop("denyut-alarm", "/pengawas/denyut/alarm/", "pengawas", ("phone", "desktop")),
    Stop("denyut-angka", "/pengawas/denyut/angka/", "pengawas", ("phone", "desktop", "4k")),
    Stop("denyut-batas", "/pengawas/denyut/batas/", "pengawas", ("phone",)),
    Stop("waktu-saya", "/petugas/waktu-saya/", "petugas1", ("phone", "desktop")),
    Stop("rencana", "/pengawas/rencana/", "pengawas"),
    Stop("rencana-antrean", "/pengawas/rencana/antrean/", "pengawas"),
    Stop("rencana-perkiraan", "/pengawas/rencana/perkiraan/", "pengawas", ("phone", "desktop")),
    Stop("rencana-rumus", "/pengawas/rencana/rumus/", "pengawas", ("phone",)),
    Stop("saran", "/pengawas/saran/", "pengawas", ("phone", "desktop")),
    Stop("aturan", "/pengawas/aturan/", "admin", ("phone", "desktop", "4k")),
    Stop("aturan-versi", "/pengawas/aturan/versi/3/", "pengawas"),
    Stop("aturan-ubah", "/pengawas/aturan/ubah/", "admin"),
    Stop("aturan-ulang", "/pengawas/aturan/putar-ulang/", "admin"),
    Stop("laporan", "/pengawas/laporan/", "pengawas"),
    Stop("janji", "/pengawas/janji/", "pengawas"),
    Stop("kunjungan-meja", "/kelola/kunjungan/", "penerima", ("phone", "desktop", "4k")),
    Stop("kunjungan-bulan", "/kelola/kunjungan/kalender/", "penerima"),
    Stop("kunjungan-minggu", "/kelola/kunjungan/kalender/minggu/", "penerima"),
    Stop("kunjungan-statistik", "/kelola/kunjungan/statistik/", "penerima"),
    Stop("kelola", "/kelola/", "admin", ("phone", "desktop", "4k")),
    Stop("pencetak", "/kelola/pencetak/", "admin", ("phone", "desktop")),
    Stop("pencetak-struk", "/kelola/pencetak/struk/", "admin", ("phone", "desktop")),
    Stop("pencetak-pengawas", "/pengawas/pencetak/", "pengawas", ("phone", "desktop")),
    Stop("layar-kelola", "/kelola/layar/", "admin"),
    Stop("layar-suara", "/kelola/layar/zona/1/suara/", "admin"),
    Stop("layar-tata", "/kelola/layar/zona/1/tata/", "admin"),
    Stop("layar-pengumuman", "/kelola/layar/pengumuman/1/", "admin", ("phone",)),
    Stop("layar-pratinjau", OTHER_LAYOUT, "admin", ("hall", "tv", "4k", "kiosk"), is_reading=False),
    Stop("perangkat", "/kelola/perangkat/", "admin"),
    Stop("perangkat-satu", "/kelola/perangkat/1/", "admin"),
    Stop("akun", "/akun/", "admin"),
    Stop("komentar", "/kelola/komentar/", "redaktur", ("phone", "desktop")),
    Stop("komentar-terbit", "/kelola/komentar/?lihat=terbit", "redaktur", ("desktop",)),
    Stop("komentar-blokir", "/kelola/komentar/blokir/", "redaktur", ("phone", "desktop")),
    Stop("buletin-kelola", "/kelola/buletin/", "redaktur", ("phone", "desktop")),
    Stop("platform", "/platform/", "platform"),
    Stop("mal-baru", "/platform/mal-baru/", "platform", ("desktop",)),
    Stop("komponen", "/ui", sizes=("phone", "desktop"), is_reading=False),
    Stop("tidak-ada", "/tidak/ada/", sizes=("phone",), status=404),
    Stop("nomor-tidak-ada", "/antre/nomor/tidak-ada/", sizes=("phone",), status=404),
    Stop("dilarang", "/kelola/", "petugas1", ("desktop",), status=403),
]


def faults_of(page: Page, *, colours: str = "light") -> list[str]:
    """Return what axe finds on a page, a line each."""
    rules = WCAG if colours == "light" else CONTRAST
    found = Axe().run(page, options=rules).response["violations"]
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


def look(page: Page, name: str, colours: str) -> list[str]:
    """Keep a picture of a page; return what is wrong with it."""
    keep_picture(page, f"{name}-{colours}")
    faults = [f"{name}-{colours}: {fault}" for fault in faults_of(page, colours=colours)]
    if overflow_of(page) > 0:
        faults.append(f"{name}-{colours}: {overflow_of(page)} px too wide")
    return faults


def narrow_faults(page: Page, name: str, large_on: ViewportSize = NARROW) -> list[str]:
    """Return where a page scrolls sideways: on 320 px, and with letters twice as large."""
    page.set_viewport_size(NARROW)
    too_wide = {"320 px": overflow_of(page)}
    page.set_viewport_size(large_on)
    page.evaluate(LARGE_TEXT)
    too_wide["200 %"] = overflow_of(page)
    keep_picture(page, f"{name}-besar")
    return [f"{name}, {where}: {by} px too wide" for where, by in too_wide.items() if by > 0]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("who", sorted({stop.who for stop in PAGES}))
def test_pages_are_accessible(lively: Site, someone, who: str, colours: str):
    page = someone("desktop", color_scheme=colours, bypass_csp=True)
    if who:
        sign_in(page, lively, who)
    faults = []
    for stop in [each for each in PAGES if each.who == who]:
        for size in stop.sizes if colours == "light" else stop.sizes[:1]:
            page.set_viewport_size(SIZES[size])
            answer = page.goto(lively.url + stop.path)
            assert answer is not None
            assert answer.status == stop.status, stop.path
            faults += look(page, f"{stop.name}-{size}", colours)
        if stop.is_reading and colours == "light":
            faults += narrow_faults(page, stop.name, HALF if stop.who else NARROW)
    assert faults == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_pages_are_accessible_in_english(lively: Site, someone, colours: str):
    page = someone("phone", color_scheme=colours, bypass_csp=True)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": lively.url}])
    faults = []
    for stop in [each for each in PAGES if not each.who and each.is_reading]:
        faults += faults_in_english(page, lively, stop, colours)
    assert faults == []


def test_the_pages_of_screens_and_devices_are_accessible_in_english(lively: Site, someone):
    page = someone("phone", bypass_csp=True)
    sign_in(page, lively, "admin")
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": lively.url}])
    faults = []
    for stop in [each for each in PAGES if each.path.startswith(SCREENS) and each.is_reading]:
        faults += faults_in_english(page, lively, stop, "light", HALF)
    assert faults == []


def faults_in_english(
    page: Page, site: Site, stop: Stop, colours: str, large_on: ViewportSize = NARROW
) -> list[str]:
    page.set_viewport_size(SIZES["phone"])
    page.goto(site.url + stop.path)
    assert page.locator("html").get_attribute("lang") == "en", stop.path
    faults = [f"{stop.name}: {fault}" for fault in faults_of(page, colours=colours)]
    if colours == "light":
        faults += narrow_faults(page, f"{stop.name}-en", large_on)
    return faults


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_steps_of_a_comment_are_accessible(lively: Site, someone, colours: str):
    page = someone("phone", color_scheme=colours, bypass_csp=True)
    page.goto(lively.url + ARTICLE)
    form = page.locator("form.comment-form")
    form.get_by_label("Nama").fill(f"Pembaca {colours} (contoh)")
    form.get_by_label("Komentar").fill(f"Contoh komentar: {colours}.")
    with page.expect_navigation(timeout=40_000):
        form.get_by_role("button", name="Kirim komentar").click()
    faults = []
    for name, press in (("terima-kasih", "Ubah"), ("ubah", "Batal"), ("kembali", "Tarik")):
        expect(page.locator("main h1")).to_be_visible()
        faults += look(page, f"komentar-{name}", colours)
        if colours == "light":
            faults += narrow_faults(page, f"komentar-{name}")
            page.set_viewport_size(SIZES["phone"])
            page.evaluate("document.documentElement.style.fontSize = ''")
        with page.expect_navigation():
            page.get_by_role("link", name=press).first.click()
    expect(page.get_by_role("button", name=re.compile("tarik", re.IGNORECASE))).to_be_visible()
    faults += look(page, "komentar-tarik", colours)
    assert faults == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_number_is_accessible_in_every_state(
    lively: Site, someone, visits: dict[str, tuple[str, str]], colours: str
):
    page = someone("phone", color_scheme=colours, bypass_csp=True)
    pages = {state: f"/antre/nomor/{token}/" for state, (token, _) in visits.items()}
    assert set(pages) == {"waiting", "called", "serving", "held", "absent", "done"}
    pages["slip"] = f"{pages['waiting']}slip/"
    pages["keluar"] = f"{pages['waiting']}keluar/"
    pages["nilai"] = f"/nilai/{visits['done'][1]}/"
    faults = []
    for name, path in pages.items():
        page.set_viewport_size(SIZES["phone"])
        page.goto(lively.url + path)
        faults += look(page, f"nomor-{name}", colours)
        if colours == "light" and name != "slip":
            faults += narrow_faults(page, f"nomor-{name}")
    page.set_viewport_size(SIZES["kiosk"])
    page.goto(f"{lively.url}{pages['nilai']}?pintu=kiosk")
    faults += look(page, "kios-penilaian", colours)
    assert faults == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_steps_to_a_number_are_accessible(site: Site, someone, colours: str):
    faults = []
    for door in DOORS:
        page = someone(door.size, color_scheme=colours, bypass_csp=True)
        if door.who:
            sign_in(page, site, door.who)
        page.goto(site.url + door.path)
        for place, step in enumerate(door.steps):
            press = page.get_by_role("link", name=step).or_(page.get_by_role("button", name=step))
            press.first.click()
            expect(page.locator("h1, .queue-number").first).to_be_visible()
            faults += look(page, f"{door.name}-{place + 1}", colours)
            if colours == "light" and door.size == "phone":
                faults += narrow_faults(page, f"{door.name}-{place + 1}")
                page.set_viewport_size(SIZES["phone"])
                page.evaluate("document.documentElement.style.fontSize = ''")
    assert faults == []


def test_every_link_of_the_management_pages_leads_to_an_accessible_page(lively: Site, someone):
    page = someone("desktop", bypass_csp=True)
    sign_in(page, lively, "admin")
    seen: set[str] = set()
    waiting, faults = ["/kelola/", "/pengawas/"], []
    while waiting and len(seen) < 60:
        path = waiting.pop(0)
        shape = re.sub(r"\d+", "n", re.split("[?#]", path)[0])
        if shape in seen or FILE.search(shape):
            continue
        seen.add(shape)
        page.set_viewport_size(SIZES["desktop"])
        answer = page.goto(lively.url + path)
        assert answer is not None
        assert answer.status == 200, path
        name = re.sub(r"\W+", "-", shape).strip("-")
        faults += look(page, name, "light")
        links = page.eval_on_selector_all(
            "main a[href^='/'], nav a[href^='/']", "all => all.map(a => a.getAttribute('href'))"
        )
        waiting += [link for link in links if link.startswith(("/kelola", "/pengawas"))]
        faults += narrow_faults(page, name, HALF)
    assert faults == []
    assert len(seen) > 15


def test_a_browser_that_waits_to_become_a_screen_or_kiosk(site: Site, someone):
    admin = someone("desktop", bypass_csp=True)
    sign_in(admin, site, "platform")
    admin.goto(f"{site.url}/platform/mal-baru/")
    admin.fill("[name=name]", "MPP Kabupaten Bone")
    admin.fill("[name=slug]", "bone")
    admin.fill("[name=region_code]", "73.08")
    admin.select_option("[name=zone]", "Asia/Makassar")
    admin.click("main form button")
    expect(admin).not_to_have_url(re.compile("mal-baru"))
    faults = []
    for colours in ("light", "dark"):
        page = someone("hall", color_scheme=colours, bypass_csp=True)
        for kind, size in (("layar", "hall"), ("kios", "kiosk"), ("kios", "phone")):
            page.set_viewport_size(SIZES[size])
            page.goto(f"http://bone.localhost:{site.port}/{kind}/")
            expect(page.locator(".pairing-code")).to_be_visible()
            faults += look(page, f"pasangan-{kind}-{size}", colours)
    assert faults == []
