"""What the desk types: answers, rooms, rules, programmes, materials."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.texts import Name, Prose
from gerai.directory.models import Guide
from gerai.people.models import User
from gerai.visits.forms.asking import day_field
from gerai.visits.models import MaterialKind, Room, Rules
from gerai.visits.queries.desk import Step

MOST_SEATS = 2000
LONGEST_TITLE = 160
MOST_STEP_MINUTES = 720


class Place(forms.Form):
    """When, where and by whom a delegation is received."""

    day = day_field(_("Tanggal"), required=True)
    time = forms.TimeField(
        label=_("Pukul"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M"),
        error_messages={"invalid": _("Jam ini belum benar. Contoh: 09:00")},
    )
    room = forms.ModelChoiceField(label=_("Ruang"), queryset=Room.objects.everywhere().none())
    host = forms.ModelChoiceField(label=_("Penerima"), queryset=User.objects.none())
    words = Prose(
        label=_("Pesan untuk tamu"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=_("Masuk ke surel dan surat jawaban."),
    )

    def __init__(self, *args: Any, rooms: Any, hosts: Sequence[User], **kwargs: Any) -> None:
        """Offer the rooms and hosts of this mall."""
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms  # type: ignore[attr-defined]
        self.fields["host"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=[host.pk for host in hosts]
        ).order_by("name", "pk")


class Refuse(forms.Form):
    """Why a request is refused."""

    reason = forms.ChoiceField(label=_("Alasan"))
    words = Prose(
        label=_("Penjelasan"),
        max_length=1000,
        rows=3,
        help_text=_("Dikirim ke tamu. Tawarkan waktu lain bila bisa."),
    )

    def __init__(self, *args: Any, reasons: Sequence[str], **kwargs: Any) -> None:
        """Offer the mall's reasons."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Pilih alasan")),
            *((reason, reason) for reason in reasons),
        ]


