"""Measures, values and verdicts as people say them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from gerai.insights.measures import UNCERTAINTY, Measure, Method, Value, Verdict, measure_of
from gerai.ui.templatetags.ui import angka

NAMED = 5

COMPONENTS = {
    "requirements": gettext_lazy("persyaratan"),
    "procedure": gettext_lazy("prosedur"),
    "time": gettext_lazy("jangka waktu"),
    "fee": gettext_lazy("biaya"),
    "product": gettext_lazy("produk"),
    "complaints": gettext_lazy("pengaduan"),
    "legal_basis": gettext_lazy("dasar hukum"),
    "facilities": gettext_lazy("sarana"),
    "competence": gettext_lazy("kompetensi"),
    "supervision": gettext_lazy("pengawasan"),
    "staff": gettext_lazy("jumlah pelaksana"),
    "service_guarantee": gettext_lazy("jaminan pelayanan"),
    "security_guarantee": gettext_lazy("jaminan keamanan"),
    "evaluation": gettext_lazy("evaluasi"),
}

DIRECTIONS = {
    "more": gettext_lazy("Makin besar makin baik."),
    "less": gettext_lazy("Makin kecil makin baik."),
    "neither": gettext_lazy("Besar atau kecil bukan tanda baik atau buruk."),
}

VERDICTS = {
    Verdict.SAME: gettext_lazy("setara"),
    Verdict.UNCLEAR: gettext_lazy("belum dapat dibedakan"),
    Verdict.MISSING: gettext_lazy("belum ada"),
    Verdict.TOO_FEW: gettext_lazy("belum cukup data"),
    Verdict.OTHER_VERSION: gettext_lazy("ukuran versi lain, tidak dibandingkan"),
}


def figure(measure: Measure, number: float) -> str:
    """Return a number with the measure's decimals and unit: 12,4 menit."""
    if measure.method is Method.EXACT and number == int(number):
        written = angka(int(number))
    else:
        written = angka(round(number, measure.decimals) if measure.decimals else round(number))
    return f"{written}%" if measure.unit == "%" else f"{written} {counted_word(measure.unit)}"


def counted_word(word: str) -> str:
    """Return the word for what is counted in the language of the page."""
    return word if word == "%" else pgettext("banyak", word)


def said(value: Value | None) -> str:
    """Return a value with its interval, or why there is none: 12,4 menit (10,0 to 15,0)."""
    measure = measure_of(value.key) if value else None
    if value is None or measure is None:
        return str(VERDICTS[Verdict.MISSING])
    if value.value is None:
        return str(VERDICTS[Verdict.TOO_FEW if value.is_too_few else Verdict.MISSING])
    told = figure(measure, value.value)
    between = interval(measure, value)
    return f"{told} ({between})" if between else told


def interval(measure: Measure, value: Value) -> str:
    """Return the ends of an interval; nothing where the value is exact."""
    if value.low is None or value.high is None or measure.method is Method.EXACT:
        return ""
    ends = (
        angka(round(end, measure.decimals) if measure.decimals else round(end))
        for end in (value.low, value.high)
    )
    return "\N{EN DASH}".join(ends)


def compared(measure: Measure, found: Verdict) -> str:
    """Return a verdict in the words of its measure: lebih cepat, setara."""
    if found is Verdict.MORE:
        return _(measure.higher)
    if found is Verdict.LESS:
        return _(measure.lower)
    return str(VERDICTS[found])


def uncertainty(measure: Measure) -> str:
    """Say how the interval comes about, and what is too little."""
    told = [_(UNCERTAINTY[measure.method])]
    if measure.least:
        told.append(
            _("Di bawah %(least)d %(counted)s: belum cukup data.")
            % {"least": measure.least, "counted": counted_word(measure.counted)}
        )
    margin = _margin(measure)
    if margin:
        told.append(_("Disebut setara bila selisihnya pasti tidak lebih dari %s.") % margin)
    return " ".join(told)


def _margin(measure: Measure) -> str:
    if measure.margin:
        return figure(measure, measure.margin)
    return f"{angka(round(measure.margin_share * 100))}%" if measure.margin_share else ""


def some(names: Sequence[str], most: int = NAMED) -> str:
    """Return the first names, and how many more there are."""
    told = ", ".join(names[:most])
    if len(names) > most:
        return _("%(names)s, dan %(more)d lainnya") % {"names": told, "more": len(names) - most}
    return told


def same_words(names: Iterable[str]) -> set[str]:
    """Return names as they are compared: without case and spaces that do not matter."""
    return {same_word(name) for name in names}


def same_word(name: str) -> str:
    """Return a name as it is compared."""
    return " ".join(name.casefold().split())
