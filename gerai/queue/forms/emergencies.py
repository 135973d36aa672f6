"""What a supervisor says of an emergency."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.texts import Name
from gerai.directory.models import EmergencyKind, Floor


class Declare(forms.Form):
    """What it is, in which words, where, and whether people leave the building."""

    kind = forms.ChoiceField(
        label=_("Apa yang terjadi"), choices=EmergencyKind.choices, widget=forms.RadioSelect
    )
    words = Name(
        label=_("Kata-kata untuk semua orang"),
        max_length=200,
        required=False,
        help_text=_("Boleh kosong. Misalnya: asap di dapur lantai dua, sudah ditangani."),
    )
    floor: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        queryset=None, label=_("Di mana"), required=False, empty_label=_("Seluruh mal")
    )
    leaves_the_building = forms.BooleanField(
        label=_("Semua orang harus meninggalkan gedung"), required=False
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["floor"].queryset = Floor.objects.order_by("number")  # type: ignore[attr-defined]


class Gather(forms.Form):
    """Where people gather, in both languages."""

    place = Name(
        label=_("Titik kumpul"),
        max_length=160,
        help_text=_("Misalnya: halaman parkir depan, di bawah tiang bendera."),
    )
    place_en = Name(label=_("Titik kumpul dalam bahasa Inggris"), max_length=160, required=False)
