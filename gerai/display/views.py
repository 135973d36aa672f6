"""The screens in the hall, their voice, and their state for machines."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import segno
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from gerai.directory.guard import device
from gerai.directory.models import Device
from gerai.display import actions, queries, voice
from gerai.display.queries import Called
from gerai.queue.actions.speech import CLAIM_LASTS
from gerai.queue.queries.boards import CounterNow, LineNow

TAKE_A_NUMBER = "/antre/"
LONGEST_BROWSER = 64
A_YEAR = "private, max-age=31536000, immutable"


@require_GET
@device("screen")
def screen(request: HttpRequest) -> HttpResponse:
    """Show the calls, counters and lines of the screen's zone, or of the whole mall."""
    # The hall reads Indonesian, whatever language the screen's browser asks for.
    with translation.override("id"):
        return render(request, "display/screen.html", _shown(request))


@require_GET
@device("screen")
def state(request: HttpRequest) -> HttpResponse:
    """Give the screen's state to machines. Documented in docs/reference/display.md."""
    zone = _device(request).zone
    hall = queries.hall(zone)
    shown = [called for called in (hall.now, *hall.earlier) if called is not None]
    return _fresh(
        JsonResponse(
            {
                "at": hall.at.isoformat(),
                "zone": {"code": zone.code, "name": zone.name} if zone else None,
                "last_spoken": queries.last_spoken(zone) if zone else None,
                "calls": [_call_facts(called) for called in shown],
                "counters": [_counter_facts(counter) for counter in hall.counters],
                "waiting": hall.waiting,
                "lines": [_line_facts(line) for line in hall.lines],
            }
        )
    )


@require_POST
@device("screen")
def claim(request: HttpRequest) -> HttpResponse:
    """Give this screen the next call to speak, or 204 where there is none for it."""
    browser = request.POST.get("browser", "")[:LONGEST_BROWSER]
    call = actions.next_to_speak(_device(request), browser=browser)
    if call is None:
        return _fresh(HttpResponse(status=HTTPStatus.NO_CONTENT))
    said = queries.announcements(call)
    sounds = [(each.language, queries.clip(each)) for each in said]
    return _fresh(
        JsonResponse(
            {
                "sequence": call.sequence,
                "times": call.times,
                "label": call.ticket.label,
                "counter": call.counter.code,
                "captions": [{"language": a.language, "text": a.caption} for a in said],
                "clips": [
                    _here(
                        request,
                        "clip",
                        call.sequence,
                        bahasa=language,
                        v=queries.fingerprint(sound),
                    )
                    for language, sound in sounds
                    if sound is not None
                ],
                "confirm": _here(request, "confirm", call.sequence),
                "holds_ms": int(CLAIM_LASTS.total_seconds() * 1000),
            }
        )
    )


@require_POST
@device("screen")
def confirm(request: HttpRequest, sequence: int) -> HttpResponse:
    """Hear from this screen that a call was spoken to its end; harmless when repeated."""
    is_first = actions.spoken(_device(request), sequence)
    return _fresh(JsonResponse({"sequence": sequence, "first": is_first}))


@require_GET
@device("screen")
def clip(request: HttpRequest, sequence: int) -> HttpResponse:
    """Give the sound of a call of the screen's zone, in ?bahasa= id or en."""
    zone = actions.zone_of(_device(request))
    call = queries.call_of(zone, sequence)
    language = request.GET.get("bahasa", "id")
    said = queries.announcements(call) if call else ()
    sounds = [queries.clip(each) for each in said if each.language == language]
    if not sounds or sounds[0] is None:
        raise Http404
    return _sound(request, sounds[0])


@require_GET
@device("screen")
def gong(request: HttpRequest) -> HttpResponse:
    """Give the gong that comes before a call."""
    return _sound(request, voice.chime())


def _sound(request: HttpRequest, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="audio/wav")
    # An address that names its content never changes; any other is asked for again.
    named = request.GET.get("v") == queries.fingerprint(content)
    response["Cache-Control"] = A_YEAR if named else "private, no-cache"
    response["ETag"] = f'"{queries.fingerprint(content)}"'
    return response


def _shown(request: HttpRequest) -> dict[str, Any]:
    holder = _device(request)
    speaks = holder.speaks and holder.zone is not None
    address = request.build_absolute_uri(TAKE_A_NUMBER)
    return {
        "hall": queries.hall(holder.zone),
        "speaks": speaks,
        "has_voice": speaks and queries.has_voice(),
        "claim_url": _here(request, "claim"),
        "gong_url": _here(request, "gong", v=queries.fingerprint(voice.chime())),
        "address": address.split("://", 1)[1],
        "qr": _drawn(address),
    }


def _device(request: HttpRequest) -> Device:
    holder: Device = request.device  # type: ignore[attr-defined]
    return holder


def _here(request: HttpRequest, name: str, *args: int, **query: str) -> str:
    """Return an address of this room, with ?zona= so that two sample windows stay two screens."""
    if "zona" in request.GET:
        query["zona"] = request.GET["zona"]
    address = reverse(f"display:{name}", args=args)
    return f"{address}?{urlencode(query)}" if query else address


def _drawn(address: str) -> str:
    drawing = segno.make(address, error="m").svg_inline(
        scale=4, border=2, dark="#062a34", light="#ffffff", omitsize=True
    )
    return mark_safe(drawing)  # noqa: S308 - segno draws it from our own address


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _call_facts(called: Called) -> dict[str, Any]:
    call = called.call
    return {
        "zone": call.zone.code,
        "sequence": call.sequence,
        "label": called.ticket.label,
        "counter": call.counter.code,
        "agency": called.agency.name,
        "times": call.times,
        "at": call.at.isoformat(),
        "state": called.ticket.state,
        "speech": call.speech,
    }


def _counter_facts(now: CounterNow) -> dict[str, Any]:
    return {
        "code": now.counter.code,
        "agencies": [agency.name for agency in now.agencies],
        "state": now.state,
        "label": now.ticket.label if now.ticket else None,
    }


def _line_facts(now: LineNow) -> dict[str, Any]:
    return {
        "code": now.line.code,
        "name": now.line.name,
        "waiting": now.waiting,
        "counters_open": now.counters_open,
    }
