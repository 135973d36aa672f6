"""What readers and editors type for the newsletter."""

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from gerai.newsroom.models.newsletter import ADDRESS_LENGTH, INTRO_LENGTH, SUBJECT_LENGTH

BAD_ADDRESS = _("Alamat surel ini tidak lengkap atau salah tulis. Contoh: nama@contoh.id")
BROKEN = _("Isian ini memuat huruf yang tidak dapat disimpan. Ketik sekali lagi.")
KEYS_LENGTH = 500


class AskNewsletter(forms.Form):
    """An address; and a field that people do not see and machines fill in."""

    address = forms.CharField(
        label=_("Alamat surel"),
        max_length=ADDRESS_LENGTH,
        help_text=_("Contoh: nama@contoh.id"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        validators=[EmailValidator(message=BAD_ADDRESS)],
        error_messages={
            "required": _("Isi alamat surel Anda."),
            "max_length": BAD_ADDRESS,
            "null_characters_not_allowed": BAD_ADDRESS,
        },
    )
    website = forms.CharField(
        label=_("Biarkan kosong"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        error_messages={"null_characters_not_allowed": BROKEN},
    )

    @property
    def is_by_machine(self) -> bool:
        """Tell whether the hidden field was filled in."""
        return bool(self.cleaned_data["website"])


class ComposeIssue(forms.Form):
    """The subject and opening words of an issue, and which stories the editor saw."""

    subject = forms.CharField(
        label=_("Judul surel"),
        max_length=SUBJECT_LENGTH,
        error_messages={
            "required": _("Isi judul surelnya."),
            "max_length": _("Judul surel paling panjang 150 huruf. Mohon dipersingkat."),
            "null_characters_not_allowed": BROKEN,
        },
    )
    intro = forms.CharField(
        label=_("Kata pengantar"),
        max_length=INTRO_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _("Kata pengantar paling panjang 1.000 huruf. Mohon dipersingkat."),
            "null_characters_not_allowed": BROKEN,
        },
    )
    told = forms.CharField(
        max_length=KEYS_LENGTH,
        required=False,
        widget=forms.HiddenInput,
        error_messages={"max_length": BROKEN, "null_characters_not_allowed": BROKEN},
    )

    def clean_subject(self) -> str:
        """Put the subject on one line."""
        return " ".join(self.cleaned_data["subject"].split())
