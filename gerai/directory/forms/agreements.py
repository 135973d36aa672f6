"""What is agreed with an agency."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.days import Day
from gerai.directory.forms.places import Weekdays
from gerai.directory.forms.texts import Name, Prose
from gerai.directory.models import Agency, AgreementState


class AgreementFields(forms.Form):
    """State, number, dates, duty days, and who brings what."""

    state = forms.ChoiceField(label=_("Keadaan"), choices=AgreementState.choices)
    number = Name(label=_("Nomor naskah"), max_length=120, required=False)
    signed_on = forms.DateField(label=_("Ditandatangani"), widget=Day(), required=False)
    starts_on = forms.DateField(label=_("Berlaku mulai"), widget=Day(), required=False)
    ends_on = forms.DateField(
        label=_("Berlaku sampai"),
        widget=Day(),
        required=False,
        help_text=_("Anda diingatkan 90, 60, dan 30 hari sebelumnya."),
    )
    duty_days = Weekdays(label=_("Hari bertugas di mal"))
    officers = forms.IntegerField(
        label=_("Jumlah petugas"), min_value=0, max_value=500, required=False
    )
    agency_brings = Prose(label=_("Disediakan instansi"), max_length=2000, required=False)
    operator_brings = Prose(label=_("Disediakan penyelenggara"), max_length=2000, required=False)
    contact = Name(label=_("Narahubung"), max_length=160, required=False)
    note = Prose(label=_("Catatan"), max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        starts_on, ends_on = told.get("starts_on"), told.get("ends_on")
        if starts_on and ends_on and starts_on > ends_on:
            self.add_error("ends_on", _("Hari terakhir harus sesudah hari mulai."))
        if told.get("state") == AgreementState.SIGNED and not told.get("signed_on"):
            self.add_error("signed_on", _("Isi tanggal penandatanganannya."))
        told["officers"] = told.get("officers") or 0
        return told


class NewAgreement(AgreementFields):
    """The same, with the agency."""

    agency: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        queryset=None, label=_("Instansi"), empty_label=_("Pilih instansi")
    )
    field_order = ("agency",)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["agency"].queryset = Agency.objects.order_by("short_name")  # type: ignore[attr-defined]
