"""Why somebody waits still, in plain words: who is before them, of which class, by which rule."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gerai.directory.models import CounterShare
from gerai.queue.models import Desk, LineDay, Step, Ticket
from gerai.queue.queries.rule_words import group_words, later_ones_sentence, plan_sentence
from gerai.queue.queries.words import explain
from gerai.queue.rules import CallRule
from gerai.queue.states import State, Verb
from gerai.ui.templatetags.ui import jam


def why_waiting(ticket: Ticket, rule: CallRule) -> tuple[str, ...]:
    """Say why a ticket was not called yet, a sentence each; nothing once it does not wait.

    Says numbers of people and what the rule is, never when the call will come.
    """
    if ticket.state != State.WAITING:
        return ()
    return tuple(_sentences(ticket, rule))


def _sentences(ticket: Ticket, rule: CallRule) -> Iterator[str]:
    if ticket.wanted_counter is not None:
        yield _("Petugas mengirim Anda ke Loket %(code)s: Anda dipanggil berikutnya di sana.") % {
            "code": ticket.wanted_counter.code
        }
    else:
        seats = _open_seats(ticket, rule)
        yield from _before(ticket, rule, seats)
        yield from _after_absence(ticket)
        yield from _by_lines(ticket, rule, seats)
        yield from _limit(ticket, rule)
    yield from _last_call(ticket)
    yield _("Aturan yang berlaku: versi %(version)s.") % {"version": rule.version}


@dataclass(frozen=True)
class _Seat:
    """An open counter of the ticket's agency, as the rule sees it. takes: the ticket's service."""

    counter: str
    lines: tuple[str, ...]
    plan: int | None
    pool: str
    takes: bool


def _open_seats(ticket: Ticket, rule: CallRule) -> list[_Seat]:
    """Return the open counters that serve the ticket's line, in two queries."""
    weekday = ticket.day.weekday()
    desks = list(
        Desk.objects.filter(
            closed_at=None,
            counter__shares__agency=ticket.line.agency_id,
            counter__shares__weekday=weekday,
        )
        .select_related("counter", "officer")
        .order_by("counter__position", "pk")
    )
    lines: dict[int, list[str]] = defaultdict(list)
    there = CounterShare.objects.filter(
        counter__in=[desk.counter_id for desk in desks],
        weekday=weekday,
        agency__is_active=True,
        agency__lines__isnull=False,
    ).order_by("agency__lines__code")
    for counter, code in there.values_list("counter", "agency__lines__code"):
        lines[counter].append(code)
    return [_seat(desk, lines[desk.counter_id], ticket.service.code, rule) for desk in desks]


def _seat(desk: Desk, lines: Sequence[str], service: str, rule: CallRule) -> _Seat:
    who = desk.counter.code, desk.officer.username
    only = rule.services_for(*who)
    return _Seat(
        counter=desk.counter.code,
        lines=tuple(lines),
        plan=rule.plan_for(*who),
        pool=rule.pool_of(*who, lines),
        takes=only is None or service in only,
    )


def _before(ticket: Ticket, rule: CallRule, seats: Sequence[_Seat]) -> Iterator[str]:
    """Say who came earlier, in this line and in those that its counters serve as well."""
    earlier = Q(arrived_at__lt=ticket.arrived_at) | Q(
        arrived_at=ticket.arrived_at, pk__lt=ticket.pk
    )
    same = earlier & Q(is_priority=ticket.is_priority) if rule.priority_in_a_row else earlier
    rivals = {code for seat in seats if seat.takes for code in seat.lines}
    told = (
        Ticket.objects.waiting()
        .filter(Q(line__agency=ticket.line.agency_id) | Q(line__code__in=rivals), day=ticket.day)
        .aggregate(
            here=Count("pk", filter=same & Q(line=ticket.line_id)),
            elsewhere=Count("pk", filter=same & ~Q(line=ticket.line_id)),
            priority=Count("pk", filter=Q(is_priority=True)),
        )
    )
    group = group_words(rule, is_priority=ticket.is_priority)
    about = {"line": ticket.line.code, "group": group}
    if told["here"]:
        yield (
            ngettext(
                "Di antrean %(line)s, %(count)d %(group)s datang lebih dahulu daripada Anda.",
                "Di antrean %(line)s, %(count)d %(group)s datang lebih dahulu daripada Anda.",
                told["here"],
            )
            % (about | {"count": told["here"]})
        )
    else:
        yield _("Anda terdepan di antrean %(line)s di antara %(group)s.") % about
    if told["elsewhere"]:
        yield (
            ngettext(
                "Loket instansi ini juga melayani antrean lain; di sana %(count)d %(group)s "
                "datang lebih dahulu.",
                "Loket instansi ini juga melayani antrean lain; di sana %(count)d %(group)s "
                "datang lebih dahulu.",
                told["elsewhere"],
            )
            % (about | {"count": told["elsewhere"]})
        )
    yield from _classes(ticket, rule, told["priority"])


