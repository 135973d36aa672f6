"""A founding for tests, made in the mall in scope."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gerai.directory.models import Agency, Service
from gerai.directory.tests.factories import (
    a_counter,
    a_mall,
    a_service,
    a_user,
    an_agency,
    office_hours,
)
from gerai.founding.actions.workspace import begin
from gerai.founding.models import Founding, Step
from gerai.malls.models import Mall
from gerai.people import audit
from gerai.people.roles import Role

# A Monday in Barru (WITA).
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
BEGAN = date(2026, 11, 23)
CHIEF = audit.Actor(name="Ketua tim")


def a_founding_mall(slug: str = "luwutimur", **fields: Any) -> Mall:
    """Make a mall that is being founded; it is not put in scope."""
    return a_mall(slug, **{"region_code": "73.24", "stage": "founding", **fields})


def a_founding(**fields: Any) -> Founding:
    """Begin the workspace of the mall in scope, on a Monday."""
    return begin(by=CHIEF, **{"leader": "Contoh Bupati", "began_on": BEGAN, **fields})


def the_step(key: str) -> Step:
    """Return a step of the template."""
    return Step.objects.get(key=key)


def ready_to_open() -> Service:
    """Give the mall in scope what it needs before its opening, but a line."""
    office_hours(opens=time(8), closes=time(15))
    agency: Agency = an_agency(short_name="Dukcapil")
    service = a_service(agency=agency)
    a_counter(agency=agency)
    a_user(Role.OFFICER, agency=agency)
    return service


def a_picture_file() -> SimpleUploadedFile:
    """Make a small picture that somebody sends as evidence."""
    data = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(data, "PNG")
    return SimpleUploadedFile("bukti.png", data.getvalue(), "image/png")
