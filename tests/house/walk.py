"""A walk over every page as everybody: the pages, and the forms that stand on them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tests.house.addresses import addresses
from tests.house.world import ROLES, Side

SKIPPED = {"csrfmiddlewaretoken"}


@dataclass
class Form:
    """A form of a page: where it sends what, with the values it shows."""

    method: str
    action: str
    role: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name of the address it sends to."""
        match = resolve(urlsplit(self.action).path)
        return str(match.view_name)

    def sent(self, **changes: object) -> dict[str, object]:
        """Return what is sent when nothing but the named fields is changed."""
        return {**self.values, **changes}


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.select = ""
        self.options: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "form":
            action = urljoin(self.address, told.get("action", "") or self.address)
            self.forms.append(Form(told.get("method", "get").lower(), action))
        elif not self.forms:
            return
        elif tag == "option" and self.select:
            self._keep(self.select, told.get("value", ""), wins="selected" in told)
        elif tag == "select":
            self.select = name
        elif tag == "input" and told.get("type") in {"checkbox", "radio"}:
            self._keep(name, told.get("value", "on"), wins="checked" in told)
        elif tag == "button" and "formaction" in told:
            # A button that sends the form it stands in somewhere else.
            around, action = self.forms[-1], urljoin(self.address, told["formaction"])
            values = {**around.values, name: [told.get("value", "")]} if name else around.values
            self.forms.insert(0, Form(around.method, action, values=dict(values)))
        elif tag in {"input", "textarea", "button"}:
            self._keep(name, told.get("value", ""), wins=True)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""

    def _keep(self, name: str, value: str, *, wins: bool) -> None:
        values = self.forms[-1].values
        if not name or name in SKIPPED:
            return
        if wins or not values.get(name, [""])[0]:
            values[name] = [value]


@dataclass(frozen=True)
class Page:
    """A page that somebody may open."""

    role: str
    name: str
    path: str
    response: HttpResponse

    @property
    def is_html(self) -> bool:
        """Tell whether it is read in a browser."""
        return self.response.headers.get("Content-Type", "").startswith("text/html")


def pages(side: Side, roles: tuple[str, ...] = ROLES) -> Iterator[Page]:
    """Open every address as everybody, with the side's own keys; give what opened."""
    for role in roles:
        client = side.browser(role)
        for address in addresses():
            for word in range(2 if "<str:kind>" in address.route else 1):
                path = address.path((side, side.home), word=word)
                response = client.get(path)
                if response.status_code == 200:
                    yield Page(role, address.name, path, response)


def forms(found: list[Page]) -> list[Form]:
    """Return every form of the pages once, as the first person who saw it."""
    seen: dict[tuple[str, str, tuple[str, ...]], Form] = {}
    for page in found:
        if not page.is_html:
            continue
        reader = _Reader(page.path)
        reader.feed(page.response.content.decode())
        for form in reader.forms:
            form.role = page.role
            try:
                key = (form.method, form.name, tuple(form.values))
            except Resolver404:
                continue
            seen.setdefault(key, form)
    return list(seen.values())


def browsers(side: Side) -> dict[str, Client]:
    """Return the browser of everybody."""
    return {role: side.browser(role) for role in ROLES}


def query_names(source: str) -> set[str]:
    """Return the query parameters that a module reads by name."""
    return set(re.findall(r"GET(?:\.get\(|\[)\s*\"(\w+)\"", source)) | set(
        re.findall(r"\"(\w+)\" (?:not )?in request\.GET", source)
    )