def _classes(ticket: Ticket, rule: CallRule, priority: int) -> Iterator[str]:
    if not rule.priority_in_a_row:
        yield _("Tidak ada kelompok yang didahulukan.")
    elif ticket.is_priority:
        yield ngettext(
            "Nomor prioritas didahulukan, paling banyak %(count)d berturut-turut; sesudah itu "
            "giliran nomor umum.",
            "Nomor prioritas didahulukan, paling banyak %(count)d berturut-turut; sesudah itu "
            "giliran nomor umum.",
            rule.priority_in_a_row,
        ) % {"count": rule.priority_in_a_row}
    elif priority:
        yield (
            ngettext(
                "%(count)d nomor prioritas (lansia, penyandang disabilitas, ibu hamil, atau "
                "yang membawa anak kecil) juga menunggu dan boleh didahulukan, paling banyak "
                "%(most)d berturut-turut.",
                "%(count)d nomor prioritas (lansia, penyandang disabilitas, ibu hamil, atau "
                "yang membawa anak kecil) juga menunggu dan boleh didahulukan, paling banyak "
                "%(most)d berturut-turut.",
                priority,
            )
            % {"count": priority, "most": rule.priority_in_a_row}
        )


def _after_absence(ticket: Ticket) -> Iterator[str]:
    if not ticket.callable_after:
        return
    calls = LineDay.objects.filter(line=ticket.line_id, day=ticket.day).values_list(
        "calls", flat=True
    )
    left = ticket.callable_after - calls.get()
    if left > 0:
        yield ngettext(
            "Anda kembali setelah tidak hadir: %(count)d nomor lain dipanggil dahulu, kecuali "
            "tidak ada yang lain.",
            "Anda kembali setelah tidak hadir: %(count)d nomor lain dipanggil dahulu, kecuali "
            "tidak ada yang lain.",
            left,
        ) % {"count": left}


def _by_lines(ticket: Ticket, rule: CallRule, seats: Sequence[_Seat]) -> Iterator[str]:
    """Say how the lines take turns at the open counters, and which of them take the service."""
    takers = [seat for seat in seats if seat.takes]
    for plan in dict.fromkeys(seat.plan for seat in takers if len(seat.lines) > 1):
        if plan is not None:
            yield plan_sentence(rule.plans[plan])
    if len(takers) < len(seats):
        yield _("Dari loket yang buka, layanan Anda diterima di: %(codes)s.") % {
            "codes": ", ".join(seat.counter for seat in takers) or _("belum ada")
        }
    pools = {
        pool.pool: (pool.lines, {seat.plan for seat in takers if seat.pool == pool.pool})
        for pool in takers
    }
    bound = later_ones_sentence(
        rule, line=ticket.line.code, pools=pools, is_priority=ticket.is_priority
    )
    if bound:
        yield bound


def _limit(ticket: Ticket, rule: CallRule) -> Iterator[str]:
    minutes = rule.limit_for(ticket.line.code, is_priority=ticket.is_priority)
    if minutes is not None:
        yield ngettext(
            "Nomor terdepan yang sudah menunggu %(count)d menit didahulukan. Itu urutan, bukan "
            "janji dipanggil pada menit itu.",
            "Nomor terdepan yang sudah menunggu %(count)d menit didahulukan. Itu urutan, bukan "
            "janji dipanggil pada menit itu.",
            minutes,
        ) % {"count": minutes}


def _last_call(ticket: Ticket) -> Iterator[str]:
    last = (
        Step.objects.filter(ticket__line=ticket.line_id, ticket__day=ticket.day, verb=Verb.CALL)
        .select_related("ticket")
        .order_by("-pk")
        .first()
    )
    if last is not None and last.explanation.get("reason") != "chosen_by_officer":
        yield _("Panggilan terakhir di antrean ini: %(label)s pukul %(hour)s. %(why)s") % {
            "label": last.ticket.label,
            "hour": jam(last.at),
            "why": explain(last.explanation),
        }
