"""Which services a visitor needs, and what officers change in a visit."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Service
from gerai.queue.models import MOST_ITEMS
from gerai.queue.plan import ANYWHERE, MOST_STEPS

LONGEST_KEY = 9


class Choosing(forms.Form):
    """A template, or services; and the agency whose services are looked at."""

    rute = forms.IntegerField(min_value=1, max_value=10**LONGEST_KEY, required=False)
    instansi = forms.IntegerField(min_value=1, max_value=10**LONGEST_KEY, required=False)

    def keys(self) -> list[int]:
        """Return the services asked for; what is no key falls out."""
        told = self.data.getlist("l")  # type: ignore[attr-defined]
        return [int(key) for key in told if key.isdecimal() and len(key) <= LONGEST_KEY]


STAGES = [
    *((str(stage), _("Tahap %(stage)s") % {"stage": stage}) for stage in range(1, MOST_STEPS + 1)),
    (str(ANYWHERE), _("Kapan saja")),
]


def stage_field(usual: int | None = None) -> forms.TypedChoiceField:
    """Return the field of a stage: 1 to 7, or at any moment; left empty it is the usual one."""
    optional: dict[str, Any] = {}
    if usual is not None:
        optional = {"initial": str(usual), "required": False, "empty_value": usual}
    return forms.TypedChoiceField(
        label=_("Urutan"),
        choices=STAGES,
        coerce=int,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Pilih urutan pada daftar.")
        ),
        **optional,
    )


def amount_field(*, lowest: int = 1) -> forms.IntegerField:
    """Return the field of an amount."""
    wrong = _("Isi jumlah dengan bilangan %(low)s sampai %(high)s.") % {
        "low": lowest,
        "high": MOST_ITEMS,
    }
    return forms.IntegerField(
        label=_("Jumlah"),
        min_value=lowest,
        max_value=MOST_ITEMS,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class _WithServices(forms.Form):
    """A choice among services, by agency."""

    service = forms.ChoiceField(
        label=_("Layanan"),
        error_messages={
            name: _("Pilih layanan pada daftar.") for name in ("required", "invalid_choice")
        },
    )

    def __init__(self, services: Sequence[Service], data: Any = None, **settings: Any) -> None:
        super().__init__(data, **settings)
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


class AddStep(_WithServices):
    """A service that a visit needs besides."""

    stage = stage_field()
    amount = amount_field()

    def __init__(self, services: Sequence[Service], data: Any = None, **settings: Any) -> None:
        super().__init__(services, data, auto_id="add-%s", **settings)


class RecordItem(_WithServices):
    """What is done at the desk, with how many; none takes it back."""

    amount = amount_field(lowest=0)

    def __init__(self, services: Sequence[Service], data: Any = None, **settings: Any) -> None:
        super().__init__(services, data, auto_id="item-%s", **settings)


class ChangeStep(forms.Form):
    """What is done with a planned step; for another place, the one that the person saw."""

    verb = forms.ChoiceField(
        choices=[(verb, verb) for verb in ("skip", "restore", "place", "enter", "here")],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Tekan salah satu tombol pada langkah itu.")
        ),
    )
    stage = forms.TypedChoiceField(choices=STAGES, coerce=int, required=False, empty_value=None)
    was = forms.TypedChoiceField(choices=STAGES, coerce=int, required=False, empty_value=None)

    def clean(self) -> dict[str, Any]:
        """Ask for both stages where the place changes."""
        given = self.cleaned_data
        if given.get("verb") == "place" and None in {given.get("stage"), given.get("was")}:
            raise forms.ValidationError(_("Pilih urutan pada daftar."))
        return given

    def first_error(self) -> str:
        """Return what is wrong, in one sentence."""
        return str(next(iter(self.errors.values()))[0])
