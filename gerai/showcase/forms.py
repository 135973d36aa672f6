"""What the pages of the presentation ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.showcase.models import Deck, SessionKind, SlideKind

TITLE_LIMIT, GUESTS_LIMIT, SLIDE_TITLE_LIMIT = 120, 160, 160
TEXT_LIMIT, NOTES_LIMIT = 2000, 2000
FURTHEST = 1000


class DeckFields(forms.Form):
    """A deck: its title, and whom it welcomes."""

    title = forms.CharField(label=_("Nama paparan"), max_length=TITLE_LIMIT)
    guests = forms.CharField(
        label=_("Tamu"),
        max_length=GUESTS_LIMIT,
        required=False,
        help_text=_("Disambut di sampul, misalnya: Pemerintah Kabupaten Contoh."),
    )


class DeckChoice(forms.ModelChoiceField[Deck]):
    """One of the mall's decks, or the usual slides."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=None,
            required=False,
            empty_label=str(_("Susunan bawaan")),
            **options,
        )


class Begin(forms.Form):
    """Beginning a presentation."""

    guests = forms.CharField(
        label=_("Tamu"),
        max_length=GUESTS_LIMIT,
        required=False,
        help_text=_("Disambut di sampul, misalnya: Pemerintah Kabupaten Contoh."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    deck = DeckChoice(label=_("Paparan"))

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        # Decks are the mall's in scope, which is not known when the class is made.
        self.fields["deck"].queryset = Deck.objects.order_by("-pk")  # type: ignore[attr-defined]


class GuestLink(Begin):
    """A link with which guests look at a deck or the tour by themselves."""

    kind = forms.ChoiceField(label=_("Yang dibuka"), choices=SessionKind.choices)


class NewSlide(forms.Form):
    """Adding a slide."""

    kind = forms.ChoiceField(label=_("Jenis salindia"), choices=SlideKind.choices)


class SlideFields(forms.Form):
    """What is written in a slide."""

    title = forms.CharField(
        label=_("Judul"),
        max_length=SLIDE_TITLE_LIMIT,
        required=False,
        help_text=_("Kosongkan untuk memakai judul bawaan."),
    )
    text = forms.CharField(
        label=_("Teks"),
        max_length=TEXT_LIMIT,
        required=False,
        help_text=_("Satu baris satu alinea. Baris yang diawali tanda hubung menjadi butir."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    notes = forms.CharField(
        label=_("Catatan pembicara"),
        max_length=NOTES_LIMIT,
        required=False,
        help_text=_("Hanya tampil di kendali ponsel, tidak di layar."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PhotoFields(SlideFields):
    """A slide with a photo."""

    photo = forms.FileField(
        label=_("Foto"),
        required=False,
        help_text=_("JPEG, PNG, atau WebP, paling besar 10 MB. Mengganti foto yang ada."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
    caption = forms.CharField(
        label=_("Yang terlihat di foto"),
        max_length=240,
        required=False,
        help_text=_("Dibacakan kepada yang tidak melihat fotonya. Wajib bila mengunggah foto."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask what the photo shows, a new one or the one that stands there."""
        cleaned = super().clean() or {}
        has_photo = cleaned.get("photo") or self.initial.get("caption")
        if has_photo and not cleaned.get("caption"):
            self.add_error("caption", _("Tulis apa yang terlihat di foto."))
        return cleaned


class TourNoteFields(forms.Form):
    """The question that guests usually ask at an agency's counter."""

    question = forms.CharField(label=_("Pertanyaan tamu"), max_length=240, required=False)
    answer = forms.CharField(
        label=_("Jawaban"),
        max_length=1200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


STEPS = ("next", "back", "first", "last", "go", "black", "light")


class Steer(forms.Form):
    """A press of a key or on a phone: a step from the slide that was seen."""

    langkah = forms.ChoiceField(choices=[(step, step) for step in STEPS])
    dari = forms.IntegerField(min_value=0, max_value=FURTHEST, required=False)
    ke = forms.IntegerField(min_value=0, max_value=FURTHEST, required=False)


class Invited(forms.Form):
    """The guests that another page names in its link."""

    tamu = forms.CharField(max_length=GUESTS_LIMIT, required=False)

    def guests(self) -> str:
        """Return their name; nothing where it cannot be used."""
        return str(self.cleaned_data.get("tamu", "")) if self.is_valid() else ""
