"""Many screens hear every happening of their mall, and nothing of another's."""

import asyncio

import pytest

from gerai.directory.models import Service
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.audit import VISITOR
from gerai.queue.actions import tickets
from gerai.queue.models import Door
from tests.serving import server
from tests.stress.arrange import a_race

pytestmark = [pytest.mark.stress, pytest.mark.usefixtures("installation")]

SCREENS = 300
TAKES = 10


async def listen(port: int, slug: str, opened: asyncio.Event, until: int) -> int:
    """Open one stream; return how many numbers taken it heard of within ten seconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /live/ HTTP/1.1\r\nHost: {slug}.localhost\r\n\r\n".encode())
    heard = 0
    try:
        async with asyncio.timeout(30):
            await reader.readuntil(b"event: hello")
            opened.set()
            while heard < until:
                line = await reader.readline()
                heard += b'"queue.take"' in line
    except TimeoutError:
        pass
    finally:
        writer.close()
    return heard


def take_some(slug: str, service_id: int) -> None:
    with in_mall(Mall.objects.get(slug=slug)):
        service = Service.objects.select_related("agency").get(pk=service_id)
        for n in range(TAKES):
            tickets.take(service, door=Door.KIOSK, idempotency_key=f"dengar-{n}", by=VISITOR)


def test_every_screen_of_the_mall_hears_every_happening(tmp_path):
    run, other = a_race("dengar", counters=0), a_race("tetangga", counters=0)

    async def hall(port: int) -> tuple[list[int], bool]:
        opened = [asyncio.Event() for _ in range(SCREENS + 1)]
        screens = [
            asyncio.create_task(listen(port, run.slug, event, TAKES)) for event in opened[1:]
        ]
        stranger = asyncio.create_task(listen(port, other.slug, opened[0], 1))
        await asyncio.gather(*(event.wait() for event in opened))
        await asyncio.to_thread(take_some, run.slug, run.service_id)
        heard = await asyncio.gather(*screens)
        unheard = await asyncio.wait([stranger], timeout=0.5)
        stranger.cancel()
        return heard, stranger not in unheard[0]

    with server(tmp_path / "log", processes=2) as running:
        heard, neighbour_heard_nothing = asyncio.run(hall(running.port))
    assert heard == [TAKES] * SCREENS
    assert neighbour_heard_nothing
