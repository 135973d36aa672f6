"""What would close the gap to a model next, with reasons from the data themselves."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gerai.directory.models import AgencyKind
from gerai.insights.measures import (
    MEASURES,
    Detail,
    Direction,
    Measure,
    Value,
    Verdict,
    distance,
    is_behind,
    verdict,
)
from gerai.insights.queries.comparing import Beside
from gerai.insights.queries.words import (
    COMPONENTS,
    counted_word,
    figure,
    said,
    same_word,
    same_words,
    some,
)
from gerai.survey.queries import ELEMENT_NAMES
from gerai.ui.templatetags.ui import angka

MOST_REASONS = 4
MOST_COMPONENTS = 3
LOWEST_ELEMENTS = 2
MINUTES_PER_HOUR = 60


@dataclass(frozen=True)
class Gap:
    """A measure in which the model is ahead for certain, or which cannot be told here yet.

    size: the share of the model's value that is missing, 0..1.
    """

    measure: Measure
    size: float
    sentence: str
    reasons: tuple[str, ...]
    is_unknown: bool = False


def gaps(own: Sequence[Value], model: Beside) -> list[Gap]:
    """Return the gaps to a model: first what the mall can decide itself, the widest first.

    What cannot be told for want of data comes last; what the intervals leave open is no gap.
    """
    mine = {value.key: value for value in own}
    found = [
        gap
        for measure in MEASURES
        if measure.direction is not Direction.NEITHER
        and (gap := _gap(measure, mine.get(measure.key), model)) is not None
    ]
    return sorted(found, key=_rank)


def _rank(gap: Gap) -> tuple[bool, bool, float]:
    return (gap.is_unknown, not gap.measure.is_lever, -gap.size)


def _gap(measure: Measure, own: Value | None, model: Beside) -> Gap | None:
    theirs = model.values.get(measure.key)
    if theirs is None or theirs.value is None:
        return None
    if measure.direction is Direction.MORE and theirs.value == 0:
        return None
    found = verdict(measure, own, theirs)
    if found in (Verdict.MISSING, Verdict.TOO_FEW):
        sentence = _unknown(measure, own, theirs, model)
        return Gap(measure, 1.0, sentence, _named(measure, own, theirs, model), is_unknown=True)
    if own is None or not is_behind(measure, found):
        return None
    sentence = _("Di sini %(own)s, di %(model)s %(theirs)s.") % {
        "own": said(own),
        "model": model.name,
        "theirs": said(theirs),
    }
    reasons = REASONS[measure.key](own, theirs, model.name)
    return Gap(measure, distance(measure, own, theirs), sentence, tuple(reasons[:MOST_REASONS]))


def _unknown(measure: Measure, own: Value | None, theirs: Value, model: Beside) -> str:
    told = {"model": model.name, "theirs": said(theirs)}
    if own is not None and own.is_too_few:
        return _(
            "Di sini belum cukup data: baru %(n)d dari sedikitnya %(least)d %(counted)s."
            " Di %(model)s %(theirs)s."
        ) % {**told, "n": own.n, "least": measure.least, "counted": counted_word(measure.counted)}
    return _("Di sini belum ada. Di %(model)s %(theirs)s.") % told


# Reasons


def _named(measure: Measure, own: Value | None, theirs: Value, model: Beside) -> tuple[str, ...]:
    """Name what the model has ready, also to a mall that has no checklist yet."""
    if own is None or measure.key != "facilities":
        return ()
    return tuple(_facilities(own, theirs, model.name))


def _missing(own: Detail, theirs: Detail) -> dict[str, list[str]]:
    """Return what the model names and this mall does not, by group."""
    here = same_words(name for name, _group in own)
    groups: dict[str, list[str]] = defaultdict(list)
    for name, group in theirs:
        if same_word(name) not in here:
            groups[group].append(name)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def _agencies(own: Value, theirs: Value, model: str) -> list[str]:
    kinds: Mapping[str, object] = dict(AgencyKind.choices)
    return [
        ngettext(
            "%(model)s punya %(count)d %(kind)s yang belum ada di sini: %(names)s.",
            "%(model)s punya %(count)d %(kind)s yang belum ada di sini: %(names)s.",
            len(names),
        )
        % {
            "model": model,
            "count": len(names),
            "kind": _kind(kinds, kind),
            "names": some(names),
        }
        for kind, names in _missing(own.detail, theirs.detail).items()
    ]


def _kind(kinds: Mapping[str, object], kind: str) -> str:
    name = str(kinds.get(kind) or _("Instansi"))
    return name if name.isupper() else name[:1].lower() + name[1:]


def _services(own: Value, theirs: Value, model: str) -> list[str]:
    return [
        ngettext(
            "%(model)s memberi %(count)d layanan %(agency)s yang belum ada di sini: %(names)s.",
            "%(model)s memberi %(count)d layanan %(agency)s yang belum ada di sini: %(names)s.",
            len(names),
        )
        % {"model": model, "count": len(names), "agency": agency, "names": some(names, 3)}
        for agency, names in _missing(own.detail, theirs.detail).items()
    ]


def _facilities(own: Value, theirs: Value, model: str) -> list[str]:
    missing = [name for names in _missing(own.detail, theirs.detail).values() for name in names]
    if not missing:
        return []
    return [
        ngettext(
            "%(count)d fasilitas %(model)s belum tersedia di sini: %(names)s.",
            "%(count)d fasilitas %(model)s belum tersedia di sini: %(names)s.",
            len(missing),
        )
        % {"model": model, "count": len(missing), "names": some(missing)}
    ]


def _standards(own: Value, _theirs: Value, _model: str) -> list[str]:
    if not own.detail:
        return []
    lacks = Counter(part for _name, parts in own.detail for part in parts.split(",") if part)
    most = [
        f"{COMPONENTS[part]} ({angka(count)})"
        for part, count in lacks.most_common(MOST_COMPONENTS)
        if part in COMPONENTS
    ]
    count = len(own.detail)
    return [
        ngettext(
            "%(count)d layanan di sini belum lengkap. Yang paling sering belum dimuat: %(most)s.",
            "%(count)d layanan di sini belum lengkap. Yang paling sering belum dimuat: %(most)s.",
            count,
        )
        % {"count": count, "most": ", ".join(most)},
        _("Mulai dari: %s.") % some([name for name, _parts in own.detail], 3),
    ]


def _hours(own: Value, theirs: Value, _model: str) -> list[str]:
    here, there = _minutes(own.detail), _minutes(theirs.detail)
    shorter = {
        day: minutes - here.get(day, 0)
        for day, minutes in there.items()
        if minutes > here.get(day, 0)
    }
    told = []
    for day, minutes in sorted(shorter.items(), key=lambda pair: -pair[1]):
        facts = {"day": str(WEEKDAYS[day]), "hours": _in_hours(minutes)}
        if day in here:
            told.append(_("%(day)s: %(hours)s jam lebih pendek.") % facts)
        else:
            told.append(_("%(day)s: di sini tutup, di sana buka %(hours)s jam.") % facts)
    return told


def _in_hours(minutes: int) -> str:
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    return angka(round(minutes / MINUTES_PER_HOUR, 1) if rest else hours)


def _minutes(detail: Detail) -> dict[int, int]:
    return {
        int(day): int(minutes)
        for day, minutes in detail
        if day in map(str, WEEKDAYS) and minutes.isascii() and minutes.isdigit()
    }


def _waits(own: Value, _theirs: Value, _model: str) -> list[str]:
    lines = [
        f"{name} ({figure_of('wait_median', median)})"
        for name, median in own.detail[:MOST_COMPONENTS]
    ]
    return [_("Antrean dengan median terlama: %s.") % ", ".join(lines)] if lines else []


def _satisfaction(own: Value, _theirs: Value, _model: str) -> list[str]:
    means = sorted((float(mean), element) for element, mean in own.detail)
    lowest = [
        _("%(element)s (%(mean)s dari 4)")
        % {"element": ELEMENT_NAMES[element], "mean": angka(round(mean, 2))}
        for mean, element in means[:LOWEST_ELEMENTS]
        if element in ELEMENT_NAMES
    ]
    return [_("Unsur dengan nilai terendah: %s.") % ", ".join(lowest)] if lowest else []


def figure_of(key: str, number: str) -> str:
    """Return a figure of a detail in the words of a measure."""
    measure = next(measure for measure in MEASURES if measure.key == key)
    return figure(measure, float(number))


REASONS: Mapping[str, Callable[[Value, Value, str], list[str]]] = {
    "agencies": _agencies,
    "services": _services,
    "standards_delivery": _standards,
    "standards_full": _standards,
    "hours": _hours,
    "facilities": _facilities,
    "wait_median": _waits,
    "wait_p90": _waits,
    "satisfaction": _satisfaction,
}
