"""A line: letters, name, minutes, and the services in it."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Agency, Service
from gerai.queue.models import Line
from gerai.queue.queries.lines import LONGEST_CODE, services_of

LONGEST_VISIT = 240


class LineFields(forms.Form):
    """The particulars of a line of an agency."""

    code = forms.CharField(
        label=_("Huruf antrean"),
        max_length=LONGEST_CODE,
        help_text=_("Satu sampai empat huruf besar di depan nomor, misalnya A menjadi A001."),
        validators=[RegexValidator(r"^[A-Z]+$", _("Pakai huruf A sampai Z saja."))],
        widget=forms.TextInput(
            attrs={"class": "short", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    name = forms.CharField(
        label=_("Nama antrean"),
        max_length=120,
        help_text=_("Dibaca petugas dan pengawas, misalnya: Perekaman KTP-el."),
    )
    usual_minutes = forms.IntegerField(
        label=_("Biasanya berapa menit untuk satu orang"),
        min_value=1,
        max_value=LONGEST_VISIT,
        help_text=_("Perkiraan pertama; setelah beberapa hari dihitung dari pelayanan sendiri."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    services = forms.MultipleChoiceField(
        label=_("Layanan di antrean ini"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Satu layanan hanya di satu antrean; yang dicentang di sini pindah kemari."),
    )

    def __init__(
        self, *args: Any, agency: Agency, line: Line | None = None, **settings: Any
    ) -> None:
        super().__init__(*args, **settings)
        found = services_of(agency)
        if line is None:
            found = found.filter(line_service=None)
        # Read once: keys that are typed never reach the database.
        self.by_key = {str(service.pk): service for service in found}
        self.fields["services"].choices = [  # type: ignore[attr-defined]
            (key, _label(service, line)) for key, service in self.by_key.items()
        ]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_services(self) -> list[Service]:
        return [self.by_key[key] for key in self.cleaned_data["services"]]


class ChooseAgency(forms.Form):
    """The agency for which a line is made."""

    instansi: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        queryset=None, label=_("Instansi"), empty_label=_("Pilih instansi")
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        found = Agency.objects.filter(is_active=True).order_by("short_name")
        self.fields["instansi"].queryset = found  # type: ignore[attr-defined]


def _label(service: Service, line: Line | None) -> str:
    """Name a service, and the other line in which it stands."""
    here = getattr(service, "line_service", None)
    told = {"name": service.name}
    name = service.name if service.is_active else _("%(name)s (tidak aktif)") % told
    if here is None or (line is not None and here.line_id == line.pk):
        return str(name)
    return str(_("%(name)s (kini di antrean %(code)s)") % {"name": name, "code": here.line})
