"""What the mall says of itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.texts import Name


class MallFields(forms.Form):
    """Name, address, running text, joint leave."""

    name = Name(label=_("Nama mal"), max_length=120, help_text=_("Misalnya: MPP Kabupaten Barru."))
    address = Name(label=_("Alamat kantor"), max_length=240, required=False)
    running_text = Name(
        label=_("Teks berjalan di layar"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu atau dua kalimat untuk pengunjung di ruang tunggu."),
    )
    joint_leave_closes = forms.BooleanField(label=_("Tutup pada cuti bersama"), required=False)
