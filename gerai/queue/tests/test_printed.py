"""A number on paper: not callable before its paper is out, dropped when it never comes."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.people import audit
from gerai.queue.actions import printed
from gerai.queue.actions.calling import NobodyWaiting, call_next
from gerai.queue.actions.days import end_days_before
from gerai.queue.actions.moves import TooLate
from gerai.queue.actions.tickets import take_once
from gerai.queue.models import Door, Group, Ticket
from gerai.queue.queries.places import people_ahead
from gerai.queue.states import State
from gerai.queue.tests.factories import House, a_ticket, later
from gerai.transactions import joined_transaction


@joined_transaction
def on_paper(house: House, key: str = "kunci-nomor-di-kertas") -> Ticket:
    """Take a number whose paper is still to come."""
    return take_once(
        house.line.services.get(),
        door=Door.KIOSK,
        idempotency_key=key,
        by=audit.VISITOR,
        group=Group.ORDINARY,
        language="id",
        state=State.PRINTING,
    )


count, drop = joined_transaction(printed.count), joined_transaction(printed.drop)


def test_a_number_on_paper_is_not_called_before_it_counts(house: House) -> None:
    ticket = on_paper(house)

    with pytest.raises(NobodyWaiting):
        call_next(house.desk, by=house.by)
    count(ticket, by=audit.SYSTEM, reason="kertas keluar")

    assert call_next(house.desk, by=house.by) == ticket


def test_a_number_on_paper_keeps_the_place_of_its_arrival(house: House) -> None:
    first, second = on_paper(house), a_ticket(house.line)
    assert people_ahead(second) == 0

    count(first, by=audit.SYSTEM, reason="kertas keluar")

    assert people_ahead(second) == 1
    assert call_next(house.desk, by=house.by) == first


def test_a_dropped_number_says_why_and_stays_a_gap(house: House) -> None:
    ticket = on_paper(house)

    drop(ticket, by=audit.SYSTEM, reason="kertas habis")

    assert ticket.steps.values_list("verb", "state", "reason").last() == (
        "print_drop",
        "dropped",
        "kertas habis",
    )
    assert a_ticket(house.line).number == ticket.number + 1


@pytest.mark.parametrize(("first", "second"), [(count, drop), (drop, count)])
def test_counted_or_dropped_only_the_first_wins(house: House, first, second) -> None:
    ticket = on_paper(house)
    twin = Ticket.objects.get(pk=ticket.pk)

    first(ticket, by=audit.SYSTEM, reason="")

    with pytest.raises(TooLate):
        second(twin, by=audit.SYSTEM, reason="")


def test_opening_its_page_on_a_phone_lets_it_count(client: Client, house: House) -> None:
    ticket = on_paper(house)
    address = reverse("phone:ticket", args=[ticket.visit.token])

    client.head(address)
    assert Ticket.objects.get().state == State.PRINTING
    page = client.get(address).content.decode()

    assert Ticket.objects.get().state == State.WAITING
    assert page.count('data-gerai-ticket="waiting"') == 1


def test_the_page_of_a_dropped_number_says_so(client: Client, house: House) -> None:
    ticket = on_paper(house)
    drop(ticket, by=audit.SYSTEM, reason="")

    page = client.get(reverse("phone:ticket", args=[ticket.visit.token])).content.decode()

    assert page.count("gugur karena kertasnya tidak keluar") == 1
    assert Ticket.objects.get().state == State.DROPPED


def test_the_night_drops_what_was_never_printed(house: House) -> None:
    ticket = on_paper(house)

    assert end_days_before(later(days=1).date()) == 0

    assert Ticket.objects.get(pk=ticket.pk).state == State.DROPPED
