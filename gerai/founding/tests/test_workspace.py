"""A workspace is begun once for a region, with the template's lines as its own."""

from datetime import date

import pytest
import time_machine

from gerai.founding.actions import found
from gerai.founding.actions.workspace import (
    AlreadyFounded,
    BadSlug,
    BegunAlready,
    NotBegun,
    RegionHasMall,
    UnknownRegion,
    begin,
    describe,
)
from gerai.founding.models import Founding, LegalSetting, Risk, StaffRole, Step, StepNeed
from gerai.founding.queries import founded_regions, founding_of, schedule
from gerai.founding.queries.facts import mall_founded_for
from gerai.founding.stages import LEGAL_LINES, RISKS, STAFF_ROLES, STEPS
from gerai.founding.tests.factories import BEGAN, CHIEF, MONDAY, a_founding, a_founding_mall
from gerai.malls.models import Mall, Zone
from gerai.malls.scope import in_mall
from gerai.people.actions import AddressTaken, NameTaken, WeakPassword
from gerai.people.models import Deed, Membership, User
from gerai.people.tests.factories import a_user

pytestmark = pytest.mark.django_db

WORD = "sementara-sekali-1"


def begin_luwu_timur(**other):
    told = {
        "slug": "luwutimur",
        "name": "MPP Luwu Timur",
        "region_code": "73.24",
        "zone": Zone.WITA,
        "leader": "Contoh Bupati",
        "username": "ketua",
        "password": WORD,
        "visit_reference": "KJ-2026-0001",
    }
    return found(**{**told, **other}, by=CHIEF)


@time_machine.travel(MONDAY)
def test_a_region_gets_a_mall_of_its_own_with_an_admin_and_the_template(mall):
    made = begin_luwu_timur()

    assert (made.slug, made.stage, made.region_code) == ("luwutimur", "founding", "73.24")
    with in_mall(made):
        founding = Founding.objects.get()
        assert (founding.leader, founding.began_on, founding.visit_reference) == (
            "Contoh Bupati",
            BEGAN,
            "KJ-2026-0001",
        )
        member = Membership.objects.select_related("user").get()
        assert (member.user.username, member.role) == ("ketua", "mall_admin")
        assert member.user.check_password(WORD)
        assert [step.key for step in Step.objects.order_by("position")] == [s.key for s in STEPS]
        assert StepNeed.objects.count() == sum(len(step.needs) for step in STEPS)
        assert Risk.objects.count() == len(RISKS)
        assert StaffRole.objects.count() == len(STAFF_ROLES)
        assert LegalSetting.objects.count() == len(LEGAL_LINES)
        assert not LegalSetting.objects.filter(is_verified=True).exists()
        deeds = set(Deed.objects.values_list("verb", flat=True))
        assert deeds == {"malls.open", "founding.begin", "people.add_user"}
    assert founding_of() is None


@time_machine.travel(MONDAY)
def test_every_step_begins_with_the_due_day_of_the_schedule(mall):
    founding = a_founding()
    plan = schedule(founding)

    assert [row.step.due_on for row in plan.rows] == [row.ends for row in plan.rows]
    assert plan.rows[0].starts == BEGAN
    assert plan.late == []
    assert [row.step.key for row in plan.next] == ["commit"]
    assert plan.critical[0].step.key == "commit"
    assert plan.critical[-1].step.key == "open"
    assert plan.opens_on == plan.critical[-1].ends


def test_the_second_workspace_of_a_region_is_refused_and_told_where_the_first_is(mall):
    begin_luwu_timur()

    with pytest.raises(AlreadyFounded) as refused:
        begin_luwu_timur(slug="lutim", username="lain")

    assert (refused.value.facts["slug"], refused.value.status) == ("luwutimur", 409)
    assert "MPP Luwu Timur" in str(refused.value)
    assert Mall.objects.filter(region_code="73.24").count() == 1


