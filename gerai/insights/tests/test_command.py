"""``gerai measures``, and the work of the night."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gerai.directory.tests.factories import a_mall, an_agency
from gerai.insights import tasks
from gerai.insights.models import Measured, Sharing

pytestmark = pytest.mark.django_db


def told(*args: str) -> str:
    out = StringIO()
    call_command("measures", *args, stdout=out)
    return out.getvalue()


def test_the_months_of_all_malls_are_kept(mall):
    a_mall("lain")
    an_agency()
    assert told().splitlines() == ["barru: 2 nilai disimpan.", "lain: 2 nilai disimpan."]
    assert Measured.objects.get(key="agencies").value == 1.0
    assert Sharing.objects.everywhere().count() == 2


def test_one_mall_is_kept_alone(mall):
    a_mall("lain")
    assert told("lain") == "lain: 2 nilai disimpan.\n"
    assert not Measured.objects.exists()


@pytest.mark.parametrize("args", [("tidak-ada",), ("--months", "0"), ("--months", "121")])
def test_what_cannot_be_kept_is_refused(mall, args):
    with pytest.raises(CommandError):
        told(*args)


def test_the_night_of_a_mall_keeps_its_month(mall):
    assert tasks.keep_night.func(mall_id=mall.pk)
    assert Measured.objects.count() == 2
