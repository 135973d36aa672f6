"""What a supervisor or the mall's admin types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.queue.actions.rule import BOUNDS

LABELS = {
    "priority_in_a_row": _("Nomor prioritas berturut-turut, paling banyak"),
    "recalls": _("Panggilan untuk satu nomor, paling banyak"),
    "return_after": _("Yang kembali dipanggil setelah berapa nomor lain"),
    "undo_seconds": _("Batas waktu pembatalan langkah, dalam detik"),
}


class ChangeRule(forms.Form):
    """The numbers of the order of calling."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name, (low, high) in BOUNDS.items():
            wrong = _("Isi dengan bilangan bulat %(low)s sampai %(high)s.") % {
                "low": low,
                "high": high,
            }
            self.fields[name] = forms.IntegerField(
                label=LABELS[name],
                min_value=low,
                max_value=high,
                help_text=_("%(low)s sampai %(high)s") % {"low": low, "high": high},
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), wrong
                ),
            )


class PickDay(forms.Form):
    """The day of a report."""

    hari = forms.DateField(
        label=_("Hari"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Tuliskan hari seperti 2026-11-23.")
        ),
    )
