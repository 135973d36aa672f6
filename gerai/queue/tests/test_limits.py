"""Numbers a day: the last place is given once, and a number that never counted gives it back."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from gerai.directory.guard import give_token
from gerai.directory.models import Service
from gerai.directory.tests.factories import a_device, a_service, a_user
from gerai.people import audit
from gerai.people.roles import Role
from gerai.queue.actions import printed
from gerai.queue.actions.limits import claim_place, set_limits
from gerai.queue.actions.tickets import NumbersGone, take, take_once
from gerai.queue.models import DailyLimit, Door, Group, LineDay, ServiceDay, Ticket, Visit
from gerai.queue.queries.boards import today
from gerai.queue.queries.choices import service_choices, service_page
from gerai.queue.queries.limits import numbers_left
from gerai.queue.states import State
from gerai.queue.tests.factories import TEN, a_place_in, a_ticket
from gerai.transactions import one_transaction

BY = audit.SYSTEM
MONDAY, TUESDAY = 0, 1


@pytest.fixture
def service(house) -> Service:
    return house.line.services.get()


def test_no_number_beyond_the_limit_and_it_says_when_again(house, service):
    set_limits(service, {(None, ""): 2}, by=BY)
    a_ticket(house.line)
    a_ticket(house.line)

    with pytest.raises(NumbersGone) as refused:
        a_ticket(house.line)

    assert str(refused.value.message).endswith(
        "Nomor dibagikan lagi Selasa 24 November pukul 08.00."
    )
    assert Ticket.objects.count() == 2
    assert LineDay.objects.get().last_number == 2
    assert ServiceDay.objects.get().given == 2


@pytest.mark.parametrize(
    ("limits", "left"),
    [
        ({}, {}),
        ({(None, ""): 5}, {"": 4, "kiosk": 4}),
        ({(None, ""): 5, (MONDAY, ""): 3}, {"": 2, "kiosk": 2}),
        ({(None, ""): 5, (TUESDAY, ""): 3}, {"": 4, "kiosk": 4}),
        ({(TUESDAY, ""): 3}, {}),
        ({(None, "kiosk"): 2}, {"kiosk": 1}),
        ({(None, ""): 9, (None, "kiosk"): 2, (None, "phone"): 1}, {"": 8, "kiosk": 1, "phone": 1}),
    ],
)
def test_the_limit_that_counts(house, service, limits, left):
    a_ticket(house.line, door=Door.KIOSK)
    set_limits(service, limits, by=BY)

    found = {
        door: numbers_left([service], today(), door).get(service.pk)
        for door in ("", "kiosk", "phone")
    }

    expected = dict.fromkeys(("", "kiosk", "phone")) | ({"phone": left[""]} if "" in left else {})
    assert found == expected | left


def test_one_door_may_have_no_numbers_left_while_another_has(house, service):
    set_limits(service, {(None, "phone"): 1}, by=BY)
    a_ticket(house.line, door=Door.PHONE)
    with pytest.raises(NumbersGone):
        a_ticket(house.line, door=Door.PHONE)
    assert a_ticket(house.line, door=Door.KIOSK).state == State.WAITING


def test_a_limit_that_is_set_today_counts_what_was_given_before(house, service):
    a_ticket(house.line)
    a_ticket(house.line)
    set_limits(service, {(None, ""): 3}, by=BY)
    a_ticket(house.line)
    with pytest.raises(NumbersGone):
        a_ticket(house.line)
    set_limits(service, {(None, ""): 4}, by=BY)
    assert a_ticket(house.line).number == 4


def test_a_limit_below_what_is_given_gives_no_more_and_takes_nothing_back(house, service):
    set_limits(service, {(None, ""): 5}, by=BY)
    given = [a_ticket(house.line) for _number in range(3)]
    set_limits(service, {(None, ""): 2}, by=BY)
    assert numbers_left([service], today()) == {service.pk: 0}
    with pytest.raises(NumbersGone):
        a_ticket(house.line)
    assert Ticket.objects.waiting().count() == len(given)
    set_limits(service, {(None, ""): 4}, by=BY)
    assert numbers_left([service], today()) == {service.pk: 1}


def test_numbers_given_while_there_was_no_limit_count_when_it_comes_back(house, service):
    set_limits(service, {(None, ""): 2}, by=BY)
    a_ticket(house.line)
    set_limits(service, {}, by=BY)
    a_ticket(house.line), a_ticket(house.line)
    set_limits(service, {(None, ""): 3}, by=BY)
    assert numbers_left([service], today()) == {service.pk: 0}
    with pytest.raises(NumbersGone):
        a_ticket(house.line)


def test_a_family_that_comes_at_the_end_keeps_the_numbers_it_got(house, service):
    set_limits(service, {(None, ""): 2}, by=BY)
    family = []
    for _person in range(3):
        try:
            family.append(a_ticket(house.line))
        except NumbersGone:
            break
    assert [ticket.state for ticket in family] == [State.WAITING] * 2
    assert (Ticket.objects.count(), Visit.objects.count()) == (2, 2)
    # The same press once more is the same number, not one that is gone.
    again = take(
        service,
        door=Door.KIOSK,
        idempotency_key=family[1].visit.idempotency_key,
        by=audit.VISITOR,
    )
    assert again == family[1]


def test_a_place_under_one_limit_is_not_lost_where_another_is_full(house, service):
    set_limits(service, {(None, ""): 5, (None, "kiosk"): 1}, by=BY)
    a_ticket(house.line, door=Door.KIOSK)
    for _time in range(3):
        with pytest.raises(NumbersGone):
            a_ticket(house.line, door=Door.KIOSK)
    assert numbers_left([service], today()) == {service.pk: 4}


def test_a_number_that_never_counted_gives_its_place_back(house, service):
    set_limits(service, {(None, ""): 1}, by=BY)
    ticket = on_paper(service)
    with pytest.raises(NumbersGone):
        a_ticket(house.line)

    dropped(ticket)

    assert ServiceDay.objects.get().given == 0
    assert a_ticket(house.line).state == State.WAITING


@one_transaction
def on_paper(service):
    return take_once(
        service,
        door=Door.KIOSK,
        idempotency_key="kertas-contoh-1",
        by=BY,
        group=Group.ORDINARY,
        language="id",
        state=State.PRINTING,
    )


@one_transaction
def dropped(ticket):
    printed.drop(ticket, by=BY, reason="kertas habis")


def test_pages_say_that_numbers_are_gone(house, service, client):
    set_limits(service, {(None, ""): 1}, by=BY)
    a_ticket(house.line)

    for opening in (service_choices(TEN)[0].opening, service_page(service, TEN).opening):
        assert (opening.reason, opening.is_open, opening.takes_tickets) == (
            "numbers_gone",
            True,
            False,
        )
    shown = client.get(reverse("phone:service", args=[service.pk])).content.decode()
    assert shown.count("untuk hari ini sudah habis") == 1


def test_a_service_whose_numbers_are_gone_does_not_speak_for_its_agency(house, service, client):
    other = a_place_in(house.line, a_service(agency=house.agency, name="Zonasi"))
    set_limits(service, {(None, "phone"): 1, (None, "kiosk"): 1}, by=BY)
    a_ticket(house.line, door=Door.PHONE), a_ticket(house.line, door=Door.KIOSK)
    assert service.name < other.name

    phone = client.get(reverse("phone:agency", args=[house.agency.pk])).content.decode()
    assert phone.count('<p class="lead">Buka sampai pukul 12.00.</p>') == 1
    assert phone.count("untuk hari ini sudah habis") == 1

    paired = HttpResponse()
    give_token(paired, a_device("kiosk"))
    client.cookies.update(paired.cookies)
    kiosk = client.get(reverse("kiosk:agency", args=[house.agency.pk])).content.decode()
    assert kiosk.count("Sentuh layanan yang Anda perlukan.") == 1
    assert kiosk.count("Nomor hari ini sudah habis") == 1

    set_limits(other, {(None, ""): 1}, by=BY)
    ServiceDay.objects.create(mall=house.agency.mall, service=other, day=today(), given=1)
    assert (
        "Nomor layanan ini untuk hari ini sudah habis"
        in client.get(reverse("kiosk:agency", args=[house.agency.pk])).content.decode()
    )


def test_the_last_place_is_given_by_the_row_not_by_counting(house, service):
    set_limits(service, {(None, ""): 3}, by=BY)
    a_ticket(house.line)
    ServiceDay.objects.update(given=3)
    assert not claimed(service)
    ServiceDay.objects.update(given=2)
    assert claimed(service)
    assert not claimed(service)


@one_transaction
def claimed(service):
    return claim_place(service, today(), Door.KIOSK)


def test_the_office_sets_and_removes_limits(house, service, client):
    client.force_login(a_user(Role.MALL_ADMIN))
    address = f"/kelola/antrean/batas/{service.pk}/"
    assert client.get("/kelola/antrean/batas/").status_code == 200
    assert client.post(address, {"every_day": "0"}).status_code == 400
    client.post(address, {"every_day": "40", "day_4": "20", "door_phone": "10"})
    found = DailyLimit.objects.order_by("numbers").values_list("weekday", "door", "numbers")
    assert list(found) == [(None, "phone", 10), (4, "", 20), (None, "", 40)]
    assert client.get(address).content.decode().count('value="40"') == 1
    client.post(address, {})
    assert not DailyLimit.objects.exists()


def test_officers_may_not_set_them(house, service, client):
    client.force_login(house.officer)
    address = f"/kelola/antrean/batas/{service.pk}/"
    assert client.post(address, {"every_day": "1"}).status_code == 403
    assert not DailyLimit.objects.exists()
