"""The nine elements of a rating as they are asked, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gerai.survey.formula import BEST_ANSWER, ELEMENTS
from gerai.survey.queries import ELEMENT_NAMES

LONGEST_SUGGESTION = 1000


@dataclass(frozen=True)
class Element:
    """One of the nine: its field, the question, and the words of the answers 1 to 4."""

    field: str
    question: str | Promise
    words: Sequence[str | Promise]

    @property
    def name(self) -> str | Promise:
        """Return its name."""
        return ELEMENT_NAMES[self.field]


QUALITY = (_("Tidak baik"), _("Kurang baik"), _("Baik"), _("Sangat baik"))

# U1 to U9. A mall may come to word them otherwise.
ASKED: tuple[Element, ...] = (
    Element(
        "u1",
        _("Apakah persyaratannya sesuai dengan layanannya?"),
        (_("Tidak sesuai"), _("Kurang sesuai"), _("Sesuai"), _("Sangat sesuai")),
    ),
    Element(
        "u2",
        _("Apakah prosedurnya mudah?"),
        (_("Tidak mudah"), _("Kurang mudah"), _("Mudah"), _("Sangat mudah")),
    ),
    Element(
        "u3",
        _("Apakah pelayanannya cepat?"),
        (_("Tidak cepat"), _("Kurang cepat"), _("Cepat"), _("Sangat cepat")),
    ),
    Element(
        "u4",
        _("Apakah biayanya wajar?"),
        (_("Sangat mahal"), _("Cukup mahal"), _("Murah"), _("Gratis")),
    ),
    Element(
        "u5",
        _("Apakah hasilnya sesuai dengan yang dijanjikan?"),
        (_("Tidak sesuai"), _("Kurang sesuai"), _("Sesuai"), _("Sangat sesuai")),
    ),
    Element(
        "u6",
        _("Apakah petugas mampu menangani keperluan Anda?"),
        (_("Tidak mampu"), _("Kurang mampu"), _("Mampu"), _("Sangat mampu")),
    ),
    Element(
        "u7",
        _("Apakah petugas sopan dan ramah?"),
        (_("Tidak ramah"), _("Kurang ramah"), _("Ramah"), _("Sangat ramah")),
    ),
    Element(
        "u8",
        _("Bagaimana pengaduan ditangani?"),
        QUALITY,
    ),
    Element(
        "u9",
        _("Bagaimana ruang dan perlengkapannya?"),
        QUALITY,
    ),
)

WRONG = _("Jawaban ini tidak dikenal. Pilih satu dari empat gambar.")


class RatingForm(forms.Form):
    """Nine answers, each of which may be left out, and a suggestion."""

    suggestion = forms.CharField(
        label=_("Saran Anda"),
        max_length=LONGEST_SUGGESTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": _("Saran paling panjang 1.000 huruf. Mohon dipersingkat."),
            "null_characters_not_allowed": _("Saran memuat huruf yang tidak dapat disimpan."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add one field for each element."""
        super().__init__(*args, **kwargs)
        for element in ASKED:
            self.fields[element.field] = forms.TypedChoiceField(
                label=str(element.name),
                choices=[(str(n), word) for n, word in enumerate(element.words, start=1)],
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={"invalid_choice": WRONG},
            )

    def answers(self) -> list[int | None]:
        """Return U1 to U9, None where nothing was chosen."""
        return [self.cleaned_data[element.field] for element in ASKED]


class Steps(forms.Form):
    """Where the kiosk's rating, asked in parts, stands; and through which door it came."""

    pintu = forms.ChoiceField(choices=[("kiosk", ""), ("phone", "")], required=False)
    ke = forms.IntegerField(min_value=1, max_value=3, required=False)

    def door(self) -> str:
        """Return the door, the phone when it is not said."""
        return str(self.cleaned_data.get("pintu") or "phone")

    def part(self) -> int:
        """Return which part is shown next; 0 when the answers are to be sent."""
        return int(self.cleaned_data.get("ke") or 0)


assert len(ASKED) == ELEMENTS
assert all(len(element.words) == BEST_ANSWER for element in ASKED)
