"""The published order of calling: a new version, never a change of an old one."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions.calling import rule_in_force
from gerai.queue.models import Rule
from gerai.transactions import inside_transaction, one_transaction, refused_as

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


@refused_as(RuleChanged)
@one_transaction
def publish_rule(*, by: audit.Actor, **numbers: int) -> Rule:
    """Put a new version of the mall's order of calling in force at once.

    numbers: all of `BOUNDS`.

    :raises BadRule: a number is missing, unknown or outside its bounds
    :raises RuleChanged: another version was published at the same moment
    """
    return write_rule(numbers, by=by)


@inside_transaction
def write_rule(numbers: Mapping[str, int], *, by: audit.Actor) -> Rule:
    """Put a new version in force, as part of a larger change. numbers: all of `BOUNDS`.

    :raises BadRule: a number is missing, unknown or outside its bounds
    """
    if set(numbers) != set(BOUNDS):
        raise BadRule
    if any(not low <= numbers[name] <= high for name, (low, high) in BOUNDS.items()):
        raise BadRule
    rule: Rule = Rule.objects.create(
        mall=current_mall(),
        version=rule_in_force().version + 1,
        since=clock.now(),
        **numbers,
    )
    audit.record("queue.rule", thing=f"rule:{rule.version}", by=by, **numbers)
    publish("queue.rule", f"rule:{rule.version}")
    return rule
