"""THE MEASURES OF A MALL: what each means, how it is estimated, and when two may be told apart.

Every measure is defined here and nowhere else. A change of what a measure means is a new
`version`; values of different versions are never compared. Nothing is shrunk towards other
malls: a mall with few observations is left without a figure (`least`) instead of being given
a borrowed one. Pure: no Django. Explained for people in docs/reference/measures.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor, inf, isfinite, sqrt
from typing import Any

from gerai.survey.formula import (
    BEST_ANSWER,
    ELEMENTS,
    OFFICIAL_WEIGHT,
    POINTS_PER_STEP,
    index_of_means,
)

Z = 1.959963984540054
"""The normal quantile of an interval that is right 95 times in 100."""

PERCENT = 100
TENTHS = 10
LONGEST_NAME = 240
MOST_DETAILS = 600
LARGEST = 1e12

Detail = tuple[tuple[str, str], ...]
"""Names behind a value, each with a word more: an agency and its kind, a day and its minutes."""

Tally = Mapping[int, int]
"""How often each whole number was seen."""


def _(text: str) -> str:
    """Mark a sentence for translation; whoever shows it translates."""
    return text


class Direction(StrEnum):
    """Which way is better."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


class Method(StrEnum):
    """How the uncertainty of a value is worked out."""

    EXACT = "exact"
    WILSON = "wilson"
    ORDER = "order"
    MEAN = "mean"
    POISSON = "poisson"


@dataclass(frozen=True)
class Measure:
    """One measure: name, unit, meaning, source, method, and what is too little to tell.

    least: with fewer observations there is no value.
    margin: two values nearer than this are "the same"; margin_share: as a share of the larger.
    higher, lower: words for a value above or below another one.
    counted: what `n` counts.
    is_lever: the mall can change it by a decision of its own; others are what follows from it.
    """

    key: str
    version: int
    name: str
    short: str
    unit: str
    direction: Direction
    method: Method
    definition: str
    source: str
    counted: str
    higher: str
    lower: str
    decimals: int = 0
    least: int = 0
    margin: float = 0.0
    margin_share: float = 0.0
    is_window: bool = False
    is_lever: bool = True


