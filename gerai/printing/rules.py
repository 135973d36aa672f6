"""What the bytes of a printer mean, which papers there are, and how long all may take. Pure.

The bytes are those of Epson's ESC/POS: DLE EOT n asks for the state at once, even of a printer
that has stopped; GS r n is answered in its turn, when everything before it was worked off.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

# A number on paper that nobody confirmed within this is dropped.
CONFIRM_WITHIN = timedelta(minutes=2)
# Nothing that is sent takes longer: a slip still "being sent" then was left by a lost process.
SENDING_AT_MOST = timedelta(seconds=45)
LOOK_EVERY = timedelta(minutes=1)
MOST_COPIES = 5


class Condition(StrEnum):
    """How a printer was when it was last asked."""

    UNKNOWN = "unknown"
    OK = "ok"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    ERROR = "error"


STOPPED = frozenset({Condition.PAPER_OUT, Condition.COVER_OPEN, Condition.OFFLINE, Condition.ERROR})
TROUBLES = STOPPED | {Condition.PAPER_LOW}

ASK_PRINTER, ASK_OFFLINE, ASK_ERROR, ASK_PAPER = (b"\x10\x04" + bytes([n]) for n in (1, 2, 3, 4))
QUESTIONS = (ASK_PRINTER, ASK_OFFLINE, ASK_ERROR, ASK_PAPER)
ASK_WHEN_DONE = b"\x1dr\x01"

NOW_MASK, NOW_BITS, TURN_MASK = 0x93, 0x12, 0x90
IS_OFFLINE = 0x08
COVER_IS_OPEN, STOPPED_FOR_PAPER, HAS_ERROR = 0x04, 0x20, 0x40
ANY_ERROR = 0x68
PAPER_NEAR_END, PAPER_END = 0x0C, 0x60
DONE_NEAR_END, DONE_PAPER_END = 0x03, 0x0C


def answers_now(byte: int) -> bool:
    """Tell whether a byte is an answer to DLE EOT: bits 0 and 7 off, 1 and 4 on.

    >>> answers_now(0x12), answers_now(0x00)
    (True, False)
    """
    return byte & NOW_MASK == NOW_BITS


def answers_in_turn(byte: int) -> bool:
    """Tell whether a byte is an answer to GS r: bits 4 and 7 off.

    >>> answers_in_turn(0x00), answers_in_turn(0x12)
    (True, False)
    """
    return byte & TURN_MASK == 0


def condition(*, printer: int, offline: int, error: int, paper: int) -> Condition:
    """Return what the four answers of DLE EOT 1 to 4 say together; the worst that helps first.

    >>> condition(printer=0x12, offline=0x12, error=0x12, paper=0x12)
    <Condition.OK: 'ok'>
    >>> condition(printer=0x1A, offline=0x32, error=0x12, paper=0x7E)
    <Condition.PAPER_OUT: 'paper_out'>
    """
    if offline & COVER_IS_OPEN:
        return Condition.COVER_OPEN
    if paper & PAPER_END or offline & STOPPED_FOR_PAPER:
        return Condition.PAPER_OUT
    if error & ANY_ERROR or offline & HAS_ERROR:
        return Condition.ERROR
    if printer & IS_OFFLINE:
        return Condition.OFFLINE
    return Condition.PAPER_LOW if paper & PAPER_NEAR_END else Condition.OK


class Connection(StrEnum):
    """How a printer is connected."""

    NETWORK = "network"
    USB = "usb"
    FILE = "file"


@dataclass(frozen=True)
class Place:
    """Where a printer is: host and port, USB numbers in hexadecimal, or a file.

    answers: it is known to answer questions after its state.
    """

    connection: Connection
    host: str = ""
    port: int = 0
    usb_vendor: str = ""
    usb_product: str = ""
    path: str = ""
    answers: bool = True


class Result(StrEnum):
    """What became of a slip that was sent."""

    PRINTED = "printed"
    NOT_PRINTED = "not_printed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Outcome:
    """What became of it, how many bytes the printer was given, and how it is now."""

    result: Result
    sent: int
    condition: Condition


def judge(*, size: int, sent: int, in_turn: int | None, now: Condition) -> Outcome:
    """Judge a slip of `size` bytes, of which `sent` left.

    in_turn: the answer to GS r after the last byte, None: it did not come. Printed means
    that it came and spoke of paper; incomplete, or stopped by a known trouble, is not printed.
    """
    if sent < size:
        return Outcome(Result.NOT_PRINTED, sent, now)
    if in_turn is None:
        known = now in STOPPED - {Condition.OFFLINE}
        return Outcome(Result.NOT_PRINTED if known else Result.UNKNOWN, sent, now)
    if in_turn & DONE_PAPER_END or now == Condition.PAPER_OUT:
        return Outcome(Result.NOT_PRINTED, sent, Condition.PAPER_OUT)
    return Outcome(Result.PRINTED, sent, now)


@dataclass(frozen=True)
class Profile:
    """A kind of printer as python-escpos knows it; dots: across 80 mm paper."""

    name: str
    dots: int = 576
    cuts: bool = True


DOTS_OF_58 = 384
PAPERS = (58, 80)
PROFILES: Mapping[str, Profile] = {
    "default": Profile("ESC/POS"),
    "simple": Profile("ESC/POS tanpa pemotong", cuts=False),
    "TM-T20II": Profile("Epson TM-T20II, TM-T82"),
    "TM-T88V": Profile("Epson TM-T88V", dots=512),
    "NT-80-V-UL": Profile("Netum 80-V-UL"),
    "RP326": Profile("Rongta RP326"),
    "TSP600": Profile("Star TSP600"),
    "POS-5890": Profile("POS-5890 (58 mm)", dots=DOTS_OF_58, cuts=False),
    "ZJ-5870": Profile("Zjiang ZJ-5870 (58 mm)", dots=DOTS_OF_58, cuts=False),
}


def dots(paper: int, profile: str) -> int:
    """Return how many dots a line of the paper has.

    >>> dots(80, "default"), dots(58, "default"), dots(80, "TM-T88V")
    (576, 384, 512)
    """
    return min(PROFILES[profile].dots, DOTS_OF_58) if paper == PAPERS[0] else PROFILES[profile].dots


_DEVICE_FILE = re.compile(r"/dev/(usb/)?lp\d{1,2}")
_PLAIN_FILE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\.bin")


def is_device_file(path: str) -> bool:
    """Tell whether a path is a printer of the system.

    >>> is_device_file("/dev/usb/lp0"), is_device_file("/dev/sda")
    (True, False)
    """
    return _DEVICE_FILE.fullmatch(path) is not None


def is_plain_file(path: str) -> bool:
    """Tell whether a path is a mere file name, kept in the mall's own folder.

    >>> is_plain_file("uji-1.bin"), is_plain_file("../uji.bin")
    (True, False)
    """
    return _PLAIN_FILE.fullmatch(path) is not None
