"""What a browser that takes numbers sends, is told, and is asked to remember.

A page's form is answered by leading to the number's page; who asks for JSON gets its label and
address, or what is wrong, in JSON.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from gerai.queue.models import Ticket

COOKIE: Final = "gerai_visitor"
COOKIE_LASTS: Final = 18 * 3600
TOKENS_KEPT: Final = 12


def sent(request: HttpRequest) -> Mapping[str, Any]:
    """Return the fields of a form or of a JSON object; an unreadable one has none."""
    if request.content_type != "application/json":
        return request.POST
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def given(request: HttpRequest, ticket: Ticket, address: str) -> HttpResponse:
    """Tell of a number that was given. address: the name of its page."""
    page = reverse(address, args=[ticket.visit.token])
    if request.accepts("text/html"):
        return redirect(page)
    return JsonResponse({"label": ticket.label, "page": page}, status=201)


def visitor_of(request: HttpRequest) -> tuple[str, list[str]]:
    """Return the browser's random name and the tokens of the numbers it took."""
    told = request.get_signed_cookie(COOKIE, default="", max_age=COOKIE_LASTS)
    name, _dot, tokens = (told or "").partition(".")
    return name or secrets.token_urlsafe(9), [each for each in tokens.split(".") if each]


def remembering(answer: HttpResponse, visitor: str, tokens: Sequence[str]) -> HttpResponse:
    """Let the browser keep its name and the tokens of its last numbers."""
    kept = list(dict.fromkeys(tokens))[-TOKENS_KEPT:]
    answer.set_signed_cookie(
        COOKIE,
        ".".join([visitor, *kept]),
        max_age=COOKIE_LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer
