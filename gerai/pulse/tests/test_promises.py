"""What lines promise: set, changed, removed; alarms by it; two who save at once; the page."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from gerai import clock
from gerai.directory.models import Counter
from gerai.directory.tests.factories import a_mall, a_user
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.pulse import actions
from gerai.pulse.models import Alarm, LineLimit
from gerai.pulse.queries.living import scene
from gerai.pulse.rules import Promise
from gerai.queue.tests.factories import TEN, a_house, a_line, a_ticket

pytestmark = pytest.mark.django_db

TENTH = Promise(10, "Keputusan Contoh 1")
TWO_HOURS = Promise(120, "Keputusan Contoh 2")


@pytest.fixture
def one_counter(house):
    """Leave the agency its open counter only."""
    Counter.objects.filter(pk=house.second.pk).update(is_active=False)
    return house


@pytest.fixture
def supervisor(one_counter):
    return signed_in("supervisor")


def signed_in(role):
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(a_user(role))
    return browser


def promise(line, shall, was=None):
    actions.set_promises({line: (was, shall)}, by=audit.SYSTEM)


def promises():
    rows = LineLimit.objects.order_by("line").values_list("line", "wait_min", "wait_source")
    return {line: Promise(minutes, source) for line, minutes, source in rows}


def look():
    return [
        (each.row.name, each.found.promised_s // 60) for each in actions.look(scene(clock.now()))
    ]


def body(line, minutes, source="Contoh", shown=None):
    """Return what a browser sends of one line's row; shown: what stood there when it was shown."""
    return {
        f"minutes_{line.pk}": minutes,
        f"source_{line.pk}": source,
        f"initial-minutes_{line.pk}": shown.wait_min if shown else "",
        f"initial-source_{line.pk}": shown.source if shown else "",
    }


def test_a_short_promise_alarms_before_the_mall_s_and_only_there(one_counter, clock_at):
    other = a_line(one_counter.agency, code="Z")
    promise(one_counter.line, TENTH)
    a_ticket(one_counter.line)
    a_ticket(other)
    clock_at.shift(10 * 60)
    assert look() == []
    clock_at.shift(60)
    assert [minutes for _name, minutes in look()] == [10]
    assert Alarm.objects.get().ref == one_counter.line.pk
    assert Alarm.objects.get().since == TEN + timedelta(minutes=10)
    clock_at.shift(20 * 60)
    assert sorted(minutes for _name, minutes in look()) == [10, 30]


def test_a_long_promise_keeps_a_line_calm_past_the_mall_s(one_counter, clock_at):
    promise(one_counter.line, TWO_HOURS)
    a_ticket(one_counter.line)
    clock_at.shift(60 * 60)
    assert look() == []
    clock_at.shift(61 * 60)
    assert [minutes for _name, minutes in look()] == [120]


def test_an_alarm_ends_and_begins_by_a_changed_promise_at_the_next_look(one_counter, clock_at):
    a_ticket(one_counter.line)
    clock_at.shift(31 * 60)
    assert [minutes for _name, minutes in look()] == [30]
    promise(one_counter.line, TWO_HOURS)
    clock_at.shift(60)
    assert look() == []
    assert Alarm.objects.get().until == TEN + timedelta(minutes=32)
    promise(one_counter.line, TENTH, was=TWO_HOURS)
    clock_at.shift(60)
    assert [minutes for _name, minutes in look()] == [10]
    promise(one_counter.line, None, was=TENTH)
    assert [minutes for _name, minutes in look()] == [30]
    assert Alarm.objects.filter(until=None).count() == 1


def test_the_watch_uses_the_line_s_own_promise(one_counter, clock_at, monkeypatch):
    monkeypatch.setattr("gerai.later.run", lambda _name, **_known: None)
    promise(one_counter.line, TENTH)
    a_ticket(one_counter.line)
    clock_at.shift(11 * 60)
    actions.watch()
    assert [(row.kind, row.ref) for row in Alarm.objects.all()] == [("wait", one_counter.line.pk)]


def test_each_change_is_a_deed(house):
    promise(house.line, TENTH)
    promise(house.line, TWO_HOURS, was=TENTH)
    promise(house.line, None, was=TWO_HOURS)
    deeds = Deed.objects.filter(thing=f"line:{house.line.pk}").order_by("pk")
    told = [(deed.verb, deed.detail) for deed in deeds if deed.verb.startswith("pulse.")]
    code = {"code": house.line.code}
    assert told == [
        ("pulse.set_promise", code | {"wait_min": 10, "wait_source": TENTH.source}),
        ("pulse.set_promise", code | {"wait_min": 120, "wait_source": TWO_HOURS.source}),
        ("pulse.remove_promise", code),
    ]
    assert promises() == {}


@pytest.mark.parametrize(
    ("stands", "was", "shall"),
    [
        (TENTH, None, TWO_HOURS),
        (TENTH, TWO_HOURS, Promise(20, "Contoh")),
        (TENTH, Promise(10, "Sumber lain"), TWO_HOURS),
        (TENTH, TWO_HOURS, None),
        (None, TENTH, TWO_HOURS),
        (None, TENTH, None),
    ],
)
def test_who_saw_something_else_changes_nothing_of_any_line(house, stands, was, shall):
    other = a_line(house.agency, code="Z")
    if stands:
        promise(house.line, stands)
    before = promises()
    changes = {other: (None, TENTH), house.line: (was, shall)}
    with pytest.raises(actions.PromiseChanged):
        actions.set_promises(changes, by=audit.SYSTEM)
    assert promises() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"wait_min": 0, "wait_source": "x"},
        {"wait_min": 481, "wait_source": "x"},
        {"wait_min": 5, "wait_source": ""},
    ],
)
def test_the_database_itself_refuses_bad_promises(house, wrong):
    with pytest.raises(IntegrityError):
        LineLimit.objects.create(mall=house.line.mall, line=house.line, **wrong)


