"""What the signed-in person may do in this mall, and refusals as pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from gerai.errors import Refused
from gerai.people import queries

KEPT_BY_NOBODY = "private, no-store"
NOT_SO = _(
    "Halaman ini tidak dapat dibuka langsung. Kembali ke halaman sebelumnya, "
    "lalu tekan tombolnya sekali lagi."
)


def may(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request the set of verbs that its person may do here (request.may)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        def verbs() -> frozenset[str]:
            if not request.user.is_authenticated:
                return frozenset()
            return queries.verbs_in(request.user, request.mall)  # type: ignore[attr-defined]

        request.may = SimpleLazyObject(verbs)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def kept_by_nobody(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let no browser keep an answer that does not say otherwise.

    Desks and greeters share computers: after signing out, "back" must show nothing.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", KEPT_BY_NOBODY)
        return response

    return middleware


class RefusalsAsPages:
    """Answer a Refused with its message and status: a page, or JSON where that is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            # Somebody opened, say from the history, what only a button sends.
            page = _answer(request, str(NOT_SO), response.status_code)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return refused(request, exception)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Answer a refusal with its message and status: a page, or JSON where that is asked."""
    return _answer(request, refusal.message, refusal.status)


def _answer(request: HttpRequest, message: object, status: int) -> HttpResponse:
    if request.accepts("text/html"):
        return render(request, "ui/refused.html", {"message": message}, status=status)
    return JsonResponse({"refused": message}, status=status)
