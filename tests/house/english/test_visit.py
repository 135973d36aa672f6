"""A foreigner's visit: after one touch on English, no Indonesian is left but names."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from gerai.directory.catalogue.texts import slug_of
from gerai.malls.models import Mall
from gerai.newsroom.models import Article, Subscription
from gerai.newsroom.queries.newsletter import hash_of, stop_token
from gerai.newsroom.queries.text import article_path
from gerai.newsroom.tests.factories import a_comment
from gerai.people import audit
from gerai.queue.actions import calling, serving
from gerai.queue.actions.tickets import leave
from gerai.queue.models import Group
from gerai.queue.tests.factories import TEN, House, a_ticket
from tests.house.english.reading import called, left, service_of, shown, words_of_days

pytestmark = [pytest.mark.sweep, pytest.mark.one_database]


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
        reverse("phone:set_out", args=[service.pk]),
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
