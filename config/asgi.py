"""The front: live streams itself, everything else to Django on a fixed pool of threads.

Django's synchronous views never run through its own ASGI handler, which costs a thread and
a database session a request.
"""

import asyncio
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from config.wsgi import application as pages
from gerai.live.stream import PATH, Message, Receive, Send, stream
from gerai.live.transports import transport

THREADS = 4

_pages: Any = WSGIMiddleware(cast("Any", pages), workers=THREADS)


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one connection."""
    if scope["type"] == "lifespan":
        await _live_and_die(receive, send)
    elif scope["type"] == "http" and scope["path"] == PATH:
        await stream(scope, receive, send)
    elif scope["type"] == "http":
        await _pages(scope, receive, send)


async def _live_and_die(receive: Receive, send: Send) -> None:
    await receive()
    listening = asyncio.ensure_future(transport().listen())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    listening.cancel()
    await send({"type": "lifespan.shutdown.complete"})
