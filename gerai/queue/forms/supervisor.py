"""What a supervisor or the mall's admin types."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
