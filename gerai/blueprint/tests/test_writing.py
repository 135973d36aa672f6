"""Parts are written as the office writes them: with its checks, and told to the screens."""

import json
from typing import Any

import pytest
from django.conf import settings

from gerai.blueprint.actions.writing import HoursOutOfOrder, Writer
from gerai.blueprint.reading import FilePart
from gerai.blueprint.tests.factories import a_file, an_agency_part, take
from gerai.directory.actions.agencies import AgencyGone
from gerai.directory.models import Agency, BreakTime, WeeklyHours
from gerai.directory.tests.factories import an_agency, office_hours
from gerai.live.tests.listening import an_open_page
from gerai.people.audit import SYSTEM
from gerai.queue.actions.lines import LineGone
from gerai.queue.actions.rule import BadRule
from gerai.queue.models import Line, Rule
from gerai.queue.tests.factories import a_line

RULE = {"priority_in_a_row": 4, "recalls": 2, "return_after": 1, "undo_seconds": 0}


def write(kind: str, key: str, **content: Any) -> None:
    Writer(by=SYSTEM, is_active=True).write(FilePart(kind, key, content))


def a_day(weekday: int = 0, **fields: Any) -> dict[str, Any]:
    return {"weekday": weekday, "opens": "08:00", "closes": "15:00", "last_ticket": None} | fields


def a_break(starts: str, ends: str, weekday: int = 0) -> dict[str, Any]:
    return {"weekday": weekday, "starts": starts, "ends": ends}


@pytest.mark.parametrize(
    ("days", "breaks"),
    [
        ([a_day(closes="08:00")], []),
        ([a_day(), a_day()], []),
        ([a_day(last_ticket="15:01")], []),
        ([a_day(last_ticket="08:00")], []),
        ([a_day()], [a_break("13:00", "12:00")]),
        ([a_day()], [a_break("07:00", "09:00")]),
        ([a_day()], [a_break("14:00", "15:00")]),
        ([a_day()], [a_break("11:00", "13:00"), a_break("12:00", "14:00")]),
        ([a_day()], [a_break("12:00", "13:00", weekday=1)]),
    ],
    ids=[
        "closed as it opens",
        "twice",
        "last number too late",
        "last number too early",
        "break backwards",
        "break before opening",
        "break until closing",
        "breaks over each other",
        "break of a closed day",
    ],
)
def test_a_week_that_is_no_week_changes_nothing(mall, days, breaks):
    office_hours()
    before = WeeklyHours.objects.count(), BreakTime.objects.count()
    with pytest.raises(HoursOutOfOrder):
        write("hours", "mall", joint_leave_closes=False, days=days, breaks=breaks)
    assert (WeeklyHours.objects.count(), BreakTime.objects.count()) == before
    mall.refresh_from_db()
    assert mall.joint_leave_closes is True


def test_breaks_in_any_order(mall):
    breaks = [a_break("13:00", "13:30"), a_break("10:00", "10:15")]
    write("hours", "mall", joint_leave_closes=True, days=[a_day()], breaks=breaks)
    stored = BreakTime.objects.order_by("starts").values_list("starts", "ends")
    assert [(f"{starts:%H:%M}", f"{ends:%H:%M}") for starts, ends in stored] == [
        ("10:00", "10:15"),
        ("13:00", "13:30"),
    ]


def test_an_agency_removed_meanwhile(mall):
    agency = an_agency(code="DUKCAPIL")
    writer = Writer(by=SYSTEM, is_active=True)
    Agency.objects.filter(pk=agency.pk).delete()
    content = an_agency_part()["content"]
    with pytest.raises(AgencyGone):
        writer.write(FilePart("agency", "DUKCAPIL", content))


def test_a_line_removed_meanwhile(mall):
    agency = an_agency(code="DUKCAPIL")
    line = a_line(agency, code="A")
    writer = Writer(by=SYSTEM, is_active=True)
    Line.objects.filter(pk=line.pk).delete()
    content = {"agency": "DUKCAPIL", "name": "A", "usual_minutes": 5, "services": []}
    with pytest.raises(LineGone):
        writer.write(FilePart("line", "A", content))


@pytest.mark.parametrize("wrong", [{"recalls": 6}, {"undo_seconds": -1}, {"unknown": 1}])
def test_a_rule_outside_its_bounds(mall, wrong: dict[str, int]):
    with pytest.raises(BadRule):
        write("call_rule", "mall", **(RULE | wrong))
    assert not Rule.objects.exists()


@pytest.mark.skipif(not settings.EMBEDDED, reason="the hub of this process hears it by itself")
def test_screens_of_every_room_are_told(founding, django_capture_on_commit_callbacks):
    with an_open_page(founding.pk) as heard:
        with django_capture_on_commit_callbacks(execute=True):
            take(a_file(an_agency_part(), {"kind": "call_rule", "key": "mall", "content": RULE}))
        told = [json.loads(event.removeprefix(b"data: "))["what"] for event in heard()]
    assert sorted(told) == ["directory.take", "queue.rule", "queue.take"]
