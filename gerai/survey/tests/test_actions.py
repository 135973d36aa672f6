"""Inviting and rating: once, and leading back to nobody."""

from datetime import date

import pytest

from gerai.directory.models import Service
from gerai.directory.tests.factories import a_service
from gerai.malls.models import Mall
from gerai.people.models import Deed
from gerai.survey.actions import BadAnswers, NoInvitation, RatedAlready, invite, rate
from gerai.survey.models import Invitation, Rating

DAY = date(2026, 11, 23)
ALL_FOURS = [4] * 9


@pytest.fixture
def service(mall: Mall) -> Service:
    """Make a service."""
    return a_service()


@pytest.fixture
def token(service: Service) -> str:
    """Invite somebody."""
    return str(invite(service, day=DAY))


def test_answers_are_stored_with_service_day_and_door(service: Service, token: str) -> None:
    rate(token, [1, 2, 3, 4, None, 1, 2, 3, 4], door="phone", suggestion=" Ramah. ")

    stored = Rating.objects.get()
    assert [getattr(stored, f"u{n}") for n in range(1, 10)] == [1, 2, 3, 4, None, 1, 2, 3, 4]
    assert (stored.service, stored.agency, stored.day) == (service, service.agency, DAY)
    assert (stored.door, stored.suggestion) == ("phone", "Ramah.")


def test_a_rating_has_no_key_that_leads_back(token: str) -> None:
    rate(token, ALL_FOURS, door="phone")

    columns = {field.name for field in Rating._meta.get_fields()}
    assert columns == {
        "id",
        "mall",
        "agency",
        "service",
        "day",
        "door",
        "suggestion",
        *(f"u{n}" for n in range(1, 10)),
    }
    assert Rating.objects.get().pk.version == 4
    assert Deed.objects.count() == 0


def test_an_invitation_is_used_once(token: str) -> None:
    rate(token, ALL_FOURS, door="phone")

    with pytest.raises(RatedAlready):
        rate(token, ALL_FOURS, door="kiosk")
    assert Rating.objects.count() == 1


def test_an_unknown_token_is_refused(mall: Mall) -> None:
    with pytest.raises(NoInvitation):
        rate("tidak-ada", ALL_FOURS, door="phone")


@pytest.mark.parametrize(
    "answers", [[], [None] * 9, [4] * 8, [4] * 10, [0] + [4] * 8, [5] + [4] * 8, [-1] + [4] * 8]
)
def test_bad_answers_leave_the_invitation_open(token: str, answers: list[int | None]) -> None:
    with pytest.raises(BadAnswers):
        rate(token, answers, door="phone")

    assert Invitation.objects.get().is_used is False
    assert Rating.objects.count() == 0
