"""What a supervisor asks: the promise, the hours, the cost, and what is assumed of a new mall."""

from datetime import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.directory.forms.texts import Name
from gerai.directory.forms.week import Hour
from gerai.planner.rules.demand import Flow
from gerai.planner.rules.document import guessed
from gerai.planner.rules.erlang import Figures, queue_of
from gerai.planner.rules.hall import Counter
from gerai.planner.rules.staffing import Promise

MINUTE = 60
QUARTER = 15
LEAST_QUARTERS = 4
LINES = 6
MOST_COUNTERS = 50


def number(label: Any, *, least: int, most: int, **more: Any) -> forms.IntegerField:
    """Return a field for a whole number, written short."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "short"}),
        **more,
    )


class Minutes(forms.DecimalField):
    """Minutes that one visitor takes, half a minute to four hours; comma or point before tenths."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Menit tiap orang"),
            min_value=Decimal("0.5"),
            max_value=240,
            max_digits=4,
            decimal_places=1,
            widget=forms.NumberInput(attrs={"class": "short"}),
            **more,
        )

    def to_python(self, value: Any) -> Any:
        """Read what was written."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class Question(forms.Form):
    """What every plan needs to know."""

    name = Name(label=_("Nama rencana"), max_length=80)
    opens = Hour(label=_("Mal buka pukul"))
    closes = Hour(label=_("Mal tutup pukul"))
    promise_percent = number(_("Janji: sekian persen pengunjung"), least=50, most=99, initial=80)
    promise_minutes = number(_("dipanggil dalam (menit)"), least=1, most=120, initial=15)
    rupiah_per_hour = number(_("Biaya satu petugas per jam (rupiah)"), least=0, most=10_000_000)
    cost_source = Name(
        label=_("Sumber angka biaya"),
        max_length=200,
        help_text=_("Misalnya standar biaya daerah, dengan nomor dan tahunnya."),
    )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        opens, closes = told.get("opens"), told.get("closes")
        if opens and closes and (_minutes(closes) - _minutes(opens)) < LEAST_QUARTERS * QUARTER:
            self.add_error("closes", _("Mal harus buka sedikitnya satu jam."))
        return told

    def asked(self) -> dict[str, Any]:
        """Return what `actions.ask` takes."""
        told = self.cleaned_data
        opens = _minutes(told["opens"])
        return {
            "name": told["name"],
            "opens": opens,
            "quarters": (_minutes(told["closes"]) - opens) // QUARTER,
            "promise": Promise(told["promise_percent"] / 100, told["promise_minutes"] * MINUTE),
            "rupiah_per_hour": told["rupiah_per_hour"],
            "cost_source": told["cost_source"],
        }


class FromTickets(Question):
    """A plan from the tickets of past days."""

    last_days = number(
        _("Hari yang dibaca"),
        least=1,
        most=60,
        initial=20,
        help_text=_("Hari terakhir yang ada nomornya; hari ini tidak ikut."),
    )

    def asked(self) -> dict[str, Any]:
        """Return what `actions.ask` takes."""
        return super().asked() | {"last_days": self.cleaned_data["last_days"]}


class FromGuess(Question):
    """A plan from what is assumed; up to six lines, empty ones are left out."""

    is_morning = forms.TypedChoiceField(
        label=_("Kapan orang datang"),
        choices=[
            ("ya", _("Pagi dua kali lebih ramai daripada siang")),
            ("tidak", _("Merata sepanjang hari")),
        ],
        coerce=lambda chosen: chosen == "ya",
        widget=forms.RadioSelect,
        initial="ya",
    )
    priority_percent = number(
        _("Pengunjung prioritas (persen)"), least=0, most=90, initial=0, required=False
    )
    absent_percent = number(
        _("Tidak hadir saat dipanggil (persen)"), least=0, most=90, initial=0, required=False
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for place in range(1, LINES + 1):
            fields = {
                "line": Name(label=_("Layanan"), max_length=60, required=False),
                "people": number(_("Orang sehari"), least=1, most=5000, required=False),
                "minutes": Minutes(required=False),
                "counters": number(
                    _("Loket sekarang"), least=0, most=MOST_COUNTERS, required=False
                ),
            }
            for name, field in fields.items():
                field.widget.attrs["aria-label"] = f"{field.label} {place}"
                self.fields[f"{name}_{place}"] = field

    def rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each line as they stand on the page."""
        names = ("line", "people", "minutes", "counters")
        return [[self[f"{name}_{place}"] for name in names] for place in range(1, LINES + 1)]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        names = []
        for place in range(1, LINES + 1):
            line, people, minutes, counters = self._row(place)
            if not (line or people or minutes or counters):
                continue
            for name, value in (("line", line), ("people", people), ("minutes", minutes)):
                if not value and f"{name}_{place}" not in self.errors:
                    self.add_error(
                        f"{name}_{place}", _("Isi juga bagian ini, atau kosongkan semuanya.")
                    )
            if line and line in names:
                self.add_error(f"line_{place}", _("Layanan ini sudah ditulis di atas."))
            names.append(line)
        if not names and not self.errors:
            self.add_error("line_1", _("Tulis sedikitnya satu layanan."))
        return told

    def asked(self) -> dict[str, Any]:
        """Return what `actions.ask` takes: counters only where every line has some."""
        known = super().asked()
        flows: list[Flow] = []
        counters: list[Counter] = []
        names = {}
        for place in range(1, LINES + 1):
            line, people, minutes, count = self._row(place)
            if not line:
                continue
            code = str(place)
            names[code] = line
            flows.append(
                guessed(
                    code,
                    a_day=people,
                    minutes=float(minutes),
                    quarters=known["quarters"],
                    is_morning=self.cleaned_data["is_morning"],
                    priority_share=(self.cleaned_data["priority_percent"] or 0) / 100,
                    absent_share=(self.cleaned_data["absent_percent"] or 0) / 100,
                )
            )
            whole_day = ((0.0, float(known["quarters"] * QUARTER * MINUTE)),)
            counters += [
                Counter(f"{code}.{number}", frozenset({code}), whole_day)
                for number in range(1, (count or 0) + 1)
            ]
        return known | {"flows": flows, "counters": counters, "names": names}

    def _row(self, place: int) -> tuple[Any, ...]:
        told = self.cleaned_data
        return tuple(
            told.get(f"{name}_{place}") for name in ("line", "people", "minutes", "counters")
        )


class Formula(forms.Form):
    """One line of counters that are all alike, for the quick answer of the theory."""

    arrivals = number(_("Orang datang tiap jam"), least=1, most=5000)
    minutes = Minutes()
    counters = number(_("Loket yang buka"), least=1, most=MOST_COUNTERS)

    def figures(self) -> list[tuple[int, Figures]]:
        """Return the figures of so many counters and of up to three more; times in minutes."""
        told = self.cleaned_data
        come, serve = Fraction(told["arrivals"], MINUTE), 1 / Fraction(told["minutes"])
        asked: int = told["counters"]
        return [(count, queue_of(come, serve, count)) for count in range(asked, asked + 4)]

    @property
    def fewest(self) -> int:
        """Return the fewest counters that are stable."""
        told = self.cleaned_data
        return int(told["arrivals"] * told["minutes"] // MINUTE) + 1


def _minutes(moment: time) -> int:
    return moment.hour * MINUTE + moment.minute
