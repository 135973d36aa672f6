"""What an officer or a supervisor says of closing a counter for a while."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.directory.forms.texts import Name
from gerai.directory.forms.week import Hour
from gerai.directory.models import Agency, ClosingReason, Counter
from gerai.malls.scope import current_mall

LONGEST_WORDS = 160


class CloseForAWhile(forms.Form):
    """What closes, why, and until when today; the beginning is now unless it is told."""

    what = forms.ChoiceField(label=_("Yang ditutup"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Alasan"), choices=ClosingReason.choices, widget=forms.RadioSelect
    )
    words = Name(
        label=_("Keterangan untuk pengunjung"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_("Boleh kosong, kecuali untuk alasan lain. Jangan menulis nama orang."),
    )
    starts = Hour(label=_("Mulai pukul"), required=False, help_text=_("Kosong berarti sekarang."))
    ends = Hour(label=_("Buka lagi pukul"), help_text=_("Hari ini, misalnya 14.00."))

    def __init__(
        self,
        *args: Any,
        counters: Sequence[Counter],
        agencies: Sequence[Agency],
        at_once: bool = False,
        **settings: Any,
    ) -> None:
        super().__init__(*args, **settings)
        self.things: dict[str, Counter | Agency] = {
            **{f"counter-{each.pk}": each for each in counters},
            **{f"agency-{each.pk}": each for each in agencies},
        }
        choices = [(key, _label(thing)) for key, thing in self.things.items()]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]
        self.fields["what"].initial = choices[0][0] if choices else None
        if at_once:
            del self.fields["starts"]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("reason") == ClosingReason.OTHER and not told.get("words"):
            self.add_error("words", _("Tulis alasannya, agar pengunjung tahu."))
        mall, now = current_mall(), clock.now()
        today = clock.local_day(now, mall.zone)
        for name in ("starts", "ends"):
            hour = told.get(name)
            told[f"{name}_at"] = (
                clock.at(today, hour.hour, hour.minute, mall.zone) if hour is not None else None
            )
        told["starts_at"] = told["starts_at"] or now
        if told["ends_at"] is not None and told["ends_at"] <= max(told["starts_at"], now):
            self.add_error("ends", _("Jam buka lagi harus sesudah jam mulai dan belum lewat."))
        return told

    def closing(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        told = self.cleaned_data
        thing = self.things[told["what"]]
        return {
            "counter": thing if isinstance(thing, Counter) else None,
            "agency": thing if isinstance(thing, Agency) else None,
            "reason": ClosingReason(told["reason"]),
            "words": told["words"],
            "ends_at": told["ends_at"],
        }


class Decide(forms.Form):
    """Yes or no, with a word to who asked."""

    decision = forms.ChoiceField(choices=[("approve", "approve"), ("refuse", "refuse")])
    answer = Name(label=_("Pesan untuk petugas"), max_length=LONGEST_WORDS, required=False)


def _label(thing: Counter | Agency) -> object:
    if isinstance(thing, Counter):
        return _("Loket %(code)s saja") % {"code": thing.code}
    return _("%(agency)s, semua loketnya") % {"agency": thing.short_name}
