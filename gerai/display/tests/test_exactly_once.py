"""Each call ends exactly once in its zone, whatever two browsers and their lines do."""

from collections import Counter as Tally
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gerai import clock
from gerai.directory.models import Device
from gerai.directory.tests.factories import a_zone
from gerai.display.tests.factories import a_call, a_screen, announce, paired
from gerai.malls.models import Mall
from gerai.queue.models import Call, Speech

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SOUND_S = 8
HOLD = timedelta(seconds=30)


class Browser:
    """The rules of voice.js: what survives a reload is `noted`, nothing else."""

    def __init__(self, device: Device) -> None:
        self.client = paired(device)
        self.noted: set[int] = set()
        self.is_online = True
        self.speaking: tuple[int, datetime] | None = None
        self.to_confirm: int | None = None

    def poll(self) -> None:
        if not self.is_online or self.speaking or self.to_confirm:
            return
        answer = self.client.post("/layar/ucapan/", {"browser": "one"})
        if answer.status_code != 200:
            return
        sequence = answer.json()["sequence"]
        if sequence in self.noted:
            self.to_confirm = sequence
        else:
            self.speaking = (sequence, clock.now() + timedelta(seconds=SOUND_S))

    def hear(self) -> int | None:
        """End the sound if its time has come; tell which."""
        if self.speaking is None or clock.now() < self.speaking[1]:
            return None
        ended, self.speaking = self.speaking[0], None
        self.noted.add(ended)
        self.to_confirm = ended
        return ended

    def send(self, *, is_answer_lost: bool = False) -> None:
        if self.to_confirm is None or not self.is_online:
            return
        self.client.post(f"/layar/ucapan/{self.to_confirm}/")
        if not is_answer_lost:
            self.to_confirm = None

    def reload(self) -> None:
        self.speaking = self.to_confirm = None


class Hall:
    """A zone with two browsers, its clock, and every sound that came to its end."""

    def __init__(self) -> None:
        self.zone = a_zone()
        self.ticket = a_call(self.zone).ticket
        self.calls = Call.objects.filter(zone=self.zone)
        self.browsers = [Browser(a_screen(self.zone)), Browser(a_screen(self.zone))]
        self.ended: list[int] = []
        self.unheard: set[int] = set()

    def pass_time(self, seconds: int) -> None:
        for _ in range(seconds):
            clock.turn_to(clock.now() + timedelta(seconds=1))
            for browser in self.browsers:
                if ended := browser.hear():
                    self.ended.append(ended)
                    browser.send()
        # Ended, and its browser could not say so until its 30 seconds were over.
        late = self.calls.filter(speech=Speech.CLAIMED, claimed_at__lt=clock.now() - HOLD)
        self.unheard |= set(late.values_list("sequence", flat=True)) & set(self.ended)

    def do(self, what: str, which: int, seconds: int) -> None:
        browser = self.browsers[which]
        match what:
            case "call":
                announce(self.ticket, times=1)
            case "lose":
                browser.send(is_answer_lost=True)
            case "wait":
                self.pass_time(seconds)
            case "away" | "back":
                browser.is_online = what == "back"
            case _:
                getattr(browser, what)()

    def come_to_rest(self) -> None:
        """Bring both lines back and go on until nothing is left to say."""
        for browser in self.browsers:
            browser.is_online = True
        while self.calls.filter(speech__in=[Speech.WAITING, Speech.CLAIMED]).exists():
            for browser in self.browsers:
                browser.send()
                browser.poll()
            self.pass_time(SOUND_S + 1)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["call", "poll", "poll", "send", "lose", "reload"])
        | st.sampled_from(["wait", "wait", "away", "back"]),
        st.integers(0, 1),
        st.integers(1, 12),
    ),
    min_size=8,
    max_size=30,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_each_call_ends_exactly_once_and_in_order(
    mall: Mall, steps: list[tuple[str, int, int]]
) -> None:
    """Calls, reloads, lost lines and lost answers, in any order.

    The one exception is told in docs/reference/display.md: `Hall.unheard`.
    """
    with clock.simulated(MORNING):
        hall = Hall()
        for step in steps:
            hall.do(*step)
        hall.come_to_rest()
    excused = hall.unheard | set(
        hall.calls.filter(speech=Speech.LAPSED).values_list("sequence", flat=True)
    )
    expected = set(hall.calls.values_list("sequence", flat=True)) - excused
    times = Tally(hall.ended)
    assert {sequence: times[sequence] for sequence in expected} == dict.fromkeys(expected, 1)
    firsts = list(dict.fromkeys(hall.ended))
    assert firsts == sorted(firsts)