MEASURES: tuple[Measure, ...] = (
    Measure(
        key="agencies",
        version=1,
        name=_("Instansi"),
        short=_("Instansi"),
        unit=_("instansi"),
        direction=Direction.MORE,
        method=Method.EXACT,
        definition=_(
            "Banyaknya instansi yang aktif di mal. Pada mal yang sedang didirikan: instansi yang"
            " direncanakan bergabung."
        ),
        source=_("Daftar instansi pada pengelolaan mal."),
        counted=_("instansi"),
        higher=_("lebih banyak"),
        lower=_("lebih sedikit"),
    ),
    Measure(
        key="services",
        version=1,
        name=_("Layanan"),
        short=_("Layanan"),
        unit=_("layanan"),
        direction=Direction.MORE,
        method=Method.EXACT,
        definition=_("Banyaknya layanan aktif dari instansi yang aktif."),
        source=_("Daftar layanan pada pengelolaan mal."),
        counted=_("layanan"),
        higher=_("lebih banyak"),
        lower=_("lebih sedikit"),
    ),
    Measure(
        key="standards_delivery",
        version=1,
        name=_("Standar dengan enam komponen penyampaian"),
        short=_("Enam komponen"),
        unit="%",
        direction=Direction.MORE,
        method=Method.WILSON,
        definition=_(
            "Porsi layanan aktif yang standar pelayanannya, versi terbaru yang sudah berlaku,"
            " menyebut keenam komponen penyampaian: persyaratan, prosedur, jangka waktu, biaya,"
            " produk, dan pengaduan. Layanan tanpa standar dihitung belum lengkap."
        ),
        source=_("Standar pelayanan yang dimuat mal (daftar komponen: UU 25/2009)."),
        counted=_("layanan"),
        higher=_("lebih lengkap"),
        lower=_("kurang lengkap"),
        least=5,
        margin=5.0,
    ),
    Measure(
        key="standards_full",
        version=1,
        name=_("Standar dengan keempat belas komponen"),
        short=_("14 komponen"),
        unit="%",
        direction=Direction.MORE,
        method=Method.WILSON,
        definition=_(
            "Porsi layanan aktif yang standar pelayanannya menyebut keenam komponen penyampaian"
            " dan kedelapan komponen pengelolaan: dasar hukum, sarana, kompetensi, pengawasan,"
            " jumlah pelaksana, jaminan pelayanan, jaminan keamanan, dan evaluasi."
        ),
        source=_("Standar pelayanan yang dimuat mal (daftar komponen: UU 25/2009)."),
        counted=_("layanan"),
        higher=_("lebih lengkap"),
        lower=_("kurang lengkap"),
        least=5,
        margin=5.0,
    ),
    Measure(
        key="hours",
        version=1,
        name=_("Jam buka seminggu"),
        short=_("Jam buka"),
        unit=_("jam"),
        direction=Direction.MORE,
        method=Method.EXACT,
        definition=_(
            "Jam buka mal dalam satu minggu biasa, dikurangi jam istirahat. Libur, hari khusus,"
            " dan jam tersendiri suatu instansi tidak dihitung."
        ),
        source=_("Jam layanan mal pada pengelolaan."),
        counted=_("hari"),
        higher=_("lebih panjang"),
        lower=_("lebih pendek"),
        decimals=1,
    ),
    Measure(
        key="facilities",
        version=1,
        name=_("Fasilitas tersedia"),
        short=_("Fasilitas"),
        unit=_("fasilitas"),
        direction=Direction.MORE,
        method=Method.EXACT,
        definition=_(
            "Banyaknya fasilitas yang tersedia menurut daftar periksa mal. Tidak ada daftar baku:"
            " tiap mal menyusun daftarnya sendiri, jadi bandingkan juga nama-namanya."
        ),
        source=_("Daftar fasilitas pada pengelolaan mal."),
        counted=_("baris daftar periksa"),
        higher=_("lebih banyak"),
        lower=_("lebih sedikit"),
    ),
    Measure(
        key="wait_median",
        version=1,
        name=_("Tunggu, median"),
        short=_("Tunggu median"),
        unit=_("menit"),
        direction=Direction.LESS,
        method=Method.ORDER,
        definition=_(
            "Setengah dari nomor yang selesai dilayani menunggu paling lama sekian, sejak diambil"
            " sampai panggilan pertama. Nomor yang diteruskan dari antrean lain tidak dihitung"
            " dua kali."
        ),
        source=_("Catatan langkah tiap nomor antrean."),
        counted=_("nomor"),
        higher=_("lebih lama"),
        lower=_("lebih cepat"),
        decimals=1,
        least=20,
        margin=2.0,
        is_window=True,
        is_lever=False,
    ),
    Measure(
        key="wait_p90",
        version=1,
        name=_("Tunggu, 90 persen"),
        short=_("Tunggu 90 %"),
        unit=_("menit"),
        direction=Direction.LESS,
        method=Method.ORDER,
        definition=_(
            "Sembilan dari sepuluh nomor yang selesai dilayani menunggu paling lama sekian, sejak"
            " diambil sampai panggilan pertama."
        ),
        source=_("Catatan langkah tiap nomor antrean."),
        counted=_("nomor"),
        higher=_("lebih lama"),
        lower=_("lebih cepat"),
        decimals=1,
        least=40,
        margin=5.0,
        is_window=True,
        is_lever=False,
    ),
    Measure(
        key="satisfaction",
        version=1,
        name=_("Indeks kepuasan (SKM)"),
        short=_("Kepuasan"),
        unit=_("angka"),
        direction=Direction.MORE,
        method=Method.MEAN,
        definition=_(
            "Indeks kepuasan masyarakat dari penilaian yang menjawab kesembilan unsur, bobot 0,111"
            " tiap unsur."
        ),
        source=_("Survei kepuasan mal (rumus: PermenPANRB 14/2017)."),
        counted=_("penilaian"),
        higher=_("lebih tinggi"),
        lower=_("lebih rendah"),
        decimals=1,
        least=10,
        margin=2.0,
        is_window=True,
        is_lever=False,
    ),
    Measure(
        key="served_daily",
        version=1,
        name=_("Nomor selesai dilayani sehari"),
        short=_("Dilayani sehari"),
        unit=_("nomor"),
        direction=Direction.NEITHER,
        method=Method.POISSON,
        definition=_(
            "Rata-rata nomor yang selesai dilayani pada hari yang ada antreannya. Ramai atau"
            " lengang bergantung pada banyaknya penduduk, jadi bukan tanda baik atau buruk."
        ),
        source=_("Nomor antrean."),
        counted=_("hari"),
        higher=_("lebih ramai"),
        lower=_("lebih lengang"),
        decimals=1,
        least=5,
        margin_share=0.1,
        is_window=True,
        is_lever=False,
    ),
)

