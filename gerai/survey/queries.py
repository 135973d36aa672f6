"""Whether a link may still be used to rate, and for which service."""

from gerai.survey.models import Invitation


def invitation_with(token: str) -> Invitation | None:
    """Return the invitation of a link, used or not."""
    return Invitation.objects.filter(token=token).select_related("service__agency").first()


def may_rate(token: str) -> bool:
    """Tell whether a link was not used yet."""
    return Invitation.objects.filter(token=token, is_used=False).exists()
