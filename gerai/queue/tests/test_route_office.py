"""Routes and the rule of the place, kept by the mall's admin."""

import pytest
from django.urls import reverse

from gerai.directory.tests import factories
from gerai.people.roles import Role
from gerai.queue.actions.route_templates import (
    RouteNameTaken,
    make_route,
)
from gerai.queue.models import RouteRule, RouteTemplate
from gerai.queue.plan import Place
from gerai.queue.queries.routes import PlaceRule, Wish, active_templates, place_rule
from gerai.queue.tests.routing import service_of


@pytest.fixture
def admin(client, house):
    client.force_login(factories.a_user(Role.MALL_ADMIN))
    return client


def told(*houses, **changes):
    rows = {}
    for row, each in enumerate(houses, start=1):
        rows |= {f"service_{row}": service_of(each).pk, f"stage_{row}": row, f"amount_{row}": 1}
    return {"name": "Izin  usaha", "source": "Contoh"} | rows | changes


def steps_of(template):
    return [(step.stage, step.service_id) for step in template.steps.order_by("stage", "pk")]


def test_route_is_made_with_its_services_in_order(admin, house, other):
    answer = admin.post(reverse("routes:new"), told(house, other, stage_2=0))
    template = RouteTemplate.objects.get()
    assert answer.status_code == 302
    assert (template.name, template.source) == ("Izin usaha", "Contoh")
    assert steps_of(template) == [(0, service_of(other).pk), (1, service_of(house).pk)]
    assert [each.pk for each in active_templates()] == [template.pk]


def test_route_is_changed_and_switched_off(admin, house, other):
    wishes = [Wish(service_of(house)), Wish(service_of(other), 2)]
    template = make_route("Izin usaha", wishes, source="", by=house.by)
    address = reverse("routes:edit", args=[template.pk])
    assert f'value="{service_of(other).pk}" selected' in admin.get(address).content.decode()
    admin.post(address, told(other, house, name="Izin makanan"))
    template.refresh_from_db()
    assert template.name == "Izin makanan"
    assert steps_of(template) == [(1, service_of(other).pk), (2, service_of(house).pk)]
    admin.post(reverse("routes:switch", args=[template.pk]), {"is_active": "0"})
    assert active_templates() == []


def test_route_of_one_service_or_a_taken_name_is_refused_on_the_page(admin, house, other):
    assert admin.post(reverse("routes:new"), told(house)).status_code == 400
    assert admin.post(reverse("routes:new"), told(house, other)).status_code == 302
    answer = admin.post(reverse("routes:new"), told(house, other))
    assert (answer.status_code, RouteTemplate.objects.count()) == (400, 1)
    assert "Nama rute ini sudah dipakai" in answer.content.decode()


def test_two_who_make_a_route_of_one_name_the_second_is_told(house, other):
    wishes = [Wish(service_of(house)), Wish(service_of(other))]
    make_route("Sama", wishes, source="", by=house.by)
    with pytest.raises(RouteNameTaken):
        make_route("Sama", wishes, source="", by=house.by)


def test_rule_of_the_place_is_published_in_versions(admin, house):
    address = reverse("routes:change_rule")
    for place, most in (("half", "3"), ("step_end", "5"), ("arrival", "2")):
        admin.post(address, {"place": place, "most_passed": most})
        page = admin.get(reverse("routes:home")).content.decode()
        is_last = place == "step_end"
        assert ("di belakang semua yang sudah menunggu di sana" in page) == is_last
        assert (f"paling banyak didahului {most} nomor yang datang" in page) == (not is_last)
    versions = RouteRule.objects.order_by("version")
    assert list(versions.values_list("version", "place", "most_passed")) == [
        (1, "half", 3),
        (2, "step_end", 5),
        (3, "arrival", 2),
    ]
    assert place_rule() == PlaceRule(3, Place.ARRIVAL, 2)
    assert admin.post(address, {"place": "x", "most_passed": "2"}).status_code == 400


@pytest.mark.parametrize("most", ["", "0", "51", "x"])
def test_rule_without_a_bound_is_refused_beside_its_field(admin, house, most):
    answer = admin.post(reverse("routes:change_rule"), {"place": "arrival", "most_passed": most})
    assert answer.status_code == 400
    assert "Isi bilangan 1 sampai 50." in answer.content.decode()
    assert not RouteRule.objects.exists()


def test_officer_keeps_no_routes(client, house):
    client.force_login(house.officer)
    assert client.get(reverse("routes:home")).status_code == 403
