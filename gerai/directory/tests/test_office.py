"""The management pages: what they show, what they write, and the wall between malls."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gerai import clock
from gerai.directory import queries
from gerai.directory.actions import devices
from gerai.directory.models import (
    CounterShare,
    Device,
    DeviceKind,
    Posting,
    SpecialDay,
)
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.people.models import Deed

LISTS = ("home", "agencies", "counters", "hours", "days", "devices", "services")
LONG = "Badan Penyelenggara Jaminan Sosial Ketenagakerjaan dan Kesejahteraan Rakyat " * 2


@pytest.fixture
def office(mall):
    """Return the browser of this mall's admin."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(factories.a_user("mall_admin", name="Admin Barru"))
    return browser


def deeds():
    return list(Deed.objects.order_by("pk").values_list("verb", "by_name"))


@pytest.mark.parametrize("name", LISTS)
def test_lists_show_an_empty_mall(office, name):
    assert office.get(reverse(f"manage:{name}")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_for_one_and_for_three_rows(
    office, name, django_assert_max_num_queries
):
    def a_row(number):
        agency = factories.an_agency(name=LONG[:200], short_name=LONG[:60])
        factories.office_hours(agency)
        counter = factories.a_counter(zone=zone, agency=agency)
        factories.a_standard(factories.a_service(agency=agency, name=LONG))
        factories.a_device("screen", zone=counter.zone, name=f"{number} {LONG}"[:60])
        SpecialDay.objects.create(
            mall=agency.mall, agency=agency, on=date(2026, 8, 3), kind="closed", name=LONG[:120]
        )

    address = reverse(f"manage:{name}") + ("?tahun=2026" if name == "days" else "")
    zone = factories.a_zone(name=LONG[:60])
    a_row(1)
    with django_assert_max_num_queries(30) as first:
        assert office.get(address).status_code == 200
    a_row(2)
    a_row(3)
    with django_assert_max_num_queries(len(first)):
        assert office.get(address).status_code == 200


@pytest.mark.parametrize("role", ["officer", "greeter", "supervisor"])
def test_pages_are_closed_to_other_roles(client, mall, role):
    client.force_login(factories.a_user(role))

    assert [client.get(reverse(f"manage:{name}")).status_code for name in LISTS] == [403] * 7


def test_pages_send_strangers_to_sign_in(client, mall):
    assert client.get("/kelola/instansi/").headers["Location"] == (
        "/masuk/?next=%2Fkelola%2Finstansi%2F"
    )


def addresses_of(keys):
    """Return every address that names a row, with the method that its door takes."""
    agency, counter, service, device, day, posting = keys
    return [
        ("get", reverse("manage:agency", args=[agency])),
        ("post", reverse("manage:agency_switch", args=[agency])),
        ("post", reverse("manage:post", args=[agency])),
        ("post", reverse("manage:unpost", args=[agency, posting])),
        ("get", reverse("manage:agency_hours", args=[agency])),
        ("post", reverse("manage:agency_hours", args=[agency])),
        ("post", reverse("manage:follow_the_mall", args=[agency])),
        ("get", reverse("manage:counter", args=[counter])),
        ("post", reverse("manage:counter", args=[counter])),
        ("post", reverse("manage:counter_switch", args=[counter])),
        ("get", reverse("manage:day", args=[day])),
        ("post", reverse("manage:day", args=[day])),
        ("post", reverse("manage:day_remove", args=[day])),
        ("post", reverse("manage:revoke", args=[device])),
        ("get", reverse("manage:service", args=[service])),
        ("get", reverse("manage:services") + f"?instansi={agency}"),
    ]


def test_another_malls_rows_are_nowhere_to_be_found(office, mall):
    with in_mall(factories.a_mall("parepare")) as parepare:
        agency = factories.an_agency(name="Dinas Rahasia")
        factories.office_hours(agency)
        counter = factories.a_counter(agency=agency)
        service = factories.a_service(agency=agency)
        device = factories.a_device()
        factories.a_user("officer", agency=agency)
        posting = Posting.objects.get()
        day = SpecialDay.objects.create(
            mall=parepare, on=date(2026, 8, 3), kind="closed", name="Rahasia"
        )
        theirs = addresses_of(row.pk for row in (agency, counter, service, device, day, posting))
    told = [getattr(office, method)(address).status_code for method, address in theirs]

    assert told == [404] * len(theirs)
    assert deeds() == []
    for name in LISTS:
        page = office.get(reverse(f"manage:{name}") + "?tahun=2026")
        assert "Rahasia" not in page.content.decode()


@pytest.mark.parametrize("key", ["0", "99999999999999999999999"])
def test_unknown_keys_are_not_found(office, key):
    addresses = addresses_of([key] * 6)

    assert [getattr(office, method)(address).status_code for method, address in addresses] == [
        404
    ] * len(addresses)


@pytest.mark.parametrize(
    "query",
    [
        "instansi=😀",
        "instansi=٣",
        "tahun=abc",
        "tahun=99999999999",
        "lantai=-9",
        "versi=x",
        "instansi=" + "9" * 10_000,
    ],
)
def test_strange_queries_are_not_found(office, query):
    floor = factories.a_counter().zone.floor
    service = factories.a_service()
    page = {
        "instansi": reverse("manage:services"),
        "tahun": reverse("manage:days"),
        "lantai": reverse("manage:counters"),
        "versi": reverse("manage:service", args=[service.pk]),
    }[query.partition("=")[0]]

    assert office.get(f"{page}?{query}").status_code == 404
    assert office.get(f"{reverse('manage:counters')}?lantai={floor.number}").status_code == 200


def test_agency_is_switched_off_and_on(office):
    agency = factories.an_agency()
    address = reverse("manage:agency_switch", args=[agency.pk])

    for told, is_active in (("0", False), ("1", True)):
        office.post(address, {"is_active": told})
        agency.refresh_from_db()
        assert agency.is_active is is_active
    assert deeds() == [("directory.set_agency_active", "Admin Barru")] * 2


def test_officer_is_posted_once_and_taken_away(office):
    agency = factories.an_agency()
    officer = factories.a_user("officer")
    address = reverse("manage:post", args=[agency.pk])

    assert office.post(address, {"user": officer.pk}).status_code == 302
    assert office.post(address, {"user": officer.pk}).status_code == 400
    posting = Posting.objects.get()
    assert (posting.user, posting.agency) == (officer, agency)
    office.post(reverse("manage:unpost", args=[agency.pk, posting.pk]))

    assert not Posting.objects.exists()
    assert [verb for verb, _name in deeds()] == ["directory.post", "directory.unpost"]


@pytest.mark.parametrize("role", ["greeter", "mall_admin", None])
def test_only_people_who_serve_are_posted(office, role):
    agency = factories.an_agency()
    other = factories.a_user(role)

    answer = office.post(reverse("manage:post", args=[agency.pk]), {"user": other.pk})

    assert answer.status_code == 400
    assert not Posting.objects.exists()


def test_posting_belongs_to_the_agency_of_its_address(office):
    agency, other = factories.an_agency(), factories.an_agency()
    factories.a_user("officer", agency=agency)

    address = reverse("manage:unpost", args=[other.pk, Posting.objects.get().pk])

    assert office.post(address).status_code == 404


def test_counter_seats_are_changed_added_and_dropped(office):
    stays, goes, comes = (factories.an_agency() for _number in range(3))
    counter = factories.a_counter(agency=stays)
    factories.a_share(counter, goes, 0)

    answer = office.post(
        reverse("manage:counter", args=[counter.pk]),
        {f"days_{stays.pk}": ["0", "2"], "new_agency": comes.pk, "new_days": ["5", "6"]},
    )

    assert answer.status_code == 302
    assert queries.seats_of(counter) == {stays: {0, 2}, comes: {5, 6}}
    assert deeds() == [("directory.seat", "Admin Barru")]


@pytest.mark.parametrize("told", [{"new_days": ["1"]}, {"new_agency": "own"}, {"new_days": ["9"]}])
def test_counter_refuses_half_a_seat(office, told):
    counter = factories.a_counter()
    agency = factories.an_agency()
    told = {name: agency.pk if value == "own" else value for name, value in told.items()}

    answer = office.post(reverse("manage:counter", args=[counter.pk]), told)

    assert answer.status_code == 400
    assert not CounterShare.objects.exists()


def test_counter_is_taken_out_of_use(office):
    counter = factories.a_counter()

    office.post(reverse("manage:counter_switch", args=[counter.pk]), {"is_active": "0"})

    counter.refresh_from_db()
    assert counter.is_active is False


def test_device_is_paired_by_its_code_and_revoked(office):
    code = devices.ask_pairing(DeviceKind.KIOSK).code
    told = {"code": f"{code[:3]} {code[3:].lower()}", "name": "Kios pintu"}

    assert office.post(reverse("manage:devices"), told).status_code == 302
    device = Device.objects.get()
    assert (device.name, device.kind, device.generation) == ("Kios pintu", "kiosk", 1)

    address = reverse("manage:revoke", args=[device.pk])
    assert [office.post(address).status_code for _time in range(2)] == [302, 404]
    device.refresh_from_db()
    assert (device.is_active, device.generation) == (False, 2)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"code": "AAAAAA"}, "code"),
        ({"code": "😀"}, "code"),
        ({"code": ""}, "code"),
        ({"name": "Lama"}, "name"),
        ({"speaks": "on"}, "zone"),
        ({"zone": "99999"}, "zone"),
    ],
)
def test_device_form_says_what_is_wrong(office, told, field):
    factories.a_device(name="Lama")
    code = devices.ask_pairing(DeviceKind.SCREEN).code

    answer = office.post(reverse("manage:devices"), {"code": code, "name": "Baru"} | told)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert Device.objects.count() == 1


