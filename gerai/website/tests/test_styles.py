"""A page wears what all share and what its kind needs, and no more."""

import re
from pathlib import Path

import pytest

from gerai.directory.tests.factories import a_service, an_agency
from gerai.people import audit
from gerai.website.actions import open_site

OWN = {
    "/": ["home"],
    "/layanan/": ["agencies"],
    "/layanan/lay-01/": ["service"],
    "/instansi/": ["agencies"],
    "/instansi/instansi-a/": ["agencies"],
    "/lantai/": ["floors"],
    "/cari/?q=ktp": ["search"],
    "/sejarah/": [],
    "/berita/": [],
}


@pytest.mark.parametrize(("path", "own"), OWN.items())
def test_a_page_wears_what_all_share_and_one_file_of_its_kind(mall, client, path, own):
    open_site(by=audit.SYSTEM)
    a_service(code="LAY-01", agency=an_agency(code="INSTANSI-A"))
    worn = re.findall(r"/static/website/(\w+)\.\w+\.css", client.get(path).content.decode())
    assert worn == ["website", *own]


def test_every_file_is_worn_by_a_page():
    folder = Path(__file__).resolve().parents[1] / "static/website"
    worn = {"website", *(name for own in OWN.values() for name in own)}
    assert {file.stem for file in folder.glob("*.css")} == worn
