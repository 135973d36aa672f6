"""Lines made and changed in the browser."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.models import Deed
from gerai.queue.actions import lines as actions
from gerai.queue.models import Line, LineService
from gerai.queue.queries.lines import free_letter
from gerai.queue.tests.factories import a_line, a_place_in, a_ticket

HOME = "/kelola/antrean/"


@pytest.fixture
def office(mall, clock_at):
    """Return the browser of this mall's admin."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(factories.a_user("mall_admin", name="Admin Barru"))
    return browser


def verbs():
    return list(
        Deed.objects.filter(verb__contains="line").order_by("pk").values_list("verb", flat=True)
    )


def fields(line, **changes):
    services = list(line.services.values_list("pk", flat=True))
    told = {"code": line.code, "name": line.name, "usual_minutes": line.usual_minutes}
    return told | {"services": services} | changes


def test_services_without_a_line_get_one_with_the_next_letter(office):
    a_line(code="A")
    agency = factories.an_agency()
    services = [factories.a_service(agency=agency) for _number in range(2)]
    factories.a_service(agency=agency, is_active=False)

    page = office.get(HOME)
    assert [each.agency for each in page.context["without"]] == [agency]
    assert page.context["letter"] == "B"
    assert office.post(reverse("lines:open_for", args=[agency.pk])).status_code == 302
    office.post(reverse("lines:open_for", args=[agency.pk]))

    line = Line.objects.get(code="B")
    assert (line.agency, line.usual_minutes, set(line.services.all())) == (
        agency,
        10,
        set(services),
    )
    assert verbs() == ["queue.open_line"]
    assert office.get(HOME).context["without"] == []


def test_letters_leave_out_those_that_read_as_figures(mall):
    agency = factories.an_agency()
    for letter in "ABCDEFGH":
        a_line(agency, code=letter)
    assert free_letter() == "J"
    for letter in "JKLMNPQRSTUVWXYZ":
        a_line(agency, code=letter)
    assert free_letter() == "AA"


def test_a_line_is_made_with_some_of_an_agencys_services(office):
    agency = factories.an_agency()
    service, _other = factories.a_service(agency=agency), factories.a_service(agency=agency)
    page = f"{reverse('lines:new')}?instansi={agency.pk}"

    assert office.get(page).context["form"].initial["code"] == "A"
    told = {"code": "KT", "name": "  KTP  saja ", "usual_minutes": "7", "services": service.pk}
    assert office.post(page, told).status_code == 302

    line = Line.objects.get()
    assert (line.code, line.name, line.usual_minutes) == ("KT", "KTP saja", 7)
    assert list(line.services.all()) == [service]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"code": "A"}, "code"),
        ({"code": "b"}, "code"),
        ({"code": "B1"}, "code"),
        ({"code": "BBBBB"}, "code"),
        ({"code": "É"}, "code"),
        ({"name": " "}, "name"),
        ({"usual_minutes": "0"}, "usual_minutes"),
        ({"usual_minutes": "241"}, "usual_minutes"),
        ({"services": "99999"}, "services"),
        ({"services": "x"}, "services"),
        ({"services": "taken"}, "services"),
        ({"services": "foreign"}, "services"),
    ],
)
def test_a_line_that_cannot_be_is_refused(office, told, field):
    agency = factories.an_agency()
    standing = a_line(agency, code="A")
    keys = {"taken": standing.services.get().pk, "foreign": factories.a_service().pk}
    told = {name: keys.get(value, value) for name, value in told.items()}
    good = {"code": "B", "name": "Baru", "usual_minutes": "5"}

    answer = office.post(f"{reverse('lines:new')}?instansi={agency.pk}", good | told)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert Line.objects.count() == 1
    assert verbs() == []


def test_services_move_between_the_lines_of_an_agency(office):
    agency = factories.an_agency()
    first, second = a_line(agency, code="A"), a_line(agency, code="B")
    moves, stays = first.services.get(), second.services.get()
    new = factories.a_service(agency=agency)
    page = reverse("lines:line", args=[second.pk])

    assert f"{moves.name} (kini di antrean A)" in office.get(page).content.decode()
    office.post(page, fields(second, services=[moves.pk, new.pk], code="C", name="Baru"))

    assert set(second.services.all()) == {moves, new}
    assert not LineService.objects.filter(service=stays).exists()
    assert not first.services.exists()
    second.refresh_from_db()
    assert (second.code, second.name) == ("C", "Baru")
    assert verbs() == ["queue.change_line"]


def test_letters_stay_on_a_day_that_gave_numbers(office, house):
    page = reverse("lines:line", args=[house.line.pk])
    assert office.post(page, fields(house.line, code="Z")).status_code == 302
    house.line.refresh_from_db()
    a_ticket(house.line)

    answer = office.post(page, fields(house.line, code="Y"))
    assert list(answer.context["form"].errors) == ["code"]
    assert office.post(page, fields(house.line, name="Nama baru")).status_code == 302


def test_a_line_with_visitors_is_not_switched_off(office, house):
    page = reverse("lines:switch", args=[house.line.pk])
    a_ticket(house.line)

    assert office.post(page, {"is_active": "0"}).status_code == 409
    house.line.refresh_from_db()
    assert house.line.is_active is True


def test_an_empty_line_is_switched_off_and_on(office, house):
    page = reverse("lines:switch", args=[house.line.pk])

    for told, is_active in (("0", False), ("1", True)):
        assert office.post(page, {"is_active": told}).status_code == 302
        house.line.refresh_from_db()
        assert house.line.is_active is is_active
    assert verbs() == ["queue.set_line_active"] * 2


def test_lists_cost_the_same_for_one_and_for_three_lines(office, django_assert_max_num_queries):
    def a_row():
        a_place_in(a_line(agency := factories.an_agency()), factories.a_service(agency=agency))
        factories.a_service()

    a_row()
    with django_assert_max_num_queries(20) as first:
        assert office.get(HOME).status_code == 200
    a_row()
    a_row()
    with django_assert_max_num_queries(len(first)):
        assert office.get(HOME).status_code == 200


def test_another_malls_lines_are_nowhere_to_be_found(office):
    with in_mall(factories.a_mall("parepare")):
        line = a_line(code="A")
        free = factories.a_service()
    theirs = [
        reverse("lines:line", args=[line.pk]),
        reverse("lines:switch", args=[line.pk]),
        reverse("lines:open_for", args=[free.agency_id]),
        f"{reverse('lines:new')}?instansi={free.agency_id}",
        f"{reverse('lines:new')}?instansi=😀",
    ]

    assert [office.post(page, {"is_active": "0"}).status_code for page in theirs] == [404] * 5
    page = office.get(HOME)
    assert (list(page.context["lines"]), page.context["without"]) == ([], [])


@pytest.mark.parametrize("role", ["officer", "greeter", "supervisor"])
def test_pages_are_closed_to_other_roles(client, mall, role):
    client.force_login(factories.a_user(role))
    assert client.get(HOME).status_code == 403


def test_what_only_the_database_sees_is_refused_clearly(mall):
    service = factories.a_service()
    with in_mall(factories.a_mall("parepare")):
        a_place_in(a_line(), service)

    with pytest.raises(actions.ServiceElsewhere):
        actions.open_line(
            service.agency, code="A", name="x", services=[service], usual_minutes=5, by=audit.SYSTEM
        )
