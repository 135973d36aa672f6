"""Whole pages, kept for readers who are nobody in particular."""

import gzip
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from gerai.directory.actions.finding import AGENCY, SERVICE
from gerai.live.kept import is_nobody_in_particular, look_key
from gerai.malls.scope import current_mall
from gerai.newsroom.models import MallSite
from gerai.search.queries import newest_of

KEPT_SECONDS = 600
OK = 200
NOT_MODIFIED = 304

View = Callable[..., HttpResponse]


def kept(view: View) -> View:
    """Answer anonymous readers from what was made before, as long as nothing has changed.

    The key holds the mall, the version of its site, the whole address and what the reader
    chose (language, colours, size). The version stands in the database, so that a change by
    whatever process is seen by all at the next request. Pages that set a cookie, or that are
    no plain 200, are not kept. The browser may keep its copy and ask whether it is still true.
    """

    @wraps(view)
    def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = MallSite.objects.values_list("version", flat=True).first()
        if version is None or not _may_keep(request):
            return view(request, *args, **kwargs)
        key = _key(request, version)
        stored: tuple[bytes, str, str] | None = caches["pages"].get(key)
        if stored is None:
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            if response.status_code != OK or response.cookies or response.streaming:
                return response
            content = response.content
            mark = sha256(content).hexdigest()[:32]
            stored = (gzip.compress(content), response.headers["Content-Type"], mark)
            caches["pages"].set(key, stored, KEPT_SECONDS)
        return _answer(request, *stored)

    return whole


def _may_keep(request: HttpRequest) -> bool:
    return request.method in {"GET", "HEAD"} and is_nobody_in_particular(request)


def _key(request: HttpRequest, version: int) -> str:
    mall = current_mall()
    key = look_key(
        request,
        mall.pk,
        mall.name,  # in the head of every page, and changed by other rooms
        version,
        newest_of({SERVICE, AGENCY}),  # all written anew when the directory changes
    )
    return f"kept:{key}"


def _answer(request: HttpRequest, packed: bytes, content_type: str, mark: str) -> HttpResponse:
    etag = f'W/"{mark}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=NOT_MODIFIED)
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed, content_type=content_type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(packed), content_type=content_type)
    patch_vary_headers(response, ["Accept-Encoding"])
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
