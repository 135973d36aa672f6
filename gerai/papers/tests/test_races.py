"""Many at once: one number a paper, one paper of the same content."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections

from gerai.malls.scope import in_mall
from gerai.papers import actions
from gerai.papers.blocks import Paragraph
from gerai.papers.models import Paper, Series
from gerai.papers.tests.factories import a_letter, a_paper
from gerai.people.tests.factories import a_mall

AT_ONCE = 6

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="one writer at a time there, and tests in memory"
    ),
]


@pytest.fixture
def mall(transactional_db):
    with in_mall(a_mall()) as found:
        yield found


def at_once(mall, act):
    """Let several do it at the same moment; return what each got, a failure as itself."""
    start = threading.Barrier(AT_ONCE, timeout=20)

    def one(number):
        try:
            with in_mall(mall):
                start.wait()
                return act(number)
        except IntegrityError as failed:
            return failed
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(one, range(AT_ONCE)))


def test_many_papers_at_once_have_each_a_number_of_its_own(mall):
    papers = at_once(mall, lambda n: a_paper(thing=f"visit:{n}"))
    assert sorted(paper.number[:3] for paper in papers) == [f"{n:03}" for n in range(1, 7)]
    assert Series.objects.get().last == AT_ONCE


def test_the_same_paper_many_times_at_once_is_one(mall):
    papers = at_once(mall, lambda _n: a_paper())
    assert {paper.pk for paper in papers} == {Paper.objects.get().pk}
    assert Series.objects.get().last == 1


def test_different_contents_at_once_become_versions_in_a_row(mall):
    papers = at_once(mall, lambda n: a_paper(a_letter(Paragraph(f"Isi {n}"))))
    assert sorted(paper.version for paper in papers) == [1, 2, 3, 4, 5, 6]
    assert {paper.number[:3] for paper in papers} == {"001"}


def test_without_waiting_for_their_turn_they_would_collide(mall, monkeypatch):
    a_paper(thing="visit:0")
    monkeypatch.setattr(actions, "_wait_for_turn", lambda _kind, _day: None)
    papers = at_once(mall, lambda n: a_paper(a_letter(Paragraph(f"Isi {n}"))))
    assert [type(each).__name__ for each in papers].count("IntegrityError") > 0


def test_a_number_whose_paper_fails_is_given_to_the_next(mall, monkeypatch):
    a_paper(thing="visit:0")
    with monkeypatch.context() as broken:
        broken.setattr(actions, "digest_of", lambda _content: None)
        with pytest.raises(Exception, match="digest"):
            a_paper(thing="visit:1")
    assert a_paper(thing="visit:2").number[:3] == "002"
