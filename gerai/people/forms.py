"""Signing in, the people of a mall, the trail's filter, and the malls themselves."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from gerai.malls.models import Zone
from gerai.malls.regions import region_names
from gerai.people.queries import ROLE_NAMES

NO_ROLE = "none"
ROLES = [(role.value, name) for role, name in ROLE_NAMES.items()]


class SignIn(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class Lower(forms.CharField):
    """Text that is kept in small letters."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()


class NewUsername(Lower):
    """A name to sign in with that nobody has yet."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            max_length=60,
            help_text=_("Huruf kecil, angka, titik, garis; misalnya: siti.aminah."),
            validators=[
                RegexValidator(
                    r"^[a-z0-9][a-z0-9._-]{2,}$",
                    _("Pakai paling sedikit 3 huruf kecil, angka, titik, atau garis."),
                )
            ],
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
            **settings,
        )


class NewPassword(forms.CharField):
    """A password that is typed for the first time."""

    def __init__(self, **settings: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        super().__init__(max_length=200, strip=False, widget=widget, **settings)


class NewPerson(forms.Form):
    """Somebody who is to work in this mall."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    username = NewUsername(label=_("Nama pengguna"))
    role = forms.ChoiceField(label=_("Peran"), choices=ROLES)
    password = NewPassword(
        label=_("Kata sandi sementara"),
        help_text=_("Paling sedikit 10 huruf atau angka. Minta orangnya menggantinya di Akun."),
    )


class KnownPerson(forms.Form):
    """Somebody who has an account in another mall already."""

    known = Lower(
        label=_("Nama pengguna yang sudah ada"),
        max_length=60,
        help_text=_("Persis seperti yang dipakai untuk masuk. Kata sandinya tetap."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    known_role = forms.ChoiceField(label=_("Peran di mal ini"), choices=ROLES)


class RoleChoice(forms.Form):
    """The role of somebody in this mall; none takes it away."""

    role = forms.ChoiceField(
        label=_("Peran di mal ini"),
        choices=[*ROLES, (NO_ROLE, _("Tanpa peran: keluar dari mal ini"))],
    )


class TemporaryPassword(forms.Form):
    """A password that an admin gives somebody."""

    password = NewPassword(
        label=_("Kata sandi sementara"), help_text=_("Paling sedikit 10 huruf atau angka.")
    )


class OwnPassword(forms.Form):
    """The present password, and the new one twice."""

    present = forms.CharField(
        label=_("Kata sandi sekarang"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = NewPassword(
        label=_("Kata sandi baru"), help_text=_("Paling sedikit 10 huruf atau angka.")
    )
    again = NewPassword(label=_("Kata sandi baru, sekali lagi"))

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if "again" in told and told.get("password") not in (None, told["again"]):
            self.add_error("again", _("Kedua kata sandi baru tidak sama. Ketik ulang keduanya."))
        return told


class TrailFilter(forms.Form):
    """A day and a verb of the trail."""

    hari = forms.DateField(
        label=_("Hari"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    perbuatan = forms.ChoiceField(label=_("Perbuatan"), required=False)

    def __init__(self, *args: Any, verbs: list[tuple[str, str]], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["perbuatan"].choices = [("", _("Semua")), *verbs]  # type: ignore[attr-defined]


class Mall(forms.Form):
    """The particulars of a mall."""

    name = forms.CharField(
        label=_("Nama mal"), max_length=120, help_text=_("Misalnya: MPP Kabupaten Barru.")
    )
    slug = Lower(
        label=_("Nama alamat"),
        max_length=63,
        help_text=_("Bagian pertama alamatnya: barru menjadi barru.localhost. Tidak dapat diubah."),
        validators=[
            RegexValidator(
                r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
                _("Pakai huruf kecil, angka, dan garis, diawali dan diakhiri huruf atau angka."),
            )
        ],
    )
    region_code = forms.CharField(
        label=_("Kode wilayah"),
        max_length=5,
        help_text=_("Kode provinsi atau kabupaten/kota; ketik namanya untuk mencari."),
        widget=forms.TextInput(attrs={"list": "wilayah", "autocomplete": "off"}),
    )
    zone = forms.ChoiceField(label=_("Zona waktu"), choices=Zone.choices)
    host = Lower(
        label=_("Nama host sendiri"),
        max_length=253,
        required=False,
        help_text=_("Misalnya: mpp.barrukab.go.id."),
        validators=[
            RegexValidator(
                r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
                _("Tulis nama host tanpa https:// dan tanpa garis miring."),
            )
        ],
    )
    address = forms.CharField(label=_("Alamat kantor"), max_length=240, required=False)

    def clean_region_code(self) -> str:
        code: str = self.cleaned_data["region_code"]
        if code not in region_names():
            raise forms.ValidationError(_("Kode ini tidak ada. Pilih dari daftar, misalnya 73.11."))
        return code


class StandingMall(Mall):
    """The particulars of a mall that exists: all but its slug."""

    slug = None  # type: ignore[assignment]
