"""An open page, for tests: hears what the hub of this process delivers."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gerai.live.hub import hub


@contextmanager
def an_open_page(mall_id: int) -> Iterator[Callable[[], list[bytes]]]:
    """Keep a stream of a mall open; give what it has heard since it was asked last."""
    loop = asyncio.new_event_loop()

    async def opened() -> "asyncio.Queue[bytes]":
        return hub.open(mall_id)

    async def told() -> list[bytes]:
        await asyncio.sleep(0)
        return [queue.get_nowait() for _ in range(queue.qsize())]

    queue = loop.run_until_complete(opened())
    try:
        yield lambda: loop.run_until_complete(told())
    finally:
        hub.close(mall_id, queue)
        loop.close()
