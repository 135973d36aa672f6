"""A sample that is broken off again and again becomes whole, and nothing in it is doubled."""

from contextlib import suppress

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction

from gerai.people import audit
from gerai.people.models import Deed
from gerai.portals.sample.founding import SAMPLE as FOUNDING
from gerai.portals.sample.making import make
from gerai.portals.sample.plan import SOPPENG


class BrokenOff(Exception):
    """The process was ended."""


def fill(sample):
    return make(sample, hours=None, has_past=True)


def rows():
    """Return how many rows each model has, but for the trail, which also tells of beginnings."""
    models = [model for model in apps.get_models() if model is not Deed]
    return {model.__name__: model._base_manager.count() for model in models}


def rows_of_an_unbroken_run(sample):
    before = transaction.savepoint()
    fill(sample)
    found = rows()
    transaction.savepoint_rollback(before)
    cache.clear()
    return found


def fill_with_breaks(sample, monkeypatch):
    """Fill a sample with a process that lives ever longer; return how often it was ended."""
    record = audit.record
    breaks = 0
    while True:
        lives = iter(range(2 + breaks * breaks))

        def record_or_die(*args, lives=lives, **detail):
            if next(lives, None) is None:
                raise BrokenOff
            record(*args, **detail)

        monkeypatch.setattr(audit, "record", record_or_die)
        with suppress(BrokenOff):
            fill(sample)
            return breaks
        breaks += 1


@pytest.mark.django_db
@pytest.mark.parametrize("sample", [SOPPENG, FOUNDING], ids=lambda sample: sample.slug)
def test_a_sample_that_is_broken_off_again_and_again_becomes_whole(
    sample, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    whole = rows_of_an_unbroken_run(sample)

    breaks = fill_with_breaks(sample, monkeypatch)

    assert rows() == whole
    assert breaks > 5
    assert fill(sample) == []