UNCERTAINTY: Mapping[Method, str] = {
    Method.EXACT: _("Dihitung satu per satu, jadi pasti."),
    Method.WILSON: _(
        "Selang Wilson 95 %: layanan yang ada dipandang sebagai contoh dari layanan yang dapat"
        " ditambahkan mal ini. Makin sedikit layanan, makin lebar selangnya."
    ),
    Method.ORDER: _(
        "Selang 95 % dari urutan tunggu yang tercatat, tanpa anggapan tentang bentuk sebarannya."
        " Ketelitian sepersepuluh menit."
    ),
    Method.MEAN: _(
        "Selang 95 % dari keragaman jawaban (sebaran t). Keragamannya dianggap sekurang-kurangnya"
        " satu angka pada satu unsur, supaya beberapa jawaban yang kebetulan sama tidak tampak"
        " pasti."
    ),
    Method.POISSON: _(
        "Selang Poisson 95 % untuk jumlahnya; dilebarkan bila hari-harinya lebih beragam daripada"
        " menurut Poisson."
    ),
}

DELIVERY = ("requirements", "procedure", "time", "fee", "product", "complaints")
MANAGING = (
    "legal_basis",
    "facilities",
    "competence",
    "supervision",
    "staff",
    "service_guarantee",
    "security_guarantee",
    "evaluation",
)

_BY_KEY = {measure.key: measure for measure in MEASURES}


def measure_of(key: str) -> Measure | None:
    """Return the measure with a key, None where this release knows none."""
    return _BY_KEY.get(key)


class BadValue(ValueError):
    """What was read is no value of a measure."""


@dataclass(frozen=True)
class Value:
    """A measure's value with its interval and the number of observations behind it.

    value: None where nothing was observed (n = 0) or too little (n under the least number).
    """

    key: str
    version: int
    value: float | None
    low: float | None
    high: float | None
    n: int
    detail: Detail = ()

    @property
    def is_too_few(self) -> bool:
        """Tell whether there are observations, only not enough of them."""
        return self.value is None and self.n > 0

    def without_detail(self) -> "Value":
        """Return the figures alone."""
        return replace(self, detail=())

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "key": self.key,
            "version": self.version,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "n": self.n,
            "detail": [list(pair) for pair in self.detail],
        }

    @classmethod
    def from_json(cls, data: object) -> "Value":
        """Read what `to_json` wrote, anywhere in the world.

        :raises BadValue: it is something else
        """
        if not isinstance(data, Mapping):
            raise BadValue
        value, low, high = (_number(data.get(name)) for name in ("value", "low", "high"))
        if (value is None) != (low is None) or (value is None) != (high is None):
            raise BadValue
        if value is not None and not (low or 0.0) <= value <= (high or 0.0):
            raise BadValue
        key = data.get("key")
        if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY:
            raise BadValue
        return cls(
            key=key,
            version=_count(data.get("version")),
            value=value,
            low=low,
            high=high,
            n=_count(data.get("n")),
            detail=_detail(data.get("detail", [])),
        )


LONGEST_KEY = 40


def _number(data: object) -> float | None:
    if data is None:
        return None
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise BadValue
    if not 0 <= data <= LARGEST or not isfinite(data):
        raise BadValue
    return data


def _count(data: object) -> int:
    if isinstance(data, bool) or not isinstance(data, int) or not 0 <= data <= LARGEST:
        raise BadValue
    return data


def _detail(data: object) -> Detail:
    if not isinstance(data, list | tuple) or len(data) > MOST_DETAILS:
        raise BadValue
    pairs = []
    for pair in data:
        if not isinstance(pair, list | tuple) or [type(part) for part in pair] != [str, str]:
            raise BadValue
        name, more = pair
        if max(len(name), len(more)) > LONGEST_NAME:
            raise BadValue
        pairs.append((name, more))
    return tuple(pairs)


# Estimates


@dataclass(frozen=True)
class Interval:
    """From where to where a true value is believed to lie."""

    low: float
    high: float


def wilson(stated: int, n: int) -> Interval:
    """Return the Wilson interval of a share.

    >>> interval = wilson(8, 10)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.4902, 0.9433)
    """
    share = stated / n
    spread = Z * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    middle, size = share + Z**2 / (2 * n), 1 + Z**2 / n
    # Rounding must not push an end past the share it belongs to.
    low = min(share, max(0.0, (middle - spread) / size))
    return Interval(low, max(share, min(1.0, (middle + spread) / size)))


