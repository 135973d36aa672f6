"""The HTTP doors of the product that a replay goes through: all addresses are here."""

from types import TracebackType
from typing import Final

import httpx

from gerai.portals.replay.building import Building, Seat

SIGN_IN: Final = "/masuk/"
KIOSK: Final = "/kios/"
KIOSK_TAKE: Final = "/kios/layanan/{service}/ambil/"
DESK: Final = "/petugas/"
DESK_OPEN: Final = "/petugas/loket/{counter}/"
DESK_CALL: Final = "/petugas/panggilan/"
DESK_START: Final = "/petugas/nomor/{ticket}/pelayanan/"
DESK_FINISH: Final = "/petugas/nomor/{ticket}/penyelesaian/"

CSRF_COOKIE: Final = "csrftoken"
ANSWERS_WITHIN_SECONDS: Final = 60.0


class DoorClosed(RuntimeError):
    """A door did not answer as it should; the replay cannot go on."""


class Doors:
    """A kiosk, and an officer's browser at each counter (counted from 0)."""

    def __init__(self, address: str, building: Building, *, password: str) -> None:
        self.building, self.password = building, password
        self.kiosk = _Browser(address)
        self.desks = [_Desk(_Browser(address), seat) for seat in building.seats]
        self.session = 0
        self._take = KIOSK_TAKE.format(service=building.service.pk)

    def __enter__(self) -> "Doors":
        """Let the kiosk be paired and the officers sign in."""
        self.kiosk.get(KIOSK)
        self.kiosk.get(self._take)
        for desk in self.desks:
            desk.sign_in(self.password)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        for browser in self._browsers():
            browser.close()

    @property
    def requests(self) -> int:
        """Return how many requests were answered so far."""
        return sum(browser.requests for browser in self._browsers())

    def begin_session(self, number: int, *, counters: int) -> None:
        """Let the first so many counters be opened for a session, which has a day of its own."""
        self.session = number
        for desk in self.desks[:counters]:
            desk.open()

    def take(self, number: int) -> None:
        """Let customer `number` take a number at the kiosk."""
        key = f"putar-ulang-{self.session:06}-{number:06}"
        self.kiosk.press(self._take, group="ordinary", key=key)

    def call_next(self, counter: int) -> None:
        """Let a counter call the next one."""
        self.desks[counter].browser.press(DESK_CALL)

    def start(self, counter: int, ticket: int) -> None:
        """Let a counter begin to serve the called one."""
        self.desks[counter].browser.press(DESK_START.format(ticket=ticket))

    def finish(self, counter: int, ticket: int) -> None:
        """Let a counter end its service."""
        self.desks[counter].browser.press(DESK_FINISH.format(ticket=ticket), outcome="served")

    def _browsers(self) -> list["_Browser"]:
        return [self.kiosk, *(desk.browser for desk in self.desks)]


class _Browser:
    """A browser: its cookies, one connection that is kept, the secret of its forms."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(
            base_url=address,
            timeout=ANSWERS_WITHIN_SECONDS,
            trust_env=False,
            headers={"Accept": "text/html"},
        )
        self.requests = 0

    def get(self, path: str) -> str:
        """Open a page, where it leads; return its text."""
        response = self.client.get(path, follow_redirects=True)
        self.requests += 1 + len(response.history)
        if response.status_code != httpx.codes.OK:
            raise DoorClosed(f"GET {path}: {response.status_code}")
        return response.text

    def press(self, path: str, **fields: str) -> str:
        """Send a form; return where its answer leads."""
        token = self.client.cookies.get(CSRF_COOKIE, "")
        response = self.client.post(path, data={"csrfmiddlewaretoken": token, **fields})
        self.requests += 1
        if not response.is_redirect:
            raise DoorClosed(f"POST {path}: {response.status_code}")
        return response.headers["Location"]

    def close(self) -> None:
        self.client.close()


class _Desk:
    """An officer's browser."""

    def __init__(self, browser: _Browser, seat: Seat) -> None:
        self.browser, self.seat = browser, seat

    def sign_in(self, password: str) -> None:
        self.browser.get(SIGN_IN)
        self.browser.press(SIGN_IN, username=self.seat.username, password=password)

    def open(self) -> None:
        self.browser.get(DESK)
        self.browser.press(DESK_OPEN.format(counter=self.seat.counter.pk))
