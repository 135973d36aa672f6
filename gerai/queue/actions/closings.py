"""Closing a counter or an agency for a while: asked, decided by one, over by the clock."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from gerai import clock, later
from gerai.directory.actions.closings import DecidedAlready, move_closing, write_closing
from gerai.directory.models import Agency, Closing, ClosingReason, Counter
from gerai.directory.states import ClosingState, ClosingVerb
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.models import Line
from gerai.transactions import inside_transaction, one_transaction, refused_as

LONGEST = timedelta(hours=12)


class AskedAlready(Refused):
    """Somebody asked to close the same thing and waits for an answer."""

    message = _(
        "Penutupan untuk tempat ini sudah diminta dan menunggu keputusan pengawas. Tarik kembali "
        "permintaan itu dahulu."
    )


class BadSpan(Refused):
    """The closing ends before it begins, is over already, or is longer than half a day."""

    message = _(
        "Jam penutupan tidak masuk akal. Jam selesai harus sesudah jam mulai, belum lewat, dan "
        "masih pada hari yang sama."
    )
    status = 400


class NotYours(Refused):
    """Somebody else asked for the closing."""

    message = _("Penutupan ini diminta orang lain. Mintalah pengawas untuk mengakhirinya.")
    status = 403


class ClosedForAWhile(Refused):
    """The counter is closed until a moment; nobody is called there."""

    message = _(
        "Loket ini sedang ditutup sementara dan buka lagi sendiri pada waktunya. Tarik kembali "
        "penutupannya bila Anda sudah siap."
    )


@refused_as(AskedAlready)
@one_transaction
def ask_closing(
    *,
    reason: ClosingReason,
    starts_at: datetime,
    ends_at: datetime,
    by: audit.Actor,
    counter: Counter | None = None,
    agency: Agency | None = None,
    words: str = "",
) -> Closing:
    """Ask the supervisor to close a counter, or an agency with all its counters.

    :raises AskedAlready: the same is asked for and not decided
    :raises BadSpan: it ends before it begins, is over, or lasts too long
    """
    closing = _write(
        counter=counter,
        agency=agency,
        reason=reason,
        words=words,
        starts_at=starts_at,
        ends_at=ends_at,
        by=by,
    )
    _tell(ClosingVerb.ASK, closing, by=by)
    return closing


@one_transaction
def close_at_once(
    *,
    reason: ClosingReason,
    ends_at: datetime,
    by: audit.Actor,
    counter: Counter | None = None,
    agency: Agency | None = None,
    words: str = "",
) -> Closing:
    """Close a counter or an agency now, without being asked.

    :raises BadSpan: it is over already, or lasts too long
    """
    now = clock.now()
    closing = _write(
        counter=counter,
        agency=agency,
        reason=reason,
        words=words,
        starts_at=now,
        ends_at=ends_at,
        by=by,
        state=ClosingState.APPROVED,
        decided_by=by.user,
        decided_at=now,
    )
    _tell(ClosingVerb.APPROVE, closing, by=by)
    return closing


@one_transaction
def approve_closing(closing: Closing, *, by: audit.Actor, answer: str = "") -> None:
    """Let a closing come into force; of two who decide at once the first one counts.

    :raises DecidedAlready: it does not wait for a decision any more
    """
    _decide(closing, ClosingVerb.APPROVE, by=by, answer=answer)


@one_transaction
def refuse_closing(closing: Closing, *, by: audit.Actor, answer: str = "") -> None:
    """Refuse a closing, with a word to who asked.

    :raises DecidedAlready: it does not wait for a decision any more
    """
    _decide(closing, ClosingVerb.REFUSE, by=by, answer=answer)


@one_transaction
def withdraw_closing(closing: Closing, *, by: audit.Actor) -> None:
    """Take back what one asked for, decided or not: the counter is open again at once.

    :raises NotYours: somebody else asked for it
    :raises DecidedAlready: it is over
    """
    if by.user is None or closing.asked_by_id != by.user.pk:
        raise NotYours
    _move(closing, ClosingVerb.WITHDRAW, by=by)


@one_transaction
def end_closing(closing: Closing, *, by: audit.Actor) -> None:
    """End a closing before its time.

    :raises DecidedAlready: it is not in force
    """
    _move(closing, ClosingVerb.END, by=by)


@one_transaction
def look_after(closing: Closing) -> None:
    """Tell the screens that a closing begins or ends; mark one that is over."""
    if clock.now() < closing.ends_at:
        if closing.state == ClosingState.APPROVED:
            _publish(closing)
        return
    over = {ClosingState.ASKED: ClosingVerb.LAPSE, ClosingState.APPROVED: ClosingVerb.END}
    verb = over.get(ClosingState(closing.state))
    if verb is not None:
        _move(closing, verb, by=audit.SYSTEM)


@inside_transaction
def _write(*, starts_at: datetime, ends_at: datetime, by: audit.Actor, **told: Any) -> Closing:
    now = clock.now()
    if not (starts_at < ends_at and now < ends_at and ends_at - starts_at <= LONGEST):
        raise BadSpan
    closing = write_closing(starts_at=starts_at, ends_at=ends_at, by=by, **told)
    for moment in (starts_at, ends_at):
        if moment > now:
            later.run(
                "queue.look_after_closing",
                at=moment,
                mall_id=current_mall().pk,
                closing_id=closing.pk,
            )
    return closing


@inside_transaction
def _decide(closing: Closing, verb: ClosingVerb, *, by: audit.Actor, answer: str) -> None:
    now = clock.now()
    if closing.ends_at <= now:
        raise DecidedAlready
    _move(closing, verb, by=by, decided_by=by.user, decided_at=now, answer=answer)


@inside_transaction
def _move(closing: Closing, verb: ClosingVerb, *, by: audit.Actor, **changes: Any) -> None:
    move_closing(closing, verb, **changes)
    _tell(verb, closing, by=by)


@inside_transaction
def _tell(verb: ClosingVerb, closing: Closing, *, by: audit.Actor) -> None:
    audit.record(f"queue.{verb}_closing", thing=f"closing:{closing.pk}", by=by)
    _publish(closing)


@inside_transaction
def _publish(closing: Closing) -> None:
    """Tell desks and screens; and the phones of each line, which listen to their line."""
    publish("queue.closing", f"closing:{closing.pk}")
    lines = Line.objects.filter(is_active=True)
    if closing.counter_id is not None:
        lines = lines.filter(agency__shares__counter=closing.counter_id).distinct()
    else:
        lines = lines.filter(agency=closing.agency_id)
    for line_id in lines.values_list("pk", flat=True):
        publish("queue.closing", f"line:{line_id}")
