"""The voice of a zone in an emergency. Documented in docs/reference/display.md."""

from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from gerai import clock
from gerai.directory.guard import device
from gerai.directory.models import Emergency
from gerai.display import actions, queries, voice
from gerai.display.queries import Alarm
from gerai.display.rules import FULL
from gerai.display.views.screens import LONGEST_BROWSER, fresh, here, holder_of, sounding
from gerai.display.views.words import words_as_sound


@require_POST
@device("screen")
def alarm(request: HttpRequest) -> HttpResponse:
    """Tell this screen what is said of an emergency, and whether it says it; 204 for nothing."""
    holder = holder_of(request)
    browser = request.POST.get("browser", "")[:LONGEST_BROWSER]
    found = actions.next_alarm(holder, browser=browser)
    if found is None:
        return fresh(HttpResponse(status=HTTPStatus.NO_CONTENT))
    now, is_ours = found
    screens = queries.speakers(actions.zone_of(holder))
    return fresh(
        JsonResponse(
            {
                "emergency": now.emergency.pk,
                "round": now.number,
                "is_over": now.is_over,
                "says": is_ours,
                "captions": [{"language": a.language, "text": a.caption} for a in now.said],
                "clips": _clips(request, now),
                "gong": _gong(request, now),
                "volume": now.manner.volume * holder.volume / FULL,
                "confirm": _confirm(request, now),
                "holds_ms": _ms(actions.ROUND_LASTS),
                "every_ms": _ms(now.every),
                "began_at": now.emergency.began_at.isoformat(),
                "at": clock.now().isoformat(),
                "place": screens.index(holder.pk),
                "screens": len(screens),
            }
        )
    )


@require_POST
@device("screen")
def said(request: HttpRequest, emergency_id: int, number: int) -> HttpResponse:
    """Hear from this screen that a round was said to its end; harmless when repeated."""
    found = get_object_or_404(Emergency.objects, pk=emergency_id)
    is_first = actions.alarm_said(holder_of(request), found, number)
    return fresh(JsonResponse({"emergency": found.pk, "round": number, "first": is_first}))


@require_POST
@device("screen")
def all_clear_said(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """Hear from this screen that it said that the emergency is over; harmless when repeated."""
    found = get_object_or_404(Emergency.objects, pk=emergency_id)
    is_first = actions.all_clear_said(holder_of(request), found)
    return fresh(JsonResponse({"emergency": found.pk, "first": is_first}))


@require_GET
@device("screen")
def clip(request: HttpRequest) -> HttpResponse:
    """Give the sound of a sentence that an answer to a screen carried."""
    return words_as_sound(request)


@require_GET
@device("screen")
def signal(request: HttpRequest) -> HttpResponse:
    """Give the three strokes that come before the words to leave."""
    return sounding(request, voice.signal())


def _clips(request: HttpRequest, now: Alarm) -> list[str]:
    if not now.manner.has_voice:
        return []
    return [
        here(
            request,
            "sentence",
            t=each.spoken,
            b=each.language,
            v=queries.sound_mark(each.spoken, each.language),
        )
        for each in now.said
    ]


def _gong(request: HttpRequest, now: Alarm) -> str | None:
    if not now.manner.has_gong:
        return None
    is_signal = now.emergency.leaves_the_building and not now.is_over
    name, sound = ("signal", voice.signal()) if is_signal else ("gong", voice.chime())
    return here(request, name, v=queries.fingerprint(sound))


def _confirm(request: HttpRequest, now: Alarm) -> str:
    if now.is_over:
        return here(request, "all_clear", now.emergency.pk)
    return here(request, "alarm_said", now.emergency.pk, now.number)


def _ms(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
