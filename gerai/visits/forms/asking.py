"""What a delegation types: its request, its list, its questions."""

import re
import secrets
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.texts import Name, Prose
from gerai.malls.regions import region_names
from gerai.visits.actions.asking import Wish
from gerai.visits.rules import regions_like

KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ().-]{6,28}$", _("Nomor ini belum benar. Contoh: 0812 0000 0000")
)
MOST_CHOICES = 12
MOST_QUESTIONS = 30
LONGEST_QUESTION = 500
BAD_EMAIL = _("Alamat surel ini tidak lengkap atau salah tulis. Contoh: nama@contoh.id")
BAD_DATE = _("Tanggal ini belum benar. Contoh: 2026-12-31")
BAD_SIZE = _("Isi jumlah tamu dengan angka, paling sedikit 1.")


def new_key() -> str:
    """Return a key by which a form that is sent twice is one request."""
    return secrets.token_urlsafe(24)


class Mail(forms.EmailField):
    """An address, refused in words."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            max_length=254,
            error_messages={
                "invalid": BAD_EMAIL,
                "max_length": BAD_EMAIL,
                "null_characters_not_allowed": BAD_EMAIL,
            },
            **settings,
        )


def day_field(label: Any, *, required: bool) -> forms.DateField:
    """Return a field for a day; browsers without a calendar take it typed."""
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": BAD_DATE},
    )


class Ask(forms.Form):
    """A request to come and learn."""

    region = Name(
        label=_("Daerah asal"),
        max_length=120,
        help_text=_("Ketik nama kabupaten, kota, atau provinsi, misalnya: Soppeng."),
        widget=forms.TextInput(attrs={"list": "daftar-daerah", "autocomplete": "off"}),
    )
    region_code = forms.CharField(max_length=5, required=False, widget=forms.HiddenInput)
    institution = Name(
        label=_("Instansi"),
        max_length=200,
        help_text=_("Misalnya: Dinas Penanaman Modal dan PTSP."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    leader_name = Name(label=_("Nama pimpinan rombongan"), max_length=160)
    leader_title = Name(label=_("Jabatan pimpinan rombongan"), max_length=160, required=False)
    size = forms.IntegerField(
        label=_("Jumlah tamu"),
        min_value=1,
        max_value=9999,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={"invalid": BAD_SIZE, "min_value": BAD_SIZE, "max_value": BAD_SIZE},
    )
    wished_1 = day_field(_("Tanggal yang diharapkan"), required=True)
    wished_2 = day_field(_("Pilihan kedua"), required=False)
    wished_3 = day_field(_("Pilihan ketiga"), required=False)
    purpose = Prose(
        label=_("Tujuan kunjungan"),
        max_length=2000,
        rows=4,
        help_text=_("Apa yang ingin Anda pelajari, dan untuk apa."),
    )
    questions = Prose(
        label=_("Pertanyaan yang ingin dijawab"),
        max_length=8000,
        rows=5,
        required=False,
        help_text=_("Satu pertanyaan satu baris. Kami menyiapkan jawabannya sebelum Anda datang."),
    )
    letter = forms.FileField(
        label=_("Surat permohonan (PDF)"),
        required=False,
        help_text=_("Paling besar 10 MB. Boleh menyusul di halaman permohonan Anda."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"empty": _("Berkas ini kosong. Pilih berkas lain.")},
    )
    contact_name = Name(
        label=_("Nama narahubung"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_email = Mail(
        label=_("Surel narahubung"),
        help_text=_("Tautan halaman permohonan dikirim ke sini."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    contact_phone = forms.CharField(
        label=_("Telepon atau WhatsApp narahubung"),
        max_length=30,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("Biarkan kosong"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    region_choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_by_machine(self) -> bool:
        """Tell whether the hidden field was filled in."""
        return bool(self.cleaned_data["website"])

    @property
    def key_to_send(self) -> str:
        """Return the key of this form, the same when it is shown again."""
        told = str(self.data.get("key", "")) if self.is_bound else ""
        return told if KEY.fullmatch(told) else str(self.initial.get("key") or new_key())

    def clean_key(self) -> str:
        """Take the form's key, or a new one where it is missing."""
        key = str(self.cleaned_data["key"])
        return key if KEY.fullmatch(key) else new_key()

    def clean_questions(self) -> tuple[str, ...]:
        """Take a question a line."""
        return questions_in(self.cleaned_data["questions"])

    def clean(self) -> dict[str, Any]:
        """Find the region that is meant; where it may be several, offer them."""
        told = super().clean() or {}
        words = told.get("region")
        if words:
            self._find_region(told, words)
        return told

    def _find_region(self, told: dict[str, Any], words: str) -> None:
        names = region_names()
        codes = regions_like(words, names)
        chosen = told.get("region_code", "")
        if chosen in codes:
            codes = [chosen]
        if len(codes) == 1:
            told["region_code"] = codes[0]
            return
        if not codes:
            self.add_error("region", gettext("Daerah ini tidak dikenal. Periksa ejaannya."))
        elif len(codes) > MOST_CHOICES:
            self.add_error("region", gettext("Banyak daerah bernama mirip. Ketik lebih lengkap."))
        else:
            self.region_choices = tuple((code, region_words(code)) for code in codes)
            self.add_error(
                "region", gettext("Ada beberapa daerah bernama mirip. Pilih salah satu.")
            )

    def wish(self) -> Wish:
        """Return what is asked for."""
        told = self.cleaned_data
        days = [told[name] for name in ("wished_1", "wished_2", "wished_3")]
        kept = ("institution", "leader_name", "leader_title", "size", "purpose", "questions")
        contact = ("contact_name", "contact_email", "contact_phone", "region_code")
        wished: tuple[date, ...] = tuple(dict.fromkeys(day for day in days if day))
        return Wish(wished=wished, **{name: told[name] for name in (*kept, *contact)})


