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
    is_sharing,
    measured,
    recent,
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


def share_measures(*, shares: bool, by: audit.Actor) -> None:
    """Let other malls of this installation see the measures, or no longer."""
    today = _today()
    _share(_shown(measured(today)) if shares else None, until=today, by=by)


@one_transaction
def _share(values: list[dict[str, Any]] | None, *, until: date, by: audit.Actor) -> None:
    """Show values to others; None shows nothing any longer."""
    shares = values is not None
    Sharing.objects.bulk_create([Sharing(mall=current_mall())], ignore_conflicts=True)
    Sharing.objects.update(shares=shares, values=values or [], until=until if shares else None)
    audit.record("insights.share" if shares else "insights.unshare", thing="sharing", by=by)
    if shares:
        _tonight()


def _shown(values: Iterable[Value]) -> list[dict[str, Any]]:
    return [
        (value if value.key in SHOWN_DETAIL else value.without_detail()).to_json()
        for value in values
    ]


def keep_night(day: date) -> bool:
    """Do the night's work once a day: keep the month, show others the newest values.

    Claimed first, then worked out while nobody is kept from writing, then stored; a night that
    fails gives its claim back. Tells whether it was done now; somebody else may have been first.
    """
    before = _claim(day)
    if before is None:
        return False
    try:
        stands = standing(day)
        months = _months(day, before, stands)
        shown = _shown([*stands, *recent(day)]) if is_sharing() else None
        _store_night(months, shown, until=day)
    except BaseException:
        _give_back(day, before)
        raise
    return True


@one_transaction
def _claim(day: date) -> date | None:
    """Claim a night and have the next one come, whatever becomes of this one.

    Returns the day up to which the months are kept; None: the night is somebody else's.
    """
    Sharing.objects.bulk_create([Sharing(mall=current_mall())], ignore_conflicts=True)
    before: date | None = Sharing.objects.values_list("kept_on", flat=True).get()
    if before is not None and before >= day:
        return None
    if not Sharing.objects.filter(kept_on=before).update(kept_on=day):
        return None
    _tonight()
    return before or day - timedelta(days=1)


@one_transaction
def _give_back(day: date, before: date) -> None:
    Sharing.objects.filter(kept_on=day).update(kept_on=before)


@one_transaction
def _store_night(
    months: Mapping[date, Sequence[Value]], shown: list[dict[str, Any]] | None, *, until: date
) -> None:
    _store(months)
    if shown is not None:
        # Who stopped sharing meanwhile stays silent.
        Sharing.objects.filter(shares=True).update(values=shown, until=until)


def keep_months(last: date, months: int) -> int:
    """Keep the values of the months up to a day's; return how many values were written.

    Of earlier months only what happened in them: what the mall was then, nobody wrote down.
    """
    since = last.replace(day=1)
    for _month in range(months - 1):
        since = _month_before(since)
    before = min(since, last - timedelta(days=1))
    return one_transaction(_store)(_months(last, before, standing(last)))


def _months(day: date, before: date, stands: Sequence[Value]) -> dict[date, list[Value]]:
    """Return a day's month so far, and whole those that ended since they were kept before."""
    first = day.replace(day=1)
    found = {first: [*stands, *in_days(first, day)]}
    while first > before:
        end, first = first - timedelta(days=1), _month_before(first)
        found[first] = in_days(first, end)
    return found


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


@inside_transaction
def _store(months: Mapping[date, Sequence[Value]]) -> int:
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
        for month, values in months.items()
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
