"""How a zone speaks, where things stand on a screen, and what the mall announces."""

from collections.abc import Iterator
from datetime import time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.models import Zone
from gerai.display.models import EnglishSpoken, Slot, SpanMode
from gerai.display.rules import Mode, Span
from gerai.malls.scope import current_mall

ROWS = 6
LONGEST_NOTICE = 240


class Hour(forms.TimeField):
    """A time of day, picked."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class Moment(forms.DateTimeField):
    """A moment by the mall's clock, picked."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def prepare_value(self, value: Any) -> Any:
        """Show a stored moment as the mall's clock shows it."""
        if hasattr(value, "astimezone"):
            value = clock.local(value, current_mall().zone).replace(tzinfo=None)
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        """Read a moment by the mall's clock, whatever zone the process lives in."""
        moment = super().to_python(value)
        zone = clock.zone_of(current_mall().zone)
        return None if moment is None else moment.replace(tzinfo=zone)


class SpeechFields(forms.Form):
    """English and the gong of a zone, and a small table of hours."""

    english = forms.ChoiceField(
        label=_("Bahasa Inggris sesudah bahasa Indonesia"),
        choices=EnglishSpoken.choices,
        widget=forms.RadioSelect,
    )
    has_gong = forms.BooleanField(label=_("Gong sebelum setiap panggilan"), required=False)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for row in range(1, ROWS + 1):
            told = {"number": row}
            self.fields[f"begins_{row}"] = Hour(label=_("Baris %(number)d: dari") % told)
            self.fields[f"ends_{row}"] = Hour(label=_("Baris %(number)d: sampai") % told)
            self.fields[f"mode_{row}"] = forms.ChoiceField(
                label=_("Baris %(number)d: bunyi") % told, choices=SpanMode.choices
            )
            self.fields[f"volume_{row}"] = forms.IntegerField(
                label=_("Baris %(number)d: keras (0 sampai 100)") % told, min_value=0, max_value=100
            )
            for name in ("begins", "ends", "mode", "volume"):
                self.fields[f"{name}_{row}"].required = False

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for row in range(1, ROWS + 1):
            begins, ends = told.get(f"begins_{row}"), told.get(f"ends_{row}")
            if (begins is None) != (ends is None):
                self.add_error(f"ends_{row}", _("Isi jam mulai dan jam selesainya."))
            elif begins is not None and begins == ends:
                self.add_error(f"ends_{row}", _("Jam selesai harus lain dari jam mulai."))
        return told

    def spans(self) -> list[Span]:
        """Return the rows that are filled in, in the order of the day."""
        return sorted(self._spans(), key=lambda span: span.begins)

    def rows(self) -> list[list[forms.BoundField]]:
        """Return the table: a list of fields a row."""
        names = ("begins", "ends", "mode", "volume")
        return [[self[f"{name}_{row}"] for name in names] for row in range(1, ROWS + 1)]

    def _spans(self) -> Iterator[Span]:
        told = self.cleaned_data
        for row in range(1, ROWS + 1):
            begins: time | None = told.get(f"begins_{row}")
            ends: time | None = told.get(f"ends_{row}")
            if begins is not None and ends is not None:
                volume = told.get(f"volume_{row}")
                mode = cast("Mode", told.get(f"mode_{row}") or SpanMode.VOICE.value)
                yield Span(begins, ends, mode, 100 if volume is None else volume)


class LayoutFields(forms.Form):
    """What stands beside the call and below it, and how large."""

    side = forms.ChoiceField(label=_("Di samping panggilan"), choices=Slot.choices)
    left = forms.ChoiceField(label=_("Bawah kiri"), choices=Slot.choices)
    middle = forms.ChoiceField(label=_("Bawah tengah"), choices=Slot.choices)
    right = forms.ChoiceField(label=_("Bawah kanan"), choices=Slot.choices)
    is_call_large = forms.BooleanField(label=_("Panggilan lebih lebar"), required=False)
    is_text_large = forms.BooleanField(label=_("Tulisan lain lebih besar"), required=False)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        places = ("side", "left", "middle", "right")
        seen: set[str] = set()
        for place in places:
            slot = told.get(place, Slot.NOTHING)
            if slot in seen:
                self.add_error(place, _("Isi ini sudah ada di tempat lain pada layar."))
            if slot == Slot.EARLIER and place != "side":
                self.add_error(place, _("Panggilan terakhir hanya muat di samping panggilan."))
            if slot != Slot.NOTHING:
                seen.add(slot)
        return told


class NoticeFields(forms.Form):
    """A notice in both languages, where and from when until when."""

    text = forms.CharField(
        label=_("Pengumuman"),
        max_length=LONGEST_NOTICE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text_en = forms.CharField(
        label=_("Dalam bahasa Inggris"),
        max_length=LONGEST_NOTICE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    zone: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        queryset=None, label=_("Zona"), required=False, empty_label=_("Seluruh mal")
    )
    begins_at = Moment(label=_("Mulai tampil"))
    ends_at = Moment(label=_("Berhenti tampil"))
    is_urgent = forms.BooleanField(label=_("Penting: tampil paling depan"), required=False)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["zone"].queryset = Zone.objects.order_by("code")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        begins, ends = told.get("begins_at"), told.get("ends_at")
        if begins and ends and begins >= ends:
            self.add_error("ends_at", _("Waktu berhenti harus sesudah waktu mulai."))
        return told
