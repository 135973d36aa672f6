"""The menu of a mall's website."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gerai.website.exports.schema_org import organization_json_ld
from gerai.website.queries.menu import free_pages

register = template.Library()


@dataclass(frozen=True)
class Item:
    """One way to somewhere."""

    title: str
    url: str
    icon: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Menu:
    """The ways of the head, and those of the foot."""

    first: list[Item]
    more: list[Item]


@register.simple_tag(takes_context=True)
def about_mall(context: Any) -> dict[str, Any]:
    """Return what search engines read of the mall: an office with its hours and floors."""
    request = context["request"]
    return organization_json_ld(request.mall, request.build_absolute_uri("/"))


@register.simple_tag(takes_context=True)
def site_menu(context: Any) -> Menu:
    """Return the ways through the site, the present one marked."""
    path = context["request"].path
    first = [
        Item(pgettext("banyak", "Layanan"), reverse("site:services"), "clipboard-list"),
        Item(_("Denah lantai"), reverse("site:floors"), "stairs"),
        Item(pgettext("banyak", "Instansi"), reverse("site:agencies"), "building-community"),
        Item(_("Berita"), reverse("news:index"), "news"),
        Item(_("Cari"), reverse("site:search"), "search"),
    ]
    return Menu(
        first=[
            Item(item.title, item.url, item.icon, is_current=path.startswith(item.url))
            for item in first
        ],
        more=[Item(page.title, page.url) for page in free_pages()],
    )
