"""What the newsletter has to tell, to how many, and what became of it."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db.models import Count, QuerySet
from django.utils.crypto import salted_hmac

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.newsroom.models import Article, Issue, IssueStory, Subscription, SubscriptionState
from gerai.newsroom.rules import key_in
from gerai.notices.queries import Counts, counts

MOST_STORIES = 20
FIRST_LOOKS_BACK = timedelta(days=30)
# A story may be committed a moment after an issue was made that looked a moment before.
OVERLAP = timedelta(days=1)
LINK_VALID = timedelta(days=7)
ISSUES_SHOWN = 50
STOP_LENGTH = 43


@dataclass(frozen=True)
class SentIssue:
    """An earlier issue, and what became of its messages."""

    issue: Issue
    stories: int
    counts: Counts


def stories_to_tell() -> list[Article]:
    """Return what was published since the last issue and told in none, newest first.

    At most twenty; before the first issue: of the last thirty days.
    """
    last = Issue.objects.order_by("-number").first()
    since = last.sent_at - OVERLAP if last else clock.now() - FIRST_LOOKS_BACK
    told = IssueStory.objects.filter(article__isnull=False).values("article")
    published = Article.objects.here().published().filter(shown_at__gt=since)
    return list(published.exclude(pk__in=told).newest_first()[:MOST_STORIES])


def keys_of(stories: Sequence[Article]) -> str:
    """Return the keys of stories in their order, to tell whether they are still the same."""
    return ",".join(str(story.pk) for story in stories)


def next_number() -> int:
    """Return the number of the issue that comes next."""
    last = Issue.objects.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def sent_issues() -> list[SentIssue]:
    """Return the earlier issues of the mall in scope with their counts, newest first."""
    issues = list(Issue.objects.annotate(told=Count("stories")).order_by("-number")[:ISSUES_SHOWN])
    found = counts(issue.batch for issue in issues)
    return [SentIssue(issue, issue.told, found[issue.batch]) for issue in issues]


def subscribers() -> int:
    """Return how many get the newsletter of the mall in scope."""
    return Subscription.objects.active().count()


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode()).hexdigest()


def asked_with(token: str) -> QuerySet[Subscription]:
    """Return what the link of a confirmation can still confirm: none or one."""
    found: QuerySet[Subscription] = Subscription.objects.filter(
        token_hash=hash_of(token),
        state=SubscriptionState.ASKED,
        asked_at__gt=clock.now() - LINK_VALID,
    )
    return found


def is_confirmed_with(token: str) -> bool:
    """Tell whether this link has confirmed a subscription that still runs."""
    return Subscription.objects.active().filter(token_hash=hash_of(token)).exists()


def stop_token(subscription: Subscription) -> str:
    """Return the token that ends a subscription, whenever it is used; nothing of it is kept."""
    return f"{subscription.pk}-{_signature(subscription.pk)}"


def subscription_to_stop(token: str) -> Subscription | None:
    """Return the subscription of the mall in scope that a token ends."""
    told, _hyphen, signature = token.partition("-")
    key = key_in(told)
    if key is None or not hmac.compare_digest(signature, _signature(key)):
        return None
    found: Subscription | None = Subscription.objects.filter(pk=key).first()
    return found


def _signature(key: int) -> str:
    value = f"{current_mall().pk}:{key}"
    return salted_hmac("newsroom.newsletter.stop", value, algorithm="sha256").hexdigest()[
        :STOP_LENGTH
    ]
