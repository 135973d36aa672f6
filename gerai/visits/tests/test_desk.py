"""The desk: list, answer, calendar, rules; and who may enter."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gerai import clock
from gerai.malls.scope import in_mall
from gerai.people.tests.factories import a_mall, a_user
from gerai.queue.models import Visit as Visitor
from gerai.visits.models import ClosedDay, RefusalReason, Room, Rules, Visit
from gerai.visits.queries.calendar import proposals_for, visitors_usually
from gerai.visits.queries.desk import reasons
from gerai.visits.tests.factories import THURSDAY, a_request, a_room, accepted, at


@pytest.fixture(autouse=True)
def _here(open_mall):
    return open_mall


def office(name, *rest):
    return reverse(f"visits_office:{name}", args=rest)


def visitors(mall, day, hour, how_many):
    """Let so many people have come in an hour of a day."""
    came = clock.at(day, hour, 15, mall.zone)
    Visitor.objects.bulk_create(
        Visitor(
            mall=mall,
            token=f"t{day:%y%m%d}{hour:02}{n:04}",
            code="000000",
            day=day,
            door="kiosk",
            idempotency_key=f"{day}{hour}{n}",
            came_at=came,
        )
        for n in range(how_many)
    )


def test_the_list_marks_what_is_late(desk):
    late, waiting = a_request(), a_request()
    Visit.objects.filter(pk=late.pk).update(answer_due=date(2026, 11, 20))
    page = desk.get(office("home"))
    assert [(row[0].pk, row[3]) for row in page.context["rows"]] == [(late.pk, -1), (waiting.pk, 5)]
    assert (page.context["late"], page.content.decode().count("Terlambat")) == (1, 1)
    assert [count for _, _, count in page.context["tabs"]] == [2, 0, 0, 0, 0, 0]


def test_the_list_is_searched_and_narrowed(desk):
    a_request(institution="Dinas Contoh Timur")
    a_request(institution="Dinas Contoh Barat")
    page = desk.get(office("home"), {"cari": "timur"})
    assert [row[0].relation.institution for row in page.context["rows"]] == ["Dinas Contoh Timur"]
    assert list(desk.get(office("home"), {"keadaan": "closed"}).context["rows"]) == []
    assert len(desk.get(office("home"), {"keadaan": "entah"}).context["rows"]) == 2


def test_a_proposal_fills_the_form_and_the_form_accepts(desk, host):
    visit, room = a_request(), a_room()
    page = desk.get(office("accept", visit.pk), {"mulai": "2026-12-10T09:30"})
    initial = page.context["form"].initial
    assert (initial["day"], f"{initial['time']:%H:%M}") == (THURSDAY, "09:30")
    assert (initial["host"], initial["room"]) == (host.pk, room.pk)
    told = {"day": "2026-12-10", "time": "09:30", "room": room.pk, "host": host.pk, "words": ""}
    assert desk.post(office("accept", visit.pk), told).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.starts_at) == ("accepted", at(minute=30))


def test_a_clash_is_said_at_its_field_and_the_request_stays(desk, host):
    room = a_room()
    accepted(room=room)
    visit = a_request()
    told = {"day": "2026-12-10", "time": "10:00", "room": room.pk, "host": host.pk, "words": "Halo"}
    page = desk.post(office("accept", visit.pk), told)
    assert (page.status_code, list(page.context["form"].errors)) == (400, ["room"])
    assert "Pilih waktu dan terima" in page.content.decode()
    assert Visit.objects.get(pk=visit.pk).state == "asked"


def test_a_visit_is_moved_refused_and_called_off_at_the_desk(desk, host):
    first, second = accepted(), a_request()
    told = {
        "day": "2026-12-10",
        "time": "13:00",
        "room": first.room_id,
        "host": first.host_id,
        "words": "",
    }
    assert desk.post(office("move", first.pk), told).status_code == 302
    first.refresh_from_db()
    assert first.starts_at == at(hour=13)
    desk.post(office("cancel", first.pk), {"words": "Maaf."})
    assert desk.post(office("refuse", second.pk), {"reason": "", "words": "x"}).status_code == 400
    desk.post(office("refuse", second.pk), {"reason": reasons()[0], "words": "Pekan depan."})
    assert list(Visit.objects.order_by("pk").values_list("state", flat=True)) == [
        "cancelled",
        "refused",
    ]
    for verb in ("accept", "move", "refuse"):
        assert desk.get(office(verb, first.pk)).status_code == 302


def test_the_load_comes_from_the_malls_own_tickets(mall):
    monday = date(2026, 11, 16)
    for week in range(4):
        visitors(mall, monday - timedelta(weeks=week), 9, 20)
        visitors(mall, monday - timedelta(weeks=week) + timedelta(days=3), 9, 2)
        visitors(mall, monday - timedelta(weeks=week) + timedelta(days=3), 13, 40)
    load = visitors_usually()
    assert load.days == 8
    assert [round(load.at(*hour), 2) for hour in ((0, 9), (3, 9), (3, 13))] == [16.14, 5.86, 31.43]


def test_the_calendar_is_read_once_to_place_a_visit_with_wishes_or_without(desk):
    visit = a_request(wished=(THURSDAY, date(2026, 12, 11)))
    placed = accepted()
    Visit.objects.filter(pk=placed.pk).update(wished=[])

    for address in (office("accept", visit.pk), office("move", placed.pk)):
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        read = [each["sql"] for each in asked if 'FROM "directory_weeklyhours"' in each["sql"]]
        assert len(read) == 1


def test_a_wished_morning_is_proposed_before_the_busy_afternoon(mall):
    for week in range(1, 9):
        day = THURSDAY - timedelta(weeks=week + 2)
        visitors(mall, day, 9, 2)
        visitors(mall, day, 13, 40)
    best = proposals_for(a_request(), 60, visitors_usually(), rules=Rules())[0]
    assert (best.day, best.is_wished) == (THURSDAY, True)
    assert best.starts.hour < 13


def test_the_month_shows_visits_wishes_and_why_a_day_is_shut(desk, mall):
    visit, wish = accepted(), a_request(wished=(date(2026, 12, 11),))
    ClosedDay.objects.create(mall=mall, day=date(2026, 12, 14), reason="Rapat kerja")
    page = desk.get(office("month"), {"bulan": "2026-12"})
    told = page.content.decode()
    cells = {cell.view.day: cell for week in page.context["weeks"] for cell in week}
    assert len(page.context["weeks"]) == 5
    assert cells[THURSDAY].view.visits == (visit,)
    assert cells[date(2026, 12, 11)].wished == [wish]
    assert cells[date(2026, 12, 14)].view.reason == "Rapat kerja"
    assert not cells[date(2026, 12, 25)].view.may_come
    assert visit.relation.institution in told
    assert page.context["visits"] == 1
    for odd in ("2026-13", "9999-01", "x", "0001-01"):
        assert desk.get(office("month"), {"bulan": odd}).status_code == 200


def test_the_week_shows_hours_with_their_load(desk, mall):
    visitors(mall, date(2026, 11, 19), 9, 12)
    visit = accepted()
    page = desk.get(office("week"), {"tanggal": "2026-12-10"})
    rows = dict(page.context["rows"])
    assert list(rows) == list(range(8, 15))
    assert [hour for hour, cells in rows.items() if cells[3].visits == [visit]] == [9, 10, 11]
    assert rows[9][3].level > 0
    assert not rows[9][6].is_open
    assert desk.get(office("week"), {"tanggal": "kemarin"}).status_code == 200


def test_the_rules_are_changed_on_their_page(desk):
    told = {
        "notice_days": "10",
        "answer_days": "3",
        "largest_group": "40",
        "usual_minutes": "120",
        "material_days": "30",
        "closed_weekdays": ["0", "4"],
        "source_note": "Keputusan contoh",
        "signatory_role": "",
        "signatory_name": "",
        "letter_text": "Yth. [[pimpinan]]",
    }
    assert desk.get(office("rules")).status_code == 200
    assert desk.post(office("rules"), told).status_code == 302
    stored = Rules.objects.get()
    assert (stored.notice_days, stored.closed_weekdays) == (10, [0, 4])
    assert desk.post(office("rules"), told | {"letter_text": "[[x]]"}).status_code == 400
    assert desk.post(office("rules"), told | {"largest_group": "0"}).status_code == 400
    desk.post(office("reasons"), {"text": "Penuh\nLibur"})
    assert list(RefusalReason.objects.order_by("position").values_list("text", flat=True)) == [
        "Penuh",
        "Libur",
    ]
    desk.post(office("add_closed_day"), {"day": "2026-12-14", "reason": "Rapat"})
    again = desk.post(office("add_closed_day"), {"day": "2026-12-14", "reason": "Lagi"})
    assert (again.status_code, ClosedDay.objects.count()) == (400, 1)
    desk.post(office("remove_closed_day", ClosedDay.objects.get().pk))
    assert ClosedDay.objects.count() == 0


def test_rooms_are_added_and_taken_out_of_use(desk):
    told = {"name": "Ruang Contoh", "seats": "30", "note": "", "is_active": "on"}
    desk.post(office("add_room"), told)
    assert desk.post(office("add_room"), told).status_code == 400
    room = Room.objects.get()
    desk.post(office("room", room.pk), told | {"is_active": ""})
    room.refresh_from_db()
    assert room.is_active is False


OFFICE = ("home", "month", "week", "rules", "pattern", "library", "materials")
OF_A_VISIT = ("visit", "accept", "refuse", "guests", "questions", "visit_materials", "calendar")


def test_only_hosts_and_above_enter_the_desk(client):
    visit = a_request()
    for role, status in [("officer", 403), ("greeter", 403), ("writer", 403), ("mall_admin", 200)]:
        browser = Client(HTTP_HOST="barru.localhost")
        browser.force_login(a_user(role))
        assert {browser.get(office(name)).status_code for name in OFFICE} == {status}
        assert browser.get(office("visit", visit.pk)).status_code == status
    assert {client.get(office(name)).status_code for name in OFFICE} == {302}
    assert client.post(office("cancel", visit.pk)).status_code == 302
    assert Visit.objects.get().state == "asked"


def test_another_malls_host_finds_nothing_of_this_one():
    visit, room = accepted(), a_room()
    with in_mall(a_mall(slug="soppeng")):
        host = a_user("host")
        browser = Client(HTTP_HOST="soppeng.localhost")
        browser.force_login(host)
    assert {browser.get(office(name, visit.pk)).status_code for name in OF_A_VISIT} == {404}
    assert browser.get(office("room", room.pk)).status_code == 404
    for name in ("cancel", "issue", "upload", "move", "programme"):
        assert browser.post(office(name, visit.pk)).status_code == 404
    assert browser.get(office("home")).context["rows"] == []
    visit.refresh_from_db()
    assert visit.state == "accepted"
