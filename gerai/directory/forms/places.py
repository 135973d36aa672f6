"""Who sits where, who serves for whom, and which browser becomes a device."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory import queries
from gerai.directory.models import Agency, Zone

SHORT_WEEKDAYS = tuple(
    enumerate((_("Sen"), _("Sel"), _("Rab"), _("Kam"), _("Jum"), _("Sab"), _("Min")))
)


class Weekdays(forms.TypedMultipleChoiceField):
    """Some days of the week."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **settings: Any) -> None:
        super().__init__(choices=SHORT_WEEKDAYS, coerce=int, required=False, **settings)


class Seats(forms.Form):
    """The agencies of a counter with their weekdays, and room for one more."""

    new_agency: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        queryset=None,
        label=_("Instansi"),
        required=False,
        empty_label=_("Pilih instansi"),
    )
    new_days = Weekdays(label=_("Hari instansi itu"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        seats: Mapping[Agency, Iterable[int]],
    ) -> None:
        super().__init__(data)
        self.seats = seats
        self.fields["new_agency"].queryset = (  # type: ignore[attr-defined]
            Agency.objects.filter(is_active=True)
            .exclude(pk__in=[agency.pk for agency in seats])
            .order_by("short_name")
        )
        for agency, weekdays in seats.items():
            self.fields[f"days_{agency.pk}"] = Weekdays(label=agency.name, initial=sorted(weekdays))

    def rows(self) -> list[tuple[Agency, forms.BoundField]]:
        """Return each agency that sits here with its field."""
        return [(agency, self[f"days_{agency.pk}"]) for agency in self.seats]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        new, days = told.get("new_agency"), told.get("new_days")
        if new is not None and not days:
            self.add_error("new_days", _("Pilih paling sedikit satu hari."))
        if days and new is None and "new_agency" not in self.errors:
            self.add_error("new_agency", _("Pilih instansinya."))
        return told

    def chosen(self) -> dict[Agency, list[int]]:
        """Return who is to sit here on which weekdays."""
        told = self.cleaned_data
        seats = {agency: told[f"days_{agency.pk}"] for agency in self.seats}
        if told["new_agency"] is not None:
            seats[told["new_agency"]] = told["new_days"]
        return {agency: days for agency, days in seats.items() if days}


class NewPosting(forms.Form):
    """An officer who is to serve for an agency."""

    user: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        queryset=None, label=_("Petugas"), empty_label=_("Pilih petugas")
    )

    def __init__(self, *args: Any, agency: Agency, **settings: Any) -> None:
        super().__init__(*args, **settings)
        posted = [posting.user_id for posting in queries.postings_of(agency)]
        self.fields["user"].queryset = queries.officers().exclude(pk__in=posted)  # type: ignore[attr-defined]


class ZoneChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A zone, named with its floor."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} · {obj.name} ({obj.floor.name})"


class PairDevice(forms.Form):
    """The code that a browser shows, and what it becomes."""

    code = forms.CharField(
        label=_("Kode di layar perangkat"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "short"}
        ),
    )
    name = forms.CharField(
        label=_("Nama perangkat"),
        max_length=60,
        help_text=_("Misalnya: Kios pintu utama, Layar lantai 2."),
    )
    zone = ZoneChoice(
        queryset=None,
        label=_("Zona layar"),
        required=False,
        empty_label=_("Seluruh mal"),
        help_text=_("Kios dan layar seluruh mal tidak bersuara."),
    )
    speaks = forms.BooleanField(label=_("Layar ini menyuarakan panggilan zonanya"), required=False)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        zones = Zone.objects.select_related("floor").order_by("floor__number", "code")
        self.fields["zone"].queryset = zones  # type: ignore[attr-defined]
