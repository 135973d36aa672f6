"""The pulse's pages: who may see them, what they show, what they refuse."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from gerai import clock
from gerai.directory.models import Counter, Zone
from gerai.directory.tests.factories import a_mall, a_user
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.pulse import actions
from gerai.pulse.models import Alarm, Handling, Limits
from gerai.pulse.queries.living import scene
from gerai.pulse.rules import MallLimits
from gerai.queue.tests.factories import TEN, a_house, a_ticket

pytestmark = pytest.mark.django_db

LIMITS = {"wait_min": "20", "wait_source": "Contoh", "empty_min": "10", "again_min": "30"}


def signed_in(role: str) -> Client:
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(a_user(role))
    return browser


@pytest.fixture
def supervisor(house):
    return signed_in("supervisor")


@pytest.mark.parametrize("page", ["home", "day", "limits"])
@pytest.mark.parametrize(
    ("role", "status"),
    [("supervisor", 200), ("mall_admin", 200), ("officer", 403), ("greeter", 403)],
)
def test_pages_are_for_those_who_watch(house, page, role, status):
    assert signed_in(role).get(reverse(f"pulse:{page}")).status_code == status


def test_visitors_are_sent_to_sign_in(mall, client):
    assert client.get(reverse("pulse:home")).status_code == 302


def test_the_map_and_its_list_say_the_same(supervisor, house):
    a_ticket(house.line)
    page = supervisor.get(reverse("pulse:home")).content.decode()
    assert page.count('class="pulse-person" cx=') - 1 == 1, "the legend shows one more"
    assert "1 orang menunggu" in page
    assert "Kosong pada jam tugas" in page
    assert f'href="{reverse("supervisor:counter", args=[house.second.pk])}"' in page


def test_figures_of_the_drawing_are_not_written_as_words(supervisor, house):
    Zone.objects.update(x=40, y=40, width=440, height=240)
    Counter.objects.update(x=60, y=90)
    for _person in range(9):
        a_ticket(house.line)
    page = supervisor.get(reverse("pulse:home")).content.decode()
    drawn = [part.split('"')[0] for part in page.split(' cy="')[1:]]
    assert len(drawn) >= 9
    assert not any("," in number for number in drawn)


def test_an_empty_mall_says_so(mall):
    page = signed_in("supervisor").get(reverse("pulse:home")).content.decode()
    assert "Denah belum ada" in page
    assert "Tidak ada alarm" in page


def test_the_menu_counts_alarms(supervisor):
    assert (
        "alarm</span></span>" not in supervisor.get(reverse("supervisor:report")).content.decode()
    )
    supervisor.get(reverse("pulse:home"))
    assert "alarm</span></span>" in supervisor.get(reverse("supervisor:report")).content.decode()


def test_an_alarm_is_handled_with_a_press(supervisor):
    supervisor.get(reverse("pulse:home"))
    alarm = Alarm.objects.get()
    answer = supervisor.post(reverse("pulse:handle", args=[alarm.pk]), {"after": "0"}, follow=True)
    assert "Alarm ini tercatat Anda tangani." in answer.content.decode()
    assert "Saya tangani" not in answer.content.decode()
    again = supervisor.post(reverse("pulse:handle", args=[alarm.pk]), {"after": "0"}, follow=True)
    assert "Rekan Anda baru saja menangani" in again.content.decode()
    assert Handling.objects.count() == 1


@pytest.mark.parametrize("after", ["", "x", "-1", "99999999999"])
def test_a_handling_that_names_no_round_is_refused(supervisor, after):
    supervisor.get(reverse("pulse:home"))
    alarm = Alarm.objects.get()
    answer = supervisor.post(reverse("pulse:handle", args=[alarm.pk]), {"after": after})
    assert answer.status_code == 409
    assert Handling.objects.count() == 0


def test_an_officer_handles_no_alarm(supervisor):
    supervisor.get(reverse("pulse:home"))
    answer = signed_in("officer").post(
        reverse("pulse:handle", args=[Alarm.objects.get().pk]), {"after": "0"}
    )
    assert answer.status_code == 403


def test_alarms_of_another_mall_are_not_seen(supervisor):
    with in_mall(a_mall("lain")):
        there = a_house(code="L")
        actions.look(scene(clock.now()))
        foreign = Alarm.objects.get()
    page = supervisor.get(reverse("pulse:home")).content.decode()
    assert f"Loket {there.second.code}" not in page
    answer = supervisor.post(reverse("pulse:handle", args=[foreign.pk]), {"after": "0"})
    assert answer.status_code == 404


def test_limits_are_set_with_their_source(supervisor):
    supervisor.post(reverse("pulse:limits"), LIMITS)
    row = Limits.objects.get()
    assert (row.wait_min, row.wait_source, row.empty_min, row.again_min) == (20, "Contoh", 10, 30)
    assert "20 menit (Contoh)" in supervisor.get(reverse("pulse:home")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"wait_min": "0"}, {"wait_min": "481"}, {"empty_min": "lama"}, {"wait_source": ""}],
)
def test_bad_limits_are_refused(supervisor, wrong):
    assert supervisor.post(reverse("pulse:limits"), LIMITS | wrong).status_code == 400
    assert not Limits.objects.exists()


def shown(**fields: str) -> dict[str, str]:
    """Return what the form sends of the values that its page showed."""
    return {f"initial-{name}": value for name, value in (LIMITS | fields).items()}


def test_what_a_colleague_set_meanwhile_is_told_and_then_replaced(supervisor):
    supervisor.post(reverse("pulse:limits"), LIMITS)
    supervisor.post(reverse("pulse:limits"), LIMITS | shown() | {"wait_min": "25"})
    late = LIMITS | shown() | {"wait_min": "40"}
    answer = supervisor.post(reverse("pulse:limits"), late)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Rekan Anda baru saja menetapkan 25." in page
    assert Limits.objects.get().wait_min == 25
    (again,) = re.findall(r'name="(initial-wait_min)" value="25"', page)
    supervisor.post(reverse("pulse:limits"), late | {again: "25"})
    assert Limits.objects.get().wait_min == 40


def test_a_field_that_nobody_touched_keeps_what_a_colleague_set(supervisor):
    supervisor.post(reverse("pulse:limits"), LIMITS)
    supervisor.post(reverse("pulse:limits"), LIMITS | shown() | {"empty_min": "7"})
    supervisor.post(reverse("pulse:limits"), LIMITS | shown() | {"again_min": "45"})
    row = Limits.objects.get()
    assert (row.wait_min, row.empty_min, row.again_min) == (20, 7, 45)


def test_of_two_who_saw_the_same_limits_the_second_changes_nothing(supervisor):
    first, second = (MallLimits(minutes, "Contoh", 5, 15) for minutes in (20, 40))
    actions.set_limits(None, first, by=audit.SYSTEM)
    for was in (None, second):
        with pytest.raises(actions.LimitsChanged):
            actions.set_limits(was, second, by=audit.SYSTEM)
    assert Limits.objects.get().wait_min == 20
    actions.set_limits(first, second, by=audit.SYSTEM)
    assert Limits.objects.get().wait_min == 40


def test_a_day_is_listed(supervisor):
    supervisor.get(reverse("pulse:home"))
    page = supervisor.get(reverse("pulse:day"), {"hari": f"{TEN:%Y-%m-%d}"}).content.decode()
    assert "08.00" in page
    assert "masih berlangsung" in page
    assert supervisor.get(reverse("pulse:day"), {"hari": "besok"}).status_code == 400
