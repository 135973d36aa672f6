"""The sample mall: complete, drawn without overlaps, made once, open at any time."""

import json
from datetime import UTC, datetime
from io import StringIO
from itertools import combinations

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db.models import Count

from gerai import clock
from gerai.directory.catalogue.signs import BY_CODE, BY_WORD, PLAIN_ICON
from gerai.directory.models import (
    Agency,
    Counter,
    CounterShare,
    Device,
    Floor,
    Posting,
    Service,
    SpecialDay,
    Zone,
)
from gerai.directory.queries.opening import opening_of
from gerai.directory.queries.places import agencies_at
from gerai.directory.tests.factories import a_mall
from gerai.insights.models import Model
from gerai.malls.models import Mall
from gerai.malls.queries import mall_of_host
from gerai.malls.scope import in_mall
from gerai.people.models import Deed, Membership, User
from gerai.planner.models import Plan
from gerai.portals.sample.plan import BARRU, EVERY_DAY, PASSWORD, SAMPLES
from gerai.queue.models import Line, LineDay, LineService, Rule, Ticket
from gerai.ui.icons import NAMES

SHEET = (1000, 600)


def run(*options):
    out = StringIO()
    call_command("sample", *options, "--json", stdout=out)
    return out.getvalue(), json.loads(out.getvalue().splitlines()[-1])["changed"]


@pytest.fixture
def sample(db):
    run("--quiet")
    with in_mall(Mall.objects.get(slug="barru")) as mall:
        yield mall


