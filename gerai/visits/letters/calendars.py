"""An invitation as a calendar file (RFC 5545, RFC 5546)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vText


@dataclass(frozen=True)
class Invitation:
    """One visit as a calendar knows it.

    uid: the same for ever; sequence: rises with each change; attendees: name and address.
    """

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    place: str
    words: str
    organizer: str
    sender: str
    url: str = ""
    attendees: tuple[tuple[str, str], ...] = ()
    is_cancelled: bool = False


def calendar_file(invitation: Invitation) -> bytes:
    """Return the file: a request, or the cancellation of one that was sent before."""
    calendar = Calendar()
    calendar.add("prodid", "-//Gerai//kunjungan//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if invitation.is_cancelled else "REQUEST")
    zone = ZoneInfo(invitation.zone)
    starts_at = invitation.starts_at.astimezone(zone)
    ends_at = invitation.ends_at.astimezone(zone)
    calendar.add_component(_zone(invitation.zone, starts_at))
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamp.astimezone(UTC))
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", invitation.title)
    event.add("location", invitation.place)
    event.add("description", invitation.words)
    event.add("status", "CANCELLED" if invitation.is_cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    if invitation.url:
        event.add("url", invitation.url)
    organizer = vCalAddress(f"mailto:{invitation.sender}")
    organizer.params["CN"] = vText(invitation.organizer)
    event["organizer"] = organizer
    for name, address in invitation.attendees:
        attendee = vCalAddress(f"mailto:{address}")
        attendee.params["CN"] = vText(name)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
        event.add("attendee", attendee, encode=False)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone(name: str, moment: datetime) -> Timezone:
    """Describe one of the zones of Indonesia: none has summer time."""
    offset = moment.utcoffset()
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - a wall clock's
    standard.add("tzoffsetfrom", offset)
    standard.add("tzoffsetto", offset)
    standard.add("tzname", moment.tzname())
    zone = Timezone()
    zone.add("tzid", name)
    zone.add_component(standard)
    return zone
