"""Lines are opened once, with services of their own agency; the first rule comes once."""

import pytest

from gerai.directory.tests.factories import a_service, an_agency
from gerai.people import audit
from gerai.people.models import Deed
from gerai.queue.actions.lines import LineCodeTaken, ServiceElsewhere, begin_rule, open_line
from gerai.queue.models import Line, Rule


def opened(agency, code="A", services=()):
    return open_line(
        agency, code=code, name="Antrean", services=services, usual_minutes=7, by=audit.SYSTEM
    )


def test_open_line_takes_services_of_its_agency(mall):
    agency = an_agency()
    services = [a_service(agency=agency), a_service(agency=agency)]
    line = opened(agency, services=services)
    assert (line.mall, line.agency, line.usual_minutes) == (mall, agency, 7)
    assert list(line.services.order_by("pk")) == services
    assert Deed.objects.get().verb == "queue.open_line"


def test_open_line_refuses_letters_in_use(mall):
    opened(an_agency())
    with pytest.raises(LineCodeTaken):
        opened(an_agency())
    assert Line.objects.count() == 1


def test_open_line_refuses_services_of_another_line_or_agency(mall):
    agency = an_agency()
    service = a_service(agency=agency)
    opened(agency, services=[service])
    with pytest.raises(ServiceElsewhere):
        opened(agency, code="B", services=[service])
    with pytest.raises(ServiceElsewhere):
        opened(agency, code="B", services=[a_service()])
    assert Line.objects.count() == 1


def test_begin_rule_happens_once(mall):
    assert [begin_rule(by=audit.SYSTEM) for _ in range(2)] == [True, False]
    assert Rule.objects.get().version == 1
