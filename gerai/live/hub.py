"""The open streams of this process, by mall."""

import asyncio
import json
from collections import defaultdict

LONGEST_BACKLOG = 64


class Hub:
    """Hands happenings to the streams of a mall.

    `deliver` may be called from any thread; the streams live in one event loop. A stream
    that cannot keep up loses happenings, which is harmless: its page fetches whole states.
    """

    def __init__(self) -> None:
        self._streams: dict[int, set[asyncio.Queue[bytes]]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None

    def open(self, mall_id: int) -> "asyncio.Queue[bytes]":
        """Register a stream; call in the event loop."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[bytes] = asyncio.Queue(LONGEST_BACKLOG)
        self._streams[mall_id].add(queue)
        return queue

    def close(self, mall_id: int, queue: "asyncio.Queue[bytes]") -> None:
        """Forget a stream; call in the event loop."""
        self._streams[mall_id].discard(queue)

    def count(self) -> int:
        """Return how many streams are open."""
        return sum(len(streams) for streams in self._streams.values())

    def deliver(self, mall_id: int, happening: dict[str, str]) -> None:
        """Hand a happening to every stream of a mall, from whatever thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._put, mall_id, as_event(happening))

    def deliver_to_all(self, happening: dict[str, str]) -> None:
        """Hand a happening to every stream of every mall."""
        for mall_id in list(self._streams):
            self.deliver(mall_id, happening)

    def _put(self, mall_id: int, event: bytes) -> None:
        for queue in self._streams[mall_id]:
            if not queue.full():
                queue.put_nowait(event)


def as_event(happening: dict[str, str]) -> bytes:
    """Return a happening as one server-sent event."""
    return b"data: " + json.dumps(happening).encode() + b"\n\n"


hub = Hub()
