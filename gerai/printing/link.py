"""The line to a printer, by python-escpos: slips sent, and the state asked, never for long."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import ETIMEDOUT
from pathlib import Path
from typing import Any, Final

from escpos.exceptions import Error
from escpos.printer import Dummy, File, Network, Usb
from PIL import Image

from gerai.printing.rules import (
    ASK_WHEN_DONE,
    QUESTIONS,
    STOPPED,
    Condition,
    Connection,
    Outcome,
    Place,
    Result,
    answers_in_turn,
    answers_now,
    condition,
    is_device_file,
    judge,
)

CONNECT_SECONDS: Final = 3.0
ANSWER_SECONDS: Final = 1.0
WRITE_SECONDS: Final = 10.0
PRINT_SECONDS: Final = 8.0
CHUNK: Final = 2048
# Printers with little memory take a picture in slices.
SLICE_ROWS: Final = 128
# How wide a picture may be we know from `rules.dots`; this one refuses none of them.
WIDE_PROFILE: Final = "TM-T20II"

# What breaks a line: sockets and files (OSError, pyusb's errors among them), the library's own,
# a missing pyusb (RuntimeError) and a missing libusb (ValueError).
BROKEN: Final = (OSError, Error, RuntimeError, ValueError)
# Of a USB end: which way it goes, and how.
IS_INWARD, HOW, BULK = 0x80, 0x03, 0x02


class Silent(Exception):
    """The printer said nothing within the time given to it."""


def commands(slip: Image.Image, *, feed: int, cuts: bool) -> bytes:
    """Return the ESC/POS bytes of a slip: its picture, so many lines of feed, a cut.

    slip: black and white, as wide as the paper's dots.
    """
    pen = Dummy(profile=WIDE_PROFILE)
    pen.hw("INIT")
    pen.image(slip, impl="bitImageRaster", fragment_height=SLICE_ROWS)
    pen.print_and_feed(feed)
    if cuts:
        pen.cut(mode="PART", feed=False)
    return bytes(pen.output)


def look(place: Place) -> Condition:
    """Return how a printer is; one that cannot be reached, or is silent, is offline."""
    try:
        with _opened(place) as line:
            return line.state() if line.may_ask else Condition.UNKNOWN
    except (*BROKEN, Silent):
        return Condition.OFFLINE


def send(place: Place, slip: bytes) -> Outcome:
    """Send a slip once, and find out what became of it. Takes at most some 40 seconds."""
    sent = 0
    try:
        with _opened(place) as line:
            if line.may_ask:
                before = line.state()
                if before in STOPPED:
                    return Outcome(Result.NOT_PRINTED, 0, before)
            for sent in line.writing(slip):  # noqa: B007 - how far it came, also when it breaks
                pass
            if not line.may_ask:
                result = Result.PRINTED if line.is_kept else Result.UNKNOWN
                return Outcome(result, sent, Condition.UNKNOWN)
            in_turn = line.wait_until_done()
            now = Condition.OFFLINE if in_turn is None else Condition.UNKNOWN
            with suppress(*BROKEN, Silent):
                now = line.state()
    except (*BROKEN, Silent):
        # What it cannot say on this line it may say on a new one.
        return judge(size=len(slip), sent=sent, in_turn=None, now=look(place) if sent else _OFF)
    return judge(size=len(slip), sent=sent, in_turn=in_turn, now=now)


_OFF: Final = Condition.OFFLINE


@dataclass
class _Line:
    printer: Any
    may_ask: bool
    is_kept: bool
    patience: Callable[[float], None]

    def state(self) -> Condition:
        answers = [self._answer(question) for question in QUESTIONS]
        return condition(printer=answers[0], offline=answers[1], error=answers[2], paper=answers[3])

    def _answer(self, question: bytes) -> int:
        self._write(question)
        return self._read(answers_now, ANSWER_SECONDS)

    def writing(self, slip: bytes) -> Iterator[int]:
        """Write a slip piece by piece; give how many bytes were begun to be given away."""
        until = time.monotonic() + WRITE_SECONDS
        for start in range(0, len(slip), CHUNK):
            self.patience(max(until - time.monotonic(), 0.01))
            piece = slip[start : start + CHUNK]
            # Begun is not finished: a piece that breaks off may have come through in part.
            yield max(start, 1)
            self._write(piece)
            yield start + len(piece)

    def wait_until_done(self) -> int | None:
        """Return the answer that follows the last row; None when a trouble shows instead."""
        self._write(ASK_WHEN_DONE)
        until = time.monotonic() + PRINT_SECONDS
        while time.monotonic() < until:
            with suppress(Silent):
                return self._read(answers_in_turn, ANSWER_SECONDS)
            with suppress(Silent):
                if self.state() in STOPPED:
                    return None
        return None

    def _write(self, what: bytes) -> None:
        self.printer._raw(what)  # noqa: SLF001 - the library's only door for bytes

    def _read(self, is_wanted: Callable[[int], bool], seconds: float) -> int:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.patience(left)
            try:
                told = bytes(self.printer._read())  # noqa: SLF001 - see above
            except OSError as broken:
                # pyusb has a class of its own for this.
                if isinstance(broken, TimeoutError) or broken.errno == ETIMEDOUT:
                    break
                raise
            if not told and self.printer.__class__ is Network:
                raise ConnectionResetError
            for byte in told:
                if is_wanted(byte):
                    return byte
        raise Silent


@contextmanager
def _opened(place: Place) -> Iterator[_Line]:
    line = _line(place)
    try:
        yield line
    finally:
        with suppress(*BROKEN):
            line.printer.close()


def _line(place: Place) -> _Line:
    match place.connection:
        case Connection.NETWORK:
            network = Network(place.host, place.port, timeout=CONNECT_SECONDS)
            network.open()
            return _Line(network, place.answers, is_kept=False, patience=network.device.settimeout)
        case Connection.USB:
            milliseconds = int(ANSWER_SECONDS * 1000)
            usb = Usb(
                int(place.usb_vendor, 16),
                int(place.usb_product, 16),
                timeout=milliseconds,
            )
            usb.open()
            _take_its_own_ends(usb)
            return _Line(usb, place.answers, is_kept=False, patience=_as_it_is)
        case Connection.FILE:
            is_device = is_device_file(place.path)
            if not is_device:
                Path(place.path).parent.mkdir(parents=True, exist_ok=True)
            file = File(place.path)
            file.open()
            return _Line(file, may_ask=False, is_kept=not is_device, patience=_as_it_is)


def _take_its_own_ends(usb: Usb) -> None:
    """Write and read where this printer says; the library's two numbers fit few makes."""
    ends = [end for interface in usb.device.get_active_configuration() for end in interface]
    bulk = [end.bEndpointAddress for end in ends if end.bmAttributes & HOW == BULK]
    usb.out_ep = next((end for end in bulk if not end & IS_INWARD), usb.out_ep)
    usb.in_ep = next((end for end in bulk if end & IS_INWARD), usb.in_ep)


def _as_it_is(_seconds: float) -> None:
    """Leave the time to what the line was opened with."""
