"""The order of calling on its pages: read, written with rows, checked, published, compared."""

import json

import pytest
from django.urls import reverse

from gerai.directory.tests.factories import a_mall, a_service, a_user
from gerai.malls.scope import in_mall
from gerai.people.models import Deed
from gerai.people.roles import Role
from gerai.queue.actions.rule import publish_rule
from gerai.queue.models import Rule
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.rules import Limit, Plan, Route, Share, Skill
from gerai.queue.tests.factories import a_house, a_line

NUMBERS = {
    "priority_in_a_row": "3",
    "ordinary_in_a_row": "1",
    "recalls": "2",
    "return_after": "4",
    "undo_seconds": "30",
}
CHANGE = "/pengawas/aturan/ubah/"


@pytest.fixture
def admin(house, client):
    client.force_login(a_user(Role.MALL_ADMIN))
    return client


def send(client, work="", **fields):
    return client.post(CHANGE, NUMBERS | {"work": work} | fields)


def rows(**sections):
    """Write rows as the form sends them: routes=[{"line": "A"}]."""
    sent = {}
    for section, its_rows in sections.items():
        sent[f"{section}-count"] = str(len(its_rows))
        for at, row in enumerate(its_rows):
            sent |= {f"{section}-{at}-{name}": value for name, value in row.items()}
    return sent


def test_admin_publishes_a_rule_and_sees_the_history(house, admin):
    answer = admin.post(CHANGE, NUMBERS | {"work": "publish"}, follow=True)
    shown = answer.content.decode()
    assert shown.count("Aturan versi 2 mulai berlaku.") == 1
    assert shown.count("paling banyak 3 nomor berturut-turut") == 1
    assert Rule.objects.get().document["undo_seconds"] == 30
    deed = Deed.objects.get(verb="queue.rule")
    assert (deed.thing, deed.detail["recalls"], deed.detail["plans"]) == ("rule:2", 2, 0)


def test_checking_says_what_would_change_and_writes_nothing(house, admin):
    answer = send(admin, "check")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert shown.count("Nomor prioritas berturut-turut, paling banyak: 2") == 1
    assert shown.count("Nomor prioritas berturut-turut, paling banyak: 3") == 1
    assert Rule.objects.count() == 0


def test_supervisor_reads_the_rule_but_does_not_change_it(house, client):
    client.force_login(a_user(Role.SUPERVISOR))
    shown = client.get(reverse("supervisor:rule")).content.decode()
    assert shown.count(CHANGE) == 0
    assert client.post(CHANGE, NUMBERS).status_code == 403


@pytest.mark.parametrize("wrong", [{"priority_in_a_row": "6"}, {"recalls": "dua"}, {"recalls": ""}])
def test_number_outside_its_bounds_is_asked_again(house, admin, wrong):
    answer = send(admin, "publish", **wrong)
    assert (answer.status_code, Rule.objects.count()) == (400, 0)
    assert answer.content.decode().count("Isi dengan bilangan bulat") == 2


def test_rows_of_every_section_are_published_and_shown_again(house, admin):
    other = a_line(house.agency, code="B")
    service = a_service(agency=house.agency, code="S-1")
    sent = rows(
        routes=[{"line": "B", "groups": ["elderly"], "languages": ["en"], "services": ["S-1"]}],
        plans=[
            {"how": "ratio", "counters": [house.counter.code], "officers": []}
            | {"line_0": "A", "share_0": "3", "line_1": "B", "share_1": "", "line_2": ""}
        ],
        skills=[
            {
                "counters": [house.second.code],
                "services": [service.code, other.services.get().code],
            }
        ],
        limits=[{"line": "", "group": "", "minutes": "45"}],
    )
    answer = send(admin, "publish", **sent)
    assert answer.status_code == 302
    rule = rule_in_force()
    assert rule.routes == (Route("B", ("S-1",), ("elderly",), ("en",)),)
    assert rule.plans == (Plan("ratio", (house.counter.code,), (), (Share("A", 3), Share("B", 1))),)
    assert rule.skills == (Skill((service.code, other.services.get().code), (house.second.code,)),)
    assert rule.limits == (Limit(45),)
    shown = admin.get(CHANGE).content.decode()
    assert shown.count('name="routes-count" value="1"') == 1
    assert shown.count('<option value="ratio" selected>') == 1
    assert shown.count('name="limits-0-minutes" value="45"') == 1


