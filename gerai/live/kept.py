"""One answer for a crowd: whoever looks again in the same moment sees what the first one saw."""

import threading
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from gerai.live.hub import hub
from gerai.malls.scope import current_mall
from gerai.ui.context import appearance

# So long nothing but the clock may change on a page.
KEPT_SECONDS = 5
LONGEST_QUERY = 200
OK = 200

View = Callable[..., HttpResponse]


class _Made(NamedTuple):
    heard: int
    content: bytes
    content_type: str


_answers = LocMemCache("crowd", {"timeout": KEPT_SECONDS, "max_entries": 200})
_one_makes_it = threading.Lock()


def kept_for_a_crowd(view: View) -> View:
    """Make a public page once for all who look again while nothing happens.

    Only where the mall's pages here are a crowd (`hub.CROWD`), only for pages that fetch
    themselves again and readers who are nobody in particular; everybody else is answered by
    the view. Kept in this process until the next happening, five seconds at most.
    """

    @wraps(view)
    def shared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mall = current_mall()
        if not (hub.is_crowded(mall.pk) and _may_share(request)):
            return view(request, *args, **kwargs)
        key = look_key(request, mall.pk)
        made = _fresh(key, mall.pk)
        if made is None:
            with _one_makes_it:
                made = _fresh(key, mall.pk)
                if made is None:
                    heard = hub.heard(mall.pk)
                    response = view(request, *args, **kwargs)
                    if response.status_code != OK or response.cookies or response.streaming:
                        return response
                    made = _Made(heard, response.content, response.headers["Content-Type"])
                    _answers.set(key, made)
        response = HttpResponse(made.content, content_type=made.content_type)
        response.headers["Cache-Control"] = "no-store"
        return response

    return shared


def _fresh(key: str, mall_id: int) -> _Made | None:
    made: _Made | None = _answers.get(key)
    return made if made is not None and made.heard == hub.heard(mall_id) else None


def _may_share(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and "X-Gerai-Refresh" in request.headers
        and is_nobody_in_particular(request)
    )


def is_nobody_in_particular(request: HttpRequest) -> bool:
    """Tell whether the reader is not signed in and is told nothing, by an address not too long."""
    return (
        settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    )


def look_key(request: HttpRequest, *parts: object) -> str:
    """Return a key of whatever a page of nobody in particular depends on, and of further parts."""
    asked = (
        *map(str, parts),
        request.get_host(),
        request.get_full_path(),
        get_language() or "",
        *appearance(request).values(),
    )
    return sha256(" ".join(asked).encode()).hexdigest()
