"""The day's report: tables on a page, and the same as CSV."""

import csv
from collections.abc import Iterator
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gerai.people.guard import allow
from gerai.queue.actions.serving import Outcome
from gerai.queue.forms.supervisor import PickDay
from gerai.queue.queries.boards import today
from gerai.queue.queries.reports import DayReport, Part, day_report


@allow("queue.watch")
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show waits, work, outcomes, doors and groups of a day."""
    form, day = _day(request)
    known = {
        "form": form,
        "report": day_report(day, outcomes=Outcome.choices),
        "is_today": day == today(),
    }
    status = 200 if form.is_valid() else 400
    return render(request, "queue/supervisor/report.html", known, status=status)


@allow("queue.watch")
@require_safe
def table(request: HttpRequest, parts: str) -> HttpResponse:
    """Give the lines, the counters or the services of a day as CSV, for a spreadsheet."""
    form, day = _day(request)
    if not form.is_valid():
        raise Http404
    told = day_report(day, outcomes=Outcome.choices)
    rows = _amounts(told) if parts == "layanan" else _rows(told, parts)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{parts}-{day:%Y-%m-%d}.csv"'
    answer.write("\ufeff")  # without it spreadsheets take UTF-8 for another alphabet
    csv.writer(answer).writerows(rows)
    return answer


def _day(request: HttpRequest) -> tuple[PickDay, date]:
    asked = request.GET if request.GET.get("hari") else {"hari": f"{today():%Y-%m-%d}"}
    form = PickDay(asked)
    given = form.cleaned_data.get("hari") if form.is_valid() else None
    return form, given or today()


def _rows(report: DayReport, parts: str) -> Iterator[list[object]]:
    yield [
        pgettext("kolom", "hari"),
        _("loket") if parts == "loket" else _("antrean"),
        _("nomor"),
        _("dipanggil"),
        _("selesai"),
        _("tidak_hadir"),
        _("tunggu_rata_detik"),
        _("tunggu_tengah_detik"),
        _("tunggu_terlama_detik"),
        _("bagian_menunggu"),
        _("jalan_rata_detik"),
        _("layan_rata_detik"),
        _("tunda_rata_detik"),
        _("tidak_sempat_dilayani"),
    ]
    for part in report.counters if parts == "loket" else report.lines:
        yield [f"{report.day:%Y-%m-%d}", *_figures(part)]


def _amounts(report: DayReport) -> Iterator[list[object]]:
    yield [pgettext("kolom", "hari"), _("instansi"), _("layanan"), _("jumlah")]
    for each in report.amounts:
        yield [f"{report.day:%Y-%m-%d}", each.agency, each.service, each.count]


def _figures(part: Part) -> list[object]:
    return [
        part.name,
        part.tickets,
        part.waits.customers,
        part.done,
        part.absent,
        round(part.waits.mean_s, 1),
        round(part.waits.median_s, 1),
        round(part.waits.max_s, 1),
        round(part.waits.share_waiting, 4),
        round(part.walking_s, 1),
        round(part.serving_s, 1),
        round(part.held_s, 1),
        part.unfinished,
    ]
