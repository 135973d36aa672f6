"""A season with its week, and the Friday prayer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.days import Day
from gerai.directory.forms.texts import Name
from gerai.directory.forms.week import Hour
from gerai.directory.models import Agency
from gerai.directory.queries.words import FRIDAY_PRAYER


class _OfAgency(forms.Form):
    agency: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        queryset=None, label=_("Berlaku untuk"), required=False, empty_label=_("Seluruh mal")
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["agency"].queryset = Agency.objects.order_by("short_name")  # type: ignore[attr-defined]


class SeasonFields(_OfAgency):
    """Name, dates and their source."""

    name = Name(
        label=_("Nama musim"),
        max_length=80,
        help_text=_("Dibaca pengunjung, misalnya: Ramadan 1448 H."),
    )
    starts_on = forms.DateField(label=_("Hari pertama"), widget=Day())
    ends_on = forms.DateField(label=_("Hari terakhir"), widget=Day())
    source = Name(
        label=_("Sumber tanggal"),
        max_length=300,
        help_text=_("Misalnya: nomor surat edaran. Tanggal tidak pernah dihitung sendiri."),
    )
    field_order = ("name", "agency", "starts_on", "ends_on", "source")

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        first, last = told.get("starts_on"), told.get("ends_on")
        if first and last and first > last:
            self.add_error("ends_on", _("Hari terakhir tidak boleh sebelum hari pertama."))
        return told


class FridayBreakFields(_OfAgency):
    """From when on the Friday prayer has which times."""

    name = Name(label=_("Nama jeda"), max_length=60, initial=FRIDAY_PRAYER)
    since = forms.DateField(
        label=_("Sejak"), widget=Day(), required=False, help_text=_("Kosong berarti selalu.")
    )
    starts = Hour(label=_("Mulai"), required=False)
    ends = Hour(
        label=_("Selesai"), required=False, help_text=_("Tanpa jam berarti tidak ada jeda ini.")
    )
    field_order = ("name", "agency", "since", "starts", "ends")

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        starts, ends = told.get("starts"), told.get("ends")
        if (starts is None) != (ends is None):
            missing = "starts" if starts is None else "ends"
            self.add_error(missing, _("Isi jam mulai dan jam selesai."))
        elif starts is not None and ends is not None and starts >= ends:
            self.add_error("ends", _("Jam selesai harus sesudah jam mulai."))
        return told
