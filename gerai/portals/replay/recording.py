"""A file of a recorded day, in whichever of the two forms it is. Pure."""

from gerai.portals.replay.record import Record
from gerai.portals.replay.snapshots import is_snapshots, read_snapshots
from gerai.portals.replay.table import read_table
from gerai.portals.replay.visits import read_visits


def read_recording(content: bytes, *, counters: int | None = None) -> Record:
    """Return what a file recorded.

    counters: the number of counters to play with, instead of the recorded one.

    :raises UnreadableFile: the file cannot be taken; the message says what to do
    """
    table = read_table(content)
    if is_snapshots(table):
        return read_snapshots(table, counters=counters)
    return read_visits(table, counters=counters)
