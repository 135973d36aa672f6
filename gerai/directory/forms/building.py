"""Floors, zones and counters of the building."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.places import ZoneChoice
from gerai.directory.forms.texts import Name
from gerai.directory.models import Zone
from gerai.directory.rules import CODE_LENGTH, LONGEST_SERIES, SHEET, BadSeries, Place, code_series

CODE = RegexValidator(
    r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", _("Pakai huruf dan angka saja, misalnya 7 atau Z1-16.")
)


class FloorFields(forms.Form):
    """A floor: its number and name."""

    number = forms.IntegerField(
        label=_("Nomor lantai"),
        min_value=-9,
        max_value=200,
        help_text=_("Urutan lantai: 1 untuk lantai dasar, -1 untuk lantai bawah tanah."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    name = Name(label=_("Nama lantai"), max_length=60, help_text=_("Misalnya: Lantai 1."))


def _units(label: object, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "short", "step": "1"}),
    )


class ZoneFields(forms.Form):
    """A zone: its code, name and place on the sheet."""

    code = forms.CharField(
        label=_("Kode zona"),
        max_length=8,
        validators=[CODE],
        help_text=_("Misalnya: Z1."),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    name = Name(label=_("Nama zona"), max_length=60, help_text=_("Disebut di layar dan suara."))
    x = _units(_("Dari kiri"), 0, SHEET.right)
    y = _units(_("Dari atas"), 0, SHEET.bottom)
    width = _units(_("Lebar"), 80, SHEET.right)
    height = _units(_("Tinggi"), 60, SHEET.bottom)

    def place(self) -> Place:
        """Return where the zone is to stand."""
        told = self.cleaned_data
        return Place(told["x"], told["y"], told["width"], told["height"])


class NewCounters(forms.Form):
    """One counter, or a series of them."""

    first = forms.CharField(
        label=_("Loket"),
        max_length=CODE_LENGTH,
        validators=[CODE],
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    last = forms.CharField(
        label=_("sampai loket"),
        max_length=CODE_LENGTH,
        validators=[CODE],
        required=False,
        help_text=_("Untuk beberapa loket sekaligus, misalnya 7 sampai 12."),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if "first" in told and "last" in told:
            try:
                told["codes"] = code_series(told["first"], told["last"])
            except BadSeries:
                self.add_error(
                    "last",
                    _(
                        "Tulis nomor yang lebih besar dengan huruf depan yang sama, paling banyak "
                        "%(most)s loket sekaligus."
                    )
                    % {"most": LONGEST_SERIES},
                )
        return told


class CounterFields(forms.Form):
    """A counter: its code and zone."""

    code = forms.CharField(
        label=_("Kode loket"),
        max_length=CODE_LENGTH,
        validators=[CODE],
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    zone = ZoneChoice(queryset=None, label=_("Zona"), empty_label=None)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        zones = Zone.objects.select_related("floor").order_by("floor__number", "code")
        self.fields["zone"].queryset = zones  # type: ignore[attr-defined]
