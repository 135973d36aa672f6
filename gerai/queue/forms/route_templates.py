"""A route as the mall's admin writes it, and the rule of the place in the next line."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Service
from gerai.queue.forms.routes import amount_field, stage_field
from gerai.queue.models import PlaceChoice
from gerai.queue.plan import MOST_PASSED, MOST_STEPS, Place
from gerai.queue.queries.routes import Wish


class RouteFields(forms.Form):
    """The name of a route, its source, and up to seven services with stage and amount."""

    name = forms.CharField(
        label=_("Nama rute"),
        max_length=120,
        help_text=_("Dibaca pengunjung, misalnya: Izin usaha makanan."),
    )
    source = forms.CharField(
        label=_("Sumber"),
        max_length=240,
        required=False,
        help_text=_("Peraturan atau keputusan yang menyebut layanan ini diperlukan bersama."),
    )

    def __init__(self, services: Sequence[Service], *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.services = {str(service.pk): service for service in services}
        choices = [
            ("", _("Tidak ada")),
            *(
                (agency.short_name, [(str(service.pk), service.name) for service in theirs])
                for agency, theirs in groupby(services, key=lambda service: service.agency)
            ),
        ]
        for row in range(1, MOST_STEPS + 1):
            self.fields[f"service_{row}"] = forms.ChoiceField(
                label=_("Layanan %(row)s") % {"row": row},
                choices=choices,
                required=False,
                error_messages={"invalid_choice": _("Pilih layanan pada daftar.")},
            )
            stage, amount = stage_field(usual=row), amount_field()
            amount.required = False
            self.fields[f"stage_{row}"], self.fields[f"amount_{row}"] = stage, amount

    @property
    def rows(self) -> list[list[Any]]:
        """Return the fields of each service."""
        return [
            [self[f"{name}_{row}"] for name in ("service", "stage", "amount")]
            for row in range(1, MOST_STEPS + 1)
        ]

    def clean_name(self) -> str:
        """Take blanks together."""
        return " ".join(self.cleaned_data["name"].split())

    def wishes(self) -> list[Wish]:
        """Return the services that were filled in."""
        given = self.cleaned_data
        return [
            Wish(
                self.services[given[f"service_{row}"]],
                given[f"stage_{row}"],
                given[f"amount_{row}"] or 1,
            )
            for row in range(1, MOST_STEPS + 1)
            if given[f"service_{row}"]
        ]


def written(name: str, source: str, wishes: Sequence[Wish]) -> dict[str, object]:
    """Return a route as its form shows it."""
    told: dict[str, object] = {"name": name, "source": source}
    for row, wish in enumerate(wishes, start=1):
        told |= {
            f"service_{row}": str(wish.service.pk),
            f"stage_{row}": str(wish.stage),
            f"amount_{row}": wish.amount,
        }
    return told


class ChangePlace(forms.Form):
    """At which place one stands in the next line, and how often one may be passed there."""

    place = forms.ChoiceField(
        label=_("Tempat di antrean berikutnya"),
        choices=PlaceChoice.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Pilih salah satu aturan pada daftar.")
        ),
    )

    most_passed = forms.IntegerField(
        label=_("Paling banyak didahului"),
        help_text=_(
            "Sekian nomor dari antrean lain boleh berdiri di depan seseorang yang sudah menunggu. "
            "Sesudah itu tidak ada lagi yang mendahuluinya."
        ),
        min_value=MOST_PASSED[0],
        max_value=MOST_PASSED[1],
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Isi bilangan %(low)s sampai %(high)s.")
            % {"low": MOST_PASSED[0], "high": MOST_PASSED[1]},
        ),
    )

    def clean_place(self) -> Place:
        """Take the word for the rule."""
        return Place(self.cleaned_data["place"])
