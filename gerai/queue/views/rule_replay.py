"""A past day played once more: as recorded, under the rule in force, and under a draft."""

import json
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gerai.people.guard import allow
from gerai.queue.actions.rule import checked
from gerai.queue.forms.supervisor import PickDay
from gerai.queue.queries.boards import today
from gerai.queue.queries.comparisons import Comparison, compared
from gerai.queue.queries.recorded_days import last_days
from gerai.queue.queries.rule import rule_in_force
from gerai.queue.queries.rule_words import changes_between
from gerai.queue.rules import dump
from gerai.queue.views.rule import draft_document
from gerai.ui.charts import Mark

MINUTE = 60


@allow("queue.watch")
@require_http_methods(["GET", "HEAD", "POST"])
def replay(request: HttpRequest) -> HttpResponse:
    """Show a day's waits side by side; a draft comes from the form of the rule."""
    now = rule_in_force()
    draft = checked(draft_document(request)) if request.method == "POST" else None
    form, day = _day(request)
    rules = [(_("Aturan versi %(version)s") % {"version": now.version}, now)]
    if draft is not None:
        rules.append((_("Rancangan"), draft))
    comparison = compared(day, rules)
    known = {
        "form": form,
        "day": day,
        "is_today": day == today(),
        "comparison": comparison,
        "marks": _marks(comparison),
        "draft": json.dumps(dump(draft)) if draft else "",
        "former": request.POST.get("former", now.version),
        "changes": changes_between(now, draft) if draft else None,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "queue/supervisor/rule_replay.html", known, status=status)


def _day(request: HttpRequest) -> tuple[PickDay, date]:
    """Return the day that was asked for, else the last one that is over and had numbers."""
    asked = request.POST if request.method == "POST" else request.GET
    over = [day for day in last_days(2) if day < today()]
    usual = over[0] if over else today()
    form = PickDay(asked if asked.get("hari") else {"hari": f"{usual:%Y-%m-%d}"})
    given = form.cleaned_data.get("hari") if form.is_valid() else None
    return form, given or usual


def _marks(comparison: Comparison) -> list[Mark]:
    """Return mean waits of the whole mall in minutes, by class and by rule."""
    return [
        Mark(f"{row.name}: {name}", waits.mean_s / MINUTE if waits.called else None)
        for row in comparison.rows
        if row.is_whole
        for name, waits in row.cells
    ]
