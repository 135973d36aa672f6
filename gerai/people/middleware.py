"""What the signed-in person may do in this mall, and refusals as pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from gerai.errors import Refused
from gerai.people import queries


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


class RefusalsAsPages:
    """Answer a Refused with its message and status: a page, or JSON where that is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if request.accepts("text/html"):
            return render(
                request,
                "ui/refused.html",
                {"message": exception.message},
                status=exception.status,
            )
        return JsonResponse({"refused": exception.message}, status=exception.status)
