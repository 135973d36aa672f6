"""What guests and desk type on the day."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from gerai.visits.models import Door
from gerai.visits.signing import MOST_LETTERS

MOST_FILES: Final = 20
SHORT: Final = 160
LONG: Final = 200
YES, NO = "ya", "tidak"


class CheckIn(forms.Form):
    """A guest signs the book; who is on the list has no name to type."""

    name = forms.CharField(
        label=_("Nama lengkap"),
        max_length=SHORT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    title = forms.CharField(
        label=_("Jabatan"),
        max_length=SHORT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    institution = forms.CharField(
        label=_("Instansi"),
        max_length=LONG,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    photo_consent = forms.ChoiceField(
        label=_("Bolehkah foto Anda dari kunjungan ini dimuat di situs dan media mal?"),
        choices=[(YES, _("Boleh")), (NO, _("Jangan"))],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Kunjungan berjalan sama saja, apa pun jawaban Anda."),
    )
    signature = forms.CharField(
        max_length=MOST_LETTERS, required=False, widget=forms.HiddenInput, strip=True
    )
    signs_on_paper = forms.BooleanField(
        label=_("Saya tanda tangan di lembar cetak"), required=False
    )

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = is_new

    def consent(self) -> bool | None:
        """Return the answer on pictures, None where there is none."""
        told = self.cleaned_data["photo_consent"]
        return {YES: True, NO: False}.get(told)


class Steps(forms.Form):
    """Where a guest stands: on which device, and who of the list."""

    kios = forms.ChoiceField(choices=[("1", "")], required=False)
    tamu = forms.IntegerField(min_value=1, required=False)
    cari = forms.CharField(max_length=SHORT, required=False)

    def told(self, name: str) -> Any:
        """Return what was said, None where it makes no sense."""
        return self.cleaned_data.get(name) if self.is_valid() or self.cleaned_data else None

    @property
    def door(self) -> Door:
        """The device that the guest signs on."""
        return Door.KIOSK if self.told("kios") else Door.PHONE


class Impress(forms.Form):
    """What a guest says of the visit."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    rating = forms.TypedChoiceField(
        label=_("Bagaimana kunjungan Anda?"),
        choices=[
            ("1", _("Tidak baik")),
            ("2", _("Kurang baik")),
            ("3", _("Baik")),
            ("4", _("Sangat baik")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    words = forms.CharField(
        label=_("Kesan Anda"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    may_publish = forms.BooleanField(
        label=_("Kesan saya boleh ditampilkan kepada umum"), required=False
    )
    name = forms.CharField(
        label=_("Nama yang ditampilkan"),
        max_length=SHORT,
        required=False,
        help_text=_("Kosongkan bila ingin tanpa nama."),
    )


class NoteQuestion(forms.Form):
    """A question noted at the desk, with its answer or without."""

    text = forms.CharField(label=_("Pertanyaan"), max_length=500)
    asked_by = forms.CharField(label=_("Ditanyakan oleh"), max_length=SHORT, required=False)
    answer = forms.CharField(
        label=_("Jawaban"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GiveAnswer(forms.Form):
    """What was answered, typed or one of the answers given before."""

    answer = forms.CharField(
        label=_("Jawaban"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reused = forms.IntegerField(min_value=1, required=False)


class Hours(forms.Form):
    """When the delegation really came and went."""

    received = forms.TimeField(
        label=_("Jam diterima"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    left = forms.TimeField(
        label=_("Jam pulang"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class Travel(forms.Form):
    """Whose travel order is confirmed, and who signs."""

    guest = forms.IntegerField(min_value=1, required=False)
    officer = forms.CharField(label=_("Nama penanda tangan"), max_length=SHORT)
    role = forms.CharField(label=_("Jabatan penanda tangan"), max_length=SHORT)


class Pictures(forms.ClearableFileInput):
    """A field for many files at once."""

    allow_multiple_selected = True


class PictureList(forms.FileField):
    """Many pictures; what they are is looked at when they are taken in."""

    widget = Pictures(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        told = data if isinstance(data, list | tuple) and data else [data or None]
        files: list[UploadedFile[Any]] = [
            super(PictureList, self).clean(each, initial) for each in told
        ]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Paling banyak 20 foto sekali unggah."))
        return files


class Album(forms.Form):
    """Pictures for the album."""

    photos = PictureList(
        label=_("Foto"), help_text=_("JPEG, PNG, atau WebP; boleh beberapa sekaligus.")
    )
    caption = forms.CharField(label=_("Keterangan"), max_length=240, required=False)
    all_agree = forms.BooleanField(
        label=_("Semua yang terlihat setuju foto ini dimuat"), required=False
    )


class OnePhoto(forms.Form):
    """A picture's caption and consent."""

    caption = forms.CharField(label=_("Keterangan"), max_length=240, required=False)
    all_agree = forms.BooleanField(label=_("Semua setuju"), required=False)
