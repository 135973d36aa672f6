"""Why it is open or closed."""

from enum import StrEnum


class Reason(StrEnum):
    """Why it is open or closed.

    OPEN: tickets are taken and people are called.
    NOT_OPENED_YET: the mall is still being founded.
    EMERGENCY: an emergency was declared; ``name`` says which. Numbers that were given stay valid.
    NOT_ITS_DAY: the agreement with the agency names other weekdays.
    NOT_A_WORKING_DAY: the hours in force have nothing on this weekday.
    HOLIDAY: a national holiday; ``name`` says which.
    JOINT_LEAVE: joint leave, in a mall which observes it; ``name`` says which.
    SPECIAL_CLOSURE: the operator closed this date; ``name`` is the operator's reason.
    BEFORE_OPENING: today, but later.
    CLOSED_FOR_A_WHILE: closed by its officer with approval, until ``until``; ``name`` says why.
    FRIDAY_PRAYER: the break of Fridays; it goes on at ``opens_at``.
    BREAK: a break inside the day; it goes on at ``opens_at``.
    AFTER_LAST_TICKET: who holds a ticket is still served, no new ticket is taken.
    NUMBERS_GONE: the day's numbers of this service were all given out; else as above.
    AFTER_CLOSING: over for today.
    COUNTER_PAUSED: the officer will be back; tickets are still taken.
    COUNTER_CLOSED: the counter is not staffed; no ticket is taken for it.
    """

    OPEN = "open"
    NOT_OPENED_YET = "not_opened_yet"
    EMERGENCY = "emergency"
    NOT_ITS_DAY = "not_its_day"
    NOT_A_WORKING_DAY = "not_a_working_day"
    HOLIDAY = "holiday"
    JOINT_LEAVE = "joint_leave"
    SPECIAL_CLOSURE = "special_closure"
    BEFORE_OPENING = "before_opening"
    CLOSED_FOR_A_WHILE = "closed_for_a_while"
    FRIDAY_PRAYER = "friday_prayer"
    BREAK = "break"
    AFTER_LAST_TICKET = "after_last_ticket"
    NUMBERS_GONE = "numbers_gone"
    AFTER_CLOSING = "after_closing"
    COUNTER_PAUSED = "counter_paused"
    COUNTER_CLOSED = "counter_closed"
