"""An agency with its sign."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.catalogue.signs import PLAIN_ICON
from gerai.directory.catalogue.texts import AGENCY_NAME_LIMIT, CODE_LIMIT, SHORT_NAME_LIMIT
from gerai.directory.forms.texts import Name
from gerai.directory.models import AgencyKind

SIGNS = {
    "building": _("Gedung"),
    "building-community": _("Perkantoran"),
    "building-bank": _("Bank"),
    "building-hospital": _("Rumah sakit"),
    "building-store": _("Toko"),
    "id": _("Kartu identitas"),
    "users": _("Orang"),
    "users-group": _("Kelompok orang"),
    "home": _("Rumah"),
    "certificate": _("Sertifikat"),
    "file-check": _("Berkas"),
    "clipboard-list": _("Daftar"),
    "receipt": _("Kuitansi"),
    "cash": _("Uang"),
    "chart-bar": _("Grafik"),
    "briefcase": _("Tas kerja"),
    "scale": _("Timbangan"),
    "gavel": _("Palu hakim"),
    "shield": _("Perisai"),
    "shield-check": _("Perisai bercentang"),
    "flag": _("Bendera"),
    "plane": _("Pesawat"),
    "car": _("Mobil"),
    "truck": _("Truk"),
    "map-pin": _("Peta"),
    "bolt": _("Listrik"),
    "droplet": _("Air"),
    "phone": _("Telepon"),
    "heart": _("Hati"),
    "heart-handshake": _("Jabat tangan"),
    "stethoscope": _("Stetoskop"),
    "old": _("Lansia"),
    "baby-carriage": _("Anak"),
    "wheelchair": _("Kursi roda"),
    "school": _("Sekolah"),
    "book": _("Buku"),
    "news": _("Berita"),
    "sun": _("Matahari"),
}


class AgencyFields(forms.Form):
    """Who an agency is: code, names, kind, drawing, site."""

    name = Name(
        label=_("Nama instansi"),
        max_length=AGENCY_NAME_LIMIT,
        help_text=_("Lengkap, misalnya: Dinas Kependudukan dan Pencatatan Sipil."),
    )
    short_name = Name(
        label=_("Nama pendek"),
        max_length=SHORT_NAME_LIMIT,
        help_text=_("Tampil di kios dan layar, misalnya: Disdukcapil."),
    )
    code = Name(
        label=_("Kode instansi"),
        max_length=CODE_LIMIT,
        help_text=_("Singkatan yang tetap, misalnya: DISDUKCAPIL. Impor katalog mencarinya."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=[("", _("Tidak disebut")), *AgencyKind.choices], required=False
    )
    site = forms.URLField(
        label=_("Situs"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    icon = forms.ChoiceField(
        label=_("Gambar"), choices=tuple(SIGNS.items()), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        own = self.initial.setdefault("icon", PLAIN_ICON)
        if own not in SIGNS:
            # A catalogue file may bring any drawing of the set.
            self.fields["icon"].choices = [*SIGNS.items(), (own, own)]  # type: ignore[attr-defined]