class Settings(forms.Form):
    """The mall's settings for visits."""

    notice_days = forms.IntegerField(
        label=_("Diajukan paling lambat (hari kerja sebelumnya)"), min_value=0, max_value=60
    )
    answer_days = forms.IntegerField(
        label=_("Dijawab paling lambat (hari kerja)"), min_value=1, max_value=60
    )
    largest_group = forms.IntegerField(
        label=_("Rombongan terbesar (orang)"), min_value=1, max_value=MOST_SEATS
    )
    usual_minutes = forms.IntegerField(
        label=_("Lama kunjungan tanpa susunan acara (menit)"), min_value=15, max_value=720
    )
    material_days = forms.IntegerField(
        label=_("Materi terbuka setelah kunjungan (hari)"), min_value=1, max_value=3650
    )
    closed_weekdays = forms.TypedMultipleChoiceField(
        label=_("Tidak menerima kunjungan pada"),
        choices=WEEKDAYS.items(),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    gives_blueprint = forms.BooleanField(
        label=_("Tamu boleh membawa pulang cetak biru mal ini"),
        required=False,
        help_text=_("Sesudah rombongan diterima. Cetak biru tidak memuat data pribadi."),
    )
    source_note = Name(
        label=_("Dasar aturan"),
        max_length=400,
        required=False,
        help_text=_("Misalnya nomor keputusan. Tampil di halaman permohonan."),
    )
    signatory_role = Name(label=_("Jabatan penanda tangan surat"), max_length=160, required=False)
    signatory_name = Name(label=_("Nama penanda tangan surat"), max_length=160, required=False)
    letter_text = Prose(
        label=_("Isi surat jawaban"),
        max_length=6000,
        rows=14,
        required=False,
        help_text=_("Kosong: isi bawaan. Isian bernama ditulis [[begini]]."),
    )

    @classmethod
    def stored(cls, rules: Rules) -> dict[str, Any]:
        """Return the settings as they are."""
        return {name: getattr(rules, name) for name in cls.base_fields}


class Reasons(forms.Form):
    """The reasons for a refusal, one a line."""

    text = Prose(
        label=_("Alasan penolakan"),
        max_length=4000,
        rows=7,
        help_text=_("Satu alasan satu baris."),
    )

    def clean_text(self) -> list[str]:
        """Take a reason a line."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["text"].splitlines()]
        if any(len(line) > LONGEST_TITLE for line in lines):
            raise forms.ValidationError(gettext("Satu alasan paling panjang 160 huruf."))
        return [line for line in lines if line]


class RoomFields(forms.Form):
    """A room for guests."""

    name = Name(label=_("Nama ruang"), max_length=120)
    seats = forms.IntegerField(label=_("Kursi"), min_value=1, max_value=MOST_SEATS)
    note = Name(label=_("Catatan"), max_length=240, required=False)
    is_active = forms.BooleanField(label=_("Dipakai"), required=False, initial=True)


class KeptFree(forms.Form):
    """A day without visits."""

    day = day_field(_("Tanggal"), required=True)
    reason = Name(label=_("Alasan"), max_length=160)


class Offer(forms.Form):
    """Something guests may read."""

    title = Name(label=_("Judul"), max_length=160)
    kind = forms.ChoiceField(label=_("Jenis"), choices=MaterialKind.choices)
    file = forms.FileField(
        label=_("Berkas"),
        required=False,
        help_text=_("PDF, DOCX, XLSX, PPTX, ODT, atau gambar; paling besar 10 MB."),
        error_messages={"empty": _("Berkas ini kosong. Pilih berkas lain.")},
    )
    guide = forms.ModelChoiceField(
        label=_("Atau pedoman mal"),
        queryset=Guide.objects.everywhere().none(),
        required=False,
        empty_label=_("Tanpa pedoman"),
    )
    available_until = day_field(_("Terbuka sampai"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the guides of this mall."""
        super().__init__(*args, **kwargs)
        self.fields["guide"].queryset = Guide.objects.order_by(  # type: ignore[attr-defined]
            "title", "pk"
        )


class Reply(forms.Form):
    """An answer to one question."""

    text = Prose(label=_("Jawaban"), max_length=6000, rows=4)


class LibraryAnswer(forms.Form):
    """A question and its answer, for the library."""

    question_text = Name(label=_("Pertanyaan"), max_length=500)
    text = Prose(label=_("Jawaban"), max_length=6000, rows=6)


class ProgrammeLine(forms.Form):
    """A line of a programme."""

    title = Name(label=_("Acara"), max_length=LONGEST_TITLE)
    minutes = forms.IntegerField(
        label=_("Menit"),
        min_value=1,
        max_value=MOST_STEP_MINUTES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    place = Name(label=_("Tempat"), max_length=LONGEST_TITLE, required=False)


class Programme:
    """The lines of a programme as they are typed; buttons move, add and drop a line.

    Without a script each button sends the whole form, and nothing typed is lost.
    """

    MOST = 40

    def __init__(self, data: QueryDict | None, steps: Sequence[Step] = ()) -> None:
        """Take the lines from what was sent, or from how they stand."""
        if data is None:
            self.lines = [
                ProgrammeLine(
                    prefix=f"b{n}",
                    initial={"title": step.title, "minutes": step.minutes, "place": step.place},
                )
                for n, step in enumerate(steps)
            ]
            return
        told = [
            {name: data.get(f"b{n}-{name}", "") for name in ProgrammeLine.base_fields}
            for n in range(self.MOST)
            if f"b{n}-title" in data
        ]
        self.lines = self._bound(self._arranged(told, data.get("tindakan", "")))

    def _arranged(self, told: list[dict[str, str]], deed: str) -> list[dict[str, str]]:
        verb, _sep, number = deed.partition("-")
        at = int(number) if number.isdecimal() and len(number) < len("100") else -1
        match verb:
            case "naik" if 0 < at < len(told):
                told[at - 1], told[at] = told[at], told[at - 1]
            case "turun" if 0 <= at < len(told) - 1:
                told[at + 1], told[at] = told[at], told[at + 1]
            case "hapus" if 0 <= at < len(told):
                del told[at]
            case "tambah" if len(told) < self.MOST:
                told.append({"title": "", "minutes": "", "place": ""})
        return told

    def _bound(self, told: list[dict[str, str]]) -> list[ProgrammeLine]:
        return [
            ProgrammeLine({f"b{n}-{name}": value for name, value in line.items()}, prefix=f"b{n}")
            for n, line in enumerate(told)
        ]

    def is_valid(self) -> bool:
        """Tell whether every line is fit to be kept."""
        checked = [line.is_valid() for line in self.lines]  # each, so that each shows its errors
        return all(checked)

    def steps(self) -> list[Step]:
        """Return the lines."""
        return [Step(**line.cleaned_data) for line in self.lines]

    @property
    def minutes(self) -> int:
        """Return how long it takes, as far as it can be read."""
        told = (str(line["minutes"].value() or "") for line in self.lines)
        return sum(int(each) for each in told if each.isdecimal() and len(each) < len("10000"))
