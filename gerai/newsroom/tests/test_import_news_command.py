"""``gerai import-news``: the published files, what is refused, and the last line for machines."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from gerai.directory.tests.factories import a_mall
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.newsroom.models import Article
from gerai.newsroom.queries.articles import published
from gerai.newsroom.reading import MOST_BYTES
from gerai.newsroom.tests.factories import an_open_site

ONE = json.dumps([{"judul": "Contoh judul", "isi": "Contoh isi berita.", "tanggal": "2025-10-04"}])


def run(path, *options):
    """Return what the command says."""
    out = StringIO()
    call_command("import_news", str(path), *options, stdout=out)
    return out.getvalue()


def counted(path, *options):
    """Return what the command says to machines."""
    return json.loads(run(path, *options, "--json").splitlines()[-1])


def refusal(*arguments):
    """Return why the command left."""
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as leaving:
        call_command("import_news", *map(str, arguments), stdout=out, stderr=err)
    assert (leaving.value.code, out.getvalue()) == (2, "")
    return err.getvalue().strip()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "berita.json"
    path.write_text(ONE, encoding="utf-8")
    return path


@pytest.fixture
def open_mall(mall):
    an_open_site()
    return mall


def articles():
    return Article.objects.here().order_by("pk")


# The published files


def test_the_shared_list_is_taken_as_drafts_once(open_mall, shared_data):
    path = shared_data / "berita" / "berita_mpp_1.json"
    assert counted(path) == {"taken": 10, "unchanged": 0, "refused": []}
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert [article.title for article in articles()] == [row["judul"] for row in rows]
    assert {(article.live, article.shown_at) for article in articles()} == {(False, None)}
    assert counted(path) == {"taken": 0, "unchanged": 10, "refused": []}
    assert articles().count() == 10


def test_both_seeds_are_taken_as_drafts_once(open_mall, shared_data):
    paths = sorted((shared_data / "berita" / "seeds").glob("*.txt"))
    assert len(paths) == 2
    for path in paths:
        assert counted(path) == {"taken": 1, "unchanged": 0, "refused": []}
        assert counted(path) == {"taken": 0, "unchanged": 1, "refused": []}
    assert [(article.live, article.title != "") for article in articles()] == [(False, True)] * 2


def test_the_shared_list_published_is_seen(open_mall, shared_data, client):
    path = shared_data / "berita" / "berita_mpp_1.json"
    assert counted(path, "--publish")["taken"] == 10
    assert published().count() == 10
    for article in published():
        assert client.get(f"/berita/kegiatan/{article.slug}/").status_code == 200


# Options


def test_without_a_section_the_first_one_takes_it(open_mall, file):
    run(file)
    assert articles().get().get_parent().slug == "kegiatan"


def test_a_section_and_publishing_may_be_asked_for(open_mall, file):
    run(file, "--section", "kunjungan", "--publish")
    article = articles().get()
    assert (article.get_parent().slug, article.live) == ("kunjungan", True)


def test_of_several_malls_one_is_named(open_mall, file):
    there = a_mall("parepare")
    with in_mall(there):
        an_open_site()
    assert "--mall" in refusal(file)
    run(file, "--mall", "parepare")
    assert articles().count() == 0
    with in_mall(there):
        assert articles().count() == 1


def test_people_read_what_came_of_it(open_mall, tmp_path):
    path = tmp_path / "berita.json"
    rows = [*json.loads(ONE), *json.loads(ONE), {"judul": "x" * 300, "isi": "y"}]
    path.write_text("[\n" + ",\n".join(map(json.dumps, rows)) + "\n]")
    assert run(path).splitlines()[-1] == "MPP Barru: 1 berita diambil, 0 sudah ada, 2 ditolak."
    assert run(path).splitlines() == [
        "Baris 3 ditolak: Sama dengan berita pada baris 2.",
        "Baris 4 ditolak: judulnya lebih dari 255 huruf.",
        "MPP Barru: 0 berita diambil, 1 sudah ada, 2 ditolak.",
    ]


def test_machines_read_every_refusal_in_the_order_of_its_line(open_mall, tmp_path):
    path = tmp_path / "berita.json"
    rows = [{"judul": "x" * 300, "isi": "y"}, *json.loads(ONE), *json.loads(ONE)]
    path.write_text("[\n" + ",\n".join(map(json.dumps, rows)) + "\n]")
    told = counted(path)
    assert (told["taken"], told["unchanged"]) == (1, 0)
    assert told["refused"] == [
        {"line": 2, "reason": "judulnya lebih dari 255 huruf."},
        {"line": 4, "reason": "Sama dengan berita pada baris 3."},
    ]


# What cannot be used: code 2, in Indonesian, and nothing has changed


def test_no_file(open_mall):
    assert refusal() == "Sebutkan berkasnya, misalnya: gerai import-news berita.json"


def test_a_file_that_is_not_there(open_mall, tmp_path):
    assert "tidak dapat dibuka" in refusal(tmp_path / "tiada.json")
    assert "tidak dapat dibuka" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"[", b"   "])
def test_a_file_that_holds_no_news(open_mall, tmp_path, content):
    path = tmp_path / "berita.json"
    path.write_bytes(content)
    assert len(refusal(path)) > 10
    assert articles().count() == 0


def test_a_file_without_a_story_is_told_line_by_line(open_mall, tmp_path):
    path = tmp_path / "berita.json"
    path.write_text("{}")
    told = counted(path)
    assert (told["taken"], told["unchanged"], len(told["refused"])) == (0, 0, 1)


def test_a_file_that_is_too_big(open_mall, tmp_path):
    path = tmp_path / "berita.txt"
    path.write_bytes(b"a" * (MOST_BYTES + 1))
    assert len(refusal(path)) > 10


def test_a_section_that_is_not_there(open_mall, file):
    told = refusal(file, "--section", "😀" * 500)
    assert told.endswith("Yang ada: kegiatan, layanan, kunjungan, pengumuman.")
    assert len(told) < 300
    assert articles().count() == 0


def test_a_mall_that_is_not_there(open_mall, file):
    assert refusal(file, "--mall", "tiada") == "Mal “tiada” tidak ada. Yang ada: barru."


def test_no_mall_at_all(db, file):
    assert refusal(file) == "Belum ada mal. Buka dahulu dengan: gerai open-mall"


def test_a_mall_without_a_site(mall, file):
    assert refusal(file) == "Mal ini belum punya situs. Jalankan dahulu: gerai prepare"
    an_open_site()
    run(file)
    assert articles().count() == 1


def test_malls_that_are_all_shut(open_mall, file):
    Mall.objects.update(is_active=False)
    assert refusal(file) == "Semua mal sedang dinonaktifkan. Aktifkan salah satu dahulu."
