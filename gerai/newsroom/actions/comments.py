"""What readers do: comment, change their words, take them back, report."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.newsroom.actions.senders import Sender, sender_at
from gerai.newsroom.actions.sites import bump_version
from gerai.newsroom.models import (
    Article,
    Comment,
    CommentReport,
    CommentRule,
    EarlierText,
    MallSite,
    ReportReason,
    SolvedChallenge,
)
from gerai.newsroom.queries import comments as queries
from gerai.newsroom.queries.proofs import proof_in, stamped
from gerai.newsroom.states import ARRIVALS, MOVES, State, Verb
from gerai.newsroom.suspicion import Suspicion, digest, suspicions_of
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction, refused_as

WITHIN: Final = timedelta(minutes=10)
# People on one wireless network, or of one telephone company, may share an address.
OF_A_SENDER: Final = 6
OF_A_SENDER_UNPROVEN: Final = 2
OF_A_MALL: Final = 60
OF_A_MALL_UNPROVEN: Final = 15
REPORTS_OF_A_SENDER: Final = 10
REPEATED_WITHIN: Final = timedelta(days=7)
MOST_REVISIONS: Final = 10
# So many different senders hide a comment until the newsroom has read it, once.
REPORTS_THAT_HIDE: Final = 3


class CommentsClosed(Refused):
    """The article takes no comments, or no longer."""

    message = _("Komentar untuk berita ini sudah ditutup. Tulisan Anda tidak terkirim.")


class NoSuchComment(Refused):
    """This mall has no such comment, or not for this reader."""

    message = _(
        "Komentar ini tidak ada, sudah ditarik, atau masih menunggu dibaca redaksi. "
        "Buka beritanya untuk melihat komentar yang terbit."
    )
    status = 404


class CannotAnswer(Refused):
    """The comment to be answered is not there for readers, or is an answer itself."""

    message = _("Komentar yang hendak Anda balas tidak tersedia lagi. Tulis sebagai komentar baru.")


class SenderIsBlocked(Refused):
    """The newsroom does not hear this sender for now."""

    message = _(
        "Untuk sementara redaksi tidak menerima komentar dari jaringan yang Anda pakai. "
        "Bila ini keliru, hubungi mal lewat halaman Kontak."
    )
    status = 403


class TooManyComments(Refused):
    """More comments within ten minutes than a conversation needs."""

    message = _(
        "Terlalu banyak komentar dalam waktu singkat. Tunggu sepuluh menit, lalu kirim lagi; "
        "tulisan Anda masih ada di halaman ini."
    )
    status = 429


class TooManyReports(Refused):
    """More reports within ten minutes than reading takes."""

    message = _("Terlalu banyak laporan dalam waktu singkat. Tunggu sepuluh menit, lalu coba lagi.")
    status = 429


class SentTwice(Refused):
    """The same form arrived twice at the very same moment."""

    message = _("Komentar Anda sudah kami terima. Tidak perlu dikirim lagi.")


class TooLate(Refused):
    """The minutes for changing one's words are over, or somebody handled the comment."""

    message = _(
        "Waktu untuk mengubah atau menarik komentar ini sudah habis, atau redaksi sudah "
        "menanganinya. Untuk menghapus data Anda, hubungi mal lewat halaman Kontak."
    )


@dataclass(frozen=True)
class Envelope:
    """What came with the words: from which address, on which form, with which proof."""

    address: str
    stamp: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Sent:
    """A comment, whether this sending made it, and whether this very form did, now or before."""

    comment: Comment
    is_new: bool
    is_of_this_form: bool


