"""Closing for a while: asked, decided by one, told to visitors, over by the clock."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gerai.directory import queries as directory
from gerai.directory.actions.closings import DecidedAlready
from gerai.directory.hours import Reason
from gerai.directory.models import Closing, ClosingReason
from gerai.directory.queries.closings import closing_with
from gerai.directory.states import MOVES, ClosingState, ClosingVerb, diagram
from gerai.directory.tests.factories import a_mall, a_share, a_user
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.people.roles import Role
from gerai.queue import tasks
from gerai.queue.actions import calling, closings, serving
from gerai.queue.actions.calling import NobodyWaiting
from gerai.queue.actions.closings import (
    AskedAlready,
    BadSpan,
    ClosedForAWhile,
    NotYours,
)
from gerai.queue.actions.tickets import NotOpen
from gerai.queue.models import Ticket
from gerai.queue.queries.boards import board
from gerai.queue.queries.closings import effect_of, notes_for
from gerai.queue.queries.places import open_counters
from gerai.queue.tests.factories import TEN, a_line, a_ticket

NOON = TEN + timedelta(hours=2)
LIST = "/pengawas/penutupan/"


@pytest.fixture
def boss(house):
    return a_user(Role.SUPERVISOR, name="Hasnah")


@pytest.fixture
def by(boss):
    return audit.Actor.person(boss)


def asked(house, **told):
    fields = {"counter": house.counter, "reason": ClosingReason.NETWORK}
    fields |= {"starts_at": TEN, "ends_at": TEN + timedelta(hours=1), "by": house.by}
    return closings.ask_closing(**{**fields, **told})


def again(ticket):
    return Ticket.objects.select_related("line__agency", "visit", "counter").get(pk=ticket.pk)


def state_of(closing):
    return Closing.objects.get(pk=closing.pk).state


def test_the_table_has_an_end_for_each_way(house):
    assert diagram().count("-->") == 1 + sum(len(moves) for moves in MOVES.values()) + 4


def test_what_is_asked_closes_nothing_and_what_is_approved_calls_nobody(house, by):
    a_ticket(house.line)
    closing = asked(house)
    assert calling.call_next(house.desk, by=house.by).state == "called"
    closings.approve_closing(closing, by=by, answer="Silakan")

    colleague = house.colleague()
    a_ticket(house.line)
    assert calling.call_next(colleague, by=house.by).counter == house.second
    found = closing_with(closing.pk)
    assert (found.state, found.decided_by, found.answer) == ("approved", by.user, "Silakan")


def test_a_closed_counter_calls_nobody_and_opens_again_by_itself(house, by, clock_at):
    ticket = a_ticket(house.line)
    closings.approve_closing(asked(house), by=by)

    with pytest.raises(ClosedForAWhile):
        calling.call_next(house.desk, by=house.by)
    assert [now.state for now in board().counters] == ["closed", "empty"]
    assert open_counters(house.agency, ticket.day) == []

    clock_at.move_to(TEN + timedelta(hours=1))
    assert calling.call_next(house.desk, by=house.by) == ticket


def test_an_agency_that_is_closed_gives_no_numbers_and_its_line_is_not_called(house, by):
    other = a_line()
    for weekday in range(5):
        a_share(house.counter, other.agency, weekday)
    a_ticket(house.line)
    theirs = a_ticket(other)

    closings.close_at_once(agency=house.agency, reason="system", ends_at=NOON, by=by)

    with pytest.raises(NotOpen, match="Ditutup sementara: sistem pusat terganggu"):
        a_ticket(house.line)
    assert calling.call_next(house.desk, by=house.by) == theirs
    assert directory.opening_of(house.agency, TEN).reason is Reason.CLOSED_FOR_A_WHILE


def test_a_counter_whose_agencies_are_all_closed_says_so_and_not_that_nobody_waits(house, by):
    a_ticket(house.line)
    closings.close_at_once(agency=house.agency, reason="system", ends_at=NOON, by=by)
    with pytest.raises(ClosedForAWhile):
        calling.call_next(house.desk, by=house.by)


def test_the_last_counter_that_closes_closes_the_agency(house, by):
    closings.close_at_once(counter=house.counter, reason="officer", ends_at=NOON, by=by)
    assert a_ticket(house.line).state == "waiting"
    closings.close_at_once(counter=house.second, reason="officer", ends_at=NOON, by=by)
    with pytest.raises(NotOpen):
        a_ticket(house.line)


def test_of_two_supervisors_one_decides(house, by):
    first = asked(house)
    second = closing_with(first.pk)

    closings.refuse_closing(first, by=by)

    with pytest.raises(DecidedAlready):
        closings.approve_closing(second, by=by)
    assert state_of(first) == ClosingState.REFUSED
    assert Deed.objects.filter(verb="queue.approve_closing").count() == 0


def test_the_same_is_asked_for_once_only(house):
    asked(house)
    with pytest.raises(AskedAlready):
        asked(house)
    assert Closing.objects.count() == 1


@pytest.mark.parametrize(
    ("starts", "ends"), [(60, 60), (60, 30), (-60, -1), (0, 60 * 12 + 1)], ids=str
)
def test_a_senseless_span_is_refused(house, starts, ends):
    span = {"starts_at": TEN + timedelta(minutes=starts), "ends_at": TEN + timedelta(minutes=ends)}
    with pytest.raises(BadSpan):
        asked(house, **span)


def test_who_asked_takes_it_back_before_and_after_the_decision(house, by):
    closing = asked(house)
    with pytest.raises(NotYours):
        closings.withdraw_closing(closing, by=by)
    closings.withdraw_closing(closing, by=house.by)
    again = asked(house)
    closings.approve_closing(again, by=by)
    a_ticket(house.line)
    with pytest.raises(ClosedForAWhile):
        calling.call_next(house.desk, by=house.by)
    closings.withdraw_closing(again, by=house.by)
    assert calling.call_next(house.desk, by=house.by).counter == house.counter
    with pytest.raises(DecidedAlready):
        closings.withdraw_closing(again, by=house.by)


def test_what_nobody_decided_lapses_and_what_was_approved_is_over(house, by, clock_at):
    lapsing = asked(house)
    running = closings.close_at_once(counter=house.second, reason="duty", ends_at=NOON, by=by)
    mall_id = house.agency.mall_id
    tasks.look_after_closing.call(mall_id=mall_id, closing_id=running.pk)
    assert state_of(running) == ClosingState.APPROVED
    clock_at.move_to(NOON)

    for closing in (lapsing, running, running):
        tasks.look_after_closing.call(mall_id=mall_id, closing_id=closing.pk)

    assert (state_of(lapsing), state_of(running)) == (ClosingState.LAPSED, ClosingState.OVER)
    with pytest.raises(DecidedAlready):
        closings.approve_closing(lapsing, by=by)
    assert Deed.objects.filter(verb="queue.end_closing", by_name="sistem").count() == 1


def test_nobody_approves_what_is_over_before_the_task_came(house, by, clock_at):
    closing = asked(house)
    clock_at.move_to(NOON)
    with pytest.raises(DecidedAlready):
        closings.approve_closing(closing, by=by)


def test_a_supervisor_opens_again_before_the_time(house, by):
    closing = closings.close_at_once(counter=house.counter, reason="duty", ends_at=NOON, by=by)
    a_ticket(house.line)
    closings.end_closing(closing, by=by)
    assert calling.call_next(house.desk, by=house.by).counter == house.counter


def test_the_effect_tells_who_waits_and_who_is_left_to_call(house):
    for _number in range(3):
        a_ticket(house.line)
    alone = effect_of(house.counter, None)
    assert (alone.waiting, alone.left_alone) == (3, 3)
    assert (alone.lines[0].after, alone.lines[0].counters) == (None, ())

    house.colleague()
    shared = effect_of(house.counter, None)
    assert (shared.waiting, shared.left_alone) == (3, 0)
    assert shared.lines[0].counters == (house.second,)
    assert shared.lines[0].before.high_minutes < shared.lines[0].after.high_minutes
    assert effect_of(None, house.agency).left_alone == 3

    called = calling.call_next(house.desk, by=house.by)
    assert effect_of(house.counter, None).at_desk == (called,)


def test_a_waiting_visitor_reads_what_is_closed_and_who_calls_instead(house, by, client):
    ticket = a_ticket(house.line)
    assert notes_for(ticket) == []
    closing = closings.close_at_once(
        counter=house.counter, reason="network", words="gardu", ends_at=NOON, by=by
    )

    first = f"Loket {house.counter.code} ditutup sementara sampai pukul 12.00"
    assert notes_for(ticket) == [
        f"{first}: listrik atau jaringan padam: gardu.",
        # At twelve the noon break begins: nobody is called before one.
        (
            "Nomor Anda tetap berlaku. Panggilan berlanjut pukul 13.00; halaman ini memberi tahu "
            "Anda."
        ),
    ]
    house.colleague()
    assert notes_for(ticket)[1].endswith(f"tetap dipanggil, di loket {house.second.code}.")
    shown = client.get(reverse("phone:ticket", args=[ticket.visit.token])).content.decode()
    assert shown.count(first) == 1
    closings.end_closing(closing, by=by)
    assert notes_for(ticket) == []


def test_an_officer_asks_at_the_desk_and_the_supervisor_decides(house, boss, client):
    a_ticket(house.line)
    client.force_login(house.officer)
    page = client.get("/petugas/penutupan-sementara/").content.decode()
    # The counter alone, and the agency with all its counters.
    assert page.count("tidak ada yang memanggil") == 2
    told = {"what": f"counter-{house.counter.pk}", "reason": "officer", "ends": "11.00"}
    assert client.post("/petugas/penutupan-sementara/", told).status_code == 302
    closing = Closing.objects.get()
    assert (closing.ends_at, closing.asked_by) == (TEN + timedelta(hours=1), house.officer)
    assert "menunggu keputusan pengawas" in client.get("/petugas/").content.decode()

    client.force_login(boss)
    assert client.get(LIST).content.decode().count(f"/pengawas/penutupan/{closing.pk}/") == 3
    assert client.get(f"{LIST}{closing.pk}/").status_code == 200
    decide = f"{LIST}{closing.pk}/keputusan/"
    assert client.post(decide, {"decision": "mungkin"}).status_code == 400
    client.post(decide, {"decision": "approve", "answer": "Baik"})
    assert state_of(closing) == ClosingState.APPROVED

    client.force_login(house.officer)
    assert "ditutup sementara sampai pukul 11.00" in client.get("/petugas/").content.decode()
    client.post(f"/petugas/penutupan-sementara/{closing.pk}/tarik/")
    assert state_of(closing) == ClosingState.WITHDRAWN


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends": "09.00"},
        {"ends": ""},
        {"reason": "other"},
        {"what": "counter-0"},
        {"starts": "23.00"},
    ],
)
def test_the_form_says_what_is_wrong(house, client, wrong):
    client.force_login(house.officer)
    told = {"what": f"counter-{house.counter.pk}", "reason": "officer", "ends": "11.00", **wrong}
    assert client.post("/petugas/penutupan-sementara/", told).status_code == 400
    assert not Closing.objects.exists()


def test_a_closing_until_the_end_of_the_day_says_that_nobody_is_called_any_more(house, by, client):
    ticket = a_ticket(house.line)
    ends_at = TEN + timedelta(hours=6)

    assert effect_of(None, house.agency, ends_at=ends_at).is_last
    assert not effect_of(None, house.agency, ends_at=NOON).is_last
    closing = asked(house, counter=None, agency=house.agency, ends_at=ends_at)
    client.force_login(by.user)
    shown = client.get(f"{LIST}{closing.pk}/").content.decode()
    assert shown.count("mereka tidak terlayani hari ini") == 1
    closings.approve_closing(closing, by=by)

    assert notes_for(ticket)[1].startswith("Hari ini tidak ada panggilan lagi di sini.")
    opening = directory.opening_of(house.agency, TEN)
    assert (opening.until, opening.opens_at) == (ends_at, TEN + timedelta(hours=22))


def test_a_closing_spans_the_noon_break_as_one(house, by, clock_at):
    closings.close_at_once(
        agency=house.agency, reason="duty", ends_at=TEN + timedelta(hours=2, minutes=30), by=by
    )
    one = TEN + timedelta(hours=3)
    answers = []
    for minutes in (1, 121, 151, 180):
        found = directory.opening_of(house.agency, TEN + timedelta(minutes=minutes))
        answers.append((found.reason, found.opens_at))
    assert answers == [
        (Reason.CLOSED_FOR_A_WHILE, one),
        (Reason.CLOSED_FOR_A_WHILE, one),
        (Reason.BREAK, one),
        (Reason.OPEN, None),
    ]
    clock_at.move_to(one)
    ticket = a_ticket(house.line)
    assert calling.call_next(house.desk, by=house.by) == ticket


def test_what_is_approved_after_its_beginning_closes_from_then_on(house, by, clock_at):
    closing = asked(house, starts_at=TEN + timedelta(minutes=5))
    _first, second = a_ticket(house.line), a_ticket(house.line)
    clock_at.move_to(TEN + timedelta(minutes=20))
    # The task of its beginning finds nothing decided, and tells nobody.
    tasks.look_after_closing.call(mall_id=house.agency.mall_id, closing_id=closing.pk)
    first = calling.call_next(house.desk, by=house.by)

    closings.approve_closing(closing, by=by)

    serving.start(first, by=house.by)
    serving.finish(first, by=house.by)
    with pytest.raises(ClosedForAWhile):
        calling.call_next(house.desk, by=house.by)
    clock_at.move_to(TEN + timedelta(hours=1))
    assert calling.call_next(house.desk, by=house.by) == second


def test_who_was_sent_to_a_counter_that_closes_for_a_while_is_called_by_the_others(house, by):
    ticket = a_ticket(house.line)
    colleague = house.colleague()
    calling.call_next(house.desk, by=house.by)
    serving.send_on(again(ticket), house.second, by=house.by)
    with pytest.raises(NobodyWaiting):
        calling.call_next(house.desk, by=house.by)

    closings.close_at_once(counter=house.second, reason="equipment", ends_at=NOON, by=by)

    assert notes_for(again(ticket))[1].endswith(f"di loket {house.counter.code}.")
    assert calling.call_next(house.desk, by=house.by) == ticket
    assert colleague.counter == house.second


def test_at_a_shared_counter_an_officer_closes_only_their_own_agency(house, client):
    other = a_line()
    for weekday in range(5):
        a_share(house.counter, other.agency, weekday)
    client.force_login(house.officer)
    page = client.get("/petugas/penutupan-sementara/").content.decode()
    assert page.count(f'value="agency-{house.agency.pk}"') == 1
    assert f"agency-{other.agency.pk}" not in page
    told = {"what": f"agency-{other.agency.pk}", "reason": "officer", "ends": "11.00"}
    assert client.post("/petugas/penutupan-sementara/", told).status_code == 400
    assert not Closing.objects.exists()


def test_a_supervisor_of_another_mall_neither_sees_nor_decides(house, client):
    closing = asked(house)
    with in_mall(a_mall("parepare")):
        stranger = a_user(Role.SUPERVISOR)
        client.force_login(stranger)
        there = {"headers": {"host": "parepare.localhost"}}
        assert client.get(f"{LIST}{closing.pk}/", **there).status_code == 404
        decide = {"decision": "approve"}
        path = f"{LIST}{closing.pk}/keputusan/"
        assert client.post(path, decide, **there).status_code == 404
    assert client.post(path, decide).status_code == 403
    assert state_of(closing) == ClosingState.ASKED


def test_a_supervisor_sees_the_effect_and_closes_at_once(house, boss, client):
    a_ticket(house.line)
    client.force_login(boss)
    told = {"what": f"agency-{house.agency.pk}", "reason": "stock", "ends": "11.30"}
    assert client.get(f"{LIST}baru/").status_code == 200

    shown = client.get(f"{LIST}baru/", told)

    assert shown.content.decode().count("tidak ada yang memanggil") == 1
    assert not Closing.objects.exists()
    client.post(f"{LIST}baru/", told)
    closing = Closing.objects.get()
    assert (closing.state, closing.agency, closing.decided_by) == ("approved", house.agency, boss)
    client.post(f"{LIST}{closing.pk}/akhir/")
    assert state_of(closing) == ClosingState.OVER


def test_officers_of_other_agencies_and_roles_have_no_say(house, client):
    closing = asked(house)
    stranger = a_user(agency=a_line().agency)
    client.force_login(stranger)
    assert client.post(f"/petugas/penutupan-sementara/{closing.pk}/tarik/").status_code in {
        302,
        404,
    }
    assert client.post(f"{LIST}{closing.pk}/keputusan/", {"decision": "approve"}).status_code == 403
    assert state_of(closing) == ClosingState.ASKED


def test_the_verbs_of_the_trail_have_words():
    from gerai.people.templatetags.trail import WORDS

    verbs = [f"queue.{verb}_closing" for verb in ClosingVerb]
    assert [verb for verb in verbs if verb not in WORDS] == []
