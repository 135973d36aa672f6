"""Calls to be spoken: numbered per zone, claimed by one device, acknowledged once."""

from datetime import datetime, timedelta

from django.db.models import Exists, Q, QuerySet

from gerai import clock
from gerai.directory.models import Device, Zone
from gerai.live.publish import publish
from gerai.people import audit
from gerai.queue.actions.counting import counted_on
from gerai.queue.actions.emergencies import standing
from gerai.queue.models import Call, Speech, Ticket, ZoneVoice
from gerai.transactions import inside_transaction, one_transaction

# A screen that claimed a call and died before its end may be taken over after this time.
CLAIM_LASTS = timedelta(seconds=30)
# A call that no screen could speak for so long helps nobody any more.
SPEAK_WITHIN = timedelta(minutes=10)


@inside_transaction
def announce(ticket: Ticket, *, times: int) -> Call:
    """Number a call in the zone of the ticket's counter, to be spoken there."""
    counter = ticket.counter
    assert counter is not None
    call = Call.objects.create(
        mall_id=ticket.mall_id,
        zone_id=counter.zone_id,
        sequence=_next_sequence(counter.zone),
        ticket=ticket,
        counter=counter,
        times=times,
        at=clock.now(),
    )
    publish("display.call", f"zone:{counter.zone_id}")
    return call


@inside_transaction
def withdraw(ticket: Ticket) -> None:
    """Take back the calls of a ticket that nobody has begun to speak."""
    Call.objects.filter(ticket=ticket, speech=Speech.WAITING).update(speech=Speech.WITHDRAWN)


@one_transaction
def claim(zone: Zone, *, device: Device) -> Call | None:
    """Give the device the zone's next call to speak, or None.

    One device holds it; it speaks, then confirms. Asked again before that, the same device
    gets the same call; another one only after 30 seconds without a word from the first.
    Calls older than ten minutes lapse, recorded as such. In an emergency nobody is called.
    """
    now = clock.now()
    calls = Call.objects.filter(zone=zone)
    abandoned = Q(speech=Speech.CLAIMED, claimed_at__lt=now - CLAIM_LASTS)
    free = Q(speech=Speech.WAITING) | abandoned | Q(speech=Speech.CLAIMED, claimed_by=device)
    calls.filter(free, at__lt=now - SPEAK_WITHIN).update(speech=Speech.LAPSED)
    goes_on = ~Exists(standing(zone.pk))
    first = calls.filter(free, goes_on).order_by("sequence").first()
    if first is None:
        return None
    # Between that look and this claim another device may have claimed the call before it:
    # one voice at a time in a zone is asked in the statement that claims.
    mine = calls.filter(free, ~_held_by_another(calls, device, now), pk=first.pk).update(
        speech=Speech.CLAIMED, claimed_by=device, claimed_at=now
    )
    return calls.select_related("ticket", "counter").get(pk=first.pk) if mine else None


def _held_by_another(calls: QuerySet[Call], device: Device, now: datetime) -> Exists:
    """Say in a query whether another device is speaking one of these calls."""
    held = calls.filter(speech=Speech.CLAIMED, claimed_at__gte=now - CLAIM_LASTS)
    return Exists(held.exclude(claimed_by=device))


@one_transaction
def confirm(zone: Zone, sequence: int, *, device: Device) -> bool:
    """Record that the device has spoken a call to its end; tell whether it was the first.

    Confirming twice is harmless.
    """
    call = Call.objects.filter(zone=zone, sequence=sequence, claimed_by=device)
    spoken = call.exclude(speech=Speech.SPOKEN).update(speech=Speech.SPOKEN, spoken_at=clock.now())
    if spoken:
        (ticket,) = call.values_list("ticket").get()
        audit.record(
            "display.speak",
            thing=f"ticket:{ticket}",
            by=audit.Actor.device(device.name),
            sequence=sequence,
        )
    return bool(spoken)


@inside_transaction
def _next_sequence(zone: Zone) -> int:
    voices = ZoneVoice.objects.filter(zone=zone)
    sequence = counted_on(voices, "last_sequence")
    if sequence is None:
        ZoneVoice.objects.bulk_create(
            [ZoneVoice(mall_id=zone.mall_id, zone=zone)], ignore_conflicts=True
        )
        sequence = counted_on(voices, "last_sequence")
    assert sequence is not None  # the row was made, by this one or by another
    return sequence
