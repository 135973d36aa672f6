"""A new mall, from its first page to the first number, by what its pages offer alone."""

from datetime import timedelta

import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gerai.directory.models import Agency, Counter, Floor, Pairing, Service, Zone
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.tests.factories import a_user
from gerai.queue.models import Ticket
from gerai.queue.tests.factories import TEN

HOST = "sidrap.localhost"
ORDER = [
    "Instansi",
    "Layanan dan standar",
    "Gedung",
    "Loket",
    "Jadwal loket",
    "Antrean",
    "Jam layanan",
    "Orang",
    "Perangkat",
]
PASSWORD = "sementara-sekali-1"


class Office:
    """The platform admin's browser in the new mall."""

    def __init__(self, user):
        self.browser = Client(HTTP_HOST=HOST)
        self.browser.force_login(user)

    def send(self, page, **typed):
        """Fill in a form, what it proposes included, and send it."""
        shown = self.browser.get(page)
        told = {}
        for name in ("form", "standard"):
            form = shown.context.get(name)
            if form is not None:
                told |= {each: form[each].value() for each in form.fields}
        kept = {name: value for name, value in (told | typed).items() if value not in (None, "")}
        answer = self.browser.post(page, kept)
        assert answer.status_code == 302, answer.content.decode()

    def steps(self):
        """Return the names of the steps that are done."""
        page = self.browser.get("/kelola/")
        return [step.name for step in page.context["steps"] if step.is_done]


def test_a_new_mall_comes_to_its_first_number_by_its_pages(mall):
    cache.clear()
    with time_machine.travel(TEN - timedelta(hours=2)) as at:
        platform = a_user(None, is_platform_admin=True, name="Pusat")
        browser = Client(HTTP_HOST="barru.localhost")
        browser.force_login(platform)
        told = {
            "name": "MPP Sidrap",
            "slug": "sidrap",
            "region_code": "73.14",
            "zone": "Asia/Makassar",
        }
        assert browser.post("/platform/mal-baru/", told).status_code == 302
        with in_mall(Mall.objects.get(slug="sidrap")):
            kiosk = Client(HTTP_HOST=HOST)
            open_the_mall(Office(platform), kiosk)
            at.shift(timedelta(hours=2))
            ticket = take_a_number(kiosk)
            call_it(ticket)


def open_the_mall(office, kiosk):
    page = office.browser.get("/kelola/")
    assert [step.name for step in page.context["steps"]] == ORDER
    assert (office.steps(), page.context["next_step"].name) == ([], "Instansi")

    office.send(
        "/kelola/instansi/baru/", name="Disdukcapil", short_name="Disdukcapil", code="CAPIL"
    )
    agency = Agency.objects.get()
    office.send(
        f"/kelola/layanan/baru/?instansi={agency.pk}",
        agency=agency.pk,
        name="KTP-el baru",
        code="KTP",
        requirements="Kartu Keluarga\njika hilang: surat kehilangan",
        fee_text="Gratis",
    )
    office.send("/kelola/gedung/lantai-baru/")
    office.send(f"/kelola/gedung/lantai/{Floor.objects.get().pk}/zona-baru/", name="Kependudukan")
    office.send(f"/kelola/gedung/zona/{Zone.objects.get().pk}/loket-baru/", first="1", last="3")
    assert office.steps() == ORDER[:4]

    counter = Counter.objects.get(code="1")
    office.send(
        f"/kelola/loket/{counter.pk}/", new_agency=agency.pk, new_days=["0", "1", "2", "3", "4"]
    )
    office.browser.post(f"/kelola/antrean/instansi/{agency.pk}/")
    office.send(
        "/kelola/jam/",
        **{
            f"{name}_{day}": value
            for day in range(5)
            for name, value in (("is_open", "on"), ("opens", "08.00"), ("closes", "15.00"))
        },
    )
    office.send("/kelola/orang/", name="Siti", username="siti", role="officer", password=PASSWORD)
    user = office.browser.get(f"/kelola/instansi/{agency.pk}/").context["form"].fields["user"]
    office.browser.post(
        f"/kelola/instansi/{agency.pk}/penempatan/", {"user": user.queryset.get().pk}
    )
    assert office.steps() == ORDER[:8]

    kiosk.get("/kios/", follow=True)
    office.send("/kelola/perangkat/", code=Pairing.objects.get().code, name="Kios depan")
    assert kiosk.get("/kios/", follow=True).request["PATH_INFO"] == "/kios/"
    assert office.steps() == ORDER
    assert office.browser.get("/kelola/").context["next_step"] is None


def take_a_number(kiosk):
    service = Service.objects.get()
    page = kiosk.get(reverse("kiosk:take", args=[service.pk]))
    assert page.status_code == 200
    told = {"key": "kunci-pertama-mal-baru", "group": "ordinary"}
    assert kiosk.post(reverse("kiosk:take", args=[service.pk]), told).status_code == 302
    ticket = Ticket.objects.get()
    assert (ticket.label, ticket.state) == ("A001", "waiting")
    return ticket


def call_it(ticket):
    desk = Client(HTTP_HOST=HOST)
    desk.post("/masuk/", {"username": "siti", "password": PASSWORD})
    counter = Counter.objects.get(code="1")
    assert desk.post(reverse("desk:open", args=[counter.pk])).status_code == 302
    assert desk.post(reverse("desk:call_next")).status_code == 302

    ticket.refresh_from_db()
    assert (ticket.state, ticket.counter) == ("called", counter)
    assert desk.get("/petugas/").content.decode().count("A001") > 0
