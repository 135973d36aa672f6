"""The sample's limits of alarms; the promises are invented and say so."""

from gerai.people import audit
from gerai.portals.sample.house import SAMPLE
from gerai.pulse.actions import set_limits, set_promises
from gerai.pulse.models import Limits, LineLimit
from gerai.pulse.rules import MallLimits, Promise
from gerai.queue.models import Line

# Code of a line → the minutes it promises: Samsat is quicker than the mall, Imigrasi slower.
PROMISES = {"F": 20, "H": 120}


def make_limits() -> bool:
    """Set them, once."""
    if Limits.objects.exists() or LineLimit.objects.exists():
        return False
    set_limits(None, MallLimits(30, SAMPLE, empty_min=5, again_min=15), by=audit.SYSTEM)
    lines = Line.objects.filter(code__in=PROMISES)
    set_promises(
        {line: (None, Promise(PROMISES[line.code], SAMPLE)) for line in lines}, by=audit.SYSTEM
    )
    return True
