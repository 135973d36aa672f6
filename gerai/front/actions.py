"""Giving numbers to all who wait at a moment, and doing what officers press."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from gerai import clock
from gerai.directory.actions.together import seen_together
from gerai.front.queries.memory import Memory, browser_of
from gerai.front.rules import Ask, Press
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.queue.actions import presses as desks
from gerai.queue.actions.together import Given, Wish, keys_there, take_together
from gerai.queue.actions.visitors import TooManyNumbers, check_may_take
from gerai.queue.states import Verb


@dataclass(frozen=True, slots=True)
class Answer:
    """A number that was written. visitor: the random name of the phone's browser."""

    given: Given
    visitor: str = ""


@dataclass(slots=True)
class Giver:
    """Writes batches, in one thread with its own connection. memory: that of the process."""

    memory: Memory = field(default_factory=Memory)

    def give(self, asks: Sequence[Ask]) -> list[Answer | None]:
        """Give each a number, all or nobody; None: the page's view must answer that one."""
        try:
            return self._give(asks)
        except Exception:
            self.memory.clear()
            _drop_connection()
            raise

    def note_alive(self) -> None:
        """Note together which kiosks were pressed at; no visitor waits for that."""
        try:
            seen_together(self.memory.take_alive())
        except Exception:
            _drop_connection()
            raise

    def _give(self, asks: Sequence[Ask]) -> list[Answer | None]:
        wishes = self.memory.wishes(asks, clock.now())
        visitors = self._may_take(asks, wishes)
        pairs = [(n, wish) for n, wish in enumerate(wishes) if wish is not None]
        answers: list[Answer | None] = [None] * len(asks)
        if not pairs:
            return answers
        written = take_together([wish for _n, wish in pairs])
        self.memory.forget(written.changed)
        for (n, _wish), number in zip(pairs, written.given, strict=True):
            if number is not None:
                answers[n] = Answer(number, visitors.get(n, ""))
        return answers

    def _may_take(self, asks: Sequence[Ask], wishes: list[Wish | None]) -> dict[int, str]:
        """Count the numbers of phones as their page does; strike out what it must answer."""
        phones = [(n, wish) for n, wish in enumerate(wishes) if wish and wish.door == "phone"]
        if not phones:
            return {}
        # Who asks again has been counted.
        there = keys_there([(wish.mall_id, wish.key) for _n, wish in phones])
        visitors = {}
        for n, wish in phones:
            visitors[n] = browser_of(asks[n])[0]
            hall = self.memory.halls.get(wish.mall_id)
            is_there = (wish.mall_id, wish.key) in there
            if is_there or hall is None or not _may(asks[n], visitors[n], hall.mall):
                wishes[n] = None
        return visitors


@dataclass(slots=True)
class Presser:
    """Does what officers press, in one thread with its own connection."""

    memory: Memory = field(default_factory=Memory)

    def press(self, presses: Sequence[Press]) -> list[bool]:
        """Do each, or tell that the page's view must."""
        if connection.vendor != "postgresql":
            return [False] * len(presses)
        try:
            return self._press(presses)
        except Exception:
            self.memory.clear()
            _drop_connection()
            raise

    def _press(self, presses: Sequence[Press]) -> list[bool]:
        seats = self.memory.seats(presses, clock.now())
        known = [
            (n, desks.Press(Verb(press.verb), seat, press.ticket_id, press.outcome))
            for n, (press, seat) in enumerate(zip(presses, seats, strict=True))
            if seat is not None
        ]
        outcome = desks.press_together([press for _n, press in known])
        self.memory.forget(outcome.changed)
        done = [False] * len(presses)
        for (n, press), is_done in zip(known, outcome.done, strict=True):
            done[n] = is_done
            if not is_done:
                self.memory.forget_seat(press.seat)
        return done


def _drop_connection() -> None:
    """Let the thread begin anew with another connection; a test's transaction keeps its own."""
    if not connection.in_atomic_block:
        connection.close()


def _may(ask: Ask, visitor: str, mall: Mall) -> bool:
    try:
        with in_mall(mall):
            check_may_take(visitor, address=ask.address)
    except TooManyNumbers:
        return False
    return True
