"""What a delegation takes home: the blueprint, and a workspace of its own."""

import json

import pytest
import time_machine
from django.urls import reverse

from gerai.founding.models import Founding
from gerai.malls.models import Mall, Stage
from gerai.malls.queries import mall_of_host
from gerai.malls.scope import current_mall, in_mall
from gerai.people.models import Membership
from gerai.visits.models import Relation, Rules
from gerai.visits.states import State
from gerai.visits.tests.factories import TEN
from gerai.visits.tests.received import a_day_visit, a_received_visit

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("mall"),
]

OWN_MALL = {
    "name": "MPP Soppeng",
    "slug": "soppeng",
    "zone": "Asia/Makassar",
    "leader": "Contoh Bupati",
    "target_on": "",
    "admin_name": "Contoh Ketua",
    "username": "ketua.contoh",
    "password": "rahasia-contoh-9",
}


@pytest.fixture(autouse=True)
def on_a_monday():
    """Stop the clock on a Monday at ten."""
    with time_machine.travel(TEN, tick=False):
        yield


def at(visit, name):
    return reverse(f"visits:{name}", args=[visit.secret])


def a_relation(code, name):
    return Relation.objects.create(
        mall=current_mall(), region_code=code, region_name=name, institution="Dinas Contoh"
    )


def test_guests_who_were_received_take_the_blueprint_home(client):
    visit = a_received_visit()

    answer = client.post(at(visit, "blueprint"))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="cetak-biru-barru.json"'
    assert json.loads(answer.content)["mall"]["slug"] == "barru"
    assert "Unduh cetak biru" in client.get(at(visit, "visit")).content.decode()


@pytest.mark.parametrize("name", ["blueprint", "found"])
def test_who_has_not_been_here_takes_nothing_home(client, name):
    visit = a_day_visit(State.ACCEPTED)

    assert client.post(at(visit, name), OWN_MALL).status_code == 409
    assert Mall.objects.count() == 1


def test_a_mall_may_keep_its_blueprint(client, mall):
    Rules.objects.create(mall=mall, gives_blueprint=False)
    visit = a_received_visit()

    assert client.post(at(visit, "blueprint")).status_code == 403
    assert "Unduh cetak biru" not in client.get(at(visit, "visit")).content.decode()


def test_a_delegation_founds_the_mall_of_its_region(client):
    visit = a_received_visit()
    form = client.get(at(visit, "found")).context["form"]
    assert (form.initial["name"], form.initial["slug"]) == ("MPP Soppeng", "soppeng")

    answer = client.post(at(visit, "found"), OWN_MALL)

    # A form may not lead to another site; the page that it leads to has the link.
    assert answer.headers["Location"] == at(visit, "found")
    page = client.get(at(visit, "found")).content.decode()
    assert 'href="http://soppeng.localhost/masuk/"' in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    made = Mall.objects.get(slug="soppeng")
    assert (made.stage, made.region_code) == (Stage.FOUNDING, "73.12")
    with in_mall(made):
        founding = Founding.objects.get()
        assert (founding.visit_reference, founding.model_name) == (visit.reference, "MPP Barru")
        assert [each.role for each in Membership.objects.all()] == ["mall_admin"]


def test_a_region_founds_once(client):
    visit = a_received_visit()
    client.post(at(visit, "found"), OWN_MALL)

    answer = client.post(at(visit, "found"), OWN_MALL | {"slug": "lain", "username": "orang.lain"})

    assert answer.status_code == 400
    assert "soppeng" in str(answer.context["form"].non_field_errors())
    assert Mall.objects.count() == 2


def test_a_region_that_cannot_found_is_told_why_and_shown_no_form(client):
    province = a_received_visit(relation=a_relation("73", "Provinsi Sulawesi Selatan"))
    has_a_mall = a_received_visit(relation=a_relation("73.11", "Kabupaten Barru"))

    for visit, words in (
        (province, "Ruang kerja pendirian dibuat untuk satu kabupaten atau kota."),
        (has_a_mall, "Wilayah ini sudah punya mal di instalasi ini: MPP Barru"),
    ):
        shown = client.get(at(visit, "found"))
        refused = client.post(at(visit, "found"), OWN_MALL)
        assert (shown.status_code, refused.status_code) == (200, 409)
        for answer in (shown, refused):
            main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
            assert (main.count(words), main.count("<form")) == (1, 0)
        page = client.get(at(visit, "visit")).content.decode()
        assert page.count(at(visit, "found")) == 0
        assert page.count(at(visit, "results")) == 1
    assert Mall.objects.count() == 1


def test_the_page_of_a_visit_leads_to_the_workspace_before_and_after_it_was_begun(client):
    visit = a_received_visit()

    pages = [client.get(at(visit, "visit")).content.decode()]
    client.post(at(visit, "found"), OWN_MALL)
    pages.append(client.get(at(visit, "visit")).content.decode())

    assert [page.count(at(visit, "found")) for page in pages] == [1, 1]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"slug": "barru"}, "slug"),
        ({"slug": "Bukan Alamat!"}, "slug"),
        ({"password": "pendek"}, "password"),
        ({"username": "x"}, "username"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(client, told, field):
    answer = client.post(at(a_received_visit(), "found"), OWN_MALL | told)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert Mall.objects.count() == 1


def test_a_founding_takes_nobody_s_address_away(client, mall):
    assert mall_of_host("192.0.2.7:8000") == mall
    client.post(at(a_received_visit(), "found"), OWN_MALL)

    assert mall_of_host("192.0.2.7:8000") == mall
    assert mall_of_host("soppeng.localhost").slug == "soppeng"
