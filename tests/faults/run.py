"""Torment a running installation and judge it: python -m tests.faults.run [--minutes 10] [--seed N]

Both forms, unless --form names one. FAULTS_MINUTES and FAULTS_SEED say the same. The seed is
printed; it decides who does what in which order, not what the machine makes of it. Exit code 1
where anything was found. --keep FOLDER keeps logs and the clients' facts.
"""

import argparse
import os
import secrets
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from pyzbar.pyzbar import ZBarSymbol, decode

from tests.faults.checker import Finding, check, read
from tests.faults.clients import Client, Hall, Log, Visitor, everybody, until
from tests.faults.installation import Installation, installed
from tests.faults.troubles import Troubles, earlier

FORMS = ("served", "embedded")
# Three minutes of the clock, for slips that nobody confirms.
LATER = 180


@dataclass
class Result:
    """What a run brought about and what was found."""

    form: str
    seed: int
    findings: list[Finding]
    failures: list[str]
    troubles: dict[str, int]
    facts: Counter[str] = field(default_factory=Counter)

    def words(self) -> str:
        """Return the result for people."""
        lines = [f"{self.form}, seed {self.seed}:"]
        lines += [f"  {name}: {times}" for name, times in sorted(self.troubles.items())]
        lines += [f"  facts: {', '.join(f'{n} {what}' for what, n in sorted(self.facts.items()))}"]
        lines += [f"  FAILED {each}" for each in self.failures]
        lines += [f"  FOUND {each.kind}: {each.words}" for each in self.findings]
        return "\n".join([*lines, f"  {len(self.findings)} found"])


def torment(form: str, folder: Path, *, seconds: float, seed: int, pause: float) -> Result:
    """Run one form under load and trouble for so long; then let it come to rest, and judge."""
    with installed(folder, embedded=form == "embedded") as made:
        world = folder / "world.json"
        made.command("-m", "tests.faults.world", str(world), str(made.printer.port))
        made.server.start()
        made.server.wait_for_answer()
        if not made.is_embedded:
            made.begin_work()
        log = Log(folder / "facts.jsonl")
        hall = Hall.told(made.server.port, world, log, seed=seed, pause=pause)
        clients = everybody(hall)
        for client in clients:
            client.start()
        troubles = Troubles(made, hall, clients)
        try:
            troubles.go_on(seconds)
            come_to_rest(made, hall, clients)
        finally:
            hall.is_over.set()
        for token in tokens_on(made.printer.slips()):
            log.note("slip", "printer", token=token)
        findings = check(read(made.database, hall.world["mall"], log.facts))
        facts = Counter(fact["what"] for fact in log.facts)
        return Result(form, seed, findings, hall.failures, troubles.count, facts)


def come_to_rest(made: Installation, hall: Hall, clients: list[Client]) -> None:
    """Let the last number be called and the last call be said; the clock does the rest."""
    hall.is_shut.set()
    if not made.is_embedded:
        made.check_work()
    for client in clients:
        if isinstance(client, Visitor):
            client.join(60)
    embedded = made.is_embedded
    open_ones = "state NOT IN ('done', 'dropped')"

    def is_at_rest() -> bool:
        evidence = read(made.database, hall.world["mall"], [])
        states = {ticket["state"] for ticket in evidence.tickets}
        jobs = {job["state"] for job in evidence.jobs}
        speech = {call["speech"] for call in evidence.calls}
        return (
            states <= {"done", "absent", "dropped"}
            and jobs <= {"done", "dropped"}
            and speech <= {"spoken"}
        )

    for _turn in range(4):
        back = f"deadline = {earlier('deadline', LATER, embedded=embedded)}"
        back += f", claimed_at = {earlier('claimed_at', LATER, embedded=embedded)}"
        made.sql(f"UPDATE printing_printjob SET {back} WHERE {open_ones}")
        soon = earlier("run_after", LATER, embedded=embedded)
        tasks = "django_tasks_database_dbtaskresult"
        made.sql(f"UPDATE {tasks} SET run_after = {soon} WHERE status = 'READY'")
        if until(is_at_rest, 30):
            return


def tokens_on(slips: list[Path]) -> list[str]:
    """Return the code of the number on each slip."""
    found = []
    for slip in slips:
        paper = Image.open(slip).convert("L")
        rim = Image.new("L", (paper.width + 40, paper.height + 40), 255)
        rim.paste(paper, (20, 20))
        codes = decode(rim, symbols=[ZBarSymbol.QRCODE])
        found += [code.data.decode().rstrip("/").rpartition("/")[2] for code in codes]
    return found


def main() -> int:
    """Run what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.run")
    parser.add_argument("--minutes", type=float, default=os.environ.get("FAULTS_MINUTES", "10"))
    parser.add_argument("--seed", type=int, default=os.environ.get("FAULTS_SEED", "0"))
    parser.add_argument("--form", choices=FORMS)
    parser.add_argument("--pause", type=float, default=0.5, help="between two presses, in seconds")
    parser.add_argument("--keep", type=Path)
    told = parser.parse_args()
    # Whoever stops it stops all that it began.
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))
    seed = told.seed or secrets.randbelow(1_000_000) + 1
    forms = [told.form] if told.form else list(FORMS)
    print(f"seed {seed}, {told.minutes:g} minutes: {', '.join(forms)}", flush=True)
    results = []
    folder = nullcontext(told.keep) if told.keep else tempfile.TemporaryDirectory()
    with folder as kept:
        for form in forms:
            place = Path(kept) / f"{form}-{int(time.time())}"
            place.mkdir(parents=True)
            seconds = told.minutes * 60 / len(forms)
            results.append(torment(form, place, seconds=seconds, seed=seed, pause=told.pause))
            print(results[-1].words(), flush=True)
    return int(any(each.findings or each.failures for each in results))


if __name__ == "__main__":
    sys.exit(main())
