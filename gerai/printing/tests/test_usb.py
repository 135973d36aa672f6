"""A USB printer without metal: python-escpos and pyusb are real, the cable ends in memory.

What only a printer of metal can show (a kernel driver that holds it, a hub, permissions) is not
shown here; docs/how-to/printer.md says so.
"""

from array import array
from types import SimpleNamespace

import pytest
import usb.backend
import usb.backend.libusb1
import usb.core

from gerai.printing import link
from gerai.printing.rules import Condition, Connection, Place, Result

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
EPSON = Place(Connection.USB, usb_vendor="04b8", usb_product="0e15")


class Cable(usb.backend.IBackend):
    """A bus with one printer: its numbers, its two ends, and what it answers."""

    def __init__(self, *, ends: tuple[int, int] = (0x02, 0x81), is_there: bool = True) -> None:
        self.ends, self.is_there = ends, is_there
        self.answers, self.printed, self.waiting = dict(WELL), bytearray(), bytearray()

    def enumerate_devices(self):
        return [1] if self.is_there else []

    def get_device_descriptor(self, _device):
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0, bDeviceSubClass=0,
            bDeviceProtocol=0, bMaxPacketSize0=64, idVendor=0x04B8, idProduct=0x0E15,
            bcdDevice=0x0100, iManufacturer=0, iProduct=0, iSerialNumber=0, bNumConfigurations=1,
            address=1, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, _device, _config):
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1,
            bConfigurationValue=1, iConfiguration=0, bmAttributes=0xC0, bMaxPower=1,
            extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, _device, interface, setting, _config):
        if interface or setting:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0,
            bNumEndpoints=2, bInterfaceClass=7, bInterfaceSubClass=1, bInterfaceProtocol=2,
            iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, _device, end, _interface, _setting, _config):
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=self.ends[end], bmAttributes=2,
            wMaxPacketSize=64, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, _device):
        return self

    def close_device(self, _handle):
        self.waiting.clear()

    def set_configuration(self, _handle, _value):
        pass

    def get_configuration(self, _handle):
        return 1

    def claim_interface(self, _handle, _interface):
        pass

    def release_interface(self, _handle, _interface):
        pass

    def reset_device(self, _handle):
        pass

    def bulk_write(self, _handle, end, _interface, data, _timeout):
        assert end == self.ends[0]
        told = bytes(data)
        if told[:2] == b"\x10\x04":
            self.waiting.append(self.answers[told[2]])
        elif told == b"\x1dr\x01":
            self.waiting.append(0)
        else:
            self.printed += told
        return len(told)

    def bulk_read(self, _handle, end, _interface, room, _timeout):
        assert end == self.ends[1]
        if not self.waiting:
            raise usb.core.USBTimeoutError("nothing said")
        told = self.waiting[: len(room)]
        room[: len(told)] = array("B", told)
        del self.waiting[: len(told)]
        return len(told)


@pytest.fixture
def plug(monkeypatch):
    """Give a way to plug a cable in; None: there is no libusb."""
    monkeypatch.setattr(link, "ANSWER_SECONDS", 0.05)

    def in_(cable):
        for library in ("libusb0", "libusb1", "openusb"):
            monkeypatch.setattr(f"usb.backend.{library}.get_backend", lambda **_: None)
        monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda **_: cable)
        return cable

    return in_


@pytest.mark.parametrize("ends", [(0x01, 0x82), (0x02, 0x81), (0x03, 0x81)])
def test_a_slip_goes_to_the_end_that_the_printer_names(plug, ends) -> None:
    cable = plug(Cable(ends=ends))

    outcome = link.send(EPSON, b"\x1b@" + b"struk" * 1000)

    assert (outcome.result, outcome.condition) == (Result.PRINTED, Condition.OK)
    assert bytes(cable.printed) == b"\x1b@" + b"struk" * 1000


def test_a_printer_without_paper_gets_nothing(plug) -> None:
    cable = plug(Cable())
    cable.answers[4] = 0x7E

    outcome = link.send(EPSON, b"struk")

    assert (outcome.result, outcome.sent) == (Result.NOT_PRINTED, 0)
    assert outcome.condition == Condition.PAPER_OUT
    assert bytes(cable.printed) == b""


def test_a_silent_printer_is_offline(plug) -> None:
    cable = plug(Cable())
    cable.bulk_write = lambda *_: 3

    assert link.look(EPSON) == Condition.OFFLINE


@pytest.mark.parametrize("cable", [Cable(is_there=False), None], ids=["unplugged", "no libusb"])
def test_what_is_not_there_is_offline(plug, cable) -> None:
    plug(cable)

    assert link.look(EPSON) == Condition.OFFLINE
    assert link.send(EPSON, b"struk").result == Result.NOT_PRINTED


def test_another_make_is_not_this_printer(plug) -> None:
    plug(Cable())

    assert link.look(Place(Connection.USB, usb_vendor="0fe6", usb_product="811e")) == (
        Condition.OFFLINE
    )
