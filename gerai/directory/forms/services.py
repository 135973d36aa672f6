"""A service, and a version of what it promises."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gerai.directory.catalogue.durations import LONGEST, Duration, read_duration
from gerai.directory.catalogue.entries import Promise
from gerai.directory.catalogue.fees import MOST_RUPIAH, Fee, read_fee
from gerai.directory.catalogue.texts import CODE_LIMIT, NAME_LIMIT, TEXT_LIMIT, Unfit
from gerai.directory.catalogue.typed import lines_of, requirements_of, typed
from gerai.directory.forms.days import Day
from gerai.directory.forms.texts import Name, Prose
from gerai.directory.models import MANAGING, Agency, Picture, Standard

LIST_TEXT = 10 * TEXT_LIMIT


class ServiceFields(forms.Form):
    """A service's name and code."""

    name = Name(
        label=_("Nama layanan"),
        max_length=NAME_LIMIT,
        help_text=_("Seperti dicari pengunjung, misalnya: KTP-el baru."),
    )
    code = Name(
        label=_("Kode layanan"),
        max_length=CODE_LIMIT,
        help_text=_("Singkatan yang tetap, misalnya: DUKCAPIL-KTP-01. Impor katalog mencarinya."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    picture = forms.ChoiceField(
        label=_("Gambar di kios"),
        choices=[("", _("Menurut nama layanan")), *Picture.choices],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Untuk pengunjung yang lebih mengenal gambar daripada tulisan."),
    )


class AgencyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An agency, by its whole name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.short_name} · {obj.name}" if obj.name != obj.short_name else str(obj.name)


class NewService(ServiceFields):
    """A service of an agency that is chosen."""

    agency = AgencyChoice(queryset=None, label=_("Instansi"), empty_label=_("Pilih instansi"))
    field_order = ("agency", "name", "code", "picture")

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        found = Agency.objects.filter(is_active=True).order_by("short_name")
        self.fields["agency"].queryset = found  # type: ignore[attr-defined]


class StandardFields(forms.Form):
    """The fourteen components, with decree, day and source."""

    requirements = Prose(
        label=_("Persyaratan"),
        rows=7,
        max_length=LIST_TEXT,
        required=False,
        help_text=_(
            "Satu syarat per baris. Yang hanya diminta pada keadaan tertentu ditulis, misalnya: "
            "jika kartu hilang: surat kehilangan dari kepolisian."
        ),
    )
    procedure = Prose(
        label=_("Prosedur"),
        rows=5,
        max_length=LIST_TEXT,
        required=False,
        help_text=_("Satu langkah per baris, dari awal sampai selesai."),
    )
    duration_text = Name(
        label=_("Jangka waktu"),
        max_length=400,
        required=False,
        help_text=_(
            "Dengan kata, misalnya: paling lama 3 hari kerja. Angkanya dibaca sendiri bila jelas."
        ),
    )
    duration_min = forms.IntegerField(
        label=_("Paling cepat"), min_value=1, max_value=LONGEST, required=False
    )
    duration_max = forms.IntegerField(
        label=_("Paling lama"), min_value=1, max_value=LONGEST, required=False
    )
    duration_unit = forms.ChoiceField(
        label=_("Satuan"),
        choices=[("", _("Pilih satuan")), *Standard.DurationUnit.choices],
        required=False,
    )
    fee_text = Prose(
        label=_("Biaya"),
        rows=2,
        required=False,
        help_text=_("Dengan kata, misalnya: Tidak dipungut biaya."),
    )
    fee_rupiah = forms.IntegerField(
        label=_("Biaya dalam rupiah"),
        min_value=0,
        max_value=MOST_RUPIAH,
        required=False,
        help_text=_("Angka saja; 0 berarti gratis. Kosongkan bila tergantung keadaan."),
    )
    product = Name(
        label=_("Produk"),
        max_length=240,
        required=False,
        help_text=_("Yang dibawa pulang, misalnya: KTP-el."),
    )
    validity = Name(label=_("Masa berlaku produk"), max_length=120, required=False)
    complaints = Prose(
        label=_("Pengaduan, saran, masukan"),
        required=False,
        help_text=_("Ke mana orang mengadu: nomor telepon, alamat, orangnya."),
    )
    decree_number = Name(
        label=_("Nomor keputusan"),
        max_length=120,
        required=False,
        help_text=_("Keputusan yang menetapkan standar ini."),
    )
    valid_from = forms.DateField(
        label=_("Berlaku sejak"),
        widget=Day(),
        required=False,
        help_text=_("Hari yang akan datang boleh; sampai hari itu versi sebelumnya yang tampil."),
    )
    source = Prose(
        label=_("Sumber"), rows=2, required=False, help_text=_("Dokumen atau alamat situsnya.")
    )
    legal_basis = Prose(label=_("Dasar hukum"), required=False)
    facilities = Prose(label=_("Sarana dan prasarana"), required=False)
    competence = Prose(label=_("Kompetensi pelaksana"), required=False)
    supervision = Prose(label=_("Pengawasan internal"), required=False)
    staff = Prose(label=_("Jumlah pelaksana"), required=False)
    service_guarantee = Prose(label=_("Jaminan pelayanan"), required=False)
    security_guarantee = Prose(label=_("Jaminan keamanan dan keselamatan"), required=False)
    evaluation = Prose(label=_("Evaluasi kinerja"), required=False)
    after = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=30_000, required=False, initial=0
    )

    PLAIN = (
        "product",
        "validity",
        "complaints",
        "decree_number",
        "valid_from",
        "source",
        *MANAGING,
    )
    DURATION = ("duration_text", "duration_min", "duration_max", "duration_unit")
    FEE = ("fee_text", "fee_rupiah")
    MAKERS = PLAIN[6:]

    def clean_requirements(self) -> Any:
        return self._read("requirements", requirements_of)

    def clean_procedure(self) -> Any:
        return self._read("procedure", lambda text: lines_of(text, "prosedur"))

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not self.errors:
            try:
                told["fee"] = self._fee()
            except Unfit as unfit:
                self.add_error("fee_text", str(unfit))
            try:
                told["duration"] = self._duration()
            except Unfit as unfit:
                self.add_error("duration_text", str(unfit))
        return told

    def promise(self) -> Promise:
        """Return what the version says."""
        told = self.cleaned_data
        return Promise(
            requirements=told["requirements"],
            procedure=told["procedure"],
            duration=told["duration"],
            fee=told["fee"],
            **{name: told[name] for name in self.PLAIN},
        )

    def groups(self) -> dict[str, list[forms.BoundField]]:
        """Return the fields of each part of the page."""
        return {
            "duration": [self[name] for name in self.DURATION[1:]],
            "makers": [self[name] for name in self.MAKERS],
        }

    def _fee(self) -> Fee:
        text, rupiah = self.cleaned_data["fee_text"], self.cleaned_data["fee_rupiah"]
        return read_fee(text) if rupiah is None else Fee(text, rupiah)

    def _duration(self) -> Duration:
        text, least, most, unit = (self.cleaned_data[name] for name in self.DURATION)
        if least is None and most is None:
            if unit:
                self.add_error("duration_max", _("Isi juga angkanya, atau kosongkan satuannya."))
            return read_duration(text)
        if not unit:
            self.add_error("duration_unit", _("Pilih satuannya."))
        if least is not None and most is not None and least > most:
            self.add_error("duration_max", _("Paling lama tidak boleh kurang dari paling cepat."))
        return Duration(text, least, most, unit)

    def _read(self, name: str, read: Any) -> Any:
        try:
            return read(self.cleaned_data[name])
        except Unfit as unfit:
            raise ValidationError(str(unfit)) from unfit


def fields_of(promise: Promise, *, after: int) -> dict[str, Any]:
    """Return what the fields show to write a new version from an earlier one."""
    # Numbers that the words say by themselves are left out, so that nobody changes one only.
    duration, fee = promise.duration, promise.fee
    spelt = read_duration(duration.text) == duration
    return {
        **{name: getattr(promise, name) for name in StandardFields.PLAIN},
        "requirements": typed(promise.requirements),
        "procedure": "\n".join(promise.procedure),
        "duration_text": duration.text,
        "duration_min": None if spelt else duration.least,
        "duration_max": None if spelt else duration.most,
        "duration_unit": "" if spelt else duration.unit,
        "fee_text": fee.text,
        "fee_rupiah": None if read_fee(fee.text) == fee else fee.rupiah,
        "after": after,
    }
