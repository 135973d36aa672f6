"""Reading pages in English: what of them is Indonesian still."""

import html
import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gerai.directory.models import Service
from gerai.directory.national_days import national_days
from gerai.directory.tests import factories
from gerai.people.roles import Role
from gerai.queue.actions import calling
from gerai.queue.models import Group, Ticket
from gerai.queue.tests.factories import TEN, House, a_ticket

WORD = re.compile(r"[^\W\d_]{2,}")
TEXT_ATTRIBUTE = re.compile(r'\s(?:aria-label|alt|title|placeholder|data-label)="([^"]*)"')
# A newsletter is shown as its readers will get it: in Indonesian, and marked as such.
LETTER = re.compile(r'<(section|pre)\b[^>]* lang="id".*?</\1>', re.DOTALL)


def words(text: str) -> set[str]:
    plain = re.sub(r"%\(\w+\)[sd]|<[^>]*>|https?://\S+", " ", text)
    return {word.lower() for word in WORD.findall(plain)}


def shown(answer: HttpResponse) -> set[str]:
    """Return the words of a page that are seen or read out."""
    page = LETTER.sub(" ", answer.content.decode())
    page = re.sub(r"<(script|style|datalist)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return words(
        html.unescape(" ".join([*TEXT_ATTRIBUTE.findall(page), re.sub("<[^>]*>", " ", page)]))
    )


def left(indonesian: set[str], browser: Client, addresses: list[str]) -> dict[str, list[str]]:
    """Return the Indonesian words of each page; every page must open."""
    found = {}
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Content-Language"] == "en"
        assert '<html lang="en"' in answer.content.decode()
        if rest := shown(answer) & indonesian:
            found[address] = sorted(rest)
    return found


def in_english(browser: Client) -> Client:
    """Press the button English, as a visitor does."""
    answer = browser.post(reverse("ui:appearance"), {"language": "en", "next": "/"})
    assert answer.status_code == 302
    return browser


def service_of(house: House) -> Service:
    service: Service = house.line.services.get()
    return service


def called(house: House) -> Ticket:
    a_ticket(house.line, group=Group.PREGNANT)
    return calling.call_next(house.desk, by=house.by)


def staff(role: Role, house: House) -> Client:
    """Sign somebody in, and let them choose English."""
    browser = Client(HTTP_HOST="barru.localhost")
    person = house.officer
    if role != Role.OFFICER:
        person = factories.a_user(role, name="Zzperson", username="zzperson")
    browser.force_login(person)
    return in_english(browser)


def words_of_days() -> set[str]:
    """Return the words of the national calendar: the decree names its days in Indonesian."""
    days = [*national_days(TEN.year), *national_days(TEN.year + 1)]
    return words(" ".join(f"{day.name} {day.source}" for day in days))
