"""An open page, for tests: hears what the hub of this process delivers."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gerai.live.hub import Message, Stream, hub


@contextmanager
def an_open_page(mall_id: int) -> Iterator[Callable[[], list[bytes]]]:
    """Keep a stream of a mall open; give what it has heard since it was asked last."""
    loop = asyncio.new_event_loop()
    heard: list[bytes] = []

    async def hear(message: Message) -> None:
        heard.append(message["body"])

    async def opened() -> Stream:
        return hub.open(mall_id, hear)

    def told() -> list[bytes]:
        loop.run_until_complete(asyncio.sleep(0))
        new = heard[:]
        heard.clear()
        return new

    stream = loop.run_until_complete(opened())
    try:
        yield told
    finally:
        hub.close(mall_id, stream)
        loop.close()
