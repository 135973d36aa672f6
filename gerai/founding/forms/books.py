"""Lines of the books beside the steps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.days import Day
from gerai.directory.forms.texts import Name, Prose
from gerai.founding.models import Channel, Reliance, RiskKind, RiskState

MANY = 999


def number(label: Any, *, least: int = 0, most: int = MANY, initial: int = 0) -> forms.IntegerField:
    """Return a field for a small whole number."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        initial=initial,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )


class DecisionFields(forms.Form):
    """Something that was decided."""

    on = forms.DateField(label=_("Tanggal"), widget=Day())
    text = Prose(label=_("Yang diputuskan"), max_length=4000)
    decided_by = Name(label=_("Diputuskan oleh"), max_length=160)


class GuidanceFields(forms.Form):
    """Guidance that was given."""

    on = forms.DateField(label=_("Tanggal"), widget=Day())
    channel = forms.ChoiceField(label=_("Cara"), choices=Channel.choices)
    who = Name(label=_("Pendamping"), max_length=160, help_text=_("Unit kerja sudah cukup."))
    advice = Prose(label=_("Saran"), max_length=4000)
    done = Prose(label=_("Tindak lanjut"), max_length=4000, required=False)


class RiskFields(forms.Form):
    """A risk with its answer."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=RiskKind.choices)
    title = Name(label=_("Risiko"), max_length=160)
    likelihood = number(_("Kemungkinan (1 sampai 5)"), least=1, most=5, initial=3)
    weight = number(_("Dampak (1 sampai 5)"), least=1, most=5, initial=3)
    signs = Prose(label=_("Tanda-tanda"), max_length=2000, required=False)
    answer = Prose(label=_("Penanganan"), max_length=2000, required=False)
    owner = Name(label=_("Penanggung jawab"), max_length=120, required=False)
    state = forms.ChoiceField(label=_("Keadaan"), choices=RiskState.choices)
    source = Name(label=_("Sumber"), max_length=300, required=False)


class StaffRoleFields(forms.Form):
    """A role and its numbers."""

    name = Name(label=_("Peran"), max_length=120)
    needed = number(_("Perlu"), initial=1)
    filled = number(_("Terisi"))
    trained = number(_("Sudah dilatih"))
    note = Name(label=_("Catatan"), max_length=400, required=False)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("trained", 0) > told.get("filled", 0):
            self.add_error(
                "trained", _("Yang dilatih tidak mungkin lebih banyak dari yang terisi.")
            )
        return told


class TrialDayFields(forms.Form):
    """A day of trial."""

    on = forms.DateField(label=_("Tanggal"), widget=Day())
    visitors = number(_("Pengunjung"), most=99_999)
    findings = Prose(label=_("Temuan"), max_length=4000, required=False)
    mended = Prose(label=_("Perbaikan"), max_length=4000, required=False)


class LegalFields(forms.Form):
    """A legal line: its words, where they stand, and whether somebody checked."""

    topic = Name(label=_("Perihal"), max_length=120)
    text = Prose(
        label=_("Bunyi"),
        max_length=4000,
        required=False,
        help_text=_("Tulis menurut naskah aslinya, bukan menurut ingatan."),
    )
    source = Name(
        label=_("Sumber"),
        max_length=300,
        required=False,
        help_text=_("Nomor peraturan dan pasal, atau alamat naskah resminya."),
    )
    mark = forms.ChoiceField(
        label=_("Keandalan sumber"), choices=Reliance.choices, initial=Reliance.NOT_FOUND
    )
    is_verified = forms.BooleanField(
        label=_("Sudah dicocokkan dengan naskah resmi oleh bagian hukum"), required=False
    )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("is_verified"):
            for name in ("text", "source"):
                if name not in self.errors and not told.get(name):
                    self.add_error(
                        name, _("Yang sudah dicocokkan harus punya bunyi dan sumbernya.")
                    )
            told["mark"] = Reliance.VERIFIED
        elif told.get("mark") == Reliance.VERIFIED:
            self.add_error("mark", _("Centang dahulu bahwa bagian hukum sudah mencocokkannya."))
        return told
