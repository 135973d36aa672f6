"""A date that departs from the calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory import queries
from gerai.directory.forms.week import WEEKDAYS, Hour
from gerai.directory.models import Agency, SpecialDayKind


class Day(forms.DateInput):
    """A date, picked."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SpecialDay(forms.Form):
    """What the operator says of a date, for whom, and why."""

    on = forms.DateField(label=_("Tanggal"), widget=Day())
    agency: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        queryset=None, label=_("Berlaku untuk"), required=False, empty_label=_("Seluruh mal")
    )
    kind = forms.ChoiceField(
        label=_("Pada hari itu"), choices=SpecialDayKind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("Alasan"),
        max_length=120,
        help_text=_("Dibaca pengunjung, misalnya: Hari Jadi Kabupaten Barru."),
    )
    opens = Hour(label=_("Jam buka"), required=False)
    closes = Hour(label=_("Jam tutup"), required=False)
    last_ticket = Hour(label=_("Nomor terakhir"), required=False)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["agency"].queryset = Agency.objects.order_by("short_name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("kind") == SpecialDayKind.CLOSED:
            told.update(opens=None, closes=None, last_ticket=None)
        elif "kind" in told:
            self._check_hours(told)
        return told

    def _check_hours(self, told: dict[str, Any]) -> None:
        opens, closes, last_ticket = (told.get(name) for name in ("opens", "closes", "last_ticket"))
        if opens is None or closes is None:
            if opens or closes or told["kind"] == SpecialDayKind.HOURS:
                self.add_error("opens", _("Isi jam buka dan jam tutupnya."))
            elif last_ticket:
                self.add_error("last_ticket", _("Isi juga jam buka dan jam tutupnya."))
            else:
                self._check_weekday(told)
        elif opens >= closes:
            self.add_error("closes", _("Jam tutup harus sesudah jam buka."))
        elif last_ticket and not opens < last_ticket <= closes:
            self.add_error(
                "last_ticket", _("Nomor terakhir harus di antara jam buka dan jam tutup.")
            )

    def _check_weekday(self, told: dict[str, Any]) -> None:
        if told.get("on") is None:
            return
        week = queries.week_of(told.get("agency")) or queries.week_of(None)
        weekday = told["on"].weekday()
        if weekday not in week:
            self.add_error(
                "opens",
                _("Hari %(day)s tidak punya jam layanan biasa. Isi jam buka dan jam tutupnya.")
                % {"day": WEEKDAYS[weekday]},
            )


class Year(forms.Form):
    """The year of a calendar page."""

    tahun = forms.IntegerField(min_value=1945, max_value=2100)
