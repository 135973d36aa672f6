"""Accounts, roles, and the record of who came in."""

from datetime import timedelta
from hashlib import sha256

from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gerai import clock, later
from gerai.errors import Refused
from gerai.malls import actions as malls
from gerai.malls.models import Mall, Stage, Zone
from gerai.malls.scope import current_mall, in_mall
from gerai.people import audit
from gerai.people.models import Membership, User
from gerai.people.queries import groups_prefix
from gerai.people.roles import Role
from gerai.transactions import inside_transaction, one_transaction, refused_as

TRIES = 8
PASSWORD_LENGTH = 10
TRIES_WITHIN = timedelta(minutes=15)


class TooManyTries(Refused):
    """Somebody guesses passwords."""

    message = _("Terlalu banyak percobaan masuk. Tunggu 15 menit, lalu coba lagi.")
    status = 429


class NameTaken(Refused):
    """The user name belongs to somebody already."""

    message = _("Nama pengguna ini sudah dipakai. Pilih nama lain.")


class UnknownUser(Refused):
    """Nobody of the installation has this user name."""

    message = _("Tidak ada akun aktif dengan nama pengguna ini. Periksa ejaannya.")
    status = 404


class HereAlready(Refused):
    """The account has a role in this mall."""

    message = _("Akun ini sudah berperan di mal ini. Ubah perannya di halaman orangnya.")


class WeakPassword(Refused):
    """The password is too short or tells the user name."""

    message = _(
        "Kata sandi paling sedikit 10 huruf atau angka, dan tidak memuat nama penggunanya. "
        "Pilih kata sandi lain."
    )
    status = 400


class NotYours(Refused):
    """The account belongs to the platform, to other malls as well, or to oneself."""

    message = _(
        "Akun ini juga dipakai di luar mal ini, jadi hanya admin platform yang dapat mengubahnya. "
        "Anda tetap dapat mencabut perannya di mal ini."
    )
    status = 403


class OwnAccount(Refused):
    """Somebody would lock themselves out."""

    message = _("Ini akun Anda sendiri. Minta admin lain mengubahnya.")


class WrongPassword(Refused):
    """The present password does not match."""

    message = _("Kata sandi sekarang tidak cocok. Periksa, lalu coba lagi.")
    status = 400


class HereNow(Refused):
    """The mall whose pages are being used cannot be taken down from within."""

    message = _("Anda sedang membuka mal ini. Buka alamat mal lain dahulu, lalu nonaktifkan.")


class AddressTaken(Refused):
    """Another mall has this slug or host name."""

    message = _("Alamat ini sudah dipakai mal lain. Pilih alamat lain.")


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


@refused_as(NameTaken)
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
        _join_group(user, role)
    audit.record("people.add_user", thing=f"user:{user.pk}", by=by, role=role)
    return user


@refused_as(HereAlready)
@one_transaction
def give_role(username: str, role: Role, *, by: audit.Actor) -> User:
    """Give an account that exists a role in the mall in scope; only platform admins may.

    :raises NotYours: somebody else tries
    :raises UnknownUser: no active account has this very user name
    :raises HereAlready: it has a role in this mall
    """
    if not _is_platform_admin(by):
        raise NotYours
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise UnknownUser
    if Membership.objects.filter(user=user).exists():
        raise HereAlready
    Membership.objects.create(mall=current_mall(), user=user, role=role)
    _join_group(user, role)
    audit.record("people.give_role", thing=f"user:{user.pk}", by=by, role=role)
    return user


@one_transaction
def change_role(user: User, role: Role | None, *, by: audit.Actor) -> None:
    """Give a person of this mall another role, or with None take it away.

    :raises OwnAccount: an admin would take the own role away
    :raises NotYours: the account is a platform admin's
    """
    _check_touchable(user, by)
    if role is None:
        Membership.objects.filter(user=user).delete()
    else:
        Membership.objects.filter(user=user).update(role=role)
    _join_group(user, role)
    audit.record("people.set_role", thing=f"user:{user.pk}", by=by, role=role)


@one_transaction
def set_active(user: User, *, is_active: bool, by: audit.Actor) -> None:
    """Close a person's account, or open it again.

    :raises OwnAccount: an admin would close the own account
    :raises NotYours: the account is a platform admin's, or used in other malls as well
    """
    _check_touchable(user, by)
    _check_only_here(user, by)
    User.objects.filter(pk=user.pk).update(is_active=is_active)
    audit.record("people.set_active", thing=f"user:{user.pk}", by=by, is_active=is_active)


@one_transaction
def reset_password(user: User, password: str, *, by: audit.Actor) -> None:
    """Give a person a temporary password; it ends all their sessions.

    :raises OwnAccount: the own password is changed on the own page
    :raises NotYours: the account is a platform admin's, or used in other malls as well
    :raises WeakPassword: see `check_password`
    """
    _check_touchable(user, by)
    _check_only_here(user, by)
    check_password(password, username=user.username)
    _store_password(user, password)
    cache.delete(_tries_key(user.username))
    audit.record("people.reset_password", thing=f"user:{user.pk}", by=by)


