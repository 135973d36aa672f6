"""What each line promises: its own longest wait, or the mall's."""

from gerai.pulse.models import LineLimit
from gerai.pulse.rules import Promise
from gerai.queue.models import Line


def own_waits() -> dict[int, int]:
    """Return line → the minutes it promises, of the lines that have a promise of their own."""
    return dict(LineLimit.objects.values_list("line", "wait_min"))


def lines_with_promises() -> list[tuple[Line, Promise | None]]:
    """Return each line by its code, those in use first, with its own promise, in two queries."""
    rows = LineLimit.objects.values_list("line", "wait_min", "wait_source")
    own = {line: Promise(minutes, source) for line, minutes, source in rows}
    lines = Line.objects.select_related("agency").order_by("-is_active", "code")
    return [(line, own.get(line.pk)) for line in lines]
