"""The mall's rule for the night, and a number that it kept, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gerai.queue.models import NightRule, Step, Ticket, Unfinished
from gerai.queue.queries.boards import today
from gerai.queue.states import FIRST, State, Verb


@dataclass(frozen=True)
class Night:
    """What the night did to a number: where it stood before, and whether another day keeps it."""

    stood: State
    is_kept: bool


def night_rule() -> Unfinished:
    """Return what becomes of numbers that are not served on their day."""
    rule = NightRule.objects.first()
    return Unfinished(rule.unfinished) if rule is not None else Unfinished.EXPIRE


def nights_of(tickets: Sequence[Ticket]) -> dict[int, Night]:
    """Return ticket key → what the night did, for those that it ended; two queries, or none."""
    ended = [ticket.pk for ticket in tickets if ticket.state == State.EXPIRED]
    if not ended:
        return {}
    stood: dict[int, State] = {}
    steps = Step.objects.filter(ticket__in=ended).exclude(verb=Verb.EXPIRE).order_by("pk")
    for ticket_id, state in steps.values_list("ticket", "state"):
        stood[ticket_id] = State(state)
    onward = Ticket.objects.filter(came_from__in=ended, day__gt=F("came_from__day"))
    kept = set(onward.values_list("came_from", flat=True))
    return {key: Night(stood.get(key, FIRST), key in kept) for key in ended}


def kept_words(ticket: Ticket) -> str:
    """Say to the holder of a kept number when and how it is valid; empty for all others."""
    if ticket.state not in {State.WAITING, State.ABSENT} or not is_kept(ticket):
        return ""
    told = {"day": date_format(ticket.day, "l j F"), "from": date_format(ticket.visit.day, "j F")}
    if waits_for_return(ticket):
        return (
            _(
                "Nomor Anda dari %(from)s berlaku %(day)s. Saat datang, laporkan diri kepada "
                "penyambut; Anda masuk antrean menurut urutan datang."
            )
            % told
        )
    if ticket.day > today():
        return (
            _("Nomor Anda dari %(from)s tetap berlaku %(day)s, di depan antrean hari itu.") % told
        )
    return _("Nomor Anda dari %(from)s tetap berlaku hari ini, di depan antrean.") % told


def is_kept(ticket: Ticket) -> bool:
    """Tell whether the night kept this very number; a later step of its visit is none."""
    if ticket.day == ticket.visit.day or ticket.came_from is None:
        return False
    return bool(ticket.came_from.day < ticket.day)


def waits_for_return(ticket: Ticket) -> bool:
    """Tell whether a kept number enters the line only when its holder reports."""
    return (
        ticket.day != ticket.visit.day and ticket.state == State.ABSENT and ticket.times_called == 0
    )
