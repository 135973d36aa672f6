"""Choosing what guests see of the mall's days."""

from datetime import date

from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.story.models import Showing
from gerai.transactions import one_transaction


@one_transaction
def choose(
    *, is_public: bool, has_today: bool, last_days: int, chosen_day: date | None, by: audit.Actor
) -> Showing:
    """Set what guests see; last_days, chosen_day as in `Showing`."""
    values = {
        "is_public": is_public,
        "has_today": has_today,
        "last_days": last_days,
        "chosen_day": chosen_day,
    }
    row, _is_new = Showing.objects.update_or_create(mall=current_mall(), defaults=values)
    audit.record("story.choose", thing=f"mall:{row.mall_id}", by=by, is_public=is_public)
    publish("story.choose")
    return row
