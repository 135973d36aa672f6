"""A foreigner's visit: after one touch on English, no Indonesian is left but names."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from gerai.directory.catalogue.texts import slug_of
from gerai.directory.guard import give_token
from gerai.directory.models import Requirement, Service
from gerai.directory.national_days import national_days
from gerai.directory.tests import factories
from gerai.malls.models import Mall
from gerai.newsroom.models import Article, Section, Subscription
from gerai.newsroom.queries.newsletter import hash_of, stop_token
from gerai.newsroom.queries.text import article_path
from gerai.newsroom.states import State
from gerai.newsroom.tests.editing import somebody
from gerai.newsroom.tests.factories import a_comment, an_article, an_open_site
from gerai.people import audit
from gerai.people.roles import Role
from gerai.queue.actions import calling, serving
from gerai.queue.actions.desks import close_desk
from gerai.queue.actions.tickets import leave
from gerai.queue.models import Group, Ticket
from gerai.queue.tests.factories import TEN, House, a_house, a_ticket

pytestmark = [pytest.mark.sweep, pytest.mark.one_database]

ROOT = Path(__file__).resolve().parents[2]
WORD = re.compile(r"[^\W\d_]{2,}")
TEXT_ATTRIBUTE = re.compile(r'\s(?:aria-label|alt|title|placeholder|data-label)="([^"]*)"')
# What the language switch itself says.
SWITCH = {"indonesia"}
# Words of both languages.
SHARED = {"modal"}
# A newsletter is shown as its readers will get it: in Indonesian, and marked as such.
LETTER = re.compile(r'<(section|pre)\b[^>]* lang="id".*?</\1>', re.DOTALL)


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


def service_of(house: House) -> Service:
    service: Service = house.line.services.get()
    return service


def test_the_scan_knows_indonesian(house: House, indonesian: set[str]) -> None:
    page = Client(HTTP_HOST="barru.localhost").get(reverse("phone:home"))

    assert {"ambil", "nomor", "antrean", "pilih", "instansi"} <= shown(page) & indonesian


def test_the_phone_speaks_english(phone: Client, house: House, indonesian: set[str]) -> None:
    service = service_of(house)
    addresses = [
        reverse("portals:home"),
        reverse("phone:home"),
        reverse("phone:home") + "?q=zz",
        reverse("phone:home") + "?q=qqqq",
        reverse("phone:agency", args=[house.agency.pk]),
        reverse("phone:service", args=[service.pk]),
    ]

    assert left(indonesian, phone, addresses) == {}


def test_the_phone_says_in_english_why_it_is_closed(
    phone: Client, house: House, indonesian: set[str], clock_at: time_machine.Traveller
) -> None:
    addresses = [
        reverse("phone:home"),
        reverse("phone:service", args=[service_of(house).pk]),
    ]
    for hour in (6, 12, 14, 20):
        clock_at.move_to(TEN.replace(hour=hour, minute=45))

        assert left(indonesian, phone, addresses) == {}


def called(house: House) -> Ticket:
    a_ticket(house.line, group=Group.PREGNANT)
    return calling.call_next(house.desk, by=house.by)


def test_a_number_speaks_english_from_its_making_to_its_end(
    phone: Client, house: House, indonesian: set[str]
) -> None:
    absent = called(house)
    calling.miss(absent, by=house.by)
    held = called(house)
    serving.start(held, by=house.by)
    serving.hold(held, by=house.by)
    done = called(house)
    serving.start(done, by=house.by)
    serving.finish(done, by=house.by)
    gone = a_ticket(house.line, group=Group.DISABLED)
    leave(gone, by=audit.VISITOR)
    served = called(house)
    serving.start(served, by=house.by)
    waiting = a_ticket(house.line, group=Group.CHILD)
    tickets = [absent, held, done, gone, served, waiting]

    addresses = [
        *(reverse("phone:ticket", args=[each.visit.token]) for each in tickets),
        *(reverse("phone:slip", args=[each.visit.token]) for each in tickets),
        reverse("phone:leave", args=[waiting.visit.token]),
        reverse("survey:rate", args=[done.rating_token]),
    ]

    assert left(indonesian, phone, addresses) == {}


def test_the_kiosk_speaks_english(kiosk: Client, house: House, indonesian: set[str]) -> None:
    service = service_of(house)
    ticket = a_ticket(house.line, group=Group.ELDERLY)
    addresses = [
        reverse("kiosk:home"),
        reverse("kiosk:agency", args=[house.agency.pk]),
        reverse("kiosk:service", args=[service.pk]),
        reverse("kiosk:take", args=[service.pk]),
        reverse("kiosk:ticket", args=[ticket.visit.token]),
        reverse("kiosk:rating"),
    ]

    assert left(indonesian, kiosk, addresses) == {}


def test_a_rating_at_the_kiosk_speaks_english(
    kiosk: Client, house: House, indonesian: set[str]
) -> None:
    ticket = called(house)
    serving.start(ticket, by=house.by)
    serving.finish(ticket, by=house.by)
    address = reverse("survey:rate", args=[ticket.rating_token]) + "?pintu=kiosk"

    parts = [kiosk.post(address, {"pintu": "kiosk", "ke": part}) for part in "123"]
    thanks = kiosk.post(address, {"pintu": "kiosk", "u1": "4"})

    assert [part.status_code for part in parts] == [200] * 3
    assert [shown(page) & indonesian for page in [*parts, thanks]] == [set()] * 4


def test_refusals_speak_english(phone: Client, house: House, indonesian: set[str]) -> None:
    service = reverse("phone:service", args=[service_of(house).pk])

    pages = [
        phone.post(service, {}),
        phone.post(service, {"key": "x" * 40, "group": "raja"}),
        phone.get(reverse("phone:home"), {"q": "x" * 100}),
        phone.get(reverse("phone:ticket", args=["tidak-ada"])),
        phone.get(reverse("survey:rate", args=["tidak-ada"])),
        phone.get("/tidak/ada/"),
        phone.get("/kios/", follow=True),
        phone.get(reverse("people:sign_in")),
        phone.post(reverse("people:sign_in"), {"username": "", "password": ""}),
        phone.post(reverse("people:sign_in"), {"username": "zz", "password": "zz"}),
    ]

    assert [sorted(shown(page) & indonesian) for page in pages] == [[]] * len(pages)


def staff(role: Role, house: House) -> Client:
    """Sign somebody in, and let them choose English."""
    browser = Client(HTTP_HOST="barru.localhost")
    person = house.officer
    if role != Role.OFFICER:
        person = factories.a_user(role, name="Zzperson", username="zzperson")
    browser.force_login(person)
    return in_english(browser)


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


def words_of_days() -> set[str]:
    """Return the words of the national calendar: the decree names its days in Indonesian."""
    days = [*national_days(TEN.year), *national_days(TEN.year + 1)]
    return words(" ".join(f"{day.name} {day.source}" for day in days))


def test_days_and_trail_speak_english_but_for_names(house: House, indonesian: set[str]) -> None:
    admin = staff(Role.MALL_ADMIN, house)
    days = words_of_days()
    # The trail keeps the name that the officer had when the counter was opened.
    officers = {"orang"}

    assert left(indonesian - days, admin, [reverse("manage:days") + "?tahun=2026"]) == {}
    assert left(indonesian - officers, admin, [reverse("people_office:trail")]) == {}


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


def test_the_website_speaks_english_but_for_names_of_days(
    phone: Client, house: House, story: Article, indonesian: set[str]
) -> None:
    service, agency = slug_of(service_of(house).code), slug_of(house.agency.code)
    floors, search = reverse("site:floors"), reverse("site:search")
    addresses = [
        reverse("portals:home"),
        reverse("site:services"),
        reverse("site:services") + "?urut=abjad",
        reverse("site:service", args=[service]),
        reverse("site:agencies"),
        reverse("site:agency", args=[agency]),
        floors,
        f"{floors}?cari=zz",
        f"{floors}?cari=qqqq",
        f"{floors}?layanan={service}",
        f"{floors}?instansi={agency}",
        search,
        f"{search}?q=zzstory",
        f"{search}?q=qqqq",
    ]

    assert left(indonesian - words_of_days(), phone, addresses) == {}


def test_the_news_speaks_english(phone: Client, story: Article, indonesian: set[str]) -> None:
    comment = a_comment(story, name="Zzreader", text="Zzcomment")
    addresses = [
        reverse("news:index"),
        reverse("news:section", args=["kegiatan"]),
        reverse("news:tag", args=["zztopic"]),
        reverse("news:archive", args=[TEN.year, TEN.month]),
        reverse("everywhere"),
        article_path(story),
        article_path(story) + "?cetak=1",
        reverse("comments:write", args=[story.pk]),
        reverse("comments:write", args=[story.pk]) + f"?balas={comment.pk}",
        reverse("comments:report", args=[comment.pk]),
    ]

    assert left(indonesian, phone, addresses) == {}


def test_a_comment_speaks_english_from_its_form_to_its_end(
    phone: Client, story: Article, indonesian: set[str]
) -> None:
    address = reverse("comments:write", args=[story.pk])
    wrong = phone.post(address, {"name": "", "text": ""})
    sent = phone.post(address, {"name": "Zzname", "text": "Zzwords"}, follow=True)
    thanks = sent.redirect_chain[-1][0] if sent.redirect_chain else ""
    pages = [wrong, sent, *(phone.get(f"{thanks}{part}") for part in ("ubah/", "tarik/"))]

    assert [page.status_code for page in pages] == [400, 200, 200, 200]
    assert [sorted(shown(page) & indonesian) for page in pages] == [[]] * 4


def test_the_newsletter_speaks_english(
    phone: Client, mall: Mall, story: Article, indonesian: set[str]
) -> None:
    row = Subscription.objects.create(
        mall=mall,
        address="zz@contoh.id",
        state="asked",
        token_hash=hash_of("zztoken"),
        asked_at=TEN,
        consent_version=1,
    )
    addresses = [
        reverse("newsletter:ask"),
        reverse("newsletter:asked"),
        reverse("newsletter:confirm", args=["zztoken"]),
        reverse("newsletter:stop", args=[stop_token(row)]),
    ]
    assert left(indonesian, phone, addresses) == {}
    pages = [
        phone.post(addresses[0], {"address": ""}),
        phone.post(addresses[2], follow=True),
        phone.post(addresses[3], follow=True),
        phone.get(reverse("newsletter:confirm", args=["tidak-ada"])),
    ]
    assert [sorted(shown(page) & indonesian) for page in pages] == [[]] * 4


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
