"""Speaking: which browser speaks a zone's next call, and that it did; what screens are set to."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Device, Emergency, Zone
from gerai.display import queries
from gerai.display.models import (
    EmergencyVoice,
    HallNotice,
    ScreenLayout,
    VoiceSpan,
    ZoneSpeech,
)
from gerai.display.queries import Alarm
from gerai.display.rules import English, Span, alarm_every, overlapping, round_at
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions import speech
from gerai.queue.models import Call
from gerai.transactions import inside_transaction, one_transaction

# Two windows may hold one device's token (always so in a sample mall): one of them speaks.
BROWSER_LASTS_S = 30
# A round in both languages, with the supervisor's own words, ends within it.
ROUND_LASTS = timedelta(seconds=60)


class Mute(Refused):
    """This screen was not told to speak, or shows the whole mall."""

    message = _(
        "Layar ini tidak bertugas menyuarakan panggilan. Admin mal dapat mengubahnya di Perangkat."
    )
    status = 403


class NotYourCall(Refused):
    """Another screen speaks, or has spoken, this call."""

    message = _("Panggilan ini dipegang layar lain. Lanjutkan dengan panggilan berikutnya.")


class NoSuchCall(Refused):
    """The zone of this screen has no call of that number."""

    message = _("Panggilan ini tidak ada di zona layar ini.")
    status = 404


class NotYourRound(Refused):
    """The screen confirms what it was not given to say."""

    message = _("Pemberitahuan darurat ini tidak dipegang layar ini.")


class SpansOverlap(Refused):
    """Two spans of hours share a moment."""

    message = _("Jam pada baris %(one)d dan %(two)d bertumpuk. Ubah salah satunya.")
    status = 400

    def __init__(self, one: int, two: int) -> None:
        super().__init__(str(self.message) % {"one": one, "two": two})


class NoticeGone(Refused):
    """The notice was deleted meanwhile."""

    message = _("Pengumuman ini sudah dihapus orang lain.")
    status = 404


def zone_of(device: Device) -> Zone:
    """Return the zone that a device speaks in.

    :raises Mute: it has none, or does not speak
    """
    if not device.speaks or device.zone is None:
        raise Mute
    return device.zone


def next_to_speak(device: Device, *, browser: str) -> Call | None:
    """Claim the next call of the device's zone for one of its browsers.

    Nothing while another browser with the same token was here within 30 seconds, and nothing
    before the end of an emergency was said.

    :raises Mute: the device does not speak
    """
    zone = zone_of(device)
    if not _is_the_one(device, browser) or queries.alarm_of(zone) is not None:
        return None
    claimed = speech.claim(zone, device=device)
    if claimed is None:
        return None
    publish("display.speak", f"zone:{zone.pk}")
    return queries.call_of(zone, claimed.sequence)


def spoken(device: Device, sequence: int) -> bool:
    """Record that the device has spoken a call; tell whether it said so the first time.

    :raises Mute: the device does not speak
    :raises NoSuchCall: the zone has no such call
    :raises NotYourCall: another device holds it, or nobody has claimed it
    """
    zone = zone_of(device)
    if speech.confirm(zone, sequence, device=device):
        publish("display.spoken", f"zone:{zone.pk}")
        return True
    call = queries.call_of(zone, sequence)
    if call is None:
        raise NoSuchCall
    if call.claimed_by_id != device.pk:
        raise NotYourCall
    return False


def next_alarm(device: Device, *, browser: str) -> tuple[Alarm, bool] | None:
    """Return what the device's zone has to say of an emergency, and whether this browser says it.

    Each round is one device's, as a call is; another one takes it after 60 seconds.

    :raises Mute: the device does not speak
    """
    zone = zone_of(device)
    alarm = queries.alarm_of(zone)
    if alarm is None:
        return None
    return alarm, _is_the_one(device, browser) and _claim_round(alarm, zone, device)


@one_transaction
def _claim_round(alarm: Alarm, zone: Zone, device: Device) -> bool:
    now = clock.now()
    rows = EmergencyVoice.objects.filter(emergency=alarm.emergency, zone=zone)
    if not rows.exists():
        EmergencyVoice.objects.bulk_create(
            [EmergencyVoice(mall_id=zone.mall_id, emergency=alarm.emergency, zone=zone)],
            ignore_conflicts=True,
        )
    if alarm.is_over:
        due = rows.filter(over_said_at=None)
    else:
        unsaid = Q(last_round=None) | Q(last_round__lt=alarm.number)
        due = rows.filter(unsaid, emergency__ended_at=None)
    return bool(due.filter(_free(device, now)).update(held_by=device, held_at=now))


def _free(device: Device, now: datetime) -> Q:
    return Q(held_at=None) | Q(held_at__lt=now - ROUND_LASTS) | Q(held_by=device)


@one_transaction
def alarm_said(device: Device, emergency: Emergency, number: int) -> bool:
    """Record that the device has said a round of an emergency; tell whether it did so first.

    The trail keeps the first round of a zone; how many followed stands in its row.

    :raises Mute: the device does not speak
    :raises NotYourRound: the device does not hold it, or its time has not come
    """
    zone = zone_of(device)
    every = alarm_every(leaves_the_building=emergency.leaves_the_building)
    if number > round_at(clock.now(), emergency.began_at, every):
        raise NotYourRound
    mine = _held(device, emergency, zone)
    unsaid = mine.filter(Q(last_round=None) | Q(last_round__lt=number))
    is_first_round = unsaid.filter(times=0).exists()
    if not unsaid.update(last_round=number, times=F("times") + 1, held_at=None):
        return False
    if is_first_round:
        _told("display.say_emergency", emergency, zone, device)
    return True


@one_transaction
def all_clear_said(device: Device, emergency: Emergency) -> bool:
    """Record that the device has said that the emergency is over; tell whether it did so first.

    One saying ends every emergency whose end the zone had not heard.

    :raises Mute: the device does not speak
    :raises NotYourRound: the device does not hold it, or it is not over
    """
    zone = zone_of(device)
    if emergency.ended_at is None:
        raise NotYourRound
    now = clock.now()
    if not _held(device, emergency, zone).filter(over_said_at=None).update(over_said_at=now):
        return False
    EmergencyVoice.objects.filter(
        zone=zone, over_said_at=None, emergency__ended_at__isnull=False
    ).update(over_said_at=now)
    _told("display.say_all_clear", emergency, zone, device)
    return True


def _held(device: Device, emergency: Emergency, zone: Zone) -> QuerySet[EmergencyVoice]:
    held: QuerySet[EmergencyVoice] = EmergencyVoice.objects.filter(
        emergency=emergency, zone=zone, held_by=device
    )
    if not held.exists():
        raise NotYourRound
    return held


@inside_transaction
def _told(verb: str, emergency: Emergency, zone: Zone, device: Device) -> None:
    audit.record(
        verb, thing=f"emergency:{emergency.pk}", by=audit.Actor.device(device.name), zone=zone.pk
    )
    publish(verb, f"zone:{zone.pk}")


def _is_the_one(device: Device, browser: str) -> bool:
    key = f"display.voice:{device.pk}"
    if cache.add(key, browser, BROWSER_LASTS_S):
        return True
    return bool(cache.get(key) == browser and cache.touch(key, BROWSER_LASTS_S))


@one_transaction
def set_speech(
    zone: Zone, *, english: English, has_gong: bool, spans: Sequence[Span], by: audit.Actor
) -> None:
    """Say how a zone speaks, and at which hours otherwise.

    :raises SpansOverlap: two spans share a moment
    """
    both = overlapping(spans)
    if both is not None:
        raise SpansOverlap(both[0] + 1, both[1] + 1)
    mall = current_mall()
    ZoneSpeech.objects.update_or_create(
        mall=mall, zone=zone, defaults={"english": english, "has_gong": has_gong}
    )
    VoiceSpan.objects.filter(zone=zone).delete()
    VoiceSpan.objects.bulk_create(
        VoiceSpan(
            mall=mall,
            zone=zone,
            begins=span.begins,
            ends=span.ends,
            mode=span.mode,
            volume=span.volume,
        )
        for span in spans
    )
    audit.record("display.set_speech", thing=f"zone:{zone.pk}", by=by, count=len(spans))
    publish("display.set_speech", f"zone:{zone.pk}")


@one_transaction
def set_layout(of: Device | Zone, *, said: Mapping[str, Any], by: audit.Actor) -> ScreenLayout:
    """Say where things stand on a screen, or on the screens of a zone."""
    whose = {"device": of} if isinstance(of, Device) else {"zone": of}
    layout: ScreenLayout = ScreenLayout.objects.update_or_create(
        mall=current_mall(), **whose, defaults=dict(said)
    )[0]
    audit.record("display.set_layout", thing=_thing(of), by=by)
    publish("display.set_layout", _thing(of))
    return layout


@one_transaction
def forget_layout(of: Device | Zone, *, by: audit.Actor) -> None:
    """Let a screen, or the screens of a zone, stand as usual again."""
    whose = {"device": of} if isinstance(of, Device) else {"zone": of}
    if ScreenLayout.objects.filter(**whose).delete()[0]:
        audit.record("display.forget_layout", thing=_thing(of), by=by)
        publish("display.set_layout", _thing(of))


@one_transaction
def set_notice(
    notice: HallNotice | None,
    *,
    text: str,
    text_en: str,
    zone: Zone | None,
    begins_at: datetime,
    ends_at: datetime,
    is_urgent: bool,
    by: audit.Actor,
) -> HallNotice:
    """Announce something on the screens of a zone or of the mall, or write a notice anew.

    :raises NoticeGone: it was deleted meanwhile
    """
    said = {
        "text": text,
        "text_en": text_en,
        "zone": zone,
        "begins_at": begins_at,
        "ends_at": ends_at,
        "is_urgent": is_urgent,
    }
    if notice is None:
        notice = HallNotice.objects.create(mall=current_mall(), **said)
    elif not HallNotice.objects.filter(pk=notice.pk).update(**said):
        raise NoticeGone
    audit.record("display.set_notice", thing=f"notice:{notice.pk}", by=by)
    publish("display.set_notice")
    return notice


@one_transaction
def remove_notice(notice: HallNotice, *, by: audit.Actor) -> None:
    """Take a notice off the screens.

    :raises NoticeGone: it is off already
    """
    key = notice.pk
    if not HallNotice.objects.filter(pk=key).delete()[0]:
        raise NoticeGone
    audit.record("display.remove_notice", thing=f"notice:{key}", by=by)
    publish("display.set_notice")


def _thing(of: Device | Zone) -> str:
    return f"{'device' if isinstance(of, Device) else 'zone'}:{of.pk}"
