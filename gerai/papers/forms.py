"""What is typed about papers: which to list, and how their numbers look."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.papers import queries
from gerai.papers.rules import LONGEST_CODE, LONGEST_PATTERN, BadPattern, checked_pattern


class PaperFilter(forms.Form):
    """Which papers are listed."""

    jenis = forms.ChoiceField(label=_("Jenis surat"), required=False)
    cari = forms.CharField(label=_("Nomor atau judul"), required=False, max_length=80)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        kinds = sorted(
            ((kind, queries.title_of(kind)) for kind in queries.kinds_here()), key=_title
        )
        self.fields["jenis"].choices = [("", _("Semua jenis")), *kinds]  # type: ignore[attr-defined]


def _title(choice: tuple[str, str]) -> str:
    return choice[1]


class Numbers(forms.Form):
    """How the numbers of a kind look."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=LONGEST_CODE,
        help_text=_("Misalnya kode klasifikasi dan singkatan unit: 000.8/MPP."),
    )
    pattern = forms.CharField(
        label=_("Pola nomor"),
        max_length=LONGEST_PATTERN,
        help_text=_(
            "Wajib memuat {number} dan {year}. Boleh: {number:03} untuk nomor tiga angka, {code}, "
            "{month}, {roman_month}."
        ),
    )

    def clean_pattern(self) -> str:
        """Refuse what cannot be a pattern."""
        pattern: str = self.cleaned_data["pattern"]
        try:
            return checked_pattern(pattern)
        except BadPattern as wrong:
            raise forms.ValidationError(
                _("Pola ini belum benar pada “%(part)s”. Periksa kurung dan nama bagiannya."),
                params={"part": str(wrong)[:40]},
            ) from wrong
