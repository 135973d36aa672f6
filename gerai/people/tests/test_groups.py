"""Groups of the page editor follow the roles, mall by mall."""

import pytest
from django.contrib.auth.models import Group

from gerai.malls.scope import in_mall
from gerai.people import actions, audit
from gerai.people.actions import group_of
from gerai.people.models import User
from gerai.people.roles import Role
from gerai.people.tests import factories
from gerai.transactions import OutsideTransaction, one_transaction


def groups(user):
    return sorted(user.groups.values_list("name", flat=True))


def added(username, role):
    return actions.add_user(
        username=username, name=username, password="kata-sandi-1", role=role, by=audit.SYSTEM
    )


@pytest.fixture
def platform(db):
    return audit.Actor.person(factories.a_user(None, is_platform_admin=True))


@pytest.mark.parametrize("role", list(Role))
def test_somebody_new_is_in_the_group_of_their_role(mall, role):
    assert groups(added("siti", role)) == [f"{mall.pk}:{role}"]


def test_somebody_without_a_role_is_in_no_group(mall):
    assert groups(added("siti", None)) == []


def test_another_role_is_another_group(mall):
    user = added("siti", Role.WRITER)
    actions.change_role(user, Role.EDITOR, by=audit.SYSTEM)
    assert groups(user) == [f"{mall.pk}:editor"]
    actions.change_role(user, Role.EDITOR, by=audit.SYSTEM)
    assert groups(user) == [f"{mall.pk}:editor"]


def test_without_a_role_the_group_is_left(mall):
    user = added("siti", Role.EDITOR)
    actions.change_role(user, None, by=audit.SYSTEM)
    assert groups(user) == []


def test_a_role_in_a_second_mall_leaves_the_first_alone(mall, platform):
    user = added("siti", Role.WRITER)
    there = factories.a_mall("parepare")
    with in_mall(there):
        actions.give_role("siti", Role.EDITOR, by=platform)
        assert groups(user) == sorted([f"{mall.pk}:writer", f"{there.pk}:editor"])
        actions.change_role(user, Role.OFFICER, by=platform)
        assert groups(user) == sorted([f"{mall.pk}:writer", f"{there.pk}:officer"])
        actions.change_role(user, None, by=platform)
    assert groups(user) == [f"{mall.pk}:writer"]


def test_malls_whose_keys_begin_alike_are_kept_apart(mall, platform):
    """Mall 1 must not take the groups of mall 10."""
    user = added("siti", Role.WRITER)
    longer = factories.a_mall("panjang", pk=int(f"{mall.pk}0"))
    with in_mall(longer):
        actions.give_role("siti", Role.EDITOR, by=platform)
    actions.change_role(user, None, by=platform)
    assert groups(user) == [f"{longer.pk}:editor"]


def test_a_group_that_is_made_takes_in_who_had_the_role_before(mall):
    first, second = (factories.a_user(Role.EDITOR) for _ in range(2))
    factories.a_user(Role.WRITER)
    with in_mall(factories.a_mall("parepare")):
        factories.a_user(Role.EDITOR)
    assert groups(first) == []
    made = one_transaction(group_of)(Role.EDITOR)
    assert set(made.user_set.all()) == {first, second}
    assert made.name == f"{mall.pk}:editor"


def test_a_group_is_made_once_and_then_left_as_it_is(mall):
    made = one_transaction(group_of)(Role.EDITOR)
    later = factories.a_user(Role.EDITOR)  # a row, not the action
    assert one_transaction(group_of)(Role.EDITOR) == made
    made_here = Group.objects.filter(name__startswith=f"{mall.pk}:")
    assert (made_here.count(), later in made.user_set.all()) == (1, False)


def test_other_groups_of_a_user_stay(mall):
    user = added("siti", Role.WRITER)
    user.groups.add(Group.objects.create(name="lain"))
    actions.change_role(user, None, by=audit.SYSTEM)
    assert groups(user) == ["lain"]


def test_a_refused_change_changes_no_group(mall):
    admin = added("kepala", Role.MALL_ADMIN)
    with pytest.raises(actions.OwnAccount):
        actions.change_role(admin, Role.WRITER, by=audit.Actor.person(admin))
    with pytest.raises(actions.NotYours):
        actions.give_role("kepala", Role.WRITER, by=audit.Actor.person(admin))
    assert groups(User.objects.get(pk=admin.pk)) == [f"{mall.pk}:mall_admin"]


@pytest.mark.django_db(transaction=True)
def test_groups_are_made_inside_a_transaction_only():
    with in_mall(factories.a_mall()), pytest.raises(OutsideTransaction):
        group_of(Role.EDITOR)
