"""The order of calling as a form with rows: written, checked, published."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Counter, Posting, Service
from gerai.queue.models import Group, Line
from gerai.queue.queries.rule_words import (
    CLASS_NAMES,
    HOW_NAMES,
    LANGUAGE_NAMES,
    NUMBER_NAMES,
    SECTION_NAMES,
    problem_words,
)
from gerai.queue.rules import BOUNDS, CallRule, Problem, dump

Choices = list[tuple[Any, Any]]
SECTIONS = tuple(SECTION_NAMES)
MOST_ROWS = 40
SPARE_PLACES = 2
LEAST_PLACES = 3
LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Named:
    """What a rule may name, as choices: code and words."""

    lines: Choices
    services: Choices
    counters: Choices
    officers: Choices


def named_in(rule: CallRule) -> Named:
    """Return the mall's lines, services, counters and officers, and what the rule names else."""
    services = Service.objects.filter(is_active=True).select_related("agency")
    by_agency = [
        (agency.short_name, [(each.code, each.name) for each in theirs])
        for agency, theirs in groupby(
            services.order_by("agency__short_name", "agency", "name", "pk"),
            key=lambda service: service.agency,
        )
    ]
    lines = Line.objects.select_related("agency").order_by("code")
    counters = Counter.objects.filter(is_active=True).order_by("position", "code")
    posted = Posting.objects.order_by("user__name").values_list("user__username", "user__name")
    named = Named(
        lines=[(each.code, f"{each.code} · {each.name}") for each in lines],
        services=by_agency,
        counters=[(each.code, _("Loket %(code)s") % {"code": each.code}) for each in counters],
        officers=list(dict(posted).items()),
    )
    for choices, codes in (
        (named.lines, [_lines_of(rule)]),
        (named.services, [each.services for each in rule.routes]),
        (named.services, [each.services for each in rule.skills]),
        (named.counters, [each.counters for each in rule.plans]),
        (named.counters, [each.counters for each in rule.skills]),
        (named.officers, [each.officers for each in rule.plans]),
        (named.officers, [each.officers for each in rule.skills]),
    ):
        _add_gone(choices, chain.from_iterable(codes))
    return named


def _lines_of(rule: CallRule) -> Iterator[str]:
    yield from (route.line for route in rule.routes)
    yield from (share.line for plan in rule.plans for share in plan.lines)
    yield from (limit.line for limit in rule.limits if limit.line)


def _add_gone(choices: Choices, codes: Iterable[str]) -> None:
    """Keep what a rule names though it is there no longer, so that nobody loses it unseen."""
    known = {
        code
        for key, words in choices
        for code in ([each for each, _name in words] if isinstance(words, list) else [key])
    }
    for code in dict.fromkeys(codes):
        if code not in known:
            choices.append((code, _("%(code)s (sudah tidak ada)") % {"code": code}))


class Numbers(forms.Form):
    """The numbers of the order of calling."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name, (low, high) in BOUNDS.items():
            wrong = _("Isi dengan bilangan bulat %(low)s sampai %(high)s.") % {
                "low": low,
                "high": high,
            }
            self.fields[name] = forms.IntegerField(
                label=NUMBER_NAMES[name],
                min_value=low,
                max_value=high,
                help_text=_("%(low)s sampai %(high)s") % {"low": low, "high": high},
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), wrong
                ),
            )


class Row(forms.Form):
    """A row of a section: its fields, and what it says in the document."""

    def __init__(self, named: Named, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.build(named)

    def build(self, named: Named) -> None:
        """Add the fields, with what the mall has to choose from."""
        raise NotImplementedError

    def said(self) -> dict[str, Any]:
        """Return the row as it stands in the document."""
        return dict(self.cleaned_data)

    def typed(self) -> dict[str, Any]:
        """Return what was typed, unchecked, to show it once more."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }


def _several(label: Any, choices: Choices, hint: Any, *, size: int = 5) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=hint,
        widget=forms.SelectMultiple(attrs={"size": size}),
        error_messages={"invalid_choice": _("Pilih dari daftar yang ada.")},
    )


def _ticked(label: Any, choices: Iterable[tuple[Any, Any]], hint: Any) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        required=False,
        help_text=hint,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Pilih dari daftar yang ada.")},
    )


