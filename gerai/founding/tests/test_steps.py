"""Steps move in order, wait for each other without circles, and stages close when whole."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine

from gerai.directory.actions import agreements, facilities
from gerai.directory.models import AgreementState, FacilityState, GuideKind
from gerai.directory.tests.factories import a_standard
from gerai.founding.actions import books
from gerai.founding.actions import steps as actions
from gerai.founding.models import Risk, StaffRole, StageClosing, Step, StepNeed
from gerai.founding.queries import facts, joining, lacks_before_opening, readiness, schedule
from gerai.founding.stages import Stage, steps_of
from gerai.founding.states import State, Verb
from gerai.founding.tests.factories import (
    BEGAN,
    CHIEF,
    MONDAY,
    a_founding,
    a_founding_mall,
    a_picture_file,
    ready_to_open,
    the_step,
)
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.papers.models import Attachment
from gerai.people.models import Deed

pytestmark = pytest.mark.django_db

TEXT = actions.StepText(
    name="Langkah sendiri",
    why="",
    who="",
    responsible="Dinas Contoh",
    usual_days=5,
    due_on=None,
    evidence_wanted="",
    source="",
    mark="O",
    note="",
)


@pytest.fixture
def founding(mall):
    Mall.objects.filter(pk=mall.pk).update(stage="founding")
    mall.refresh_from_db()
    with time_machine.travel(MONDAY):
        yield a_founding()


def finish(*keys):
    for key in keys:
        actions.move_step(the_step(key), Verb.FINISH, by=CHIEF)


def test_a_step_is_begun_finished_and_opened_again(founding):
    step = the_step("commit")
    actions.move_step(step, Verb.BEGIN, by=CHIEF)
    assert (the_step("commit").state, the_step("commit").started_on) == (State.DOING, BEGAN)
    actions.move_step(step, Verb.FINISH, by=CHIEF)
    assert (the_step("commit").state, the_step("commit").done_on) == (State.DONE, BEGAN)
    actions.move_step(step, Verb.REOPEN, by=CHIEF)
    again = the_step("commit")
    assert (again.state, again.started_on, again.done_on) == (State.TODO, None, None)
    assert Deed.objects.filter(verb="founding.move_step").count() == 3


def test_of_two_who_finish_a_step_one_is_told_that_it_moved(founding):
    step = the_step("commit")
    actions.move_step(step, Verb.FINISH, by=CHIEF)

    with pytest.raises(actions.StepMoved):
        actions.move_step(step, Verb.FINISH, by=CHIEF)


def test_a_step_is_not_finished_before_what_it_needs(founding):
    with pytest.raises(actions.NeedsFirst) as refused:
        finish("team")

    assert str(refused.value) == "Selesaikan dahulu: Kepala daerah menyatakan komitmen."
    assert the_step("team").state == State.TODO
    actions.move_step(the_step("commit"), Verb.DROP, by=CHIEF)
    finish("team")
    assert the_step("team").state == State.DONE


def test_a_step_of_the_workspace_s_own_is_added_at_the_end_and_waits(founding):
    step = actions.add_step(Stage.TRIAL, TEXT, needs=[the_step("review")], by=CHIEF)

    stored = Step.objects.filter(stage=Stage.TRIAL).order_by("position")
    assert [each.name for each in stored][-1] == "Langkah sendiri"
    assert list(step.needs.values_list("key", flat=True)) == ["review"]
    row = schedule(founding).row(step)
    review = schedule(founding).row(the_step("review"))
    assert row.starts == review.ends + timedelta(days=1)


def test_steps_that_would_wait_for_each_other_are_refused_and_nothing_is_stored(founding):
    before = set(StepNeed.objects.values_list("step", "needs"))
    commit = the_step("commit")

    with pytest.raises(actions.InACircle) as refused:
        actions.change_step(
            commit, replace(TEXT, name=commit.name), needs=[the_step("team")], by=CHIEF
        )

    assert "Kepala daerah menyatakan komitmen → Bentuk tim persiapan" in str(refused.value)
    assert set(StepNeed.objects.values_list("step", "needs")) == before


def test_a_step_waits_for_none_that_was_deleted_meanwhile(founding):
    gone, commit = the_step("mou"), the_step("commit")
    actions.remove_step(the_step("mou"), by=CHIEF)
    before = set(StepNeed.objects.values_list("step", "needs"))

    with pytest.raises(actions.NeedGone):
        actions.change_step(commit, TEXT, needs=[gone], by=CHIEF)
    with pytest.raises(actions.NeedGone):
        actions.add_step(Stage.TRIAL, TEXT, needs=[gone], by=CHIEF)

    assert set(StepNeed.objects.values_list("step", "needs")) == before
    assert not Step.objects.filter(name=TEXT.name).exists()


def test_a_step_that_was_deleted_meanwhile_gets_no_evidence(founding):
    gone = the_step("mou")
    actions.remove_step(the_step("mou"), by=CHIEF)

    with pytest.raises(actions.StepMoved):
        actions.add_evidence(gone, a_picture_file(), caption="", by=CHIEF)

    assert Attachment.objects.count() == 0


def test_a_step_begun_by_somebody_else_keeps_its_beginning(founding):
    as_read = the_step("commit")
    actions.move_step(the_step("commit"), Verb.BEGIN, by=CHIEF)

    with time_machine.travel(MONDAY + timedelta(days=3)):
        actions.move_step(as_read, Verb.FINISH, by=CHIEF)

    done = the_step("commit")
    assert (done.started_on, done.done_on) == (BEGAN, BEGAN + timedelta(days=3))


def test_a_step_never_waits_for_itself(founding):
    commit = the_step("commit")

    actions.change_step(commit, replace(TEXT, name="Sama"), needs=[commit], by=CHIEF)

    assert not StepNeed.objects.filter(step=commit).exists()


def test_neighbours_change_places_and_stay_at_the_edge(founding):
    keys = [step.key for step in steps_of(Stage.COMMITMENT)]

    def order():
        rows = Step.objects.filter(stage=Stage.COMMITMENT).order_by("position")
        return [row.key for row in rows]

    actions.shift_step(the_step("commit"), is_up=True, by=CHIEF)
    assert order() == keys
    actions.shift_step(the_step("commit"), is_up=False, by=CHIEF)
    assert order() == [keys[1], keys[0], *keys[2:]]


def test_an_open_step_past_its_due_day_is_late_and_a_done_one_is_not(founding):
    with time_machine.travel(MONDAY + timedelta(days=30)):
        late = [row.step.key for row in schedule(founding).late]
        assert late[0] == "commit"
        finish("commit")
        assert "commit" not in [row.step.key for row in schedule(founding).late]


def test_what_slips_moves_the_opening_and_new_due_days_follow_the_schedule(founding):
    before = schedule(founding).opens_on
    with time_machine.travel(MONDAY + timedelta(days=20)):
        plan = schedule(founding)
        assert plan.opens_on == before + timedelta(days=20)
        changed = actions.propose_due_days(by=CHIEF)
        assert changed == Step.objects.count()
        assert schedule(founding).late == []
        assert actions.propose_due_days(by=CHIEF) == 0


def test_the_true_days_of_a_done_step_are_kept(founding):
    finish("commit")

    actions.date_step(
        the_step("commit"), started_on=date(2026, 11, 1), done_on=date(2026, 11, 10), by=CHIEF
    )

    row = schedule(founding).row(the_step("commit"))
    assert (row.starts, row.ends, row.is_critical) == (
        date(2026, 11, 1),
        date(2026, 11, 10),
        False,
    )
    with pytest.raises(actions.StepMoved):
        actions.date_step(the_step("team"), started_on=BEGAN, done_on=BEGAN, by=CHIEF)


def test_a_stage_closes_only_whole_and_opens_again_with_its_step(founding):
    with pytest.raises(actions.StageLacks) as refused:
        actions.close_stage(Stage.COMMITMENT, by=CHIEF)
    assert "7 langkah belum selesai." in str(refused.value)

    finish("commit", "team", "model", "workshop", "study", "request", "mou")
    actions.close_stage(Stage.COMMITMENT, by=CHIEF)
    assert [stage.is_closed for stage in readiness()] == [True, *[False] * 7]
    with pytest.raises(actions.ClosedAlready):
        actions.close_stage(Stage.COMMITMENT, by=CHIEF)

    actions.move_step(the_step("mou"), Verb.REOPEN, by=CHIEF)
    assert StageClosing.objects.count() == 0


def test_a_further_step_opens_its_stage_again(founding):
    finish("commit", "team", "model", "workshop", "study", "request", "mou")
    actions.close_stage(Stage.COMMITMENT, by=CHIEF)

    actions.add_step(Stage.COMMITMENT, TEXT, by=CHIEF)

    assert [stage.is_closed for stage in readiness()] == [False] * 8


def test_readiness_follows_what_the_mall_has(founding):
    service = ready_to_open()
    for step in Step.objects.all():
        Step.objects.filter(pk=step.pk).update(state=State.DROPPED)
    lacks = {stage.stage: [lack.key for lack in stage.missing] for stage in readiness()}
    assert lacks == {
        "commitment": [],
        "agencies": ["agreement"],
        "mechanism": ["standards", "flow", "house_rules", "complaints"],
        "facilities": ["checklist"],
        "staff": ["filled", "trained"],
        "trial": ["trial_day"],
        "inauguration": ["open"],
        "after": ["open"],
    }

    a_standard(service)
    for kind in (GuideKind.FLOW, GuideKind.HOUSE_RULES, GuideKind.COMPLAINTS):
        facilities.set_guide(code=kind, kind=kind, title="Contoh", text="Contoh", by=CHIEF)
    facilities.set_facility(code="laktasi", name="Ruang laktasi", is_required=True, by=CHIEF)
    agreements.plan_agreement(
        service.agency,
        state=AgreementState.SIGNED,
        signed_on=BEGAN,
        starts_on=BEGAN,
        ends_on=BEGAN + timedelta(days=400),
        by=CHIEF,
    )
    for role in StaffRole.objects.all():
        books.rewrite("staff_role", role.pk, filled=role.needed, trained=role.needed, by=CHIEF)
    books.write("trial_day", on=BEGAN, visitors=12, by=CHIEF)
    lacks = {stage.stage: [lack.key for lack in stage.missing] for stage in readiness()}
    assert [lack for found in lacks.values() for lack in found] == ["facilities", "open", "open"]

    facilities.set_facility(
        code="laktasi",
        name="Ruang laktasi",
        is_required=True,
        state=FacilityState.READY,
        by=CHIEF,
    )
    assert [stage.percent for stage in readiness()] == [*[100] * 6, 75, 80]


@pytest.mark.parametrize(
    ("days", "warning", "counts"),
    [(400, None, 1), (90, 90, 1), (45, 60, 1), (30, 30, 1), (-1, 0, 0)],
)
def test_an_agreement_that_ends_is_warned_of_and_an_ended_one_binds_nobody(
    founding, days, warning, counts
):
    service = ready_to_open()
    agreements.plan_agreement(
        service.agency,
        state=AgreementState.SIGNED,
        signed_on=date(2025, 1, 1),
        starts_on=date(2025, 1, 1),
        ends_on=BEGAN + timedelta(days=days),
        duty_days=[0, 2],
        by=CHIEF,
    )

    [each] = joining()
    assert (each.warning, each.is_signed, each.services, each.duty_days) == (
        warning,
        True,
        (service.name,),
        "Senin, Rabu",
    )
    assert facts().agreements_signed == counts


def test_a_renewed_agreement_takes_the_warning_away(founding):
    agency = ready_to_open().agency
    for ends_on in (BEGAN + timedelta(days=5), BEGAN + timedelta(days=500)):
        agreements.plan_agreement(
            agency,
            state=AgreementState.SIGNED,
            signed_on=date(2025, 1, 1),
            starts_on=date(2025, 1, 1),
            ends_on=ends_on,
            by=CHIEF,
        )

    [each] = joining()
    assert each.warning is None
    assert facts().agreements_ending == 0


def test_lines_of_a_book_are_written_changed_and_deleted_with_a_deed_each(founding):
    row = books.write("risk", kind="other", title="Banjir", likelihood=2, weight=2, by=CHIEF)
    books.rewrite("risk", row.pk, title="Banjir besar", by=CHIEF)
    assert Risk.objects.get(pk=row.pk).title == "Banjir besar"
    books.strike("risk", row.pk, by=CHIEF)
    assert not Risk.objects.filter(pk=row.pk).exists()
    with pytest.raises(books.LineGone):
        books.strike("risk", row.pk, by=CHIEF)
    with pytest.raises(books.LineGone):
        books.rewrite("risk", row.pk, title="x", by=CHIEF)
    written = Deed.objects.filter(thing=f"risk:{row.pk}").order_by("pk")
    assert [deed.verb for deed in written] == [
        "founding.write",
        "founding.rewrite",
        "founding.strike",
    ]


def test_the_database_refuses_figures_that_contradict_each_other(founding):
    with pytest.raises(books.WrittenAlready):
        books.write("staff_role", name="Satpam", needed=1, filled=0, trained=1, by=CHIEF)
    with pytest.raises(books.WrittenAlready):
        books.write("risk", kind="other", title="x", likelihood=6, weight=1, by=CHIEF)
    books.write("trial_day", on=BEGAN, visitors=1, by=CHIEF)
    with pytest.raises(books.WrittenAlready):
        books.write("trial_day", on=BEGAN, visitors=2, by=CHIEF)
    with pytest.raises(books.WrittenAlready):
        books.write("legal_setting", topic="x", text="", is_verified=True, by=CHIEF)


def test_nothing_of_one_founding_is_seen_in_another(founding):
    other = a_founding_mall()
    with in_mall(other):
        a_founding()
        finish("commit")
        assert the_step("commit").state == State.DONE

    assert the_step("commit").state == State.TODO
    assert [lack.key for lack in lacks_before_opening()] == [
        "service",
        "counter",
        "hours",
        "officer",
        "together",
    ]
