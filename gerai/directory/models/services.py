"""Services that an agency gives in the mall."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.catalogue.pictures import picture_for
from gerai.directory.models.agencies import Agency
from gerai.malls.scope import MallManager, MallRow


class Picture(models.TextChoices):
    """A drawing in static/ui/pictures.svg, and what it shows."""

    KTP = "ktp", _("Kartu tanda penduduk")
    KIA = "kia", _("Kartu identitas anak")
    FAMILY = "keluarga", _("Keluarga dalam rumah")
    BIRTH = "akta-lahir", _("Akta dengan wajah bayi")
    DEATH = "akta-kematian", _("Akta dengan tunas")
    WEDDING = "nikah", _("Dua cincin")
    MOVING = "pindah", _("Rumah dengan panah")
    POLICE = "skck", _("Perisai bercentang")
    DRIVING = "sim", _("Kartu dengan kemudi")
    VEHICLE = "kendaraan", _("Mobil")
    PASSPORT = "paspor", _("Paspor")
    TAX = "pajak", _("Lembar pajak dengan tanda persen")
    HEALTH_CARE = "bpjs-kesehatan", _("Hati dengan tanda tambah")
    WORK_CARE = "bpjs-kerja", _("Helm kerja")
    BUSINESS = "izin-usaha", _("Toko bercentang")
    BUILDING = "izin-bangunan", _("Gedung")
    LAND = "tanah", _("Peta tanah")
    WORK = "kerja", _("Tas kerja")
    POWER = "listrik", _("Bola lampu")
    WATER = "air", _("Tetes air")
    MONEY = "bank", _("Uang kertas")
    COMPLAINT = "pengaduan", _("Balon percakapan")
    LAW = "hukum", _("Timbangan")
    HELP = "bantuan-sosial", _("Tangan dan hati")
    HEALTH_WORK = "praktik-kesehatan", _("Stetoskop")
    SCHOOL = "sekolah", _("Topi wisuda")
    LETTER = "surat", _("Lembar surat")


class Service(MallRow):
    """One service (layanan) of an agency; what it promises stands in its standards.

    picture: what somebody chose; empty: by the words of the name.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="services")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=240)
    picture = models.CharField(max_length=20, choices=Picture.choices, blank=True)
    is_active = models.BooleanField(default=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("layanan")
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="service_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def drawing(self) -> str:
        """Return the picture chosen, else the one of its name; empty where none fits."""
        return self.picture or picture_for(self.name)

    @property
    def drawing_words(self) -> str:
        """Return what its picture shows."""
        return str(Picture(self.drawing).label) if self.drawing else ""
