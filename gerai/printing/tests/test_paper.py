"""What the printer really put on paper: read back from the bytes that were sent."""

import re
from datetime import timedelta

import pytest
from PIL import Image, ImageChops
from pyzbar.pyzbar import ZBarSymbol, decode

from gerai.directory.models import Device, Requirement
from gerai.directory.tests.factories import a_standard
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.printing import link, queries, slip
from gerai.printing.actions import sending, slips
from gerai.printing.actions.layouts import publish_layout
from gerai.printing.models import Printer, PrintJob, SlipLayout
from gerai.printing.slip import Code, Number, Text
from gerai.printing.tests.factories import SITE, a_number_on_paper
from gerai.printing.tests.paper_printer import PaperPrinter
from gerai.queue.queries.routes import Wish
from gerai.queue.tests.factories import House, a_house

LONG = "Penerbitan Surat Keterangan Pindah Datang Antarkabupaten/Kota dan Antarprovinsi"


def printed(printer: Printer, machine: PaperPrinter) -> Image.Image:
    """Print what waits; return the last slip as the printer drew it, black on white."""
    sending.work_off(printer)
    return Image.open(machine.slips()[-1]).convert("L")


def codes(paper: Image.Image) -> list[str]:
    """Return what zbar reads on a paper, photographed with a white rim."""
    rim = Image.new("L", (paper.width + 40, paper.height + 40), 255)
    rim.paste(paper, (20, 20))
    return [each.data.decode() for each in decode(rim, symbols=[ZBarSymbol.QRCODE])]


@pytest.mark.parametrize("paper", [58, 80])
def test_zbar_reads_the_address_of_the_number_off_the_paper(
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter, paper: int
) -> None:
    Printer.objects.update(paper=paper)
    printer.refresh_from_db()
    house.line.services.update(name=LONG)
    ticket, _job = a_number_on_paper(house, kiosk)

    assert codes(printed(printer, machine)) == [f"{SITE}antre/nomor/{ticket.visit.token}/"]


@pytest.mark.parametrize(("paper", "width"), [(58, 384), (80, 576)])
def test_the_paper_bears_dot_for_dot_what_we_drew(  # noqa: PLR0917
    house: House, kiosk: Device, printer: Printer, machine: PaperPrinter, paper: int, width: int
) -> None:
    Printer.objects.update(paper=paper)
    printer.refresh_from_db()
    _ticket, job = a_number_on_paper(house, kiosk)
    layout = queries.layout_in_force()
    drawn = queries.picture(job, layout, paper=paper, profile="default").convert("L")

    out = printed(printer, machine)

    assert drawn.width == width
    assert ImageChops.difference(out.crop((0, 0, *drawn.size)), drawn).getbbox() is None
    below = out.crop((0, drawn.height, *out.size))
    assert below.getextrema() == (255, 255)


def test_the_bytes_begin_with_a_reset_and_end_with_feed_and_cut() -> None:
    drawn = slip.draw([Text("Contoh")], dots=384)

    sent = link.commands(drawn, feed=3, cuts=True)

    assert sent.startswith(b"\x1b@\x1dv0\x00\x30\x00")
    assert sent.endswith(b"\x1bd\x03\x1dVB\x00")
    assert not link.commands(drawn, feed=3, cuts=False).endswith(b"\x1dVB\x00")


def words_of(job: PrintJob, layout: SlipLayout | None = None) -> list[str]:
    told = queries.blocks_of(
        job.ticket, layout or queries.layout_in_force(), address=job.address, copy=job.copy
    )
    return [
        block.words if isinstance(block, Text) else block.label
        for block in told
        if isinstance(block, Text | Number)
    ]


def test_a_slip_of_several_services_names_its_steps(
    house: House, kiosk: Device, printer: Printer
) -> None:
    other = a_house(code="B", hours=False)
    services = [each.line.services.get() for each in (house, other)]
    wishes = [Wish(service, stage) for stage, service in enumerate(services, start=1)]
    _ticket, job = a_number_on_paper(house, kiosk, wishes=wishes)
    words = words_of(job)
    at = words.index("Rute kunjungan Anda:")
    assert words[at + 1 : at + 3] == [
        f"1. {services[0].name} ({house.agency.short_name}) \u2013 sekarang",
        f"2. {services[1].name} ({other.agency.short_name})",
    ]
    _ticket, alone = a_number_on_paper(house, kiosk)
    assert "Rute kunjungan Anda:" not in words_of(alone)


