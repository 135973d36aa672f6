"""What a page says of a file before it is taken."""

from gerai.blueprint import signing
from gerai.blueprint.queries import differences, preview
from gerai.blueprint.reading import read
from gerai.blueprint.tests.factories import (
    a_file,
    a_model,
    an_agency_part,
    exported,
    parts_of,
    take,
)
from gerai.directory.tests.factories import an_agency


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