def test_devices_list_tells_who_is_alive(office):
    factories.a_device(name="A", last_seen_at=clock.now())
    factories.a_device(name="B", is_missed=True, last_seen_at=clock.now() - timedelta(hours=1))
    factories.a_device(name="C")

    page = office.get(reverse("manage:devices")).content.decode()

    assert [page.count(words) for words in ("Baru saja", "pill is-danger", "Belum pernah")] == [
        1,
        1,
        1,
    ]


def test_services_are_searched_and_chosen_by_agency(office):
    agency = factories.an_agency()
    wanted = factories.a_service(agency=agency, name="Akta kelahiran")
    factories.a_service(name="Akta kematian")
    address = reverse("manage:services")

    def found(query):
        return [service.name for service in office.get(address + query).context["page"]]

    assert found("?cari=KELAHIRAN") == ["Akta kelahiran"]
    assert found(f"?instansi={agency.pk}") == ["Akta kelahiran"]
    assert found(f"?cari={wanted.code.lower()}") == ["Akta kelahiran"]
    assert found("?cari=😀") == []


def test_service_shows_the_version_in_force_and_others_on_request(office):
    service = factories.a_service()
    factories.a_standard(service, decree_number="SK-LAMA")
    factories.a_standard(service, decree_number="SK-NANTI", valid_from=date(2099, 1, 1))
    address = reverse("manage:service", args=[service.pk])

    assert office.get(address).context["standard"].decree_number == "SK-LAMA"
    assert office.get(f"{address}?versi=2").context["standard"].decree_number == "SK-NANTI"
    assert office.get(f"{address}?versi=3").status_code == 404


def test_service_without_a_standard_says_so(office):
    service = factories.a_service()

    page = office.get(reverse("manage:service", args=[service.pk]))

    assert (page.status_code, page.context["standard"]) == (200, None)
