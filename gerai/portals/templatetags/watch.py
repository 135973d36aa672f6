"""The supervisor's menu: what a day of watching needs first, the rest behind one button."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import current_mall
from gerai.portals.templatetags.office import Entry, nearest
from gerai.pulse.queries.alarms import loud_alarms

register = template.Library()


def _is_founding() -> bool:
    return current_mall().is_founding


FIRST: tuple[Entry, ...] = (
    Entry(_("Sekarang"), "supervisor:home", "queue.watch", icon="eye"),
    Entry(_("Denyut"), "pulse:home", "queue.watch", icon="bell", count=loud_alarms),
    Entry(_("Laporan"), "supervisor:report", "queue.watch", icon="chart-bar"),
    Entry(_("Penutupan"), "supervisor:closings", "queue.decide_closing", icon="door"),
    Entry(_("Darurat"), "supervisor:emergencies", "queue.freeze", icon="alert-triangle"),
)
MORE: tuple[Entry, ...] = (
    Entry(_("Saran loket"), "advice:home", "queue.watch", icon="help-circle"),
    Entry(_("Aturan panggilan"), "supervisor:rule", "queue.watch", icon="scale"),
    Entry(_("Janji tunggu"), "supervisor:promises", "queue.watch", icon="circle-check"),
    Entry(_("Rencana loket"), "planner:home", "planner.plan", icon="users-group"),
    Entry(_("Pencetak"), "printers_watch:home", "queue.watch", icon="printer"),
    Entry(
        _("Pendirian"), "founding:home", "founding.read", _is_founding, icon="building-community"
    ),
    Entry(_("Kelola"), "manage:home", icon="settings"),
)


@dataclass(frozen=True)
class Way:
    """A link of the menu. count: how much there waits for somebody, 0: nothing."""

    name: object
    url: str
    icon: str
    count: int
    is_here: bool


@dataclass(frozen=True)
class Menu:
    """The links that somebody may follow."""

    first: list[Way]
    more: list[Way]


@register.simple_tag(takes_context=True)
def watch_menu(context: Mapping[str, Any]) -> Menu:
    """Return the supervisor's menu for the person who asks."""
    request = context["request"]
    may: frozenset[str] = getattr(request, "may", frozenset())
    first, more = ([each for each in part if each.is_for(may)] for part in (FIRST, MORE))
    urls = {each.view: reverse(each.view) for each in (*first, *more)}
    here = nearest(request.path, urls, home="supervisor:home")

    def way(entry: Entry) -> Way:
        count = entry.count() if entry.count else 0
        return Way(entry.name, urls[entry.view], entry.icon, count, entry.view == here)

    return Menu([way(each) for each in first], [way(each) for each in more])
