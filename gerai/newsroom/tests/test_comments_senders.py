"""How much a sender may write, how long they are not heard, when they are forgotten."""

from datetime import timedelta

import pytest
import time_machine

from gerai import clock
from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom.actions import comments as actions
from gerai.newsroom.actions import moderation, senders
from gerai.newsroom.actions.comments import SenderIsBlocked, TooManyComments, report
from gerai.newsroom.models import (
    BlockedSender,
    Comment,
    CommentReport,
    ReportReason,
    SenderKey,
    SolvedChallenge,
)
from gerai.newsroom.tests.commenting import HOME, a_trusting_article, sent
from gerai.newsroom.tests.factories import an_article, site_rules
from gerai.people import audit
from gerai.people.models import Deed


@pytest.fixture
def article(mall):
    return a_trusting_article()


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