def region_words(code: str) -> str:
    """Return a region with its province."""
    names = region_names()
    name = names.get(code, code)
    return name if len(code) == len("73") else f"{name}, {names[code[:2]]}"


def questions_in(text: str) -> tuple[str, ...]:
    """Return the questions of a text, one a line, or refuse them in words."""
    lines = [" ".join(line.split()).lstrip("-•*· ") for line in text.splitlines()]
    found = tuple(dict.fromkeys(line for line in lines if line))
    if len(found) > MOST_QUESTIONS:
        raise forms.ValidationError(gettext("Paling banyak 30 pertanyaan. Gabungkan yang serupa."))
    if any(len(line) > LONGEST_QUESTION for line in found):
        raise forms.ValidationError(gettext("Satu pertanyaan paling panjang 500 huruf."))
    return found


class OneGuest(forms.Form):
    """A person of the delegation."""

    name = Name(label=_("Nama"), max_length=160)
    title = Name(label=_("Jabatan"), max_length=160, required=False)
    institution = Name(label=_("Instansi"), max_length=200, required=False)
    email = Mail(label=_("Surel"), required=False)


class ListFile(forms.Form):
    """A delegation's list as a file."""

    file = forms.FileField(
        label=_("Berkas daftar tamu"),
        help_text=_("XLSX atau CSV; baris pertama: Nama, Jabatan, Instansi, Surel."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("Pilih berkasnya dahulu."),
            "empty": _("Berkas ini kosong. Pilih berkas lain."),
        },
    )


class Letter(forms.Form):
    """The letter of a request, when it comes later."""

    file = forms.FileField(
        label=_("Surat permohonan (PDF)"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Pilih berkasnya dahulu."),
            "empty": _("Berkas ini kosong. Pilih berkas lain."),
        },
    )


class Questions(forms.Form):
    """Questions sent ahead, one a line."""

    text = Prose(label=_("Pertanyaan"), max_length=8000, rows=4)

    def clean_text(self) -> tuple[str, ...]:
        """Take a question a line."""
        return questions_in(self.cleaned_data["text"])


class CallOff(forms.Form):
    """Why a visit is called off."""

    words = Prose(label=_("Alasan"), max_length=500, rows=2, required=False)
