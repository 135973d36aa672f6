"""The books beside the steps: decisions, guidance, risks, roles, trial days, legal lines."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gerai.errors import Refused
from gerai.founding.models import Decision, Guidance, LegalSetting, Risk, StaffRole, TrialDay
from gerai.live.publish import publish
from gerai.malls.scope import MallRow, current_mall
from gerai.people import audit
from gerai.transactions import one_transaction, refused_as

BOOKS: dict[str, type[MallRow]] = {
    "decision": Decision,
    "guidance": Guidance,
    "risk": Risk,
    "staff_role": StaffRole,
    "trial_day": TrialDay,
    "legal_setting": LegalSetting,
}


class WrittenAlready(Refused):
    """A line with this name or day is in the book, or its figures contradict each other."""

    message = _(
        "Baris ini bertentangan dengan baris lain atau dengan isinya sendiri. "
        "Periksa nama, tanggal, dan angkanya."
    )


class LineGone(Refused):
    """The line was deleted meanwhile."""

    message = _("Baris ini sudah dihapus orang lain. Muat ulang daftarnya.")
    status = 404


@refused_as(WrittenAlready)
@one_transaction
def write(book: str, *, by: audit.Actor, **fields: Any) -> MallRow:
    """Write a line into a book of the founding.

    :raises WrittenAlready: a line with this name or day is there
    """
    row = BOOKS[book](mall=current_mall(), **fields)
    _check(row)
    row.save(force_insert=True)
    audit.record("founding.write", thing=f"{book}:{row.pk}", by=by)
    publish("founding.write", row.pk)
    return row


@refused_as(WrittenAlready)
@one_transaction
def rewrite(book: str, key: int, *, by: audit.Actor, **fields: Any) -> None:
    """Write a line anew.

    :raises LineGone: it is deleted
    :raises WrittenAlready: another line has this name or day
    """
    row = BOOKS[book].objects.filter(pk=key).first()
    if row is None:
        raise LineGone
    for name, value in fields.items():
        setattr(row, name, value)
    _check(row)
    if not BOOKS[book].objects.filter(pk=key).update(**fields):
        raise LineGone
    audit.record("founding.rewrite", thing=f"{book}:{key}", by=by)
    publish("founding.rewrite", key)


@one_transaction
def strike(book: str, key: int, *, by: audit.Actor) -> None:
    """Delete a line.

    :raises LineGone: it is deleted already
    """
    if not BOOKS[book].objects.filter(pk=key).delete()[0]:
        raise LineGone
    audit.record("founding.strike", thing=f"{book}:{key}", by=by)
    publish("founding.strike", key)


def _check(row: MallRow) -> None:
    """Refuse a line that contradicts the book, before anything is written."""
    try:
        row.validate_constraints()
    except ValidationError as wrong:
        raise WrittenAlready from wrong
