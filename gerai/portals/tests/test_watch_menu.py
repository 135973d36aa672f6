"""The supervisor's menu: the pages of many rooms that somebody's role opens, and where one is."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory.tests.factories import a_user
from gerai.malls.models import Mall, Stage
from gerai.people.roles import Role

WATCHED = [
    "/pengawas/",
    "/pengawas/denyut/",
    "/pengawas/laporan/",
    "/pengawas/penutupan/",
    "/pengawas/darurat/",
    "/pengawas/saran/",
    "/pengawas/aturan/",
    "/pengawas/janji/",
    "/pengawas/rencana/",
    "/pengawas/pencetak/",
]


def menu(client: Client, role: Role, page: str) -> list[tuple[str, bool]]:
    """Return the links of the menu, and whether each is marked as where one is."""
    client.force_login(a_user(role))
    html = client.get(reverse(page)).content.decode()
    nav = re.findall(r'<nav class="nav".*?</nav>', html, re.DOTALL)[0]
    links = re.findall(r'<a href="([^"]*)"( aria-current="page")?>', nav)
    return [(url, bool(mark)) for url, mark in links]


@pytest.mark.parametrize(
    ("role", "stage", "links"),
    [
        (Role.SUPERVISOR, Stage.OPERATING, WATCHED),
        (Role.SUPERVISOR, Stage.FOUNDING, WATCHED),
        (Role.MALL_ADMIN, Stage.OPERATING, [*WATCHED, "/kelola/"]),
        (Role.MALL_ADMIN, Stage.FOUNDING, [*WATCHED, "/pendirian/", "/kelola/"]),
        (Role.FOUNDER, Stage.OPERATING, ["/pengawas/rencana/", "/kelola/"]),
        (Role.FOUNDER, Stage.FOUNDING, ["/pengawas/rencana/", "/pendirian/", "/kelola/"]),
    ],
)
def test_the_menu_names_what_a_role_opens(
    client: Client, mall: Mall, role: Role, stage: Stage, links: list[str]
) -> None:
    Mall.objects.update(stage=stage)

    assert menu(client, role, "planner:home") == [
        (url, url == "/pengawas/rencana/") for url in links
    ]


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("supervisor:home", "/pengawas/"),
        ("pulse:limits", "/pengawas/denyut/"),
        ("supervisor:report", "/pengawas/laporan/"),
        ("supervisor:close_at_once", "/pengawas/penutupan/"),
        ("supervisor:emergencies", "/pengawas/darurat/"),
        ("advice:home", "/pengawas/saran/"),
        ("supervisor:rule_replay", "/pengawas/aturan/"),
        ("supervisor:promises", "/pengawas/janji/"),
        ("planner:formula", "/pengawas/rencana/"),
        ("printers_watch:home", "/pengawas/pencetak/"),
    ],
)
def test_the_menu_marks_where_one_is(client: Client, mall: Mall, page: str, entry: str) -> None:
    assert menu(client, Role.SUPERVISOR, page) == [(url, url == entry) for url in WATCHED]
