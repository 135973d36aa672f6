"""Pages: anyone checks a paper, the office sees all of its mall."""

import re

import pytest
from django.urls import reverse

from gerai import clock
from gerai.malls.scope import in_mall
from gerai.papers.actions import set_numbers
from gerai.papers.blocks import Paragraph, Signature
from gerai.papers.models import Series
from gerai.papers.tests.factories import a_letter, a_paper
from gerai.people.audit import SYSTEM
from gerai.people.tests.factories import a_mall, a_user
from gerai.ui.templatetags.ui import tanggal


@pytest.fixture
def office(client, mall):
    client.force_login(a_user("mall_admin"))
    return client


def check(client, token):
    return client.get(reverse("papers:verify", args=[token]))


def words(answer):
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_anyone_sees_that_a_paper_holds_and_nothing_of_what_it_says(client, mall):
    secret = Signature("", "Kepala Rahasia", "Nama Rahasia", "NIP Rahasia")
    paper = a_paper(a_letter(Paragraph("Isi Rahasia"), secret, title="Judul Rahasia"))
    answer = check(client, paper.token)
    told = words(answer)
    assert answer.status_code == 200
    assert "Tercatat dan berlaku" in told
    assert "Sudah diganti" not in told
    facts = re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", answer.content.decode())
    assert [(name, re.sub(r"<wbr>|\u200b", "", value)) for name, value in facts] == [
        ("Nomor", paper.number),
        ("Jenis surat", "Surat jawaban"),
        ("Tanggal terbit", tanggal(clock.local_day(paper.issued_at, mall.zone))),
        ("Diterbitkan oleh", "MPP Barru"),
        ("Versi", "1"),
        ("Kode sidik", paper.fingerprint),
    ]
    assert "Rahasia" not in answer.content.decode()
    assert "Kepala Dinas" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("kind", "is_numbered", "name"),
    [
        ("spd", True, "Keterangan perjalanan dinas {number}"),
        ("attendance", False, "Daftar hadir"),
    ],
)
def test_the_title_names_kind_and_number(client, mall, kind, is_numbered, name):
    paper = a_paper(kind=kind, is_numbered=is_numbered)
    page = check(client, paper.token).content.decode()
    title = re.search(r"<title>(.*?) · Keaslian surat", page, re.DOTALL)[1].strip()
    heading = re.sub(r"<[^>]+>|\u200b", "", re.search(r"<h1>(.*?)</h1>", page)[1])
    assert title == heading == name.format(number=paper.number)


def test_anyone_sees_that_a_paper_was_replaced(client, mall):
    old, new = a_paper(), a_paper(a_letter(Paragraph("Lain")))
    assert "Sudah diganti" in words(check(client, old.token))
    assert "versi 2" in words(check(client, old.token))
    assert "Tercatat dan berlaku" in words(check(client, new.token))
    assert new.token not in check(client, old.token).content.decode()


@pytest.mark.parametrize("token", ["x", "a" * 22, "%20", "a.b", "'" * 300, "é"])
def test_an_unknown_paper_is_told_in_words(client, mall, token):
    answer = check(client, token)
    assert answer.status_code == 404
    assert "Tidak ada surat dengan kode ini di MPP Barru" in words(answer)


def test_a_paper_is_unknown_at_the_door_of_another_mall(client, mall):
    with in_mall(a_mall(slug="lain")):
        foreign = a_paper()
    assert check(client, foreign.token).status_code == 404


def test_the_office_lists_the_newest_version_of_every_paper_of_its_mall(office, mall):
    a_paper(a_letter(title="Surat lama"))
    a_paper(a_letter(Paragraph("Lain"), title="Surat baru"))
    a_paper(a_letter(title="Perjalanan"), kind="spd")
    with in_mall(a_mall(slug="lain")):
        a_paper(a_letter(title="Surat asing"))
    answer = office.get(reverse("papers_office:home"))
    assert [(paper.title, title) for paper, title in answer.context["papers"]] == [
        ("Perjalanan", "Keterangan perjalanan dinas"),
        ("Surat baru", "Surat jawaban"),
    ]


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"jenis": "spd"}, ["Dinas"]),
        ({"cari": "JWB"}, ["Surat"]),
        ({"cari": "dinas"}, ["Dinas"]),
        ({"cari": "tidak ada"}, []),
        ({"jenis": "answer", "cari": "001"}, ["Surat"]),
        ({"jenis": "unknown"}, ["Dinas", "Surat"]),
        ({"hal": "999", "cari": ""}, ["Dinas", "Surat"]),
        ({"hal": "x"}, ["Dinas", "Surat"]),
    ],
)
def test_the_office_filters_papers(office, mall, asked, titles):
    a_paper(a_letter(title="Surat"))
    a_paper(a_letter(title="Dinas"), kind="spd")
    answer = office.get(reverse("papers_office:home"), asked)
    assert [paper.title for paper, _title in answer.context["papers"]] == titles


