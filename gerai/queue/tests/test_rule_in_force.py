"""The rule at work in the database: which line is entered, whom each counter calls."""

import pytest

from gerai.directory.tests.factories import a_service
from gerai.queue.actions import calling, serving
from gerai.queue.actions.rule import BadRule, publish_rule
from gerai.queue.actions.tickets import take
from gerai.queue.models import Door, Group, LineDay, Rule
from gerai.queue.tests.factories import a_line, a_place_in, a_priority, a_ticket

# A ceiling for the round trips of a call, whatever the rule says and however many wait.
MOST_QUERIES = 22


def serve_one(house, desk=None):
    ticket = calling.call_next(desk or house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    serving.finish(ticket, by=house.by)
    return ticket.label


def take_in(house, group, language):
    return take(
        house.line.services.get(),
        door=Door.KIOSK,
        idempotency_key=f"kunci-{group}-{language}",
        by=house.by,
        group=group,
        language=language,
    )


def test_a_visitor_enters_the_line_of_the_first_route_that_fits(house):
    a_line(house.agency, code="B"), a_line(house.agency, code="C")
    routes = [
        {"line": "B", "groups": ["elderly", "disabled"]},
        {"line": "C", "languages": ["en"]},
    ]
    publish_rule({"routes": routes}, by=house.by)
    told = [
        take_in(house, group, language).label
        for group, language in (("elderly", "en"), ("ordinary", "en"), ("child", "id"))
    ]
    assert told == ["B001", "C001", "A001"]


def test_a_route_to_a_line_that_is_switched_off_is_passed_over(house):
    line = a_line(house.agency, code="B")
    publish_rule({"routes": [{"line": "B"}]}, by=house.by)
    line.is_active = False
    line.save()
    assert take_in(house, Group.ORDINARY, "id").label == "A001"


def test_lines_take_turns_by_the_ratio(house):
    other = a_line(house.agency, code="B")
    shares = [{"line": "A", "share": 2}, {"line": "B", "share": 1}]
    publish_rule({"plans": [{"how": "ratio", "lines": shares}]}, by=house.by)
    for _each in range(4):
        a_ticket(house.line), a_ticket(other)
    order = [serve_one(house)[0] for _each in range(6)]
    assert "".join(order) == "ABAABA"
    assert set(LineDay.objects.values_list("turns_of", flat=True)) == {2}


def test_an_undone_call_gives_the_turn_of_the_ratio_back(house):
    other = a_line(house.agency, code="B")
    shares = [{"line": "A"}, {"line": "B"}]
    publish_rule({"plans": [{"how": "ratio", "lines": shares}]}, by=house.by)
    for _each in range(3):
        a_ticket(house.line), a_ticket(other)
    ticket = calling.call_next(house.desk, by=house.by)
    serving.undo(ticket, by=house.by)
    assert calling.call_next(house.desk, by=house.by).pk == ticket.pk


def test_ordinary_visitors_are_called_in_a_row_and_an_undo_counts(house):
    for _each in range(4):
        a_ticket(house.line)
    for _each in range(3):
        a_priority(house.line)
    publish_rule({"priority_in_a_row": 1, "ordinary_in_a_row": 2}, by=house.by)
    assert [serve_one(house) for _each in range(2)] == ["A005", "A001"]
    ticket = calling.call_next(house.desk, by=house.by)
    serving.undo(ticket, by=house.by)
    assert [serve_one(house) for _each in range(3)] == ["A002", "A006", "A003"]


def test_a_counter_calls_only_the_services_that_it_takes(house):
    special = a_place_in(house.line, a_service(agency=house.agency, code="K-1"))
    publish_rule({"skills": [{"services": ["K-1"], "counters": [house.counter.code]}]}, by=house.by)
    colleague = house.colleague()
    a_ticket(house.line)
    take(special, door=Door.KIOSK, idempotency_key="khusus", by=house.by)
    assert serve_one(house) == "A002"
    with pytest.raises(calling.NobodyWaiting):
        calling.call_next(house.desk, by=house.by)
    assert serve_one(house, colleague) == "A001"


def test_who_waited_as_long_as_the_limit_goes_first(house, clock_at):
    publish_rule({"limits": [{"minutes": 30}]}, by=house.by)
    a_ticket(house.line)
    clock_at.shift(30 * 60)
    a_priority(house.line)
    assert serve_one(house) == "A001"


def test_a_rule_that_names_what_is_not_there_is_refused_and_not_written(house):
    with pytest.raises(BadRule, match="antrean Q tidak ada di mal ini"):
        publish_rule({"routes": [{"line": "Q"}]}, by=house.by)
    assert not Rule.objects.exists()


@pytest.mark.parametrize("document", [{}, {"limits": [{"minutes": 30}]}])
def test_a_call_asks_few_questions_however_many_wait(
    house, document, django_assert_max_num_queries
):
    publish_rule(document, by=house.by)
    a_ticket(house.line)
    with django_assert_max_num_queries(MOST_QUERIES) as one:
        calling.call_next(house.desk, by=house.by)
    other = a_line(house.agency, code="B")
    for _each in range(4):
        a_ticket(house.line), a_priority(other)
    colleague = house.colleague()
    with django_assert_max_num_queries(len(one.captured_queries)):
        calling.call_next(colleague, by=house.by)


def test_turns_are_counted_by_the_counters_that_may_call_the_same(house):
    """A colleague's ordinary calls of another service do not use up the turn of this counter's."""
    special = a_place_in(house.line, a_service(agency=house.agency, code="K-1"))
    usual = house.line.services.exclude(pk=special.pk).get()
    colleague = house.colleague()
    skills = [
        {"services": [usual.code], "counters": [house.counter.code]},
        {"services": ["K-1"], "counters": [house.second.code]},
    ]
    publish_rule({"skills": skills}, by=house.by)
    first = a_ticket(house.line)
    for number in range(4):
        a_priority(house.line)
        take(special, door=Door.KIOSK, idempotency_key=f"khusus-{number}", by=house.by)
    called = []
    for _each in range(3):
        called.append(serve_one(house))
        serve_one(house, colleague)
    assert called[2] == first.label
    assert set(LineDay.objects.get().streaks) == {"A / 0c", "A / 1c"}