def overlap(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@pytest.mark.parametrize("mall", SAMPLES, ids=lambda mall: mall.slug)
def test_plan_has_no_overlaps_and_stays_on_the_sheet(mall):
    for floor in mall.floors:
        zones = [zone.place for zone in floor.zones]
        assert not any(overlap(*pair) for pair in combinations(zones, 2))
        assert all(p.x + p.width <= SHEET[0] and p.y + p.height <= SHEET[1] for p in zones)
        for zone in floor.zones:
            places = [counter.place for counter in zone.counters]
            room = zone.place
            assert not any(overlap(*pair) for pair in combinations(places, 2))
            assert all(
                room.x <= p.x
                and room.y <= p.y
                and p.x + p.width <= room.x + room.width
                and p.y + p.height <= room.y + room.height
                for p in places
            )


@pytest.mark.parametrize("mall", SAMPLES, ids=lambda mall: mall.slug)
def test_every_counter_has_one_agency_a_day_and_every_agency_a_seat(mall):
    counters = {
        counter.code for floor in mall.floors for zone in floor.zones for counter in zone.counters
    }
    seats = sorted((seat.counter, day) for seat in mall.seats for day in seat.weekdays)
    assert seats == sorted((counter, day) for counter in counters for day in EVERY_DAY)
    assert {seat.agency for seat in mall.seats} == {tenant.code for tenant in mall.tenants}
    assert len({tenant.letters for tenant in mall.tenants}) == len(mall.tenants)


def test_officers_serve_for_agencies_that_are_there_every_day():
    daily = {seat.agency for seat in BARRU.seats if seat.weekdays == EVERY_DAY}
    assert {code for person in BARRU.people for code in person.posts} <= daily


def test_signs_are_drawn():
    icons = {sign.icon for sign in BY_CODE.values()} | set(BY_WORD.values()) | {PLAIN_ICON}
    assert icons - NAMES == set()


def test_sample_is_complete(sample):
    assert (sample.name, sample.region_code, sample.zone, sample.is_sample) == (
        "MPP Barru (contoh)",
        "73.11",
        "Asia/Makassar",
        True,
    )
    assert [
        model.objects.count()
        for model in (Floor, Zone, Counter, Agency, Service, Line, LineService, Rule, Device)
    ] == [2, 5, 20, 24, 60, 24, 60, 3, 7]
    assert list(Counter.objects.order_by("position").values_list("code", flat=True)) == [
        str(number) for number in range(1, 21)
    ]
    assert sorted(
        Device.objects.values_list("kind", "zone__code", "speaks", "is_sample"), key=str
    ) == [
        ("kiosk", None, False, True),
        *[("screen", f"Z{number}", True, True) for number in range(1, 6)],
        ("screen", None, False, True),
    ]


def test_the_plan_of_counters_is_said_to_be_a_sample(sample):
    plan = Plan.objects.get()
    assert (plan.name[:7], plan.cost_source[:6], plan.state) == ("Contoh:", "Contoh", "waiting")


def test_lines_hold_every_service_of_their_agency(sample):
    assert Line.objects.get(code="A").agency.code == "DISDUKCAPIL"
    for line in Line.objects.all():
        assert set(line.services.all()) == set(line.agency.services.filter(is_active=True))


def test_sample_users_may_sign_in_and_hold_their_roles(sample):
    roles = dict(Membership.objects.values_list("user__username", "role"))
    assert roles == {
        **{f"petugas{number}": "officer" for number in range(1, 7)},
        "penyambut": "greeter",
        "pengawas": "supervisor",
        "penulis": "writer",
        "redaktur": "editor",
        "penerima": "host",
        "admin": "mall_admin",
    }
    assert str(authenticate(username="petugas1", password=PASSWORD)) == "Petugas Contoh 1"
    assert User.objects.get(is_platform_admin=True).username == "platform"
    posted = {posting.user.username: posting.agency for posting in Posting.objects.all()}
    assert len(posted) == 6
    today = datetime(2026, 11, 22, tzinfo=UTC).date()
    served = {agency for counter in Counter.objects.all() for agency in agencies_at(counter, today)}
    assert set(posted.values()) <= served


def test_second_run_changes_nothing(sample):
    deeds = Deed.objects.count()
    words, changed = run()
    assert changed == {"barru": []}
    assert "sudah lengkap, tidak ada yang diubah" in words
    assert Deed.objects.count() == deeds


def test_missing_parts_are_completed(sample):
    Posting.objects.filter(user__username="petugas1").delete()
    Device.objects.filter(kind="kiosk").delete()
    assert run("--quiet")[1] == {"barru": ["pengguna", "perangkat"]}
    assert run("--quiet")[1] == {"barru": []}


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 22, 18, 30, tzinfo=UTC),
        datetime(2026, 12, 24, 20, 0, tzinfo=UTC),
        datetime(2027, 1, 1, 4, 0, tzinfo=UTC),
    ],
)
def test_sample_is_open_at_night_and_on_holidays(db, time_machine, moment):
    time_machine.move_to(moment, tick=False)
    run("--quiet")
    mall = Mall.objects.get()
    with in_mall(mall):
        local = clock.local(moment, mall.zone)
        sitting = CounterShare.objects.filter(weekday=local.weekday()).values("agency")
        elsewhere = Agency.objects.exclude(shares=None).exclude(pk__in=sitting)
        for agency in (None, *Agency.objects.exclude(pk__in=elsewhere)):
            assert opening_of(agency, local).takes_tickets
        assert {opening_of(agency, local).reason for agency in elsewhere} == {"not_its_day"}


@pytest.fixture
def december(time_machine):
    time_machine.move_to(datetime(2026, 12, 1, tzinfo=UTC), tick=False)


def test_office_hours_close_holidays_and_always_opens_them_again(december, sample):
    opened = SpecialDay.objects.count()
    assert run("--hours", "office", "--quiet")[1] == {"barru": ["jam layanan"]}
    assert run("--quiet")[1] == {"barru": []}
    assert SpecialDay.objects.count() == 0
    christmas = datetime.fromisoformat("2026-12-25T09:00:00+08:00")
    tuesday = datetime.fromisoformat("2026-12-22T12:30:00+08:00")
    samsat = Agency.objects.get(code="SAMSAT")
    with in_mall(Mall.objects.get()):
        assert opening_of(None, christmas).reason == "holiday"
        assert opening_of(None, tuesday).reason == "break"
        assert opening_of(samsat, tuesday).reason == "after_closing"
    assert run("--hours", "always", "--quiet")[1] == {"barru": ["jam layanan"]}
    assert SpecialDay.objects.count() == opened
    with in_mall(Mall.objects.get()):
        assert opening_of(samsat, tuesday).takes_tickets


