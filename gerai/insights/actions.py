"""Keeping the months, sharing the measures, keeping and choosing models."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gerai import clock, later
from gerai.errors import Refused
from gerai.insights.measures import BadValue, Value
from gerai.insights.models import Measured, Model, ModelKind, Sharing
from gerai.insights.queries import (
    MOST_CHOSEN,
    identity_of,
    in_days,
    measured,
    sharing_malls,
    standing,
)
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction

MOST_VALUES = 100
LONGEST_IDENTITY = 200
LONGEST_NAME = 120
LONGEST_REGION = 20
NIGHT_HOUR = 2
SHOWN_DETAIL = frozenset({"agencies", "services", "facilities", "hours"})
"""Whose names others may see: what hangs on the wall of the mall anyway."""


class BadValues(Refused):
    """What came with a blueprint are no values of measures."""

    message = _("Ukuran dalam cetak biru ini tidak dapat dibaca. Minta berkas baru dari malnya.")
    status = 400


class UnknownModel(Refused):
    """Somebody chosen does not share, or was never kept."""

    message = _("Salah satu teladan tidak lagi membagikan ukurannya. Muat ulang, lalu pilih lagi.")
    status = 409


class TooManyModels(Refused):
    """More than a picture can show."""

    message = _("Pilih paling banyak lima teladan supaya gambarnya tetap terbaca.")
    status = 400


@one_transaction
def share_measures(*, shares: bool, by: audit.Actor) -> None:
    """Let other malls of this installation see the measures, or no longer."""
    _share(shares=shares)
    audit.record("insights.share" if shares else "insights.unshare", thing="sharing", by=by)
    if shares:
        _tonight()


def _share(*, shares: bool) -> None:
    mall, today = current_mall(), _today()
    Sharing.objects.bulk_create([Sharing(mall=mall)], ignore_conflicts=True)
    if shares:
        Sharing.objects.update(shares=True, values=_shown(measured(today)), until=today)
    else:
        Sharing.objects.update(shares=False, values=[], until=None)


def _shown(values: Iterable[Value]) -> list[dict[str, Any]]:
    return [
        (value if value.key in SHOWN_DETAIL else value.without_detail()).to_json()
        for value in values
    ]


@one_transaction
def keep_night(day: date) -> bool:
    """Do the night's work once a day: keep the month, show others the newest values.

    Tells whether it was done now; somebody else may have been first.
    """
    Sharing.objects.bulk_create([Sharing(mall=current_mall())], ignore_conflicts=True)
    undone = Q(kept_on=None) | Q(kept_on__lt=day)
    if not Sharing.objects.filter(undone).update(kept_on=day):
        return False
    _keep(day)
    if Sharing.objects.filter(shares=True).exists():
        Sharing.objects.update(values=_shown(measured(day)), until=day)
    _tonight()
    return True


@one_transaction
def keep_months(last: date, months: int) -> int:
    """Keep the values of the months up to a day's; return how many values were written.

    Of earlier months only what happened in them: what the mall was then, nobody wrote down.
    """
    written = _keep(last)
    first = last.replace(day=1)
    for _month in range(months - 1):
        end = first - timedelta(days=1)
        first = end.replace(day=1)
        written += _store(first, in_days(first, end))
    return written


@inside_transaction
def _keep(day: date) -> int:
    """Keep the month of a day so far, and the one before if it just ended."""
    first = day.replace(day=1)
    written = _store(first, [*standing(day), *in_days(first, day)])
    if day == first:
        end = first - timedelta(days=1)
        written += _store(end.replace(day=1), in_days(end.replace(day=1), end))
    return written


def _store(month: date, values: Sequence[Value]) -> int:
    rows = [
        Measured(
            mall=current_mall(),
            key=value.key,
            version=value.version,
            month=month,
            value=value.value,
            low=value.low,
            high=value.high,
            n=value.n,
        )
        for value in values
        if value.value is not None and value.low is not None and value.high is not None
    ]
    Measured.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["mall", "key", "version", "month"],
        update_fields=["value", "low", "high", "n"],
    )
    return len(rows)


@inside_transaction
def keep_model(
    *,
    identity: str,
    name: str,
    region_code: str,
    values: Sequence[Mapping[str, Any]],
    by: audit.Actor,
    until: date | None = None,
) -> Model:
    """Keep the values that came with a blueprint, instead of older ones of the same mall.

    :raises BadValues: they are no values
    """
    checked = _checked(values)
    if not identity or len(identity) > LONGEST_IDENTITY or len(region_code) > LONGEST_REGION:
        raise BadValues
    model, is_new = Model.objects.update_or_create(
        mall=current_mall(),
        identity=identity,
        defaults={
            "kind": ModelKind.BLUEPRINT,
            "other": None,
            "name": name[:LONGEST_NAME],
            "region_code": region_code,
            "values": [value.to_json() for value in checked],
            "until": until,
        },
    )
    audit.record("insights.keep_model", thing=f"model:{model.pk}", by=by, is_new=is_new)
    return model


def _checked(values: Sequence[Mapping[str, Any]]) -> list[Value]:
    if len(values) > MOST_VALUES:
        raise BadValues
    try:
        return [Value.from_json(value) for value in values]
    except BadValue as bad:
        raise BadValues from bad


@one_transaction
def choose_models(identities: Sequence[str], *, by: audit.Actor) -> None:
    """Compare the mall with these from now on, and with no others.

    :raises TooManyModels: more than five
    :raises UnknownModel: one of them neither shares nor was kept
    """
    wanted = set(identities)
    if len(wanted) > MOST_CHOSEN:
        raise TooManyModels
    shared = {identity_of(row.mall): row.mall for row in sharing_malls()}
    kept = set(Model.objects.filter(kind=ModelKind.BLUEPRINT).values_list("identity", flat=True))
    if not wanted <= shared.keys() | kept:
        raise UnknownModel
    Model.objects.bulk_create(
        [
            Model(
                mall=current_mall(),
                kind=ModelKind.MALL,
                other=mall,
                identity=identity,
                name=mall.name,
                region_code=mall.region_code,
            )
            for identity, mall in shared.items()
            if identity in wanted
        ],
        ignore_conflicts=True,
    )
    Model.objects.update(is_chosen=Q(identity__in=wanted))
    audit.record("insights.choose_models", thing="models", by=by, count=len(wanted))


def _tonight() -> None:
    mall = current_mall()
    tomorrow = _today() + timedelta(days=1)
    later.run(
        "insights.keep_night",
        at=clock.at(tomorrow, NIGHT_HOUR, 0, mall.zone),
        mall_id=mall.pk,
    )


def _today() -> date:
    return clock.local_day(clock.now(), current_mall().zone)
