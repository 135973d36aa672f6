"""Long recorded days through the doors: a whole day at one nozzle, and two city offices."""

import csv
import json
import statistics

from django.core.management import call_command

from gerai.portals.replay.recording import read_recording

QUEUE_DAYS = 6


def replayed(capfd, *arguments):
    call_command("replay", *map(str, arguments), "--json")
    return json.loads(capfd.readouterr().out.splitlines()[-1])


def test_the_published_fuel_day_gives_the_published_waits(capfd, shared_data):
    with (shared_data / "queue" / "trace_checks.csv").open(encoding="utf-8") as file:
        told = next(row for row in csv.DictReader(file) if row["case"] == "itera_fuel_pertamax")

    result = replayed(capfd, shared_data / "queue" / "itera_fuel_pertamax.csv")

    assert (result["customers"], result["wait_s"], result["share_waiting"]) == (
        int(told["customers"]),
        {
            "mean": float(told["fifo_mean_wait_s"]),
            "median": float(told["fifo_median_wait_s"]),
            "max": float(told["fifo_max_wait_s"]),
        },
        float(told["fifo_share_waiting"]),
    )
    early = [row["line"] for row in result["refused"] if "sebelum datang" in row["reason"]]
    assert (early, len(result["refused"])) == ([33], 16)


def test_city_queue_days_wait_from_each_issue_to_its_call(capfd, shared_data):
    file = shared_data / "queue" / "warsaw_offices_5min_sample.csv.gz"
    recorded = read_recording(file.read_bytes()).sessions[:QUEUE_DAYS]

    result = replayed(capfd, file, "--limit", QUEUE_DAYS)

    expected = []
    for session in recorded:
        waits = [
            (call.moment - customer.arrival).total_seconds()
            for customer, call in zip(session.customers, session.calls, strict=False)
        ]
        expected.append((session.name, len(waits), round(statistics.fmean(waits), 3)))
    assert [
        (each["session"], each["customers"], each["wait_s"]["mean"]) for each in result["sessions"]
    ] == expected
