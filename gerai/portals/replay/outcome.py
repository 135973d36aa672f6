"""What came out of a replay, as the product's own report and step log tell it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gerai import clock
from gerai.malls.scope import in_mall
from gerai.portals.replay.building import Building
from gerai.portals.replay.record import Record, Session
from gerai.queue.models import Step, Ticket
from gerai.queue.queries.places import durations_of
from gerai.queue.queries.reports import WaitingReport, summary, waiting_report
from gerai.queue.rules import Durations
from gerai.queue.states import State, Verb

CUSTOMER_COLUMNS = (
    "date",
    "session",
    "line",
    "number",
    "counter",
    "arrival",
    "call",
    "start",
    "end",
    "wait_s",
)


@dataclass(frozen=True)
class Played:
    """A session with the mall day that it was played on, and by how much it was moved."""

    session: Session
    day: date
    shift: timedelta


def outcome(building: Building, record: Record, played: Sequence[Played]) -> dict[str, object]:
    """Return the result of a replay, ready for JSON: seconds, shares of 1."""
    with in_mall(building.mall):
        told = [
            (
                each,
                waiting_report(each.day, building.line),
                _not_called(building, each.day),
            )
            for each in played
        ]
        everybody = [wait for each in played for wait in _durations(building, each.day)]
    whole = told[0][1] if len(told) == 1 else summary(everybody)
    result: dict[str, object] = {
        **_report(whole),
        "not_called": sum(not_called for _each, _report, not_called in told),
        "refused": [{"line": refusal.line, "reason": refusal.reason} for refusal in record.refused],
    }
    if record.has_sessions:
        result["sessions"] = [
            _session(each.session, report, not_called) for each, report, not_called in told
        ]
    return result


def customers(building: Building, played: Sequence[Played]) -> Iterator[dict[str, object]]:
    """Yield what happened to each customer, in the columns of CUSTOMER_COLUMNS.

    Times are those of the recording; empty where something did not happen.
    """
    with in_mall(building.mall):
        for each in played:
            yield from _customers_of(building, each)


def _report(report: WaitingReport) -> dict[str, object]:
    return {
        "customers": report.customers,
        "wait_s": {
            "mean": round(report.mean_s, 3),
            "median": round(report.median_s, 3),
            "max": round(report.max_s, 3),
        },
        "share_waiting": round(report.share_waiting, 4),
    }


def _session(session: Session, report: WaitingReport, not_called: int) -> dict[str, object]:
    result: dict[str, object] = {
        "date": session.day.isoformat() if session.day else None,
        "session": session.name,
        **_report(report),
        "servers": session.servers,
        "not_called": not_called,
    }
    if session.calls is not None:
        result["recorded_wait_s"] = _rounded(session.recorded_wait_s)
        result["recorded_wait_per_customer_s"] = _rounded(session.recorded_wait_per_customer_s)
    return result


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _not_called(building: Building, day: date) -> int:
    return Ticket.objects.filter(line=building.line, day=day, times_called=0).count()


def _durations(building: Building, day: date) -> list[Durations]:
    called = Ticket.objects.filter(line=building.line, day=day, times_called__gt=0)
    return list(durations_of(list(called.values_list("pk", flat=True))).values())


def _customers_of(building: Building, played: Played) -> Iterator[dict[str, object]]:
    session = played.session
    tickets = Ticket.objects.filter(line=building.line, day=played.day).order_by("number")
    steps: dict[int, dict[str, datetime]] = {ticket.pk: {} for ticket in tickets}
    for ticket_id, verb, at in (
        Step.objects.filter(ticket__in=tickets)
        .order_by("pk")
        .values_list("ticket_id", "verb", "at")
    ):
        steps[ticket_id][verb] = at
    waits = durations_of(list(steps))
    codes = dict(tickets.values_list("pk", "counter__code"))
    midnight = clock.at(played.day, 0, 0, building.mall.zone) + played.shift
    for customer, ticket in zip(session.customers, tickets, strict=True):
        moments = steps[ticket.pk]
        yield {
            "date": session.day.isoformat() if session.day else "",
            "session": session.name or "",
            "line": customer.line,
            "number": ticket.label,
            "counter": codes[ticket.pk] or "",
            "arrival": _wall_time(moments, Verb.TAKE, midnight),
            "call": _wall_time(moments, Verb.CALL, midnight),
            "start": _wall_time(moments, Verb.START, midnight),
            "end": _wall_time(moments, Verb.FINISH, midnight),
            "wait_s": "" if ticket.state == State.WAITING else round(waits[ticket.pk].waiting, 3),
        }


def _wall_time(moments: Mapping[str, datetime], verb: Verb, midnight: datetime) -> str:
    """Return the time of a step as the recording counts it: past midnight it goes on from 24."""
    if verb not in moments:
        return ""
    seconds = (moments[verb] - midnight).total_seconds()
    whole = int(seconds)
    part = f"{seconds - whole:.3f}"[1:] if seconds != whole else ""
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{part}"
