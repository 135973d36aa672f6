"""What the desk types after a visit."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.visits.models import FollowUpState, Side

LONG_TEXT: Final = 6000
MOST_YEARS: Final = 5


class Words(forms.Form):
    """The desk's own words in the report."""

    basis = forms.CharField(
        label=_("Dasar"),
        max_length=LONG_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya surat permohonan dengan nomor dan tanggalnya."),
    )
    learned = forms.CharField(
        label=_("Yang dipelajari"),
        max_length=LONG_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    conclusion = forms.CharField(
        label=_("Kesimpulan"),
        max_length=LONG_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class NewFollowUp(forms.Form):
    """Something agreed, with who does it by when."""

    text = forms.CharField(label=_("Yang disepakati"), max_length=300)
    owner_name = forms.CharField(label=_("Penanggung jawab"), max_length=160)
    side = forms.ChoiceField(label=_("Dari pihak"), choices=Side.choices)
    due_on = forms.DateField(
        label=_("Batas waktu"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if abs(due - self.today) > timedelta(days=366 * MOST_YEARS):
            raise forms.ValidationError(_("Tanggal ini terlalu jauh. Periksa tahunnya."))
        return due


class Progress(forms.Form):
    """How far a follow-up is."""

    state = forms.ChoiceField(label=_("Keadaan"), choices=FollowUpState.choices)


class NextVisit(forms.Form):
    """A further visit of the same relation, as it was announced."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    purpose = forms.CharField(
        label=_("Tujuan"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    size = forms.IntegerField(label=_("Jumlah tamu"), min_value=1, max_value=999)
    wished = forms.DateField(
        label=_("Tanggal yang diinginkan"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class Year(forms.Form):
    """Which year is looked at; none: all."""

    tahun = forms.IntegerField(min_value=2000, max_value=2200, required=False)
