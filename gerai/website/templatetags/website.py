"""The ways through a mall's website, and what machines read of the mall."""

from dataclasses import dataclass, replace
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gerai.website.exports.schema_org import organization_json_ld
from gerai.website.queries.menu import free_pages

register = template.Library()
register.simple_tag(free_pages)


@dataclass(frozen=True)
class Item:
    """One way to somewhere."""

    title: str
    url: str
    icon: str
    is_current: bool = False


@register.simple_tag(takes_context=True)
def about_mall(context: Any) -> dict[str, Any]:
    """Return what search engines read of the mall: an office with its hours and floors."""
    request = context["request"]
    return organization_json_ld(request.mall, request.build_absolute_uri("/"))


@register.simple_tag(takes_context=True)
def site_menu(context: Any) -> list[Item]:
    """Return the ways of the head, the present one marked; the same in every mall."""
    path = context["request"].path
    ways = [
        Item(pgettext("banyak", "Layanan"), reverse("site:services"), "clipboard-list"),
        Item(_("Denah lantai"), reverse("site:floors"), "stairs"),
        Item(pgettext("banyak", "Instansi"), reverse("site:agencies"), "building-community"),
        Item(_("Berita"), reverse("news:index"), "news"),
        Item(_("Cari"), reverse("site:search"), "search"),
    ]
    return [replace(way, is_current=path.startswith(way.url)) for way in ways]
