"""The sample's order of calling in versions, so that its pages have something to compare."""

from typing import Any, Final

from gerai.people import audit
from gerai.queue.actions.lines import begin_rule
from gerai.queue.actions.rule import publish_rule

# Invented: after how many minutes a waiting number goes first is each mall's to say.
VERSIONS: Final[tuple[dict[str, Any], ...]] = (
    {"limits": [{"minutes": 120}]},
    {"limits": [{"group": "priority", "minutes": 60}, {"minutes": 90}], "undo_seconds": 20},
)


def make_rules() -> bool:
    """Begin with the usual order and publish two changes of it, once."""
    if not begin_rule(by=audit.SYSTEM):
        return False
    for document in VERSIONS:
        publish_rule(document, by=audit.SYSTEM)
    return True
