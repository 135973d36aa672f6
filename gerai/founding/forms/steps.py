"""A step, its days, its evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.days import Day
from gerai.directory.forms.texts import Name, Prose
from gerai.founding.models import Reliance, StageName, Step


class OtherSteps(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Some steps of the workspace; other numbers are none, however long."""

    def clean(self, value: Any) -> Any:
        assert self.queryset is not None  # the form fills it in
        known = {str(key) for key in self.queryset.values_list("pk", flat=True)}
        for key in value or ():
            if str(key) not in known:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(key)[:20]},
                )
        return super().clean(value)


class StepFields(forms.Form):
    """What is written about a step, and what it waits for."""

    name = Name(label=_("Nama langkah"), max_length=160)
    responsible = Name(
        label=_("Penanggung jawab"),
        max_length=120,
        required=False,
        help_text=_("Nama atau jabatan orang yang mengerjakannya di sini."),
    )
    due_on = forms.DateField(label=_("Tenggat"), widget=Day(), required=False)
    usual_days = forms.IntegerField(
        label=_("Lama (hari)"),
        min_value=0,
        max_value=999,
        initial=7,
        help_text=_("Perkiraan; jadwal dihitung dari angka ini."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    needs = OtherSteps(
        queryset=None,
        label=_("Menunggu langkah"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why = Prose(label=_("Alasan"), max_length=400, rows=2, required=False)
    who = Name(label=_("Biasanya dikerjakan"), max_length=120, required=False)
    evidence_wanted = Name(label=_("Bukti yang diharapkan"), max_length=200, required=False)
    source = Name(label=_("Sumber"), max_length=300, required=False)
    mark = forms.ChoiceField(
        label=_("Keandalan sumber"), choices=Reliance.choices, initial=Reliance.OURS
    )
    note = Prose(label=_("Catatan"), max_length=4000, required=False)

    def __init__(self, *args: Any, step: Step | None = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        others = Step.objects.order_by("position", "pk")
        if step is not None:
            others = others.exclude(pk=step.pk)
        self.fields["needs"].queryset = others  # type: ignore[attr-defined]


class NewStep(StepFields):
    """A step of the workspace's own."""

    stage = forms.ChoiceField(label=_("Tahap"), choices=StageName.choices)
    field_order = ("stage", "name")


class StepDays(forms.Form):
    """The days on which a step was really begun and done."""

    started_on = forms.DateField(label=_("Dimulai"), widget=Day())
    done_on = forms.DateField(label=_("Selesai"), widget=Day(), required=False)

    def __init__(self, *args: Any, is_done: bool, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if not is_done:
            del self.fields["done_on"]
        else:
            self.fields["done_on"].required = True

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        started, done = told.get("started_on"), told.get("done_on")
        if started and done and done < started:
            self.add_error("done_on", _("Hari selesai tidak boleh sebelum hari mulai."))
        return told


class Evidence(forms.Form):
    """A file that proves something of a step."""

    file = forms.FileField(
        label=_("Berkas"), help_text=_("PDF, gambar, atau dokumen kantor, paling besar 10 MB.")
    )
    caption = Name(label=_("Keterangan"), max_length=240, required=False)
