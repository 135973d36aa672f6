"""The kiosk's voice: what its pages say, as sound."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gerai.directory.guard import device
from gerai.display.views.words import words_as_sound


@device("kiosk")
@require_safe
def clip(request: HttpRequest) -> HttpResponse:
    """Give the sound of words that a kiosk's page carries."""
    return words_as_sound(request)
