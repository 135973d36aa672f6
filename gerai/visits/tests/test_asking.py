"""Asking, answering, moving, calling off."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gerai.directory.models import SpecialDay
from gerai.malls.scope import current_mall, in_mall
from gerai.notices.models import Message
from gerai.people import audit
from gerai.people.models import Deed
from gerai.people.tests.factories import a_mall, a_user
from gerai.visits.actions import asking, deciding, settings
from gerai.visits.models import (
    ClosedDay,
    Guest,
    ProgrammeItem,
    Question,
    RefusalReason,
    Relation,
    Rules,
    Slot,
    Visit,
)
from gerai.visits.queries.calendar import days_left, first_day_to_come
from gerai.visits.queries.desk import programme_pattern, reasons
from gerai.visits.tests.factories import (
    BASE,
    THURSDAY,
    a_host,
    a_request,
    a_room,
    a_wish,
    accepted,
    at,
)

BY = audit.SYSTEM


@pytest.fixture(autouse=True)
def _here(open_mall):
    return open_mall


def test_a_request_has_a_number_a_secret_a_day_to_answer_and_its_leader():
    visit = a_request(questions=("Siapa membayar listrik?", "Berapa petugas?"))
    assert (visit.reference, len(visit.secret), visit.state) == ("KJ-2026-0001", 32, "asked")
    assert visit.answer_due == date(2026, 11, 30)  # five working days after Monday
    assert visit.relation.region_name == "Kabupaten Soppeng"
    assert list(Question.objects.values_list("text", "is_ahead")) == [
        ("Siapa membayar listrik?", True),
        ("Berapa petugas?", True),
    ]
    assert list(Guest.objects.values_list("name", "is_leader")) == [("Contoh Pimpinan", True)]
    message = Message.objects.select_related("letter").get()
    assert (message.to, message.letter.is_secret) == ("narahubung@contoh.id", True)
    assert f"{BASE}/kunjungan/{visit.secret}/" in message.letter.text
    deed = Deed.objects.get(verb="visits.ask")
    assert (deed.thing, deed.by_name) == (f"visit:{visit.pk}", "pengunjung")


def test_the_calendar_is_read_once_for_a_request_of_three_days():
    with CaptureQueriesContext(connection) as asked:
        a_request(wished=(THURSDAY, date(2026, 12, 11), date(2026, 12, 14)))

    read = [each["sql"] for each in asked if 'FROM "directory_weeklyhours"' in each["sql"]]
    assert len(read) == 1


def test_references_count_on_in_a_year():
    assert [a_request().reference for _ in range(3)] == [
        "KJ-2026-0001",
        "KJ-2026-0002",
        "KJ-2026-0003",
    ]


def test_the_same_key_again_is_the_same_request():
    wish = a_wish()
    told = {"letter": None, "idempotency_key": "kunci-yang-sama-1234", "base_url": BASE}
    first, again = asking.ask(wish, **told), asking.ask(a_wish(size=50), **told)
    assert (first.pk, again.size) == (again.pk, 12)
    assert (Visit.objects.count(), Message.objects.count()) == (1, 1)


def test_the_same_institution_comes_back_into_its_relation():
    first = a_request(institution="Dinas Contoh")
    second = a_request(institution="Dinas Contoh", previous=first)
    third = a_request(region_code="73.24", institution="Dinas Contoh")
    assert (second.relation_id, second.previous_id) == (first.relation_id, first.pk)
    assert third.relation_id != first.relation_id
    assert Relation.objects.count() == 2


def test_another_institution_that_follows_on_a_visit_has_a_relation_of_its_own():
    first = a_request(institution="Dinas Contoh")
    elsewhere = a_request(institution="Dinas Contoh", region_code="73.24", previous=first)
    other = a_request(institution="Badan Contoh", previous=first)
    assert [(visit.previous, visit.relation.region_code) for visit in (elsewhere, other)] == [
        (first, "73.24"),
        (first, "73.12"),
    ]
    assert (elsewhere.relation.institution, other.relation.institution) == (
        "Dinas Contoh",
        "Badan Contoh",
    )
    assert Relation.objects.count() == 3


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"region_code": "99.99"}, asking.UnknownRegion),
        ({"size": 61}, asking.GroupTooLarge),
        ({"wished": (date(2026, 12, 1),)}, asking.BadDates),  # six working days
        ({"wished": (date(2026, 12, 12),)}, asking.BadDates),  # a Saturday
        ({"wished": (date(2026, 12, 25),)}, asking.BadDates),  # Christmas
        ({"wished": (THURSDAY, date(2028, 1, 3))}, asking.BadDates),
    ],
)
def test_what_the_rules_do_not_allow_is_refused(told, refusal):
    with pytest.raises(refusal):
        a_request(**told)
    assert (Visit.objects.count(), Relation.objects.count()) == (0, 0)


def test_the_mall_sets_its_own_rules():
    a_request(size=60)
    settings.set_rules(notice_days=0, answer_days=2, largest_group=10, closed_weekdays=[3], by=BY)
    with pytest.raises(asking.GroupTooLarge):
        a_request(size=11)
    with pytest.raises(asking.BadDates):  # Thursdays are kept free now
        a_request(size=5)
    visit = a_request(size=5, wished=(date(2026, 11, 24),))
    assert visit.answer_due == date(2026, 11, 25)
    assert Deed.objects.filter(verb="visits.rule").count() == 1


def test_a_closed_day_of_the_mall_or_of_its_visits_is_no_day_to_come():
    settings.keep_day_free(THURSDAY, reason="Rapat kerja", by=BY)
    with pytest.raises(asking.BadDates, match="Rapat kerja"):
        a_request()
    with pytest.raises(settings.DayTaken):
        settings.keep_day_free(THURSDAY, reason="Lagi", by=BY)
    settings.free_day(ClosedDay.objects.get(), by=BY)
    a_request()
    SpecialDay.objects.create(
        mall=current_mall(), on=THURSDAY, kind="closed", name="Pemeliharaan gedung"
    )
    with pytest.raises(asking.BadDates, match="Pemeliharaan gedung"):
        a_request()


def test_the_first_day_to_come_counts_working_days_only():
    assert first_day_to_come(Rules(), date(2026, 11, 23)) == date(2026, 12, 2)
    # 25 December, and the joint leave of the 24th, do not count.
    assert first_day_to_come(Rules(notice_days=2), date(2026, 12, 23)) == date(2026, 12, 29)


def test_accepting_takes_room_and_host_and_lays_the_programme_out():
    room, host = a_room(), a_host()
    visit = accepted(room=room, host=host, words="Selamat datang.")
    visit.refresh_from_db()
    assert (visit.state, visit.starts_at, visit.room, visit.host) == (
        "accepted",
        at(),
        room,
        host,
    )
    assert visit.ends_at - visit.starts_at == timedelta(minutes=150)
    slots = Slot.objects.filter(visit=visit)
    assert (slots.filter(room=room).count(), slots.filter(host=host).count()) == (5, 5)
    items = list(ProgrammeItem.objects.filter(visit=visit))
    assert [item.title for item in items] == [step.title for step in programme_pattern()]
    assert items[2].starts_at == at(minute=25)
    mail = Message.objects.select_related("letter").order_by("pk")[1]
    assert "Kamis, 10 Desember 2026" in mail.letter.subject
    assert "09.00 - 11.30 WITA" in mail.letter.text


def test_a_room_or_host_in_use_is_refused_and_nothing_is_half_done():
    room, host = a_room(), a_host()
    accepted(room=room, host=host)
    other = a_request()
    with pytest.raises(deciding.RoomTaken):
        accepted(other, room=room, starts_at=at(hour=11))
    with pytest.raises(deciding.HostTaken):
        accepted(other, host=host, starts_at=at(hour=8))
    other.refresh_from_db()
    assert (other.state, Slot.objects.filter(visit=other).count()) == ("asked", 0)
    accepted(other, room=room, host=host, starts_at=at(hour=12))
    assert other.state == "accepted"


def test_a_host_busy_in_another_mall_is_busy_here():
    host = a_host()
    accepted(host=host)
    with in_mall(a_mall(slug="soppeng")) as soppeng:
        from gerai.directory.tests.factories import office_hours
        from gerai.people.models import Membership

        office_hours()
        Membership.objects.create(mall=soppeng, user=host, role="host")
        with pytest.raises(deciding.HostTaken):
            accepted(host=host)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"room": {"seats": 11}}, deciding.RoomTooSmall),
        ({"room": {"is_active": False}}, deciding.BadRoom),
        ({"starts_at": date(2026, 12, 12)}, deciding.BadTime),
        ({"starts_at": date(2026, 11, 20)}, deciding.BadTime),
    ],
)
def test_a_place_that_does_not_do_is_refused(told, refusal):
    fields = dict(told)
    if "room" in fields:
        fields["room"] = a_room(**fields["room"])
    if "starts_at" in fields:
        fields["starts_at"] = at(fields["starts_at"])
    with pytest.raises(refusal):
        accepted(**fields)


def test_only_those_who_may_receive_are_hosts():
    with pytest.raises(deciding.NotAHost):
        accepted(host=a_user("officer"))


def test_a_visit_is_answered_once():
    visit = accepted()
    with pytest.raises(deciding.CannotMove):
        accepted(visit)
    with pytest.raises(deciding.CannotMove):
        deciding.refuse(visit, reason=reasons()[0], words="Maaf.", base_url=BASE, by=BY)


def test_two_who_read_the_same_request_do_not_both_answer_it():
    visit = a_request()
    stale = Visit.objects.get(pk=visit.pk)
    accepted(visit)
    with pytest.raises(deciding.CannotMove):
        deciding.refuse(stale, reason=reasons()[0], words="Maaf.", base_url=BASE, by=BY)
    assert Visit.objects.get().state == "accepted"


def test_a_refusal_needs_a_reason_of_the_list_and_words():
    visit = a_request()
    for reason, words in [("Tidak suka", "Maaf."), (reasons()[0], "  ")]:
        with pytest.raises(deciding.BadReason):
            deciding.refuse(visit, reason=reason, words=words, base_url=BASE, by=BY)
    deciding.refuse(visit, reason=reasons()[0], words="Coba pekan depan.", base_url=BASE, by=BY)
    visit.refresh_from_db()
    assert (visit.state, visit.refusal_reason) == ("refused", reasons()[0])
    mail = Message.objects.select_related("letter").order_by("pk")[1]
    assert "Coba pekan depan." in mail.letter.text


def test_the_reasons_are_rows_of_the_mall():
    settings.set_reasons(["Alasan A", " Alasan B ", "Alasan A", ""], by=BY)
    assert reasons() == ["Alasan A", "Alasan B"]
    settings.set_reasons(["Alasan B"], by=BY)
    assert reasons() == ["Alasan B"]
    assert RefusalReason.objects.filter(text="Alasan A", is_active=False).count() == 1
    settings.set_reasons([], by=BY)
    assert reasons() == []


def test_a_move_frees_what_was_taken_and_tells_it_anew():
    room = a_room()
    visit = accepted(room=room)
    deciding.move(visit, starts_at=at(hour=13), room=room, host=visit.host, base_url=BASE, by=BY)
    visit.refresh_from_db()
    assert (visit.starts_at, visit.ends_at, visit.sequence) == (
        at(hour=13),
        at(hour=15, minute=30),
        1,
    )
    assert ProgrammeItem.objects.filter(visit=visit).first().starts_at == at(hour=13)
    accepted(room=room)
    assert Message.objects.filter(key=f"visits:moved-1:{visit.pk}").count() == 1


def test_calling_off_frees_room_and_host():
    room = a_room()
    visit = accepted(room=room)
    deciding.cancel(visit, words="Jadwal berubah.", base_url=BASE, by=audit.VISITOR)
    assert (Visit.objects.get(pk=visit.pk).state, Slot.objects.count()) == ("cancelled", 0)
    accepted(room=room)
    with pytest.raises(deciding.CannotMove):
        deciding.cancel(visit, base_url=BASE, by=audit.VISITOR)


def test_the_clock_to_answer_counts_working_days():
    visit = a_request()
    assert days_left([visit]) == {visit.pk: 5}
    Visit.objects.filter(pk=visit.pk).update(answer_due=date(2026, 11, 19))
    assert days_left(Visit.objects.all()) == {visit.pk: -2}


def test_a_letter_with_an_unknown_blank_is_not_kept():
    with pytest.raises(settings.BadText, match="planet"):
        settings.set_rules(letter_text="Yth. [[pimpinan]] di [[planet]]", by=BY)
    assert Rules.objects.count() == 0


def test_many_requests_from_one_place_are_slowed_down():
    for _ in range(asking.ASKS_OF_A_SENDER):
        asking.check_may_ask("198.51.100.7")
    with pytest.raises(asking.TooManyAsked):
        asking.check_may_ask("198.51.100.7")
    asking.check_may_ask("198.51.100.8")
