"""What the office says of printers and slips, and which printer is to print again."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Device, DeviceKind
from gerai.printing import queries, slip
from gerai.printing.actions.printers import Settings
from gerai.printing.models import CONNECTIONS, NumberSize, Printer
from gerai.printing.rules import PAPERS, PROFILES, Connection

HOST = RegexValidator(
    r"\A[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\Z",
    _("Isi alamat IP atau nama peranti, misalnya 192.168.1.50."),
)
HEXADECIMAL = RegexValidator(
    r"\A[0-9A-Fa-f]{4}\Z", _("Isi empat angka heksadesimal, misalnya 04b8.")
)
LAST_PORT = 65_535


class PrinterFields(forms.Form):
    """A printer: its name, its kiosk, how it is connected, and its paper."""

    name = forms.CharField(
        label=_("Nama pencetak"), max_length=60, help_text=_("Misalnya: Pencetak kios depan.")
    )
    device: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        queryset=None,
        label=_("Kios"),
        required=False,
        empty_label=_("Tidak di kios (untuk cetak ulang saja)"),
    )
    connection = forms.ChoiceField(label=_("Sambungan"), choices=CONNECTIONS)
    host = forms.CharField(
        label=_("Alamat jaringan"),
        max_length=253,
        required=False,
        validators=[HOST],
        help_text=_("Untuk pencetak jaringan, misalnya 192.168.1.50."),
    )
    port = forms.IntegerField(
        label=_("Porta"),
        min_value=1,
        max_value=LAST_PORT,
        initial=9100,
        help_text=_("Hampir selalu 9100."),
    )
    usb_vendor = forms.CharField(
        label=_("Nomor pabrik USB"),
        max_length=4,
        required=False,
        validators=[HEXADECIMAL],
        help_text=_("Untuk pencetak USB: empat angka pertama dari perintah lsusb."),
    )
    usb_product = forms.CharField(
        label=_("Nomor produk USB"), max_length=4, required=False, validators=[HEXADECIMAL]
    )
    path = forms.CharField(
        label=_("Berkas perangkat"),
        max_length=60,
        required=False,
        help_text=_("Misalnya /dev/usb/lp0; untuk mencoba tanpa pencetak: uji.bin."),
    )
    paper = forms.TypedChoiceField(
        label=_("Lebar kertas"),
        choices=[(each, f"{each} mm") for each in PAPERS],
        coerce=int,
        initial=PAPERS[-1],
    )
    profile = forms.ChoiceField(
        label=_("Jenis pencetak"),
        choices=[(key, profile.name) for key, profile in PROFILES.items()],
        initial="default",
        help_text=_("Bila tidak ada dalam daftar, pilih ESC/POS."),
    )
    answers = forms.BooleanField(
        label=_("Pencetak menjawab pertanyaan tentang keadaannya"),
        required=False,
        initial=True,
        help_text=_(
            "Hampir semua pencetak jaringan menjawab. Bila tidak, pengunjung ditanya di kios "
            "apakah kertasnya keluar."
        ),
    )
    is_active = forms.BooleanField(label=_("Dipakai"), required=False, initial=True)

    def __init__(self, data: Any = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["device"].queryset = Device.objects.filter(  # type: ignore[attr-defined]
            kind=DeviceKind.KIOSK, is_active=True
        ).order_by("name")

    def told(self) -> Settings:
        """Return what was said."""
        told = self.cleaned_data
        return Settings(**{**told, "connection": Connection(told["connection"])})


class LayoutFields(forms.Form):
    """What stands on the mall's slips."""

    heading = forms.CharField(
        label=_("Tulisan kepala"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Di atas nama mal, misalnya nama pemerintah daerah; tiap baris tersendiri."),
    )
    shows_mall = forms.BooleanField(label=_("Nama mal"), required=False)
    number_size = forms.TypedChoiceField(
        label=_("Ukuran nomor"), choices=NumberSize.choices, coerce=int
    )
    shows_service = forms.BooleanField(label=_("Layanan dan instansi"), required=False)
    shows_time = forms.BooleanField(label=_("Hari dan jam pengambilan"), required=False)
    shows_ahead = forms.BooleanField(
        label=_("Jumlah orang di depan dan perkiraan waktu"), required=False
    )
    requirements = forms.IntegerField(
        label=_("Jumlah baris persyaratan"), min_value=0, max_value=12, help_text=_("0: tidak ada.")
    )
    shows_code = forms.BooleanField(
        label=_("Kode QR halaman nomor"),
        required=False,
        help_text=_("Tanpa kode QR pengunjung tidak dapat mengikuti nomornya di ponsel."),
    )
    footer = forms.CharField(
        label=_("Tulisan kaki"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_bilingual = forms.BooleanField(
        label=_("Ulangi kalimat penting dalam bahasa lain"), required=False
    )
    feed = forms.IntegerField(label=_("Baris kosong sebelum dipotong"), min_value=0, max_value=12)
    cuts = forms.BooleanField(
        label=_("Potong kertas"),
        required=False,
        help_text=_("Pencetak tanpa pemotong mengabaikannya."),
    )

    def clean_heading(self) -> str:
        return _one_break(self.cleaned_data["heading"])

    def clean_footer(self) -> str:
        return _one_break(self.cleaned_data["footer"])


class LogoField(forms.Form):
    """A picture for the head of the slips."""

    logo = forms.FileField(
        label=_("Gambar kepala struk"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_(
            "PNG atau JPEG, paling besar 2 MB. Diubah menjadi titik hitam-putih dan diperkecil "
            "sampai lebar 46 mm, tinggi 25 mm; gambar bergaris tegas paling jelas."
        ),
    )

    def clean_logo(self) -> bytes:
        """Return the picture as it will be printed."""
        file = self.cleaned_data["logo"]
        try:
            # One byte more than allowed tells that there are too many.
            return slip.logo_of(file.read(slip.LOGO_BYTES + 1))
        except slip.BadLogo as bad:
            raise forms.ValidationError(
                _(
                    "Gambar ini tidak dapat dicetak. Pakailah PNG atau JPEG yang utuh, paling "
                    "besar 2 MB dan 4000 titik, yang tidak hanya satu warna."
                )
            ) from bad


class Reprint(forms.Form):
    """The printer that prints again."""

    printer: "forms.ModelChoiceField[Printer]" = forms.ModelChoiceField(
        queryset=None, label=_("Cetak di"), empty_label=None
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        usable = queries.printers_for_reprints()
        self.fields["printer"].queryset = Printer.objects.filter(  # type: ignore[attr-defined]
            pk__in=[printer.pk for printer in usable]
        )
        self.fields["printer"].choices = [  # type: ignore[attr-defined]
            (printer.pk, f"{printer.name} ({queries.condition_words(printer.condition)})")
            for printer in usable
        ]


def _one_break(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
