"""Users, their role in a mall, and the trail of what was done."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import MallManager, MallRow
from gerai.people.roles import Role


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """Somebody who signs in. What they may do is said by their memberships.

    The groups say the same to the editing pages of the website, which ask Django's own
    permissions; they are written together with a membership, and nowhere else.
    """

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_platform_admin = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = BaseUserManager["User"]()

    class Meta:
        verbose_name = _("pengguna")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name, for pages that are not ours."""
        return self.name

    @property
    def first_name(self) -> str:
        """Return the name, for pages that are not ours."""
        return self.name

    @property
    def email(self) -> str:
        """Return nothing: the mall knows no addresses of its people, so nobody is mailed."""
        return ""


class Membership(MallRow):
    """A user's one role in one mall."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "user"], name="membership_one_role_per_mall"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]),
                name="membership_role_is_known",
            ),
        ]


ABOUT_A_TICKET = "ticket:"


class Deed(MallRow):
    """One line of the audit trail: who did what to which thing, when. Append only."""

    verb = models.CharField(max_length=60)
    thing = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)

    objects = MallManager()

    class Meta:
        indexes = [
            models.Index(fields=["mall", "at"], name="deed_by_time"),
            models.Index(fields=["mall", "thing"], name="deed_by_thing"),
            # Deeds about one ticket are nearly all there are; the others change what holds
            # in the mall, and the fast door asks at each batch whether there are new ones.
            models.Index(
                fields=["mall", "at"],
                name="deed_of_the_office",
                condition=~models.Q(thing__startswith=ABOUT_A_TICKET),
            ),
        ]
