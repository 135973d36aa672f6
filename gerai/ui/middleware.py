"""What comes before every page: its parts, readable letters, the language the visitor chose."""

import re
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from gerai.ui.parts import asked, packed

# A name tells its content; what is asked for by an older name is not what it tells.
FOR_EVER: Final = "public, max-age=31536000, immutable"
FOR_A_MINUTE: Final = "public, max-age=60"


def chosen_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Speak the language that the page's own switch chose.

    What the browser prefers is not asked: kiosks and many phones here run in English though
    their readers do not.
    """
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware


def no_null_letters(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse addresses and cookies with a null letter, which no database keeps.

    Forms say it themselves, beside their field.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            raise BadRequest
        if any("\x00" in value for value in request.COOKIES.values()):
            raise BadRequest
        return get_response(request)

    return middleware


def parts_of_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer for styles, scripts, drawings and letters before anything else is done.

    They name no person and open no document: of all the headers of a page they need one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        path = request.path_info.removeprefix(settings.STATIC_URL)
        found = asked(path) if path != request.path_info else None
        if found is None or request.method not in {"GET", "HEAD"}:
            return get_response(request)
        answer = HttpResponse(content_type=found.kind)
        answer["Cache-Control"] = FOR_EVER if found.path == path else FOR_A_MINUTE
        answer["X-Content-Type-Options"] = "nosniff"
        coding = ""
        if found.is_packable:
            answer["Vary"] = "Accept-Encoding"
            codings = re.findall(r"\b(br|gzip)\b", request.headers.get("Accept-Encoding", ""))
            coding = min(codings, default="")
        if coding:
            answer["Content-Encoding"] = coding
        answer.content = packed(found.name, coding) if coding else found.body
        answer["Content-Length"] = str(len(answer.content))
        return answer

    return middleware
