"""The first real mall of an installation."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from gerai.malls.models import Mall

ARGUMENTS = ["barru", "--name", "MPP Kabupaten Barru", "--region", "73.11", "--zone", "WITA"]


def test_open_mall_makes_a_mall_and_an_admin_who_may_sign_in(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("sandi-panjang-sekali\n"))
    call_command("open_mall", *ARGUMENTS, "--admin", "siti")

    mall = Mall.objects.get()
    assert (mall.slug, mall.zone, mall.is_sample) == ("barru", "Asia/Makassar", False)
    client = Client(HTTP_HOST="barru.localhost")
    answer = client.post("/masuk/", {"username": "siti", "password": "sandi-panjang-sekali"})
    assert answer.status_code == 302
    assert client.get("/kelola/").status_code == 200
    assert client.get("/platform/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"--region": "99.99"}, "Kode wilayah"),
        ({"--zone": "GMT"}, "Zona waktu"),
        ({"--name": " "}, "Nama mal"),
        ({"--name": "x" * 10_000}, "Nama mal"),
        ({"--admin": "A"}, "Nama pengguna"),
    ],
)
def test_open_mall_refuses_what_may_not_be(db, capsys, wrong, told):
    arguments = [*ARGUMENTS, *(part for pair in wrong.items() for part in pair)]
    with pytest.raises(SystemExit) as ended:
        call_command("open_mall", *arguments)
    assert ended.value.code == 2
    assert told in capsys.readouterr().err
    assert Mall.objects.count() == 0


def test_open_mall_refuses_a_second_mall_of_the_same_address(db, capsys):
    call_command("open_mall", *ARGUMENTS)
    with pytest.raises(SystemExit):
        call_command("open_mall", *ARGUMENTS)
    assert Mall.objects.count() == 1
