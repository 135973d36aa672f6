"""What somebody may do here."""

from gerai.malls.models import Mall
from gerai.people.models import Membership, User
from gerai.people.roles import Role, verbs_of


def role_in(user: User, mall: Mall) -> Role | None:
    """Return a user's role in a mall, if any."""
    role = (
        Membership.objects.everywhere()
        .filter(user=user, mall=mall)
        .values_list("role", flat=True)
        .first()
    )
    return Role(role) if role else None


def verbs_in(user: User, mall: Mall) -> frozenset[str]:
    """Return the verbs that a user may do in a mall."""
    return verbs_of(role_in(user, mall), is_platform_admin=user.is_platform_admin)
