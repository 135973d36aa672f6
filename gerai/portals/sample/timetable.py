"""Hours of a sample mall: always open, so that it can be tried at night and on holidays, or
office hours as malls usually keep them.
"""

from datetime import time

from gerai.directory.hours import DayHours

ALWAYS = "always"
OFFICE = "office"
CHOICES = (ALWAYS, OFFICE)

FRIDAY = 4

ALWAYS_WEEK = {
    weekday: DayHours(time(0), time(23, 59), last_ticket=time(23, 55)) for weekday in range(7)
}
OFFICE_WEEK = {
    **{
        weekday: DayHours(
            time(8), time(15), last_ticket=time(14, 30), breaks=((time(12), time(13)),)
        )
        for weekday in range(FRIDAY)
    },
    FRIDAY: DayHours(
        time(8), time(14, 30), last_ticket=time(14), breaks=((time(11, 30), time(13)),)
    ),
}
# In office hours some agencies keep their own: half a day, no break.
OWN_WEEKS = {
    "SAMSAT": {
        weekday: DayHours(time(8), time(12), last_ticket=time(11, 30)) for weekday in range(5)
    },
    "BPJSKES": {
        weekday: DayHours(time(9), time(14), last_ticket=time(13, 30)) for weekday in range(FRIDAY)
    },
}
