"""The judge of a run: what clients were told, beside what the database holds afterwards.

It uses no code of the product: its own plain SQL, its own table of the moves that a desk may
make. Times are seconds since 1970. The clients' log holds one fact a line:

    ask      who key line            a client presses for a number, for the first time
    told     who key token label     an answer gave this number (label "": only its page's address)
    asked_again  who key             a client sends the same once more
    desk     who counter ticket label state   an officer's page shows this number in this state
    done     who counter ticket      the officer's press to finish was answered
    said     who zone sequence label a screen has said this call to its end
    slip     token                   paper with this code came out whole
    returned                         Valkey is about to be back
    listens  who                     a page's stream is open
    loses    who                     it is not any more
    again    who                     that page was told to look again
"""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

Fact = dict[str, Any]
Row = dict[str, Any]

# verb → from which states → to which. Only what the clients of a run can bring about.
LEGAL: dict[str, dict[str | None, str]] = {
    "print_done": {"printing": "waiting"},
    "print_drop": {"printing": "dropped"},
    "call": {"waiting": "called"},
    "recall": {"called": "called"},
    "start": {"called": "serving"},
    "miss": {"called": "absent"},
    "finish": {"serving": "done"},
}
FIRST = {"waiting", "printing"}
AT_THE_COUNTER = {"called", "serving"}
# What a stream that was open may take to hear that Valkey is back.
HEARS_WITHIN = 10.0


@dataclass(frozen=True)
class Finding:
    """Something that must not be. kind: one of `KINDS`."""

    kind: str
    words: str


@dataclass(frozen=True)
class Evidence:
    """The log, and the rows of one mall, each table in the order of its keys."""

    log: list[Fact]
    visits: list[Row]
    tickets: list[Row]
    steps: list[Row]
    days: list[Row]
    calls: list[Row]
    jobs: list[Row]
    deeds: list[Row]

    def facts(self, what: str) -> Iterator[Fact]:
        """Return the facts of a kind, in the order of the log."""
        return (fact for fact in self.log if fact["what"] == what)


QUERIES = {
    "visits": "SELECT id, idempotency_key AS key, token"
    " FROM queue_visit WHERE mall_id = {} ORDER BY id",
    "tickets": "SELECT id, visit_id, line_id, day, number, label, state, counter_id, came_from_id"
    " FROM queue_ticket WHERE mall_id = {} ORDER BY id",
    "steps": "SELECT id, ticket_id, verb, state, at, counter_id, reason"
    " FROM queue_step WHERE mall_id = {} ORDER BY id",
    "days": "SELECT line_id, day, last_number FROM queue_lineday WHERE mall_id = {} ORDER BY id",
    "calls": "SELECT id, zone_id, sequence, ticket_id, times, speech"
    " FROM queue_call WHERE mall_id = {} ORDER BY zone_id, sequence, id",
    "jobs": "SELECT id, ticket_id, copy, state, sent, reason"
    " FROM printing_printjob WHERE mall_id = {} ORDER BY id",
    "deeds": "SELECT verb, thing FROM people_deed WHERE mall_id = {} AND thing LIKE 'ticket:%'",
}


def read(address: str, mall: int, log: list[Fact]) -> Evidence:
    """Read the rows of a mall. address: postgres://…, or the path of an SQLite file."""
    rows = {name: _rows(address, query.format(int(mall))) for name, query in QUERIES.items()}
    return Evidence(log=log, **rows)


def _rows(address: str, query: str) -> list[Row]:
    if address.startswith("postgres"):
        import psycopg
        from psycopg.rows import dict_row

        with psycopg.connect(address, row_factory=dict_row) as line:
            return list(line.execute(query.encode()))
    with sqlite3.connect(address) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute(query)]


def check(evidence: Evidence) -> list[Finding]:
    """Return everything that must not be."""
    return [Finding(*found) for judge in JUDGES for found in judge(evidence)]


Found = Iterator[tuple[str, str]]


