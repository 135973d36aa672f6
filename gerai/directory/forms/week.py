"""The seven days of a week, typed into a table."""

from collections.abc import Mapping
from datetime import time
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.hours import DayHours

WEEKDAYS = (_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu"))
BREAKS = 2


class Hour(forms.TimeField):
    """A time of day, typed as 08.00; the browser's own field would show AM and PM."""

    widget = forms.TimeInput(
        format="%H.%M",
        attrs={
            "inputmode": "decimal",
            "autocomplete": "off",
            "maxlength": 8,
            "placeholder": "--.--",
            "class": "hour",
        },
    )
    default_error_messages = {"invalid": _("Tulis jam seperti 08.00.")}

    def __init__(self, **settings: Any) -> None:
        super().__init__(input_formats=["%H.%M", "%H:%M", "%H,%M", "%H:%M:%S"], **settings)


class Week(forms.Form):
    """The seven days of a week: open or not, hours, last ticket, breaks."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, week: Mapping[int, DayHours]
    ) -> None:
        super().__init__(data)
        self.breaks = max([BREAKS, *(len(hours.breaks) for hours in week.values())])
        for weekday, label in enumerate(WEEKDAYS):
            hours = week.get(weekday)
            self._add_day(weekday, str(label), hours)

    def _add_day(self, weekday: int, day: str, hours: DayHours | None) -> None:
        def hour(name: str, label: object, value: time | None) -> None:
            field = Hour(label=f"{day}: {label}", required=False, initial=value)
            field.widget.attrs["aria-label"] = field.label
            self.fields[f"{name}_{weekday}"] = field

        self.fields[f"is_open_{weekday}"] = forms.BooleanField(
            label=day, required=False, initial=hours is not None
        )
        hour("opens", _("buka"), hours.opens if hours else None)
        hour("closes", _("tutup"), hours.closes if hours else None)
        hour("last_ticket", _("nomor terakhir"), hours.last_ticket if hours else None)
        stored = hours.breaks if hours else ()
        for number in range(self.breaks):
            starts, ends = stored[number] if number < len(stored) else (None, None)
            hour(f"starts_{number}", _("mulai istirahat"), starts)
            hour(f"ends_{number}", _("selesai istirahat"), ends)

    def days(self) -> list[dict[str, Any]]:
        """Return the fields of each day, for a table."""
        return [
            {
                "is_open": self[f"is_open_{day}"],
                "opens": self[f"opens_{day}"],
                "closes": self[f"closes_{day}"],
                "last_ticket": self[f"last_ticket_{day}"],
                "breaks": [
                    (self[f"starts_{number}_{day}"], self[f"ends_{number}_{day}"])
                    for number in range(self.breaks)
                ],
                "has_errors": any(name.endswith(f"_{day}") for name in self.errors),
            }
            for day in range(7)
        ]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        week = {}
        for weekday in range(7):
            if told.get(f"is_open_{weekday}") and not self._day_errors(weekday):
                hours = self._hours(weekday)
                if hours is not None:
                    week[weekday] = hours
        told["week"] = week
        return told

    def _day_errors(self, weekday: int) -> bool:
        return any(name.endswith(f"_{weekday}") for name in self.errors)

    def _hours(self, weekday: int) -> DayHours | None:
        told = self.cleaned_data
        opens, closes = told[f"opens_{weekday}"], told[f"closes_{weekday}"]
        if opens is None or closes is None:
            missing = "opens" if opens is None else "closes"
            self.add_error(f"{missing}_{weekday}", _("Isi jam buka dan jam tutup hari ini."))
            return None
        if opens >= closes:
            self.add_error(f"closes_{weekday}", _("Jam tutup harus sesudah jam buka."))
            return None
        last_ticket = told[f"last_ticket_{weekday}"]
        if last_ticket is not None and not opens < last_ticket <= closes:
            self.add_error(
                f"last_ticket_{weekday}",
                _("Nomor terakhir harus di antara jam buka dan jam tutup."),
            )
            return None
        breaks = self._breaks(weekday, opens, closes)
        if breaks is None:
            return None
        return DayHours(opens=opens, closes=closes, last_ticket=last_ticket, breaks=breaks)

    def _breaks(
        self, weekday: int, opens: time, closes: time
    ) -> tuple[tuple[time, time], ...] | None:
        breaks = []
        for number in range(self.breaks):
            starts = self.cleaned_data[f"starts_{number}_{weekday}"]
            ends = self.cleaned_data[f"ends_{number}_{weekday}"]
            if (starts is None) != (ends is None):
                missing = "starts" if starts is None else "ends"
                self.add_error(
                    f"{missing}_{number}_{weekday}", _("Isi mulai dan selesai istirahat.")
                )
                return None
            if starts is not None:
                breaks.append((starts, ends))
        marks = [opens, *(mark for pause in sorted(breaks) for mark in pause), closes]
        if any(later <= earlier for earlier, later in pairwise(marks)):
            self.add_error(
                f"starts_0_{weekday}",
                _("Istirahat harus berurutan dan berada di antara jam buka dan jam tutup."),
            )
            return None
        return tuple(sorted(breaks))
