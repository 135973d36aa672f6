"""Run a command of Gerai as if it were another day: `python -m tests.journeys.then MOMENT …`.

The clock of the process is moved once and goes on from there; the browser keeps its own.
"""

import sys
from datetime import datetime

import time_machine

from config.command import main

if __name__ == "__main__":
    _, moment, *arguments = sys.argv
    sys.argv = ["gerai", *arguments]
    with time_machine.travel(datetime.fromisoformat(moment)):
        main()