def test_promises_are_set_on_the_page_and_told_in_the_alarm(supervisor, one_counter, clock_at):
    a_line(one_counter.agency, code="Z")
    sent = body(one_counter.line, "10", "Keputusan Contoh 1")
    answer = supervisor.post(reverse("pulse:promises"), sent, follow=True)
    assert answer.status_code == 200
    assert promises() == {one_counter.line.pk: TENTH}
    assert 'value="Keputusan Contoh 1"' in answer.content.decode()
    a_ticket(one_counter.line)
    clock_at.shift(11 * 60)
    page = supervisor.get(reverse("pulse:home")).content.decode()
    assert "1 orang menunggu lebih lama dari 10 menit yang dijanjikan." in page
    assert "Alarm sejak pukul 10.10 (1 menit)." in page
    assert "1 antrean punya janji tunggu sendiri." in page


def test_an_emptied_row_follows_the_mall_again(supervisor, house):
    promise(house.line, TENTH)
    # Whoever empties the minutes need not empty the source, too.
    supervisor.post(reverse("pulse:promises"), body(house.line, "", TENTH.source, TENTH))
    assert promises() == {}


def test_what_nobody_touched_is_left_alone(supervisor, house):
    other = a_line(house.agency, code="Z")
    promise(house.line, TENTH)
    # Somebody saved another line meanwhile; the row of this one was empty when it was shown.
    sent = body(house.line, "", "") | body(other, "120")
    assert supervisor.post(reverse("pulse:promises"), sent).status_code == 302
    assert promises() == {house.line.pk: TENTH, other.pk: Promise(120, "Contoh")}


def test_who_is_later_is_told_what_a_colleague_set_and_may_save_again(supervisor, house):
    promise(house.line, TENTH)
    sent = body(house.line, "20")
    answer = supervisor.post(reverse("pulse:promises"), sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Rekan Anda baru saja menetapkan 10 menit (Keputusan Contoh 1)." in page
    assert promises() == {house.line.pk: TENTH}
    hidden = f'name="initial-minutes_{house.line.pk}" value="10"'
    assert hidden in page
    supervisor.post(reverse("pulse:promises"), body(house.line, "20", shown=TENTH))
    assert promises() == {house.line.pk: Promise(20, "Contoh")}


def test_who_is_later_is_told_that_a_colleague_removed_it(supervisor, house):
    answer = supervisor.post(reverse("pulse:promises"), body(house.line, "20", shown=TENTH))
    assert answer.status_code == 400
    assert "Rekan Anda baru saja menghapus janji antrean ini." in answer.content.decode()
    assert promises() == {}


@pytest.mark.parametrize(
    ("minutes", "source"),
    [
        ("0", "Contoh"),
        ("481", "Contoh"),
        ("-5", "Contoh"),
        ("lama", "Contoh"),
        ("9" * 5000, "Contoh"),
        ("10", ""),
        ("10", "x" * 201),
        ("10", "a\0b"),
        ("", "Contoh"),
    ],
)
def test_bad_promises_are_refused_and_nothing_is_saved(supervisor, house, minutes, source):
    other = a_line(house.agency, code="Z")
    sent = body(other, "15") | body(house.line, minutes, source)
    assert supervisor.post(reverse("pulse:promises"), sent).status_code == 400
    assert promises() == {}


@pytest.mark.parametrize(("name", "value"), [("minutes", "x"), ("source", "a\0b")])
def test_a_forged_memory_of_the_page_overwrites_nothing(supervisor, house, name, value):
    promise(house.line, TENTH)
    sent = body(house.line, "20", shown=TENTH) | {f"initial-{name}_{house.line.pk}": value}
    assert supervisor.post(reverse("pulse:promises"), sent).status_code == 400
    assert promises() == {house.line.pk: TENTH}


def test_a_line_of_another_mall_is_refused_and_nothing_is_saved(supervisor, house):
    with in_mall(a_mall("lain")):
        foreign = a_house(code="L").line
    sent = body(house.line, "15") | body(foreign, "15")
    answer = supervisor.post(reverse("pulse:promises"), sent)
    assert answer.status_code == 400
    assert "Antrean yang dikirim tidak ada di mal ini." in answer.content.decode()
    assert list(LineLimit.objects.everywhere()) == []
    assert foreign.name not in supervisor.get(reverse("pulse:limits")).content.decode()


def test_promises_of_another_mall_hold_nothing_here(one_counter, clock_at):
    with in_mall(a_mall("lain")):
        there = a_house(code="L")
        promise(there.line, TENTH)
    a_ticket(one_counter.line)
    clock_at.shift(11 * 60)
    assert look() == []


@pytest.mark.parametrize(
    ("role", "status"),
    [("supervisor", 302), ("mall_admin", 302), ("officer", 403), ("greeter", 403)],
)
def test_promises_are_set_by_those_who_set_limits(house, role, status):
    answer = signed_in(role).post(reverse("pulse:promises"), body(house.line, "15"))
    assert answer.status_code == status
    assert len(promises()) == (status == 302)


def test_a_mall_without_lines_shows_no_empty_table(mall):
    page = signed_in("supervisor").get(reverse("pulse:limits"))
    assert page.status_code == 200
    assert "Janji tiap antrean" not in page.content.decode()


def test_a_line_that_is_not_in_use_stands_last_and_says_so(supervisor, house):
    a_line(house.agency, code="A0", name="Antrean lama", is_active=False)
    page = supervisor.get(reverse("pulse:limits")).content.decode()
    assert page.index(f"{house.line.code} · ") < page.index("A0 · Antrean lama")
    assert page.count("tidak dipakai") == 1
