"""A hall in real browsers: paired devices, calls, and what their loudspeakers play.

The devices are paired ones, so they are missed when they are silent. What a browser really
plays is counted, with its volume.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import Server

HEARS = """
const start = AudioBufferSourceNode.prototype.start;
let ended;
AudioBufferSourceNode.prototype.start = function (...rest) {
  heard("began", this.buffer.duration);
  if (ended) heard("rest", performance.now() - ended);
  this.addEventListener("ended", () => {
    ended = performance.now();
    heard("ended", this.buffer.duration);
  });
  return start.apply(this, rest);
};
const connect = GainNode.prototype.connect;
GainNode.prototype.connect = function (...rest) {
  heard("volume", Math.round(this.gain.value * 100));
  return connect.apply(this, rest);
};
document.addEventListener("gerai:spoken", ({ detail }) => heard("spoken", detail.sequence));
"""
PAIR = """
import json
from django.http import HttpResponse
from gerai import clock
from gerai.directory import guard
from gerai.directory.models import Device, Zone
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
with in_mall(Mall.objects.get(slug="barru")) as mall:
    kind, name, speaks = {told}
    zone = Zone.objects.get(code="Z1") if kind == "screen" else None
    made = Device.objects.create(mall=mall, kind=kind, name=name, zone=zone, speaks=speaks)
    response = HttpResponse()
    guard.give_token(response, made)
    told = response.cookies["gerai_device_" + kind].value
    print(json.dumps([made.pk, Zone.objects.get(code="Z1").pk, told]))
"""
# Waiting calls of a zone, each of a visitor who stands at a counter of it.
CALL = """
from gerai.directory.models import Counter, Service
from gerai.display.tests.factories import a_call
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.models import Ticket
with in_mall(Mall.objects.get(slug="barru")):
    counter = Counter.objects.filter(zone__code="Z1", shares__isnull=False).order_by("pk").first()
    for label in {labels}:
        Ticket.objects.filter(state="called").update(state="done")
        service = Service.objects.filter(agency=counter.shares.first().agency).first()
        a_call(counter.zone, counter=counter, label=label, service=service)
"""
SPEECH = """
import json
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.models import Call, Ticket
with in_mall(Mall.objects.get(slug="barru")):
    calls = Call.objects.filter(zone__code="Z1").order_by("sequence")
    print(json.dumps([[c.sequence, c.speech] for c in calls]))
"""
TICKETS = """
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.models import Ticket
with in_mall(Mall.objects.get(slug="barru")):
    print(Ticket.objects.count())
"""
SLOW = 60_000


@dataclass
class Glass:
    """A device's page, its rows in the database, and what was heard of it."""

    page: Page
    pk: int
    zone: int
    heard: list[tuple[str, float]] = field(default_factory=list)

    def count(self, what: str) -> int:
        return sum(each == what for each, _ in self.heard)

    def of(self, what: str) -> list[float]:
        return [value for each, value in self.heard if each == what]

    def wait_until(self, what: str, count: int) -> None:
        """Wait until so many sounds began or ended, or so many calls were spoken."""
        end = time.monotonic() + 90
        while self.count(what) < count:
            assert time.monotonic() < end, self.heard
            self.page.wait_for_timeout(50)


@dataclass
class Hall:
    """A server that may be killed, and devices paired with it."""

    server: Server
    someone: Callable[..., Page]

    @property
    def url(self) -> str:
        return self.server.site.url

    def pair(self, kind: str, name: str, *, speaks: bool = True) -> tuple[int, int, str]:
        program = PAIR.format(told=(kind, name, speaks))
        told = self.server.site.gerai("shell", "--no-imports", "-c", program)
        pk, zone, token = json.loads(told)
        return pk, zone, token

    def screen(self, name: str, *scripts: str, size: str = "hall", speaks: bool = True) -> Glass:
        pk, zone, token = self.pair("screen", name, speaks=speaks)
        glass = Glass(self.someone(size), pk, zone)
        hold(glass.page.context, self.url, "screen", token)
        listen(glass.page.context, glass.heard, *scripts)
        glass.page.goto(f"{self.url}/layar/")
        return glass

    def call(self, *labels: str) -> None:
        self.server.site.gerai("shell", "--no-imports", "-c", CALL.format(labels=labels))

    def speech(self) -> list[list[Any]]:
        return json.loads(self.server.site.gerai("shell", "--no-imports", "-c", SPEECH))

    def tickets(self) -> int:
        return int(self.server.site.gerai("shell", "--no-imports", "-c", TICKETS))


def hold(context: BrowserContext, url: str, kind: str, token: str) -> None:
    context.add_cookies([{"name": f"gerai_device_{kind}", "value": token, "url": url}])


def listen(context: BrowserContext, heard: list[tuple[str, float]], *scripts: str) -> None:
    context.expose_binding("heard", lambda _, what, value: heard.append((what, value)))
    for script in (HEARS, *scripts):
        context.add_init_script(script)


def mall_time() -> datetime:
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Makassar"))
