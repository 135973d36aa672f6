"""What the visits desk looks at: requests by state, one visit, rooms, hosts, reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gerai.people.models import Membership, User
from gerai.people.roles import Role, verbs_of
from gerai.visits.models import (
    ClosedDay,
    ProgrammeStep,
    RefusalReason,
    Room,
    Visit,
)
from gerai.visits.queries.calendar import rules_of_mall
from gerai.visits.states import State

STATE_WORDS: Final = {
    State.ASKED: _("Menunggu jawaban"),
    State.ACCEPTED: _("Diterima"),
    State.RECEIVED: _("Sedang berkunjung"),
    State.CLOSED: _("Selesai"),
    State.REFUSED: _("Tidak dapat diterima"),
    State.CANCELLED: _("Dibatalkan"),
}
STATE_PILLS: Final = {
    State.ASKED: ("is-waiting", "clock"),
    State.ACCEPTED: ("is-open", "circle-check"),
    State.RECEIVED: ("is-serving", "heart-handshake"),
    State.CLOSED: ("is-done", "check"),
    State.REFUSED: ("is-closed", "circle-x"),
    State.CANCELLED: ("is-cancelled", "x"),
}
# How a mall begins; each mall changes them as it likes.
FIRST_REASONS: Final = (
    _("Tanggal yang diminta sudah penuh"),
    _("Jumlah tamu melebihi kapasitas ruang"),
    _("Permohonan diterima kurang dari tenggat"),
    _("Surat permohonan belum lengkap"),
    _("Mal sedang ada kegiatan lain"),
)


@dataclass(frozen=True)
class Step:
    """A line of a programme as it is typed."""

    title: str
    minutes: int
    place: str = ""


FIRST_PROGRAMME: Final = (
    (_("Penyambutan dan pengisian buku tamu"), 10, ""),
    (_("Sambutan dan perkenalan"), 15, ""),
    (_("Paparan sejarah dan kronologi pendirian mal"), 30, ""),
    (_("Tanya jawab"), 40, ""),
    (_("Berkeliling loket di setiap lantai"), 40, _("Area pelayanan")),
    (_("Foto bersama dan penutupan"), 15, ""),
)


def visits(*, state: State | None = None, words: str = "") -> QuerySet[Visit]:
    """Return visits of a state or all; those that wait first by the day to answer."""
    found: QuerySet[Visit] = Visit.objects.select_related("relation", "room", "host")
    if state is not None:
        found = found.filter(state=state)
    if words:
        found = found.filter(
            Q(reference__icontains=words)
            | Q(relation__institution__icontains=words)
            | Q(relation__region_name__icontains=words)
            | Q(leader_name__icontains=words)
        )
    if state == State.ASKED:
        return found.order_by("answer_due", "pk")
    if state == State.ACCEPTED:
        return found.order_by("starts_at", "pk")
    return found.order_by("-asked_at", "-pk")


def counts_by_state() -> dict[str, int]:
    """Return how many visits stand in each state."""
    rows = Visit.objects.order_by().values_list("state").annotate(Count("pk"))
    return {state.value: dict(rows).get(state.value, 0) for state in State}


def visit_with(pk: int) -> Visit | None:
    """Return a visit of the mall in scope."""
    found: Visit | None = (
        Visit.objects.select_related("relation", "room", "host", "previous").filter(pk=pk).first()
    )
    return found


def earlier_visits(visit: Visit) -> list[Visit]:
    """Return the other visits of the same relation, the newest first."""
    others = Visit.objects.filter(relation=visit.relation_id).exclude(pk=visit.pk)
    return list(others.order_by("-asked_at", "-pk")[:20])


def rooms(*, only_active: bool = False) -> QuerySet[Room]:
    """Return the rooms, those in use first."""
    found: QuerySet[Room] = Room.objects.order_by("-is_active", "name", "pk")
    return found.filter(is_active=True) if only_active else found


def hosts() -> list[User]:
    """Return the people of this mall who may receive guests."""
    roles = [role.value for role in Role if "visits.manage" in verbs_of(role)]
    found = Membership.objects.filter(role__in=roles, user__is_active=True)
    return [each.user for each in found.select_related("user").order_by("user__name", "pk")]


def reasons() -> list[str]:
    """Return the reasons for which this mall refuses, in their order."""
    rows = list(RefusalReason.objects.order_by("position", "pk"))
    if not rows:
        return [str(reason) for reason in FIRST_REASONS]
    return [row.text for row in rows if row.is_active]


def closed_days() -> QuerySet[ClosedDay]:
    """Return the days kept free of visits, the next first."""
    found: QuerySet[ClosedDay] = ClosedDay.objects.order_by("day")
    return found


def programme_pattern() -> list[Step]:
    """Return the mall's pattern of a programme, or how a mall begins."""
    rows = [Step(row.title, row.minutes, row.place) for row in ProgrammeStep.objects.all()]
    return rows or [Step(str(title), took, str(place)) for title, took, place in FIRST_PROGRAMME]


def minutes_of(steps: Sequence[Step]) -> int:
    """Return how long a programme takes."""
    return sum(step.minutes for step in steps) or rules_of_mall().usual_minutes
