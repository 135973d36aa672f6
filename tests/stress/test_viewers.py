"""Two thousand people have a page of the mall open: all see what happens, none is turned away."""

import asyncio
import json
import random
import time

import pytest

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM
from gerai.queue.actions import desks
from gerai.queue.models import Desk
from tests.serving import server
from tests.stress.arrange import Race, a_race

pytestmark = [pytest.mark.stress, pytest.mark.usefixtures("installation")]

VIEWERS = 2_000
# Connections are opened by so many at a time, as people come one after the other.
AT_A_TIME = 100
PAGE = "/lantai/"
MINUTES = 3


class Viewer:
    """A browser with the page open: hears, waits as it is told, looks again."""

    def __init__(self, port: int, slug: str) -> None:
        self.port, self.host = port, f"{slug}.localhost"
        self.statuses: list[int] = []
        self.paused: list[int] = []
        self.spreads: list[int] = []

    async def watch(self, opened: asyncio.Semaphore, ready: asyncio.Event, looks: int) -> None:
        async with opened:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(f"GET /live/ HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode())
            await reader.readuntil(b"event: hello")
        ready.set()
        while len(self.statuses) < looks:
            line = await reader.readline()
            if line.startswith(b"data: {") and b"queue." in line:
                self.spreads.append(json.loads(line[6:]).get("spread_ms", 0))
                await asyncio.sleep(random.random() * self.spreads[-1] / 1000)
                await self.look()
        writer.close()

    async def look(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(
            f"GET {PAGE} HTTP/1.1\r\nHost: {self.host}\r\nX-Gerai-Refresh: 1\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        answer = await reader.read()
        writer.close()
        self.statuses.append(int(answer.split(b" ", 2)[1]))
        self.paused.append(answer.count(b"is-paused"))


def change(run: Race, verb: str) -> None:
    """Let the desk's officer take a break, or go on."""
    with in_mall(Mall.objects.get(slug=run.slug)):
        desk = Desk.objects.get(pk=run.desk_ids[0])
        if verb == "pause":
            desks.pause(desk, reason="Istirahat", by=SYSTEM)
        else:
            desks.go_on(desk, by=SYSTEM)


async def hall(port: int, run: Race) -> tuple[list[Viewer], list[float]]:
    viewers = [Viewer(port, run.slug) for _ in range(VIEWERS)]
    opened = asyncio.Semaphore(AT_A_TIME)
    ready = [asyncio.Event() for _ in viewers]
    verbs = ("pause", "go_on")
    watching = [
        asyncio.create_task(viewer.watch(opened, event, len(verbs)))
        for viewer, event in zip(viewers, ready, strict=True)
    ]
    took = []
    async with asyncio.timeout(MINUTES * 60):
        await asyncio.gather(*(event.wait() for event in ready))
        for turn, verb in enumerate(verbs, 1):
            began = time.perf_counter()
            await asyncio.to_thread(change, run, verb)
            while any(len(viewer.statuses) < turn for viewer in viewers):
                await asyncio.sleep(0.02)
            took.append(time.perf_counter() - began)
        await asyncio.gather(*watching)
    return viewers, took


def test_two_thousand_viewers_all_see_what_happened(tmp_path):
    run = a_race("penonton", counters=1)
    with server(tmp_path / "log", processes=2) as running:
        viewers, took = asyncio.run(hall(running.port, run))
    print(f"seconds until the last of {VIEWERS} had looked: {[round(each, 1) for each in took]}")
    assert {status for viewer in viewers for status in viewer.statuses} == {200}
    legend = viewers[0].paused[-1]
    drawn_and_listed = 2
    paused = [legend + drawn_and_listed, legend]
    assert [viewer.paused for viewer in viewers] == [paused] * VIEWERS
    assert min(spread for viewer in viewers for spread in viewer.spreads) > 0
