"""What a mall shows of its days."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.queue.queries.boards import today
from gerai.story.models import MOST_DAYS
from gerai.story.queries.days import past_days
from gerai.ui.templatetags.ui import tanggal


class ShowingFields(forms.Form):
    """Whether guests see the story, and of which days."""

    is_public = forms.BooleanField(label=_("Tamu dapat membuka kisah hari"), required=False)
    has_today = forms.BooleanField(label=_("Juga hari ini, yang masih berjalan"), required=False)
    last_days = forms.IntegerField(
        label=_("Berapa hari terakhir yang sudah selesai"), min_value=0, max_value=MOST_DAYS
    )
    chosen_day = forms.TypedChoiceField(
        label=_("Hari pilihan"),
        help_text=_("Ditampilkan lebih dahulu, misalnya hari yang ramai untuk rombongan tamu."),
        required=False,
        coerce=date.fromisoformat,
        empty_value=None,
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        stored = self.initial.get("chosen_day")
        days = past_days(MOST_DAYS)
        if stored is not None and stored not in days:
            days.append(stored)
        named = [(day.isoformat(), tanggal(day)) for day in days if day < today()]
        self.fields["chosen_day"].choices = [("", _("Hari terakhir")), *named]  # type: ignore[attr-defined]


class Asked(forms.Form):
    """Which day is asked for; none for the first one."""

    hari = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
