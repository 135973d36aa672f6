"""How a printer is, in words; what the supervisor's and the kiosk's pages ask of printing."""

from collections.abc import Mapping
from typing import Any

from django import template

from gerai.printing import queries
from gerai.printing.models import Printer

register = template.Library()

register.filter("condition_words", queries.condition_words)
register.filter("slip_words", queries.slip_words)


@register.inclusion_tag("printing/troubles.html")
def printer_troubles() -> dict[str, list[Printer]]:
    """Show the printers that need somebody; nothing where all is well."""
    return {"printers": queries.troubled()}


@register.simple_tag(takes_context=True)
def kiosk_prints(context: Mapping[str, Any]) -> bool:
    """Tell whether the kiosk that shows this page has a printer of ours in use."""
    return queries.printer_of(context["request"].device) is not None


@register.simple_tag
def has_printers() -> bool:
    """Tell whether the mall has a printer of ours in use."""
    return queries.has_printers()
