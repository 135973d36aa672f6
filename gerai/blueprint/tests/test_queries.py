"""What a page says of a file before it is taken."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from gerai.blueprint import signing
from gerai.blueprint.exports import parts_here
from gerai.blueprint.queries import MOST_SHOWN, differences, preview
from gerai.blueprint.reading import PartKey, read
from gerai.blueprint.tests.factories import (
    a_file,
    a_model,
    an_agency_part,
    exported,
    parts_of,
    take,
)
from gerai.directory.models import Agency
from gerai.directory.tests.factories import an_agency
from gerai.malls.scope import in_mall


def test_the_preview_says_what_taking_does(founding):
    an_agency(code="BPN", name="Lain")
    data = a_file(an_agency_part(), an_agency_part("BPN"), an_agency_part(kind="king"))
    seen = preview(read(data))
    (agencies,) = seen.kinds
    assert (agencies.new, agencies.different, agencies.same, seen.changes) == (1, 1, 0, 2)
    assert seen.source is None
    assert not seen.is_other_key
    take(data)
    (agencies,) = preview(read(data)).kinds
    assert (agencies.new, agencies.different, agencies.same) == (0, 0, 2)
    assert preview(read(a_file(key=signing.new_key()))).is_other_key


def test_of_many_parts_only_those_shown_are_compared(founding):
    for number in range(MOST_SHOWN + 2):
        an_agency(code=f"B{number:03}", short_name=f"B{number:03}", name="Lain")
    whole = parts_here()[PartKey("agency", "b000")].whole
    same = {"kind": "agency", "key": "B000", "content": whole}
    others = [an_agency_part(f"B{number:03}") for number in range(1, MOST_SHOWN + 2)]
    (agencies,) = preview(read(a_file(same, *others))).kinds
    assert (agencies.new, agencies.different, agencies.same) == (0, MOST_SHOWN + 1, 1)
    assert [part.value for part in agencies.parts] == [
        f"agency B{number:03}" for number in range(1, MOST_SHOWN + 1)
    ]
    assert agencies.are_more


def test_what_the_mall_has_is_asked_once(db):
    with in_mall(a_model()):
        Agency.objects.filter(code="PAJAK").update(is_active=False)
        with CaptureQueriesContext(connection) as asked:
            here = parts_here()
    told = [query["sql"] for query in asked]
    assert len(told) == len(set(told))
    hidden = here[PartKey("agency", "pajak")]
    assert (hidden.shown, hidden.whole["name"]) == (None, "Kantor Pajak Contoh")
    seats = here[PartKey("counter", "1")]
    assert [len(told["seats"]) for told in (seats.shown, seats.whole)] == [1, 2]


def test_every_kind_has_words(founding):
    for part in parts_of(exported(a_model())):
        told = differences(part["kind"], None, part["content"])
        assert told
        assert all(str(one.name) for one in told)


def test_a_week_in_words(founding):
    week = {
        "joint_leave_closes": True,
        "days": [{"weekday": 0, "opens": "08:00", "closes": "15:00", "last_ticket": "14:30"}],
        "breaks": [{"weekday": 0, "starts": "12:00", "ends": "13:00"}],
    }
    told = {str(one.name): one.after for one in differences("hours", None, week)}
    assert told["Senin"] == "08.00-15.00; nomor terakhir 14.30; istirahat 12.00-13.00"
    assert (told["Minggu"], told["Cuti bersama"]) == ("Tutup", "Tutup")
