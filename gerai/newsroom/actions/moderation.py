"""What the newsroom does with readers' comments."""

from collections.abc import Iterable
from typing import Final

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.newsroom.actions.comments import CannotAnswer, SentTwice, keep_words
from gerai.newsroom.actions.senders import known_until
from gerai.newsroom.actions.sites import bump_version
from gerai.newsroom.models import (
    BlockedSender,
    BlockedWord,
    Comment,
    CommentReport,
    EarlierText,
)
from gerai.newsroom.states import ARRIVALS, MOVES, State, Verb, may_move
from gerai.newsroom.suspicion import digest, plain
from gerai.people import audit
from gerai.transactions import one_transaction, refused_as

DESK_NAME: Final = "Redaksi"
ERASED: Final = "[dihapus atas permintaan]"


class CommentChanged(Refused):
    """Another moderator was faster, or the reader changed the words meanwhile."""

    message = _(
        "Komentar ini baru saja ditangani orang lain atau diubah pengirimnya. "
        "Baca lagi keadaannya sekarang."
    )


class SenderForgotten(Refused):
    """The hash of the sender has been deleted, or there never was one."""

    message = _(
        "Pengirim komentar ini tidak dapat diblokir lagi: tandanya sudah dihapus setelah masa "
        "simpannya habis."
    )


class NoWord(Refused):
    """Nothing that could be looked for."""

    message = _("Tuliskan kata yang hendak ditahan.")
    status = 400


@one_transaction
def approve(comment: Comment, *, seen: int, by: audit.Actor) -> None:
    """Publish a comment as it was read.

    seen: the revision that the moderator read

    :raises CommentChanged: it is no longer so
    """
    if not _approve(comment, seen=seen, by=by):
        raise CommentChanged


@one_transaction
def approve_all(comments: Iterable[tuple[Comment, int]], *, by: audit.Actor) -> int:
    """Publish several comments; return how many. Those changed meanwhile stay as they are."""
    return sum(_approve(comment, seen=seen, by=by) for comment, seen in comments)


@one_transaction
def keep(comment: Comment, *, seen: int, by: audit.Actor) -> None:
    """Let a reported comment stand, having read it."""
    if not _moved(comment, Verb.KEEP, by=by, seen=seen, reports_unread=0):
        raise CommentChanged
    _read_reports(comment)


@one_transaction
def reject(comment: Comment, *, seen: int, reason: str, by: audit.Actor) -> None:
    """Refuse a comment; the reason stays with it for other moderators."""
    if not _moved(comment, Verb.REJECT, by=by, seen=seen, reason=reason, reports_unread=0):
        raise CommentChanged
    _read_reports(comment)


@one_transaction
def hide(comment: Comment, *, seen: int, reason: str = "", by: audit.Actor) -> None:
    """Take a published comment from readers; one that reports hid stays hidden."""
    if not _moved(comment, Verb.HIDE, by=by, seen=seen, reason=reason, reports_unread=0):
        raise CommentChanged
    _read_reports(comment)


@one_transaction
def edit(comment: Comment, *, text: str, seen: int, by: audit.Actor) -> None:
    """Change the words of a comment; readers are told, the words before are kept."""
    if comment.revision != seen:
        raise CommentChanged
    is_done = _moved(
        comment,
        Verb.EDIT,
        by=by,
        seen=seen,
        text=text,
        digest=digest(text),
        edited_by_desk=True,
        revision=F("revision") + 1,
    )
    if not is_done:
        raise CommentChanged
    keep_words(comment, by)


@refused_as(SentTwice)
@one_transaction
def answer(comment: Comment, *, text: str, key: str, by: audit.Actor) -> Comment:
    """Answer a published comment as the newsroom.

    key: from the form; the same key answers once

    :raises CannotAnswer: readers do not see the comment
    """
    before: Comment | None = Comment.objects.filter(stamp=key).first()
    if before is not None:
        return before
    above: Comment = comment.parent or comment
    if comment.state != State.PUBLISHED or above.state != State.PUBLISHED:
        raise CannotAnswer
    now = clock.now()
    written: Comment = Comment.objects.create(
        mall=current_mall(),
        article=comment.article,
        parent=above,
        state=ARRIVALS[Verb.ANSWER].value,
        name=DESK_NAME,
        text=text,
        sent_at=now,
        published_at=now,
        is_from_desk=True,
        is_proven=True,
        stamp=key,
        digest=digest(text),
    )
    audit.record(
        "newsroom.answer_comment", thing=f"comment:{written.pk}", by=by, to=f"comment:{comment.pk}"
    )
    bump_version()
    publish("newsroom.comment", written.pk)
    return written


