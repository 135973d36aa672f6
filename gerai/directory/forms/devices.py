"""What a device tells of itself, and what its owner says of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.actions.beats import Health
from gerai.directory.forms.texts import Name
from gerai.directory.models import Device

LONGEST_SILENCE_MIN = 240
LOUDEST = 100


class Heartbeat(forms.Form):
    """A device's word of itself; what makes no sense is left out, for it must never fail."""

    baterai = forms.IntegerField(min_value=0, max_value=100, required=False)
    mengisi = forms.ChoiceField(choices=[("ya", ""), ("tidak", "")], required=False)
    jaringan = forms.RegexField(r"^[a-z0-9-]{1,20}$", required=False)
    halaman = forms.RegexField(r"^[a-z0-9]{1,16}$", required=False)
    suara = forms.ChoiceField(choices=[("ya", ""), ("tidak", "")], required=False)
    macet = forms.IntegerField(min_value=0, max_value=999, required=False)

    def health(self) -> Health:
        """Return what was told and makes sense."""
        told = self.cleaned_data
        return Health(
            battery=told.get("baterai"),
            is_charging=_said(told.get("mengisi")),
            network=told.get("jaringan") or "",
            page_version=told.get("halaman") or "",
            may_sound=_said(told.get("suara")),
            stuck_calls=told.get("macet") or 0,
        )


class DeviceFields(forms.Form):
    """A device's name, after how long a silence it is missed, and how loud its voice is."""

    name = Name(label=_("Nama perangkat"), max_length=60)
    silent_after_min = forms.IntegerField(
        label=_("Dicari setelah diam (menit)"),
        min_value=1,
        max_value=LONGEST_SILENCE_MIN,
        help_text=_("Selama jam buka. Pengawas melihat perangkat yang diam lebih lama dari ini."),
    )
    volume = forms.IntegerField(
        label=_("Keras suara layar ini (1 sampai 100)"),
        min_value=1,
        max_value=LOUDEST,
        help_text=_("Bagian dari keras suara zonanya, untuk pengeras suara yang terlalu keras."),
    )

    def __init__(self, *args: Any, device: Device, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if not device.speaks:
            del self.fields["volume"]


def _said(word: str | None) -> bool | None:
    return {"ya": True, "tidak": False}.get(word or "")
