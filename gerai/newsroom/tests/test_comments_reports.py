"""What readers report, what that hides, and the trail of it all."""

import pytest

from gerai.newsroom.actions import comments as actions
from gerai.newsroom.actions import moderation
from gerai.newsroom.actions.comments import NoSuchComment, TooManyReports, report, revise, withdraw
from gerai.newsroom.models import Comment, CommentReport, ReportReason
from gerai.newsroom.queries import comments as queries
from gerai.newsroom.states import State
from gerai.newsroom.tests.commenting import a_trusting_article, keys, sent, version
from gerai.newsroom.tests.factories import a_comment
from gerai.people import audit
from gerai.people.models import Deed


@pytest.fixture
def article(mall):
    return a_trusting_article()


def told(comment, number, *, browser=None, reason=ReportReason.RUDE):
    return report(
        Comment.objects.get(pk=comment.pk),
        reason=reason,
        browser=browser or f"peramban {number}",
        address=f"198.51.100.{number}",
    )


def test_a_browser_reports_a_comment_once(article):
    comment = a_comment(article)
    assert [told(comment, n, browser="yang sama") for n in range(3)] == [True, False, False]
    assert (CommentReport.objects.count(), Comment.objects.get().reports_unread) == (1, 1)


def test_what_a_browser_says_of_two_comments_is_not_to_be_joined(article):
    for comment in (a_comment(article), a_comment(article)):
        told(comment, 1, browser="yang sama")
    assert len(set(CommentReport.objects.values_list("browser", flat=True))) == 2


def test_three_different_reports_hide_a_comment_until_it_is_read(article):
    comment = a_comment(article)
    before = version()
    for n in range(2):
        told(comment, n)
    assert (keys(article), version()) == ([comment.pk], before)
    told(comment, 2)
    assert (keys(article), version()) == ([], before + 1)
    assert Comment.objects.get().state == State.HIDDEN
    assert list(queries.waiting()) == [comment]


def test_one_sender_with_three_browsers_hides_nothing(article):
    comment = a_comment(article)
    for n in range(3):
        told(comment, 1, browser=f"peramban {n}")
    assert (Comment.objects.get().state, Comment.objects.get().reports_unread) == ("published", 3)


def test_what_the_newsroom_let_stand_is_not_hidden_by_readers(article):
    comment = a_comment(article)
    for n in range(3):
        told(comment, n)
    moderation.approve(Comment.objects.get(), seen=0, by=audit.SYSTEM)
    for n in range(3, 7):
        told(comment, n)
    assert Comment.objects.get().state == State.PUBLISHED
    (waiting,) = queries.waiting().values_list("pk", "reports_unread")
    assert waiting == (comment.pk, 4)


def test_the_newsrooms_own_answer_is_hidden_by_nobody(article):
    answer = a_comment(article, is_from_desk=True)
    for n in range(4):
        told(answer, n)
    assert Comment.objects.get().state == State.PUBLISHED


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_what_readers_do_not_see_cannot_be_reported(article, state):
    with pytest.raises(NoSuchComment):
        told(a_comment(article, state=state), 1)


def test_reports_have_a_limit(article):
    for n in range(actions.REPORTS_OF_A_SENDER):
        told(a_comment(article), 1, browser=f"peramban {n}")
    with pytest.raises(TooManyReports) as refused:
        told(a_comment(article), 1)
    assert refused.value.status == 429


def test_the_trail_says_what_readers_did_and_none_of_their_words(article):
    comment = sent(article).comment
    revise(comment, name="Pembaca", text="Kalimat kedua.")
    told(comment, 1)
    withdraw(Comment.objects.get())
    deeds = list(Deed.objects.filter(thing=f"comment:{comment.pk}").order_by("pk"))
    assert [(deed.verb, deed.by_name) for deed in deeds] == [
        ("newsroom.comment", "pengunjung"),
        ("newsroom.revise_comment", "pengunjung"),
        ("newsroom.report_comment", "pengunjung"),
        ("newsroom.withdraw_comment", "pengunjung"),
    ]
    assert [deed.detail for deed in deeds] == [
        {"state": "published", "suspicions": []},
        {},
        {"reason": "rude"},
        {},
    ]
