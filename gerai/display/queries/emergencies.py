"""What a zone's voice says of an emergency, and of its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.db.models import Q
from django.utils import translation

from gerai import clock
from gerai.directory.models import Device, DeviceKind, Emergency, Zone
from gerai.directory.queries import emergencies_now
from gerai.directory.queries.emergencies import EmergencyNow
from gerai.display.announcement import ALL_CLEAR, ATTENTION, Announcement, Language
from gerai.display.models import EmergencyVoice
from gerai.display.queries.halls import manner, speech_of
from gerai.display.reading import said
from gerai.display.rules import (
    English,
    Manner,
    alarm_every,
    alarm_manner,
    languages_of,
    round_at,
)
from gerai.queue.actions.emergencies import standing

# Afterwards the calls themselves tell that the queue goes on.
OVER_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Alarm:
    """What a zone's voice says of an emergency at one moment.

    number: of the round, counted from the beginning. is_over: the emergency has ended.
    said: Indonesian first, sentence by sentence, each a clip of its own.
    """

    emergency: Emergency
    number: int
    is_over: bool
    said: tuple[Announcement, ...]
    manner: Manner
    every: timedelta


def alarm_of(zone: Zone) -> Alarm | None:
    """Return what the voice of a zone has to say of an emergency; None where it is silent.

    Of several the one before which people shall leave, then the whole mall's. The end is said
    where the emergency was, unless another one stands, within five minutes.
    """
    here = [each for each in emergencies_now() if each.emergency.floor_id in {None, zone.floor_id}]
    # Sorting keeps the order of those alike: the whole mall's first.
    here.sort(key=lambda each: not each.emergency.leaves_the_building)
    if here:
        return _heard(zone, here[0].emergency, tuple(_sentences(here[0], zone)), is_over=False)
    ended = _ended_unsaid(zone)
    if ended is None:
        return None
    return _heard(zone, ended, all_clear(_languages(zone)), is_over=True)


def all_clear(languages: tuple[Language, ...] = ("id", "en")) -> tuple[Announcement, ...]:
    """Return what is said and shown when an emergency is over."""
    return tuple(_spoken(ALL_CLEAR[language], language) for language in languages)


def has_gone_on(zone: Zone | None) -> bool:
    """Tell whether an emergency ended just now in a zone (None: in the mall), and none stands."""
    ended = Emergency.objects.filter(ended_at__gte=clock.now() - OVER_FOR)
    if zone is None:
        return ended.exists() and not Emergency.objects.filter(ended_at=None).exists()
    ended = ended.filter(Q(floor=None) | Q(floor=zone.floor_id))
    return ended.exists() and not standing(zone.pk).exists()


def speakers(zone: Zone) -> list[int]:
    """Return the keys of the screens that speak in a zone, in a lasting order."""
    screens = Device.objects.filter(kind=DeviceKind.SCREEN, is_active=True, speaks=True, zone=zone)
    return list(screens.order_by("pk").values_list("pk", flat=True))


def _heard(
    zone: Zone, emergency: Emergency, said_: tuple[Announcement, ...], *, is_over: bool
) -> Alarm | None:
    leaves = emergency.leaves_the_building
    how = alarm_manner(manner(zone), leaves_the_building=leaves)
    if not how.has_gong and not how.has_voice:
        return None
    every = alarm_every(leaves_the_building=leaves)
    number = round_at(clock.now(), emergency.began_at, every)
    return Alarm(emergency, number, is_over, said_, how, every)


def _ended_unsaid(zone: Zone) -> Emergency | None:
    """Return the emergency whose end the zone, which heard it, has not heard yet."""
    rows = EmergencyVoice.objects.filter(
        zone=zone,
        times__gt=0,
        over_said_at=None,
        emergency__ended_at__gte=clock.now() - OVER_FOR,
    )
    row = rows.select_related("emergency").order_by("-emergency__ended_at").first()
    return row.emergency if row else None


def _languages(zone: Zone) -> tuple[Language, ...]:
    # Nobody has chosen for a whole hall: only a zone that never speaks English leaves it out.
    return languages_of(cast("English", speech_of(zone.pk).english), visitor="en")


def _sentences(now: EmergencyNow, zone: Zone) -> Iterator[Announcement]:
    for language in _languages(zone):
        with translation.override(language):
            floor = now.emergency.floor
            what = f"{now.name}, {floor.name}" if floor else now.name
            yield _spoken(f"{ATTENTION[language]}. {what}.", language)
            # The supervisor's own words are Indonesian: an English voice would garble them.
            if now.emergency.words and language == "id":
                yield _spoken(now.emergency.words, language)
            yield _spoken(now.what_to_do, language)
            yield _spoken(now.promise, language)


def _spoken(sentence: str, language: Language) -> Announcement:
    return Announcement(sentence, said(sentence, language), language)
