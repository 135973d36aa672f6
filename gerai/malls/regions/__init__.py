"""Names of provinces and regencies by their official code."""

import csv
from functools import cache
from importlib.resources import files


@cache
def region_names() -> dict[str, str]:
    """Return code → name for the 38 provinces ("73") and 514 regencies ("73.11")."""
    names: dict[str, str] = {}
    for file in ("provinces.csv", "regencies.csv"):
        with (files(__package__) / file).open(encoding="utf-8") as lines:
            names |= {row["code"]: row["name"] for row in csv.DictReader(lines)}
    return names
