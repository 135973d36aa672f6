"""Slips on their way: claimed once, sent once, and what became of them written down.

A thread of the serving process sends, so no page waits for a printer. Whoever asks for a slip
starts one; a second one finds that the printer is busy, and that is all. What a process leaves
behind when it dies is found by the next: it may have been sent, so the visitor is asked.
"""

import logging
import threading
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction

from gerai import clock, later
from gerai.live.publish import publish
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall, in_mall
from gerai.people import audit
from gerai.printing import queries
from gerai.printing.actions import moves
from gerai.printing.models import Printer, PrintJob, Trouble
from gerai.printing.rules import (
    CONFIRM_WITHIN,
    LOOK_EVERY,
    SENDING_AT_MOST,
    TROUBLES,
    Condition,
    Outcome,
    Result,
)
from gerai.printing.states import State, Verb
from gerai.transactions import inside_transaction, one_transaction

LOST = "pengiriman terputus"
NEEDLESS = "nomor sudah dihitung tanpa kertas"
WATCH_AGAIN_AFTER = 3 * LOOK_EVERY

log = logging.getLogger(__name__)


def start(printer: Printer) -> None:
    """Let a thread work off the printer's slips, once this transaction is committed."""
    mall_id, key = printer.mall_id, printer.pk
    transaction.on_commit(
        lambda: threading.Thread(
            target=_in_a_thread, args=(mall_id, key), name=f"printer-{key}", daemon=True
        ).start()
    )


def _in_a_thread(mall_id: int, printer_id: int) -> None:
    try:
        with in_mall(Mall.objects.get(pk=mall_id)):
            work_off(Printer.objects.get(pk=printer_id))
    except Printer.DoesNotExist:
        pass
    except Exception:
        log.exception("printer %s", printer_id)
        raise
    finally:
        connection.close()


def work_off(printer: Printer) -> int:
    """Send the printer's slips one after another; return how many."""
    count = 0
    recover(printer)
    while (job := claim(printer)) is not None:
        settle(job, _send(job, printer))
        count += 1
    return count


def _send(job: PrintJob, printer: Printer) -> Outcome:
    from gerai.printing import link  # noqa: PLC0415 - heavy, and only a mall with printers needs it

    layout = queries.layout_in_force()
    slip = queries.picture(job, layout, paper=printer.paper, profile=printer.profile)
    place = queries.place_of(printer, settings.DATA_DIR)
    return link.send(place, link.commands(slip, feed=layout.feed, cuts=layout.cuts))


def claim(printer: Printer) -> PrintJob | None:
    """Claim the printer's oldest slip that is still wanted; None: none is, or it is busy."""
    try:
        return _claim(printer)
    except IntegrityError:
        # It sends another one; whoever does that takes this one next.
        return None


@one_transaction
def _claim(printer: Printer) -> PrintJob | None:
    now = clock.now()
    queued = (
        PrintJob.objects.filter(printer=printer, state=State.QUEUED)
        .select_related("ticket__visit", "ticket__line", "ticket__service__agency", "mall")
        .order_by("pk")
    )
    for job in queued:
        if queries.is_needless(job):
            moves.move(job, Verb.DROP, by=audit.SYSTEM, reason=NEEDLESS)
        elif job.deadline - SENDING_AT_MOST > now and claimed(job):
            return job
    return None


@inside_transaction
def claimed(job: PrintJob) -> bool:
    """Make a queued slip this thread's; tell whether it is."""
    now = clock.now()
    found = PrintJob.objects.filter(pk=job.pk, state=State.QUEUED)
    if not found.update(state=State.SENDING, claimed_at=now):
        return False
    job.state, job.claimed_at = State.SENDING, now
    return True


