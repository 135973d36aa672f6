"""The course of a measure over the months, own and of malls that share."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format

from gerai.insights.measures import Measure
from gerai.insights.models import Measured
from gerai.insights.queries.comparing import Beside, sharing_malls
from gerai.malls.scope import current_mall
from gerai.ui.charts import Mark, Series

MONTHS = 24


def over_time(measure: Measure, models: Sequence[Beside]) -> list[Series]:
    """Return the kept months of the mall and of those models that share theirs."""
    mall = current_mall()
    shared = set(sharing_malls().values_list("mall_id", flat=True))
    names = {mall.pk: mall.name} | {
        model.mall_id: model.name
        for model in models
        if model.mall_id is not None and model.mall_id in shared
    }
    rows = (
        Measured.objects.everywhere()  # own rows, and those of malls that share
        .filter(mall__in=list(names), key=measure.key, version=measure.version)
        .order_by("-month")
    )
    kept: dict[int, dict[date, Measured]] = defaultdict(dict)
    months: set[date] = set()
    for row in rows[: MONTHS * len(names)]:
        months.add(row.month)
        kept[row.mall_id][row.month] = row
    shown = sorted(months)[-MONTHS:]
    return [
        Series(name, tuple(_mark(month, kept[key].get(month)) for month in shown))
        for key, name in names.items()
        if kept[key]
    ]


def _mark(month: date, row: Measured | None) -> Mark:
    label = date_format(month, "M Y")
    if row is None:
        return Mark(label, None)
    return Mark(label, row.value, row.low, row.high)
