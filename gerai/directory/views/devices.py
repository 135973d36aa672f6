"""A browser that is to become a kiosk or a screen shows a code until somebody types it in."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gerai.directory import queries
from gerai.directory.actions import devices
from gerai.directory.guard import give_token, holder_of, sample_for
from gerai.directory.models import Device, DeviceKind, Pairing
from gerai.people.guard import public

FIRST_PAGE = {DeviceKind.KIOSK: "/kios/", DeviceKind.SCREEN: "/layar/"}


@public
@never_cache
@require_safe
def pair(request: HttpRequest, kind: str) -> HttpResponse:
    """Show a code; once it was typed in, take the token and go on to the device's page."""
    door = _kind(kind)
    holder = holder_of(request, door) or sample_for(request, door, None)
    if holder is not None:
        return _go_on(request, holder)
    pairing = _pairing_of(request, door)
    if pairing is not None and pairing.device is not None:
        return _go_on(request, pairing.device)
    if pairing is None:
        pairing = devices.ask_pairing(door)
    half = len(pairing.code) // 2
    response = render(
        request,
        "directory/pair.html",
        {
            "kind": door,
            "is_kiosk": door is DeviceKind.KIOSK,
            "halves": [pairing.code[:half], pairing.code[half:]],
        },
    )
    response.set_cookie(
        _cookie(door),
        pairing.secret,
        max_age=2 * queries.PAIRING_VALID,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@public
@never_cache
@require_safe
def poll(request: HttpRequest, kind: str) -> HttpResponse:
    """Tell a waiting browser whether its page would show something else by now."""
    pairing = _pairing_of(request, _kind(kind))
    return JsonResponse({"is_waiting": pairing is not None and pairing.device is None})


def _kind(kind: str) -> DeviceKind:
    try:
        return DeviceKind(kind)
    except ValueError as unknown:
        raise Http404 from unknown


def _pairing_of(request: HttpRequest, kind: DeviceKind) -> Pairing | None:
    secret = request.COOKIES.get(_cookie(kind), "")
    return queries.pairing_with(kind, secret) if secret else None


def _go_on(request: HttpRequest, device: Device) -> HttpResponse:
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    kind = DeviceKind(device.kind)
    response = redirect(wanted if safe and wanted else FIRST_PAGE[kind])
    give_token(response, device)
    response.delete_cookie(_cookie(kind), samesite="Lax")
    return response


def _cookie(kind: DeviceKind) -> str:
    return f"gerai_pairing_{kind.value}"
