"""The ASGI side: reads a press on a button, answers it, or hands it to the pages."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override

from gerai.front.actions import Answer, Giver, Presser
from gerai.front.combiner import COME_AGAIN_SECONDS, Busy, Combiner
from gerai.front.queries.memory import Memory
from gerai.front.rules import (
    LONGEST_BODY,
    Ask,
    Press,
    Sent,
    asked,
    may_be_asked,
    may_be_pressed,
    pressed,
    sent,
)
from gerai.people.middleware import KEPT_BY_NOBODY
from gerai.queue.actions.serving import Outcome
from gerai.queue.models import Group
from gerai.queue.responses import remembering

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Lane = Callable[[Sequence[Ask]], Awaitable[list[Answer | None]]]
DeskLane = Callable[[Sequence[Press]], Awaitable[list[bool]]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

# Kiosks that are pressed at in the same moment are noted together.
NOTE_AFTER_SECONDS = 1.0
CREATED = 201
BUSY = 503

GROUPS = frozenset(Group.values)
OUTCOMES = frozenset(Outcome.values)
LANGUAGES = {code: code for code, _name in settings.LANGUAGES}
log = logging.getLogger(__name__)


class Door:
    """Stands before the pages of this process."""

    def __init__(
        self,
        pages: Application,
        lanes: Sequence[Lane] | None = None,
        desk_lanes: Sequence[DeskLane] | None = None,
    ) -> None:
        self._pages = pages
        self._numbers = Combiner(_lanes() if lanes is None else lanes)
        self._desks = Combiner([_desk_lane(Presser())] if desk_lanes is None else desk_lanes)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or let the pages do it."""
        if may_be_asked(scope["method"], scope["path"]):
            answer = self._number
        elif may_be_pressed(scope["method"], scope["path"]):
            answer = self._press
        else:
            await self._pages(scope, receive, send)
            return
        messages = await _read(receive)
        told = sent_of(scope, b"".join(message.get("body", b"") for message in messages))
        response = await answer(told) if told is not None else None
        if response is None:
            await self._pages(scope, _again(messages, receive), send)
        else:
            await _send(response, send)

    async def _press(self, told: Sent) -> HttpResponse | None:
        press = pressed(told, outcomes=OUTCOMES)
        if press is None:
            return None
        try:
            is_done = await self._desks.add(press)
        except Busy:
            return None
        except Exception:  # the view is asked, and answers for itself
            log.exception("a press could not be done at the fast door")
            return None
        return done_response(press) if is_done else None

    async def _number(self, told: Sent) -> HttpResponse | None:
        ask = asked(told, groups=GROUPS)
        if ask is None:
            return None
        try:
            answer = await self._numbers.add(ask)
        except Busy:
            return busy_response(ask)
        except Exception:  # the view is asked, and answers for itself
            log.exception("a number could not be given at the fast door")
            return None
        return response_to(ask, answer) if answer is not None else None


def _lanes() -> list[Lane]:
    """Return the one writer of this process, with a thread that keeps its connection.

    Two of them halve the batches, and a batch costs much more than one more number in it.
    """
    memory = Memory()
    return [_lane(Giver(memory), _Noter(Giver(memory)))]


def _lane(giver: Giver, noter: "_Noter") -> Lane:
    thread = ThreadPoolExecutor(1, thread_name_prefix="giver")

    async def write(asks: Sequence[Ask]) -> list[Answer | None]:
        answers = await asyncio.get_running_loop().run_in_executor(thread, giver.give, asks)
        noter.look()
        return answers

    return write


def _desk_lane(presser: Presser) -> DeskLane:
    thread = ThreadPoolExecutor(1, thread_name_prefix="presser")

    async def write(presses: Sequence[Press]) -> list[bool]:
        return await asyncio.get_running_loop().run_in_executor(thread, presser.press, presses)

    return write


