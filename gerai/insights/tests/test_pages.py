"""The pages of the measures: who may see them, and what they show."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory.tests.factories import a_mall, a_user, an_agency, office_hours
from gerai.insights import actions, queries
from gerai.insights.measures import MEASURES, count_value
from gerai.insights.models import Model, Sharing
from gerai.insights.tests.factories import BY, TODAY, shared_by
from gerai.malls.models import Stage
from gerai.malls.scope import in_mall
from gerai.people.models import Deed
from gerai.transactions import joined_transaction

pytestmark = pytest.mark.django_db

PAGES = ("own", "compare", "course", "meanings")


def signed_in(role: str) -> Client:
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(a_user(role))
    return browser


@pytest.fixture
def office(mall):
    """Return the browser of this mall's admin."""
    return signed_in("mall_admin")


@pytest.fixture
def other(mall):
    """Make another mall that shares its measures."""
    lain = a_mall("lain", name="MPP Lain Contoh")
    with in_mall(lain):
        for name in ("Polres", "BPN"):
            an_agency(name=name, kind="vertical")
        office_hours()
    shared_by(lain)
    return lain


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [("supervisor", 200), ("leader", 200), ("founder", 200), ("officer", 403), ("writer", 403)],
)
def test_pages_are_for_those_who_may_read_measures(mall, page, role, status):
    assert signed_in(role).get(reverse(f"insights:{page}")).status_code == status


def test_visitors_are_sent_to_sign_in(mall, client):
    assert client.get(reverse("insights:own")).status_code == 302


def test_every_measure_has_a_row_and_a_meaning(office):
    own = office.get(reverse("insights:own")).content.decode()
    meanings = office.get(reverse("insights:meanings")).content.decode()
    for measure in MEASURES:
        assert f'/kelola/ukuran/arti/#{measure.key}"' in own
        assert f'id="{measure.key}"' in meanings


def test_a_founding_mall_is_told_what_is_planned(office, mall):
    mall.stage = Stage.FOUNDING
    mall.save()
    assert "Mal ini masih disiapkan" in office.get(reverse("insights:own")).content.decode()


def test_sharing_is_switched_by_who_manages_the_mall(office):
    for shares in ("1", "0"):
        answer = office.post(reverse("insights:share"), {"shares": shares})
        assert answer.status_code == 302
        assert Sharing.objects.get().shares is (shares == "1")
    verbs = Deed.objects.filter(thing="sharing").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["insights.share", "insights.unshare"]


def test_sharing_is_not_switched_by_who_only_reads(mall):
    leader = signed_in("leader")
    assert leader.post(reverse("insights:share"), {"shares": "1"}).status_code == 403
    assert "Berhenti membagikan" not in leader.get(reverse("insights:own")).content.decode()
    assert not Sharing.objects.exists()


def test_models_are_chosen_and_set_beside(office, other):
    answer = office.post(reverse("insights:choose"), {"model": ["mal:lain"]}, follow=True)
    page = answer.content.decode()
    assert "Langkah berikut menuju MPP Lain Contoh" in page
    assert "MPP Lain Contoh punya 2 instansi vertikal yang belum ada di sini: BPN, Polres." in page
    assert page.count('class="chart-web"') == 1


def test_a_choice_that_cannot_be_is_kept_with_the_reason(office, other):
    answer = office.post(reverse("insights:choose"), {"model": ["mal:lain", "mal:tidak-ada"]})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "tidak lagi membagikan ukurannya" in page
    assert 'value="mal:lain" checked' in page
    assert not Model.objects.exists()


def test_nobody_to_compare_with_is_said(office):
    assert "Belum ada teladan" in office.get(reverse("insights:compare")).content.decode()


def test_a_model_that_fell_silent_is_said(office, other):
    actions.choose_models(["mal:lain"], by=BY)
    with in_mall(other):
        actions.share_measures(shares=False, by=BY)
    page = office.get(reverse("insights:compare")).content.decode()
    assert "MPP Lain Contoh tidak lagi membagikan ukurannya." in page
    assert "chart-web" not in page


@pytest.mark.parametrize("key", ["agencies", "tidak-ada", "", "<b>"])
def test_a_course_is_shown_for_any_address(office, mall, key):
    actions.keep_months(TODAY, 1)
    answer = office.get(reverse("insights:course"), {"ukuran": key})
    assert answer.status_code == 200
    assert answer.context["measure"].key == ("agencies" if key == "agencies" else "wait_median")


def test_a_hostile_name_of_a_model_is_only_text(office, mall):
    joined_transaction(actions.keep_model)(
        identity="urn:x",
        name="<script>x</script>",
        region_code="",
        values=[count_value("agencies", 3, (("<img src=x>", "vertical"),)).to_json()],
        by=BY,
    )
    actions.choose_models(["urn:x"], by=BY)
    page = office.get(reverse("insights:compare")).content.decode()
    assert "<script>x" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x&gt;" in page


def test_the_comparison_takes_few_queries(office, other, django_assert_max_num_queries):
    actions.choose_models(["mal:lain"], by=BY)
    office.get(reverse("insights:compare"))
    with django_assert_max_num_queries(24):
        office.get(reverse("insights:compare"))


def test_measured_can_be_sent_as_json(mall):
    an_agency()
    values = queries.measured(TODAY)
    assert [queries.read_values([value.to_json()])[value.key] for value in values] == values
