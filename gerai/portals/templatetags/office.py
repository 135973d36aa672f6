"""The management's table of contents: sections, their pages, and where one is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gerai.founding.queries import founding_of
from gerai.malls.scope import current_mall

register = template.Library()


@dataclass(frozen=True)
class Entry:
    """A page of an office: its name, its view, and the verb that opens it.

    is_there: tells whether the mall has such a page; every mall has, where none is told.
    icon: its picture, in menus that have pictures. count: how much there waits for somebody.
    """

    name: object
    view: str
    verb: str = "directory.manage"
    is_there: Callable[[], bool] | None = None
    icon: str = ""
    count: Callable[[], int] | None = None

    def is_for(self, may: frozenset[str]) -> bool:
        """Tell whether who may do this finds it."""
        return self.verb in may and (self.is_there is None or self.is_there())


def _has_founding() -> bool:
    return current_mall().is_founding or founding_of() is not None


SECTIONS: tuple[tuple[object, tuple[Entry, ...]], ...] = (
    (_("Ringkasan"), (Entry(_("Ringkasan"), "manage:home"),)),
    (
        _("Mal"),
        (
            Entry(_("Keterangan"), "manage:mall"),
            Entry(_("Jam"), "manage:hours"),
            Entry(_("Hari khusus"), "manage:days"),
            Entry(_("Musim"), "manage:seasons"),
            Entry(_("Gedung"), "manage:building"),
            Entry(pgettext_lazy("banyak", "Loket"), "manage:counters"),
            Entry(_("Fasilitas"), "manage:facilities"),
            Entry(_("Perangkat"), "manage:devices"),
            Entry(_("Layar dan suara"), "screens:home", "display.manage"),
            Entry(_("Kisah hari"), "story_office:home", "story.choose"),
            Entry(_("Pencetak"), "printers:home"),
        ),
    ),
    (
        pgettext_lazy("banyak", "Layanan"),
        (
            Entry(pgettext_lazy("banyak", "Instansi"), "manage:agencies"),
            Entry(_("Perjanjian"), "manage:agreements"),
            Entry(pgettext_lazy("banyak", "Layanan"), "manage:services"),
            Entry(_("Antrean"), "lines:home"),
            Entry(_("Batas nomor"), "lines:limits"),
            Entry(_("Malam"), "lines:night"),
            Entry(_("Rute"), "routes:home"),
            Entry(_("Pedoman"), "manage:guides"),
        ),
    ),
    (
        _("Orang"),
        (
            Entry(_("Orang"), "people_office:people", "people.manage"),
            Entry(_("Jejak"), "people_office:trail", "people.audit"),
        ),
    ),
    (_("Redaksi"), (Entry(_("Redaksi"), "newsroom_office:rules", "website.edit"),)),
    (
        _("Belajar"),
        (
            Entry(_("Ukuran"), "insights:own", "insights.read"),
            Entry(_("Cetak biru"), "blueprint:home", "blueprint.manage"),
            Entry(_("Pendirian"), "founding:home", "founding.read", _has_founding),
            Entry(_("Surat"), "papers_office:home"),
        ),
    ),
)


@dataclass(frozen=True)
class Tab:
    """A link of the table of contents. current: "page", "true" (a page below it) or empty."""

    name: object
    url: str
    current: str = ""


@dataclass(frozen=True)
class Contents:
    """The sections that somebody may open, and the pages of the one where they are."""

    sections: list[Tab]
    pages: list[Tab]


@register.simple_tag(takes_context=True)
def office_contents(context: Mapping[str, Any]) -> Contents:
    """Return the table of contents for the person who asks."""
    request = context["request"]
    may: frozenset[str] = getattr(request, "may", frozenset())
    allowed = [
        (name, [entry for entry in entries if entry.is_for(may)]) for name, entries in SECTIONS
    ]
    urls = {entry.view: reverse(entry.view) for _name, entries in allowed for entry in entries}
    here = nearest(request.path, urls, home="manage:home")
    sections, pages = [], []
    for name, entries in allowed:
        if not entries:
            continue
        is_here = here in {entry.view for entry in entries}
        first = urls[entries[0].view]
        sections.append(Tab(name, first, _current(first, request.path, is_here=is_here)))
        if is_here and len(entries) > 1:
            pages = [
                Tab(
                    entry.name,
                    urls[entry.view],
                    _current(urls[entry.view], request.path, is_here=entry.view == here),
                )
                for entry in entries
            ]
    return Contents(sections, pages)


def nearest(path: str, urls: Mapping[str, str], *, home: str) -> str | None:
    """Return the view whose address the path goes furthest into; `home` is only itself."""
    found = [
        (len(url), view)
        for view, url in urls.items()
        if path == url or (view != home and path.startswith(url))
    ]
    return max(found)[1] if found else None


def _current(url: str, path: str, *, is_here: bool) -> str:
    if not is_here:
        return ""
    return "page" if url == path else "true"
