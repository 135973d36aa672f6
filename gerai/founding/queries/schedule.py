"""When each step is due to happen, and which ones decide the day of opening."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gerai.directory.queries import national_days_between
from gerai.founding.models import DaysKind, Founding, Step, StepNeed
from gerai.founding.network import Course, Span, Task, critical_path, plan
from gerai.founding.queries.facts import today
from gerai.founding.stages import OPEN_STEP, Stage
from gerai.founding.states import State

IN_ORDER = {stage.value: place for place, stage in enumerate(Stage)}
# National days are looked up this far from the beginning; a founding takes one or two years.
YEARS = 4


@dataclass(frozen=True)
class Row:
    """A step with the days that are planned for it; ends: the last one."""

    step: Step
    starts: date
    ends: date
    slack: int
    is_critical: bool
    is_late: bool
    needs: tuple[int, ...]

    @property
    def may_begin(self) -> bool:
        """Tell whether it is one of the next: not begun, nothing before it open."""
        return self.step.state == State.TODO and not self.needs


@dataclass(frozen=True)
class Schedule:
    """Every step that is used, by stage; critical: what decides the day of opening."""

    rows: tuple[Row, ...]
    dropped: tuple[Step, ...]
    critical: tuple[Row, ...]
    opens_on: date | None
    today: date

    @property
    def late(self) -> list[Row]:
        """Return the open steps whose due day is past, the longest first."""
        return sorted(
            (row for row in self.rows if row.is_late), key=lambda row: row.step.due_on or row.ends
        )

    @property
    def next(self) -> list[Row]:
        """Return what can be begun now, what decides the opening first."""
        ready = (row for row in self.rows if row.may_begin)
        return sorted(ready, key=lambda row: (not row.is_critical, row.starts, row.step.pk))

    @property
    def under_way(self) -> list[Row]:
        """Return what was begun and is not done."""
        return [row for row in self.rows if row.step.state == State.DOING]

    def row(self, step: Step) -> Row | None:
        """Return the row of a step, unless it is dropped."""
        return next((row for row in self.rows if row.step.pk == step.pk), None)


def all_steps() -> list[Step]:
    """Return the steps by stage and position."""
    rows = Step.objects.order_by("position", "pk")
    return sorted(rows, key=lambda step: IN_ORDER[step.stage])


def needs_of() -> dict[int, frozenset[int]]:
    """Return step → the steps that it needs."""
    found: dict[int, set[int]] = {}
    for step, needs in StepNeed.objects.values_list("step_id", "needs_id"):
        found.setdefault(step, set()).add(needs)
    return {step: frozenset(needs) for step, needs in found.items()}


def course_of(founding: Founding) -> Course:
    """Return the calendar that the schedule counts in."""
    if founding.days_kind == DaysKind.CALENDAR:
        return Course(founding.began_on)
    last = founding.began_on + timedelta(days=366 * YEARS)
    free = national_days_between(founding.began_on, last)
    return Course(founding.began_on, only_working=True, free=free)


def schedule(founding: Founding, *, steps: list[Step] | None = None) -> Schedule:
    """Return the schedule of the founding of the mall in scope."""
    steps = all_steps() if steps is None else steps
    day = today()
    course = course_of(founding)
    needs = needs_of()
    used = [step for step in steps if step.state != State.DROPPED]
    tasks = {step.pk: _task(step, needs.get(step.pk, frozenset()), course) for step in used}
    now = course.number(day)
    spans = plan(tasks.values(), today=now)
    before = {step.pk for step in used if step.stage != Stage.AFTER}
    deciding = plan((tasks[key] for key in tasks if key in before), today=now)
    critical = critical_path(deciding)
    is_done = {step.pk for step in used if step.state == State.DONE}
    rows = {
        step.pk: _row(
            step,
            spans=spans,
            deciding=deciding,
            course=course,
            day=day,
            needs=needs.get(step.pk, frozenset()) & (tasks.keys() - is_done),
        )
        for step in used
    }
    return Schedule(
        rows=tuple(rows.values()),
        dropped=tuple(step for step in steps if step.state == State.DROPPED),
        critical=tuple(rows[key] for key in critical),
        opens_on=_opens_on(rows.values(), before),
        today=day,
    )


def _task(step: Step, needs: frozenset[int], course: Course) -> Task:
    begun = course.number(step.started_on) if step.started_on else None
    ended = None
    if step.state == State.DONE and step.done_on:
        ended = course.number(step.done_on + timedelta(days=1))
    return Task(step.pk, step.usual_days, needs, begun, ended)


def _row(
    step: Step,
    *,
    spans: Mapping[int, Span],
    deciding: Mapping[int, Span],
    course: Course,
    day: date,
    needs: frozenset[int],
) -> Row:
    span = spans[step.pk]
    main = deciding.get(step.pk)
    starts, ends = course.day(span.starts), course.last_day(span)
    if step.state == State.DONE and step.done_on:
        starts, ends = min(step.started_on or step.done_on, step.done_on), step.done_on
    elif step.started_on:
        starts = step.started_on
    return Row(
        step=step,
        starts=starts,
        ends=max(starts, ends),
        slack=main.slack if main is not None else span.slack,
        is_critical=main is not None and main.is_critical,
        is_late=step.is_open and step.due_on is not None and step.due_on < day,
        needs=tuple(sorted(needs)),
    )


def _opens_on(rows: Iterable[Row], before: set[int]) -> date | None:
    found = [row for row in rows if row.step.pk in before]
    opening = [row for row in found if row.step.key == OPEN_STEP]
    return max((row.ends for row in opening or found), default=None)
