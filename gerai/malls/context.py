"""The mall of the page, for every template."""

from typing import Any

from django.http import HttpRequest


def mall(request: HttpRequest) -> dict[str, Any]:
    """Give templates the mall whose host name was called, or None."""
    return {"mall": getattr(request, "mall", None)}
