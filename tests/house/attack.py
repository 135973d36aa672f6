"""Sending bad things to the product, and judging what it answers."""

import re
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from tests.house.addresses import addresses
from tests.house.rows import undone
from tests.house.walk import Form, Page
from tests.house.world import World

SCRIPT = "<script>alert(1)</script>"
ENGLISH = (
    "Select a valid choice",
    "This field is required",
    "Enter a valid",
    "Enter a whole number",
    "Ensure this value",
    "Null characters",
    "Not Found",
    "Forbidden",
    "Bad Request",
    "Server Error",
    "CSRF verification",
    "Page not found",
)
WRITES = re.compile(r"^(INSERT INTO|UPDATE|DELETE FROM) \"(\w+)\"", re.IGNORECASE)
# Written by merely coming by, or by a try to sign in.
BY_THE_WAY = {
    "django_session",
    "directory_pairing",
    "directory_device",
    "people_deed",
    "people_user",
}


@dataclass
class House:
    """A world, the browsers of everybody, the pages and the forms."""

    world: World
    clients: dict[str, Client]
    pages: list[Page]
    forms: list[Form]

    def send(self, form: Form, body: object, **settings: object) -> HttpResponse:
        """Send a form as the one who saw it."""
        client = self.clients[form.role]
        if isinstance(body, bytes):
            return client.generic(form.method.upper(), form.action, body, **settings)
        if form.method == "get":
            return client.get(form.action, body, **settings)
        return client.post(form.action, body, **settings)


def is_double(form: Form) -> bool:
    """Tell whether a form is another one's double: the gallery's, or the same work acted for."""
    same_work = form.name.replace("supervisor:", "desk:")
    is_acted = same_work != form.name and same_work in {each.name for each in addresses()}
    return (
        is_acted
        or form.name == "ui:gallery"
        or (form.name == "ui:appearance" and form.role != "officer")
    )


class Written:
    """Which tables a request wrote to."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        if found := WRITES.match(sql):
            self.tables.add(found[2])
        return execute(sql, params, many, context)


def faults(response: HttpResponse, written: set[str]) -> list[str]:
    """Return what is wrong with an answer to bad input."""
    found = []
    status = response.status_code
    if status >= 500:
        return [f"{status}: {getattr(response, 'exc_info', None)}"]
    body = response.content.decode("utf-8", "replace") if not response.streaming else ""
    if SCRIPT in body:
        found.append("unescaped")
    if status >= 400:
        if response.headers.get("Content-Type", "").startswith("text/html"):
            if "<h1" not in body or '<html lang="id"' not in body:
                found.append(f"{status} without our page")
            found += [words for words in ENGLISH if words in body]
        elif not body:
            found.append(f"{status} without a word")
        if written - BY_THE_WAY:
            found.append(f"{status}, and yet wrote {written}")
    return found


def asked(house: House, form: Form, body: object, **settings: object) -> list[str]:
    cache.clear()
    written = Written()
    with undone(), connection.execute_wrapper(written):
        response = house.send(form, body, **settings)
    return faults(response, written.tables)
