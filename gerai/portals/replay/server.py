"""The product itself, served in a thread of this process, so that it shares the clock."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

LOOPBACK = "127.0.0.1"
STARTS_WITHIN_SECONDS = 30
LOOK_EVERY_SECONDS = 0.02


class NotStarted(RuntimeError):
    """The server did not come up."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve on a free port of the loopback address for the block; give the address.

    :raises NotStarted: it did not come up within half a minute
    """
    server = uvicorn.Server(
        uvicorn.Config(
            "config.asgi:application",
            log_level="warning",
            access_log=False,
            server_header=False,
            # A slow replay leaves its doors alone for a while.
            timeout_keep_alive=3600,
            timeout_graceful_shutdown=3,
        )
    )
    with socket.socket() as listening:
        listening.bind((LOOPBACK, 0))
        port = listening.getsockname()[1]
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listening]}, name="server", daemon=True
        )
        thread.start()
        try:
            _wait_until_started(server, thread)
            yield f"http://{LOOPBACK}:{port}"
        finally:
            server.should_exit = True
            thread.join()


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    for _look in range(int(STARTS_WITHIN_SECONDS / LOOK_EVERY_SECONDS)):
        if server.started:
            return
        if not thread.is_alive():
            break
        time.sleep(LOOK_EVERY_SECONDS)
    raise NotStarted
