"""The front: live streams and plain numbers itself, all else to Django on a pool of threads.

Django's synchronous views never run through its own ASGI handler, which costs a thread and
a database session a request.
"""

import asyncio
import os
import signal
import threading
from multiprocessing import parent_process
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from config.wsgi import application as pages
from gerai.front.door import Door
from gerai.live.hub import Message, Send
from gerai.live.stream import PATH, Receive, stream
from gerai.live.transports import transport

THREADS = 4

_pages: Any = Door(cast("Any", WSGIMiddleware(cast("Any", pages), workers=THREADS)))


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
    _end_with_the_parent()
    listening = asyncio.ensure_future(transport().listen())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    listening.cancel()
    await send({"type": "lifespan.shutdown.complete"})


def _end_with_the_parent() -> None:
    """Let one of many processes end when the first one dies: it would keep the port for itself."""
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()
