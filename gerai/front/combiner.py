"""Writes together what waits at the same moment.

While a batch is being written, arrivals wait; when it is done, all of them are the next one.
There is no timer: who comes alone is written at once.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Generic, TypeVar

A = TypeVar("A")
O = TypeVar("O")  # noqa: E741 - an outcome

MOST_TOGETHER = 512
MOST_WAITING = 4096
LONGEST_WAIT_SECONDS = 4.0
COME_AGAIN_SECONDS = 2


class Busy(Exception):
    """More is waiting than can be written soon."""


Write = Callable[[Sequence[A]], Awaitable[Sequence[O]]]


class Combiner(Generic[A, O]):
    """Lanes of batches: who arrives is in the next batch of the lane that is free first.

    lanes: each writes a batch and gives one outcome for each of it, in its order; where it
    fails, each of the batch is written alone, and who fails alone gets the failure.
    """

    def __init__(self, lanes: Sequence["Write[A, O]"]) -> None:
        self._free = list(lanes)
        self._waiting: deque[tuple[A, asyncio.Future[O], float]] = deque()
        self._at_work: set[asyncio.Task[None]] = set()

    async def add(self, asked: A) -> O:
        """Wait for the outcome of one.

        :raises Busy: the first of those who wait does so for four seconds, or 4096 wait
        """
        now = monotonic()
        if self._waiting and now - self._waiting[0][2] > LONGEST_WAIT_SECONDS:
            raise Busy
        if len(self._waiting) >= MOST_WAITING:
            raise Busy
        outcome: asyncio.Future[O] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, outcome, now))
        if self._free:
            lane = asyncio.create_task(self._work(self._free.pop()))
            self._at_work.add(lane)
            lane.add_done_callback(self._at_work.discard)
        return await outcome

    async def _work(self, write: "Write[A, O]") -> None:
        try:
            while self._waiting:
                size = min(len(self._waiting), MOST_TOGETHER)
                await _settle(write, [self._waiting.popleft()[:2] for _each in range(size)])
        finally:
            self._free.append(write)


async def _settle(write: "Write[A, O]", batch: Sequence[tuple[A, "asyncio.Future[O]"]]) -> None:
    try:
        outcomes = await write([asked for asked, _future in batch])
    except Exception as failure:  # noqa: BLE001 - whatever it is, its neighbours go on
        if len(batch) == 1:
            _tell(batch[0][1], failure)
            return
        for one in batch:
            await _settle(write, [one])
        return
    for (_asked, future), outcome in zip(batch, outcomes, strict=True):
        if not future.done():
            future.set_result(outcome)


def _tell(future: "asyncio.Future[O]", failure: Exception) -> None:
    if not future.done():
        future.set_exception(failure)
