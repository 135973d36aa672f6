"""The door of kiosks and screens: a signed token in a cookie, good for one kind of page."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from gerai import clock
from gerai.directory import queries
from gerai.directory.actions import devices
from gerai.directory.models import Device, DeviceKind
from gerai.malls.scope import current_mall

TOKEN_VALID = timedelta(days=400)

View = Callable[..., HttpResponse]


def device(kind: str) -> Callable[[View], View]:
    """Open a page to paired devices of a kind, as request.device.

    A browser without a good token of this mall is sent to show a code; in a sample mall it
    becomes a sample device at once, a screen that of the zone in ?zona=.
    """
    door = DeviceKind(kind)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            holder = holder_of(request, door)
            chosen = sample_for(request, door, holder) or holder
            if chosen is None:
                there = {"next": request.get_full_path()} if request.method == "GET" else {}
                return redirect(f"{reverse('devices:pair', args=[kind])}?{urlencode(there)}")
            request.device = chosen  # type: ignore[attr-defined]
            # Most requests of a minute need no write, hence no transaction.
            if devices.is_due(chosen, clock.now()):
                devices.seen(chosen)
            response = view(request, *args, **kwargs)
            if chosen != holder:
                give_token(response, chosen)
            return response

        guarded.gerai_door = f"device:{kind}"  # type: ignore[attr-defined]
        return guarded

    return guard


def holder_of(request: HttpRequest, kind: DeviceKind) -> Device | None:
    """Return the device whose good token of this mall the browser holds, if any."""
    token = request.COOKIES.get(cookie_name(kind), "")
    try:
        told = signing.loads(token, salt=cookie_name(kind), max_age=TOKEN_VALID)
    except signing.BadSignature:
        return None
    if told["mall"] != current_mall().pk:
        return None
    return queries.device_with(kind, key=told["device"], generation=told["generation"])


def sample_for(request: HttpRequest, kind: DeviceKind, holder: Device | None) -> Device | None:
    """Return the sample device that the browser is to become, if it is to become one."""
    if not current_mall().is_sample:
        return None
    asks_for_zone = kind is DeviceKind.SCREEN and "zona" in request.GET
    if holder is not None and not (holder.is_sample and asks_for_zone):
        return None
    return queries.sample_device(kind, request.GET.get("zona", ""))


def give_token(response: HttpResponse, device: Device) -> None:
    """Let the browser be this device from now on."""
    kind = DeviceKind(device.kind)
    told = {"device": device.pk, "generation": device.generation, "mall": device.mall_id}
    response.set_cookie(
        cookie_name(kind),
        signing.dumps(told, salt=cookie_name(kind)),
        max_age=TOKEN_VALID,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def cookie_name(kind: DeviceKind) -> str:
    """Return the name of the cookie that carries the token of a kind of device."""
    return f"gerai_device_{kind.value}"