def test_a_reprint_says_that_it_is_one(house: House, kiosk: Device, printer: Printer) -> None:
    ticket, first = a_number_on_paper(house, kiosk)
    PrintJob.objects.update(state="done")
    second = slips.again(ticket, printer=printer, site=SITE, by=audit.SYSTEM)

    assert [words_of(job).count("CETAK ULANG 2") for job in (first, second)] == [0, 1]
    assert words_of(first).count(ticket.label) == words_of(second).count(ticket.label) == 1


def test_the_layout_says_what_stands_on_a_slip(
    house: House, kiosk: Device, printer: Printer
) -> None:
    standard = a_standard(house.line.services.get())
    for position in range(1, 4):
        Requirement.objects.create(
            mall=standard.mall, standard=standard, position=position, text=f"Berkas {position}"
        )
    _ticket, job = a_number_on_paper(house, kiosk)
    told = {
        "heading": "Pemerintah Kabupaten\nContoh",
        "shows_mall": False,
        "shows_service": False,
        "shows_time": False,
        "shows_ahead": False,
        "shows_code": False,
        "requirements": 2,
        "footer": "Terima kasih",
    }
    layout = publish_layout(told, after=0, by=audit.SYSTEM)

    words = words_of(job)
    blocks = queries.blocks_of(job.ticket, layout, address=job.address, copy=1)

    assert words[:2] == ["Pemerintah Kabupaten", "Contoh"]
    assert words[-1] == "Terima kasih"
    assert [each for each in words if each.startswith("Berkas")] == [
        "Berkas yang perlu dibawa",
        "Berkas 1",
        "Berkas 2",
    ]
    assert words.count(current_mall().name) == 0
    assert [block for block in blocks if isinstance(block, Code)] == []


def test_a_bilingual_slip_repeats_what_matters_in_english(
    house: House, kiosk: Device, printer: Printer
) -> None:
    _ticket, job = a_number_on_paper(house, kiosk)

    once, twice = words_of(job), words_of(job, SlipLayout(mall=job.mall, is_bilingual=True))

    assert len(twice) == len(once) + 4


def test_the_slip_of_a_visitor_who_chose_english_is_english(
    house: House, kiosk: Device, printer: Printer
) -> None:
    _ticket, job = a_number_on_paper(house, kiosk, language="en")

    assert words_of(job).count("Nomor antrean Anda") == 0


@pytest.mark.parametrize("dots", [384, 576])
def test_long_names_wrap_and_lose_nothing(dots: int) -> None:
    font = slip.font_of(slip.LARGE, is_bold=True)
    for words in (LONG, "x" * 400, f"{'y' * 90} {LONG}"):
        lines = slip.wrapped(words, font, dots)
        assert max(slip.width_of(line, font) for line in lines) <= dots
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", words)


@pytest.mark.parametrize(
    ("told", "is_printed"),
    [
        ("é è ê ü ö ñ ç – — “ ” ‘ ’ … ½ ° €", None),  # noqa: RUF001 - the letters in question
        ("Rp15.000–Rp20.000", None),  # noqa: RUF001
        ("tanpa\u00a0patah, tanpa\u2011pisah", "tanpa patah, tanpa-pisah"),
        ("Čakrawala", "Cakrawala"),
        ("\u0e01", "?"),
    ],
)
def test_no_letter_becomes_another_one(told: str, is_printed: str | None) -> None:
    assert slip.printable(told) == (is_printed or told)


def test_a_number_is_as_large_as_the_paper_allows() -> None:
    small, large, long = (
        slip.draw([Number(label, height)], dots=384).height
        for label, height in (("A001", 110), ("A001", 240), ("ABCD10000", 240))
    )

    assert small < large
    assert long < large


def test_a_kept_file_is_a_printer_too(
    house: House, kiosk: Device, tmp_path, settings, clock_at
) -> None:
    settings.DATA_DIR = tmp_path
    mall = current_mall()
    printer = Printer.objects.create(
        mall=mall, device=kiosk, name="Berkas", connection="file", path="uji.bin"
    )
    _ticket, job = a_number_on_paper(house, kiosk)

    sending.work_off(printer)

    kept = tmp_path / "printing" / str(mall.pk) / "uji.bin"
    assert kept.read_bytes().startswith(b"\x1b@")
    assert PrintJob.objects.get(pk=job.pk).state == "done"
    clock_at.shift(timedelta(minutes=3))
    assert slips.drop_due() == 0
