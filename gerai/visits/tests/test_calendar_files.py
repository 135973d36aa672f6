"""Invitations as calendar files, read by two other programs."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import vobject

from gerai.people import audit
from gerai.visits.actions.deciding import cancel, move
from gerai.visits.letters.calendars import Invitation, calendar_file
from gerai.visits.queries.invitations import invitation_to
from gerai.visits.tests.factories import BASE, a_host, a_room, accepted, at

NINE = datetime(2026, 12, 10, 1, 0, tzinfo=UTC)  # nine in Barru
ODD = 'Ruang "A"; lantai 2, sayap\nkiri'


def an_invitation(**told):
    return Invitation(
        **{
            "uid": "kunjungan-1@barru.gerai",
            "sequence": 0,
            "stamp": NINE - timedelta(days=3),
            "starts_at": NINE,
            "ends_at": NINE + timedelta(minutes=150),
            "zone": "Asia/Makassar",
            "title": "Kunjungan studi Dinas Contoh, ke MPP; Barru",
            "place": ODD,
            "words": "Baris satu\nbaris dua",
            "organizer": "MPP Barru: contoh",
            "sender": "mal@contoh.id",
            "attendees": (("Contoh, Satu", "satu@contoh.id"),),
            **told,
        }
    )


@pytest.mark.parametrize(
    ("zone", "hours"), [("Asia/Jakarta", 7), ("Asia/Makassar", 8), ("Asia/Jayapura", 9)]
)
def test_two_parsers_read_the_same_moment_in_every_zone(zone, hours):
    data = calendar_file(an_invitation(zone=zone))
    event = icalendar.Calendar.from_ical(data).events[0]
    other = vobject.readOne(data.decode()).vevent
    assert event["dtstart"].dt == other.dtstart.value == NINE
    assert event["dtend"].dt == other.dtend.value == NINE + timedelta(minutes=150)
    assert event["dtstart"].dt.utcoffset() == timedelta(hours=hours)
    assert other.dtstart.value.utcoffset() == timedelta(hours=hours)


def test_texts_come_back_as_they_were():
    data = calendar_file(an_invitation())
    event = icalendar.Calendar.from_ical(data).events[0]
    other = vobject.readOne(data.decode()).vevent
    assert str(event["location"]) == other.location.value == ODD
    assert str(event["summary"]) == other.summary.value
    assert str(event["description"]) == other.description.value == "Baris satu\nbaris dua"
    assert other.attendee.value == "mailto:satu@contoh.id"
    assert str(event["organizer"]) == "mailto:mal@contoh.id"


def test_lines_are_folded_as_the_standard_asks():
    data = calendar_file(an_invitation(title="Kunjungan " + "é" * 200))
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert icalendar.Calendar.from_ical(data).events[0]["summary"] == "Kunjungan " + "é" * 200


def test_a_name_cannot_bring_a_property_of_its_own():
    data = calendar_file(
        an_invitation(attendees=(('X";ROLE=CHAIR:mailto:y\r\nSUMMARY:lain', "a@contoh.id"),))
    )
    calendar = icalendar.Calendar.from_ical(data)
    assert str(calendar.events[0]["summary"]) == an_invitation().title
    assert calendar.events[0]["attendee"].params["ROLE"] == "REQ-PARTICIPANT"


def test_a_move_raises_the_sequence_and_a_cancellation_ends_it(open_mall):
    visit = accepted()
    first = invitation_to(visit)
    by = audit.Actor.person(visit.host)
    move(visit, starts_at=at(hour=13), room=a_room(), host=a_host(), base_url=BASE, by=by)
    second = invitation_to(visit)
    cancel(visit, base_url=BASE, by=by)
    third = invitation_to(visit)
    assert [each.uid for each in (second, third)] == [first.uid] * 2
    assert [each.sequence for each in (first, second, third)] == [0, 1, 2]
    ends = [calendar_file(each) for each in (first, third)]
    methods = [str(icalendar.Calendar.from_ical(each)["method"]) for each in ends]
    statuses = [str(icalendar.Calendar.from_ical(each).events[0]["status"]) for each in ends]
    assert (methods, statuses) == (["REQUEST", "CANCEL"], ["CONFIRMED", "CANCELLED"])
    visit.refresh_from_db()
    assert visit.sequence == 2
