"""The queue's words in templates."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Agency, Closing
from gerai.directory.states import ClosingState
from gerai.queue.actions.serving import Outcome
from gerai.queue.models import Desk, Ticket
from gerai.queue.queries.boards import CounterNow
from gerai.queue.queries.closings import closing_sentence, closing_title, hall_notes, notes_for
from gerai.queue.queries.nights import kept_words
from gerai.queue.queries.route_choices import route_agencies
from gerai.queue.queries.visit_routes import explain_order, explain_place
from gerai.queue.queries.words import crowd, explain, pause_words, state_words, verb_words

register = template.Library()

register.filter("explain", explain)
register.filter("closing_title", closing_title)
register.filter("closing_words", closing_sentence)
register.filter("crowd", crowd)
register.filter("kept_words", kept_words)
register.filter("explain_order", explain_order)
register.filter("route_agencies", route_agencies)
register.filter("explain_place", explain_place)
register.filter("pause_words", pause_words)
register.filter("state_words", state_words)
register.filter("verb_words", verb_words)


@register.filter
def outcome_words(value: str) -> str:
    """Say how the work at the desk ended; an unknown value as it is."""
    return str(Outcome(value).label) if value in Outcome.values else value


@register.filter
def closing_state(value: str) -> str:
    """Say where a closing stands."""
    return {
        ClosingState.ASKED: _("menunggu keputusan"),
        ClosingState.APPROVED: _("disetujui"),
        ClosingState.REFUSED: _("ditolak"),
        ClosingState.WITHDRAWN: _("ditarik kembali"),
        ClosingState.LAPSED: _("lewat waktu"),
        ClosingState.OVER: _("selesai"),
    }[ClosingState(value)]


@register.simple_tag
def ticket_notes(ticket: Ticket) -> list[str]:
    """Return what a waiting visitor must know of closed counters."""
    return notes_for(ticket)


@register.simple_tag
def desk_closings(desk: Desk, agencies: Sequence[Agency]) -> list[Closing]:
    """Return what is asked or approved of a desk's counter and its agencies."""
    return directory.closings_of(desk.counter, tuple(agencies), clock.now())


@register.simple_tag
def closed_in_the_hall(counters: Sequence[CounterNow]) -> list[str]:
    """Return what is closed among the counters that a screen shows."""
    agencies = {agency for each in counters for agency in each.agencies}
    return hall_notes([each.counter for each in counters], agencies)