def test_a_row_is_added_and_removed_and_nothing_typed_is_lost(house, admin):
    typed = rows(limits=[{"minutes": "20", "group": "priority"}, {"minutes": "dua puluh"}])
    more = send(admin, "add.limits", **typed).content.decode()
    assert more.count('name="limits-count" value="3"') == 1
    assert more.count('name="limits-1-minutes" value="dua puluh"') == 1
    assert more.count('name="recalls" value="2"') == 1
    less = send(admin, "remove.limits.0", **typed).content.decode()
    assert less.count('name="limits-count" value="1"') == 1
    assert less.count('name="limits-0-minutes" value="dua puluh"') == 1
    assert Rule.objects.count() == 0


def test_a_plan_gets_room_for_more_lines(house, admin):
    typed = rows(plans=[{f"line_{place}": "A" for place in range(3)} | {"how": "ratio"}])
    assert send(admin, "more.plans", **typed).content.decode().count("plans-0-line_4") == 3


def test_a_rule_that_could_starve_a_line_is_refused_with_the_reason(house, admin):
    a_line(house.agency, code="B")
    sent = rows(plans=[{"how": "in_order", "line_0": "A"}])
    answer = send(admin, "publish", **sent)
    assert (answer.status_code, Rule.objects.count()) == (400, 0)
    reason = "nomor umum di antrean B dapat menunggu tanpa akhir"
    assert answer.content.decode().count(reason) == 2


def test_what_is_there_no_longer_is_named_and_not_lost(house, admin):
    line = a_line(house.agency, code="B")
    publish_rule({"limits": [{"minutes": 9}], "routes": [{"line": "B"}]}, by=house.by)
    line.lineservice_set.all().delete()
    line.delete()
    assert admin.get(CHANGE).content.decode().count("B (sudah tidak ada)") == 2
    answer = send(admin, "check", **rows(routes=[{"line": "B"}]))
    assert answer.status_code == 400
    assert answer.content.decode().count("antrean B tidak ada di mal ini") == 2


def test_a_version_published_meanwhile_is_not_overwritten(house, admin):
    publish_rule({}, by=house.by)
    typed = rows(limits=[{"minutes": "35"}]) | {"former": "1", "recalls": "5"}
    answer = send(admin, "publish", **typed)
    shown = answer.content.decode()
    assert (answer.status_code, rule_in_force().version) == (409, 2)
    assert shown.count("Aturan baru saja diubah orang lain.") == 1
    assert shown.count('name="limits-0-minutes" value="35"') == 1
    assert shown.count('name="recalls" value="5"') == 1
    assert shown.count('name="former" value="2"') == 1
    assert send(admin, "publish", **typed | {"former": "2"}).status_code == 302
    assert rule_in_force().recalls == 5


def test_a_draft_is_published_as_it_was_checked(house, admin):
    draft = {"draft": '{"recalls": 4}', "former": "1", "work": "publish"}
    admin.post(CHANGE, draft)
    assert (rule_in_force().version, rule_in_force().recalls) == (2, 4)


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("", "Bentuknya bukan isian yang dikenal."),
        ("{", "Bentuknya bukan isian yang dikenal."),
        ("[]", "Bentuknya bukan isian yang dikenal."),
        ("[" * 100_000, "Bentuknya bukan isian yang dikenal."),
        ('{"recalls": ' + "9" * 6000 + "}", "Bentuknya bukan isian yang dikenal."),
        ('{"recalls": NaN}', "isi dengan bilangan bulat 1 sampai 5."),
        ('{"x": 1}', "x: isian ini tidak dikenal."),
        ('{"routes": [{"line": "Q"}]}', "antrean Q tidak ada di mal ini."),
        ('{"routes": [{"line": "a\\u0000"}]}', "tidak ada di mal ini."),
        (json.dumps({"limits": [{"minutes": 5}] * 41}), "terlalu banyak; paling banyak 40."),
        (json.dumps({"limits": [{"minutes": 0, "y": 1}] * 40}), "isian ini tidak dikenal."),
    ],
)
def test_a_draft_that_is_none_is_refused_in_words(house, admin, draft, words):
    for address in (CHANGE, "/pengawas/aturan/putar-ulang/"):
        answer = admin.post(address, {"draft": draft, "work": "publish"})
        assert answer.status_code == 400
        assert words in answer.content.decode()
        assert len(answer.content) < 100_000
    assert Rule.objects.count() == 0


