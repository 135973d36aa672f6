"""The published order of calling: a new version, never a change of an old one."""

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions.calling import rule_in_force
from gerai.queue.models import Rule
from gerai.transactions import one_transaction

# What a version may say: lowest and highest.
BOUNDS: dict[str, tuple[int, int]] = {
    "priority_in_a_row": (0, 5),
    "recalls": (1, 5),
    "return_after": (0, 20),
    "undo_seconds": (0, 60),
}


class BadRule(Refused):
    """A number of the rule is outside its bounds."""

    message = _("Angka aturan di luar batas. Periksa setiap angka, lalu coba lagi.")
    status = 400


class RuleChanged(Refused):
    """Somebody else published a version at the same moment."""

    message = _("Aturan baru saja diubah orang lain. Lihat versi terbaru, lalu coba lagi.")


def publish_rule(*, by: audit.Actor, **numbers: int) -> Rule:
    """Put a new version of the mall's order of calling in force at once.

    numbers: all of `BOUNDS`.

    :raises BadRule: a number is missing, unknown or outside its bounds
    :raises RuleChanged: another version was published at the same moment
    """
    if set(numbers) != set(BOUNDS):
        raise BadRule
    if any(not low <= numbers[name] <= high for name, (low, high) in BOUNDS.items()):
        raise BadRule
    try:
        return _publish_rule(numbers, by=by)
    except IntegrityError as changed:
        raise RuleChanged from changed


@one_transaction
def _publish_rule(numbers: dict[str, int], *, by: audit.Actor) -> Rule:
    rule = Rule.objects.create(
        mall=current_mall(),
        version=rule_in_force().version + 1,
        since=clock.now(),
        **numbers,
    )
    audit.record("queue.rule", thing=f"rule:{rule.version}", by=by, **numbers)
    publish("queue.rule", f"rule:{rule.version}")
    return rule
