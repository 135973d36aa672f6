"""The mall's settings for visits: rules, reasons, days kept free, rooms."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import one_transaction, refused_as
from gerai.visits.letters.words import unknown_blanks
from gerai.visits.models import ClosedDay, RefusalReason, Room, Rules


class BadText(Refused):
    """The text of the letter has blanks that nothing fills."""

    status = 400


class NameTaken(Refused):
    """A room of this name is there."""

    message = _("Sudah ada ruang dengan nama ini. Pakai nama lain.")


class DayTaken(Refused):
    """The day is kept free already."""

    message = _("Hari ini sudah ada di daftar.")


@one_transaction
def set_rules(*, by: audit.Actor, **told: object) -> None:
    """Say the mall's settings for visits anew.

    :raises BadText: the letter has blanks that nothing fills
    """
    unknown = unknown_blanks(str(told.get("letter_text", "")))
    if unknown:
        raise BadText(
            gettext("Isian [[%(name)s]] tidak dikenal. Pakai isian dari daftar di bawah kotak.")
            % {"name": unknown[0]}
        )
    Rules.objects.bulk_create([Rules(mall=current_mall())], ignore_conflicts=True)
    before = Rules.objects.get()
    changed = sorted(name for name, value in told.items() if getattr(before, name) != value)
    Rules.objects.filter(pk=before.pk).update(**told)
    audit.record("visits.rule", thing=f"visit_rules:{before.pk}", by=by, changed=changed)


@one_transaction
def set_reasons(texts: Sequence[str], *, by: audit.Actor) -> None:
    """Say anew for which reasons requests are refused; visits refused before keep theirs."""
    mall = current_mall()
    kept = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    RefusalReason.objects.exclude(text__in=kept).update(is_active=False)
    for position, text in enumerate(kept):
        RefusalReason.objects.update_or_create(
            mall=mall, text=text, defaults={"position": position, "is_active": True}
        )
    audit.record("visits.rule", thing="visit_reasons:all", by=by, changed=["reasons"])


@refused_as(DayTaken)
@one_transaction
def keep_day_free(day: date, *, reason: str, by: audit.Actor) -> None:
    """Receive nobody on a day.

    :raises DayTaken: it is kept free already
    """
    ClosedDay.objects.create(mall=current_mall(), day=day, reason=reason)
    audit.record("visits.rule", thing=f"visit_day:{day}", by=by, changed=["closed_days"])


@one_transaction
def free_day(closed: ClosedDay, *, by: audit.Actor) -> None:
    """Receive delegations on a day again."""
    ClosedDay.objects.filter(pk=closed.pk).delete()
    audit.record("visits.rule", thing=f"visit_day:{closed.day}", by=by, changed=["closed_days"])


@refused_as(NameTaken)
@one_transaction
def set_room(
    room: Room | None, *, name: str, seats: int, note: str, is_active: bool, by: audit.Actor
) -> Room:
    """Add a room, or say one anew.

    :raises NameTaken: another room has the name
    """
    told = {"name": name, "seats": seats, "note": note, "is_active": is_active}
    if room is None:
        room = Room.objects.create(mall=current_mall(), **told)
    else:
        Room.objects.filter(pk=room.pk).update(**told)
    audit.record("visits.set_room", thing=f"visit_room:{room.pk}", by=by)
    return room
