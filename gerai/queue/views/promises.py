"""How the waits that visitors were told came out: a page, and the same as CSV."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gerai.people.guard import allow
from gerai.queue.queries.promises import DAYS_SHOWN, Judged, judged
from gerai.queue.rules import LEAST_JUDGED
from gerai.ui.charts import Mark


@allow("queue.watch")
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Show how many of the waits told came true, of all, by line and by day."""
    told = judged()
    marks = [
        Mark(
            f"{each.line.code} · {each.line.name}",
            100 * each.tally.kept / each.tally.judged,
            100 * each.tally.interval.low,
            100 * each.tally.interval.high,
        )
        for each in told.lines
        if each.tally.interval is not None
    ]
    known = {
        "told": told,
        "marks": marks,
        "days": DAYS_SHOWN,
        "least": LEAST_JUDGED,
    }
    return render(request, "queue/supervisor/promises.html", known)


@allow("queue.watch")
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Give them by line and day as CSV, for a spreadsheet."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="janji-tunggu.csv"'
    answer.write("\ufeff")  # without it spreadsheets take UTF-8 for another alphabet
    csv.writer(answer).writerows(_rows(judged()))
    return answer


def _rows(told: Judged) -> Iterator[list[object]]:
    yield [
        pgettext("kolom", "hari"),
        _("antrean"),
        _("dapat_dinilai"),
        _("benar"),
        _("lebih_cepat"),
        _("lebih_lambat"),
        _("tidak_sempat_dipanggil"),
        _("bagian_benar"),
        _("selang_bawah"),
        _("selang_atas"),
    ]
    for each in told.parts:
        tally, interval = each.tally, each.tally.interval
        yield [
            f"{each.day:%Y-%m-%d}",
            each.line.code,
            tally.judged,
            tally.kept,
            tally.earlier,
            tally.later,
            tally.left,
            "" if tally.share is None else round(tally.share, 4),
            "" if interval is None else round(interval.low, 4),
            "" if interval is None else round(interval.high, 4),
        ]