@one_transaction
def change_own_password(user: User, *, present: str, password: str) -> None:
    """Let somebody choose a new password.

    :raises WrongPassword: the present one does not match
    :raises WeakPassword: see `check_password`
    """
    if not user.check_password(present):
        raise WrongPassword
    check_password(password, username=user.username)
    _store_password(user, password)
    audit.record("people.change_own_password", thing=f"user:{user.pk}", by=audit.Actor.person(user))


def check_password(password: str, *, username: str) -> None:
    """Accept a password somebody chose.

    :raises WeakPassword: shorter than ten characters, or holding the user name
    """
    if len(password) < PASSWORD_LENGTH or username.lower() in password.lower():
        raise WeakPassword


@refused_as(AddressTaken)
@one_transaction
def open_mall(
    *,
    slug: str,
    name: str,
    region_code: str,
    zone: Zone,
    host: str,
    address: str,
    by: audit.Actor,
    stage: Stage = Stage.OPERATING,
) -> Mall:
    """Open a mall of this installation; the deed stands in its own trail.

    stage: FOUNDING is a mall that is not yet open to visitors: a workspace to found it.

    :raises AddressTaken: another mall has the slug or the host name
    """
    _check_address(slug=slug, host=host)
    mall = malls.open_mall(
        slug=slug, name=name, region_code=region_code, zone=zone, address=address, stage=stage
    )
    malls.change_mall(
        mall, name=name, region_code=region_code, zone=zone, host=host, address=address
    )
    with in_mall(mall):
        audit.record("malls.open", thing=f"mall:{mall.pk}", by=by)
    later.run("website.open_site", mall=mall.pk)
    return mall


@refused_as(AddressTaken)
@one_transaction
def change_mall(
    mall: Mall,
    *,
    name: str,
    region_code: str,
    zone: Zone,
    host: str,
    address: str,
    by: audit.Actor,
) -> None:
    """Give a mall other particulars; its slug stays.

    :raises AddressTaken: another mall has the host name
    """
    _check_address(slug="", host=host, but=mall)
    malls.change_mall(
        mall, name=name, region_code=region_code, zone=zone, host=host, address=address
    )
    with in_mall(mall):
        audit.record("malls.change", thing=f"mall:{mall.pk}", by=by)


@one_transaction
def set_mall_active(mall: Mall, *, is_active: bool, by: audit.Actor) -> None:
    """Let a mall answer on its host name, or no longer.

    :raises HereNow: it is the mall whose pages are being used
    """
    if mall == current_mall() and not is_active:
        raise HereNow
    malls.set_mall_active(mall, is_active=is_active)
    with in_mall(mall):
        audit.record("malls.set_active", thing=f"mall:{mall.pk}", by=by, is_active=is_active)


@inside_transaction
def group_of(role: Role) -> Group:
    """Return the group of everybody with a role in the mall in scope; make it, with its people.

    Its permissions are given by the room that has something to permit.
    """
    group, is_new = Group.objects.get_or_create(name=f"{groups_prefix()}{role}")
    if is_new:
        people = Membership.objects.filter(role=role).values_list("user", flat=True)
        group.user_set.add(*people)
    return group


@inside_transaction
def _join_group(user: User, role: Role | None) -> None:
    """Let a user be in the group of this role of the mall in scope, and in none of the others."""
    user.groups.remove(*user.groups.filter(name__startswith=groups_prefix()))
    if role is not None:
        user.groups.add(group_of(role))


@inside_transaction
def _store_password(user: User, password: str) -> None:
    user.set_password(password)
    User.objects.filter(pk=user.pk).update(password=user.password)


def _check_touchable(user: User, by: audit.Actor) -> None:
    if by.user is not None and by.user.pk == user.pk:
        raise OwnAccount
    if user.is_platform_admin and not _is_platform_admin(by):
        raise NotYours


def _check_only_here(user: User, by: audit.Actor) -> None:
    # Of all malls: an account used elsewhere too is not this mall's alone to close.
    elsewhere = Membership.objects.everywhere().filter(user=user).exclude(mall=current_mall())
    if elsewhere.exists() and not _is_platform_admin(by):
        raise NotYours


def _is_platform_admin(by: audit.Actor) -> bool:
    return by.user is not None and by.user.is_platform_admin


def _check_address(*, slug: str, host: str, but: Mall | None = None) -> None:
    taken = Mall.objects.filter(Q(slug=slug) | Q(host=host) if host else Q(slug=slug))
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if taken.exists():
        raise AddressTaken


def _tries_key(username: str) -> str:
    # Hashed: a typed name may hold characters that no cache takes as a key.
    return f"sign-in:{sha256(username.lower().encode()).hexdigest()}"
