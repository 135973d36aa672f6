"""What desks, places, boards and reports tell."""

from datetime import date, timedelta

import pytest

from gerai import clock
from gerai.directory.tests.factories import a_user, an_agency
from gerai.queue.actions import calling, serving
from gerai.queue.actions.desks import pause
from gerai.queue.queries import desks
from gerai.queue.queries.boards import board, counters_now, today
from gerai.queue.queries.places import minutes_each, place_of, ticket_of
from gerai.queue.queries.reports import WaitingReport, day_report, waiting_report
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.queries.rule_words import rule_sentences
from gerai.queue.queries.stories import story_of
from gerai.queue.queries.watch import tickets_of, watch
from gerai.queue.queries.words import crowd, explain
from gerai.queue.rules import CallRule, Durations
from gerai.queue.tests.factories import a_house, a_line, a_priority, a_ticket

MONDAY = date(2026, 11, 23)


def serve(house, clock_at, *, wait=0, walk=0, work=0):
    """Call, start and finish the next one, with minutes before each."""
    clock_at.shift(wait * 60)
    ticket = calling.call_next(house.desk, by=house.by)
    clock_at.shift(walk * 60)
    serving.start(ticket, by=house.by)
    clock_at.shift(work * 60)
    serving.finish(ticket, by=house.by)
    return ticket


def test_desk_shows_its_ticket_and_lists(house):
    for _each in range(5):
        a_ticket(house.line)
    held = calling.call_next(house.desk, by=house.by)
    serving.hold(held, by=house.by)
    absent = calling.call_next(house.desk, by=house.by)
    calling.miss(absent, by=house.by)
    at_hand = calling.call_next(house.desk, by=house.by)
    now = desks.desk_now(house.desk, rule_in_force())
    assert now.ticket == at_hand
    assert [ticket.label for ticket in now.waiting] == ["A004", "A005"]
    assert (now.held, now.absent, now.agencies) == ((held,), (absent,), (house.agency,))


def test_desk_shows_nothing_of_other_agencies(house):
    a_ticket(a_line(code="Z"))
    assert desks.desk_now(house.desk, rule_in_force()).waiting == ()


def test_desk_offers_undo_for_the_seconds_of_the_rule(house, clock_at):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    clock_at.shift(5)
    undo = desks.undoable(house.desk, rule_in_force())
    assert (undo.step.ticket, undo.step.verb, undo.seconds_left) == (ticket, "call", 10)
    clock_at.shift(11)
    assert desks.undoable(house.desk, rule_in_force()) is None


def test_desk_offers_no_undo_when_somebody_else_moved_the_ticket_since(house):
    a_ticket(house.line)
    other = house.colleague()
    ticket = calling.call_next(house.desk, by=house.by)
    serving.hold(ticket, by=house.by)
    serving.resume(ticket, other, by=house.by)
    assert desks.undoable(house.desk, rule_in_force()) is None


def test_officer_may_open_counters_of_their_agency_only(house):
    other = a_house(code="B", hours=False)
    shown = desks.counters_for(house.officer)
    assert [now.counter for now in shown] == [house.counter, house.second]
    assert [now.counter for now in desks.counters_for(other.officer)] == [
        other.counter,
        other.second,
    ]


def test_free_officers_of_a_counter_exclude_the_seated(house):
    free = a_user(agency=house.agency)
    a_user(agency=an_agency())
    assert desks.officers_for(house.second) == [free]


def test_transfer_targets_are_services_with_a_line_and_a_counter_today(house):
    other = a_house(code="B", hours=False)
    a_line(code="Z")
    ticket = a_ticket(house.line)
    assert desks.services_to_transfer_to(ticket) == [other.line.services.get()]


def test_send_targets_are_other_open_counters_of_the_agency(house):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    assert desks.counters_to_send_to(ticket) == []
    house.colleague()
    assert desks.counters_to_send_to(ticket) == [house.second]


def test_story_reads_call_since_and_durations_off_the_log(house, clock_at):
    a_ticket(house.line)
    clock_at.shift(600)
    ticket = calling.call_next(house.desk, by=house.by)
    called_at = clock.now()
    clock_at.shift(60)
    calling.recall(ticket, by=house.by)
    story = story_of(ticket)
    assert (story.call.verb, story.since) == ("call", called_at)
    assert story.durations == Durations(waiting=600.0, walking=60.0)


def test_place_counts_those_ahead_and_gives_a_range(house):
    for _each in range(3):
        a_ticket(house.line)
    mine = a_ticket(house.line)
    a_priority(house.line)
    place = place_of(ticket_of(mine.visit.token))
    assert (place.ahead, place.counters_open) == (4, 1)
    assert (place.expectation.low_minutes, place.expectation.high_minutes) == (10, 78)


