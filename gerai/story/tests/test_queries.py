"""A day read from the rows, told in words, drawn, and given to the browser."""

import json
from datetime import timedelta

from gerai.queue.models import Ticket
from gerai.queue.states import State
from gerai.queue.tests.factories import a_ticket
from gerai.story.queries.charts import curves_of, small_of
from gerai.story.queries.days import days_for, past_days, showing
from gerai.story.queries.moves import GONE, SERVED, moves_of
from gerai.story.queries.pictures import counter_state, house_picture, still
from gerai.story.queries.records import record_of
from gerai.story.queries.telling import telling_of
from gerai.story.queries.words import story_of
from gerai.story.tests.factories import MONDAY

NINE = 9 * 3600


def minute(after_nine: int) -> int:
    return NINE + 60 * after_nine


def test_a_day_that_is_over_is_found_by_its_counters(house):
    assert past_days(5) == [MONDAY]
    days = days_for(is_staff=False)
    assert (days.days, days.first, days.has_today) == ((MONDAY,), MONDAY, True)


def test_the_record_tells_who_came_and_waited(house):
    record = record_of(MONDAY)

    assert (record.came, len(record.tracks), record.is_today) == (3, 3, False)
    assert (record.begins, record.ends) == (NINE, minute(45))
    assert [record.waiting.at(minute(m)) for m in (-1, 0, 5, 10, 20, 31, 40)] == [
        0,
        1,
        2,
        3,
        2,
        1,
        0,
    ]
    assert record.waiting.peak == (minute(10), 3)
    assert [record.opened.at(minute(m)) for m in (-1, 0, 44, 45, 59)] == [0, 1, 1, 0, 0]


def test_a_counter_is_serving_open_paused_or_shut(house):
    sittings = record_of(MONDAY).sittings
    sitting = sittings[house.counter.pk]

    told = [counter_state(sitting, minute(m), is_serving=m == 25) for m in (-1, 10, 25, 50, 60, 70)]
    assert told == ["shut", "open", "serving", "paused", "shut", "shut"]
    assert counter_state(None, minute(10), is_serving=False) == "shut"


def test_a_still_draws_and_counts_everybody(house):
    record = record_of(MONDAY)
    picture = house_picture(record)
    drawn = still(record, picture, minute(25))

    assert (drawn.waiting, drawn.serving, drawn.served, drawn.open) == (2, 1, 0, 1)
    looks = [thing.look for storey in drawn.storeys for thing in storey]
    assert sorted(looks) == [
        "officer",
        "serving",  # the counter, and who stands there
        "serving",
        "shut",
        "waiting",
        "waiting",
    ]
    later = still(record, picture, minute(36))
    assert (later.waiting, later.serving, later.served) == (1, 0, 1)
    assert "absent" in [thing.look for storey in later.storeys for thing in storey]


def test_the_day_is_told_in_sentences(house):
    assert story_of(record_of(MONDAY)) == [
        "Senin, 23 November 2026: 3 orang datang; paling ramai pukul 09.10, 3 orang menunggu.",
        "Separuh pengunjung dipanggil dalam 23 menit, sembilan dari sepuluh dalam 25 menit.",
        "Paling banyak 1 loket buka bersamaan.",
        f"Nomor terbanyak: {house.agency.short_name}, 3 nomor.",
        "1 nomor selesai dilayani, 1 pergi atau tidak hadir ketika dipanggil.",
    ]


def test_the_telling_has_scenes_a_table_and_each_agency(house):
    told = telling_of(record_of(MONDAY))

    assert [scene.time for scene in told.scenes if scene.is_peak] == ["09.10"]
    assert told.opening.caption == (
        "saat paling ramai, 3 orang menunggu, 0 sedang dilayani, 1 loket buka, 0 sudah selesai"
    )
    assert [(row.time, row.came, row.waiting, row.served) for row in told.rows] == [
        ("09.00", 3, 3, 0),
        ("09.15", 0, 3, 0),
        ("09.30", 0, 2, 1),
    ]
    assert [(row.small.name, row.small.came, row.most_at) for row in told.smalls] == [
        (house.agency.short_name, 3, "09.10")
    ]


def test_the_file_of_moves_counts_the_same_and_names_nobody(house):
    text = moves_of(record_of(MONDAY))
    told = json.loads(text)

    assert len(told["figures"]) == 3
    endings = sorted(figure[1][-1] for figure in told["figures"])
    assert endings == [5, SERVED, GONE]  # the absent one was never cleared away
    assert told["busiest"] == minute(10)
    for ticket in Ticket.objects.select_related("visit"):
        for secret in (ticket.label, ticket.visit.token, ticket.visit.code, ticket.rating_token):
            assert not secret or f'"{secret}"' not in text
    assert {name for figure in told["figures"] for name in map(type, figure[0] + figure[1])} == {
        int
    }


def test_the_file_of_moves_leads_to_the_same_places(house):
    """What a browser reads between two points is what the server draws."""
    record = record_of(MONDAY)
    told = json.loads(moves_of(record))

    for track, (way, _states) in zip(record.tracks, told["figures"], strict=True):
        moments, at = [], 0
        for step in way[::2]:
            at += step
            moments.append(at)
        for moment, point in zip(moments[:-1], way[1::2], strict=False):
            floor, x, y = told["points"][point]
            there = track.place(moment)
            assert there is not None
            assert (there[0], round(there[1]), round(there[2])) == (floor, x, y)


def test_today_ends_now_and_everybody_who_is_there_stands(house, tuesday):
    a_ticket(house.line)
    tuesday.shift(600)
    record = record_of(MONDAY + timedelta(days=1))

    assert (record.is_today, record.until, record.came) == (True, minute(10), 1)
    assert record.waiting.at(minute(9)) == 1
    assert record.lives[0].ending is None
    assert record.lives[0].stays[-1].state == State.WAITING


def test_the_curves_of_today_end_now_and_do_not_fall(house, tuesday):
    a_ticket(house.line)
    tuesday.shift(600)
    record = record_of(MONDAY + timedelta(days=1))

    assert (record.begins, record.until, record.ends) == (NINE, minute(10), minute(15))
    # One waits from nine on; ten of fifteen minutes are 444 of 666 units.
    assert curves_of(record).waiting_line == "M40 26H484"
    assert [small.path for small in small_of(record)] == ["M0 60V2H133.3V60Z"]


def test_a_mall_that_never_chose_shows_its_last_day(mall):
    row = showing()

    assert (row.is_public, row.has_today, row.last_days, row.chosen_day) == (True, True, 1, None)
    assert days_for(is_staff=False).first is None
