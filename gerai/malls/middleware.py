"""Host name → mall: barru.localhost:8000; one mall only: any host."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gerai.malls import queries
from gerai.malls.scope import in_mall


def mall_of_the_host(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put the mall whose host name was called in scope, its wall clock included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        mall = queries.mall_of_host(request.get_host())
        if mall is None:
            return render(request, "malls/which.html", {"malls": queries.open_malls()}, status=404)
        request.mall = mall  # type: ignore[attr-defined]
        with in_mall(mall), timezone.override(mall.zone):
            return get_response(request)

    return middleware
