"""Pictures of services: every name has a drawing and words, the office chooses."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from gerai import ui
from gerai.directory.catalogue import pictures
from gerai.directory.models import Picture, Service
from gerai.directory.tests.factories import a_service, a_user
from gerai.people.roles import Role
from gerai.ui.icons import PICTURES

SPRITE = (Path(ui.__file__).parent / "static/ui/pictures.svg").read_text()


def test_every_picture_is_drawn_named_and_found_by_words() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))

    assert drawn == set(PICTURES) == set(Picture.values) == set(pictures._WORDS)


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("Penerbitan KTP-el karena pindah", "ktp"),
        ("Surat keterangan pindah penduduk", "pindah"),
        ("Kutipan akta kelahiran", "akta-lahir"),
        ("Perpanjangan SIM A", "sim"),
        ("Simpan pinjam", ""),
        ("SURAT IZIN PRAKTIK BIDAN", "praktik-kesehatan"),
        ("Pengesahan STNK dan pajak kendaraan", "kendaraan"),
        ("Klaim JKN", "bpjs-kesehatan"),
        ("", ""),
    ],
)
def test_a_name_has_the_picture_of_its_words(name: str, picture: str) -> None:
    assert pictures.picture_for(name) == picture


def test_the_office_chooses_another_picture(client: Client, mall: object) -> None:
    client.force_login(a_user(Role.MALL_ADMIN))
    service = a_service(name="Paspor baru")
    address = reverse("manage:service_edit", args=[service.pk])
    assert client.get(address).content.decode().count('type="radio" name="picture"') == 28

    told = {"name": "Paspor baru", "code": service.code, "picture": "surat"}
    assert client.post(address, told).status_code == 302
    assert Service.objects.get().drawing == "surat"
    assert client.post(address, {**told, "picture": "hantu"}).status_code == 400
    assert client.post(address, {**told, "picture": ""}).status_code == 302
    assert Service.objects.get().drawing == "paspor"
