"""What readers do with comments, and what the mall lets through."""

from datetime import timedelta

import pytest
import time_machine

from gerai import clock
from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom.actions import comments as actions
from gerai.newsroom.actions import moderation, senders
from gerai.newsroom.actions.comments import (
    CannotAnswer,
    CommentsClosed,
    Envelope,
    NoSuchComment,
    SenderIsBlocked,
    TooLate,
    TooManyComments,
    TooManyReports,
    report,
    revise,
    send,
    withdraw,
)
from gerai.newsroom.models import (
    BlockedSender,
    Comment,
    CommentReport,
    EarlierText,
    MallSite,
    ReportReason,
    SenderKey,
    SolvedChallenge,
)
from gerai.newsroom.queries import comments as queries
from gerai.newsroom.queries.proofs import new_stamp
from gerai.newsroom.states import State
from gerai.newsroom.suspicion import Suspicion
from gerai.newsroom.tests.factories import (
    a_comment,
    a_proof,
    an_article,
    site_rules,
    taken_back,
)
from gerai.people import audit
from gerai.people.models import Deed

HOME = "203.0.113.7"
TEXT = "Pelayanannya ramah dan cepat sekali."


@pytest.fixture
def article(mall):
    site_rules(comment_rule="trust")
    return an_article()


def sent(article, *, text=TEXT, name="Pembaca", parent=None, address=HOME, stamp=None, proof=None):
    envelope = Envelope(
        address=address,
        stamp=new_stamp() if stamp is None else stamp,
        proof=a_proof() if proof is None else proof,
    )
    return send(article, name=name, text=text, parent=parent, envelope=envelope)


def version():
    return MallSite.objects.get().version


def keys(article):
    return [entry.comment.pk for entry in queries.thread_of(article).entries]


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


def many(article, count, **told):
    return [sent(article, text=f"Komentar ke-{n} hari ini.", **told) for n in range(count)]


def test_a_sender_has_a_limit_that_passes(article):
    many(article, actions.OF_A_SENDER)
    with pytest.raises(TooManyComments) as refused:
        sent(article)
    assert refused.value.status == 429
    assert sent(article, address="203.0.113.8").is_new is True
    with time_machine.travel(clock.now() + actions.WITHIN):
        assert sent(article, text="Sepuluh menit kemudian.").is_new is True


def test_without_proof_the_limit_is_stricter(article):
    many(article, actions.OF_A_SENDER_UNPROVEN, proof="")
    with pytest.raises(TooManyComments):
        sent(article, proof="")
    assert sent(article).is_new is True


def test_a_mall_has_a_limit(article, monkeypatch):
    monkeypatch.setattr(actions, "OF_A_MALL", 2)
    for n in range(2):
        sent(article, text=f"Komentar ke-{n} di mal ini.", address=f"203.0.113.{n}")
    with pytest.raises(TooManyComments):
        sent(article, address="203.0.113.9")


def test_a_mall_has_a_stricter_limit_without_proof(article, monkeypatch):
    monkeypatch.setattr(actions, "OF_A_MALL_UNPROVEN", 1)
    sent(article, proof="")
    with pytest.raises(TooManyComments):
        sent(article, text="Yang kedua tanpa bukti.", address="203.0.113.9", proof="")
    assert sent(article, text="Yang ketiga berbukti.", address="203.0.113.9").is_new is True


def test_no_row_holds_the_address(article):
    comment = sent(article).comment
    report(comment, reason=ReportReason.RUDE, browser="peramban", address=HOME)
    moderation.block(comment, by=audit.SYSTEM)
    for model in (Comment, CommentReport, BlockedSender, SenderKey, Deed, SolvedChallenge):
        assert [row for row in model.objects.values() if HOME in str(row)] == []
    assert len(comment.sender) == 64


def test_a_hash_says_nothing_in_another_mall(article):
    here = sent(article).comment.sender
    with in_mall(a_mall("soppeng")):
        site_rules(comment_rule="trust")
        assert sent(an_article()).comment.sender != here


def test_the_end_of_an_ipv6_address_counts_for_nothing(article):
    same = [
        sent(article, text=f"Dari telepon {n} saya.", address=address).comment.sender
        for n, address in enumerate(["2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"])
    ]
    assert (same[0] == same[1], same[0] == same[2]) == (True, False)


def at_a_period():
    """Stop the clock at the first moment of a period, in a mall whose articles stay open."""
    site_rules(comments_close_after_days=0)
    return time_machine.travel(senders.known_until(clock.now()), tick=False)


def test_a_blocked_sender_is_refused_and_others_are_not(article):
    blocked = moderation.block(sent(article).comment, by=audit.SYSTEM)
    with pytest.raises(SenderIsBlocked):
        sent(article, text="Saya lagi.")
    assert sent(article, text="Saya orang lain.", address="203.0.113.8").is_new is True
    moderation.unblock(blocked, by=audit.SYSTEM)
    assert sent(article, text="Saya lagi.").is_new is True


def test_a_block_holds_over_one_change_of_the_key_and_ends_with_the_second(article):
    with at_a_period() as at:
        start = clock.now()
        blocked = moderation.block(sent(article).comment, by=audit.SYSTEM)
        assert blocked.until == start + timedelta(days=60)
        at.move_to(start + timedelta(days=59, hours=23))
        with pytest.raises(SenderIsBlocked):
            sent(article, text="Sebulan lebih kemudian.")
        at.move_to(start + timedelta(days=60))
        assert sent(article, text="Dua bulan kemudian.").is_new is True
        assert BlockedSender.objects.count() == 0


def test_after_sixty_days_nothing_of_a_sender_is_left(article):
    with at_a_period() as at:
        start = clock.now()
        comment = sent(article).comment
        report(comment, reason=ReportReason.SPAM, browser="peramban", address=HOME)
        at.move_to(start + timedelta(days=59))
        senders.forget()
        assert (SenderKey.objects.count(), Comment.objects.get().sender) == (1, comment.sender)
        at.move_to(start + timedelta(days=60))
        senders.forget()
        assert SenderKey.objects.count() == 0
        assert (Comment.objects.get().sender, CommentReport.objects.get().sender) == ("", "")
        with pytest.raises(moderation.SenderForgotten):
            moderation.block(Comment.objects.get(), by=audit.SYSTEM)


def test_forgetting_leaves_another_mall_alone(article):
    with at_a_period() as at:
        sent(article)
        at.shift(timedelta(days=61))
        with in_mall(a_mall("soppeng")):
            senders.forget()
        assert SenderKey.objects.count() == 1


# The reader's own changes


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


# Reports


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
    assert [(c.pk, len(c.unread)) for c in queries.waiting()] == [(comment.pk, 4)]


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