@one_transaction
def settle(job: PrintJob, outcome: Outcome) -> None:
    """Write down what became of a slip that was sent."""
    if job.printer is not None:
        note(job.printer, outcome.condition)
    job.refresh_from_db(fields=["state"])
    told = {"sent": outcome.sent, "condition": outcome.condition}
    PrintJob.objects.filter(pk=job.pk).update(**told)
    try:
        match outcome.result:
            case Result.PRINTED:
                moves.confirm(job, by=audit.SYSTEM, reason=moves.PAPER_CAME)
            case Result.NOT_PRINTED:
                moves.move(job, Verb.FAIL, by=audit.SYSTEM)
            case Result.UNKNOWN:
                doubt(job, reason="")
    except moves.SlipMoved:
        # Meanwhile the visitor told it better.
        return


@one_transaction
def recover(printer: Printer) -> None:
    """Ask the visitor about slips that a lost process left half sent."""
    lost = PrintJob.objects.filter(
        printer=printer,
        state=State.SENDING,
        claimed_at__lte=clock.now() - SENDING_AT_MOST,
    )
    for job in lost.select_related("ticket"):
        # How much of it came through nobody wrote down: another print of it is another copy.
        doubt(job, reason=LOST, sent=max(job.sent, 1))


@inside_transaction
def doubt(job: PrintJob, *, reason: str, **changes: object) -> None:
    """Let the visitor say within two minutes whether the paper came out."""
    deadline = clock.now() + CONFIRM_WITHIN
    moves.move(job, Verb.DOUBT, by=audit.SYSTEM, reason=reason, deadline=deadline, **changes)
    look_at(deadline)


@inside_transaction
def look_at(deadline: object) -> None:
    """Have what is due then dropped, though nobody looks."""
    later.run("printing.drop_due", at=deadline, mall_id=current_mall().pk)  # type: ignore[arg-type]


@inside_transaction
def note(printer: Printer, condition: Condition) -> None:
    """Write down how a printer is, and tell the supervisor of trouble that begins or ends."""
    now = clock.now()
    seen = {} if condition in {Condition.OFFLINE, Condition.UNKNOWN} else {"last_seen_at": now}
    Printer.objects.filter(pk=printer.pk).update(looked_at=now, **seen)
    if condition is Condition.UNKNOWN:
        return
    changed = Printer.objects.filter(pk=printer.pk).exclude(condition=condition)
    if not changed.update(condition=condition, condition_since=now):
        return
    printer.condition, printer.condition_since = condition, now
    Trouble.objects.filter(printer=printer, ended_at=None).update(ended_at=now)
    if condition in TROUBLES:
        Trouble.objects.create(
            mall_id=printer.mall_id, printer=printer, condition=condition, since=now
        )
    audit.record(
        "printing.condition",
        thing=f"printer:{printer.pk}",
        by=audit.SYSTEM,
        name=printer.name,
        condition=condition,
    )
    publish("printing.condition", f"printer:{printer.pk}")


@one_transaction
def note_look(printer: Printer, condition: Condition) -> None:
    """Write down how a printer was found."""
    note(printer, condition)


def keep_watch() -> None:
    """Let somebody look at the mall's printers every minute, unless somebody does."""
    if not queries.is_watched(clock.now() - WATCH_AGAIN_AFTER):
        _watch_soon(timedelta())


@one_transaction
def _watch_soon(after: timedelta) -> None:
    later.run("printing.watch", at=clock.now() + after, mall_id=current_mall().pk)


def watch() -> None:
    """Look at every printer that is in use and not just sending, and again in a minute."""
    from gerai.printing import link  # noqa: PLC0415 - as above

    name = f"printing:watch:{current_mall().pk}"
    # Two watches of one mall: the second ends here.
    if not cache.add(name, 1, timeout=int(LOOK_EVERY.total_seconds()) - 10):
        return
    for printer in queries.printers_left_sending(clock.now()):
        recover(printer)
    printers = queries.printers_to_look_at()
    found: dict[int, Condition] = {}
    threads = [
        threading.Thread(
            target=lambda key, place: found.__setitem__(key, link.look(place)),
            args=(printer.pk, queries.place_of(printer, settings.DATA_DIR)),
            daemon=True,
        )
        for printer in printers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for printer in printers:
        note_look(printer, found.get(printer.pk, Condition.OFFLINE))
    if queries.has_printers():
        _watch_soon(LOOK_EVERY)
