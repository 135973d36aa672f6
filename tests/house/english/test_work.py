"""Who works in the mall in English: after one touch no Indonesian is left but names."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory.tests import factories
from gerai.newsroom.models import Article
from gerai.newsroom.states import State
from gerai.newsroom.tests.editing import somebody
from gerai.newsroom.tests.factories import a_comment, an_article
from gerai.people import audit
from gerai.people.roles import Role
from gerai.planner import actions as planning
from gerai.planner.tests.factories import a_plan
from gerai.queue.actions import serving
from gerai.queue.actions.desks import close_desk
from gerai.queue.models import Group
from gerai.queue.tests.factories import House, a_ticket
from tests.house.english.reading import called, in_english, left, service_of, staff, words_of_days

pytestmark = [pytest.mark.sweep, pytest.mark.one_database]


def test_the_desk_speaks_english(house: House, indonesian: set[str]) -> None:
    officer = staff(Role.OFFICER, house)
    desk = reverse("desk:home")
    a_ticket(house.line, group=Group.ELDERLY)
    found = [left(indonesian, officer, [desk, reverse("desk:explanation")])]
    ticket = called(house)
    found.append(left(indonesian, officer, [desk]))
    serving.start(ticket, by=house.by)
    forms = [
        reverse(f"desk:{verb}", args=[ticket.pk])
        for verb in ("finish", "hold", "transfer", "send_on")
    ]
    found.append(left(indonesian, officer, [desk, reverse("desk:pause"), *forms]))
    serving.hold(ticket, by=house.by)
    found.append(left(indonesian, officer, [desk]))
    close_desk(house.desk, by=house.by)
    found.append(left(indonesian, officer, [desk]))

    assert found == [{}] * 5


def test_the_supervisor_s_pages_speak_english(house: House, indonesian: set[str]) -> None:
    ticket = called(house)
    serving.start(ticket, by=house.by)
    serving.finish(ticket, by=house.by)
    a_ticket(house.line)
    addresses = [
        reverse("supervisor:home"),
        reverse("supervisor:line", args=[house.line.pk]),
        reverse("supervisor:ticket", args=[ticket.pk]),
        reverse("supervisor:counter", args=[house.counter.pk]),
        reverse("supervisor:counter", args=[house.second.pk]),
        reverse("supervisor:desk", args=[house.counter.pk]),
        reverse("supervisor:report"),
        reverse("supervisor:rule"),
        reverse("pulse:home"),
        reverse("pulse:day"),
        reverse("pulse:figures"),
        reverse("pulse:limits"),
        reverse("pulse_desk:own"),
    ]

    assert left(indonesian, staff(Role.SUPERVISOR, house), addresses) == {}


def test_the_planner_s_pages_speak_english(house: House, indonesian: set[str]) -> None:
    plan = a_plan(name="Zzplan", names={"1": "Zzline"}, cost_source="Zzsource", a_day=20)
    waiting = a_plan(name="Zzwaiting")
    failed = a_plan(name="Zzfailed", a_day=0.01)
    planning.play(plan)
    planning.play(failed)
    factories.a_user(agency=house.agency)
    for _person in range(20):
        a_ticket(house.line)
    planning.ask_advice(by=audit.SYSTEM)
    planning.advise()
    formula = reverse("planner:formula")
    addresses = [
        *(reverse(f"planner:{page}") for page in ("home", "from_tickets", "from_guess")),
        *(reverse("planner:plan", args=[each.pk]) for each in (plan, waiting, failed)),
        formula,
        f"{formula}?arrivals=12&minutes=10&counters=2",
        reverse("advice:home"),
    ]

    assert left(indonesian, staff(Role.SUPERVISOR, house), addresses) == {}


def test_the_greeter_s_pages_speak_english(house: House, indonesian: set[str]) -> None:
    ticket = a_ticket(house.line, group=Group.CHILD)
    addresses = [
        reverse("greeter:home"),
        reverse("greeter:home") + "?q=zz",
        reverse("greeter:service", args=[service_of(house).pk]),
        reverse("greeter:ticket", args=[ticket.visit.token]),
    ]

    assert left(indonesian, staff(Role.GREETER, house), addresses) == {}


def test_the_management_speaks_english(house: House, indonesian: set[str]) -> None:
    addresses = [
        reverse(f"manage:{page}")
        for page in (
            *("home", "agencies", "counters", "hours", "devices", "services"),
            *("building", "new_floor", "new_agency", "new_service"),
        )
    ] + [
        reverse("manage:zone", args=[house.counter.zone_id]),
        reverse("manage:service_edit", args=[service_of(house).pk]),
        reverse("manage:new_standard", args=[service_of(house).pk]),
        reverse("lines:home"),
        reverse("lines:new"),
        reverse("lines:line", args=[house.line.pk]),
        reverse("manage:agency", args=[house.agency.pk]),
        reverse("manage:agency_edit", args=[house.agency.pk]),
        reverse("manage:agency_hours", args=[house.agency.pk]),
        reverse("manage:counter", args=[house.counter.pk]),
        reverse("manage:service", args=[service_of(house).pk]),
        reverse("people_office:people"),
        reverse("people_office:person", args=[house.officer.pk]),
        reverse("people:account"),
    ]

    assert left(indonesian, staff(Role.MALL_ADMIN, house), addresses) == {}


def test_days_and_trail_speak_english_but_for_names(house: House, indonesian: set[str]) -> None:
    admin = staff(Role.MALL_ADMIN, house)
    days = words_of_days()
    # The trail keeps the name that the officer had when the counter was opened.
    officers = {"orang"}

    assert left(indonesian - days, admin, [reverse("manage:days") + "?tahun=2026"]) == {}
    assert left(indonesian - officers, admin, [reverse("people_office:trail")]) == {}


def test_the_newsroom_s_office_speaks_english(
    house: House, story: Article, indonesian: set[str]
) -> None:
    comments = [
        a_comment(story, name="Zzreader", text=f"Zzcomment{state}", state=state) for state in State
    ]
    addresses = [
        reverse("moderation:home"),
        *(f"{reverse('moderation:home')}?lihat={tab}" for tab in ("terbit", "tersembunyi")),
        f"{reverse('moderation:home')}?lihat=ditolak",
        *(reverse("moderation:comment", args=[each.pk]) for each in comments),
        reverse("moderation:blocked"),
        reverse("bulletins:issues"),
        reverse("bulletins:preview"),
        reverse("newsroom_office:rules"),
    ]

    assert left(indonesian, staff(Role.MALL_ADMIN, house), addresses) == {}


def test_the_start_page_of_the_editor_speaks_english(story: Article, indonesian: set[str]) -> None:
    an_article(title="Zzdraft", published=False)
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(somebody("zzeditor", Role.EDITOR))

    assert left(indonesian, in_english(browser), [reverse("wagtailadmin_home")]) == {}
