"""Emergencies: what is declared now, where to gather, and for how long the queue stood still."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gerai.directory.models import Emergency, EmergencyKind, GatheringPlace


@dataclass(frozen=True)
class EmergencyNow:
    """An emergency as everybody in the building reads it, in the active language."""

    emergency: Emergency
    gathering: GatheringPlace | None

    @property
    def name(self) -> str:
        """Return what it is."""
        return str(EmergencyKind(self.emergency.kind).label)

    @property
    def gathering_place(self) -> str:
        """Return where to gather; empty where people stay inside or nobody has said so."""
        if self.gathering is None or not self.emergency.leaves_the_building:
            return ""
        is_english = (get_language() or "").startswith("en")
        return (self.gathering.place_en if is_english else "") or self.gathering.place

    @property
    def what_to_do(self) -> str:
        """Return what everybody in the building shall do."""
        if self.gathering_place:
            return _(
                "Tinggalkan gedung dengan tenang, jangan pakai lift. Berkumpul di: %(place)s."
            ) % {"place": self.gathering_place}
        if self.emergency.leaves_the_building:
            return _("Tinggalkan gedung dengan tenang, jangan pakai lift. Ikuti petunjuk petugas.")
        return _("Tetap tenang dan ikuti petunjuk petugas.")

    @property
    def promise(self) -> str:
        """Return what becomes of everybody's number."""
        return _(
            "Antrean dihentikan sementara. Nomor Anda tetap berlaku dan urutannya tidak berubah."
        )


def emergencies_now() -> tuple[EmergencyNow, ...]:
    """Return the emergencies that nobody has ended, the whole mall's first."""
    declared = list(Emergency.objects.filter(ended_at=None).select_related("floor").order_by("pk"))
    place = gathering_place() if declared else None
    return tuple(
        EmergencyNow(each, place)
        for each in sorted(declared, key=lambda each: each.floor_id is not None)
    )


def gathering_place() -> GatheringPlace | None:
    """Return where people gather, None while nobody has said so."""
    found: GatheringPlace | None = GatheringPlace.objects.first()
    return found


def past_emergencies(count: int) -> list[Emergency]:
    """Return the last emergencies that are over, newest first."""
    return list(
        Emergency.objects.exclude(ended_at=None)
        .select_related("floor", "began_by", "ended_by")
        .order_by("-began_at")[:count]
    )


def stillness(first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """Return the spans in which the whole mall's queue stood still, in order, none overlapping.

    last: the end of one that is still going on.
    """
    found = Emergency.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=first), floor=None, began_at__lt=last
    ).order_by("began_at")
    return [
        (max(began, first), min(ended or last, last))
        for began, ended in found.values_list("began_at", "ended_at")
    ]
