"""Two doors to the same numbers: the page's view, and the fast door before it."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gerai.directory.guard import give_token
from gerai.directory.models import Device, Service
from gerai.directory.tests import factories
from gerai.front.actions import Giver, Presser
from gerai.front.door import GROUPS, OUTCOMES, done_response, response_to, sent_of
from gerai.front.rules import asked, pressed
from gerai.queue.models import Line, Ticket
from gerai.queue.tests.conftest import clock_at, house
from gerai.queue.tests.factories import House, a_ticket

__all__ = ["clock_at", "house"]

JSON = "application/json"
TOKEN = "Contoh0Contoh1Contoh2Contoh3Cont"


class PageDoor:
    """A browser whose presses are answered by the page's view."""

    def __init__(self, host: str = "barru.localhost") -> None:
        self.client = Client(HTTP_HOST=host, enforce_csrf_checks=True)
        self.client.cookies["csrftoken"] = TOKEN
        self.host = host
        self.answered_fast = 0

    def pair(self, kiosk: Device) -> None:
        """Let the browser be a kiosk."""
        paired = HttpResponse()
        give_token(paired, kiosk)
        self.client.cookies.update(paired.cookies)

    def kiosk(self, service: Service, key: str, **typed: str) -> Any:
        """Touch a group at the kiosk."""
        return self.press(reverse("kiosk:take", args=[service.pk]), {"key": key, **typed})

    def phone(self, service: Service, key: str, **typed: str) -> Any:
        """Press the button on the phone."""
        return self.press(reverse("phone:service", args=[service.pk]), {"key": key, **typed})

    def desk(self, noun: str, ticket: Ticket | None = None, **given: str) -> Any:
        """Press a button of the desk."""
        return self.press(desk_path(noun, ticket), given)

    def press(self, path: str, typed: dict[str, str]) -> Any:
        """Send a form with its token."""
        return self.client.post(path, {"csrfmiddlewaretoken": TOKEN, **typed})

    def tell(self, path: str, typed: dict[str, str]) -> Any:
        """Send a JSON object, and ask for one."""
        headers = {"Accept": JSON, "X-CSRFToken": TOKEN}
        return self.client.post(path, typed, content_type=JSON, headers=headers)


class FrontDoor(PageDoor):
    """The same browser before the fast door; what that hands on, the view answers."""

    def __init__(self, host: str = "barru.localhost") -> None:
        super().__init__(host)
        self.giver = Giver()
        self.presser = Presser()

    def press(self, path: str, typed: dict[str, str]) -> Any:
        """Send a form with its token."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **typed}).encode()
        return self._try(self.scope(path), body) or super().press(path, typed)

    def tell(self, path: str, typed: dict[str, str]) -> Any:
        """Send a JSON object, and ask for one."""
        scope = self.scope(path, content_type=JSON, accept=JSON, x_csrftoken=TOKEN)
        return self._try(scope, json.dumps(typed).encode()) or super().tell(path, typed)

    def _try_desk(self, scope: dict[str, Any], body: bytes) -> Any:
        told = sent_of(scope, body)
        press = pressed(told, outcomes=OUTCOMES) if told is not None else None
        if press is None or not self.presser.press([press])[0]:
            return None
        self.answered_fast += 1
        return done_response(press)

    def _try(self, scope: dict[str, Any], body: bytes) -> Any:
        told = sent_of(scope, body)
        ask = asked(told, groups=GROUPS) if told is not None else None
        answer = self.giver.give([ask])[0] if ask is not None else None
        if ask is None or answer is None:
            return None
        self.answered_fast += 1
        response = response_to(ask, answer)
        self.client.cookies.update(response.cookies)
        return response

    def desk(self, noun: str, ticket: Ticket | None = None, **given: str) -> Any:
        """Press a button of the desk."""
        path = desk_path(noun, ticket)
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **given}).encode()
        return self._try_desk(self.scope(path), body) or PageDoor.press(self, path, given)

    def scope(self, path: str, **more: str) -> dict[str, Any]:
        """Return the request as the server gives it."""
        sent = self.client.cookies.items()
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in sent)
        headers = {
            b"host": self.host.encode(),
            b"cookie": cookies.encode(),
            b"content-type": b"application/x-www-form-urlencoded",
            b"accept": b"text/html",
        }
        for name, value in more.items():
            headers[name.replace("_", "-").encode()] = value.encode()
        return {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": b"",
            "scheme": "http",
            "client": ("127.0.0.1", 4000),
            "headers": list(headers.items()),
        }


Doors = Callable[[], PageDoor]


@pytest.fixture(params=[PageDoor, FrontDoor], ids=["page", "front"])
def doors(request: pytest.FixtureRequest, house: House) -> Doors:
    """Return browsers before one of the doors, in a mall whose line has begun its day."""
    cache.clear()
    a_ticket(house.line)
    kind: Doors = request.param
    return kind


@pytest.fixture
def door(doors: Doors, kiosk: Device) -> PageDoor:
    """Return a kiosk's browser before one of the doors."""
    browser = doors()
    browser.pair(kiosk)
    return browser


@pytest.fixture
def kiosk(house: House) -> Device:
    """Return a paired kiosk."""
    return factories.a_device("kiosk", name="Kios depan")


def desk_path(noun: str, ticket: Ticket | None) -> str:
    """Return the address of a button of the desk."""
    return f"/petugas/nomor/{ticket.pk}/{noun}/" if ticket else f"/petugas/{noun}/"


def service_of(line: Line) -> Service:
    """Return the one service of a line."""
    service: Service = line.services.get()
    return service