@one_transaction
def erase(comment: Comment, *, by: audit.Actor) -> None:
    """Erase a person's name and words on their request, those before changes too.

    The trail says that it happened and nothing else.
    """
    is_done = _moved(
        comment,
        Verb.ERASE,
        by=by,
        name=ERASED,
        text=ERASED,
        digest="",
        sender="",
        stamp=None,
        reason="",
        suspicions=[],
        reports_unread=0,
        edited_by_desk=False,
        revision=F("revision") + 1,
    )
    if not is_done:
        raise CommentChanged
    EarlierText.objects.filter(comment=comment).delete()
    CommentReport.objects.filter(comment=comment).delete()


@one_transaction
def block(comment: Comment, *, by: audit.Actor) -> BlockedSender:
    """Hear no more of the sender of a comment, until the key of their hash goes away.

    :raises SenderForgotten: there is no hash any more
    """
    until = known_until(comment.sent_at)
    now = clock.now()
    if not comment.sender or until <= now:
        raise SenderForgotten
    blocked: BlockedSender
    blocked, _is_new = BlockedSender.objects.get_or_create(
        mall=current_mall(), sender=comment.sender, defaults={"since": now, "until": until}
    )
    audit.record("newsroom.block_sender", thing=f"blocked_sender:{blocked.pk}", by=by)
    return blocked


@one_transaction
def unblock(blocked: BlockedSender, *, by: audit.Actor) -> None:
    """Hear a sender again."""
    audit.record("newsroom.unblock_sender", thing=f"blocked_sender:{blocked.pk}", by=by)
    BlockedSender.objects.filter(pk=blocked.pk).delete()


@one_transaction
def add_word(word: str, *, by: audit.Actor) -> BlockedWord:
    """Make comments with a word wait.

    :raises NoWord: nothing of it can be seen
    """
    if not plain(word):
        raise NoWord
    row: BlockedWord
    row, is_new = BlockedWord.objects.get_or_create(mall=current_mall(), word=plain(word))
    if is_new:
        audit.record("newsroom.add_word", thing=f"blocked_word:{row.pk}", by=by)
    return row


@one_transaction
def remove_word(row: BlockedWord, *, by: audit.Actor) -> None:
    """Let comments with a word pass again."""
    audit.record("newsroom.remove_word", thing=f"blocked_word:{row.pk}", by=by)
    BlockedWord.objects.filter(pk=row.pk).delete()


def _approve(comment: Comment, *, seen: int, by: audit.Actor) -> bool:
    published = Coalesce(F("published_at"), Value(clock.now()))
    is_done = _moved(
        comment,
        Verb.APPROVE,
        by=by,
        seen=seen,
        published_at=published,
        reason="",
        reports_unread=0,
    )
    if is_done:
        _read_reports(comment)
    return is_done


def _read_reports(comment: Comment) -> None:
    CommentReport.objects.filter(comment=comment, read_at__isnull=True).update(read_at=clock.now())


def _moved(
    comment: Comment, verb: Verb, *, by: audit.Actor, seen: int | None = None, **values: object
) -> bool:
    """Move a comment if it still stands where it was read, with the words that were read."""
    start = State(comment.state)
    if not may_move(start, verb):
        return False
    end = MOVES[verb][start]
    unchanged = Comment.objects.filter(pk=comment.pk, state=start.value)
    if seen is not None:
        unchanged = unchanged.filter(revision=seen)
    if not unchanged.update(state=end.value, **values):
        return False
    audit.record(f"newsroom.{verb}_comment", thing=f"comment:{comment.pk}", by=by)
    if State.PUBLISHED in {start, end} or comment.published_at is not None:
        bump_version()
    publish("newsroom.comment", comment.pk)
    return True
