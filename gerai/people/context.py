"""The verbs that the page's person may do, for templates: {% if may.queue.serve %}."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def may(request: HttpRequest) -> dict[str, Any]:
    """Give templates `may`: room → verb → True."""

    def tree() -> dict[str, dict[str, bool]]:
        rooms: dict[str, dict[str, bool]] = defaultdict(dict)
        for name in getattr(request, "may", ()):
            room, _, verb = name.partition(".")
            rooms[room][verb] = True
        return dict(rooms)

    return {"may": SimpleLazyObject(tree)}
