"""Accounts, roles, and the record of who came in."""

from datetime import timedelta

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.people.models import Membership, User
from gerai.people.roles import Role
from gerai.transactions import one_transaction

TRIES = 8
TRIES_WITHIN = timedelta(minutes=15)


class TooManyTries(Refused):
    """Somebody guesses passwords."""

    message = _("Terlalu banyak percobaan masuk. Tunggu 15 menit, lalu coba lagi.")
    status = 429


class NameTaken(Refused):
    """The user name belongs to somebody already."""

    message = _("Nama pengguna ini sudah dipakai. Pilih nama lain.")


def check_may_try(username: str) -> None:
    """Let somebody try a password.

    :raises TooManyTries: eight failures for this name within fifteen minutes
    """
    if cache.get(_tries_key(username), 0) >= TRIES:
        raise TooManyTries


@one_transaction
def note_sign_in(user: User) -> None:
    """Record that somebody signed in to the mall in scope."""
    cache.delete(_tries_key(user.username))
    audit.record("people.sign_in", thing=f"user:{user.pk}", by=audit.Actor.person(user))


@one_transaction
def note_failed_sign_in(username: str) -> None:
    """Record a wrong password, and count it."""
    key = _tries_key(username)
    cache.add(key, 0, timeout=int(TRIES_WITHIN.total_seconds()))
    cache.incr(key)
    audit.record("people.sign_in_failed", thing="user:?", by=audit.VISITOR)


@one_transaction
def add_user(
    *,
    username: str,
    name: str,
    password: str,
    by: audit.Actor,
    role: Role | None = None,
    is_platform_admin: bool = False,
) -> User:
    """Make an account, with a role in the mall in scope.

    :raises NameTaken: the user name exists
    """
    if User.objects.filter(username=username).exists():
        raise NameTaken
    user = User(
        username=username,
        name=name,
        is_platform_admin=is_platform_admin,
        created_at=clock.now(),
    )
    user.set_password(password)
    user.save(force_insert=True)
    if role is not None:
        Membership.objects.create(mall=current_mall(), user=user, role=role)
    audit.record("people.add_user", thing=f"user:{user.pk}", by=by, role=role)
    return user


@one_transaction
def set_role(user: User, role: Role | None, *, mall: Mall, by: audit.Actor) -> None:
    """Give a user a role in the mall in scope, another one, or none."""
    Membership.objects.filter(user=user).delete()
    if role is not None:
        Membership.objects.create(mall=mall, user=user, role=role)
    audit.record("people.set_role", thing=f"user:{user.pk}", by=by, role=role)


def _tries_key(username: str) -> str:
    return f"sign-in:{username.lower()[:60]}"
