"""How a happening reaches the processes that hold streams: memory (one) or Valkey (many)."""

import asyncio
import json
import logging
from collections.abc import Sequence
from functools import cache
from typing import Protocol

import redis
import redis.asyncio
from django.conf import settings

from gerai.live.hub import AGAIN, hub

CHANNEL = "gerai:live"
log = logging.getLogger(__name__)


class Transport(Protocol):
    """Carries happenings to the hubs of all processes."""

    def send(self, mall_id: int, happening: dict[str, str]) -> None:
        """Send one happening; never fails for the sender."""

    def send_all(self, happenings: Sequence[tuple[int, dict[str, str]]]) -> None:
        """Send several, each of its mall."""

    async def listen(self) -> None:
        """Hand what others send to the hub of this process, until cancelled."""


class Memory:
    """One process: straight into its hub."""

    def send(self, mall_id: int, happening: dict[str, str]) -> None:
        """Send one happening."""
        hub.deliver(mall_id, happening)

    def send_all(self, happenings: Sequence[tuple[int, dict[str, str]]]) -> None:
        """Send several."""
        for mall_id, happening in happenings:
            hub.deliver(mall_id, happening)

    async def listen(self) -> None:
        """Nothing comes from outside."""


class Valkey:
    """Many processes: publish and subscribe on a Valkey or Redis server.

    What is published while the server is away is lost; screens notice at their next
    regular look, and every screen is told to look again once the line is back.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)

    def send(self, mall_id: int, happening: dict[str, str]) -> None:
        """Send one happening."""
        self.send_all([(mall_id, happening)])

    def send_all(self, happenings: Sequence[tuple[int, dict[str, str]]]) -> None:
        """Send several as one message: every process reads whatever is sent."""
        try:
            self._client.publish(CHANNEL, json.dumps(list(happenings)))
        except redis.RedisError as lost:
            log.warning("live signal lost: %s", lost)

    async def listen(self) -> None:
        """Hand what any process sends to the hub of this one."""
        while True:
            try:
                await self._listen_once()
            except (redis.RedisError, OSError) as lost:
                log.warning("live signals interrupted: %s", lost)
                await asyncio.sleep(1)

    async def _listen_once(self) -> None:
        client = redis.asyncio.Redis.from_url(self.url, health_check_interval=15)
        async with client, client.pubsub() as channel:
            await channel.subscribe(CHANNEL)
            hub.deliver_to_all(AGAIN)
            async for message in channel.listen():
                if message["type"] == "message":
                    for mall_id, happening in json.loads(message["data"]):
                        hub.deliver(mall_id, happening)


@cache
def transport() -> Transport:
    """Return the transport that the settings choose."""
    return Valkey(settings.SIGNALS_URL) if settings.SIGNALS_URL else Memory()
