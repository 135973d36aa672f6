"""What may be chosen when a blueprint is given out, sent in or taken."""

from typing import Any

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from gerai.blueprint.actions.exporting import LICENCES
from gerai.blueprint.queries import KIND_NAMES, form_value
from gerai.blueprint.reading import Blueprint, PartKey, part_key
from gerai.blueprint.shape import CHOICES, MOST_BYTES

LICENCE_NAMES = {
    "CC-BY-4.0": _("CC BY 4.0: boleh dipakai siapa saja, sumbernya disebut"),
    "CC0-1.0": _("CC0 1.0: boleh dipakai siapa saja tanpa syarat"),
}


class ExportFields(forms.Form):
    """Which kinds of parts a file holds, and under which licence."""

    kinds = forms.MultipleChoiceField(
        label=_("Yang dimuat"),
        choices=[(kind, KIND_NAMES[kind]) for kind in CHOICES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu jenis.")},
    )
    licence = forms.ChoiceField(
        label=_("Lisensi isi"),
        choices=[(licence, LICENCE_NAMES[licence]) for licence in LICENCES],
        help_text=_("Syarat bagi mal lain yang memakai isinya."),
    )


class SentFile(forms.Form):
    """A blueprint file that somebody sends."""

    file = forms.FileField(
        label=_("Berkas cetak biru"),
        help_text=_("Berkas JSON, paling besar 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={
            "required": _("Pilih berkasnya dahulu."),
            "empty": _("Berkas ini kosong. Pilih berkas cetak biru lain."),
        },
    )

    def clean_file(self) -> bytes:
        """Return what stands in the file, unless it is larger than may be."""
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(
                translated("Berkas ini terlalu besar (paling besar %(most)s MB).")
                % {"most": MOST_BYTES // 2**20}
            )
        return bytes(sent.read())


class Chosen(forms.Form):
    """Which parts of a file to take: everything, whole kinds, single parts."""

    everything = forms.BooleanField(required=False)
    kind = forms.MultipleChoiceField(required=False)
    part = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, file: Blueprint, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.file = file
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, kind) for kind in sorted({part.kind for part in file.parts})
        ]
        self.fields["part"].choices = [  # type: ignore[attr-defined]
            (value, value) for value in map(form_value, file.parts)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a choice of nothing."""
        said = super().clean() or {}
        if not self.errors and not any(said.get(name) for name in self.fields):
            raise forms.ValidationError(
                translated("Pilih dahulu jenis atau bagian yang mau diambil.")
            )
        return said

    def chosen(self) -> set[PartKey] | None:
        """Return the parts chosen, None for all of the file."""
        if self.cleaned_data["everything"]:
            return None
        kinds = set(self.cleaned_data["kind"])
        whole = {part.known_by for part in self.file.parts if part.kind in kinds}
        return whole | {part_key(*value.split(" ", 1)) for value in self.cleaned_data["part"]}
