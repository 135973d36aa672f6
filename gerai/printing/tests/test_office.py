"""Printers and the layout of slips in the office, and trouble at the supervisor's."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory.models import Device
from gerai.directory.tests.factories import a_mall, a_user
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.people.roles import Role
from gerai.printing.actions import sending, slips
from gerai.printing.actions.layouts import LayoutMoved, publish_layout
from gerai.printing.models import Printer, PrintJob, SlipLayout, Trouble
from gerai.printing.rules import PROFILES, Condition
from gerai.printing.tests.factories import SITE, a_number_on_paper, a_printer
from gerai.queue.tests.factories import House

TYPED = {
    "name": "Pencetak kios depan",
    "connection": "network",
    "host": "192.168.1.50",
    "port": "9100",
    "paper": "80",
    "profile": "default",
    "answers": "on",
    "is_active": "on",
}
LAYOUT = {
    "heading": "Pemerintah Kabupaten Barru",
    "shows_mall": "on",
    "number_size": "170",
    "requirements": "2",
    "shows_code": "on",
    "footer": "Terima kasih",
    "feed": "3",
    "cuts": "on",
}
HOME = reverse("printers:home")


@pytest.fixture
def office(client: Client, house: House) -> Client:
    client.force_login(a_user(Role.MALL_ADMIN))
    return client


def test_a_printer_is_added_changed_and_removed(office: Client, kiosk: Device) -> None:
    assert office.post(HOME, {**TYPED, "device": kiosk.pk}).status_code == 302
    printer = Printer.objects.get()
    assert (printer.host, printer.port, printer.device) == ("192.168.1.50", 9100, kiosk)

    page = reverse("printers:printer", args=[printer.pk])
    assert office.post(page, {**TYPED, "paper": "58"}).status_code == 302
    printer.refresh_from_db()
    assert (printer.paper, printer.device) == (58, None)

    assert office.post(reverse("printers:remove", args=[printer.pk])).status_code == 302
    assert Printer.objects.count() == 0
    assert list(
        Deed.objects.filter(verb__startswith="printing.").order_by("pk").values_list("verb")
    ) == [("printing.add_printer",), ("printing.change_printer",), ("printing.remove_printer",)]


@pytest.mark.parametrize(
    "typed",
    [
        {"host": ""},
        {"host": "-x"},
        {"host": "a b"},
        {"port": "0"},
        {"port": "x"},
        {"connection": "usb"},
        {"connection": "usb", "usb_vendor": "04b8", "usb_product": "zzzz"},
        {"connection": "file"},
        {"connection": "file", "path": "/etc/passwd"},
        {"connection": "file", "path": "../x.bin"},
        {"connection": "file", "path": "/dev/sda"},
        {"connection": "radio"},
        {"paper": "76"},
        {"profile": "x"},
        {"name": ""},
        {"device": "0"},
    ],
)
def test_a_place_where_no_printer_is_is_refused(office: Client, typed: dict[str, str]) -> None:
    assert office.post(HOME, {**TYPED, **typed}).status_code == 400
    assert Printer.objects.count() == 0


def test_only_the_ports_of_printers_may_be_named(office: Client, settings) -> None:
    settings.PRINTER_PORTS = range(9100, 9110)

    assert office.post(HOME, {**TYPED, "port": "6379"}).status_code == 400
    assert office.post(HOME, {**TYPED, "port": "9109"}).status_code == 302


def test_a_kiosk_has_one_printer_in_use(office: Client, kiosk: Device) -> None:
    a_printer(kiosk)

    assert office.post(HOME, {**TYPED, "device": kiosk.pk}).status_code == 400
    left_out = {name: value for name, value in TYPED.items() if name != "is_active"}
    assert office.post(HOME, {**left_out, "device": kiosk.pk}).status_code == 302


def test_a_printer_with_a_slip_on_its_way_is_not_removed(
    office: Client, house: House, kiosk: Device
) -> None:
    printer = a_printer(kiosk)
    a_number_on_paper(house, kiosk)

    assert office.post(reverse("printers:remove", args=[printer.pk])).status_code == 409
    assert Printer.objects.count() == 1


def test_a_test_slip_is_printed_and_shown(office: Client, printer: Printer, machine) -> None:
    assert office.post(reverse("printers:test", args=[printer.pk])).status_code == 302
    sending.work_off(printer)

    page = office.get(reverse("printers:printer", args=[printer.pk])).content.decode()
    assert PrintJob.objects.get().state == "done"
    assert page.count("Kertas keluar") == 1
    assert len(machine.slips()) == 1


def test_a_printer_out_of_use_prints_no_test(office: Client) -> None:
    printer = a_printer(is_active=False)

    with pytest.raises(slips.NoPrinter):
        slips.test(printer, site=SITE, by=audit.SYSTEM)


def test_trouble_is_told_once_and_has_an_end(client: Client, house: House, kiosk: Device) -> None:
    printer = a_printer(kiosk)
    client.force_login(a_user(Role.SUPERVISOR))
    for condition in (Condition.OK, Condition.PAPER_LOW, Condition.PAPER_OUT, Condition.PAPER_OUT):
        sending.note_look(printer, condition)

    page = client.get(reverse("supervisor:home")).content.decode()
    assert page.count(f"{printer.name}</a>: Kertas habis") == 1
    assert [(each.condition, each.ended_at is None) for each in Trouble.objects.order_by("pk")] == [
        ("paper_low", False),
        ("paper_out", True),
    ]

    sending.note_look(printer, Condition.OK)
    assert client.get(reverse("supervisor:home")).content.decode().count("Kertas habis") == 0
    watch = client.get(reverse("printers_watch:home")).content.decode()
    assert watch.count("Kertas habis") == 1
    assert watch.count("Masih berlangsung") == 0


def test_the_watch_looks_at_every_printer_and_finds_what_is_unplugged(
    house: House, printer: Printer, machine
) -> None:
    gone = a_printer(port=9)
    machine.set(cover=True)

    sending.watch()

    assert dict(Printer.objects.values_list("pk", "condition")) == {
        printer.pk: "cover_open",
        gone.pk: "offline",
    }


def test_a_dropped_number_stands_in_the_supervisor_s_list_with_its_reason(
    client: Client, house: House, kiosk: Device, clock_at
) -> None:
    a_printer(kiosk)
    ticket, _job = a_number_on_paper(house, kiosk)
    clock_at.shift(121)
    client.force_login(a_user(Role.SUPERVISOR))

    page = client.get(reverse("printers_watch:home")).content.decode()

    assert page.count(f">{ticket.label}</a>") == 1
    assert page.count("kertas tidak dipastikan keluar dalam dua menit") == 1


def test_the_layout_is_published_in_versions(office: Client) -> None:
    address = reverse("printers:layout")

    assert office.post(address, LAYOUT).status_code == 302
    assert office.post(address, {**LAYOUT, "footer": "Datang lagi"}).status_code == 302

    assert list(SlipLayout.objects.order_by("version").values_list("version", "footer")) == [
        (1, "Terima kasih"),
        (2, "Datang lagi"),
    ]
    with pytest.raises(LayoutMoved):
        publish_layout({}, after=1, by=audit.SYSTEM)


def test_a_look_before_publishing_changes_nothing(office: Client) -> None:
    typed = {**LAYOUT, "lihat": "ya"}

    page = office.get(reverse("printers:layout"), typed).content.decode()
    drawn = office.get(reverse("printers:preview", args=[58]), typed)
    in_force = office.get(reverse("printers:preview", args=[58]))

    assert page.count("pratinjau-58.png?heading=Pemerintah") == 1
    assert drawn.headers["Content-Type"] == "image/png"
    assert drawn.content != in_force.content
    assert SlipLayout.objects.count() == 0


@pytest.mark.parametrize("typed", [{"feed": "99"}, {"number_size": "1"}, {"requirements": "-1"}])
def test_a_senseless_layout_is_400(office: Client, typed: dict[str, str]) -> None:
    assert office.post(reverse("printers:layout"), {**LAYOUT, **typed}).status_code == 400
    assert office.get(reverse("printers:preview", args=[99])).status_code == 404


def test_printers_of_another_mall_are_not_found(office: Client) -> None:
    with in_mall(a_mall("palopo")):
        foreign = a_printer()

    addresses = [
        reverse("printers:printer", args=[foreign.pk]),
        reverse("printers:test", args=[foreign.pk]),
        reverse("printers:remove", args=[foreign.pk]),
    ]

    assert [office.post(each, TYPED).status_code for each in addresses] == [404] * 3


def test_our_profiles_are_the_library_s() -> None:
    from escpos.capabilities import CAPABILITIES

    known = CAPABILITIES["profiles"]
    widths = {key: known[key]["media"].get("width", {}).get("pixels") for key in PROFILES}

    assert set(PROFILES) <= set(known)
    assert {
        key: profile.dots for key, profile in PROFILES.items() if isinstance(widths[key], int)
    } == {key: width for key, width in widths.items() if isinstance(width, int)}
