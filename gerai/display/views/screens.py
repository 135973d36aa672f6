"""The screens in the hall, their voice, and their state for machines."""

from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

import segno
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from gerai.directory.guard import device
from gerai.directory.models import Device, Zone
from gerai.display import actions, queries, voice
from gerai.display.queries import Called
from gerai.display.rules import FULL
from gerai.display.views.words import A_YEAR
from gerai.queue.actions.speech import CLAIM_LASTS
from gerai.queue.queries.boards import CounterNow, LineNow

TAKE_A_NUMBER = "/antre/"
LONGEST_BROWSER = 64
# Who cannot hear reads the words at least so long, also where nothing sounds.
SHOWS_MS = 5_000


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
    zone = holder_of(request).zone
    hall = queries.hall(zone)
    shown = [called for called in (hall.now, *hall.earlier) if called is not None]
    return fresh(
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
    holder = holder_of(request)
    call = actions.next_to_speak(holder, browser=browser)
    if call is None:
        return fresh(HttpResponse(status=HTTPStatus.NO_CONTENT))
    said = queries.announcements(call)
    manner = queries.manner(call.zone)
    spoken = said if manner.has_voice else ()
    sounds = [(each.language, queries.clip(each)) for each in spoken]
    return fresh(
        JsonResponse(
            {
                "sequence": call.sequence,
                "times": call.times,
                "label": call.ticket.label,
                "counter": call.counter.code,
                "captions": [{"language": a.language, "text": a.caption} for a in said],
                "clips": [
                    here(
                        request,
                        "clip",
                        call.sequence,
                        bahasa=language,
                        v=queries.fingerprint(sound),
                    )
                    for language, sound in sounds
                    if sound is not None
                ],
                "gong": manner.has_gong,
                "volume": manner.volume * holder.volume / FULL,
                "shows_ms": SHOWS_MS,
                "confirm": here(request, "confirm", call.sequence),
                "holds_ms": int(CLAIM_LASTS.total_seconds() * 1000),
            }
        )
    )


@require_POST
@device("screen")
def confirm(request: HttpRequest, sequence: int) -> HttpResponse:
    """Hear from this screen that a call was spoken to its end; harmless when repeated."""
    is_first = actions.spoken(holder_of(request), sequence)
    return fresh(JsonResponse({"sequence": sequence, "first": is_first}))


@require_GET
@device("screen")
def clip(request: HttpRequest, sequence: int) -> HttpResponse:
    """Give the sound of a call of the screen's zone, in ?bahasa= id or en."""
    zone = actions.zone_of(holder_of(request))
    call = queries.call_of(zone, sequence)
    language = request.GET.get("bahasa", "id")
    said = queries.announcements(call) if call else ()
    sounds = [queries.clip(each) for each in said if each.language == language]
    if not sounds or sounds[0] is None:
        raise Http404
    return sounding(request, sounds[0])


@require_GET
@device("screen")
def gong(request: HttpRequest) -> HttpResponse:
    """Give the gong that comes before a call."""
    return sounding(request, voice.chime())


def sounding(request: HttpRequest, content: bytes) -> HttpResponse:
    """Return a sound, to be kept where its address names it."""
    response = HttpResponse(content, content_type="audio/wav")
    # An address that names its content never changes; any other is asked for again.
    named = request.GET.get("v") == queries.fingerprint(content)
    response["Cache-Control"] = A_YEAR if named else "private, no-cache"
    response["ETag"] = f'"{queries.fingerprint(content)}"'
    return response


def _shown(request: HttpRequest) -> dict[str, Any]:
    holder = holder_of(request)
    layout = queries.layout_of(holder)
    speaks = holder.speaks and holder.zone is not None
    address = request.build_absolute_uri(TAKE_A_NUMBER)
    return {
        "hall": queries.hall(holder.zone),
        "layout": layout,
        "speaks": speaks,
        "is_quiet_hour": speaks and not queries.manner(cast("Zone", holder.zone)).has_voice,
        "has_voice": speaks and queries.has_voice(),
        "all_clear": queries.all_clear() if queries.has_gone_on(holder.zone) else (),
        "claim_url": here(request, "claim"),
        "alarm_url": here(request, "alarm"),
        "gong_url": here(request, "gong", v=queries.fingerprint(voice.chime())),
        "address": address.split("://", 1)[1],
        "qr": drawn(address),
    }


def holder_of(request: HttpRequest) -> Device:
    """Return the screen that asks."""
    holder: Device = request.device  # type: ignore[attr-defined]
    return holder


def here(request: HttpRequest, name: str, *args: int, **query: str) -> str:
    """Return an address of this room, with ?zona= so that two sample windows stay two screens."""
    if "zona" in request.GET:
        query["zona"] = request.GET["zona"]
    address = reverse(f"display:{name}", args=args)
    return f"{address}?{urlencode(query)}" if query else address


def drawn(address: str) -> str:
    """Return a QR code of an address, for its page."""
    drawing = segno.make(address, error="m").svg_inline(
        scale=4, border=2, dark="#062a34", light="#ffffff", omitsize=True
    )
    return mark_safe(drawing)  # noqa: S308 - segno draws it from our own address


def fresh(response: HttpResponse) -> HttpResponse:
    """Return an answer that nothing on its way keeps."""
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
