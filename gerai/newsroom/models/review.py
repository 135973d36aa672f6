"""The review of a story by a second person."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask

from gerai.newsroom.models.sites import MallSite


class SecondPersonTask(GroupApprovalTask):
    """Somebody of the editors approves, but never the one who wrote or asked."""

    class Meta:
        verbose_name = _("tinjauan orang kedua")

    def get_actions(self, page: Any, user: Any) -> list[Any]:
        """Offer nothing to the one whose own story it is."""
        if is_own_story(page, user):
            return []
        actions: list[Any] = super().get_actions(page, user)
        return actions


def is_own_story(page: Any, user: Any) -> bool:
    """Tell whether the mall wants a second person and this user is the first."""
    site = MallSite.objects.first()
    if site is None or not site.needs_second_person:
        return False
    state = page.current_workflow_state
    asked = state.requested_by_id if state is not None else None
    return user.pk in {page.owner_id, asked}