def test_an_empty_office_says_so(office):
    assert "Belum ada surat" in words(office.get(reverse("papers_office:home")))
    found = office.get(reverse("papers_office:home"), {"cari": "x"})
    assert "Tidak ada surat untuk saringan ini" in words(found)


def test_a_paper_is_shown_with_its_words_and_versions(office, mall):
    old = a_paper(a_letter(Paragraph("Satu <b>")))
    new = a_paper(a_letter(Paragraph("Dua")))
    answer = office.get(reverse("papers_office:paper", args=[old.pk]))
    assert answer.context["newer"] == new
    assert answer.context["versions"] == [(new, old), (old, None)]
    assert "Satu &lt;b&gt;" in answer.content.decode()
    assert office.get(reverse("papers_office:paper", args=[new.pk])).context["newer"] is None


def test_two_versions_are_compared(office, mall):
    old, new = a_paper(a_letter(Paragraph("Satu"))), a_paper(a_letter(Paragraph("Dua")))
    text = office.get(reverse("papers_office:compare", args=[new.pk, old.pk])).content.decode()
    assert re.findall(r'<(ins|del) lang="id">(.*?)</', text) == [("del", "Satu"), ("ins", "Dua")]
    same = office.get(reverse("papers_office:compare", args=[new.pk, new.pk]))
    assert "Kata-katanya sama" in words(same)
    other = a_paper(thing="visit:2")
    assert office.get(reverse("papers_office:compare", args=[new.pk, other.pk])).status_code == 404


def test_the_office_gets_the_files(office, mall):
    paper = a_paper(is_verifiable=True)
    kinds = [office.get(reverse("papers_office:file", args=[paper.pk, form])) for form in
             ("pdf", "docx", "exe")]  # fmt: skip
    assert [(each.status_code, each.content[:2]) for each in kinds[:2]] == [
        (200, b"%P"),
        (200, b"PK"),
    ]
    assert kinds[2].status_code == 404


def test_papers_of_another_mall_are_not_found_in_the_office(office, mall):
    with in_mall(a_mall(slug="lain")):
        foreign = a_paper()
    own = a_paper()
    for name, args in (
        ("paper", [foreign.pk]),
        ("compare", [own.pk, foreign.pk]),
        ("compare", [foreign.pk, own.pk]),
        ("file", [foreign.pk, "pdf"]),
    ):
        assert office.get(reverse(f"papers_office:{name}", args=args)).status_code == 404


@pytest.mark.parametrize("role", ["officer", "greeter", "host", "leader", None])
def test_others_may_not_see_papers(client, mall, role):
    paper = a_paper()
    client.force_login(a_user(role))
    for name, args in (
        ("home", []),
        ("paper", [paper.pk]),
        ("compare", [paper.pk, paper.pk]),
        ("file", [paper.pk, "pdf"]),
        ("numbers", []),
        ("numbering", ["answer"]),
    ):
        assert client.get(reverse(f"papers_office:{name}", args=args)).status_code == 403


def test_numbers_are_listed_with_the_next_one(office, mall):
    a_paper()
    set_numbers(kind="spd", pattern="{number}/{code}/{year}", code="DPM", by=SYSTEM)
    told = {
        each.kind: (each.code, each.last, each.upcoming)
        for each in office.get(reverse("papers_office:numbers")).context["numberings"]
    }
    year = Series.objects.get(kind="spd").year
    assert told["answer"][:2] == ("JWB-MPP", 1)
    assert told["answer"][2].startswith("002/JWB-MPP/")
    assert told["spd"] == ("DPM", 0, f"1/DPM/{year}")
    assert told["report"][:2] == ("LAP-MPP", 0)


def test_a_pattern_is_changed(office, mall):
    page = reverse("papers_office:numbering", args=["answer"])
    assert office.get(page).context["form"]["code"].value() == "JWB-MPP"
    answer = office.post(page, {"code": "B", "pattern": "{number}/{code}/{year}"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("papers_office:numbers"))
    assert (Series.objects.get().pattern, Series.objects.get().code) == (
        "{number}/{code}/{year}",
        "B",
    )


@pytest.mark.parametrize("pattern", ["", "{number}", "{number}/{year}/{x}", "{", "x" * 61])
def test_a_wrong_pattern_is_told_and_what_was_typed_is_kept(office, mall, pattern):
    page = reverse("papers_office:numbering", args=["answer"])
    answer = office.post(page, {"code": "KODE", "pattern": pattern})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["pattern"]
    assert answer.context["form"]["code"].value() == "KODE"
    assert Series.objects.count() == 0


def test_a_kind_that_nobody_knows_has_no_numbers(office, mall):
    assert office.get(reverse("papers_office:numbering", args=["spoon"])).status_code == 404
    a_paper(kind="spoon")
    assert office.get(reverse("papers_office:numbering", args=["spoon"])).status_code == 200
