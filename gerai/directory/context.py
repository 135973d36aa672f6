"""An emergency in the mall of the page, for every template."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gerai.directory.queries.emergencies import emergencies_now


def emergencies(request: HttpRequest) -> dict[str, Any]:
    """Give templates `emergencies`: those declared in the mall of the page, read when asked."""
    has_mall = getattr(request, "mall", None) is not None
    return {"emergencies": SimpleLazyObject(lambda: emergencies_now() if has_mall else ())}