def test_a_region_with_an_open_mall_founds_no_second_one(mall):
    with pytest.raises(RegionHasMall):
        begin_luwu_timur(region_code="73.11")

    assert [each.slug for each in Mall.objects.all()] == ["barru"]


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"region_code": "73"}, UnknownRegion),
        ({"region_code": "99.99"}, UnknownRegion),
        ({"region_code": ""}, UnknownRegion),
        ({"slug": "Luwu Timur"}, BadSlug),
        ({"slug": "-luwu"}, BadSlug),
        ({"password": "pendek"}, WeakPassword),
        ({"password": "ketua-ketua-ketua"}, WeakPassword),
        ({"slug": "barru"}, AddressTaken),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_made(mall, typed, refusal):
    with pytest.raises(refusal):
        begin_luwu_timur(**typed)

    assert [each.slug for each in Mall.objects.all()] == ["barru"]
    assert Founding.objects.everywhere().count() == 0
    assert User.objects.count() == 0


def test_a_taken_user_name_is_refused_before_anything_is_made(mall):
    a_user("officer", username="ketua")

    with pytest.raises(NameTaken):
        begin_luwu_timur()

    assert Mall.objects.count() == 1


def test_whoever_comes_second_at_the_same_moment_has_no_mall_left_standing(mall, monkeypatch):
    """Both saw the region free; the database lets one begin."""
    begin_luwu_timur()
    monkeypatch.setattr("gerai.founding.actions.workspace.check_region", lambda _code: None)

    with pytest.raises(AlreadyFounded) as refused:
        begin_luwu_timur(slug="lutim", username="lain")

    assert refused.value.facts["slug"] == "luwutimur"
    assert list(Mall.objects.filter(is_active=True).values_list("slug", flat=True)) == [
        "barru",
        "luwutimur",
    ]
    assert not User.objects.filter(username="lain").exists()


@pytest.mark.parametrize("failure", [NameTaken, RuntimeError])
def test_a_founding_that_fails_half_way_holds_the_region_no_longer(mall, monkeypatch, failure):
    """The user name was taken after it was looked up, or the machine failed."""
    with monkeypatch.context() as broken:

        def fail(**_told):
            raise failure

        broken.setattr("gerai.people.actions.add_user", fail)
        with pytest.raises(failure):
            begin_luwu_timur()
    assert list(Mall.objects.filter(is_active=True)) == [mall]

    assert begin_luwu_timur(slug="lutim").is_founding


def test_a_workspace_whose_mall_was_closed_holds_the_region_no_longer(mall):
    first = begin_luwu_timur()
    Mall.objects.filter(pk=first.pk).update(is_active=False)

    again = begin_luwu_timur(slug="lutim", username="lain")

    assert mall_founded_for("73.24") == again


def test_a_mall_begins_its_workspace_once(mall):
    a_founding()

    with pytest.raises(BegunAlready):
        begin(leader="", began_on=BEGAN, by=CHIEF)

    assert Step.objects.count() == len(STEPS)


def test_particulars_are_changed_and_recorded(mall):
    a_founding()

    describe(
        leader="Bupati Baru",
        began_on=BEGAN,
        target_on=date(2027, 8, 17),
        days_kind="working",
        model_name="MPP Barru",
        by=CHIEF,
    )

    founding = founding_of()
    assert (founding.leader, founding.target_on, founding.days_kind, founding.model_name) == (
        "Bupati Baru",
        date(2027, 8, 17),
        "working",
        "MPP Barru",
    )
    assert Deed.objects.filter(verb="founding.describe").count() == 1


def test_particulars_without_a_workspace_are_refused(mall):
    with pytest.raises(NotBegun):
        describe(
            leader="",
            began_on=BEGAN,
            target_on=None,
            days_kind="calendar",
            model_name="",
            by=CHIEF,
        )


def test_working_days_make_a_founding_longer_and_no_step_ends_on_a_free_day(mall):
    calendar = schedule(a_founding()).opens_on
    describe(
        leader="x",
        began_on=BEGAN,
        target_on=None,
        days_kind="working",
        model_name="",
        by=CHIEF,
    )
    plan = schedule(founding_of())

    assert plan.opens_on > calendar
    assert {row.ends.weekday() for row in plan.rows} <= {0, 1, 2, 3, 4}
    # New Year's Day is a national holiday.
    assert date(2027, 1, 1) not in {row.ends for row in plan.rows}


def test_founded_regions_name_every_active_founding_of_the_installation(mall):
    other = a_founding_mall()
    with in_mall(other):
        a_founding()
    gone = a_founding_mall("hilang", region_code="73.22", is_active=False)
    with in_mall(gone):
        a_founding()

    assert founded_regions() == {"73.24": (other.name, BEGAN, None)}
