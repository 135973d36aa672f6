"""What the sample malls consist of. Invented throughout: no claim about the real places."""

from dataclasses import dataclass
from datetime import date

from gerai.directory.actions.building import DrawnCounter, DrawnFloor, DrawnZone
from gerai.directory.rules import Place
from gerai.people.roles import Role

PASSWORD = "gerai-contoh"  # noqa: S105 - printed on the sample's first page

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True)
class Tenant:
    """An agency in the sample: letters of its line, first guess of minutes per visitor."""

    code: str
    letters: str
    minutes: int


@dataclass(frozen=True)
class Seat:
    """An agency at a counter on some weekdays (0 = Monday)."""

    counter: str
    agency: str
    weekdays: tuple[int, ...] = EVERY_DAY


@dataclass(frozen=True)
class Person:
    """A sample user. posts: the agencies they serve for."""

    username: str
    name: str
    role: Role | None
    posts: tuple[str, ...] = ()


@dataclass(frozen=True)
class SampleMall:
    """Everything that makes one sample mall."""

    slug: str
    name: str
    region_code: str
    floors: tuple[DrawnFloor, ...]
    tenants: tuple[Tenant, ...]
    seats: tuple[Seat, ...]
    people: tuple[Person, ...]
    is_founding: bool = False
    opened_on: date | None = None


def _row(codes: range, *, x: int, y: int, step: int) -> tuple[DrawnCounter, ...]:
    """Return counters side by side, from left to right."""
    return tuple(
        DrawnCounter(str(code), Place(x + step * place, y, 88, 56))
        for place, code in enumerate(codes)
    )


