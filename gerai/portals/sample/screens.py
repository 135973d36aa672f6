"""What a sample mall's screens are set to: a softer noon, and a notice."""

from datetime import time, timedelta

from gerai import clock
from gerai.directory.queries import zones
from gerai.display import actions, queries
from gerai.display.rules import Span
from gerai.people import audit

NOON = Span(time(12), time(13), "voice", 60)
SHOWN_FOR = timedelta(days=365)


def make_screens() -> bool:
    """Set the zones' voices and announce something, where nobody has; tell whether."""
    if queries.notices():
        return False
    for zone in zones():
        actions.set_speech(zone, english="choice", has_gong=True, spans=[NOON], by=audit.SYSTEM)
    now = clock.now()
    actions.set_notice(
        None,
        text="Contoh: ruang laktasi dan tempat bermain anak ada di lantai 1.",
        text_en="Sample: nursing room and play corner are on floor 1.",
        zone=None,
        begins_at=now,
        ends_at=now + SHOWN_FOR,
        is_urgent=False,
        by=audit.SYSTEM,
    )
    return True
