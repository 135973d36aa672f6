"""Several services with one number, through the addresses of the three doors."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse

from gerai.directory.guard import give_token
from gerai.directory.models import Requirement
from gerai.directory.tests import factories
from gerai.people.roles import Role
from gerai.queue.actions.desks import close_desk
from gerai.queue.models import PlannedStep, RouteTemplate, RouteTemplateStep, Ticket
from gerai.queue.queries.route_choices import route_agencies
from gerai.queue.tests.factories import a_house, a_place_in, a_ticket

KEY = "kunci-dari-halaman-ini"


@pytest.fixture
def other(house):
    """Another agency whose officer sits at its counter."""
    cache.clear()
    return a_house(code="B", hours=False)


@pytest.fixture
def template(house, other):
    found = RouteTemplate.objects.create(mall=house.agency.mall, name="Contoh: izin usaha")
    for stage, each in enumerate((house, other), start=1):
        RouteTemplateStep.objects.create(
            mall=found.mall, template=found, stage=stage, service=service_of(each)
        )
    return found


@pytest.fixture
def doors(client, house, other):
    """The browsers of a visitor, a kiosk and a greeter."""
    paired = HttpResponse()
    give_token(paired, factories.a_device("kiosk", name="Kios depan"))
    kiosk = client.__class__()
    kiosk.cookies.update(paired.cookies)
    greeter = client.__class__()
    greeter.force_login(factories.a_user(Role.GREETER))
    return {"phone": client, "kiosk": kiosk, "greeter": greeter}


def service_of(house):
    return house.line.services.order_by("pk")[0]


def needs(house, *texts):
    standard = factories.a_standard(service_of(house))
    for position, text in enumerate(texts, start=1):
        Requirement.objects.create(
            mall=standard.mall, standard=standard, position=position, text=text
        )


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("door", ["phone", "kiosk", "greeter"])
def test_template_is_offered_by_name_with_every_paper_once(doors, template, house, other, door):
    needs(house, "KTP-el asli", "Pasfoto")
    needs(other, "ktp-el  asli.", "Denah tempat usaha")
    browser = doors[door]
    assert "Contoh: izin usaha" in text_of(browser.get(reverse(f"{door}:route")))
    page = text_of(browser.get(reverse(f"{door}:route"), {"rute": template.pk}))
    assert (page.lower().count("ktp-el"), page.count("Pasfoto"), page.count("Denah")) == (1, 1, 1)
    assert "Urutannya sudah tetap" in page


@pytest.mark.parametrize(
    ("door", "name"), [("phone", "route"), ("kiosk", "route_take"), ("greeter", "route")]
)
def test_one_number_is_taken_for_a_template_and_sent_twice_it_is_the_same(
    doors, template, house, door, name
):
    address = f"{reverse(f'{door}:{name}')}?rute={template.pk}"
    answers = [doors[door].post(address, {"key": KEY, "group": "ordinary"}) for _ in range(2)]
    ticket = Ticket.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [
        reverse(f"{door}:ticket", args=[ticket.visit.token])
    ] * 2
    assert (ticket.line, ticket.visit.door) == (house.line, door)
    states = PlannedStep.objects.order_by("stage").values_list("state", flat=True)
    assert list(states) == ["entered", "planned"]


@pytest.mark.parametrize("door", ["phone", "kiosk", "greeter"])
def test_single_services_are_chosen_one_after_another(doors, house, other, door):
    browser = doors[door]
    chosen = f"l={service_of(house).pk}"
    add = reverse(f"{door}:add")
    page = text_of(browser.get(f"{add}?{chosen}"))
    assert f"?{chosen}&amp;instansi={other.agency.pk}" in page
    page = text_of(browser.get(f"{add}?{chosen}&instansi={other.agency.pk}"))
    both = f"{chosen}&amp;l={service_of(other).pk}"
    assert f"{reverse(f'{door}:route')}?{both}" in page
    page = text_of(browser.get(f"{reverse(f'{door}:route')}?{both.replace('&amp;', '&')}"))
    assert (service_of(house).name in page, service_of(other).name in page) == (True, True)
    assert "urutan lain tidak lebih cepat" in page


def test_advice_says_where_to_begin_and_how_much_sooner_one_is_out(doors, house, other):
    for _each in range(4):
        a_ticket(house.line)
    query = f"l={service_of(house).pk}&l={service_of(other).pk}"
    page = text_of(doors["phone"].get(f"{reverse('phone:route')}?{query}"))
    assert f"Mulailah dari {service_of(other).name}: sekitar 10 menit lebih cepat" in page
    doors["phone"].post(f"{reverse('phone:route')}?{query}", {"key": KEY})
    assert Ticket.objects.latest("pk").line == other.line


def test_one_service_alone_is_led_to_its_own_page(doors, house):
    page = text_of(doors["phone"].get(reverse("phone:route"), {"l": service_of(house).pk}))
    assert reverse("phone:service", args=[service_of(house).pk]) in page
    assert "<form" not in page.split("<main")[1]
    answer = doors["phone"].post(f"{reverse('phone:route')}?l={service_of(house).pk}", {"key": KEY})
    assert answer.status_code == 400


def test_phone_that_holds_a_number_in_the_line_gets_that_one(doors, template, house):
    address = f"{reverse('phone:route')}?rute={template.pk}"
    doors["phone"].post(address, {"key": KEY})
    doors["phone"].post(address, {"key": KEY + "-lain"})
    assert Ticket.objects.count() == 1


def test_template_that_is_switched_off_is_neither_offered_nor_found(doors, template):
    RouteTemplate.objects.update(is_active=False)
    assert "Contoh: izin" not in text_of(doors["phone"].get(reverse("phone:route")))
    answer = doors["phone"].get(reverse("phone:route"), {"rute": template.pk})
    assert answer.status_code == 404


@pytest.mark.parametrize("told", ["l=x", "l=99999999999999999999", "rute=x", "instansi=x"])
def test_senseless_keys_choose_nothing(doors, told):
    assert doors["phone"].get(f"{reverse('phone:route')}?{told}").status_code == 200
    assert doors["phone"].get(f"{reverse('phone:add')}?{told}").status_code == 200


def test_kiosk_shows_every_route_page_by_page(doors, house, other):
    for number in range(1, 8):
        found = RouteTemplate.objects.create(mall=house.agency.mall, name=f"Contoh rute {number}")
        for each in (house, other):
            RouteTemplateStep.objects.create(
                mall=found.mall, template=found, stage=1, service=service_of(each)
            )
    pages = [text_of(doors["kiosk"].get("/kios/rute/", {"hal": page})) for page in (1, 2)]
    assert [page.count("Contoh rute ") for page in pages] == [5, 2]
    assert all("Pilih layanannya sendiri" in page for page in pages)


def test_route_begins_where_somebody_serves(client, house, other):
    close_desk(house.desk, by=house.by)
    for _each in range(3):
        a_ticket(other.line)
    keys = [service_of(house).pk, service_of(other).pk]
    page = " ".join(text_of(client.get("/antre/rute/", {"l": keys})).split())
    assert f"Mulailah dari {service_of(other).name}; loket yang lain belum dilayani." in page
    client.post(f"/antre/rute/?l={keys[0]}&l={keys[1]}", {"group": "ordinary", "key": KEY})
    step = PlannedStep.objects.get(state="entered")
    assert step.service == service_of(other)


def test_agencies_of_a_route_are_named_in_a_row_or_side_by_side(template, house, other):
    first, second = house.agency.short_name, other.agency.short_name
    assert route_agencies(template) == f"{first} → {second}"
    template.steps.update(stage=1)
    assert route_agencies(template) == f"{first} + {second}"
    again = a_place_in(house.line, factories.a_service(agency=other.agency))
    RouteTemplateStep.objects.create(mall=template.mall, template=template, stage=2, service=again)
    assert route_agencies(template) == f"{first} + {second}"