class _Noter:
    """Notes, a moment later and in a thread of its own, which kiosks are alive."""

    def __init__(self, giver: Giver) -> None:
        self._giver = giver
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="noter")
        self._at_work: asyncio.Task[None] | None = None

    def look(self) -> None:
        """See to it that what there is to note will be noted."""
        is_at_work = self._at_work is not None and not self._at_work.done()
        if self._giver.memory.alive and not is_at_work:
            self._at_work = asyncio.create_task(self._note())

    async def _note(self) -> None:
        while self._giver.memory.alive:
            await asyncio.sleep(NOTE_AFTER_SECONDS)
            loop = asyncio.get_running_loop()
            try:
                await loop.run_in_executor(self._thread, self._giver.note_alive)
            except Exception:  # in a minute they are noted again
                log.exception("kiosks could not be noted as alive")


def response_to(ask: Ask, answer: Answer) -> HttpResponse:
    """Say a number as its page's view does."""
    page = f"{_address(ask.door)}{answer.given.token}/"
    response: HttpResponse
    if ask.wants_json:
        response = JsonResponse({"label": answer.given.label, "page": page}, status=CREATED)
    else:
        response = HttpResponseRedirect(page)
    add_never_cache_headers(response)
    if ask.door == "phone":
        remembering(response, answer.visitor, [answer.given.token])
    return _dressed(response, ask.language)


def done_response(press: Press) -> HttpResponse:
    """Lead back to the desk, as its view does."""
    response = HttpResponseRedirect(reverse("desk:home"))
    response.headers["Cache-Control"] = KEPT_BY_NOBODY
    patch_vary_headers(response, ("Cookie",))
    return _dressed(response, press.language)


def busy_response(ask: Ask) -> HttpResponse:
    """Ask a visitor to come again in a moment; their key stays good."""
    with override(ask.language):
        if ask.wants_json:
            words = _("Sedang sangat ramai. Nomor belum diambil; coba lagi sebentar lagi.")
            response: HttpResponse = JsonResponse({"refused": words}, status=BUSY)
        else:
            page = render_to_string("front/busy.html")
            response = HttpResponse(page, status=BUSY)
    add_never_cache_headers(response)
    response.headers["Retry-After"] = str(COME_AGAIN_SECONDS)
    return _dressed(response, ask.language)


def _dressed(response: HttpResponse, language: str) -> HttpResponse:
    """Add what the middleware of the pages adds to every answer of theirs."""
    for name, value in _usual_headers().items():
        response.headers[name] = value
    response.headers["Content-Language"] = language
    response.headers["Content-Length"] = str(len(response.content))
    return response


@cache
def _usual_headers() -> dict[str, str]:
    return {
        "X-Frame-Options": str(settings.X_FRAME_OPTIONS),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": str(settings.SECURE_REFERRER_POLICY),
        "Cross-Origin-Opener-Policy": str(settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        "Content-Security-Policy": build_policy(),
    }


@cache
def _address(door: str) -> str:
    return reverse(f"{door}:ticket", args=["t"]).removesuffix("t/")


def sent_of(scope: Message, body: bytes) -> Sent | None:
    """Read a request, or give it up."""
    scheme = scope.get("scheme", "http")
    if settings.SECURE_PROXY_SSL_HEADER is not None:
        told = dict(scope["headers"]).get(b"x-forwarded-proto", scheme.encode())
        scheme = "https" if told == b"https" else scheme
    client = scope.get("client") or ("", 0)
    return sent(
        path=scope["path"],
        query=scope["query_string"],
        headers=scope["headers"],
        body=body,
        scheme=scheme,
        address=client[0],
        languages=LANGUAGES,
        usual_language=settings.LANGUAGE_CODE,
    )


async def _read(receive: Receive) -> list[Message]:
    """Read a body as far as a press on a button can reach."""
    messages, length = [], 0
    while True:
        message = await receive()
        messages.append(message)
        length += len(message.get("body", b""))
        if not message.get("more_body") or length > LONGEST_BODY:
            return messages


def _again(messages: Sequence[Message], receive: Receive) -> Receive:
    """Let the pages read from the beginning what was read already."""
    read = iter(messages)

    async def next_message() -> Message:
        for message in read:
            return message
        return await receive()

    return next_message


async def _send(response: HttpResponse, send: Send) -> None:
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in response.items()
    ]
    headers += [
        (b"set-cookie", cookie.OutputString().encode("latin-1"))
        for cookie in response.cookies.values()
    ]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})