def _one(label: Any, choices: Iterable[tuple[Any, Any]], *, required: bool) -> forms.Field:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        required=required,
        error_messages={
            "required": _("Pilih satu."),
            "invalid_choice": _("Pilih dari daftar yang ada."),
        },
    )


def _whole(label: Any, low: int, high: int, *, required: bool = True) -> forms.Field:
    wrong = _("Isi dengan bilangan bulat %(low)s sampai %(high)s.") % {"low": low, "high": high}
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        required=required,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class RouteRow(Row):
    """Which line somebody enters."""

    def build(self, named: Named) -> None:
        anybody = _("Kosong berarti semua.")
        self.fields["services"] = _several(_("Layanan"), named.services, anybody)
        self.fields["groups"] = _ticked(_("Kelompok"), Group.choices, anybody)
        self.fields["languages"] = _ticked(
            _("Bahasa yang dipilih"), LANGUAGE_NAMES.items(), anybody
        )
        self.fields["line"] = _one(_("Masuk antrean"), [("", "-"), *named.lines], required=True)


class PlanRow(Row):
    """How the lines of some counters stand to each other."""

    def __init__(self, named: Named, data: Any = None, *, places: int, **options: Any) -> None:
        self.places = places
        super().__init__(named, data, **options)

    def build(self, named: Named) -> None:
        self.fields["counters"] = _several(
            _("Loket"), named.counters, _("Kosong berarti semua loket.")
        )
        self.fields["officers"] = _several(
            _("Petugas"), named.officers, _("Kosong berarti semua petugas.")
        )
        self.fields["how"] = _one(_("Cara"), HOW_NAMES.items(), required=True)
        for place in range(self.places):
            about = {"place": place + 1}
            self.fields[f"line_{place}"] = _one(
                _("Antrean ke-%(place)s") % about, [("", "-"), *named.lines], required=False
            )
            self.fields[f"share_{place}"] = _whole(
                _("Bagian atau bobot ke-%(place)s") % about, 1, 10, required=False
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the fields of each line with its share."""
        return [(self[f"line_{place}"], self[f"share_{place}"]) for place in range(self.places)]

    def said(self) -> dict[str, Any]:
        told = self.cleaned_data
        lines = [
            {"line": told[f"line_{place}"], "share": told[f"share_{place}"] or 1}
            for place in range(self.places)
            if told[f"line_{place}"]
        ]
        return {name: told[name] for name in ("counters", "officers", "how")} | {"lines": lines}


class SkillRow(Row):
    """Which services some counters and officers take."""

    def build(self, named: Named) -> None:
        self.fields["counters"] = _several(_("Loket"), named.counters, "")
        self.fields["officers"] = _several(_("Petugas"), named.officers, "")
        self.fields["services"] = _several(_("Hanya menerima layanan"), named.services, "")


class LimitRow(Row):
    """After how many minutes somebody goes first."""

    def build(self, named: Named) -> None:
        self.fields["line"] = _one(
            _("Antrean"), [("", _("Semua antrean")), *named.lines], required=False
        )
        self.fields["group"] = _one(_("Kelompok"), CLASS_NAMES.items(), required=False)
        self.fields["minutes"] = _whole(_("Menit"), 1, 480)


@dataclass(frozen=True)
class Section:
    """A part of the rule with its rows, as a page shows it."""

    key: str
    name: object
    rows: Sequence[Row]


class RuleEditor:
    """The whole rule as numbers and rows.

    data: what was sent, or None to show `rule`. Rows are counted by a hidden field of each
    section; adding or removing one shows what was typed once more and checks nothing.
    """

    def __init__(self, rule: CallRule, data: QueryDict | None = None) -> None:
        self.named = named_in(rule)
        self.problems: list[str] = []
        if data is None:
            document = dump(rule)
            self.numbers = Numbers(initial=document)
            self.rows = {
                section: [
                    self._row(section, at, initial=_as_typed(section, said))
                    for at, said in enumerate(document[section])
                ]
                for section in SECTIONS
            }
        else:
            self.numbers = Numbers(data)
            self.rows = {
                section: [self._row(section, at, data=data) for at in range(_count(data, section))]
                for section in SECTIONS
            }
            self.take_problems(
                Problem(section, "too_many", (("most", MOST_ROWS),))
                for section in SECTIONS
                if _sent(data, section) > MOST_ROWS
            )

    @property
    def sections(self) -> list[Section]:
        """Return the sections in the order of the page."""
        return [Section(key, SECTION_NAMES[key], self.rows[key]) for key in SECTIONS]

    def is_valid(self) -> bool:
        """Tell whether every field by itself may be so."""
        forms_of_it: list[forms.Form] = [self.numbers, *self._all_rows()]
        wrong = [each for each in forms_of_it if not each.is_valid()]
        return not wrong and not self.problems

    def document(self) -> dict[str, Any]:
        """Return the document that a valid form says."""
        return {
            **self.numbers.cleaned_data,
            **{section: [row.said() for row in self.rows[section]] for section in SECTIONS},
        }

    def take_problems(self, problems: Iterable[Problem]) -> None:
        """Show problems of the whole rule, above the form and at their rows."""
        for problem in islice(problems, MOST_ROWS):
            words = problem_words(problem)
            self.problems.append(words)
            section, *rest = problem.field.split(".")
            rows = self.rows.get(section, [])
            if rest and int(rest[0]) < len(rows) and rows[int(rest[0])].is_bound:
                rows[int(rest[0])].add_error(None, words)

    def add(self, section: str) -> None:
        """Add an empty row."""
        self.show_again()
        if len(self.rows[section]) < MOST_ROWS:
            self.rows[section].append(self._row(section, len(self.rows[section])))
        else:
            self.take_problems([Problem(section, "too_many", (("most", MOST_ROWS),))])

    def remove(self, section: str, at: int) -> None:
        """Remove a row."""
        self.show_again()
        kept = [row for place, row in enumerate(self.rows[section]) if place != at]
        self.rows[section] = [
            self._row(section, place, initial=row.initial) for place, row in enumerate(kept)
        ]

    def show_again(self) -> None:
        """Show what was typed once more, with room for more lines in each plan."""
        data = self.numbers.data
        self.numbers = Numbers(initial={name: data.get(name, "") for name in BOUNDS})
        for section in SECTIONS:
            self.rows[section] = [
                self._row(section, at, initial=row.typed())
                for at, row in enumerate(self.rows[section])
            ]

    def _all_rows(self) -> list[Row]:
        return [row for rows in self.rows.values() for row in rows]

    def _row(
        self,
        section: str,
        at: int,
        *,
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> Row:
        prefix = f"{section}-{at}"
        options: dict[str, Any] = {"prefix": prefix, "initial": dict(initial or {})}
        match section:
            case "routes":
                return RouteRow(self.named, data, **options)
            case "plans":
                places = _places(prefix, data, options["initial"])
                return PlanRow(self.named, data, places=places, **options)
            case "skills":
                return SkillRow(self.named, data, **options)
            case _:
                return LimitRow(self.named, data, **options)


def _count(data: QueryDict, section: str) -> int:
    return min(_sent(data, section), MOST_ROWS)


def _sent(data: QueryDict, section: str) -> int:
    return whole_number(data.get(f"{section}-count", "")) or 0


def whole_number(text: str) -> int | None:
    """Return a number that a hidden field or a button tells; None for anything else."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def _places(prefix: str, data: QueryDict | None, initial: Mapping[str, Any]) -> int:
    """Return for how many lines a plan has room: those it has, and some more."""
    if data is not None:
        return sum(f"{prefix}-line_{place}" in data for place in range(MOST_ROWS))
    used = [place for place in range(MOST_ROWS) if initial.get(f"line_{place}")]
    return min(max(LEAST_PLACES, max(used, default=-1) + 1 + SPARE_PLACES), MOST_ROWS)


def _as_typed(section: str, said: Mapping[str, Any]) -> dict[str, Any]:
    typed = dict(said)
    if section == "plans":
        for place, each in enumerate(typed.pop("lines")):
            typed[f"line_{place}"] = each["line"]
            typed[f"share_{place}"] = each["share"]
    return typed
