"""What a device's page asks beside its own work: its heartbeat, and the script that keeps it."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from gerai import clock
from gerai.directory.actions import beats
from gerai.directory.forms import Heartbeat
from gerai.directory.guard import device
from gerai.people.guard import public


def _heard(request: HttpRequest) -> HttpResponse:
    form = Heartbeat(request.POST)
    form.is_valid()
    reload = beats.beat(request.device, form.health())  # type: ignore[attr-defined]
    beats.note_missed()
    response = JsonResponse({"reload": reload, "at": clock.now().isoformat()})
    response["Cache-Control"] = "no-store"
    return response


@device("kiosk")
@require_POST
def kiosk_beat(request: HttpRequest) -> HttpResponse:
    """Hear a kiosk's heartbeat; the answer says whether its page is to load anew."""
    return _heard(request)


@device("screen")
@require_POST
def screen_beat(request: HttpRequest) -> HttpResponse:
    """Hear a screen's heartbeat; the answer says whether its page is to load anew."""
    return _heard(request)


@public
@require_safe
def keeper(request: HttpRequest) -> HttpResponse:
    """Give the service worker; it may keep pages outside its own folder."""
    found = finders.find("directory/keeper.js")
    if not found:
        raise Http404
    script = Path(found).read_bytes()
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response