@refused_as(SentTwice)
@one_transaction
def send(
    article: Article, *, name: str, text: str, envelope: Envelope, parent: Comment | None = None
) -> Sent:
    """Write a reader's comment; publish it or hold it, as the mall's rule and its words say.

    The same form, or the same words of the same sender within ten minutes, make one comment.

    :raises CommentsClosed, CannotAnswer, SenderIsBlocked, TooManyComments: as they say
    """
    if not queries.is_open(article):
        raise CommentsClosed
    sender = sender_at(envelope.address)
    form = stamped(envelope.stamp)
    before = Comment.objects.filter(stamp=form).first() if form is not None else None
    if before is not None:
        return Sent(before, is_new=False, is_of_this_form=True)
    before = _same_words(article, parent, name=name, text=text, sender=sender)
    if before is not None:
        return Sent(before, is_new=False, is_of_this_form=False)
    if parent is not None:
        _check_may_answer(article, parent)
    if queries.is_blocked(sender.hashes):
        raise SenderIsBlocked
    is_proven = form is not None and _use_up(envelope.proof)
    _check_not_too_many(sender, is_proven=is_proven)
    suspicions = _suspicions(name, text, is_proven=is_proven)
    rule = MallSite.objects.values_list("comment_rule", flat=True).get()
    is_trusted = rule == CommentRule.TRUST and not suspicions
    now = clock.now()
    comment = Comment.objects.create(
        mall=current_mall(),
        article=article,
        parent=parent,
        state=ARRIVALS[Verb.TRUST if is_trusted else Verb.SEND].value,
        name=name,
        text=text,
        sent_at=now,
        published_at=now if is_trusted else None,
        is_proven=is_proven,
        suspicions=[each.value for each in suspicions],
        stamp=form,
        digest=digest(text),
        sender=sender.now,
    )
    audit.record(
        "newsroom.comment",
        thing=f"comment:{comment.pk}",
        by=audit.VISITOR,
        state=comment.state,
        suspicions=comment.suspicions,
    )
    if is_trusted:
        bump_version()
    publish("newsroom.comment", comment.pk)
    return Sent(comment, is_new=True, is_of_this_form=True)


@one_transaction
def revise(comment: Comment, *, name: str, text: str) -> Comment:
    """Change a comment as its own reader, within the mall's minutes; it is judged again.

    :raises TooLate: the minutes are over, or it has been handled meanwhile
    """
    if not queries.may_change(comment, Verb.REVISE) or comment.revision >= MOST_REVISIONS:
        raise TooLate
    if (name, text) == (comment.name, comment.text):
        return comment
    suspicions = _suspicions(name, text, is_proven=comment.is_proven, but=comment)
    rule = MallSite.objects.values_list("comment_rule", flat=True).get()
    start = State(comment.state)
    must_wait = start == State.PUBLISHED and (rule != CommentRule.TRUST or bool(suspicions))
    verb = Verb.HOLD_AGAIN if must_wait else Verb.REVISE
    changed = Comment.objects.filter(
        pk=comment.pk, state=start.value, revision=comment.revision
    ).update(
        state=MOVES[verb][start].value,
        name=name,
        text=text,
        digest=digest(text),
        revision=F("revision") + 1,
        suspicions=[each.value for each in suspicions],
    )
    if not changed:
        raise TooLate
    keep_words(comment)
    _follow(comment, verb, was_shown=start == State.PUBLISHED)
    comment.refresh_from_db()
    return comment


@one_transaction
def withdraw(comment: Comment) -> None:
    """Take a comment back as its own reader; its words are kept nowhere.

    :raises TooLate: the minutes are over, or it has been handled meanwhile
    """
    if not queries.may_change(comment, Verb.WITHDRAW):
        raise TooLate
    start = State(comment.state)
    changed = Comment.objects.filter(pk=comment.pk, state=start.value).update(
        state=MOVES[Verb.WITHDRAW][start].value,
        name="",
        text="",
        digest="",
        suspicions=[],
        reports_unread=0,
        revision=F("revision") + 1,
    )
    if not changed:
        raise TooLate
    EarlierText.objects.filter(comment=comment).delete()
    _follow(comment, Verb.WITHDRAW, was_shown=start == State.PUBLISHED)


