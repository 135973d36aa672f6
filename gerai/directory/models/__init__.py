"""What the mall is: places, agencies, services with their standards, calendar, devices."""

from gerai.directory.models.agencies import Agency, AgencyKind, CounterShare, Posting
from gerai.directory.models.agreements import Agreement, AgreementState
from gerai.directory.models.calendar import BreakTime, SpecialDay, SpecialDayKind, WeeklyHours
from gerai.directory.models.closings import (
    Closing,
    ClosingReason,
    Emergency,
    EmergencyKind,
    GatheringPlace,
)
from gerai.directory.models.devices import Device, DeviceAbsence, DeviceKind, Pairing
from gerai.directory.models.facilities import Facility, FacilityState, Guide, GuideKind
from gerai.directory.models.places import Counter, Floor, Zone
from gerai.directory.models.seasons import FridayBreak, Season
from gerai.directory.models.services import Picture, Service
from gerai.directory.models.standards import DELIVERY, MANAGING, Requirement, Standard

__all__ = [
    "DELIVERY",
    "MANAGING",
    "Agency",
    "AgencyKind",
    "Agreement",
    "AgreementState",
    "BreakTime",
    "Closing",
    "ClosingReason",
    "Counter",
    "CounterShare",
    "Device",
    "DeviceAbsence",
    "DeviceKind",
    "Emergency",
    "EmergencyKind",
    "Facility",
    "FacilityState",
    "Floor",
    "FridayBreak",
    "GatheringPlace",
    "Guide",
    "GuideKind",
    "Pairing",
    "Picture",
    "Posting",
    "Requirement",
    "Season",
    "Service",
    "SpecialDay",
    "SpecialDayKind",
    "Standard",
    "WeeklyHours",
    "Zone",
]
