"""The management's table of contents names what the mall has."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory.tests.factories import a_user
from gerai.founding.models import Founding
from gerai.founding.tests.factories import MONDAY
from gerai.malls.models import Mall, Stage
from gerai.people.roles import Role


def names_founding(client: Client) -> bool:
    client.force_login(a_user(Role.MALL_ADMIN))
    page = client.get(reverse("blueprint:home")).content.decode()
    return f'href="{reverse("founding:home")}"' in page


@pytest.mark.parametrize(
    ("stage", "has_rows", "is_named"),
    [
        (Stage.OPERATING, False, False),
        (Stage.OPERATING, True, True),
        (Stage.FOUNDING, False, True),
    ],
)
def test_the_founding_is_named_where_the_mall_has_one(
    client: Client, mall: Mall, stage: Stage, has_rows: bool, is_named: bool
) -> None:
    Mall.objects.update(stage=stage)
    if has_rows:
        Founding.objects.create(mall=mall, began_on=MONDAY.date())

    assert names_founding(client) is is_named
