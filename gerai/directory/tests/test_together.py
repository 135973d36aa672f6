"""Noting many devices at once: as each alone, whatever malls they stand in."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gerai.directory.actions import beats, devices
from gerai.directory.actions.together import seen_together
from gerai.directory.models import Device, DeviceAbsence
from gerai.directory.tests import factories
from gerai.malls.scope import in_mall
from gerai.people.models import Deed

NOON = datetime(2026, 8, 14, 4, tzinfo=UTC)


def seen_at(device: Device) -> datetime | None:
    return Device.objects.everywhere().get(pk=device.pk).last_seen_at


@pytest.mark.parametrize(("ago", "noted"), [(0, False), (59, False), (60, True), (None, True)])
def test_each_is_noted_at_most_once_a_minute(mall, ago, noted) -> None:
    before = None if ago is None else NOON - timedelta(seconds=ago)
    device = factories.a_device(last_seen_at=before)

    with time_machine.travel(NOON, tick=False):
        seen_together([device.pk])

    assert seen_at(device) == (NOON if noted else before)


def test_devices_of_several_malls_are_noted_in_the_queries_of_one(mall) -> None:
    own = [factories.a_device(name=f"Kios {n}") for n in range(3)]
    with in_mall(factories.a_mall("parepare")):
        other = factories.a_device()

    with time_machine.travel(NOON, tick=False):
        with CaptureQueriesContext(connection) as one:
            seen_together([own[0].pk])
        with CaptureQueriesContext(connection) as all_others:
            seen_together([each.pk for each in (*own, other)])

    assert {seen_at(each) for each in (*own, other)} == {NOON}
    assert len(all_others) == len(one)


def test_who_was_missed_comes_back_in_its_own_mall(mall) -> None:
    parepare = factories.a_mall("parepare")
    with in_mall(parepare):
        device = factories.a_device(last_seen_at=NOON - timedelta(hours=1))
        assert beats._miss(device, NOON - timedelta(hours=1))

    seen_together([device.pk])

    absence = DeviceAbsence.objects.everywhere().get(device=device)
    assert absence.until is not None
    found = Deed.objects.everywhere().filter(verb="directory.find_device")
    assert [deed.mall for deed in found] == [parepare]


def test_both_ways_of_noting_leave_the_same_row(mall) -> None:
    rows = []
    for note in (devices.seen, lambda device: seen_together([device.pk])):
        device = factories.a_device(name="Kios", last_seen_at=NOON - timedelta(hours=1))
        assert beats._miss(device, NOON)
        with time_machine.travel(NOON, tick=False):
            note(device)
        rows.append(Device.objects.filter(pk=device.pk).values().get() | {"id": 0})
        DeviceAbsence.objects.all().delete()
        Device.objects.filter(pk=device.pk).delete()
    assert rows[0] == rows[1]
