"""What visitors, kiosks and greeters type or press."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.queue.models import Group


def new_key() -> str:
    """Return a fresh idempotency key, put into a form when its page is shown."""
    return secrets.token_urlsafe(24)


class TakeNumber(forms.Form):
    """The last step: the group, and the key that makes a double press harmless."""

    group = forms.ChoiceField(
        choices=Group.choices,
        initial=Group.ORDINARY,
        required=False,
        error_messages={
            "invalid_choice": _("Kelompok ini tidak dikenal. Pilih salah satu pada halaman.")
        },
    )
    key = forms.CharField(
        min_length=16,
        max_length=64,
        error_messages={
            name: _("Halaman ini tidak lengkap. Muat ulang, lalu ambil nomor sekali lagi.")
            for name in ("required", "min_length", "max_length", "null_characters_not_allowed")
        },
    )

    def clean_group(self) -> Group:
        """Take a missing group for an ordinary visitor."""
        return Group(self.cleaned_data["group"] or Group.ORDINARY)

    def first_error(self) -> str:
        """Return what is wrong, in one sentence."""
        return str(next(iter(self.errors.values()))[0])


class Search(forms.Form):
    """Words of a service, the first letter of its name, and the page of a list."""

    q = forms.CharField(
        label=_("Cari layanan"),
        max_length=80,
        required=False,
        error_messages={
            "max_length": _("Kata pencarian terlalu panjang. Tuliskan paling banyak 80 huruf.")
        },
    )
    huruf = forms.CharField(max_length=1, required=False)
    hal = forms.IntegerField(min_value=1, max_value=999, required=False)

    def words(self) -> str:
        """Return the words asked for, empty when they cannot be used."""
        return str(self.cleaned_data.get("q", ""))

    def letter(self) -> str:
        """Return the first letter asked for."""
        return str(self.cleaned_data.get("huruf", ""))

    def page(self) -> int:
        """Return the page asked for, the first one when it is senseless."""
        return int(self.cleaned_data.get("hal") or 1)


class FindTicket(forms.Form):
    """A number as it stands on the slip."""

    nomor = forms.CharField(
        label=_("Nomor antrean"),
        max_length=12,
        error_messages={
            "required": _("Tuliskan nomor antrean, misalnya A035."),
            "max_length": _("Nomor antrean paling panjang 12 huruf, misalnya A035."),
        },
    )

    def clean_nomor(self) -> str:
        """Take a035 and A-035 for A035."""
        return str(self.cleaned_data["nomor"]).replace("-", "").replace(" ", "").upper()


class OpenRating(FindTicket):
    """A number and the four digits printed beside it."""

    kode = forms.RegexField(
        r"^[0-9]{4}$",
        label=_("Kode empat angka"),
        error_messages={
            "required": _("Tuliskan kode empat angka yang tercetak pada struk."),
            "invalid": _("Kode terdiri atas empat angka. Periksa pada struk Anda."),
        },
    )
