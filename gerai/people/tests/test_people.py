"""The people of a mall: who may change whom, and the wall between malls."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.malls.scope import in_mall
from gerai.people.models import Deed, Membership, User
from gerai.people.roles import Role
from gerai.people.tests import factories

NEW = {
    "name": "Siti Aminah",
    "username": "Siti.Aminah",
    "role": "officer",
    "password": "sementara-1",
}


@pytest.fixture
def admin(mall):
    """Return this mall's admin."""
    return factories.a_user("mall_admin", name="Admin Barru")


@pytest.fixture
def office(admin):
    """Return the browser of this mall's admin."""
    return a_browser(admin)


def a_browser(user):
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(user)
    return browser


def verbs():
    return list(Deed.objects.order_by("pk").values_list("verb", flat=True))


def addresses_of(key):
    """Return every address that names a person, and what its form says."""
    return [
        (reverse("people_office:change_role", args=[key]), {"role": "greeter"}),
        (reverse("people_office:switch", args=[key]), {"is_active": "0"}),
        (reverse("people_office:reset_password", args=[key]), {"password": "lain-sekali-2"}),
    ]


def everything_about(user):
    user = User.objects.get(pk=user.pk)
    roles = sorted(Membership.objects.everywhere().filter(user=user).values_list("mall", "role"))
    return user.is_active, user.password, user.is_platform_admin, roles


def test_people_are_listed_with_their_role(office):
    factories.a_user("officer", name="Budi " + "Panjang " * 13)
    factories.a_user("greeter", name="Ani", is_active=False)

    persons = office.get(reverse("people_office:people")).context["persons"]

    assert [(person.user.name.split()[0], person.role) for person in persons] == [
        ("Admin", Role.MALL_ADMIN),
        ("Budi", Role.OFFICER),
        ("Ani", Role.GREETER),
    ]


def test_people_list_costs_the_same_for_one_and_for_many(office, django_assert_max_num_queries):
    address = reverse("people_office:people")
    with django_assert_max_num_queries(20) as first:
        office.get(address)
    for _number in range(60):
        factories.a_user("officer")
    with django_assert_max_num_queries(len(first)):
        page = office.get(address).context["page"]

    assert (page.paginator.num_pages, len(page.object_list)) == (2, 50)


def test_people_are_found_by_name_and_user_name(office):
    factories.a_user("officer", name="Budi", username="budi99")
    address = reverse("people_office:people")

    def found(words):
        page = office.get(address, {"cari": words})
        return [person.user.name for person in page.context["persons"]]

    assert found("BUDI") == found("i99") == ["Budi"]
    assert found("😀" * 1000) == []


def test_person_is_added_with_a_role_and_may_sign_in(office):
    assert office.post(reverse("people_office:people"), NEW).status_code == 302

    user = User.objects.get(username="siti.aminah")
    assert (user.name, Membership.objects.get(user=user).role) == ("Siti Aminah", "officer")
    assert user.check_password("sementara-1")
    assert verbs() == ["people.add_user"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"username": "ada"}, "username"),
        ({"username": "ADA"}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "😀😀😀"}, "username"),
        ({"username": "x" * 10_000}, "username"),
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"role": "platform_admin"}, "role"),
        ({"role": ""}, "role"),
        ({"password": "pendek"}, "password"),
        ({"password": "punya-siti.aminah"}, "password"),
        ({"password": "x" * 10_000}, "password"),
    ],
)
def test_person_is_not_added_with_wrong_particulars(office, told, field):
    with in_mall(factories.a_mall("parepare")):
        factories.a_user("officer", username="ada")
    before = User.objects.count()

    answer = office.post(reverse("people_office:people"), NEW | told)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert User.objects.count() == before


def test_role_is_changed_and_taken_away(office):
    user = factories.a_user("officer")
    address = reverse("people_office:change_role", args=[user.pk])

    office.post(address, {"role": "supervisor"})
    assert Membership.objects.get(user=user).role == "supervisor"
    assert office.post(address, {"role": "raja"}).status_code == 400
    assert office.post(address, {}).status_code == 400
    office.post(address, {"role": "none"})

    assert not Membership.objects.filter(user=user).exists()
    assert office.get(reverse("people_office:person", args=[user.pk])).status_code == 404
    assert verbs() == ["people.set_role", "people.set_role"]


def test_closed_account_is_out_at_once(office):
    user = factories.a_user("officer")
    theirs = a_browser(user)
    assert theirs.get("/akun/").status_code == 200
    address = reverse("people_office:switch", args=[user.pk])

    office.post(address, {"is_active": "0"})
    assert theirs.get("/akun/").status_code == 302
    office.post(address, {"is_active": "1"})
    assert theirs.get("/akun/").status_code == 200
    assert verbs() == ["people.set_active", "people.set_active"]


