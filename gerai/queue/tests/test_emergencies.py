"""An emergency: the queue stands still everywhere, survives, and goes on where it was."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gerai.directory.models import Counter, Emergency, EmergencyKind, GatheringPlace
from gerai.directory.tests.factories import a_counter, a_device, a_user, a_zone, an_agency
from gerai.people import audit
from gerai.people.models import Deed
from gerai.people.roles import Role
from gerai.queue.actions import calling, emergencies, serving, speech
from gerai.queue.actions.desks import open_desk
from gerai.queue.actions.emergencies import AlreadyDeclared, AlreadyOver, StandsStill, freeze, go_on
from gerai.queue.actions.tickets import NotOpen, leave
from gerai.queue.models import Ticket
from gerai.queue.queries.places import durations_of
from gerai.queue.queries.stories import story_of
from gerai.queue.states import State
from gerai.queue.tests.factories import TEN, a_line, a_ticket

HOME = "/pengawas/darurat/"


@pytest.fixture
def boss(house):
    return a_user(Role.SUPERVISOR, name="Hasnah")


@pytest.fixture
def by(boss):
    return audit.Actor.person(boss)


def again(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("line__agency", "visit", "counter").get(pk=ticket.pk)


def test_numbers_calls_and_moves_stop_and_who_is_at_the_desk_is_finished(house, by):
    serving_, waiting = a_ticket(house.line), a_ticket(house.line)
    called = calling.call_next(house.desk, by=house.by)
    serving.start(called, by=house.by)
    colleague = house.colleague()

    freeze(EmergencyKind.FIRE, by=by)

    with pytest.raises(NotOpen, match="Antrean dihentikan sementara"):
        a_ticket(house.line)
    with pytest.raises(StandsStill):
        calling.call_next(colleague, by=house.by)
    with pytest.raises(StandsStill):
        leave(again(waiting), by=audit.VISITOR)
    with pytest.raises(StandsStill):
        serving.hold(again(serving_), by=house.by)
    serving.finish(again(serving_), by=house.by)
    assert again(waiting).state == State.WAITING


def test_it_goes_on_with_the_same_numbers_in_the_same_order(house, by):
    first, second = a_ticket(house.line), a_ticket(house.line)
    emergency = freeze(EmergencyKind.DRILL, by=by, words="Latihan tahunan")

    go_on(emergency, by=by)

    assert calling.call_next(house.desk, by=house.by) == first
    serving.start(again(first), by=house.by)
    serving.finish(again(first), by=house.by)
    assert calling.call_next(house.desk, by=house.by) == second
    assert a_ticket(house.line).number == 3
    assert list(
        Deed.objects.filter(verb__in=["queue.freeze", "queue.thaw"])
        .order_by("pk")
        .values_list("verb", "by_name")
    ) == [("queue.freeze", "Hasnah"), ("queue.thaw", "Hasnah")]


def test_a_floor_stands_still_and_the_others_go_on(house, by):
    upstairs = a_zone()
    agency = an_agency()
    line = a_line(agency)
    counter = a_counter(zone=upstairs, agency=agency)
    officer = a_user(agency=agency)
    desk = open_desk(counter, officer=officer, by=audit.Actor.person(officer))
    a_ticket(line)
    a_ticket(house.line)

    freeze(EmergencyKind.FLOOD, by=by, floor=upstairs.floor)

    with pytest.raises(NotOpen):
        a_ticket(line)
    with pytest.raises(StandsStill):
        calling.call_next(desk, by=audit.Actor.person(officer))
    assert calling.call_next(house.desk, by=house.by).counter == house.counter
    assert a_ticket(house.line).state == State.WAITING


def test_nobody_is_called_by_voice_while_it_lasts(house, by):
    a_ticket(house.line)
    called = calling.call_next(house.desk, by=house.by)
    zone = Counter.objects.select_related("zone").get(pk=house.counter.pk).zone
    screen = a_device("screen", zone=zone, speaks=True)
    emergency = freeze(EmergencyKind.FIRE, by=by)

    assert speech.claim(zone, device=screen) is None
    go_on(emergency, by=by)
    assert speech.claim(zone, device=screen).ticket == called


def test_the_time_it_stood_still_is_no_wait(house, by, clock_at):
    ticket = a_ticket(house.line)
    clock_at.move_to(TEN + timedelta(minutes=5))
    emergency = freeze(EmergencyKind.FIRE, by=by)
    clock_at.move_to(TEN + timedelta(minutes=35))
    assert durations_of([ticket.pk])[ticket.pk].waiting == 5 * 60
    go_on(emergency, by=by)
    clock_at.move_to(TEN + timedelta(minutes=37))
    calling.call_next(house.desk, by=house.by)
    clock_at.move_to(TEN + timedelta(minutes=38))

    spent = durations_of([ticket.pk])[ticket.pk]
    assert (spent.waiting, spent.walking) == (7 * 60, 60)
    assert story_of(again(ticket)).durations == spent


def test_two_supervisors_at_once_declare_and_end_it_once(house, by):
    emergency = freeze(EmergencyKind.FIRE, by=by)
    with pytest.raises(AlreadyDeclared):
        freeze(EmergencyKind.FLOOD, by=by)
    go_on(emergency, by=by)
    with pytest.raises(AlreadyOver):
        go_on(emergency, by=by)
    assert Emergency.objects.count() == 1


def test_the_database_refuses_a_second_one_of_the_same_place(house, by, monkeypatch):
    freeze(EmergencyKind.FIRE, by=by)
    monkeypatch.setattr(
        Emergency.objects, "filter", lambda *_told, **_more: Emergency.objects.none()
    )
    with pytest.raises(AlreadyDeclared):
        emergencies.freeze(EmergencyKind.FLOOD, by=by)


def test_it_is_declared_after_one_question_only(house, boss, client):
    client.force_login(boss)
    a_ticket(house.line)
    GatheringPlace.objects.create(mall=house.agency.mall, place="Halaman parkir depan")
    told = {"kind": "fire", "words": "Asap di dapur", "floor": "", "leaves_the_building": "on"}

    asked = client.get(f"{HOME}nyatakan/", told)

    assert asked.status_code == 200
    assert b"Halaman parkir depan" in asked.content
    assert not Emergency.objects.exists()
    done = client.post(f"{HOME}nyatakan/", told)
    assert done.headers["Location"] == HOME
    found = Emergency.objects.get()
    assert (found.kind, found.words, found.began_by, found.ended_at) == (
        "fire",
        "Asap di dapur",
        boss,
        None,
    )
    assert client.get(f"{HOME}nyatakan/", {"kind": "hujan"}).status_code == 400
    client.post(f"{HOME}{found.pk}/aman/")
    assert Emergency.objects.get().ended_by == boss


def test_everybody_reads_it_in_both_languages(house, by, client):
    ticket = a_ticket(house.line)
    GatheringPlace.objects.create(
        mall=house.agency.mall, place="Halaman parkir depan", place_en="Front car park"
    )
    emergency = freeze(EmergencyKind.FIRE, by=by)
    client.force_login(house.officer)

    for address in (
        reverse("phone:ticket", args=[ticket.visit.token]),
        reverse("phone:home"),
        reverse("desk:home"),
        reverse("portals:home"),
    ):
        shown = client.get(address).content.decode()
        assert shown.count("Berkumpul di: Halaman parkir depan.") == 1, address
        assert shown.count("Front car park") == 1, address
    go_on(emergency, by=by)
    assert b"Halaman parkir" not in client.get(reverse("phone:home")).content


@pytest.mark.parametrize("role", [Role.OFFICER, Role.GREETER, Role.EDITOR])
def test_nobody_else_may_declare_it(house, client, role):
    client.force_login(a_user(role))
    assert client.post(f"{HOME}nyatakan/", {"kind": "fire"}).status_code == 403
    assert not Emergency.objects.exists()


def test_where_to_gather_is_said_by_the_supervisor(house, boss, client):
    client.force_login(boss)
    client.post(f"{HOME}titik-kumpul/", {"place": "Lapangan", "place_en": ""})
    client.post(f"{HOME}titik-kumpul/", {"place": "Halaman", "place_en": "Yard"})
    assert client.post(f"{HOME}titik-kumpul/", {"place": ""}).status_code == 400
    found = GatheringPlace.objects.get()
    assert (found.place, found.place_en) == ("Halaman", "Yard")
