"""Who did what, recorded in the same transaction as the deed."""

from dataclasses import dataclass

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.people.models import Deed, User
from gerai.transactions import inside_transaction


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person, a paired device, a visitor, or the system itself."""

    name: str
    user: User | None = None

    @classmethod
    def person(cls, user: User) -> "Actor":
        """Return a signed-in user as actor."""
        return cls(name=user.name, user=user)

    @classmethod
    def device(cls, name: str) -> "Actor":
        """Return a paired kiosk or screen as actor."""
        return cls(name=f"perangkat: {name}"[:120])


VISITOR = Actor(name="pengunjung")
SYSTEM = Actor(name="sistem")


def actor_of(user: object) -> Actor:
    """Return the signed-in person of a page behind a guarded door as actor."""
    if not isinstance(user, User):
        raise TypeError(user)
    return Actor.person(user)


@inside_transaction
def record(verb: str, *, thing: str, by: Actor, **detail: object) -> None:
    """Write one line of the trail, in the mall in scope.

    verb: "room.verb"; thing: "model:key"; detail: JSON values, never personal data.
    """
    Deed.objects.create(
        mall=current_mall(),
        verb=verb,
        thing=thing,
        at=clock.now(),
        by=by.user,
        by_name=by.name,
        detail=detail,
    )
