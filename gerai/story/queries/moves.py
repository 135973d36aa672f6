"""A day's moves as one small document for the browser, which only draws between its points.

Nobody can be told from it: it holds no number, no service, no key of a ticket.
"""

import json
from typing import Any

from gerai.queue.states import AT_A_COUNTER, State
from gerai.story.queries.pictures import CounterPicture, HousePicture, house_picture
from gerai.story.queries.records import Record
from gerai.story.rules.house import Spot
from gerai.story.rules.tracks import Mark, Track
from gerai.story.shape.axonometry import AX, AY, BX, BY, Solid

# What a figure is, by number: the browser counts and colours by it.
COMING, WAITING, CALLED, SERVING, ASIDE, ABSENT, SERVED, GONE = range(8)
NUMBERS = {
    State.WAITING: WAITING,
    State.CALLED: CALLED,
    State.SERVING: SERVING,
    State.HELD: ASIDE,
    State.ABSENT: ABSENT,
    State.DONE: SERVED,
}


def moves_of(record: Record) -> str:
    """Return the document, as JSON.

    points: floor, x, y on the sheet. figures: for each the moments and points of its way, then
    the moments and numbers of its states; each moment counted from the one before it.
    """
    points: dict[Spot, int] = {}
    figures = [[_way(track, points), _states(track)] for track in record.tracks]
    told: dict[str, Any] = {
        "begins": record.begins,
        "ends": record.ends,
        "until": record.until if record.is_today else record.ends,
        "busiest": record.waiting.peak[0],
        **_house(record, house_picture(record)),
        "points": [[spot.floor, round(spot.x), round(spot.y)] for spot in points],
        "figures": figures,
    }
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False)


def _way(track: Track, points: dict[Spot, int]) -> list[int]:
    told: list[int] = []
    before = 0
    for mark in _without_middles(track.marks):
        told += [mark.at - before, points.setdefault(mark.spot, len(points))]
        before = mark.at
    return told


def _without_middles(marks: list[Mark]) -> list[Mark]:
    """Leave out moments in the midst of standing still."""
    return [
        mark
        for place, mark in enumerate(marks)
        if place in (0, len(marks) - 1)
        or not marks[place - 1].spot == mark.spot == marks[place + 1].spot
    ]


def _states(track: Track) -> list[int]:
    told: list[int] = []
    before = 0
    changes = [
        (stay.since, NUMBERS.get(stay.state, GONE)) for life in track.lives for stay in life.stays
    ]
    for life, after in zip(track.lives, [*track.lives[1:], None], strict=True):
        if life.ending is not None and (after is None or life.until < after.since):
            number = SERVED if life.ending == State.DONE else GONE
            changes.append((life.until, number))
    for at, number in sorted(changes):
        told += [at - before, number]
        before = at
    return told


def _house(record: Record, picture: HousePicture) -> dict[str, Any]:
    busy: dict[int, list[int]] = {counter.key: [] for counter in picture.counters}
    for track in record.tracks:
        for life in track.lives:
            for stay in life.stays:
                if stay.state in AT_A_COUNTER and stay.counter in busy:
                    busy[stay.counter] += [stay.since, stay.until]
    figure = picture.figure
    return {
        "view": [round(number, 1) for number in picture.size],
        "floors": [[ground.left, ground.top, ground.scale] for ground in picture.grounds],
        "axes": [AX, AY, BX, BY],
        "figure": {"body": figure.body, "y": float(figure.y), "radius": float(figure.radius)},
        "counters": [_counter(record, each, busy[each.key]) for each in picture.counters],
    }


def _counter(record: Record, drawn: CounterPicture, busy: list[int]) -> dict[str, Any]:
    sitting = record.sittings.get(drawn.key)
    return {
        "floor": drawn.floor,
        "depth": round(drawn.tall.depth, 1),
        "officer": drawn.officer,
        "code": drawn.code,
        "names": drawn.names,
        "at": [float(drawn.code_x), float(drawn.code_y)],
        "tall": _solid(drawn.tall, drawn.code_lies),
        "low": _solid(drawn.low, drawn.code_lies_low),
        "sign": drawn.sign_hangs,
        "open": sitting.open if sitting else [],
        "paused": sitting.paused if sitting else [],
        "busy": busy,
    }


def _solid(box: Solid, lies: str) -> list[str]:
    return [box.top, box.front, box.side, lies]
