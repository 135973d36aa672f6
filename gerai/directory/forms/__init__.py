"""What the management pages ask for."""

from gerai.directory.forms.days import SpecialDay, Year
from gerai.directory.forms.places import NewPosting, PairDevice, Seats
from gerai.directory.forms.week import WEEKDAYS, Week

__all__ = ["WEEKDAYS", "NewPosting", "PairDevice", "Seats", "SpecialDay", "Week", "Year"]