def numbers_told(evidence: Evidence) -> Found:
    """Whatever was acknowledged is there, as it was told, once."""
    by_key = _grouped(evidence.visits, "key")
    tickets = _grouped(_first_places(evidence), "visit_id")
    told: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, set[str]] = defaultdict(set)
    for fact in evidence.facts("told"):
        key, token, label = fact["key"], fact["token"], fact["label"]
        told[key].add(token)
        if label:
            labels[key].add(label)
        found = [visit for visit in by_key[key] if visit["token"] == token]
        if not found:
            yield "lost", f"{fact['who']} was told {label or token} for {key}; it is not there"
            continue
        stored = {ticket["label"] for ticket in tickets[found[0]["id"]]}
        if label and label not in stored:
            yield "altered", f"{key} was told {label}; the database says {sorted(stored)}"
    for key, tokens in told.items():
        if len(tokens) > 1 or len(labels[key]) > 1:
            yield "told_twice", f"{key} was told different numbers: {sorted(tokens | labels[key])}"
    for kind, of_keys in (("token", told), ("label", labels)):
        shared = Counter(one for each in of_keys.values() for one in each)
        for one, times in shared.items():
            if times > 1:
                yield "shared", f"the {kind} {one} was told for {times} keys"


def once_each(evidence: Evidence) -> Found:
    """One press of a button is one visit with one number, and nobody else's."""
    asked = {fact["key"] for fact in evidence.facts("ask")}
    for key, visits in _grouped(evidence.visits, "key").items():
        if len(visits) > 1:
            yield "doubled", f"{key} has {len(visits)} visits"
        if key not in asked:
            yield "unasked", f"nobody pressed for {key}"
    places = Counter(ticket["visit_id"] for ticket in _first_places(evidence))
    for visit in evidence.visits:
        if places[visit["id"]] != 1:
            yield "doubled", f"{visit['key']} has {places[visit['id']]} numbers"


def numbers_in_a_row(evidence: Evidence) -> Found:
    """The numbers of a line's day are 1, 2, 3 … to the last one given; dropped ones stay."""
    given = _grouped(_first_places(evidence), "line_id", "day")
    last = {(row["line_id"], str(row["day"])): row["last_number"] for row in evidence.days}
    for where in {**given, **last}:
        count = Counter(ticket["number"] for ticket in given.get(where, []))
        for number, times in count.items():
            if times > 1:
                yield "number_twice", f"line {where[0]}: {number} was given {times} times"
        missing = sorted(set(range(1, last.get(where, 0) + 1)) - set(count))
        if missing:
            yield "number_skipped", f"line {where[0]}: {missing} of {last.get(where, 0)}"
        beyond = sorted(number for number in count if not 1 <= (number or 0) <= last.get(where, 0))
        if beyond:
            yield "number_skipped", f"line {where[0]}: {beyond} lie behind its last number"


def first_come(evidence: Evidence) -> Found:
    """Who pressed after another one had the answer has a later number of the line."""
    numbers = {}
    visits = {visit["id"]: visit["key"] for visit in evidence.visits}
    for ticket in _first_places(evidence):
        numbers[visits.get(ticket["visit_id"])] = (ticket["line_id"], ticket["number"] or 0)
    events = [
        (fact["at"], fact["what"] == "ask", fact["key"])
        for fact in evidence.log
        if fact["what"] in {"ask", "told"} and fact["key"] in numbers
    ]
    highest: dict[int, int] = defaultdict(int)
    for _at, is_ask, key in sorted(events):
        line, number = numbers[key]
        if not is_ask:
            highest[line] = max(highest[line], number)
        elif number < highest[line]:
            yield "out_of_order", f"{key} has {number}, though {highest[line]} was known before"