def test_second_mall_has_its_own_people(sample):
    assert run("--second", "--quiet")[1]["barru"] == []
    with in_mall(Mall.objects.get(slug="soppeng")):
        assert Line.objects.count() == Agency.objects.count() == Counter.objects.count() == 4
        assert Membership.objects.filter(user__username__startswith="petugas").count() == 0
        assert Membership.objects.count() == 5


def refusal_of(command, *options):
    err = StringIO()
    with pytest.raises(SystemExit) as leaving:
        call_command(command, *options, stderr=err, stdout=StringIO())
    assert leaving.value.code == 2
    return err.getvalue()


def test_sample_leaves_real_malls_and_people_alone(db):
    a_mall("barru")
    assert "sungguhan" in refusal_of("sample")
    Mall.objects.update(slug="lain")
    user = User.objects.create(
        username="admin", name="A", created_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert "admin" in refusal_of("sample")
    assert Mall.objects.count() == 1
    user.delete()
    words, changed = run("--quiet")
    assert changed["barru"][0] == "mal"
    assert "platform" in words
    assert User.objects.filter(is_platform_admin=True).count() == 0


def test_unknown_hours_are_refused(db):
    assert "always atau office" in refusal_of("sample", "--hours", "malam")


def addresses(*options):
    out = StringIO()
    call_command("addresses", *options, "--json", stdout=out)
    return out.getvalue(), json.loads(out.getvalue().splitlines()[-1])


def test_addresses_name_every_door_and_user(sample):
    words, found = addresses("--port", "8113")
    pages = found["barru"]["pages"]
    assert pages["Kios pengambilan nomor"] == "http://barru.localhost:8113/kios/"
    assert pages["Layar Perizinan dan Pajak"] == "http://barru.localhost:8113/layar/?zona=Z2"
    assert pages["Kisah hari"] == "http://barru.localhost:8113/kisah/"
    assert len(pages) == 20
    assert [user["username"] for user in found["barru"]["users"]] == [
        *[f"petugas{number}" for number in range(1, 7)],
        "penyambut",
        "pengawas",
        "penulis",
        "redaktur",
        "penerima",
        "admin",
        "platform",
    ]
    assert PASSWORD in words
    assert "http://localhost:8113/" in words


def test_addresses_of_a_real_mall_tell_no_users(db):
    a_mall("asli")
    words, found = addresses()
    assert (found["asli"]["users"], PASSWORD in words) == ([], False)


def test_addresses_without_a_mall_say_what_to_do(db):
    words, found = addresses()
    assert (found, "gerai sample" in words) == ({}, True)


def test_a_founding_sample_looks_at_the_open_one_and_takes_nobody_s_address(db):
    _words, changed = run("--quiet", "--founding")

    assert changed["luwutimur"] == ["mal", "pengguna", "situs", "pendirian", "teladan"]
    assert run("--quiet", "--founding")[1] == {"barru": [], "luwutimur": []}
    barru, luwutimur = Mall.objects.get(slug="barru"), Mall.objects.get(slug="luwutimur")
    assert (barru.is_founding, luwutimur.is_founding) == (False, True)
    assert mall_of_host("192.0.2.7") == barru
    with in_mall(luwutimur):
        assert Model.objects.get().name == barru.name


def test_a_past_is_made_once_and_only_when_asked_for(db):
    assert "setengah tahun yang lalu" not in run("--quiet")[1]["barru"]
    assert run("--quiet", "--past")[1] == {"barru": ["setengah tahun yang lalu"]}
    assert run("--quiet", "--past")[1] == {"barru": []}
    with in_mall(Mall.objects.get(slug="barru")):
        given = Ticket.objects.values_list("line", "day").annotate(count=Count("pk"))
        assert list(
            LineDay.objects.order_by("day", "line").values_list("line", "day", "last_number")
        ) == list(given.order_by("day", "line"))
