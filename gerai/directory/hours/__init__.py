"""Open or closed, and why: the one place that answers it.

Kiosk, phone, desk, screens and tests all ask ``opening``. Two ordered lists of small rules give
the answer, the first rule with an opinion wins:

===== ================================ ==============================================
order rule                             answer
===== ================================ ==============================================
0     the mall is being founded        NOT_OPENED_YET
1     an emergency is declared         EMERGENCY
2     special day of the agency        SPECIAL_CLOSURE, other hours, or open
3     duty days of its agreement       NOT_ITS_DAY
4     special day of the mall          SPECIAL_CLOSURE, other hours, or open
5     national holiday                 HOLIDAY
6     joint leave                      JOINT_LEAVE, where the mall observes it
7     season of the agency             the season's hours, or NOT_A_WORKING_DAY
8     season of the mall               the same
9     weekly hours of the agency       these hours, or NOT_A_WORKING_DAY
10    weekly hours of the mall         the same
11    Friday prayer                    a break of the day's hours
12    the clock against the hours      BEFORE_OPENING, AFTER_CLOSING
13    a closing that was approved      CLOSED_FOR_A_WHILE
14    break                            FRIDAY_PRAYER, BREAK
15    last ticket                      AFTER_LAST_TICKET
16    numbers of the day               NUMBERS_GONE
17    state of the counter             COUNTER_PAUSED, COUNTER_CLOSED
18    nothing of the above             OPEN
===== ================================ ==============================================

Rule 0 (``not_opened_yet``) is asked before all others. Rules 2 to 11 (``days``) choose the plan
of a day, 12 to 18 (``moments``) place a moment in it. A further reason is a further function in
one of the two lists.

A season of the mall gives an agency with weekly hours of its own no weekday that these lack.
A Friday prayer that meets a break makes one break with it, and cuts hours that it overlaps.

Pure: no Django, no clock. Moments are local to the mall and aware.
"""

from gerai.directory.hours.days import DayPlan, day_plan, week_in_force, working_days
from gerai.directory.hours.moments import CounterState, Opening, not_opened_yet, opening
from gerai.directory.hours.reasons import Reason
from gerai.directory.hours.timetable import (
    LOOK_AHEAD_DAYS,
    PATTERNS,
    Calendar,
    Closing,
    DayHours,
    Duty,
    FridayBreak,
    Season,
    SpecialDay,
    SpecialKind,
    Week,
    pattern_week,
    week_from_json,
    week_to_json,
)

__all__ = [
    "LOOK_AHEAD_DAYS",
    "PATTERNS",
    "Calendar",
    "Closing",
    "CounterState",
    "DayHours",
    "DayPlan",
    "Duty",
    "FridayBreak",
    "Opening",
    "Reason",
    "Season",
    "SpecialDay",
    "SpecialKind",
    "Week",
    "day_plan",
    "not_opened_yet",
    "opening",
    "pattern_week",
    "week_from_json",
    "week_in_force",
    "week_to_json",
    "working_days",
]
