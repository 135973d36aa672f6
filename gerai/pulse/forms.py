"""Forms of the pulse: limits of the mall and its lines, taking care of an alarm, a span of days."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gerai.pulse.models import Limits
from gerai.pulse.queries.figures import lines_to_choose
from gerai.pulse.queries.promises import lines_with_promises
from gerai.pulse.rules import LONGEST_WAIT_MIN, MallLimits, Promise
from gerai.queue.models import Line

LONGEST = timedelta(days=366)
EVERY_LINE = "semua"
OF_A_LINE = re.compile(r"(?:minutes|source)_([0-9]+)")


def minutes(label: Any, *, most: int, **more: Any) -> forms.IntegerField:
    """Return a field for whole minutes, written short."""
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        **more,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )


def day_field(label: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Tuliskan hari seperti 2026-11-23.")
        ),
    )


class LimitsForm(forms.Form):
    """From when on the mall is alarmed. Each field also sends what the page showed.

    stands: the limits that hold; without a key where none were set.
    """

    wait_min = minutes(
        _("Janji tunggu terlama (menit)"),
        most=LONGEST_WAIT_MIN,
        help_text=_("Alarm muncul bila seseorang menunggu lebih lama dari ini."),
    )
    wait_source = forms.CharField(
        label=_("Sumber janji itu"),
        max_length=200,
        help_text=_("Misalnya maklumat pelayanan atau keputusan penyelenggara, dengan nomornya."),
    )
    empty_min = minutes(
        _("Loket bertugas boleh kosong (menit)"),
        most=240,
        help_text=_("Dihitung sejak jam tugas mulai, istirahat usai, atau petugas terakhir pergi."),
    )
    again_min = minutes(
        _("Alarm yang sudah ditangani diam selama (menit)"),
        most=240,
        help_text=_("Bila keadaannya belum pulih setelah itu, alarm muncul kembali."),
    )

    def __init__(self, data: QueryDict | None, *, stands: Limits) -> None:
        holds = {name: getattr(stands, name) for name in self.base_fields}
        # A copy, for what somebody else saved meanwhile is shown from then on.
        super().__init__(data.copy() if data is not None else None, initial=holds)
        self.was = MallLimits(**holds) if stands.pk else None
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        for name, holds in asdict(self.was).items() if self.was else ():
            shown, sent = self._shown(name), self.cleaned_data.get(name, holds)
            if holds in (shown, sent):
                continue
            if shown == sent:
                # Nobody touched it here, so what the colleague said stays.
                self.cleaned_data[name] = holds
            else:
                self._show(name, holds)
        return self.cleaned_data

    def _show(self, name: str, holds: object) -> None:
        """Say what somebody else saved meanwhile; whoever saves again knows it."""
        cast("QueryDict", self.data)[self.add_initial_prefix(name)] = str(holds)
        told = _(
            "Rekan Anda baru saja menetapkan %(holds)s. Simpan lagi bila isian Anda yang benar."
        )
        self.add_error(name, told % {"holds": holds})

    def _shown(self, name: str) -> Any:
        """Return what the page showed in a field, None where nobody can tell."""
        try:
            return self.fields[name].clean(self.data.get(self.add_initial_prefix(name)))
        except forms.ValidationError:
            return None

    def limits(self) -> MallLimits:
        """Return what was asked for."""
        return MallLimits(**self.cleaned_data)


@dataclass(frozen=True)
class PromiseRow:
    """A line, and the two fields of its own promise."""

    line: Line
    minutes: forms.BoundField
    source: forms.BoundField


class PromisesForm(forms.Form):
    """The own promises of lines. Each field also sends what the page showed.

    What somebody else saved meanwhile is thus seen, and what nobody touched is left alone.
    """

    def __init__(self, data: QueryDict | None = None) -> None:
        # A copy, for what somebody else saved meanwhile is shown from then on.
        super().__init__(data.copy() if data is not None else None)
        self.lines = lines_with_promises()
        self.changes: dict[Line, tuple[Promise | None, Promise | None]] = {}
        for line, own in self.lines:
            name = f"{line.code} · {line.name}"
            self.fields[f"minutes_{line.pk}"] = minutes(
                _("Janji %(line)s (menit)") % {"line": name},
                most=LONGEST_WAIT_MIN,
                required=False,
                initial=own.wait_min if own else None,
                show_hidden_initial=True,
            )
            self.fields[f"source_{line.pk}"] = forms.CharField(
                label=_("Sumber janji %(line)s") % {"line": name},
                required=False,
                max_length=200,
                initial=own.source if own else "",
                show_hidden_initial=True,
            )

    def rows(self) -> Iterator[PromiseRow]:
        """Yield the rows as they stand on the page."""
        for line, _own in self.lines:
            yield PromiseRow(line, self[f"minutes_{line.pk}"], self[f"source_{line.pk}"])

    def clean(self) -> dict[str, Any]:
        known = {str(line.pk) for line, _own in self.lines}
        named = {found[1] for key in self.data if (found := OF_A_LINE.fullmatch(key))}
        if named - known:
            raise forms.ValidationError(_("Antrean yang dikirim tidak ada di mal ini."))
        touched = set(self.changed_data)
        for line, own in self.lines:
            if touched & {f"minutes_{line.pk}", f"source_{line.pk}"}:
                self._take(line, own, is_source_new=f"source_{line.pk}" in touched)
        return self.cleaned_data

    def _take(self, line: Line, own: Promise | None, *, is_source_new: bool) -> None:
        """Note the change of a line's promise, or say what is wrong with it."""
        minutes, source = f"minutes_{line.pk}", f"source_{line.pk}"
        if minutes in self.errors or source in self.errors:
            return
        told = self.cleaned_data
        if told[minutes] is None and told[source] and is_source_new:
            self.add_error(minutes, _("Isi menitnya, atau kosongkan juga sumbernya."))
        elif told[minutes] is not None and not told[source]:
            self.add_error(source, _("Sebutkan dari mana janji ini berasal."))
        else:
            shall = Promise(told[minutes], told[source]) if told[minutes] is not None else None
            if shall == own:
                return
            if self._shown(line) != own:
                self._show(line, own)
            else:
                self.changes[line] = own, shall

    def _shown(self, line: Line) -> Promise | str | None:
        """Return the promise that the page showed, a word where nobody can tell."""
        names = [f"minutes_{line.pk}", f"source_{line.pk}"]
        try:
            minutes, source = (
                self.fields[name].clean(self.data.get(self.add_initial_prefix(name)))
                for name in names
            )
        except forms.ValidationError:
            return "unknown"
        return Promise(minutes, source) if minutes is not None else None

    def _show(self, line: Line, own: Promise | None) -> None:
        """Say what somebody else saved meanwhile; whoever saves again knows it."""
        minutes, source = f"minutes_{line.pk}", f"source_{line.pk}"
        sent = cast("QueryDict", self.data)
        sent[self.add_initial_prefix(minutes)] = str(own.wait_min) if own else ""
        sent[self.add_initial_prefix(source)] = own.source if own else ""
        told = (
            _(
                "Rekan Anda baru saja menetapkan %(minutes)s menit (%(source)s). "
                "Simpan lagi bila isian Anda yang benar."
            )
            % {"minutes": own.wait_min, "source": own.source}
            if own
            else _(
                "Rekan Anda baru saja menghapus janji antrean ini. "
                "Simpan lagi bila isian Anda yang benar."
            )
        )
        self.add_error(minutes, told)


class Handle(forms.Form):
    """Taking care of an alarm. after: how often anybody did so before, as the page showed it."""

    after = forms.IntegerField(min_value=0, max_value=32_000)


class Period(forms.Form):
    """Which days, which line, and what the heat map shows."""

    sejak = day_field(_("Sejak"))
    sampai = day_field(_("Sampai"))
    antrean = forms.TypedChoiceField(
        label=_("Antrean"), coerce=lambda told: None if told == EVERY_LINE else int(told)
    )
    isi = forms.ChoiceField(
        label=_("Peta menunjukkan"),
        choices=[
            ("waiting", _("orang yang menunggu (rata-rata)")),
            ("wait", _("lama menunggu (menit, rata-rata)")),
        ],
    )

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        lines = [(line.pk, f"{line.code} · {line.name}") for line in lines_to_choose()]
        field = cast("forms.TypedChoiceField", self.fields["antrean"])
        field.choices = [(EVERY_LINE, _("Semua")), *lines]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        first, last = told.get("sejak"), told.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("Hari terakhir harus sesudah hari pertama."))
        elif first and last and last - first >= LONGEST:
            self.add_error("sampai", _("Pilih paling lama satu tahun."))
        return told
