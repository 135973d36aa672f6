"""Officers at their desks: python -m tests.bench.visits PORT FILE CONNECTIONS SECONDS [FIELDS]

Each connection is an officer who calls, serves and ends one visitor after another. FILE: a line
a desk: host, cookie, the keys of its waiting tickets in their order. FIELDS: sent with each
press. Prints one RESULT line.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.world import TOKEN

SEEN = b"HTTP/1.1 302"


class Desks:
    """What all officers did."""

    def __init__(self, port: int, until: float, more: str) -> None:
        self.port = port
        self.more = more
        self.until = until
        self.visits = 0
        self.others = 0
        self.waits: list[float] = []

    async def sit(self, desks: Iterator[tuple[str, str, list[str]]]) -> None:
        """Serve desk after desk, all its visitors, until the time is over."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for host, cookie, tickets in desks:
            for ticket in tickets:
                if time.monotonic() > self.until:
                    writer.close()
                    return
                presses = ("panggilan/", f"nomor/{ticket}/pelayanan/", _END.format(ticket))
                for place, press in enumerate(presses):
                    path, _sign, fields = press.partition("?")
                    body = (
                        f"csrfmiddlewaretoken={TOKEN}{fields and f'&{fields}'}{self.more}".encode()
                    )
                    head = (
                        f"POST /petugas/{path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n"
                        "Accept: text/html\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        f"Content-Length: {len(body)}\r\n\r\n"
                    )
                    began = time.monotonic()
                    writer.write(head.encode() + body)
                    answer = await reader.readuntil(b"\r\n\r\n")
                    await reader.readexactly(_length(answer))
                    if place == 0:
                        self.waits.append(time.monotonic() - began)
                    self.others += not answer.startswith(SEEN)
                self.visits += 1
        sys.exit("too few visitors wait")


_END = "nomor/{}/penyelesaian/?outcome=served"


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


async def main() -> None:
    """Let them work."""
    port, file, connections, seconds, *more = sys.argv[1:]
    rows = [line.split("|") for line in Path(file).read_text().splitlines()]
    desks = iter([(host, cookie, tickets.split(",")) for host, cookie, tickets in rows])
    began = time.monotonic()
    done = Desks(int(port), began + float(seconds), "".join(more))
    await asyncio.gather(*(done.sit(desks) for _n in range(int(connections))))
    spent = time.monotonic() - began
    waits = sorted(done.waits)
    print(
        f"RESULT rps={done.visits / spent:.2f} p50={waits[len(waits) // 2] * 1e3:.2f} "
        f"p99={waits[int(len(waits) * 0.99)] * 1e3:.2f} others={done.others}"
    )


if __name__ == "__main__":
    asyncio.run(main())
