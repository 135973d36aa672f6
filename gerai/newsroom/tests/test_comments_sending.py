"""What readers write below an article, and what the mall lets through."""

from datetime import timedelta

import pytest
import time_machine

from gerai import clock
from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom.actions import moderation
from gerai.newsroom.actions.comments import CannotAnswer, CommentsClosed
from gerai.newsroom.models import Comment, SolvedChallenge
from gerai.newsroom.queries import comments as queries
from gerai.newsroom.queries.proofs import new_stamp
from gerai.newsroom.states import State
from gerai.newsroom.suspicion import Suspicion
from gerai.newsroom.tests.commenting import TEXT, a_trusting_article, keys, sent, version
from gerai.newsroom.tests.factories import a_comment, a_proof, an_article, site_rules, taken_back
from gerai.people import audit


@pytest.fixture
def article(mall):
    return a_trusting_article()


def test_a_mall_that_trusts_publishes_at_once_and_the_page_is_made_anew(article):
    before = version()
    comment = sent(article).comment
    assert (comment.state, comment.suspicions, comment.name, comment.text) == (
        State.PUBLISHED,
        [],
        "Pembaca",
        TEXT,
    )
    assert version() == before + 1
    assert keys(article) == [comment.pk]


def test_a_mall_that_reads_first_holds_every_comment(article):
    site_rules(comment_rule="hold")
    before = version()
    comment = sent(article).comment
    assert (comment.state, comment.suspicions, comment.published_at) == (State.HELD, [], None)
    assert (version(), keys(article)) == (before, [])


@pytest.mark.parametrize(
    ("told", "suspicion"),
    [
        ({"text": "Lihat https://contoh.example"}, Suspicion.LINK),
        ({"text": "Main slot gacor"}, Suspicion.WORD),
        ({"text": "INI TULISAN YANG BERTERIAK KERAS"}, Suspicion.CAPITALS),
        ({"proof": ""}, Suspicion.NO_PROOF),
        ({"stamp": ""}, Suspicion.NO_PROOF),
        ({"stamp": "palsu"}, Suspicion.NO_PROOF),
        ({"proof": "palsu"}, Suspicion.NO_PROOF),
    ],
)
def test_a_suspicious_comment_waits(article, told, suspicion):
    moderation.add_word("Slot gacor", by=audit.SYSTEM)
    comment = sent(article, **told).comment
    assert (comment.state, comment.suspicions) == (State.HELD, [suspicion])


def test_the_words_of_somebody_else_again_wait(article):
    sent(article)
    again = sent(article, text=f" {TEXT.lower()}", name="Orang lain", address="203.0.113.8")
    assert (again.comment.state, again.comment.suspicions) == (State.HELD, ["repeated"])


def test_a_blocked_word_of_one_mall_is_none_of_another(article):
    with in_mall(a_mall("soppeng")):
        moderation.add_word("ramah", by=audit.SYSTEM)
    assert sent(article).comment.state == State.PUBLISHED


def test_the_same_form_makes_one_comment(article):
    stamp, proof = new_stamp(), a_proof()
    first = sent(article, stamp=stamp, proof=proof)
    second = sent(article, stamp=stamp, proof=proof)
    assert (first.is_new, second.is_new, second.is_of_this_form) == (True, False, True)
    assert second.comment == first.comment
    assert Comment.objects.count() == 1


def test_the_same_words_without_a_stamp_make_one_comment_and_no_claim_to_it(article):
    first = sent(article, stamp="", proof="")
    second = sent(article, stamp="", proof="")
    assert (second.comment, second.is_new, second.is_of_this_form) == (first.comment, False, False)
    assert Comment.objects.count() == 1


def test_a_solution_serves_once(article):
    proof = a_proof()
    first = sent(article, proof=proof).comment
    second = sent(article, proof=proof, text="Komentar yang lain sama sekali.").comment
    assert (first.suspicions, second.suspicions) == ([], ["no_proof"])
    assert SolvedChallenge.objects.count() == 1


def test_a_solution_of_another_mall_proves_nothing(article):
    with in_mall(a_mall("soppeng")):
        stamp, proof = new_stamp(), a_proof()
    comment = sent(article, stamp=stamp, proof=proof).comment
    assert (comment.stamp, comment.suspicions) == (None, ["no_proof"])


def test_a_stamp_is_worth_nothing_after_its_hours(article):
    stamp = new_stamp()
    with time_machine.travel(clock.now() + timedelta(hours=12)):
        comment = sent(article, stamp=stamp).comment
    assert (comment.stamp, comment.suspicions) == (None, ["no_proof"])


def test_used_solutions_are_deleted_when_they_are_too_old_to_be_used(article):
    sent(article)
    with time_machine.travel(clock.now() + timedelta(minutes=21)):
        sent(article, text="Sesudah dua puluh menit.")
        assert SolvedChallenge.objects.count() == 1


def test_a_closed_mall_takes_none(article):
    site_rules(comment_rule="closed")
    with pytest.raises(CommentsClosed):
        sent(article)
    assert Comment.objects.count() == 0


def test_a_closed_article_takes_none(mall):
    with pytest.raises(CommentsClosed):
        sent(an_article(takes_comments=False))


def test_a_draft_takes_none(mall):
    with pytest.raises(CommentsClosed):
        sent(an_article(published=False))


def test_an_article_taken_back_takes_none(article):
    with pytest.raises(CommentsClosed):
        sent(taken_back(article))


@pytest.mark.parametrize(
    ("days", "age", "is_open"), [(30, 29, True), (30, 30, False), (0, 4000, True)]
)
def test_an_article_closes_after_the_days_of_the_mall(mall, days, age, is_open):
    site_rules(comments_close_after_days=days)
    old = an_article(first_published_at=clock.now() - timedelta(days=age))
    assert queries.is_open(old) is is_open


def test_an_answer_stands_below_its_comment(article):
    above = sent(article).comment
    below = sent(article, text="Setuju sekali dengan Anda.", parent=above).comment
    entry = queries.thread_of(article).entries[0]
    assert (entry.comment, entry.answers) == (above, [below])
    assert queries.thread_of(article).count == 2


def test_an_answer_has_no_answers(article):
    answer = a_comment(article, parent=a_comment(article))
    with pytest.raises(CannotAnswer):
        sent(article, parent=answer)


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_what_readers_do_not_see_cannot_be_answered(article, state):
    with pytest.raises(CannotAnswer):
        sent(article, parent=a_comment(article, state=state))


def test_a_comment_of_another_article_cannot_be_answered_here(article):
    with pytest.raises(CannotAnswer):
        sent(article, parent=a_comment(an_article()))
