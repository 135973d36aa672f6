"""Comments as readers and as the newsroom see them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet

from gerai import clock
from gerai.newsroom.models import (
    Article,
    BlockedSender,
    BlockedWord,
    Comment,
    CommentReport,
    CommentRule,
    EarlierText,
    MallSite,
)
from gerai.newsroom.rules import takes_comments
from gerai.newsroom.states import GONE, State, Verb, may_move

PER_PAGE = 20
FORGOTTEN_AFTER_DAYS = 60
BIGGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Entry:
    """A comment with its answers, as readers see it."""

    comment: Comment
    answers: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """What readers say of an article, oldest first. `count` leaves out what has gone."""

    entries: list[Entry]
    count: int


@dataclass(frozen=True)
class Counts:
    """How many comments of the mall in scope stand where."""

    waiting: int
    published: int
    hidden: int
    rejected: int


def is_open(article: Article) -> bool:
    """Tell whether readers may comment on an article now."""
    site = MallSite.objects.first()
    if site is None or article.shown_at is None:
        return False
    return takes_comments(
        is_open=article.takes_comments and site.comment_rule != CommentRule.CLOSED,
        published_at=article.first_published_at,
        days=site.comments_close_after_days,
        now=clock.now(),
    )


def is_held_first() -> bool:
    """Tell whether the newsroom reads every comment before its readers do."""
    rule = MallSite.objects.values_list("comment_rule", flat=True).first()
    return bool(rule != CommentRule.TRUST)


def shown_article(article_id: int) -> Article | None:
    """Return an article of the mall in scope that readers see."""
    if article_id > BIGGEST_KEY:
        return None
    found: Article | None = Article.objects.here().published().filter(pk=article_id).first()
    return found


def comment_with(comment_id: int) -> Comment | None:
    """Return a comment of the mall in scope."""
    found: Comment | None = (
        Comment.objects.filter(pk=comment_id).select_related("article", "parent").first()
    )
    return found


def thread_of(article: Article) -> Thread:
    """Return what readers see below an article.

    A comment that has gone keeps its place only while somebody has answered it.
    """
    shown = [State.PUBLISHED.value, *(state.value for state in GONE)]
    rows = list(
        Comment.objects.filter(
            article_id=article.pk, state__in=shown, published_at__isnull=False
        ).order_by("sent_at", "pk")
    )
    answers: dict[int, list[Comment]] = {}
    for row in rows:
        if row.parent_id is not None and row.state == State.PUBLISHED:
            answers.setdefault(row.parent_id, []).append(row)
    entries = [
        Entry(row, answers.get(row.pk, []))
        for row in rows
        if row.parent_id is None and (row.state == State.PUBLISHED or row.pk in answers)
    ]
    present = sum(entry.comment.state == State.PUBLISHED for entry in entries)
    return Thread(entries, present + sum(len(entry.answers) for entry in entries))


def window_ends(comment: Comment) -> datetime:
    """Return until when a reader may change or withdraw their own comment."""
    minutes = MallSite.objects.values_list("comment_edit_minutes", flat=True).get()
    moment: datetime = comment.sent_at
    return moment + timedelta(minutes=minutes)


def may_change(comment: Comment, verb: Verb) -> bool:
    """Tell whether the reader who sent a comment may still do that to it."""
    return may_move(State(comment.state), verb) and clock.now() < window_ends(comment)


def blocked_words() -> list[str]:
    """Return the words that make a comment wait."""
    return list(BlockedWord.objects.order_by("word").values_list("word", flat=True))


def blocked_senders() -> list[BlockedSender]:
    """Return whom the mall does not hear now, newest first."""
    return list(BlockedSender.objects.filter(until__gt=clock.now()).order_by("-since"))


def is_blocked(senders: Iterable[str]) -> bool:
    """Tell whether the mall does not hear a sender, by any of their hashes."""
    return bool(
        BlockedSender.objects.filter(sender__in=list(senders), until__gt=clock.now()).exists()
    )


def waiting() -> "QuerySet[Comment]":
    """Return what the newsroom must read, oldest first: held, or reported and not yet read."""
    reported = Q(reports_unread__gt=0, state__in=[State.PUBLISHED.value, State.HIDDEN.value])
    return _all_facts(
        Comment.objects.filter(Q(state=State.HELD.value) | reported).order_by("sent_at", "pk")
    )


def in_state(state: State) -> "QuerySet[Comment]":
    """Return the comments that stand somewhere, newest first."""
    return _all_facts(Comment.objects.filter(state=state.value).order_by("-sent_at", "-pk"))


def page_of(comments: "QuerySet[Comment]", number: str) -> Page[Comment]:
    """Return a page of comments; a senseless number is the nearest page there is."""
    return Paginator(comments, PER_PAGE).get_page(number)


def counts() -> Counts:
    """Count the comments of the mall in scope."""

    def number(state: State) -> int:
        return int(Comment.objects.filter(state=state.value).count())

    return Counts(
        waiting=waiting().count(),
        published=number(State.PUBLISHED),
        hidden=number(State.HIDDEN),
        rejected=number(State.REJECTED),
    )


def waiting_count() -> int:
    """Return how many comments wait for the newsroom."""
    return int(waiting().count())


def with_story(comment_id: int) -> Comment | None:
    """Return a comment with everything that happened to it, for the newsroom."""
    texts = EarlierText.objects.select_related("replaced_by").order_by("revision")
    found: Comment | None = (
        _all_facts(Comment.objects.filter(pk=comment_id))
        .prefetch_related(Prefetch("earlier_texts", queryset=texts))
        .first()
    )
    return found


def _all_facts(comments: "QuerySet[Comment]") -> "QuerySet[Comment]":
    unread = CommentReport.objects.filter(read_at__isnull=True).order_by("at")
    return comments.select_related("article", "parent").prefetch_related(
        Prefetch("reports", queryset=unread, to_attr="unread")
    )
