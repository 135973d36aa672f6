"""A receipt printer of one's own: a process on a TCP port that speaks ESC/POS, the judge.

    python -m gerai.printing.tests.paper_printer FOLDER PORT

It knows the protocol from Epson's reference, not from our code. It draws what it prints, dot
row by dot row, and keeps each slip that it cuts as FOLDER/slip-001.png. How it is, stands in
FOLDER/printer.json and may be changed at any moment:

    rows      dot rows of paper left          cover     is its cover open
    hangs     answers nothing, does nothing   dies_at   ends without a word after so many bytes
    deaf      prints, but answers nothing     eager     also answers questions inside pictures
    error     its cutter is stuck             slow      seconds a picture's slice takes
    closes    after a slip ends the connection before it says that it is done
    sticks    hangs from its first picture on

Anything that it does not understand is written to FOLDER/complaints.txt.
"""

import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[3]
USUAL = {
    "rows": 100_000,
    "near_end": 400,
    "cover": False,
    "hangs": False,
    "deaf": False,
    "error": False,
    "eager": False,
    "closes": False,
    "sticks": False,
    "dies_at": 0,
    "slow": 0.0,
}
FEED_ROWS = 30
DOTS = 576


class Gone(Exception):
    """The connection has ended."""


class Printer:
    """The mechanism: paper, states, and the slip under the head."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.rows, self.slips = folder, [], len(list(folder.glob("slip-*.png")))
        self.received = 0
        self.lock = threading.Lock()

    def how(self) -> dict:
        return {**USUAL, **json.loads((self.folder / "printer.json").read_text())}

    def set(self, **changes: object) -> None:
        write_how(self.folder, **changes)

    def complain(self, words: str) -> None:
        with (self.folder / "complaints.txt").open("a") as file:
            file.write(words + "\n")

    def is_stopped(self) -> bool:
        how = self.how()
        return bool(how["rows"] <= 0 or how["cover"] or how["error"])

    def feed(self, rows: list[Image.Image]) -> None:
        """Print rows one by one; wait where paper ends until there is more."""
        for row in rows:
            while self.is_stopped() or self.how()["hangs"]:
                time.sleep(0.02)
            self.rows.append(row)
        with self.lock:
            self.set(rows=self.how()["rows"] - len(rows))

    def cut(self) -> None:
        slip = Image.new("1", (DOTS, max(len(self.rows), 1)), 1)
        for number, row in enumerate(self.rows):
            slip.paste(row, (0, number))
        self.rows = []
        self.slips += 1
        unfinished = self.folder / "unfinished.png"
        slip.save(unfinished)
        unfinished.rename(self.folder / f"slip-{self.slips:03}.png")

    def at_once(self, n: int) -> int:
        how = self.how()
        out = how["rows"] <= 0
        if n == 1:
            return 0x12 | (0x08 if self.is_stopped() else 0)
        if n == 2:
            return 0x12 | 0x04 * how["cover"] | 0x20 * out | 0x40 * how["error"]
        if n == 3:
            return 0x12 | 0x08 * how["error"]
        return 0x12 | (0x0C if how["rows"] < how["near_end"] else 0) | 0x60 * out

    def in_turn(self) -> int:
        how = self.how()
        return (0x03 if how["rows"] < how["near_end"] else 0) | (0x0C if how["rows"] <= 0 else 0)


class Visitor:
    """One connection: bytes taken apart as they come; questions answered at once."""

    def __init__(self, printer: Printer, line: socket.socket) -> None:
        self.printer, self.line = printer, line
        self.buffer = b""
        self.work: queue.Queue = queue.Queue()

    def serve(self) -> None:
        threading.Thread(target=self._work_off, daemon=True).start()
        try:
            while True:
                self._command()
        except (Gone, OSError):
            self.work.put(None)
            self.line.close()

    def _take(self, count: int) -> bytes:
        while len(self.buffer) < count:
            how = self.printer.how()
            while how["hangs"]:
                time.sleep(0.05)
                how = self.printer.how()
            piece = self.line.recv(1024)
            if not piece:
                raise Gone
            self.printer.received += len(piece)
            if how["dies_at"] and self.printer.received >= how["dies_at"]:
                os._exit(9)
            if how["eager"] and count > 3:
                for n in range(1, 5):
                    if bytes([16, 4, n]) in piece:
                        self._answer(self.printer.at_once(n))
            self.buffer += piece
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def _answer(self, byte: int) -> None:
        if not self.printer.how()["deaf"]:
            self.line.sendall(bytes([byte]))

    def _command(self) -> None:
        first = self._take(1)
        if first == b"\x10":
            asked = self._take(2)
            if asked[0] != 4 or asked[1] not in range(1, 5):
                self.printer.complain(f"DLE {asked.hex()}")
                return
            self._answer(self.printer.at_once(asked[1]))
        elif first == b"\x1b":
            self._esc(self._take(1))
        elif first == b"\x1d":
            self._gs(self._take(1))
        elif first == b"\n":
            self.work.put(("feed", FEED_ROWS))
        elif first >= b" ":
            self.work.put(("text", first))
        else:
            self.printer.complain(f"byte {first.hex()}")

    def _esc(self, name: bytes) -> None:
        if name == b"@":
            self.work.put(("begin",))
        elif name in {b"d", b"J"}:
            n = self._take(1)[0]
            self.work.put(("feed", n * FEED_ROWS if name == b"d" else n))
        elif name in {b"a", b"t", b"E", b"M", b"3"}:
            self._take(1)
        else:
            self.printer.complain(f"ESC {name.hex()}")

    def _gs(self, name: bytes) -> None:
        if name == b"v":
            head = self._take(6)
            across, down = head[2] + 256 * head[3], head[4] + 256 * head[5]
            if head[0] != ord("0") or not 0 < across <= DOTS // 8 or not down:
                self.printer.complain(f"GS v {head.hex()}")
            self.work.put(("picture", across, down, self._take(across * down)))
        elif name == b"V":
            n = self._take(1)[0]
            if n in {65, 66}:
                self._take(1)
            self.work.put(("cut",))
        elif name == b"r":
            self._take(1)
            self.work.put(("answer",))
        elif name == b"!":
            self._take(1)
        else:
            self.printer.complain(f"GS {name.hex()}")

    def _work_off(self) -> None:
        while (job := self.work.get()) is not None:
            match job:
                case ("picture", across, down, data):
                    how = self.printer.how()
                    time.sleep(how["slow"])
                    if how["sticks"]:
                        write_how(self.printer.folder, hangs=True)
                    white_on_black = bytes(255 - byte for byte in data)
                    picture = Image.frombytes("1", (across * 8, down), white_on_black)
                    rows = [picture.crop((0, y, across * 8, y + 1)) for y in range(down)]
                    self.printer.feed(rows)
                case ("text", letter):
                    drawn = Image.new("1", (DOTS, 24), 1)
                    words = letter.decode("cp437")
                    ImageDraw.Draw(drawn).text((0, 0), words, fill=0)
                    self.printer.feed([drawn.crop((0, y, DOTS, y + 1)) for y in range(24)])
                case ("feed", count):
                    self.printer.feed([Image.new("1", (DOTS, 1), 1)] * count)
                case ("cut",):
                    self.printer.cut()
                case ("answer",):
                    while self.printer.is_stopped():
                        time.sleep(0.02)
                    if self.printer.how()["closes"]:
                        self.line.shutdown(socket.SHUT_RDWR)
                        return
                    try:
                        self._answer(self.printer.in_turn())
                    except OSError:
                        return


def write_how(folder: Path, **changes: object) -> None:
    file = folder / "printer.json"
    told = json.loads(file.read_text()) if file.exists() else {}
    new = folder / f"printer.{threading.get_ident()}.{os.getpid()}.new"
    new.write_text(json.dumps({**told, **changes}))
    new.replace(file)


def main() -> None:
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    printer = Printer(folder)
    with socket.create_server(("127.0.0.1", port)) as server:
        (folder / "port").write_text(str(server.getsockname()[1]))
        # As most printers: one line at a time.
        while True:
            line, _address = server.accept()
            Visitor(printer, line).serve()


@dataclass
class PaperPrinter:
    """The process, as a test holds it."""

    folder: Path
    process: subprocess.Popen | None = None
    port: int = 0

    def plug_in(self, **how: object) -> "PaperPrinter":
        self.set(**{**USUAL, **how})
        (self.folder / "port").unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", __spec_name__, str(self.folder), str(self.port)], cwd=ROOT
        )
        for _turn in range(400):
            told = (self.folder / "port").read_text() if (self.folder / "port").exists() else ""
            if told:
                self.port = int(told)
                return self
            time.sleep(0.02)
        raise AssertionError("the printer did not start")

    def unplug(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(10)

    def set(self, **how: object) -> None:
        write_how(self.folder, **how)

    def slips(self) -> list[Path]:
        return sorted(self.folder.glob("slip-*.png"))

    def wait_for_slips(self, count: int) -> list[Path]:
        for _turn in range(500):
            if len(self.slips()) >= count:
                break
            time.sleep(0.02)
        return self.slips()

    def complaints(self) -> str:
        file = self.folder / "complaints.txt"
        return file.read_text() if file.exists() else ""


__spec_name__ = "gerai.printing.tests.paper_printer"

if __name__ == "__main__":
    main()
