"""What somebody may do here, who is here, and what was done."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall
from gerai.people.models import Deed, Membership, User
from gerai.people.roles import Role, verbs_of

ROLE_NAMES = {
    Role.OFFICER: _("Petugas loket"),
    Role.GREETER: _("Penyambut"),
    Role.SUPERVISOR: _("Pengawas"),
    Role.WRITER: _("Penulis"),
    Role.EDITOR: _("Redaktur"),
    Role.HOST: _("Penerima tamu"),
    Role.FOUNDER: _("Tim pendiri"),
    Role.LEADER: _("Pimpinan daerah"),
    Role.MALL_ADMIN: _("Admin mal"),
}


@dataclass(frozen=True)
class Person:
    """A user with the role in the mall in scope."""

    user: User
    role: Role

    @property
    def role_name(self) -> str:
        """Return the role in words."""
        return str(ROLE_NAMES[self.role])


def groups_prefix() -> str:
    """Return what the names of the groups of the mall in scope begin with."""
    return f"{current_mall().pk}:"


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


def people(words: str = "") -> QuerySet[Membership]:
    """Return the memberships of the mall in scope with their users, active ones first."""
    found: QuerySet[Membership] = Membership.objects.select_related("user")
    if words:
        found = found.filter(Q(user__name__icontains=words) | Q(user__username__icontains=words))
    return found.order_by("-user__is_active", "user__name", "pk")


def person(user_key: int) -> Person | None:
    """Return a person of the mall in scope by the key of their account, if they are."""
    membership = Membership.objects.filter(user=user_key).select_related("user").first()
    if membership is None:
        return None
    return Person(user=membership.user, role=Role(membership.role))


def deeds(*, on: date | None = None, verb: str = "") -> QuerySet[Deed]:
    """Return the trail of the mall in scope, newest first, of a day of the mall, of a verb."""
    found: QuerySet[Deed] = Deed.objects.all()
    if on is not None:
        begins = clock.at(on, 0, 0, current_mall().zone)
        found = found.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    if verb:
        found = found.filter(verb=verb)
    return found.order_by("-at", "-pk")


def verbs_done() -> list[str]:
    """Return the verbs that occur in the trail of the mall in scope."""
    return sorted(set(Deed.objects.values_list("verb", flat=True).distinct()))
