"""Texts that are typed, held to the same limits as those of a catalogue file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gerai.directory.catalogue.texts import TEXT_LIMIT, Unfit, label, prose


class Name(forms.CharField):
    """A name or code in one line."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            found = label(text, str(self.label), self.max_length or TEXT_LIMIT)
        except Unfit as unfit:
            raise ValidationError(str(unfit)) from unfit
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        return found


class Prose(forms.CharField):
    """A text of several lines, word for word."""

    def __init__(self, *, rows: int = 3, **settings: Any) -> None:
        settings.setdefault("max_length", TEXT_LIMIT)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **settings)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace("\r\n", "\n")
        try:
            return prose(text, str(self.label), self.max_length or TEXT_LIMIT)
        except Unfit as unfit:
            raise ValidationError(str(unfit)) from unfit
