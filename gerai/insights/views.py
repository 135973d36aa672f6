"""The pages of the measures: own, beside models, over time, what each means."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai import clock
from gerai.errors import Refused
from gerai.insights import actions, queries
from gerai.insights.measures import MEASURES, measure_of
from gerai.malls.scope import current_mall
from gerai.people.audit import actor_of
from gerai.people.guard import allow

SHOWN_FIRST = "wait_median"
MOST_GAPS = 6


@allow("insights.read")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show the mall's own measures, each with its interval and what it was taken from."""
    until = _today()
    values = {value.key: value for value in queries.measured(until)}
    rows = [
        {
            "measure": measure,
            "value": values[measure.key],
            "words": queries.said(values[measure.key]),
        }
        for measure in MEASURES
    ]
    return render(
        request,
        "insights/own.html",
        {"rows": rows, "is_sharing": queries.is_sharing(), **_period(until)},
    )


@allow("insights.read")
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the mall beside the models that it chose, and the gaps to each."""
    return _comparison(request)


@allow("insights.read")
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the models; who cannot be chosen is said on the page."""
    typed = request.POST.getlist("model")
    try:
        actions.choose_models(typed, by=actor_of(request.user))
    except Refused as refused:
        return _comparison(request, typed=typed, refused=refused)
    messages.success(request, _("Teladan dipilih."))
    return redirect("insights:compare")


def _comparison(
    request: HttpRequest, *, typed: list[str] | None = None, refused: Refused | None = None
) -> HttpResponse:
    until = _today()
    models = queries.chosen_models()
    values = queries.measured(until) if models else []
    rows = queries.beside(models, values) if models else []
    radar = queries.radar(rows, current_mall().name, models)
    candidates = queries.candidates()
    picked = {one.key for one in candidates if one.is_chosen} if typed is None else set(typed)
    return render(
        request,
        "insights/compare.html",
        {
            "candidates": candidates,
            "picked": picked,
            "refused": refused,
            "most": queries.MOST_CHOSEN,
            "models": models,
            "rows": rows,
            "radar": radar,
            "sections": [
                {
                    "model": model,
                    "gaps": queries.gaps(values, model)[:MOST_GAPS],
                    "bullets": queries.bullets(rows, at),
                }
                for at, model in enumerate(models)
                if not model.is_silent
            ],
            **_period(until),
        },
        status=refused.status if refused else 200,
    )


@allow("insights.read")
@require_safe
def course(request: HttpRequest) -> HttpResponse:
    """Show one measure over the months, beside the models that share theirs."""
    measure = measure_of(request.GET.get("ukuran", "")) or measure_of(SHOWN_FIRST)
    assert measure is not None, "the first one shown is defined"
    models = queries.chosen_models()
    return render(
        request,
        "insights/course.html",
        {
            "measure": measure,
            "measures": MEASURES,
            "series": queries.over_time(measure, models),
            "unit": queries.counted_word(measure.unit),
            "top": 100 if measure.unit == "%" else None,
            "without": [model.name for model in models if model.is_blueprint],
        },
    )


@allow("insights.read")
@require_safe
def meanings(request: HttpRequest) -> HttpResponse:
    """Say what every measure means, where it comes from, and how sure it is."""
    rows = [
        {
            "measure": measure,
            "direction": queries.DIRECTIONS[measure.direction],
            "uncertainty": queries.uncertainty(measure),
        }
        for measure in MEASURES
    ]
    return render(request, "insights/meanings.html", {"rows": rows, "days": queries.DAYS})


@allow("directory.manage")
@require_http_methods(["POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Let other malls see the measures, or no longer."""
    shares = request.POST.get("shares") == "1"
    actions.share_measures(shares=shares, by=actor_of(request.user))
    told = (
        _("Ukuran mal ini sekarang dapat dilihat mal lain di pemasangan ini.")
        if shares
        else _("Ukuran mal ini tidak lagi dapat dilihat mal lain.")
    )
    messages.success(request, told)
    return redirect("insights:own")


def _today() -> date:
    return clock.local_day(clock.now(), current_mall().zone)


def _period(until: date) -> dict[str, Any]:
    first = until - timedelta(days=queries.DAYS - 1)
    return {"first": first, "until": until, "days": queries.DAYS}