def legal_steps(evidence: Evidence) -> Found:
    """The steps of a number form a chain of legal moves, and its end is the number's state."""
    steps = _grouped(evidence.steps, "ticket_id")
    deeds = Counter((deed["verb"], deed["thing"]) for deed in evidence.deeds)
    for ticket in evidence.tickets:
        chain = steps.pop(ticket["id"], [])
        verbs = [step["verb"] for step in chain]
        if not chain or verbs[0] != "take" or chain[0]["state"] not in FIRST:
            yield "illegal_step", f"{ticket['label']} does not begin with being taken: {verbs}"
            continue
        for before, step in pairwise(chain):
            if LEGAL.get(step["verb"], {}).get(before["state"]) != step["state"]:
                yield "illegal_step", f"{ticket['label']}: {before['state']} by {step['verb']}"
        if chain[-1]["state"] != ticket["state"]:
            yield "state_differs", f"{ticket['label']} is {ticket['state']}, its steps say {verbs}"
        for verb, times in Counter(verbs).items():
            if deeds[f"queue.{verb}", f"ticket:{ticket['id']}"] != times:
                yield (
                    "deed_differs",
                    f"{ticket['label']}: {verb} {times} times, not so in the trail",
                )
    for stray in steps:
        yield "illegal_step", f"steps of {stray}, which is not there"


def one_at_a_counter(evidence: Evidence) -> Found:
    """A counter has one number at a time."""
    there: dict[int, int] = {}
    for step in evidence.steps:
        counter, ticket = step["counter_id"], step["ticket_id"]
        if counter is None:
            continue
        if there.get(counter, ticket) != ticket:
            yield "two_at_once", f"counter {counter}: {ticket} while {there[counter]} was there"
        if step["state"] in AT_THE_COUNTER:
            there[counter] = ticket
        else:
            there.pop(counter, None)


def desks_told(evidence: Evidence) -> Found:
    """What an officer's page showed, and what it acknowledged, happened."""
    steps = _grouped(evidence.steps, "ticket_id")
    labels = {ticket["id"]: ticket["label"] for ticket in evidence.tickets}
    for fact in evidence.facts("desk"):
        is_so = any(
            step["state"] == fact["state"]
            and step["counter_id"] == fact["counter"]
            and _seconds(step["at"]) <= fact["at"] + 1
            for step in steps[fact["ticket"]]
        )
        if not is_so or labels.get(fact["ticket"]) != fact["label"]:
            yield "desk_deceived", f"{fact['who']} was shown {fact['label']} as {fact['state']}"
    for fact in evidence.facts("done"):
        if not any(step["verb"] == "finish" for step in steps[fact["ticket"]]):
            yield "lost", f"{fact['who']} finished {fact['ticket']}; the database does not know"


def calls_spoken(evidence: Evidence) -> Found:
    """Each call is numbered without gap in its zone, and said to its end once."""
    said: dict[tuple[int, int], list[Fact]] = defaultdict(list)
    order: dict[int, list[int]] = defaultdict(list)
    for fact in evidence.facts("said"):
        said[fact["zone"], fact["sequence"]].append(fact)
        order[fact["zone"]].append(fact["sequence"])
    for zone, sequences in order.items():
        for earlier, later in pairwise(sequences):
            if later < earlier:
                yield "spoken_out_of_order", f"zone {zone}: {later} after {earlier}"
    labels = {ticket["id"]: ticket["label"] for ticket in evidence.tickets}
    for zone, calls in _grouped(evidence.calls, "zone_id").items():
        sequences = [call["sequence"] for call in calls]
        if sequences != list(range(1, len(calls) + 1)):
            yield "call_skipped", f"zone {zone}: {sequences}"
        for call in calls:
            heard = said.pop((zone, call["sequence"]), [])
            name = f"call {call['sequence']} of zone {zone}"
            if len(heard) > 1:
                yield "spoken_twice", f"{name}: {[fact['who'] for fact in heard]}"
            if not heard or call["speech"] != "spoken":
                yield "unspoken", f"{name} is {call['speech']}, said {len(heard)} times"
            for fact in heard:
                if fact["label"] != labels.get(call["ticket_id"]):
                    yield "altered", f"{name} was said as {fact['label']}"
    for zone, sequence in said:
        yield "spoken_unasked", f"call {sequence} of zone {zone} was said and is not there"


