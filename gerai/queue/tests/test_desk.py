"""The officer's pages, through the browser's eyes."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gerai.directory.models import Requirement
from gerai.directory.tests.factories import a_mall, a_standard, a_user
from gerai.malls.scope import in_mall
from gerai.people.roles import Role
from gerai.queue.actions import calling, serving
from gerai.queue.actions.desks import close_desk
from gerai.queue.actions.moves import TooLate
from gerai.queue.models import Desk, Step, Ticket
from gerai.queue.tests.factories import a_house, a_line, a_priority, a_ticket

HOME = "/petugas/"


@pytest.fixture
def officer(house, client):
    client.force_login(house.officer)
    return client


def press(client, noun, ticket=None, **given):
    """Press a button of the desk; give the answer."""
    address = f"{HOME}nomor/{ticket.pk}/{noun}/" if ticket else f"{HOME}{noun}/"
    return client.post(address, given)


def told(answer):
    """Return the newest message; earlier ones wait for a page that shows them."""
    return [str(message) for message in get_messages(answer.wsgi_request)][-1:]


def state_of(ticket):
    return Ticket.objects.get(pk=ticket.pk).state


def page(client):
    return client.get(HOME).content.decode()


def test_stranger_is_led_to_the_sign_in(house, client):
    answer = client.get(HOME)
    assert (answer.status_code, answer.url) == (302, "/masuk/?next=%2Fpetugas%2F")


@pytest.mark.parametrize("role", [Role.GREETER, Role.MALL_ADMIN])
def test_desk_is_closed_to_other_roles(house, client, role):
    client.force_login(a_user(role))
    assert client.get(HOME).status_code == 403
    assert press(client, "panggilan").status_code == 403


def test_presses_ask_no_more_than_they_need(house, officer):
    for _n in range(2):
        a_ticket(house.line)
    asked = []
    for _visit in range(2):
        for noun, given in PRESSES:
            called = Ticket.objects.filter(counter=house.counter).last()
            ticket = called if noun != "panggilan" else None
            with CaptureQueriesContext(connection) as questions:
                assert press(officer, noun, ticket, **given).url == HOME
            asked.append(sum(not _is_of_a_transaction(each) for each in questions))

    # The first call of a day makes the row that numbers the calls of the zone: two more.
    assert asked == [17, 9, 12, 15, 9, 12]


PRESSES = (("panggilan", {}), ("pelayanan", {}), ("penyelesaian", {"outcome": "served"}))


def _is_of_a_transaction(question):
    return question["sql"].split()[0] in {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"}


def test_officer_without_a_desk_chooses_among_their_counters(house, officer):
    close_desk(house.desk, by=house.by)
    other = a_house(code="B", hours=False)
    shown = page(officer)
    assert shown.count(reverse("desk:open", args=[house.counter.pk])) == 1
    assert shown.count(reverse("desk:open", args=[other.counter.pk])) == 0


def test_officer_opens_a_counter(house, officer):
    close_desk(house.desk, by=house.by)
    answer = officer.post(reverse("desk:open", args=[house.second.pk]))
    assert (answer.status_code, answer.url) == (302, HOME)
    assert Desk.objects.get(closed_at=None).counter == house.second


def test_taken_counter_is_told_on_the_page(house, officer):
    close_desk(house.desk, by=house.by)
    house.colleague()
    answer = officer.post(reverse("desk:open", args=[house.second.pk]), follow=True)
    assert answer.content.decode().count("Loket ini sedang dipakai petugas lain") == 1


def test_counter_of_another_agency_is_forbidden(house, officer):
    close_desk(house.desk, by=house.by)
    other = a_house(code="B", hours=False)
    assert officer.post(reverse("desk:open", args=[other.second.pk])).status_code == 403


def test_visitor_is_called_served_and_finished(house, officer):
    ticket = a_ticket(house.line)
    for noun, after in (("panggilan", "called"), ("pelayanan", "serving")):
        answer = press(officer, noun, None if noun == "panggilan" else ticket)
        assert (answer.status_code, answer.url, state_of(ticket)) == (302, HOME, after)
    press(officer, "penyelesaian", ticket, outcome="informed")
    done = Ticket.objects.get(pk=ticket.pk)
    assert (done.state, done.outcome) == ("done", "informed")


def test_desk_shows_the_number_why_and_the_requirements(house, officer):
    ticket = a_ticket(house.line)
    standard = a_standard(ticket.service, fee_text="Gratis")
    Requirement.objects.create(
        mall_id=ticket.mall_id, standard=standard, position=1, text="Fotokopi KK", condition="baru"
    )
    calling.call_next(house.desk, by=house.by)
    shown = page(officer)
    for words in ("Panggilan 1/3", "Fotokopi KK", "(baru)", "Gratis", "Paling dahulu datang"):
        assert shown.count(words) == 1, words


def test_desk_suggests_absence_after_the_last_recall(house, officer):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    for _each in range(2):
        press(officer, "panggilan-ulang", ticket)
    assert page(officer).count("Sudah dipanggil 3 kali") == 1
    assert told(press(officer, "panggilan-ulang", ticket)) == [str(calling.CalledEnough())]
    press(officer, "ketidakhadiran", ticket)
    assert state_of(ticket) == "absent"


def test_absent_visitor_comes_back(house, officer):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    calling.miss(ticket, by=house.by)
    press(officer, "kembali", ticket)
    assert state_of(ticket) == "waiting"


def test_chosen_number_is_called(house, officer):
    a_ticket(house.line)
    second = a_ticket(house.line)
    press(officer, "panggilan", second)
    assert state_of(second) == "called"


def test_hold_takes_a_listed_reason_or_own_words(house, officer):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    press(officer, "penundaan", ticket, reason="Melengkapi berkas", words="  Pulang sebentar ")
    assert Step.objects.get(ticket=ticket, verb="hold").reason == "Pulang sebentar"
    press(officer, "kelanjutan", ticket)
    assert state_of(ticket) == "serving"
    press(officer, "penundaan", ticket, reason="Melengkapi berkas")
    held = Step.objects.filter(ticket=ticket, verb="hold").latest("pk")
    assert held.reason == "Melengkapi berkas"


@pytest.mark.parametrize("given", [{"reason": "Bukan alasan"}, {"words": "x" * 101}])
def test_senseless_reason_is_asked_again(house, officer, given):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    assert press(officer, "penundaan", ticket, **given).status_code == 400
    assert state_of(ticket) == "called"


def test_transfer_and_send_go_to_what_was_chosen(house, officer):
    other = a_house(code="B", hours=False)
    ticket = a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    press(officer, "pengalihan", ticket, service=other.line.services.get().pk)
    assert Ticket.objects.get(came_from=ticket).line == other.line

    second = a_ticket(house.line)
    house.colleague()
    calling.call_next(house.desk, by=house.by)
    press(officer, "kiriman", second, counter=house.second.pk)
    assert Ticket.objects.get(pk=second.pk).wanted_counter == house.second


@pytest.mark.parametrize(
    ("noun", "given"),
    [
        ("pengalihan", {"service": "999999"}),
        ("pengalihan", {}),
        ("kiriman", {"counter": "x"}),
        ("penyelesaian", {"outcome": "bagus 🙂"}),
        ("penundaan", {"words": "\x00"}),
    ],
)
def test_unknown_choice_is_asked_again(house, officer, noun, given):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    serving.start(ticket, by=house.by)
    assert press(officer, noun, ticket, **given or {"x": "1"}).status_code == 400
    assert state_of(ticket) == "serving"


@pytest.mark.parametrize("noun", ["penundaan", "pengalihan", "kiriman", "penyelesaian"])
def test_questions_have_a_page_of_their_own_without_script(house, officer, noun):
    a_ticket(house.line)
    ticket = calling.call_next(house.desk, by=house.by)
    address = f"{HOME}nomor/{ticket.pk}/{noun}/"
    answer = officer.get(address)
    assert (answer.status_code, answer.content.decode().count(f'action="{address}"')) == (200, 1)


def test_pause_has_a_page_and_ends(house, officer):
    assert officer.get(f"{HOME}jeda/").status_code == 200
    press(officer, "jeda", reason="Salat")
    assert Desk.objects.get().pause_reason == "Salat"
    assert page(officer).count("Loket jeda sejak pukul") == 1
    press(officer, "jeda/akhir")
    assert Desk.objects.get().paused_at is None


def test_close_leads_back_to_the_choice(house, officer):
    answer = officer.post(f"{HOME}penutupan/", follow=True)
    assert answer.content.decode().count("Pilih loket Anda") == 1


def test_undo_is_offered_and_works(house, officer, clock_at):
    ticket = a_ticket(house.line)
    press(officer, "panggilan")
    assert page(officer).count(f"{HOME}nomor/{ticket.pk}/pembatalan/") == 1
    press(officer, "pembatalan", ticket)
    assert state_of(ticket) == "waiting"


def test_undo_after_the_time_is_neither_offered_nor_done(house, officer, clock_at):
    ticket = a_ticket(house.line)
    press(officer, "panggilan")
    clock_at.shift(16)
    assert page(officer).count("pembatalan/") == 0
    assert told(press(officer, "pembatalan", ticket)) == [str(serving.NothingToUndo())]
    assert state_of(ticket) == "called"


def test_second_press_is_told_and_harmless(house, officer):
    ticket = a_ticket(house.line)
    press(officer, "panggilan")
    assert told(press(officer, "panggilan")) == [str(calling.CounterBusy())]
    press(officer, "pelayanan", ticket)
    press(officer, "penyelesaian", ticket, outcome="served")
    assert told(press(officer, "penyelesaian", ticket, outcome="referred")) == [str(TooLate())]
    assert Ticket.objects.get(pk=ticket.pk).outcome == "served"


def test_ticket_at_a_colleagues_counter_is_left_alone(house, officer):
    a_ticket(house.line)
    ticket = calling.call_next(house.colleague(), by=house.by)
    assert told(press(officer, "ketidakhadiran", ticket)) == [
        "Nomor ini tidak sedang berada di loket ini. Lihat keadaan terbaru di halaman ini."
    ]
    assert state_of(ticket) == "called"


TICKET_NOUNS = [
    "panggilan",
    "panggilan-ulang",
    "pelayanan",
    "penundaan",
    "kelanjutan",
    "ketidakhadiran",
    "kembali",
    "pengalihan",
    "kiriman",
    "penyelesaian",
    "pembatalan",
]


@pytest.mark.parametrize("noun", TICKET_NOUNS)
@pytest.mark.parametrize("has_desk", [True, False])
def test_ticket_of_another_agency_is_not_found(house, officer, noun, has_desk):
    theirs = a_ticket(a_line(code="Z"))
    if not has_desk:
        close_desk(house.desk, by=house.by)
    assert press(officer, noun, theirs).status_code == 404
    assert state_of(theirs) == "waiting"


@pytest.mark.parametrize("noun", TICKET_NOUNS)
def test_ticket_of_another_mall_is_not_found(house, officer, noun):
    with in_mall(a_mall("sidrap")):
        theirs = a_ticket(a_house(code="Q").line)
    assert press(officer, noun, theirs).status_code == 404


def test_officer_is_nobody_in_another_mall(house):
    a_mall("sidrap")
    there = Client(HTTP_HOST="sidrap.localhost")
    there.force_login(house.officer)
    assert there.get(HOME).status_code == 403


def test_verbs_are_posts_only(house, officer):
    ticket = a_ticket(house.line)
    assert officer.get(f"{HOME}panggilan/").status_code == 405
    assert officer.get(f"{HOME}nomor/{ticket.pk}/pelayanan/").status_code == 405


def test_verbs_without_a_desk_are_told(house, officer):
    ticket = a_ticket(house.line)
    close_desk(house.desk, by=house.by)
    assert told(press(officer, "panggilan", ticket)) == ["Loket belum dibuka. Buka loket dahulu."]


def test_refreshing_page_leaves_messages_for_the_person(house, officer):
    press(officer, "panggilan")
    officer.get(HOME, headers={"X-Gerai-Refresh": "1"})
    assert page(officer).count("Tidak ada yang menunggu saat ini.") == 1


def test_rule_is_published_to_the_officer(house, officer):
    shown = officer.get(reverse("desk:explanation")).content.decode()
    assert shown.count("paling banyak 2 nomor berturut-turut") == 1


def test_desk_asks_as_often_for_thirty_waiting_as_for_one(
    house, officer, django_assert_max_num_queries
):
    a_ticket(house.line), a_ticket(house.line)
    calling.call_next(house.desk, by=house.by)
    with django_assert_max_num_queries(30) as few:
        officer.get(HOME)
    for _each in range(15):
        a_ticket(house.line), a_priority(house.line)
    with django_assert_max_num_queries(len(few.captured_queries)):
        officer.get(HOME)
