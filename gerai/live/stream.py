"""The SSE stream: a small ASGI application mounted before Django."""

from collections.abc import Awaitable, Callable

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from gerai.live.hub import Message, Send, hub
from gerai.malls import queries

PATH = "/live/"
HELLO = b"retry: 2000\nevent: hello\ndata: {}\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]

Receive = Callable[[], Awaitable[Message]]


async def stream(scope: Message, receive: Receive, send: Send) -> None:
    """Send the happenings of the host's mall until the browser goes away.

    Happenings name what changed and where, nothing about persons; so the stream of a mall
    is public, like its hall. Unknown hosts get 404, other methods 405.
    """
    if scope["method"] != "GET":
        await _refuse(send, 405)
        return
    mall_id = await _mall_id(scope)
    if mall_id is None:
        await _refuse(send, 404)
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": HELLO, "more_body": True})
    opened = hub.open(mall_id, send)
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        hub.close(mall_id, opened)


async def _mall_id(scope: Message) -> int | None:
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    return await sync_to_async(_look_up, thread_sensitive=False)(host)


def _look_up(host: str) -> int | None:
    close_old_connections()
    mall = queries.mall_of_host(host)
    return mall.pk if mall else None


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})