def test_minutes_each_turns_from_usual_to_measured_after_five(house, clock_at):
    for _each in range(5):
        a_ticket(house.line)
    for _each in range(4):
        serve(house, clock_at, work=4)
    assert minutes_each(house.line, MONDAY) == 10.0
    serve(house, clock_at, work=9)
    assert minutes_each(house.line, MONDAY) == 5.0


def test_counters_tell_their_state(house):
    states = lambda: {now.counter.pk: now.state for now in counters_now(today())}  # noqa: E731
    assert states() == {house.counter.pk: "open", house.second.pk: "empty"}
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    assert states()[house.counter.pk] == "called"
    serving.start(ticket, by=house.by)
    assert states()[house.counter.pk] == "serving"
    serving.finish(ticket, by=house.by)
    pause(house.desk, reason="Salat", by=house.by)
    assert states()[house.counter.pk] == "paused"


def test_board_of_a_zone_leaves_other_zones_out(house):
    other = a_house(code="B", hours=False)
    a_ticket(house.line), a_ticket(other.line)
    calling.call_next(house.desk, by=house.by)
    calling.call_next(other.desk, by=other.by)
    here = board(house.counter.zone)
    assert [ticket.label for ticket in here.calls] == ["A001"]
    assert len(board().calls) == 2


def test_watch_puts_counters_that_need_an_officer_first(house):
    a_ticket(house.line)
    seen = watch()
    assert [each.state for each in seen.counters] == ["needed", "open"]
    assert (seen.counters_needed, seen.counters_open, seen.counters_today) == (1, 1, 2)
    assert seen.oldest_waiting_at == clock.now()


def test_watch_draws_each_floor_with_its_counters(house):
    seen = watch()
    drawn = [each.now.counter.pk for floor in seen.floors for each in floor.counters]
    assert sorted(drawn) == sorted([house.counter.pk, house.second.pk])


@pytest.mark.parametrize("view", [watch, board])
def test_watch_asks_as_often_for_three_agencies_as_for_one(
    house, view, django_assert_max_num_queries
):
    a_ticket(house.line)
    with django_assert_max_num_queries(14) as one:
        view()
    for code in "BC":
        more = a_house(code=code, hours=False)
        a_ticket(more.line), a_ticket(more.line)
        calling.call_next(more.desk, by=more.by)
    with django_assert_max_num_queries(len(one.captured_queries)):
        view()


def test_line_lists_its_tickets_with_their_waits(house, clock_at):
    a_ticket(house.line)
    clock_at.shift(120)
    a_ticket(house.line)
    rows = tickets_of(house.line, MONDAY)
    assert [(row.ticket.label, row.durations.waiting) for row in rows] == [
        ("A001", 120.0),
        ("A002", 0.0),
    ]


def test_waiting_report_counts_the_called_only(house, clock_at):
    for _each in range(3):
        a_ticket(house.line)
    serve(house, clock_at)
    serve(house, clock_at, wait=10, work=5)
    assert waiting_report(MONDAY) == WaitingReport(
        customers=2, mean_s=300.0, median_s=300.0, max_s=600.0, share_waiting=0.5
    )
    assert waiting_report(MONDAY, house.line).customers == 2
    assert waiting_report(MONDAY - timedelta(days=1)).customers == 0


def test_day_report_tells_parts_and_tallies(house, clock_at):
    a_ticket(house.line), a_priority(house.line)
    serve(house, clock_at, wait=2, walk=1, work=4)
    report = day_report(MONDAY, outcomes=serving.Outcome.choices)
    assert (report.whole.tickets, report.whole.done, report.whole.serving_s) == (2, 1, 240.0)
    assert (report.whole.walking_s, report.whole.waits.mean_s) == (60.0, 120.0)
    assert [part.name for part in report.lines] == [f"A · {house.line.name}"]
    assert [part.name for part in report.counters] == [house.counter.code]
    assert report.outcomes[0] == ("Selesai dilayani", 1)
    assert report.doors == (("Kios", 2), ("Ponsel", 0), ("Penyambut", 0))
    assert dict(report.groups)["Lansia"] == 1


def test_words_explain_every_reason_that_the_rule_gives(house):
    reasons = ["first_come", "ordinary_turn", "priority_turn", "first_of_priority"]
    reasons += ["sent_to_this_counter", "chosen_by_officer"]
    rule = {"priority_in_a_row": 2, "version": 1}
    told = [
        explain({"reason": reason, "rule": rule, "priority_streak": 1, "by": "Ani"})
        for reason in reasons
    ]
    assert "" not in told
    assert len(set(told)) == len(reasons)
    assert explain({"reason": "something_else"}) == ""
    assert crowd({}) == ""


def test_words_of_the_rule_follow_its_numbers():
    with_ratio = " ".join(rule_sentences(CallRule(priority_in_a_row=4, undo_seconds=33)))
    assert "paling banyak 4 nomor" in with_ratio
    assert "33 detik" in with_ratio
    assert "tidak ada kelompok yang didahulukan" in " ".join(
        rule_sentences(CallRule(priority_in_a_row=0))
    )