# I and O are left out: before a number they read as 1 and 0.
BARRU = SampleMall(
    slug="barru",
    name="MPP Barru (contoh)",
    region_code="73.11",
    floors=(
        DrawnFloor(
            1,
            "Lantai 1",
            (
                DrawnZone(
                    "Z1",
                    "Kependudukan dan Informasi",
                    Place(40, 40, 440, 240),
                    _row(range(1, 5), x=52, y=52, step=109),
                ),
                DrawnZone(
                    "Z2",
                    "Perizinan dan Pajak",
                    Place(520, 40, 440, 240),
                    _row(range(5, 9), x=532, y=52, step=109),
                ),
                DrawnZone(
                    "Z3",
                    "Kepolisian dan Imigrasi",
                    Place(520, 320, 440, 240),
                    _row(range(9, 12), x=562, y=492, step=134),
                ),
            ),
        ),
        DrawnFloor(
            2,
            "Lantai 2",
            (
                DrawnZone(
                    "Z4",
                    "Hukum dan Keagamaan",
                    Place(40, 40, 440, 240),
                    _row(range(12, 15), x=82, y=52, step=134),
                ),
                DrawnZone(
                    "Z5",
                    "Kesejahteraan dan Utilitas",
                    Place(40, 320, 920, 240),
                    _row(range(15, 21), x=96, y=492, step=144),
                ),
            ),
        ),
    ),
    tenants=(
        Tenant("DISDUKCAPIL", "A", 8),
        Tenant("KELURAHAN", "B", 6),
        Tenant("DPMPTSP", "C", 15),
        Tenant("BAPENDA", "D", 8),
        Tenant("KPP", "E", 10),
        Tenant("SAMSAT", "F", 10),
        Tenant("POLRI", "G", 12),
        Tenant("IMIGRASI", "H", 15),
        Tenant("PA", "J", 12),
        Tenant("PN", "K", 10),
        Tenant("KEJARI", "L", 8),
        Tenant("KEMENKUM", "M", 10),
        Tenant("BNN", "N", 12),
        Tenant("KEMENAG", "P", 10),
        Tenant("BPJSKES", "Q", 8),
        Tenant("BPJSTK", "R", 10),
        Tenant("TASPEN", "S", 10),
        Tenant("DISNAKER", "T", 6),
        Tenant("DINSOS", "U", 10),
        Tenant("DINKES", "V", 10),
        Tenant("PLN", "W", 8),
        Tenant("PDAM", "X", 8),
        Tenant("BPN", "Y", 15),
        Tenant("MPP", "Z", 5),
    ),
    seats=(
        Seat("1", "MPP"),
        Seat("2", "DISDUKCAPIL"),
        Seat("3", "DISDUKCAPIL"),
        Seat("4", "KELURAHAN"),
        Seat("5", "DPMPTSP"),
        Seat("6", "DPMPTSP"),
        Seat("7", "BAPENDA", (0, 1, 3, 5)),
        Seat("7", "KPP", (2, 4, 6)),
        Seat("8", "SAMSAT"),
        Seat("9", "POLRI"),
        Seat("10", "POLRI"),
        Seat("11", "IMIGRASI"),
        Seat("12", "PA", (0, 2, 4, 6)),
        Seat("12", "PN", (1, 3, 5)),
        Seat("13", "KEJARI", (0, 3, 6)),
        Seat("13", "KEMENKUM", (1, 4)),
        Seat("13", "BNN", (2, 5)),
        Seat("14", "KEMENAG"),
        Seat("15", "BPJSKES"),
        Seat("16", "BPJSTK", (0, 1, 2, 4, 5)),
        Seat("16", "TASPEN", (3, 6)),
        Seat("17", "DISNAKER"),
        Seat("18", "DINSOS", (0, 2, 4, 5)),
        Seat("18", "DINKES", (1, 3, 6)),
        Seat("19", "PLN", (0, 2, 4, 6)),
        Seat("19", "PDAM", (1, 3, 5)),
        Seat("20", "BPN"),
    ),
    people=(
        Person("petugas1", "Petugas Contoh 1", Role.OFFICER, ("DISDUKCAPIL",)),
        Person("petugas2", "Petugas Contoh 2", Role.OFFICER, ("DISDUKCAPIL",)),
        Person("petugas3", "Petugas Contoh 3", Role.OFFICER, ("DPMPTSP",)),
        Person("petugas4", "Petugas Contoh 4", Role.OFFICER, ("POLRI",)),
        Person("petugas5", "Petugas Contoh 5", Role.OFFICER, ("IMIGRASI",)),
        Person("petugas6", "Petugas Contoh 6", Role.OFFICER, ("BPJSKES",)),
        Person("penyambut", "Penyambut Contoh", Role.GREETER),
        Person("pengawas", "Pengawas Contoh", Role.SUPERVISOR),
        Person("penulis", "Penulis Contoh", Role.WRITER),
        Person("redaktur", "Redaktur Contoh", Role.EDITOR),
        Person("penerima", "Penerima Tamu Contoh", Role.HOST),
        Person("admin", "Admin Contoh", Role.MALL_ADMIN),
    ),
    # As on its history page.
    opened_on=date(2020, 2, 20),
)

SOPPENG = SampleMall(
    slug="soppeng",
    name="MPP Soppeng (contoh)",
    region_code="73.12",
    floors=(
        DrawnFloor(
            1,
            "Lantai 1",
            (
                DrawnZone(
                    "Z1",
                    "Ruang Layanan",
                    Place(40, 40, 920, 520),
                    _row(range(1, 5), x=180, y=64, step=184),
                ),
            ),
        ),
    ),
    tenants=(
        Tenant("DISDUKCAPIL", "A", 8),
        Tenant("DPMPTSP", "B", 15),
        Tenant("POLRI", "C", 12),
        Tenant("MPP", "D", 5),
    ),
    seats=(
        Seat("1", "DISDUKCAPIL"),
        Seat("2", "DPMPTSP"),
        Seat("3", "POLRI"),
        Seat("4", "MPP"),
    ),
    people=(
        Person("soppeng-petugas", "Petugas Soppeng Contoh", Role.OFFICER, ("DISDUKCAPIL",)),
        Person("soppeng-penyambut", "Penyambut Soppeng Contoh", Role.GREETER),
        Person("soppeng-pengawas", "Pengawas Soppeng Contoh", Role.SUPERVISOR),
        Person("soppeng-redaktur", "Redaktur Soppeng Contoh", Role.EDITOR),
        Person("soppeng-admin", "Pengelola Soppeng Contoh", Role.MALL_ADMIN),
    ),
)
SAMPLES = (BARRU, SOPPENG)

PLATFORM = Person("platform", "Admin Platform Contoh", None)
