"""What a visitor says before leaving home: how long the way takes, which day, which hour."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_WAY = 300
LAST_HOUR = 23

_WAY = _("Tuliskan lama perjalanan dalam menit, bilangan bulat 0 sampai 300.")
_DAY = _("Pilih salah satu hari pada daftar.")
_HOUR = _("Pilih salah satu jam pada daftar.")


class SettingOutForm(forms.Form):
    """All of it may be left out."""

    perjalanan = forms.IntegerField(
        label=_("Lama perjalanan Anda (menit)"),
        required=False,
        min_value=0,
        max_value=LONGEST_WAY,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _WAY),
    )
    hari = forms.DateField(
        label=_("Hari"),
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _DAY},
    )
    jam = forms.IntegerField(
        label=_("Jam tiba yang diinginkan"),
        required=False,
        min_value=0,
        max_value=LAST_HOUR,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _HOUR),
    )
