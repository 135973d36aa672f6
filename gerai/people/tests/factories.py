"""Malls and users for tests: one plain function a thing, what is not named is filled in."""

from itertools import count
from typing import Any

from gerai import clock
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall
from gerai.people.models import Membership, User
from gerai.people.roles import Role

PASSWORD = "rahasia-uji-1"

_next = count(1)


def a_mall(slug: str = "barru", **fields: Any) -> Mall:
    """Make a mall (WITA, region of Barru); it is not put in scope."""
    return Mall.objects.create(
        slug=slug,
        **{
            "name": f"MPP {slug.title()}",
            "region_code": "73.11",
            "zone": "Asia/Makassar",
            **fields,
        },
    )


def a_user(role: Role | str | None = Role.OFFICER, **fields: Any) -> User:
    """Make a user with a role in the mall in scope (None: no role); password PASSWORD."""
    number = next(_next)
    user = User(
        **{
            "username": f"orang{number}",
            "name": f"Orang {number}",
            "created_at": clock.now(),
            **fields,
        }
    )
    user.set_password(PASSWORD)
    user.save(force_insert=True)
    if role is not None:
        Membership.objects.create(mall=current_mall(), user=user, role=Role(role))
    return user
