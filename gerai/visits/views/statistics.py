"""Figures of all visits, and the map of known malls."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gerai.people.guard import allow, public
from gerai.ui.charts import Mark
from gerai.visits import shape
from gerai.visits.forms.after import Year
from gerai.visits.queries import statistics as queries
from gerai.visits.queries.after import known_malls


@allow("visits.manage")
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show who came, from where, what they asked, and what came of it; of ?tahun= or all."""
    asked = Year(request.GET)
    year = asked.cleaned_data["tahun"] if asked.is_valid() else None
    figures = queries.statistics(year)
    known = {
        "figures": figures,
        "year": year,
        "year_marks": [Mark(str(row.year), row.visits) for row in figures.years],
        "rating_marks": [
            Mark(_("%(rating)d dari 4") % {"rating": row.rating}, row.count)
            for row in figures.ratings
        ],
        "map": queries.mall_map(),
        "shape": shape,
    }
    return render(request, "visits/statistics.html", known)


@public
@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """Show the malls that are known, on the map and in a list."""
    told = {"map": queries.mall_map(), "malls": known_malls(), "shape": shape}
    return render(request, "visits/known_malls.html", told)
