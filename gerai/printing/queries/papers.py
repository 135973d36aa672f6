"""What stands on a slip, and how it looks."""

from collections.abc import Callable, Iterator

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from PIL import Image

from gerai import clock
from gerai.directory import queries as directory
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall
from gerai.printing import slip
from gerai.printing.models import PrintJob, SlipLayout
from gerai.printing.rules import dots
from gerai.printing.slip import Block, Code, Logo, Number, Stroke, Text
from gerai.queue.models import Ticket
from gerai.queue.queries import choices, places
from gerai.queue.queries.expectations import expectation
from gerai.queue.queries.visit_routes import route_of
from gerai.ui.templatetags.ui import jam, tanggal

LANGUAGES = ("id", "en")
SAMPLE_LABEL = "A035"
REQUIREMENT_LETTERS = 160
# Where a step of the visit stands; what comes later bears no word.
STEP_WORDS = {
    "now": gettext_noop("sekarang"),
    "done": gettext_noop("selesai"),
    "skipped": gettext_noop("dilewati"),
}


def layout_in_force() -> SlipLayout:
    """Return the mall's layout; where none was ever chosen, the usual one, not stored."""
    newest: SlipLayout | None = SlipLayout.objects.order_by("-version").first()
    return newest or SlipLayout(mall=current_mall(), version=0, since=clock.now())


def layouts() -> list[SlipLayout]:
    """Return the versions of the mall's layout, newest first."""
    return list(SlipLayout.objects.defer("logo").order_by("-version"))


def picture(job: PrintJob, layout: SlipLayout, *, paper: int, profile: str) -> Image.Image:
    """Return the slip of a job as black and white dots, as wide as the printer's paper."""
    mall = current_mall()
    with timezone.override(mall.zone):
        if job.ticket is None:
            blocks = [*_test_blocks(mall, job), *_sample_blocks(layout, mall, job.address)]
        else:
            blocks = blocks_of(job.ticket, layout, address=job.address, copy=job.copy)
    return slip.draw(blocks, dots=dots(paper, profile))


def preview(layout: SlipLayout, *, paper: int, site: str) -> Image.Image:
    """Return how a slip of this layout would look, with a made-up number."""
    return slip.draw(_sample_blocks(layout, current_mall(), site), dots=dots(paper, "default"))


def blocks_of(ticket: Ticket, layout: SlipLayout, *, address: str, copy: int) -> list[Block]:
    """Return what stands on the slip of a ticket, from top to bottom.

    The words are in the visitor's language; a bilingual layout repeats the important ones in
    the other language.
    """
    with translation.override(ticket.visit.language):
        return list(_blocks(ticket, layout, address, copy))


def _blocks(ticket: Ticket, layout: SlipLayout, address: str, copy: int) -> Iterator[Block]:
    mall = current_mall()
    yield from _head(layout, mall)
    if layout.shows_time:
        yield _time(ticket.visit.came_at, mall)
    yield Stroke()
    if copy > 1:
        yield Text(_("CETAK ULANG %(copy)s") % {"copy": copy}, slip.LARGE, is_bold=True)
        yield Text(_("Nomor yang sama; hanya berlaku satu kali."), slip.SMALL)
    yield from _both(layout, lambda: _("Nomor antrean Anda"))
    yield Number(ticket.label, layout.number_size)
    if ticket.is_priority:
        group = ticket.visit.get_group_display()
        yield Text(f"{_('Prioritas')}: {group}", is_bold=True)
    if layout.shows_service:
        yield Text(ticket.service.name, slip.LARGE, is_bold=True)
        yield Text(ticket.service.agency.name)
    yield from _where(ticket)
    yield from _steps(ticket, layout)
    if layout.shows_ahead:
        yield from _ahead(ticket, layout)
    yield from _requirements(ticket, layout)
    yield from _foot(layout, address, code=ticket.visit.code)


def _sample_blocks(layout: SlipLayout, mall: Mall, site: str) -> list[Block]:
    blocks: list[Block] = list(_head(layout, mall))
    if layout.shows_time:
        blocks.append(_time(clock.now(), mall))
    blocks += [Stroke(), *_both(layout, lambda: _("Nomor antrean Anda"))]
    blocks.append(Number(SAMPLE_LABEL, layout.number_size))
    if layout.shows_service:
        blocks.append(Text(_("Contoh layanan dengan nama panjang"), slip.LARGE, is_bold=True))
        blocks.append(Text(_("Contoh instansi")))
    if layout.shows_ahead:
        blocks += _both(layout, lambda: f"{_('Di depan Anda')}: {_people(3)}", is_bold=True)
    blocks += [
        Text(_("Contoh persyaratan ke-%(number)s") % {"number": number}, slip.SMALL, is_item=True)
        for number in range(1, layout.requirements + 1)
    ]
    return [*blocks, *_foot(layout, site, code="0000")]


