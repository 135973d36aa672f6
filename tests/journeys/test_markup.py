"""Every page of a busy mall before the Nu HTML checker, in both languages, in one start."""

import re
from pathlib import Path

import httpx
import pytest

from tests.journeys.conftest import PASSWORD, Site
from tests.judges.nu import faults_of

pytestmark = pytest.mark.journey

MOST_PAGES = 400
FIRST = [
    "/",
    "/cari/",
    "/cari/?q=ktpp",
    "/cari/?q=zzzqqq",
    "/layanan/?urut=abjad",
    "/layanan/duk-02/?ada-ktp=tidak",
    "/lantai/?layanan=duk-02",
    "/lantai/?cari=zzzqqq",
    "/kunjungan/",
    "/kunjungan/kesan/",
    "/kunjungan/peta/",
    "/dirikan-mal/",
    "/surat/AAAAAAAAAAAAAAAAAAAAAA/",
    "/buletin/",
    "/buletin/terkirim/",
    "/kabar/",
    "/antre/",
    "/antre/?q=ktp",
    "/masuk/",
    "/kios/",
    "/kios/nilai/",
    "/layar/",
    "/layar/?zona=Z1",
    "/ui",
    "/tidak/ada/",
]
DESKS = {
    "petugas1": ["/petugas/"],
    "penyambut": ["/penyambut/"],
    "redaktur": ["/kelola/komentar/", "/kelola/komentar/blokir/", "/kelola/buletin/"],
    "pengawas": ["/pengawas/", "/pengawas/denyut/", "/pengawas/denyut/angka/"],
    "penerima": [
        "/kelola/kunjungan/",
        "/kelola/kunjungan/kalender/",
        "/kelola/kunjungan/kalender/minggu/",
        "/kelola/kunjungan/statistik/",
        "/kelola/kunjungan/materi/",
        "/kelola/kunjungan/aturan/",
        "/presentasi/",
    ],
    "admin": [
        "/kelola/",
        "/kelola/perjanjian/",
        "/kelola/fasilitas/",
        "/kelola/pedoman/",
        "/kelola/ukuran/",
        "/kelola/cetak-biru/ekspor/",
        "/kelola/surat/",
        "/akun/",
    ],
}
LINK = re.compile(r'(?:href|action)="((?:/|\?)[^"#]*)')


def reader_of(site: Site, language: str) -> httpx.Client:
    return httpx.Client(
        base_url=f"http://127.0.0.1:{site.port}",
        headers={"Host": f"barru.localhost:{site.port}"},
        cookies={"django_language": language},
        timeout=60,
    )


def sign_in(client: httpx.Client, username: str) -> None:
    form = client.get("/masuk/").text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    told = {"username": username, "password": PASSWORD}
    sent = told | ({"csrfmiddlewaretoken": token[1]} if token else {})
    assert client.post("/masuk/", data=sent).status_code == 302, username


def walked(client: httpx.Client) -> dict[str, bytes]:
    """Return every page that a reader comes to by links; of pages alike by number, one."""
    waiting, seen, pages = list(FIRST), set(), {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        shape = re.sub(r"\d+", "n", path)
        if shape in seen:
            continue
        seen.add(shape)
        answer = client.get(path)
        if "text/html" not in answer.headers["content-type"] or answer.is_redirect:
            continue
        pages[path] = answer.content
        for link in LINK.findall(answer.text):
            whole = path.split("?")[0] + link if link.startswith("?") else link
            if not whole.startswith(("/static/", "/media/")):
                waiting.append(whole.replace("&amp;", "&"))
    return pages


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_is_valid_html(lively: Site, tmp_path: Path, language: str):
    with reader_of(lively, language) as reader:
        pages = walked(reader)
    assert len(pages) > 100
    for username, paths in DESKS.items():
        with reader_of(lively, language) as desk:
            sign_in(desk, username)
            pages |= {f"{username} {path}": desk.get(path).content for path in paths}
    faults = faults_of({f"{language} {name}": each for name, each in pages.items()}, tmp_path)
    print(f"{len(pages)} pages, {len(faults)} faults")
    assert sorted(set(faults)) == []