def quantile(tally: Tally, share: Fraction) -> int:
    """Return the smallest number that so great a share of all does not pass.

    >>> quantile({1: 1, 5: 1, 9: 1}, Fraction(1, 2))
    5
    """
    total = sum(tally.values())
    return _at_rank(tally, max(1, ceil(total * share)))


def quantile_ranks(n: int, share: Fraction) -> tuple[int, int]:
    """Return the ranks (1 is the smallest) between which a quantile lies 95 times in 100.

    >>> quantile_ranks(100, Fraction(1, 2))
    (40, 61)
    """
    half = Z * sqrt(n * float(share) * (1 - float(share)))
    middle = n * float(share)
    return max(1, floor(middle - half)), min(n, ceil(middle + half) + 1)


def quantile_interval(tally: Tally, share: Fraction) -> Interval:
    """Return the interval of a quantile from the order of what was seen."""
    low, high = quantile_ranks(sum(tally.values()), share)
    return Interval(_at_rank(tally, low), _at_rank(tally, high))


def _at_rank(tally: Tally, rank: int) -> int:
    passed = 0
    for number in sorted(tally):
        passed += tally[number]
        if passed >= rank:
            return number
    raise BadValue


def student(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t, good to three figures from nine degrees on.

    >>> round(student(9), 3), round(student(30), 3)
    (2.262, 2.042)
    """
    first = (Z**3 + Z) / 4
    second = (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    third = (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384
    return Z + first / freedom + second / freedom**2 + third / freedom**3


def mean_interval(tally: Tally, *, least_spread: float) -> Interval:
    """Return the interval of the mean of what was seen, at least two of them."""
    n = sum(tally.values())
    mean = sum(number * count for number, count in tally.items()) / n
    squares = sum(count * (number - mean) ** 2 for number, count in tally.items())
    spread = max(sqrt(squares / (n - 1)), least_spread)
    half = student(n - 1) * spread / sqrt(n)
    return Interval(mean - half, mean + half)


def poisson(total: float) -> Interval:
    """Return the interval of an expected number of events of which so many were seen.

    The exact limits, by the cube-root approximation of the chi-squared distribution.

    >>> interval = poisson(10)
    >>> round(interval.low, 1), round(interval.high, 1)
    (4.8, 18.4)
    """
    low = _chi_squared(2 * total, -Z) / 2 if total > 0 else 0.0
    return Interval(min(total, max(0.0, low)), max(total, _chi_squared(2 * total + 2, Z) / 2))


def _chi_squared(freedom: float, z: float) -> float:
    part = 2 / (9 * freedom)
    return freedom * (1 - part + z * sqrt(part)) ** 3


def spread_of_days(days: Sequence[int]) -> float:
    """Return how much more the days differ than Poisson's would; never less than one."""
    mean = sum(days) / len(days)
    if mean == 0 or len(days) == 1:
        return 1.0
    variance = sum((day - mean) ** 2 for day in days) / (len(days) - 1)
    return max(1.0, variance / mean)


# Values


def count_value(key: str, n: int, detail: Detail = ()) -> Value:
    """Return a number that was counted, exactly."""
    return _value(key, float(n), Interval(n, n), n, detail)


def exact_value(key: str, value: float, n: int, detail: Detail = ()) -> Value:
    """Return a figure that is known exactly; none where there is nothing to look at."""
    return _value(key, value, Interval(value, value), n, detail) if n else _none(key, n, detail)


def share_value(key: str, stated: int, n: int, detail: Detail = ()) -> Value:
    """Return a share in per cent."""
    if n == 0:
        return _none(key, n, detail)
    interval = wilson(stated, n)
    return _value(
        key,
        PERCENT * stated / n,
        Interval(PERCENT * interval.low, PERCENT * interval.high),
        n,
        detail,
    )


def wait_value(key: str, tenths: Tally, share: Fraction, detail: Detail = ()) -> Value:
    """Return a quantile of waits that are given in tenths of a minute."""
    n = sum(tenths.values())
    if n == 0:
        return _none(key, n)
    interval = quantile_interval(tenths, share)
    return _value(
        key,
        quantile(tenths, share) / TENTHS,
        Interval(interval.low / TENTHS, interval.high / TENTHS),
        n,
        detail,
    )


def satisfaction_value(sums: Tally, detail: Detail = ()) -> Value:
    """Return the index of ratings, each given as the sum of its nine answers."""
    key, n = "satisfaction", sum(sums.values())
    if n < 2:  # noqa: PLR2004 - one answer has no variance
        return _none(key, n, detail)
    interval = mean_interval(sums, least_spread=1.0)
    total = sum(number * count for number, count in sums.items())
    return _value(
        key,
        _index(Fraction(total, n)),
        Interval(
            _index(Fraction(max(interval.low, ELEMENTS))),
            _index(Fraction(min(interval.high, ELEMENTS * BEST_ANSWER))),
        ),
        n,
        detail,
    )


def _index(mean_sum: Fraction) -> float:
    return float(index_of_means([mean_sum / ELEMENTS] * ELEMENTS, weight=OFFICIAL_WEIGHT))


def volume_value(days: Sequence[int]) -> Value:
    """Return the mean of a day from the numbers of all days."""
    key, n = "served_daily", len(days)
    if n == 0:
        return _none(key, n)
    spread = spread_of_days(days)
    interval = poisson(sum(days) / spread)
    return _value(
        key,
        sum(days) / n,
        Interval(interval.low * spread / n, interval.high * spread / n),
        n,
    )


def _value(key: str, value: float, interval: Interval, n: int, detail: Detail = ()) -> Value:
    measure = _BY_KEY[key]
    if n < measure.least:
        return _none(key, n, detail)
    # Rounding to floats must not leave the value outside.
    low, high = min(interval.low, value), max(interval.high, value)
    return Value(key, measure.version, value, low, high, n, detail[:MOST_DETAILS])


def _none(key: str, n: int, detail: Detail = ()) -> Value:
    return Value(key, _BY_KEY[key].version, None, None, None, n, detail[:MOST_DETAILS])


# Beside another


class Verdict(StrEnum):
    """How a value stands to another one. MORE and LESS say nothing about better or worse."""

    MORE = "more"
    LESS = "less"
    SAME = "same"
    UNCLEAR = "unclear"
    MISSING = "missing"
    TOO_FEW = "too_few"
    OTHER_VERSION = "other_version"


def verdict(measure: Measure, own: Value | None, other: Value | None) -> Verdict:
    """Say how two values stand to each other, no more than their intervals allow.

    The same, where even the farthest ends are within the margin; more or less, where the
    intervals do not touch; else nothing can be told.
    """
    if own is None or other is None:
        return Verdict.MISSING
    if own.version != other.version:
        return Verdict.OTHER_VERSION
    if own.value is None or other.value is None:
        is_too_few = own.is_too_few or other.is_too_few
        return Verdict.TOO_FEW if is_too_few else Verdict.MISSING
    least = _low(own) - _high(other)
    most = _high(own) - _low(other)
    margin = max(measure.margin, measure.margin_share * max(own.value, other.value))
    if -margin <= least and most <= margin:
        return Verdict.SAME
    if least > 0:
        return Verdict.MORE
    return Verdict.LESS if most < 0 else Verdict.UNCLEAR


def is_behind(measure: Measure, found: Verdict) -> bool:
    """Tell whether a verdict says that the own value is the worse one."""
    worse = {Direction.MORE: Verdict.LESS, Direction.LESS: Verdict.MORE}
    return found is worse.get(measure.direction)


def share_of_best(measure: Measure, value: float, everybody: Sequence[float]) -> float:
    """Return how near a value comes to the best of those compared, 0..1; shares to 100 %.

    >>> share_of_best(measure_of("agencies"), 5, [5, 20])
    0.25
    >>> share_of_best(measure_of("wait_median"), 19, [19, 9])
    0.5
    """
    if measure.unit == "%":
        return value / PERCENT
    if measure.key == "satisfaction":
        return value / (BEST_ANSWER * POINTS_PER_STEP)
    if measure.direction is Direction.LESS:
        return (min(everybody, default=inf) + 1) / (value + 1)
    best = max(everybody, default=0.0)
    return value / best if best else 0.0


def distance(measure: Measure, own: Value, model: Value) -> float:
    """Return which share of the model's value is still missing, 0..1."""
    if own.value is None or model.value is None:
        return 1.0
    if measure.direction is Direction.LESS:
        return max(0.0, 1 - (model.value + 1) / (own.value + 1))
    return max(0.0, 1 - own.value / model.value) if model.value else 0.0


def _low(value: Value) -> float:
    return value.low if value.low is not None else inf


def _high(value: Value) -> float:
    return value.high if value.high is not None else -inf
