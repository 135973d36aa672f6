"""What the management pages ask for."""

from gerai.directory.forms.agencies import AgencyFields
from gerai.directory.forms.agreements import AgreementFields, NewAgreement
from gerai.directory.forms.building import CounterFields, FloorFields, NewCounters, ZoneFields
from gerai.directory.forms.days import SpecialDay, Year
from gerai.directory.forms.devices import DeviceFields, Heartbeat
from gerai.directory.forms.facilities import FacilityFields, GuideFields
from gerai.directory.forms.mall import MallFields
from gerai.directory.forms.places import NewPosting, PairDevice, Seats
from gerai.directory.forms.services import (
    NewService,
    ServiceFields,
    StandardFields,
    fields_of,
)
from gerai.directory.forms.week import WEEKDAYS, Week

__all__ = [
    "WEEKDAYS",
    "AgencyFields",
    "AgreementFields",
    "CounterFields",
    "DeviceFields",
    "FacilityFields",
    "FloorFields",
    "GuideFields",
    "Heartbeat",
    "MallFields",
    "NewAgreement",
    "NewCounters",
    "NewPosting",
    "NewService",
    "PairDevice",
    "Seats",
    "ServiceFields",
    "SpecialDay",
    "StandardFields",
    "Week",
    "Year",
    "ZoneFields",
    "fields_of",
]
