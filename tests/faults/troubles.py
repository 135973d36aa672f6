"""What goes wrong during a run, one trouble after another."""

import random
import signal
import time
from collections.abc import Callable, Sequence

import psutil

from tests.faults.checker import HEARS_WITHIN
from tests.faults.clients import Client, Hall, Page, Screen, until
from tests.faults.installation import Installation

Trouble = Callable[["Troubles"], None]


class Troubles:
    """Makes trouble, in an order that its seed decides."""

    def __init__(self, made: Installation, hall: Hall, clients: Sequence[Client]) -> None:
        self.made, self.hall = made, hall
        self.screens = [each for each in clients if isinstance(each, Screen)]
        self.pages = [each for each in clients if isinstance(each, Page)]
        self.dice = random.Random(f"{hall.seed}/troubles")
        self.count: dict[str, int] = {}

    def kinds(self) -> dict[str, Trouble]:
        """Return what may go wrong in this form."""
        return EMBEDDED if self.made.is_embedded else {**EMBEDDED, **SERVED}

    def go_on(self, seconds: float) -> None:
        """Make trouble for so long; each kind once before any comes again, and once at least."""
        end = time.monotonic() + seconds
        waiting: list[str] = []
        while True:
            if not waiting:
                waiting = self.dice.sample(sorted(self.kinds()), len(self.kinds()))
            self.make(waiting.pop())
            if self.is_round_made() and time.monotonic() > end:
                return
            self.rest(0.5, 2.5)

    def is_round_made(self) -> bool:
        """Tell whether every kind of trouble was made."""
        return self.count.keys() == self.kinds().keys()

    def make(self, name: str) -> None:
        """Make one trouble, and mend it."""
        self.hall.log.note("trouble", name)
        self.count[name] = self.count.get(name, 0) + 1
        self.kinds()[name](self)
        self.hall.log.note("mended", name)

    def rest(self, least: float, most: float) -> None:
        """Leave the hall in peace, or in trouble, for a while."""
        time.sleep(self.dice.uniform(least, most))

    def kill_a_worker(self) -> None:
        """Kill a process that answers requests; the first process begins another one."""
        workers = self.made.server.workers()
        if workers:
            self.dice.choice(workers).kill()

    def kill_the_first_process(self) -> None:
        """Kill the first process of the server; a service manager begins it again."""
        assert self.made.server.process is not None
        children = self.made.server.workers()
        self.made.server.process.kill()
        self.made.begin_again()
        assert until(lambda: not any(map(lives, children)), 60), "orphans"

    def kill_the_work(self) -> None:
        """Kill the worker of background jobs; a service manager begins it again."""
        self.made.check_work()
        assert self.made.work is not None
        self.made.work.kill()
        self.made.work.wait(30)
        self.rest(0, 2)
        self.made.begin_work()

    def restart_the_database(self) -> None:
        """Stop PostgreSQL as for an update."""
        self._restart_the_database(signal.SIGINT)

    def crash_the_database(self) -> None:
        """Stop PostgreSQL at once (immediate): it recovers from its log."""
        self._restart_the_database(signal.SIGQUIT)

    def _restart_the_database(self, how: int) -> None:
        assert self.made.postgres is not None
        self.made.postgres.stop(how)
        self.rest(0, 3)
        self.made.postgres.start()

    def lose_the_signals(self) -> None:
        """Kill Valkey; it comes back empty, and the pages that were open are to hear of it."""
        assert self.made.signals is not None
        until(lambda: all(page.is_open for page in self.pages), 20)
        self.made.signals.stop(signal.SIGKILL)
        self.rest(2, 6)
        back = time.time()
        self.hall.log.note("returned", "signals")
        self.made.signals.start()
        until(lambda: all(page.heard_at >= back for page in self.pages), HEARS_WITHIN + 1)

    def let_the_printer_die(self) -> None:
        """Let the printer die in the middle of a slip; it is plugged in again."""
        printer = self.made.printer
        printer.set(dies_at=self.dice.randrange(1, 40_000), slow=0.05)
        assert printer.process is not None
        until(lambda: printer.process is not None and printer.process.poll() is not None, 15)
        self.rest(0, 3)
        printer.unplug()
        printer.plug_in()

    def let_a_screen_sleep(self) -> None:
        """Let a screen of a zone fall asleep with a call in its hands; it wakes an hour later."""
        for screen in self.screens:
            screen.sleeps.set()
        until(lambda: any(screen.sleeping.is_set() for screen in self.screens), 20)
        for screen in self.screens:
            screen.sleeps.clear()
        asleep = [screen for screen in self.screens if screen.sleeping.is_set()]
        for screen in asleep:
            self.made.sql(
                f"UPDATE queue_call SET claimed_at = {self._an_hour_before('claimed_at')}"
                f" WHERE speech = 'claimed' AND claimed_by_id = {int(screen.screen['id'])}"
            )
        self.rest(2, 5)
        for screen in self.screens:
            if screen.sleeping.is_set():
                screen.sleeping.clear()
                screen.wakes.set()

    def let_a_screen_reload(self) -> None:
        """Tear a screen out of its words."""
        self.dice.choice(self.screens).reloads.set()

    def _an_hour_before(self, column: str) -> str:
        return earlier(column, 3600, embedded=self.made.is_embedded)


def lives(process: psutil.Process) -> bool:
    """Tell whether a process still does something; a dead one may wait to be buried."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def earlier(column: str, seconds: int, *, embedded: bool) -> str:
    """Return a moment's column so many seconds earlier, in SQL."""
    if embedded:
        return f"strftime('%Y-%m-%d %H:%M:%f', {column}, '-{seconds} seconds')"
    return f"{column} - interval '{seconds} seconds'"


EMBEDDED: dict[str, Trouble] = {
    "the first process killed": Troubles.kill_the_first_process,
    "the printer dies": Troubles.let_the_printer_die,
    "a screen sleeps": Troubles.let_a_screen_sleep,
    "a screen reloads": Troubles.let_a_screen_reload,
}
SERVED: dict[str, Trouble] = {
    "a web process killed": Troubles.kill_a_worker,
    "the worker killed": Troubles.kill_the_work,
    "PostgreSQL restarted": Troubles.restart_the_database,
    "PostgreSQL crashed": Troubles.crash_the_database,
    "Valkey lost": Troubles.lose_the_signals,
}
