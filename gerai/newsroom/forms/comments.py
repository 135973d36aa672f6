"""What a reader writes below an article, and what a moderator does with it."""

import re
import secrets
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.malls.scope import current_mall
from gerai.newsroom.challenge import LONGEST_PAYLOAD
from gerai.newsroom.models import Comment, ReportReason
from gerai.newsroom.models.comments import NAME_LENGTH, TEXT_LENGTH
from gerai.newsroom.queries.proofs import LONGEST_STAMP
from gerai.newsroom.suspicion import UNSEEN, plain

BLANK_LINES = re.compile(r"\n{3,}")
NAMES_OF_THE_DESK = ("redaksi", "admin", "administrator", "moderator")
NOT_WHOLE = _("Formulir ini tidak utuh. Muat ulang halamannya, lalu kirim lagi.")
# The joiner that makes one picture out of several is unseen and yet meant.
KEPT = {"\n", "\u200d"}


def cleaned(text: str) -> str:
    """Return a text without what nobody sees: control letters, marks that turn writing round.

    >>> cleaned("Halo\\u202e \\r\\n\\n\\n\\n dunia ")
    'Halo\\n\\ndunia'
    """
    told = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    seen = "".join(letter for letter in told if letter in KEPT or not _is_unseen(letter))
    lines = (line.strip() for line in seen.split("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _is_unseen(letter: str) -> bool:
    return bool(UNSEEN.match(letter)) or unicodedata.category(letter) in {"Cc", "Cs"}


def can_be_seen(text: str) -> bool:
    """Tell whether a text has anything to read."""
    return bool(plain(text))


class Words(forms.Form):
    """A name and a text, as readers write them."""

    name = forms.CharField(
        label=_("Nama"),
        max_length=NAME_LENGTH,
        help_text=_("Nama panggilan boleh. Nama ini terlihat oleh semua pembaca."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={
            "required": _("Tuliskan nama Anda."),
            "max_length": _("Nama terlalu panjang. Tuliskan paling banyak 60 huruf."),
        },
    )
    text = forms.CharField(
        label=_("Komentar"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Tuliskan komentar Anda."),
            "max_length": _("Komentar terlalu panjang. Tuliskan paling banyak 2.000 huruf."),
        },
    )

    def clean_name(self) -> str:
        """Refuse an unseen name, and one that readers would take for the newsroom."""
        name = " ".join(cleaned(self.cleaned_data["name"]).split())
        if not can_be_seen(name):
            raise forms.ValidationError(_("Tuliskan nama Anda."))
        own = {*NAMES_OF_THE_DESK, plain(current_mall().name)}
        if plain(name) in own or set(plain(name).split()) & set(NAMES_OF_THE_DESK):
            raise forms.ValidationError(_("Nama ini dipakai redaksi. Tuliskan nama Anda sendiri."))
        return name

    def clean_text(self) -> str:
        """Refuse a text that has nothing to read."""
        text = cleaned(self.cleaned_data["text"])
        if not can_be_seen(text):
            raise forms.ValidationError(_("Tuliskan komentar Anda."))
        return text


class Write(Words):
    """A new comment. `website` is a trap: people do not see it, senders of spam fill it in."""

    website = forms.CharField(
        label=_("Biarkan kosong"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    answers = forms.IntegerField(
        label=_("Balasan"),
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NOT_WHOLE),
    )
    stamp = forms.CharField(
        label=_("Formulir"),
        required=False,
        max_length=LONGEST_STAMP,
        widget=forms.HiddenInput,
        error_messages={"max_length": NOT_WHOLE},
    )
    proof = forms.CharField(
        label=_("Formulir"),
        required=False,
        max_length=LONGEST_PAYLOAD,
        widget=forms.HiddenInput,
        error_messages={"max_length": NOT_WHOLE},
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="comment_%s")

    def clean_website(self) -> str:
        """Refuse what fell into the trap; a person whose browser filled it in can empty it."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Kosongkan isian ini, lalu kirim lagi."))
        return ""

    def has_fallen(self) -> bool:
        """Tell whether the trap must be shown, so that a person can empty it."""
        return "website" in self.errors


class Revise(Words):
    """A changed comment, by its own reader."""


class Report(forms.Form):
    """Why a reader reports a comment."""

    reason = forms.ChoiceField(
        label=_("Apa yang keliru dengan komentar ini?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih satu alasan."),
            "invalid_choice": _("Pilih satu alasan dari daftar."),
        },
    )

    def chosen(self) -> ReportReason:
        """Return the reason."""
        return ReportReason(self.cleaned_data["reason"])


class Seen(forms.Form):
    """A decision on a comment as it was read."""

    seen = forms.IntegerField(min_value=0, max_value=32_767, widget=forms.HiddenInput)


class Decide(Seen):
    """A decision with its reason, for other moderators."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Hanya terlihat oleh redaksi."),
        error_messages={
            "required": _("Tuliskan alasannya, agar rekan Anda mengerti."),
            "max_length": _("Alasan terlalu panjang. Tuliskan paling banyak 300 huruf."),
        },
    )


class Edit(Seen):
    """The newsroom's change of a comment."""

    text = forms.CharField(
        label=_("Naskah komentar"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Pembaca melihat tanda “disunting redaksi”. Naskah semula tetap tersimpan."),
        error_messages={"required": _("Tuliskan naskahnya, atau sembunyikan komentarnya.")},
    )

    def clean_text(self) -> str:
        """Refuse a text that has nothing to read."""
        text = cleaned(self.cleaned_data["text"])
        if not can_be_seen(text):
            raise forms.ValidationError(_("Tuliskan naskahnya, atau sembunyikan komentarnya."))
        return text


class Answer(forms.Form):
    """The newsroom's own answer, and the key that makes a double press harmless."""

    text = forms.CharField(
        label=_("Jawaban redaksi"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Langsung terbit di bawah komentar, atas nama Redaksi."),
        error_messages={"required": _("Tuliskan jawabannya.")},
    )
    key = forms.CharField(min_length=16, max_length=64, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Refuse a text that has nothing to read."""
        text = cleaned(self.cleaned_data["text"])
        if not can_be_seen(text):
            raise forms.ValidationError(_("Tuliskan jawabannya."))
        return text


class Several(forms.Form):
    """Comments chosen from the list, each as "key.revision" the way it was read."""

    chosen = forms.MultipleChoiceField(
        error_messages={"required": _("Centang dahulu komentar yang hendak diterbitkan.")}
    )

    def __init__(self, offered: list[Comment], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.comments = {str(comment.pk): comment for comment in offered}
        self.fields["chosen"].valid_value = self._is_one  # type: ignore[attr-defined]

    def pairs(self) -> list[tuple[Comment, int]]:
        """Return the chosen comments that are still there, with the revision that was read."""
        told = [value.split(".") for value in self.cleaned_data["chosen"]]
        return [(self.comments[key], int(seen)) for key, seen in told if key in self.comments]

    @staticmethod
    def _is_one(value: str) -> bool:
        return re.fullmatch(r"\d{1,18}\.\d{1,5}", value, re.ASCII) is not None


class Word(forms.Form):
    """A word that makes comments wait."""

    word = forms.CharField(
        label=_("Kata atau frasa"),
        max_length=60,
        error_messages={
            "required": _("Tuliskan kata yang hendak ditahan."),
            "max_length": _("Kata terlalu panjang. Tuliskan paling banyak 60 huruf."),
        },
    )


def new_key() -> str:
    """Return a fresh key for a form, put into it when its page is shown."""
    return secrets.token_urlsafe(24)