def _test_blocks(mall: Mall, job: PrintJob) -> list[Block]:
    name = job.printer.name if job.printer else ""
    with translation.override("id"):
        return [
            Text(_("UJI CETAK"), slip.LARGE, is_bold=True),
            Text(name),
            _time(job.asked_at, mall),
            Text("ABC abc 0123456789 é è ü ñ \u2013 “ ” … Rp½", slip.SMALL),
            Stroke(),
        ]


def _head(layout: SlipLayout, mall: Mall) -> Iterator[Block]:
    if layout.logo:
        yield Logo(bytes(layout.logo))
    for line in layout.heading.splitlines():
        yield Text(line, is_bold=True)
    if layout.shows_mall:
        yield Text(mall.name, slip.LARGE, is_bold=True)
    if mall.is_sample:
        yield Text(_("CONTOH – bukan layanan sungguhan"), slip.SMALL)  # noqa: RUF001 - a dash


def _time(moment: object, mall: Mall) -> Text:
    return Text(f"{tanggal(moment)}, {jam(moment)} {mall.zone_label}", slip.SMALL)  # type: ignore[arg-type]


def _where(ticket: Ticket) -> Iterator[Block]:
    for here in choices.where_is(ticket.service.agency, ticket.day):
        codes = ", ".join(counter.code for counter in here.counters)
        yield Text(f"{here.zone.name}, {here.zone.floor.name}")
        yield Text(f"{_('Loket')} {codes}", is_bold=True)


def _steps(ticket: Ticket, layout: SlipLayout) -> Iterator[Block]:
    """Name the steps of a visit that needs several services, in their order."""
    route = route_of(ticket.visit)
    if route is None:
        return
    yield from _both(layout, lambda: f"{_('Rute kunjungan Anda')}:", is_bold=True)
    for number, each in enumerate(route.steps, start=1):
        service = each.step.service
        words = f"{number}. {service.name} ({service.agency.short_name})"
        if look := STEP_WORDS.get(each.look):
            words += f" \u2013 {_(look)}"
        yield Text(words, slip.SMALL)


def _ahead(ticket: Ticket, layout: SlipLayout) -> Iterator[Block]:
    people = places.people_ahead(ticket)
    open_here = len(places.open_counters(ticket.line.agency, ticket.day))
    wait = expectation(ticket.line, ticket.day, people, open_here)
    yield from _both(layout, lambda: f"{_('Di depan Anda')}: {_people(people)}", is_bold=True)
    words = render_to_string("queue/service/wait.html", {"expectation": wait}).strip()
    yield Text(f"{_('Perkiraan')}: {words}")


def _people(count: int) -> str:
    return render_to_string("queue/service/people.html", {"count": count}).strip()


def _requirements(ticket: Ticket, layout: SlipLayout) -> Iterator[Block]:
    if not layout.requirements:
        return
    standard = directory.published_standard(ticket.service, ticket.day)
    if standard is None:
        return
    yield Text(_("Berkas yang perlu dibawa"), is_bold=True)
    for each in standard.requirements.all()[: layout.requirements]:
        condition = _("Bila %(condition)s:") % {"condition": each.condition}
        words = f"{condition} {each.text}" if each.condition else each.text
        if len(words) > REQUIREMENT_LETTERS:
            words = words[:REQUIREMENT_LETTERS].rsplit(" ", 1)[0] + " …"
        yield Text(words, slip.SMALL, is_item=True)


def _foot(layout: SlipLayout, address: str, *, code: str) -> Iterator[Block]:
    yield Stroke()
    if layout.shows_code:
        yield Code(address)
        yield from _both(
            layout, lambda: _("Pindai untuk mengikuti nomor ini di ponsel."), small=True
        )
    yield Text(f"{_('Kode penilaian di kios')}: {code}", slip.SMALL)
    yield from _both(
        layout,
        lambda: _("Simpan kertas ini. Nomor Anda dipanggil lewat layar dan pengeras suara."),
        small=True,
    )
    for line in layout.footer.splitlines():
        yield Text(line, slip.SMALL)


def _both(
    layout: SlipLayout, words: Callable[[], str], *, small: bool = False, is_bold: bool = False
) -> Iterator[Text]:
    """Give words in the language in force, and smaller in the other one where wanted."""
    yield Text(words(), slip.SMALL if small else slip.USUAL, is_bold=is_bold)
    if layout.is_bilingual:
        other = LANGUAGES[translation.get_language() == LANGUAGES[0]]
        with translation.override(other):
            yield Text(words(), slip.SMALL)
