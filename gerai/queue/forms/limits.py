"""Numbers a day, and what becomes of them at night."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.week import WEEKDAYS
from gerai.queue.models import DailyLimit, Door, Unfinished

MOST = 9999
EVERY_DAY = "every_day"


class Limits(forms.Form):
    """The most numbers of a service: every day, on weekdays that differ, at single doors."""

    def __init__(self, data: Any = None, *, limits: list[DailyLimit]) -> None:
        super().__init__(data)
        # field name → what the limit is for
        self.keys: dict[str, tuple[int | None, str]] = {EVERY_DAY: (None, "")}
        labels: dict[str, Any] = {EVERY_DAY: _("Setiap hari")}
        for weekday, day in enumerate(WEEKDAYS):
            self.keys[f"day_{weekday}"] = (weekday, "")
            labels[f"day_{weekday}"] = day
        for door in Door:
            self.keys[f"door_{door.value}"] = (None, door.value)
            labels[f"door_{door.value}"] = door.label
        stored = {(limit.weekday, limit.door): limit.numbers for limit in limits}
        for name, key in self.keys.items():
            self.fields[name] = forms.IntegerField(
                label=labels[name],
                required=False,
                min_value=1,
                max_value=MOST,
                initial=stored.get(key),
                widget=forms.NumberInput(attrs={"class": "short"}),
            )

    def limits(self) -> dict[tuple[int | None, str], int]:
        """Return (weekday, door) → numbers, for what was filled in."""
        told = self.cleaned_data
        return {key: told[name] for name, key in self.keys.items() if told[name] is not None}

    def groups(self) -> list[tuple[object, list[forms.BoundField]]]:
        """Return the fields as they stand on the page."""
        return [
            (_("Semua pintu"), [self[EVERY_DAY]]),
            (
                _("Hari yang berbeda"),
                [self[name] for name in self.keys if name.startswith("day_")],
            ),
            (_("Per pintu, setiap hari"), [self[f"door_{door.value}"] for door in Door]),
        ]


class Night(forms.Form):
    """What becomes of numbers that were not served on their day."""

    unfinished = forms.ChoiceField(
        label=_("Nomor yang belum dilayani sampai tutup"),
        choices=Unfinished.choices,
        widget=forms.RadioSelect,
    )
