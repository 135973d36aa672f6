"""The open streams of this process, by mall."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Generator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from typing import Any

# So many are written to at a stretch; then whoever else waits for the loop has a turn.
AT_A_STRETCH = 500
# More pages of a mall than this are a crowd: they do not all ask in the same moment.
CROWD = 100
# How much time each page of a crowd has for itself, at most how long the last one waits.
EACH_MS = 5
LONGEST_SPREAD_MS = 20_000
HEARTBEAT_SECONDS = 20
HEARTBEAT = b": here\n\n"
# What a page hears that may have missed something: it fetches its whole state.
AGAIN = {"what": "live.again", "key": ""}

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


class Stream:
    """One open stream.

    `rest`: what is still to be written to a browser that cannot keep up; `missed`: whether
    something happened meanwhile. It then hears one happening for all of them.
    """

    __slots__ = ("missed", "rest", "send")

    def __init__(self, send: Send) -> None:
        self.send = send
        self.rest: asyncio.Task[None] | None = None
        self.missed = False

    def put(self, message: Message) -> None:
        """Write one message, without a task where the line takes it at once."""
        if self.rest is not None and not self.rest.done():
            self.missed = self.missed or message["body"] != HEARTBEAT
            return
        self.rest = None
        writing: Any = self.send(message)
        try:
            waits_for = writing.send(None)
        except StopIteration:
            return
        except OSError:
            return  # it is gone; its own request notices
        self.rest = asyncio.ensure_future(self._go_on(writing, waits_for))

    async def _go_on(self, writing: Any, waits_for: Any) -> None:
        with suppress(OSError):  # it is gone; its own request notices
            await _Rest(writing, waits_for)
            while self.missed:
                self.missed = False
                await self.send(_message(as_event(AGAIN)))


class Hub:
    """Hands happenings to the streams of a mall.

    `deliver` may be called from any thread; the streams live in one event loop. A stream
    that cannot keep up hears one happening for all that it missed: its page fetches whole states.
    """

    def __init__(self) -> None:
        self._streams: dict[int, set[Stream]] = defaultdict(set)
        self._heard: Counter[int] = Counter()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._heart: asyncio.TimerHandle | None = None

    def open(self, mall_id: int, send: Send) -> Stream:
        """Register a stream; call in the event loop."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop or self._heart is None:
            self._loop = loop
            self._heart = loop.call_later(HEARTBEAT_SECONDS, self._beat)
        stream = Stream(send)
        self._streams[mall_id].add(stream)
        return stream

    def close(self, mall_id: int, stream: Stream) -> None:
        """Forget a stream; call in the event loop."""
        self._streams[mall_id].discard(stream)
        if not self._streams[mall_id]:
            del self._streams[mall_id]

    def count(self) -> int:
        """Return how many streams are open."""
        return sum(len(streams) for streams in self._streams.values())

    def is_crowded(self, mall_id: int) -> bool:
        """Tell whether so many pages of a mall are open here that they must spread."""
        return self._pages(mall_id) > CROWD

    def heard(self, mall_id: int) -> int:
        """Return a number that is another one as soon as something happens in a mall."""
        return self._heard[mall_id]

    def deliver(self, mall_id: int, happening: dict[str, str]) -> None:
        """Hand a happening to every stream of a mall, from whatever thread.

        In a crowd it says over how many milliseconds the pages are to spread their looks.
        """
        self._heard[mall_id] += 1
        loop = self._loop
        if mall_id not in self._streams or loop is None or loop.is_closed():
            return
        event = as_event(happening)
        if self.is_crowded(mall_id):
            spread = min(self._pages(mall_id) * EACH_MS, LONGEST_SPREAD_MS)
            event = as_event({**happening, "spread_ms": spread})
        loop.call_soon_threadsafe(self._begin, mall_id, event)

    def deliver_to_all(self, happening: dict[str, str]) -> None:
        """Hand a happening to every stream of every mall."""
        for mall_id in list(self._streams):
            self.deliver(mall_id, happening)

    def _pages(self, mall_id: int) -> int:
        return len(self._streams.get(mall_id, ()))

    def _beat(self) -> None:
        self._heart = None
        for mall_id in list(self._streams):
            self._begin(mall_id, HEARTBEAT)
        if self._streams and self._loop is not None:
            self._heart = self._loop.call_later(HEARTBEAT_SECONDS, self._beat)

    def _begin(self, mall_id: int, event: bytes) -> None:
        self._put(list(self._streams.get(mall_id, ())), _message(event))

    def _put(self, streams: Sequence[Stream], message: Message) -> None:
        for stream in streams[:AT_A_STRETCH]:
            stream.put(message)
        if len(streams) > AT_A_STRETCH and self._loop is not None:
            self._loop.call_soon(self._put, streams[AT_A_STRETCH:], message)


class _Rest:
    """The end of a write that was begun by hand and has to wait."""

    def __init__(self, writing: Any, waits_for: Any) -> None:
        self._writing = writing
        self._waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        yield self._waits_for
        yield from self._writing.__await__()


def _message(event: bytes) -> Message:
    return {"type": "http.response.body", "body": event, "more_body": True}


def as_event(happening: Mapping[str, str | int]) -> bytes:
    """Return a happening as one server-sent event."""
    return b"data: " + json.dumps(happening).encode() + b"\n\n"


hub = Hub()