def calls_announced(evidence: Evidence) -> Found:
    """Each step that calls a number has its call, and no call is without."""
    wanted = Counter(
        step["ticket_id"] for step in evidence.steps if step["verb"] in {"call", "recall"}
    )
    made = Counter(call["ticket_id"] for call in evidence.calls)
    for ticket in {**wanted, **made}:
        if wanted[ticket] != made[ticket]:
            yield (
                "unannounced",
                f"{ticket}: {wanted[ticket]} times called, {made[ticket]} announced",
            )


def paper_settled(evidence: Evidence) -> Found:
    """A number on paper counts or was dropped with a reason; a slip came out at most once."""
    reasons = {step["ticket_id"]: step["reason"] for step in evidence.steps if step["reason"]}
    for ticket in evidence.tickets:
        if ticket["state"] == "printing":
            yield "paper_undecided", f"{ticket['label']} neither counts nor is dropped"
        if ticket["state"] == "dropped" and not reasons.get(ticket["id"]):
            yield "paper_unexplained", f"{ticket['label']} was dropped and nothing says why"
    for job in evidence.jobs:
        if job["state"] not in {"done", "dropped"}:
            yield "paper_undecided", f"slip {job['id']} is {job['state']}"
    tokens = {visit["id"]: visit["token"] for visit in evidence.visits}
    visits = {ticket["id"]: tokens.get(ticket["visit_id"]) for ticket in evidence.tickets}
    out = Counter(fact["token"] for fact in evidence.facts("slip"))
    sent = Counter(visits.get(job["ticket_id"]) for job in evidence.jobs if job["sent"])
    for token, times in out.items():
        if times > sent[token]:
            yield "paper_twice", f"{token} came out {times} times, sent {sent[token]} times"
    sure = {visits.get(job["ticket_id"]) for job in evidence.jobs if "memastikan" in job["reason"]}
    for job in evidence.jobs:
        token = visits.get(job["ticket_id"])
        if job["state"] == "done" and token in sure and not out[token]:
            yield "paper_lost", f"the paper of {token} is said to be out, and is not"


def pages_hear_again(evidence: Evidence) -> Found:
    """A page that listens is told to look again, soon after Valkey is back."""
    told = [(fact["who"], fact["at"]) for fact in evidence.facts("again")]
    for who, since, until in _open_streams(evidence):
        for back in evidence.facts("returned"):
            latest = back["at"] + HEARS_WITHIN
            if not (since <= back["at"] and latest <= until):
                continue
            if not any(each == who and back["at"] <= at <= latest for each, at in told):
                yield "deaf", f"{who} heard nothing of Valkey's return"


def _open_streams(evidence: Evidence) -> Iterator[tuple[str, float, float]]:
    opened: dict[str, float] = {}
    for fact in evidence.log:
        who = fact["who"]
        if fact["what"] == "listens":
            opened[who] = fact["at"]
        elif fact["what"] == "loses" and who in opened:
            yield who, opened.pop(who), fact["at"]
    for who, since in opened.items():
        yield who, since, evidence.log[-1]["at"]


JUDGES: tuple[Callable[[Evidence], Found], ...] = (
    numbers_told,
    once_each,
    numbers_in_a_row,
    first_come,
    legal_steps,
    one_at_a_counter,
    desks_told,
    calls_spoken,
    calls_announced,
    paper_settled,
    pages_hear_again,
)


def _first_places(evidence: Evidence) -> list[Row]:
    return [ticket for ticket in evidence.tickets if ticket["came_from_id"] is None]


def _grouped(rows: Iterable[Row], *names: str) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        key = tuple(str(row[name]) if name == "day" else row[name] for name in names)
        found[key if len(names) > 1 else key[0]].append(row)
    return found


def _seconds(moment: Any) -> float:
    if isinstance(moment, datetime):
        return moment.timestamp()
    read = datetime.fromisoformat(re.sub(r"\+00:00$", "", str(moment)))
    return read.replace(tzinfo=UTC).timestamp()
