"""What waits in the newsroom: reviews, scheduled stories, drafts."""

from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Revision, TaskState, WorkflowState

from gerai.newsroom.models import Article
from gerai.people.models import User

SHOWN = 12


@dataclass(frozen=True)
class Review:
    """A story that waits for a second person."""

    article: Article
    asked_by: str
    asked_at: datetime
    is_own: bool


@dataclass(frozen=True)
class Scheduled:
    """A story with a time to be published at."""

    article: Article
    at: datetime


@dataclass(frozen=True)
class Waiting:
    """All that waits in the newsroom of the mall in scope."""

    reviews: list[Review]
    scheduled: list[Scheduled]
    drafts: list[Article]
    latest: list[Article]


def waiting(user: User, *, sees_all: bool = True) -> Waiting:
    """Return what waits, oldest first, as one person sees it.

    sees_all: also what others wrote; who only writes could not open it.
    """
    unfinished = Article.objects.here().filter(has_unpublished_changes=True)
    if not sees_all:
        unfinished = unfinished.filter(owner=user)
    keys = [str(key) for key in unfinished.values_list("pk", flat=True)]
    return Waiting(
        reviews=_reviews(user, keys),
        scheduled=_scheduled(keys),
        drafts=list(unfinished.order_by("-latest_revision_created_at")[:SHOWN]),
        latest=list(Article.objects.here().published().newest_first()[:5]),
    )


def _reviews(user: User, keys: list[str]) -> list[Review]:
    # The page tree names its pages as texts there; only what is not finished is asked for.
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__object_id__in=keys,
    ).select_related("workflow_state__requested_by")
    stories = Article.objects.here().in_bulk(
        [int(state.workflow_state.object_id) for state in states]
    )
    found = []
    for state in states.order_by("started_at")[:SHOWN]:
        article = stories.get(int(state.workflow_state.object_id))
        if article is not None:
            asked = state.workflow_state.requested_by
            found.append(
                Review(
                    article=article,
                    asked_by=asked.name if asked else "",
                    asked_at=state.started_at,
                    is_own=asked is not None and asked.pk == user.pk,
                )
            )
    return found


def _scheduled(keys: list[str]) -> list[Scheduled]:
    revisions = Revision.objects.filter(
        approved_go_live_at__isnull=False, object_id__in=keys
    ).order_by("approved_go_live_at")[:SHOWN]
    stories = Article.objects.here().in_bulk([int(each.object_id) for each in revisions])
    return [
        Scheduled(stories[int(each.object_id)], each.approved_go_live_at)
        for each in revisions
        if int(each.object_id) in stories
    ]
