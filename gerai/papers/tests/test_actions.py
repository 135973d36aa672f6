"""Issuing: numbers, versions, the same twice."""

from datetime import UTC, datetime

import pytest
import time_machine

from gerai.malls.scope import in_mall
from gerai.papers import actions, queries
from gerai.papers.actions import BadNumbers, BadPaper, issue, set_numbers
from gerai.papers.blocks import Facts, Paragraph, Sheet
from gerai.papers.models import Paper, Series
from gerai.papers.tests.factories import a_letter, a_paper
from gerai.people.audit import SYSTEM
from gerai.people.models import Deed
from gerai.people.tests.factories import a_mall

DAY = datetime(2026, 11, 26, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def that_day():
    with time_machine.travel(DAY, tick=False):
        yield


def test_issue_gives_number_version_and_fills_the_number_in(mall):
    paper = a_paper()
    assert (paper.number, paper.version, paper.issued_at) == ("001/JWB-MPP/XI/2026", 1, DAY)
    assert queries.sheet_of(paper).about == Facts(
        (("Nomor", "001/JWB-MPP/XI/2026"), ("Hal", "Jawaban kunjungan"))
    )
    assert [(deed.verb, deed.thing) for deed in Deed.objects.all()] == [
        ("papers.issue", f"paper:{paper.pk}")
    ]


def test_issue_of_the_same_gives_the_same_paper(mall):
    first = a_paper()
    assert a_paper() == first
    assert (Paper.objects.count(), Series.objects.get().last, Deed.objects.count()) == (1, 1, 1)


def test_issue_of_changed_content_gives_the_next_version_under_the_same_number(mall):
    first, second = a_paper(), a_paper(a_letter(Paragraph("Lain")))
    assert [(each.version, each.number) for each in (first, second)] == [
        (1, "001/JWB-MPP/XI/2026"),
        (2, "001/JWB-MPP/XI/2026"),
    ]
    assert queries.latest("visit:1", "answer") == second
    assert list(queries.papers_of("visit:1")) == [second, first]
    assert queries.newer_than(first) == second
    assert queries.newer_than(second) is None


def test_issue_of_content_that_was_before_is_a_version_again(mall):
    first = a_paper()
    a_paper(a_letter(Paragraph("Lain")))
    assert a_paper().version == 3
    assert a_paper().digest == first.digest


def test_issue_to_be_checked_differs_from_one_that_is_not(mall):
    a_paper()
    assert a_paper(is_verifiable=True).version == 2


def test_numbers_count_by_kind_year_and_mall(mall):
    numbers = [a_paper(thing=f"visit:{n}").number for n in (1, 2)]
    numbers.append(a_paper(kind="spd").number)
    with time_machine.travel(datetime(2026, 12, 31, 16, 30, tzinfo=UTC)):
        numbers.append(a_paper(thing="visit:3").number)
    with in_mall(a_mall(slug="lain")):
        numbers.append(a_paper().number)
    assert numbers == [
        "001/JWB-MPP/XI/2026",
        "002/JWB-MPP/XI/2026",
        "001/SPD-MPP/XI/2026",
        "001/JWB-MPP/I/2027",
        "001/JWB-MPP/XI/2026",
    ]


def test_issue_without_number_leaves_a_dash_and_may_be_numbered_later(mall):
    plain = a_paper(is_numbered=False)
    assert (plain.number, queries.sheet_of(plain).about.rows[0]) == (
        "",
        ("Nomor", actions.NO_NUMBER),
    )
    later = a_paper()
    assert (later.number, later.version) == ("001/JWB-MPP/XI/2026", 2)
    assert a_paper(is_numbered=False) == later


def test_numbers_follow_the_pattern_of_the_mall_and_go_on_next_year(mall):
    a_paper()
    set_numbers(kind="answer", pattern="B-{number}/{code}/{month}/{year}", code="DPM", by=SYSTEM)
    set_numbers(kind="answer", pattern="B-{number}/{code}/{month}/{year}", code="DPM", by=SYSTEM)
    second = a_paper(thing="visit:2").number
    with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC)):
        third = a_paper(thing="visit:3").number
    assert (second, third) == ("B-2/DPM/11/2026", "B-1/DPM/03/2027")
    assert Deed.objects.filter(verb="papers.set_numbers").count() == 1


@pytest.mark.parametrize(
    "pattern",
    ["", "{number}", "{year}", "{number}{year}{other}", "{number!r}/{year}", "{number", "{}",
     "{number:>9999}/{year}", "{year:9}/{number}", "{number.real}/{year}", "{0}{number}{year}"],
)  # fmt: skip
def test_set_numbers_refuses_what_is_no_pattern(mall, pattern):
    with pytest.raises(BadNumbers):
        set_numbers(kind="answer", pattern=pattern, code="A", by=SYSTEM)
    assert Series.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "thing"), [("Surat", "visit:1"), ("answer", "visit 1"), ("", "a")]
)
def test_issue_refuses_what_is_no_key(mall, kind, thing):
    with pytest.raises(BadPaper):
        issue(Sheet("A", ()), kind=kind, thing=thing, by=SYSTEM)


def test_papers_of_another_mall_are_not_found(mall):
    paper = a_paper()
    with in_mall(a_mall(slug="lain")):
        assert queries.paper_with(paper.pk) is None
        assert queries.paper_with_token(paper.token) is None
        assert list(queries.papers_of("visit:1")) == []


def test_issue_keeps_letters_that_no_database_takes_out_of_it(mall):
    paper = a_paper(Sheet("A\x00B", (Paragraph("\x00nol \ud800dan\u202e balik"),)))
    again = queries.paper_with(paper.pk)
    assert queries.sheet_of(again) == Sheet("AB", (Paragraph("nol dan balik"),))


def test_differences_tell_what_is_gone_and_added(mall):
    first = a_paper(a_letter(Paragraph("Satu"), Paragraph("Dua")))
    second = a_paper(a_letter(Paragraph("Satu"), Paragraph("Tiga")))
    assert queries.differences(first, second) == [
        ("skipped", "6"),
        ("same", "di tempat"),
        ("same", "Satu"),
        ("gone", "Dua"),
        ("added", "Tiga"),
        ("same", "Mal contoh, bukan mal sungguhan"),
    ]
    assert queries.differences(first, first) == [("skipped", "10")]


def test_pattern_day_is_a_day_of_the_mall(mall):
    with time_machine.travel(datetime(2026, 11, 30, 16, 30, tzinfo=UTC)):
        assert a_paper().number == "001/JWB-MPP/XII/2026"
