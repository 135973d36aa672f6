"""A line of the checklist of facilities, and a guide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.texts import Name, Prose
from gerai.directory.models import FacilityState, GuideKind


class FacilityFields(forms.Form):
    """A facility: is it there, where, and who says that it should be."""

    name = Name(label=_("Nama fasilitas"), max_length=120)
    group = Name(
        label=_("Kelompok"),
        max_length=60,
        required=False,
        help_text=_("Misalnya: Kelompok rentan, Keluarga, Layanan mandiri."),
    )
    state = forms.ChoiceField(
        label=_("Keadaan"), choices=FacilityState.choices, widget=forms.RadioSelect
    )
    floor = Name(label=_("Letak"), max_length=60, required=False)
    note = Name(label=_("Catatan"), max_length=400, required=False)
    source = Name(
        label=_("Sumber"),
        max_length=300,
        required=False,
        help_text=_("Dari mana baris ini: naskah, mal teladan, atau usul sendiri."),
    )
    is_required = forms.BooleanField(label=_("Wajib ada sebelum mal dibuka"), required=False)


class GuideFields(forms.Form):
    """A text on how the mall works."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=GuideKind.choices)
    title = Name(label=_("Judul"), max_length=200)
    text = Prose(label=_("Isi"), rows=14, max_length=20_000)
    source = Name(label=_("Sumber"), max_length=300, required=False)
