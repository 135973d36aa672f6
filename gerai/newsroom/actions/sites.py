"""The rules of a mall's newsroom, and the number that tells kept pages apart."""

from django.db.models import F

from gerai.malls.scope import current_mall
from gerai.newsroom.models import CommentRule, MallSite
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction


@inside_transaction
def bump_version() -> None:
    """Let readers see a change at once: no page kept before is found again."""
    MallSite.objects.update(version=F("version") + 1)


@one_transaction
def set_rules(
    *,
    needs_second_person: bool,
    comment_rule: CommentRule,
    comments_close_after_days: int,
    comment_edit_minutes: int,
    by: audit.Actor,
) -> None:
    """Say how the newsroom of the mall in scope works.

    comments_close_after_days: 0 for never; comment_edit_minutes: 0 for not at all.
    """
    rules = {
        "needs_second_person": needs_second_person,
        "comment_rule": comment_rule,
        "comments_close_after_days": comments_close_after_days,
        "comment_edit_minutes": comment_edit_minutes,
    }
    MallSite.objects.update(**rules, version=F("version") + 1)
    audit.record("newsroom.set_rules", thing=f"mall:{current_mall().pk}", by=by, **rules)
