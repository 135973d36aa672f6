"""Figures of a span of days: heat map, funnel, times; an officer's own times of today."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gerai import clock
from gerai.people.guard import allow
from gerai.people.models import User
from gerai.pulse import actions
from gerai.pulse.forms import EVERY_LINE, Period
from gerai.pulse.measures import Funnel, Times, together
from gerai.pulse.queries.days import days_with_numbers, own_times
from gerai.pulse.queries.figures import (
    PARTS,
    Span,
    TimesRow,
    funnel_of,
    heat_map,
    lines_to_choose,
    span_of,
    times_of_span,
)
from gerai.queue.queries.boards import today
from gerai.ui.charts import Mark
from gerai.ui.templatetags.ui import angka

DAYS = 30
MINUTE = 60


@allow("queue.watch")
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show when it is busy, how far numbers come, and how open counters are spent."""
    form = _asked(request)
    known: dict[str, Any] = {"tab": "figures", "form": form, "parts": _parts()}
    if not form.is_valid():
        return render(request, "pulse/figures.html", known, status=400)
    span, key = _span(form), form.cleaned_data["antrean"]
    shows = form.cleaned_data["isi"]
    heat = heat_map(span, shows=shows, line=key)
    funnel = funnel_of(span, key)
    whole, agencies, counters = times_of_span(span)
    known |= {
        "span": span,
        "line": next((line for line in lines_to_choose() if line.pk == key), None),
        "shows": shows,
        "heat": heat,
        "weekdays": [(str(WEEKDAYS[day]), heat.days.get(day, 0)) for day in heat.weekdays],
        "funnel": funnel,
        "stages": _stages(funnel),
        "ends": _ends(funnel),
        "whole": whole,
        "agencies": agencies,
        "counters": counters,
        "query": form.data.urlencode() if hasattr(form.data, "urlencode") else "",
    }
    return render(request, "pulse/figures.html", known)


@allow("queue.watch")
@require_safe
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the heat map, the funnel or the times as CSV, for a spreadsheet."""
    form = _asked(request)
    if not form.is_valid():
        raise Http404
    span, key = _span(form), form.cleaned_data["antrean"]
    rows = {
        "peta": lambda: _heat_rows(span, key),
        "corong": lambda: _funnel_rows(funnel_of(span, key)),
        "waktu": lambda: _times_rows(span),
    }[kind]()
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{kind}-{span.first:%Y-%m-%d}-{span.last:%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write("\ufeff")  # without it spreadsheets take UTF-8 for another alphabet
    csv.writer(answer).writerows(rows)
    return answer


@allow("queue.serve")
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show officers how their own day was spent so far; nobody else's, and no comparison."""
    sittings = own_times(cast("User", request.user))
    whole = together((0, times) for _sitting, times in sittings).get(0, Times())
    known = {
        "here": "own",
        "day": today(),
        "at": clock.now(),
        "parts": _parts(),
        "whole": TimesRow("", "", whole) if sittings else None,
    }
    return render(request, "pulse/own.html", known)


def _asked(request: HttpRequest) -> Period:
    last = today()
    usual = {
        "sejak": f"{last - timedelta(days=DAYS - 1):%Y-%m-%d}",
        "sampai": f"{last:%Y-%m-%d}",
        "antrean": EVERY_LINE,
        "isi": "waiting",
    }
    asked = request.GET.copy()
    for name, value in usual.items():
        if not asked.get(name):
            asked[name] = value
    return Period(asked)


def _span(form: Period) -> Span:
    first, last = form.cleaned_data["sejak"], form.cleaned_data["sampai"]
    actions.count_missing(days_with_numbers(first, last))
    return span_of(first, last)


def _parts() -> list[tuple[str, str, str]]:
    """Return key, name and meaning of each part of an open counter's time."""
    told = {
        "idle": (
            _("Menunggu pengunjung"),
            _("tidak ada orang di loket dan tidak ada yang menunggu"),
        ),
        "walking": (_("Pengunjung berjalan"), _("sejak dipanggil sampai mulai dilayani")),
        "serving": (_("Melayani"), _("sejak mulai sampai selesai")),
        "wrapping": (
            _("Merapikan"),
            _("tidak ada orang di loket padahal ada yang menunggu: berkas, sistem, persiapan"),
        ),
        "pause": (_("Jeda"), _("jeda yang ditekan di meja, dan keadaan darurat")),
    }
    return [(key, *told[key]) for key in PARTS]


def _stages(funnel: Funnel) -> list[Mark]:
    stages = (
        (_("Nomor masuk antrean"), funnel.entered),
        (_("Dipanggil"), funnel.called),
        (_("Mulai dilayani"), funnel.served),
        (_("Selesai di antrean ini"), funnel.done),
    )
    whole = funnel.entered or 1
    return [
        Mark(name, 100 * count / whole, words=_share(count, funnel.entered))
        for name, count in stages
    ]


def _ends(funnel: Funnel) -> list[tuple[str, int]]:
    return [
        (_("Selesai"), funnel.done),
        (_("Dialihkan ke antrean lain"), funnel.moved_on),
        (_("Pergi sebelum dilayani"), funnel.left),
        (_("Tidak hadir saat dipanggil"), funnel.absent),
        (_("Tidak sempat dilayani hari itu"), funnel.unfinished),
        (_("Masih di mal"), funnel.open),
    ]


def _share(count: int, whole: int) -> str:
    percent = round(100 * count / whole) if whole else 0
    return _("%(count)s (%(percent)d persen)") % {"count": angka(count), "percent": percent}


def _heat_rows(span: Span, line: int | None) -> Iterator[list[object]]:
    yield [
        _("hari"),
        _("jam"),
        _("hari_dihitung"),
        _("datang"),
        _("menunggu_rata"),
        _("tunggu_rata_menit"),
    ]
    heat = heat_map(span, shows="waiting", line=line)
    for row in heat.rows:
        for weekday, each in zip(heat.weekdays, row.cells, strict=True):
            if each is None:
                continue
            wait = "" if each.cell.wait is None else round(each.cell.wait, 2)
            yield [
                str(WEEKDAYS[weekday]),
                row.hour,
                each.cell.days,
                each.cell.came,
                round(each.cell.waiting or 0.0, 3),
                wait,
            ]


def _funnel_rows(funnel: Funnel) -> Iterator[list[object]]:
    yield [_("tahap"), _("jumlah")]
    yield [_("Nomor masuk antrean"), funnel.entered]
    yield [_("Di antaranya dari antrean lain"), funnel.moved_in]
    yield [_("Dipanggil"), funnel.called]
    yield [_("Mulai dilayani"), funnel.served]
    yield from ([name, count] for name, count in _ends(funnel))


def _times_rows(span: Span) -> Iterator[list[object]]:
    yield [_("instansi"), _("loket"), _("buka_menit"), *(name for _key, name, _meaning in _parts())]
    whole, agencies, counters = times_of_span(span)
    for row in (whole, *agencies, *counters):
        yield [row.name, row.counter, *(round(seconds / MINUTE, 1) for seconds in row.times)]
