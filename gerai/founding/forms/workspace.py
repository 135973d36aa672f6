"""What a founding is about, and the beginning of one."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.days import Day
from gerai.founding.models import DaysKind
from gerai.malls.models import Zone
from gerai.malls.regions import region_names
from gerai.people.forms import Lower, NewPassword, NewUsername


class Particulars(forms.Form):
    """Whose founding it is, since when and until when."""

    leader = forms.CharField(
        label=_("Kepala daerah"),
        max_length=160,
        required=False,
        help_text=_("Nama yang tercantum pada naskah."),
    )
    began_on = forms.DateField(
        label=_("Tanggal mulai"), widget=Day(), help_text=_("Jadwal dihitung sejak hari ini.")
    )
    target_on = forms.DateField(label=_("Sasaran hari buka"), widget=Day(), required=False)
    days_kind = forms.ChoiceField(
        label=_("Hari yang dihitung"), choices=DaysKind.choices, initial=DaysKind.CALENDAR
    )
    model_name = forms.CharField(
        label=_("Mal teladan"),
        max_length=160,
        required=False,
        help_text=_("Mal yang ingin disamai kelak."),
    )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        began, target = told.get("began_on"), told.get("target_on")
        if began and target and target < began:
            self.add_error("target_on", _("Sasaran harus sesudah tanggal mulai."))
        return told


class Beginning(Particulars):
    """The beginning of a workspace in a mall that is there already."""


class NewFounding(forms.Form):
    """A region that begins to found its mall."""

    region_code = forms.CharField(
        label=_("Kode kabupaten atau kota"),
        max_length=5,
        help_text=_("Ketik nama daerah untuk mencari kodenya."),
        widget=forms.TextInput(attrs={"list": "wilayah", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Nama mal"), max_length=120)
    slug = Lower(
        label=_("Nama alamat"),
        max_length=63,
        help_text=_("Bagian pertama alamatnya, misalnya: luwutimur. Tidak dapat diubah."),
        validators=[
            RegexValidator(
                r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
                _("Pakai huruf kecil, angka, dan garis, diawali dan diakhiri huruf atau angka."),
            )
        ],
    )
    zone = forms.ChoiceField(label=_("Zona waktu"), choices=Zone.choices)
    leader = forms.CharField(label=_("Kepala daerah"), max_length=160, required=False)
    target_on = forms.DateField(label=_("Sasaran hari buka"), widget=Day(), required=False)
    admin_name = forms.CharField(label=_("Nama ketua tim"), max_length=120)
    username = NewUsername(label=_("Nama pengguna ketua tim"))
    password = NewPassword(
        label=_("Kata sandi sementara"),
        help_text=_("Paling sedikit 10 huruf atau angka. Minta orangnya menggantinya di Akun."),
    )

    def clean_region_code(self) -> str:
        code: str = self.cleaned_data["region_code"]
        if code not in region_names():
            raise forms.ValidationError(_("Kode ini tidak ada. Pilih dari daftar, misalnya 73.24."))
        return code

    def clean_zone(self) -> Zone:
        return Zone(self.cleaned_data["zone"])