def test_new_password_ends_the_old_sessions_and_opens_a_blocked_name(office):
    user = factories.a_user("officer", username="lupa")
    theirs = a_browser(user)
    for _try in range(9):
        blocked = theirs.post("/masuk/", {"username": "lupa", "password": "salah"})
    assert blocked.status_code == 429

    office.post(
        reverse("people_office:reset_password", args=[user.pk]), {"password": "sementara-9"}
    )

    assert theirs.get("/akun/").status_code == 302
    again = theirs.post("/masuk/", {"username": "lupa", "password": "sementara-9"})
    assert again.status_code == 302
    assert "sementara-9" not in str(list(Deed.objects.values()))


def test_weak_temporary_password_is_refused(office):
    user = factories.a_user("officer")
    before = everything_about(user)

    answer = office.post(
        reverse("people_office:reset_password", args=[user.pk]), {"password": "pendek"}
    )

    assert answer.status_code == 400
    assert everything_about(user) == before


def test_people_of_another_mall_are_nowhere_to_be_found(office):
    with in_mall(factories.a_mall("parepare")):
        user = factories.a_user("officer", name="Orang Rahasia")
    before = everything_about(user)
    told = [office.post(address, form).status_code for address, form in addresses_of(user.pk)]

    assert told == [404, 404, 404]
    assert office.get(reverse("people_office:person", args=[user.pk])).status_code == 404
    assert everything_about(user) == before
    assert "Rahasia" not in office.get(reverse("people_office:people")).content.decode()


def test_platform_admin_is_not_touched_by_a_malls_admin(office):
    user = factories.a_user("officer", is_platform_admin=True)
    before = everything_about(user)
    told = [office.post(address, form).status_code for address, form in addresses_of(user.pk)]

    assert told == [403, 403, 403]
    assert everything_about(user) == before


def test_account_used_in_two_malls_keeps_its_password_but_may_lose_the_role_here(office, mall):
    user = factories.a_user("officer")
    with in_mall(factories.a_mall("parepare")) as parepare:
        Membership.objects.create(mall=parepare, user=user, role="officer")
    role, switch, password = addresses_of(user.pk)

    assert office.post(*switch).status_code == 403
    assert office.post(*password).status_code == 403
    assert office.post(role[0], {"role": "none"}).status_code == 302
    assert everything_about(user)[3] == [(parepare.pk, "officer")]


def test_platform_admin_may_close_an_account_used_in_two_malls(mall):
    user = factories.a_user("officer")
    with in_mall(factories.a_mall("parepare")) as parepare:
        Membership.objects.create(mall=parepare, user=user, role="officer")
    platform = a_browser(factories.a_user(None, is_platform_admin=True))

    told = [platform.post(address, form).status_code for address, form in addresses_of(user.pk)]

    assert told == [302, 302, 302]


def test_nobody_changes_their_own_role_or_account_here(office, admin):
    before = everything_about(admin)
    told = [office.post(address, form).status_code for address, form in addresses_of(admin.pk)]

    assert told == [409, 409, 409]
    assert everything_about(admin) == before


@pytest.mark.parametrize("role", ["officer", "greeter", "supervisor"])
def test_pages_are_closed_to_other_roles(mall, role):
    browser = a_browser(factories.a_user(role))

    told = [browser.get(reverse(f"people_office:{name}")).status_code for name in PAGES]

    assert told == [403, 403]


PAGES = ("people", "trail")


def test_trail_is_filtered_by_day_of_the_mall_and_by_verb(office, mall):
    for verb, at in (
        ("queue.call", "2026-08-13T16:30:00Z"),
        ("queue.take", "2026-08-13T16:30:00Z"),
        ("queue.call", "2026-08-14T15:59:00Z"),
        ("queue.call", "2026-08-14T16:00:00Z"),
    ):
        Deed.objects.create(mall=mall, verb=verb, thing="ticket:1", at=at, by_name="x")
    address = reverse("people_office:trail")

    def found(**told):
        return len(office.get(address, told).context["page"].object_list)

    assert found() == 4
    assert found(hari="2026-08-14") == 3
    assert found(hari="2026-08-14", perbuatan="queue.call") == 2
    assert found(hari="2026-08-13") == 0


