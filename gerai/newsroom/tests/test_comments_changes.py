"""What readers change and take back of their own words."""

from datetime import timedelta

import pytest
import time_machine

from gerai.newsroom.actions import comments as actions
from gerai.newsroom.actions import moderation
from gerai.newsroom.actions.comments import TooLate, revise, withdraw
from gerai.newsroom.models import Comment, EarlierText
from gerai.newsroom.queries import comments as queries
from gerai.newsroom.states import State
from gerai.newsroom.tests.commenting import TEXT, a_trusting_article, keys, sent, version
from gerai.newsroom.tests.factories import a_comment, site_rules
from gerai.people import audit


@pytest.fixture
def article(mall):
    return a_trusting_article()


def test_a_reader_changes_their_words_and_the_words_before_are_kept(article):
    comment = sent(article).comment
    before = version()
    revise(comment, name="Pembaca Barru", text="Pelayanannya ramah.")
    comment = Comment.objects.get()
    assert (comment.name, comment.text, comment.state, comment.revision) == (
        "Pembaca Barru",
        "Pelayanannya ramah.",
        State.PUBLISHED,
        1,
    )
    earlier = EarlierText.objects.get()
    assert (earlier.name, earlier.text, earlier.replaced_by) == ("Pembaca", TEXT, None)
    assert (version(), comment.edited_by_desk) == (before + 1, False)


def test_the_same_words_are_no_change(article):
    comment = sent(article).comment
    revise(comment, name=comment.name, text=comment.text)
    assert (Comment.objects.get().revision, EarlierText.objects.count()) == (0, 0)


def test_a_changed_comment_that_became_suspicious_waits(article):
    comment = sent(article).comment
    before = version()
    assert revise(comment, name="Pembaca", text="Lihat contoh.com").state == State.HELD
    assert (Comment.objects.get().suspicions, keys(article)) == (["link"], [])
    assert version() == before + 1


def test_where_the_newsroom_reads_first_it_reads_a_change_too(article):
    comment = sent(article).comment
    site_rules(comment_rule="hold")
    assert revise(comment, name="Pembaca", text="Kalimat baru.").state == State.HELD


@pytest.mark.parametrize("act", [lambda c: revise(c, name="A", text="B"), withdraw])
def test_the_minutes_of_the_mall_pass(article, act):
    site_rules(comment_edit_minutes=10)
    comment = sent(article).comment
    with (
        time_machine.travel(comment.sent_at + timedelta(minutes=10), tick=False),
        pytest.raises(TooLate),
    ):
        act(comment)
    with time_machine.travel(comment.sent_at + timedelta(minutes=9, seconds=59), tick=False):
        act(comment)
    assert Comment.objects.get().revision == 1


@pytest.mark.parametrize("act", [lambda c: revise(c, name="A", text="B"), withdraw])
def test_no_minutes_are_no_changes(article, act):
    site_rules(comment_edit_minutes=0)
    with pytest.raises(TooLate):
        act(sent(article).comment)


@pytest.mark.parametrize("act", [lambda c: revise(c, name="A", text="B"), withdraw])
def test_a_reader_who_is_slower_than_the_newsroom_is_told(article, act):
    site_rules(comment_rule="hold")
    read = sent(article).comment
    moderation.reject(Comment.objects.get(), seen=0, reason="Bukan tempatnya", by=audit.SYSTEM)
    with pytest.raises(TooLate):
        act(read)
    assert (Comment.objects.get().state, Comment.objects.get().text) == (State.REJECTED, TEXT)


def test_two_changes_at_once_are_one(article):
    sent(article)
    first, second = Comment.objects.get(), Comment.objects.get()
    revise(first, name="Pembaca", text="Yang pertama.")
    with pytest.raises(TooLate):
        revise(second, name="Pembaca", text="Yang kedua.")
    assert (Comment.objects.get().text, EarlierText.objects.count()) == ("Yang pertama.", 1)


def test_changes_have_an_end(article, monkeypatch):
    monkeypatch.setattr(actions, "MOST_REVISIONS", 1)
    comment = revise(sent(article).comment, name="Pembaca", text="Satu kali.")
    with pytest.raises(TooLate):
        revise(comment, name="Pembaca", text="Dua kali.")


def test_what_a_reader_takes_back_is_kept_nowhere(article):
    comment = revise(sent(article).comment, name="Pembaca", text="Kalimat kedua.")
    before = version()
    withdraw(comment)
    gone = Comment.objects.get()
    assert (gone.state, gone.name, gone.text, gone.digest) == (State.WITHDRAWN, "", "", "")
    assert (EarlierText.objects.count(), keys(article), version()) == (0, [], before + 1)


def test_a_comment_taken_back_keeps_the_place_of_its_answers(article):
    above = sent(article).comment
    answer = a_comment(article, parent=above)
    withdraw(above)
    thread = queries.thread_of(article)
    assert [(entry.comment.pk, entry.answers) for entry in thread.entries] == [(above.pk, [answer])]
    assert thread.count == 1
