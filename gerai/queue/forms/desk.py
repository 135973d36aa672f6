"""What an officer chooses or types at the desk."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Counter, Service
from gerai.people.models import User
from gerai.queue.actions.serving import Outcome

LONGEST_REASON = 100


TOO_LONG = {"max_length": _("Alasan terlalu panjang. Tuliskan paling banyak 100 huruf.")}


class Reasoned(forms.Form):
    """One of a few usual reasons, or one's own words, which then count."""

    reasons: Sequence[object] = ()
    name = ""

    reason = forms.ChoiceField(
        label=_("Alasan"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Pilih salah satu alasan pada daftar.")},
    )
    words = forms.CharField(
        label=_("Alasan lain"),
        max_length=LONGEST_REASON,
        required=False,
        error_messages=TOO_LONG,
    )

    def __init__(self, data: Any = None) -> None:
        # Several of these stand on one page: their fields' ids must differ.
        super().__init__(data, auto_id=f"{self.name}-%s")
        choices = [(str(words), words) for words in self.reasons]
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.initial = choices[0][0]

    def told(self) -> str:
        """Return the reason that counts."""
        return str(self.cleaned_data["words"].strip() or self.cleaned_data["reason"])


class Hold(Reasoned):
    """Why a visitor is set aside."""

    name = "hold"
    reasons = (
        _("Melengkapi berkas"),
        _("Mengambil fotokopi"),
        _("Menunggu verifikasi"),
        _("Menunggu pembayaran"),
    )


class Pause(Reasoned):
    """Why a counter pauses."""

    name = "pause"
    reasons = (
        _("Istirahat"),
        _("Salat"),
        _("Mengurus berkas di belakang"),
        _("Rapat singkat"),
        _("Gangguan sistem"),
    )


class Finish(forms.Form):
    """How the work at the desk ended."""

    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        error_messages={
            name: _("Pilih hasil layanan: selesai, belum lengkap, informasi, atau dirujuk.")
            for name in ("required", "invalid_choice")
        },
    )
    goes_on = forms.TypedChoiceField(
        choices=[("", ""), ("1", "1"), ("0", "0")],
        coerce=lambda told: told == "1",
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Pilih apakah rute kunjungan lanjut atau berhenti.")},
    )


class Transfer(forms.Form):
    """To which other service a visitor is sent."""

    service = forms.ChoiceField(
        label=_("Layanan tujuan"),
        widget=forms.Select(attrs={"size": 8}),
        error_messages={
            name: _("Pilih layanan tujuan pada daftar.") for name in ("required", "invalid_choice")
        },
    )
    reason = forms.CharField(
        label=_("Catatan"),
        max_length=LONGEST_REASON,
        required=False,
        error_messages=TOO_LONG,
    )

    def __init__(self, services: Sequence[Service], data: Any = None) -> None:
        super().__init__(data, auto_id="transfer-%s")
        self.services = {str(service.pk): service for service in services}
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (agency.short_name, [(str(service.pk), service.name) for service in theirs])
            for agency, theirs in groupby(services, key=lambda service: service.agency)
        ]

    def clean_service(self) -> Service:
        """Take the key for the service."""
        return self.services[self.cleaned_data["service"]]


class SendOn(forms.Form):
    """To which other counter a visitor is sent."""

    counter = forms.ChoiceField(
        label=_("Loket tujuan"),
        widget=forms.Select(attrs={"size": 6}),
        error_messages={
            name: _("Pilih loket tujuan pada daftar.") for name in ("required", "invalid_choice")
        },
    )
    reason = forms.CharField(
        label=_("Catatan"),
        max_length=LONGEST_REASON,
        required=False,
        error_messages=TOO_LONG,
    )

    def __init__(self, counters: Sequence[Counter], data: Any = None) -> None:
        super().__init__(data, auto_id="send-%s")
        self.counters = {str(counter.pk): counter for counter in counters}
        field = self.fields["counter"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (key, _("Loket %(code)s") % {"code": counter.code})
            for key, counter in self.counters.items()
        ]

    def clean_counter(self) -> Counter:
        """Take the key for the counter."""
        return self.counters[self.cleaned_data["counter"]]


class OpenFor(forms.Form):
    """Which officer sits at a counter that a supervisor opens."""

    officer = forms.ChoiceField(
        label=_("Petugas"),
        error_messages={
            name: _("Pilih petugas pada daftar.") for name in ("required", "invalid_choice")
        },
    )

    def __init__(self, officers: Sequence[User], data: Any = None) -> None:
        super().__init__(data, auto_id="open-%s")
        self.officers = {str(officer.pk): officer for officer in officers}
        field = self.fields["officer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, officer.name) for key, officer in self.officers.items()]

    def clean_officer(self) -> User:
        """Take the key for the officer."""
        return self.officers[self.cleaned_data["officer"]]