def test_trail_shows_this_mall_only_and_refuses_strange_filters(office, mall):
    with in_mall(factories.a_mall("parepare")) as parepare:
        Deed.objects.create(
            mall=parepare,
            verb="queue.rahasia",
            thing="ticket:1",
            at="2026-08-14T00:00:00Z",
            by_name="x",
        )
    address = reverse("people_office:trail")

    assert "rahasia" not in office.get(address).content.decode()
    told = ({"perbuatan": "queue.rahasia"}, {"hari": "kemarin"}, {"hari": "😀" * 1000})
    assert [office.get(address, query).status_code for query in told] == [400, 400, 400]
    assert office.get(address, {"hal": "x"}).status_code == 200


def test_trail_is_paged(office, mall):
    Deed.objects.bulk_create(
        Deed(
            mall=mall,
            verb="queue.call",
            thing=f"ticket:{number}",
            at="2026-08-14T00:00:00Z",
            by_name="x",
            detail={"label": "A-035", "undone": False, "by": None},
        )
        for number in range(51)
    )
    page = office.get(reverse("people_office:trail"), {"hal": "2", "perbuatan": "queue.call"})

    assert [deed.thing for deed in page.context["page"]] == ["ticket:0"]
    assert "?hal=1&amp;perbuatan=queue.call" in page.content.decode()


def test_own_password_is_changed_and_the_session_stays(mall):
    user = factories.a_user("officer")
    browser = a_browser(user)
    told = {"present": factories.PASSWORD, "password": "baru-sekali-7", "again": "baru-sekali-7"}

    assert browser.post("/akun/", told).status_code == 302

    assert browser.get("/akun/").status_code == 200
    assert User.objects.get(pk=user.pk).check_password("baru-sekali-7")
    assert verbs() == ["people.change_own_password"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"present": "salah"}, "present"),
        ({"present": ""}, "present"),
        ({"password": "pendek", "again": "pendek"}, "password"),
        ({"again": "lain-sekali-8"}, "again"),
        ({"password": ""}, "password"),
    ],
)
def test_own_password_is_kept_when_something_is_wrong(mall, told, field):
    user = factories.a_user("officer")
    before = everything_about(user)
    good = {"present": factories.PASSWORD, "password": "baru-sekali-7", "again": "baru-sekali-7"}

    answer = a_browser(user).post("/akun/", good | told)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert everything_about(user) == before


def test_own_page_asks_strangers_to_sign_in(client, mall):
    assert client.get("/akun/").headers["Location"] == "/masuk/?next=%2Fakun%2F"
    assert client.post("/akun/").headers["Location"] == "/masuk/?next=%2F"


@pytest.fixture
def platform(mall):
    """Return the browser of a platform administrator."""
    return a_browser(factories.a_user(None, is_platform_admin=True, name="Pusat"))


def test_a_platform_admin_gives_an_account_of_another_mall_a_role_here(platform, mall):
    with in_mall(factories.a_mall("parepare")):
        user = factories.a_user("officer", username="siti.aminah")

    answer = platform.post(
        reverse("people_office:people"), {"known": "Siti.Aminah", "known_role": "supervisor"}
    )

    assert answer.headers["Location"] == reverse("people_office:person", args=[user.pk])
    assert sorted(
        Membership.objects.everywhere().filter(user=user).values_list("mall__slug", "role")
    ) == [("barru", "supervisor"), ("parepare", "officer")]
    assert verbs() == ["people.give_role"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"known": "tidak.ada"}, "known"),
        ({"known": "siti"}, "known"),
        ({"known": "sudah.di.sini"}, "known"),
        ({"known": "sudah.tutup"}, "known"),
        ({"known": ""}, "known"),
        ({"known_role": "raja"}, "known_role"),
    ],
)
def test_a_role_that_cannot_be_given_is_refused(platform, told, field):
    factories.a_user("greeter", username="sudah.di.sini")
    with in_mall(factories.a_mall("parepare")):
        factories.a_user("officer", username="siti.aminah")
        factories.a_user("officer", username="sudah.tutup", is_active=False)
    before = Membership.objects.count()

    answer = platform.post(
        reverse("people_office:people"), {"known": "siti.aminah", "known_role": "officer"} | told
    )

    assert (answer.status_code, list(answer.context["known_form"].errors)) == (400, [field])
    assert Membership.objects.count() == before
    assert verbs() == []


def test_a_malls_admin_gives_no_role_to_accounts_of_others(office):
    with in_mall(factories.a_mall("parepare")):
        factories.a_user("officer", username="siti.aminah")
    page = reverse("people_office:people")

    assert office.get(page).content.decode().count('name="known"') == 0
    answer = office.post(page, {"known": "siti.aminah", "known_role": "officer"})

    assert (answer.status_code, Membership.objects.count()) == (403, 1)