def test_a_draft_that_fits_no_longer_is_shown_in_the_form(house, admin):
    draft = {"draft": '{"recalls": 4, "routes": [{"line": "Q"}]}', "work": "publish"}
    answer = admin.post(CHANGE, draft)
    shown = answer.content.decode()
    assert (answer.status_code, Rule.objects.count()) == (400, 0)
    assert shown.count("antrean Q tidak ada di mal ini.") == 1
    assert shown.count("Q (sudah tidak ada)") == 1
    assert shown.count('name="recalls" value="4"') == 1


def test_more_rows_than_a_rule_may_have_are_refused_not_dropped_unseen(house, admin):
    typed = rows(limits=[{"minutes": str(at)} for at in range(1, 42)])
    answer = send(admin, "publish", **typed)
    shown = answer.content.decode()
    assert (answer.status_code, Rule.objects.count()) == (400, 0)
    assert shown.count("Batas tunggu: terlalu banyak; paling banyak 40.") == 1
    assert shown.count('name="limits-39-minutes" value="40"') == 1
    full = send(admin, "add.limits", **rows(limits=[{"minutes": "5"}] * 40)).content.decode()
    assert full.count("Batas tunggu: terlalu banyak; paling banyak 40.") == 1
    assert full.count('name="limits-count" value="40"') == 1


@pytest.mark.parametrize("count", ["-1", "²", "1e3", "9" * 5000, "a\x00b", ""])
def test_a_senseless_count_of_rows_is_none(house, admin, count):
    answer = send(admin, "check", **{"limits-count": count})
    assert answer.status_code == 200


def test_what_another_mall_has_cannot_be_named(house, admin):
    with in_mall(a_mall(slug="lain", name="Mal Lain")):
        theirs = a_house(code="Z")
        service = theirs.line.services.get()
    typed = rows(
        routes=[{"line": "Z", "services": [service.code]}],
        skills=[{"services": [service.code], "counters": [house.counter.code]}],
    )
    answer = send(admin, "publish", **typed)
    shown = answer.content.decode()
    assert (answer.status_code, Rule.objects.count()) == (400, 0)
    assert shown.count("Pilih dari daftar yang ada.") >= 3
    draft = {"skills": [{"services": [service.code], "counters": [house.counter.code]}]}
    answer = admin.post(CHANGE, {"draft": json.dumps(draft), "work": "publish"})
    assert (answer.status_code, Rule.objects.count()) == (400, 0)
    assert f"layanan {service.code} tidak ada di mal ini" in answer.content.decode()


def test_a_service_that_has_ended_needs_nobody_who_takes_it(house, admin):
    ended = a_service(agency=house.agency, code="USAI")
    ended.is_active = False
    ended.save()
    given = house.line.services.get()
    skill = {"services": [given.code], "counters": [house.counter.code, house.second.code]}
    send(admin, "publish", **rows(skills=[skill]))
    assert rule_in_force().skills == (
        Skill((given.code,), (house.counter.code, house.second.code)),
    )


def test_a_version_tells_what_it_changed_and_what_was_stored(house, client):
    publish_rule({"recalls": 4}, by=house.by)
    publish_rule({"recalls": 4, "limits": [{"minutes": 30}]}, by=house.by)
    client.force_login(a_user(Role.SUPERVISOR))
    first = client.get("/pengawas/aturan/versi/2/").content.decode()
    assert first.count("Panggilan untuk satu nomor, paling banyak: 3") == 1
    assert first.count("Panggilan untuk satu nomor, paling banyak: 4") == 1
    second = client.get("/pengawas/aturan/versi/3/").content.decode()
    assert second.count("yang sudah menunggu 30 menit didahulukan") == 2
    assert second.count("&quot;minutes&quot;: 30") == 1
    assert client.get("/pengawas/aturan/versi/9/").status_code == 404


def test_the_form_asks_as_often_for_many_lines_as_for_one(
    house, admin, django_assert_max_num_queries
):
    with django_assert_max_num_queries(25) as one:
        admin.get(CHANGE)
    for code in "BCD":
        a_line(house.agency, code=code)
    with django_assert_max_num_queries(len(one.captured_queries)):
        admin.get(CHANGE)
