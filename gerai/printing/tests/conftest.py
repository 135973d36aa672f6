"""Room tests of printing run on a Monday at ten, before a printer that is a process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine

from gerai.directory.models import Device
from gerai.directory.tests.factories import a_device
from gerai.printing.models import Printer
from gerai.printing.tests.factories import a_printer
from gerai.printing.tests.paper_printer import PaperPrinter
from gerai.queue.tests.factories import TEN, House, a_house


@pytest.fixture
def clock_at() -> Iterator[time_machine.Traveller]:
    """Begin on Monday at ten; the clock runs on, since printers take their time."""
    with time_machine.travel(TEN, tick=True) as at:
        yield at


@pytest.fixture
def house(mall: object, clock_at: object) -> House:
    """Make an agency with an open counter in the mall "barru"."""
    return a_house()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[PaperPrinter]:
    """Give a printer that is plugged in with paper."""
    machine = PaperPrinter(tmp_path)
    machine.plug_in()
    yield machine
    machine.unplug()
    assert machine.complaints() == ""


@pytest.fixture
def kiosk(house: House) -> Device:
    """Make a kiosk."""
    return a_device("kiosk", name="Kios depan")


@pytest.fixture
def printer(kiosk: Device, machine: PaperPrinter) -> Printer:
    """Make the kiosk's printer, which is the process."""
    return a_printer(kiosk, port=machine.port)


@pytest.fixture
def slower(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give a way to shorten how long a printer is waited for."""
    from gerai.printing import link

    def shorten(**seconds: float) -> None:
        for name, value in seconds.items():
            monkeypatch.setattr(link, f"{name.upper()}_SECONDS", value)

    return shorten
