"""The ASGI side and the combiner, without a database."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from gerai.front import combiner
from gerai.front.actions import Answer
from gerai.front.combiner import Busy, Combiner
from gerai.front.door import Door, Lane
from gerai.front.rules import Ask, Press
from gerai.queue.actions.together import Given

TOKEN = "Contoh0Contoh1Contoh2Contoh3Cont"
BODY = f"csrfmiddlewaretoken={TOKEN}&key=kunci-dari-halaman".encode()


def scope(**changes: Any) -> dict[str, Any]:
    headers = {
        b"host": b"barru.localhost",
        b"cookie": f"csrftoken={TOKEN}".encode(),
        b"content-type": b"application/x-www-form-urlencoded",
        **changes.pop("headers", {}),
    }
    plain = {"type": "http", "method": "POST", "path": "/antre/7/", "query_string": b""}
    return {**plain, "scheme": "http", "headers": list(headers.items()), **changes}


async def call(door: Door, told: dict[str, Any], *parts: bytes) -> tuple[int, dict[bytes, bytes]]:
    """Send a request in parts; return status and headers."""
    messages = [
        {"type": "http.request", "body": part, "more_body": n < len(parts)}
        for n, part in enumerate(parts, 1)
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    await door(told, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"])


class Pages:
    """What stands behind the door: remembers what it was asked."""

    def __init__(self) -> None:
        self.read: list[bytes] = []

    async def __call__(self, _scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message["more_body"]
        self.read.append(body)
        await send({"type": "http.response.start", "status": 200, "headers": []})


async def gives(asks: Sequence[Ask]) -> list[Answer | None]:
    return [Answer(Given("rahasia", "A001"), "saya") for _ask in asks]


async def gives_up(asks: Sequence[Ask]) -> list[Answer | None]:
    return [None for _ask in asks]


async def fails(_asks: Sequence[Ask]) -> list[Answer | None]:
    raise OSError


def run(lane: Lane, told: dict[str, Any], *parts: bytes) -> tuple[int, dict[bytes, bytes], Pages]:
    pages = Pages()
    return (*asyncio.run(call(Door(pages, [lane]), told, *parts)), pages)


def test_a_number_is_answered_without_the_pages() -> None:
    status, headers, pages = run(gives, scope(), BODY[:20], BODY[20:])
    assert (status, headers[b"location"], pages.read) == (302, b"/antre/nomor/rahasia/", [])


def test_who_speaks_json_is_answered_in_json() -> None:
    status, headers, _pages = run(gives, scope(headers={b"accept": b"application/json"}), BODY)
    assert (status, headers[b"content-type"]) == (201, b"application/json")


@pytest.mark.parametrize("lane", [gives_up, fails])
def test_the_pages_read_from_the_beginning_what_was_given_up(lane: Lane) -> None:
    status, _headers, pages = run(lane, scope(), BODY[:20], BODY[20:])
    assert (status, pages.read) == (200, [BODY])


DESK_COOKIES = {b"cookie": f"csrftoken={TOKEN}; sessionid={'s' * 32}".encode()}
DESK_BODY = f"csrfmiddlewaretoken={TOKEN}&outcome=served".encode()


@pytest.mark.parametrize(
    ("outcome", "answered", "read"),
    [(True, 302, []), (False, 200, [DESK_BODY]), (OSError, 200, [DESK_BODY])],
)
def test_a_press_of_a_desk_is_answered_or_left_to_the_pages(
    outcome: Any, answered: int, read: list[bytes]
) -> None:
    pressed: list[Press] = []

    async def presses(asked: Sequence[Press]) -> list[bool]:
        pressed.extend(asked)
        if outcome is OSError:
            raise OSError
        return [outcome for _press in asked]

    pages = Pages()
    told = scope(path="/petugas/nomor/7/penyelesaian/", headers=DESK_COOKIES)
    door = Door(pages, [fails], [presses])
    status, headers = asyncio.run(call(door, told, DESK_BODY[:20], DESK_BODY[20:]))

    assert (status, pages.read) == (answered, read)
    assert headers.get(b"location") == (b"/petugas/" if outcome is True else None)
    assert [(press.verb, press.ticket_id, press.outcome) for press in pressed] == [
        ("finish", 7, "served")
    ]


def test_the_pages_get_whatever_else_comes() -> None:
    assert run(fails, scope(path="/antre/"), b"a", b"b")[2].read == [b"ab"]
    assert run(fails, scope(), b"x" * 5000, b"y" * 5000)[2].read == [b"x" * 5000 + b"y" * 5000]


def test_arrivals_wait_while_a_batch_is_written_and_form_the_next() -> None:
    batches: list[list[int]] = []

    async def write(asked: Sequence[int]) -> list[int]:
        batches.append(list(asked))
        await asyncio.sleep(0)
        return [10 * each for each in asked]

    async def all_of_them() -> list[int]:
        lane = Combiner([write])
        first = asyncio.create_task(lane.add(1))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return await asyncio.gather(first, *(lane.add(n) for n in range(2, 700)))

    assert asyncio.run(all_of_them()) == [10 * n for n in range(1, 700)]
    assert [len(batch) for batch in batches] == [1, 512, 186]


def test_one_bad_row_never_fails_its_neighbours() -> None:
    async def write(asked: Sequence[int]) -> list[int]:
        if 3 in asked:
            raise ValueError
        return list(asked)

    async def all_of_them() -> list[Any]:
        lane = Combiner([write])
        return await asyncio.gather(*(lane.add(n) for n in range(5)), return_exceptions=True)

    outcomes = asyncio.run(all_of_them())
    assert [isinstance(each, ValueError) for each in outcomes] == [n == 3 for n in range(5)]
    assert [each for each in outcomes if isinstance(each, int)] == [0, 1, 2, 4]


def test_more_than_can_be_written_soon_is_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(combiner, "MOST_WAITING", 0)

    async def once() -> None:
        with pytest.raises(Busy):
            await Combiner([gives]).add(None)

    asyncio.run(once())
    status, headers, pages = run(gives, scope(), BODY)
    assert (status, headers[b"retry-after"], pages.read) == (503, b"2", [])
