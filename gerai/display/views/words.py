"""Words of our own pages, as sound."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from gerai.display import queries
from gerai.display.announcement import LETTERS

A_YEAR = "private, max-age=31536000, immutable"


def words_as_sound(request: HttpRequest) -> HttpResponse:
    """Give the sound of words whose mark is good: ?t= words, b= language, v= mark."""
    words, language = request.GET.get("t", ""), request.GET.get("b", "")
    if language not in LETTERS:
        raise Http404
    mark = queries.sound_mark(words, language)
    if not constant_time_compare(request.GET.get("v", ""), mark):
        raise Http404
    sound = queries.sound_of(words, language)
    if sound is None:
        raise Http404
    response = HttpResponse(sound, content_type="audio/wav")
    response["Cache-Control"] = A_YEAR
    return response