@one_transaction
def report(comment: Comment, *, reason: ReportReason, browser: str, address: str) -> bool:
    """Tell the newsroom of a comment; return whether this browser had not yet.

    Three different senders hide it until the newsroom has read it. What the newsroom has read
    once and let stand is hidden by no more reports, nor are its own answers.

    browser: a secret of the browser; only its hash with the comment's key is kept

    :raises NoSuchComment: readers do not see it
    :raises TooManyReports: ten within ten minutes from this sender
    """
    if comment.state != State.PUBLISHED:
        raise NoSuchComment
    sender = sender_at(address)
    now = clock.now()
    lately = CommentReport.objects.filter(sender__in=sender.hashes, at__gt=now - WITHIN)
    if lately.count() >= REPORTS_OF_A_SENDER:
        raise TooManyReports
    _row, is_first = CommentReport.objects.get_or_create(
        comment=comment,
        browser=sha256(f"{comment.pk}:{browser}".encode()).hexdigest(),
        defaults={
            "mall": current_mall(),
            "sender": sender.now,
            "reason": reason.value,
            "at": now,
        },
    )
    if not is_first:
        return False
    Comment.objects.filter(pk=comment.pk).update(reports_unread=F("reports_unread") + 1)
    reports = CommentReport.objects.filter(comment=comment)
    was_read = reports.filter(read_at__isnull=False).exists()
    different = reports.values("sender").distinct().count()
    if different >= REPORTS_THAT_HIDE and not was_read and not comment.is_from_desk:
        Comment.objects.filter(pk=comment.pk, state=State.PUBLISHED.value).update(
            state=MOVES[Verb.REPORT][State.PUBLISHED].value
        )
        bump_version()
    audit.record(
        "newsroom.report_comment",
        thing=f"comment:{comment.pk}",
        by=audit.VISITOR,
        reason=reason.value,
    )
    publish("newsroom.comment", comment.pk)
    return True


@inside_transaction
def keep_words(comment: Comment, by: audit.Actor | None = None) -> None:
    """Keep the words of a comment as they were read before a change."""
    EarlierText.objects.create(
        mall=current_mall(),
        comment=comment,
        revision=comment.revision,
        name=comment.name,
        text=comment.text,
        replaced_at=clock.now(),
        replaced_by=by.user if by else None,
    )


def _same_words(
    article: Article, parent: Comment | None, *, name: str, text: str, sender: Sender
) -> Comment | None:
    found: Comment | None = Comment.objects.filter(
        article=article,
        parent=parent,
        name=name,
        digest=digest(text),
        sender__in=sender.hashes,
        sent_at__gt=clock.now() - WITHIN,
    ).first()
    return found


def _check_may_answer(article: Article, parent: Comment) -> None:
    is_there = parent.article_id == article.pk and parent.state == State.PUBLISHED
    if not is_there or parent.parent_id is not None:
        raise CannotAnswer


def _use_up(payload: str) -> bool:
    proof = proof_in(payload)
    if proof is None:
        return False
    SolvedChallenge.objects.filter(expires_at__lte=clock.now()).delete()
    _row, is_first = SolvedChallenge.objects.get_or_create(
        mall=current_mall(),
        signature=proof.signature,
        defaults={"expires_at": proof.expires_at},
    )
    return is_first


def _check_not_too_many(sender: Sender, *, is_proven: bool) -> None:
    lately = Comment.objects.filter(sent_at__gt=clock.now() - WITHIN, is_from_desk=False)
    own = lately.filter(sender__in=sender.hashes)
    if own.count() >= OF_A_SENDER or lately.count() >= OF_A_MALL:
        raise TooManyComments
    if is_proven:
        return
    unproven, own_unproven = lately.filter(is_proven=False), own.filter(is_proven=False)
    if own_unproven.count() >= OF_A_SENDER_UNPROVEN or unproven.count() >= OF_A_MALL_UNPROVEN:
        raise TooManyComments


def _suspicions(
    name: str, text: str, *, is_proven: bool, but: Comment | None = None
) -> list[Suspicion]:
    same = Comment.objects.filter(digest=digest(text), sent_at__gt=clock.now() - REPEATED_WITHIN)
    if but is not None:
        same = same.exclude(pk=but.pk)
    return suspicions_of(
        name=name,
        text=text,
        blocked_words=queries.blocked_words(),
        is_proven=is_proven,
        is_repeated=same.exists(),
    )


def _follow(comment: Comment, verb: Verb, *, was_shown: bool) -> None:
    audit.record(f"newsroom.{verb}_comment", thing=f"comment:{comment.pk}", by=audit.VISITOR)
    if was_shown:
        bump_version()
    publish("newsroom.comment", comment.pk)
