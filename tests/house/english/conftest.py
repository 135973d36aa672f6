"""A mall whose own words are no words of any language, and a foreigner's browsers."""

from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from gerai.directory.guard import give_token
from gerai.directory.models import Requirement
from gerai.directory.tests import factories
from gerai.malls.models import Mall
from gerai.newsroom.models import Article, Section
from gerai.newsroom.tests.factories import a_comment, an_article, an_open_site
from gerai.queue.tests.factories import TEN, House, a_house
from tests.house.english.reading import in_english, words

ROOT = Path(__file__).resolve().parents[3]
# What the language switch itself says.
SWITCH = {"indonesia"}
# Words of both languages.
SHARED = {"modal"}


@pytest.fixture(scope="module")
def indonesian() -> set[str]:
    """Return the words of the sources that no translation uses."""
    entries = polib.pofile(ROOT / "locale/en/LC_MESSAGES/django.po")
    told = {w for e in entries for w in words(" ".join([e.msgid, e.msgid_plural or ""]))}
    said = {w for e in entries for w in words(" ".join([e.msgstr, *e.msgstr_plural.values()]))}
    return told - said - SWITCH - SHARED


@pytest.fixture
def clock_at() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TEN, tick=False) as at:
        yield at


@pytest.fixture
def house(mall: Mall, clock_at: time_machine.Traveller) -> House:
    """Make a mall whose own words are no words of any language."""
    cache.clear()
    mall.name = "Zzmal"
    mall.save()
    house = a_house()
    house.agency.name, house.agency.short_name = "Zzagency Qqname", "Zzagency"
    house.agency.code = "zz"
    house.agency.save()
    service = house.line.services.get()
    service.name = "Zzservice"
    service.save()
    house.line.name = "Zzline"
    house.line.save()
    for counter in (house.counter, house.second):
        zone = counter.zone
        zone.name, zone.floor.name = "Zzzone", "Zzfloor"
        zone.save()
        zone.floor.save()
    house.officer.name, house.officer.username = "Zzofficer", "zzofficer"
    house.officer.save()
    standard = factories.a_standard(service)
    standard.source = standard.duration_text = standard.fee_text = standard.product = "Zzdata"
    standard.save()
    Requirement.objects.all().delete()
    Requirement.objects.create(
        mall=mall, standard=standard, position=1, text="Zzneed", condition="zzcase"
    )
    return house


@pytest.fixture
def phone(house: House) -> Client:
    return in_english(Client(HTTP_HOST="barru.localhost"))


@pytest.fixture
def kiosk(house: House) -> Client:
    browser = Client(HTTP_HOST="barru.localhost")
    paired = HttpResponse()
    give_token(paired, factories.a_device("kiosk", name="Zzkiosk"))
    browser.cookies.update(paired.cookies)
    return in_english(browser)


@pytest.fixture
def story(house: House) -> Article:
    """Open a site and tell stories; the editors' words are no words of any language either."""
    an_open_site()
    Page.objects.update(title="Zzpage")
    Section.objects.update(intro="Zzintro")
    body = [{"type": "text", "value": "<p>Zztext</p>"}]
    told = {"title": "Zzstory", "summary": "Zzsummary", "body": body, "tag_line": "zztopic"}
    pinned = an_article(**told, is_pinned=True)
    story = an_article(**told, event_on=TEN.date(), place="Zzplace", source_name="Zzsource")
    for each in (pinned, story):
        a_comment(each, name="Zzreader", text="Zzcomment")
    return story
