"""Seasons and the Friday prayer in the management; the two usual weeks filled in."""

from datetime import date, time

import pytest

from gerai.directory import queries
from gerai.directory.hours import DayHours, week_from_json
from gerai.directory.models import FridayBreak, Season
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.people.roles import Role

HOME = "/kelola/musim/"
TOLD = {
    "name": "Ramadan contoh",
    "starts_on": "2027-02-08",
    "ends_on": "2027-03-09",
    "source": "Surat edaran contoh",
    "is_open_0": "on",
    "opens_0": "08.00",
    "closes_0": "14.00",
}


@pytest.fixture
def admin(db, client):
    with in_mall(factories.a_mall()):
        factories.office_hours()
        client.force_login(factories.a_user(Role.MALL_ADMIN))
        yield client


def test_a_season_is_added_changed_and_removed(admin):
    assert admin.get(HOME).status_code == 200
    assert admin.get(f"{HOME}baru/").content.decode().count('value="15.00"') == 5
    assert admin.post(f"{HOME}baru/", TOLD).status_code == 302
    season = Season.objects.get()
    assert week_from_json(season.week) == {0: DayHours(time(8), time(14))}
    assert (season.starts_on, season.source) == (date(2027, 2, 8), "Surat edaran contoh")

    address = f"{HOME}{season.pk}/"
    assert admin.get(address).content.decode().count('value="14.00"') == 1
    agency = factories.an_agency()
    admin.post(address, TOLD | {"agency": agency.pk, "closes_0": "13.00"})
    season.refresh_from_db()
    assert (season.agency, week_from_json(season.week)[0].closes) == (agency, time(13))
    admin.post(f"{address}hapus/")
    assert not Season.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"source": ""}, {"ends_on": "2027-02-07"}, {"closes_0": "07.00"}, {"starts_on": "besok"}],
)
def test_a_season_without_sense_or_source_is_refused(admin, wrong):
    assert admin.post(f"{HOME}baru/", TOLD | wrong).status_code == 400
    assert not Season.objects.exists()


def test_two_seasons_of_one_owner_share_no_day(admin):
    admin.post(f"{HOME}baru/", TOLD)
    overlapping = TOLD | {"starts_on": "2027-03-09", "ends_on": "2027-03-20"}
    assert admin.post(f"{HOME}baru/", overlapping).status_code == 400
    agency = factories.an_agency()
    assert admin.post(f"{HOME}baru/", overlapping | {"agency": agency.pk}).status_code == 302
    assert Season.objects.count() == 2


def test_friday_breaks_are_added_and_removed(admin):
    told = {"name": "Salat Jumat", "since": "", "starts": "11.30", "ends": "13.00"}
    assert admin.post(HOME, told).status_code == 302
    assert admin.post(HOME, told).status_code == 400
    assert admin.post(HOME, told | {"since": "2027-01-01", "ends": ""}).status_code == 400
    assert admin.post(HOME, told | {"since": "2027-01-01", "ends": "11.00"}).status_code == 400
    agency = factories.an_agency()
    admin.post(HOME, told | {"agency": agency.pk, "starts": "", "ends": ""})
    assert FridayBreak.objects.count() == 2
    row = FridayBreak.objects.get(agency=None)
    assert (row.starts, row.ends) == (time(11, 30), time(13))
    admin.post(f"{HOME}jumat/{row.pk}/hapus/")
    assert list(FridayBreak.objects.values_list("agency", flat=True)) == [agency.pk]


@pytest.mark.parametrize(("days", "open_days"), [("5", 5), ("6", 6), ("7", 5)])
def test_a_usual_week_is_filled_in_and_saved_only_when_sent(admin, days, open_days):
    shown = admin.get(f"/kelola/jam/?pola={days}").content.decode()
    assert shown.count('value="15.00"') == open_days
    assert shown.count("belum disimpan") == (days != "7")
    assert len(queries.week_of(None)) == 5


def test_other_roles_stay_outside(admin, client):
    client.force_login(factories.a_user(Role.SUPERVISOR))
    assert client.get(HOME).status_code == 403
    assert client.post(f"{HOME}baru/", TOLD).status_code == 403
