"""Inviting to rate, and rating: nothing leads from an answer back to a person."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Service
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.survey.models import Invitation, Rating
from gerai.transactions import inside_transaction, one_transaction

ELEMENTS = 9
SCALE = range(1, 5)


class NoInvitation(Refused):
    """The link is unknown."""

    message = _(
        "Tautan penilaian ini tidak dikenal. Periksa kembali tautan pada halaman nomor Anda."
    )
    status = 404


class RatedAlready(Refused):
    """The invitation was used."""

    message = _("Penilaian untuk kunjungan ini sudah kami terima. Terima kasih.")


class BadAnswers(Refused):
    """Not nine answers of 1..4."""

    message = _("Pilih satu jawaban untuk setiap pertanyaan yang ingin Anda nilai.")
    status = 400


@inside_transaction
def invite(service: Service, *, day: date) -> str:
    """Give the right to rate one finished service once; return its token."""
    token = new_token()
    Invitation.objects.create(mall=current_mall(), token=token, service=service, day=day)
    return token


def new_token() -> str:
    """Return a token for an invitation, which nobody can guess."""
    return secrets.token_urlsafe(32)


@one_transaction
def rate(token: str, answers: Sequence[int | None], *, door: str, suggestion: str = "") -> None:
    """Store nine answers (U1..U9, 1..4, None = not answered) and use the invitation up.

    Neither the row of the answers nor any trail names the invitation, the visit or the
    time of day.

    :raises NoInvitation: unknown token
    :raises RatedAlready: it was used
    :raises BadAnswers: not nine, none answered, or a value outside 1..4
    """
    if len(answers) != ELEMENTS or not any(answers):
        raise BadAnswers
    if any(answer is not None and answer not in SCALE for answer in answers):
        raise BadAnswers
    invitation = Invitation.objects.select_related("service").filter(token=token).first()
    if invitation is None:
        raise NoInvitation
    if not Invitation.objects.filter(pk=invitation.pk, is_used=False).update(is_used=True):
        raise RatedAlready
    Rating.objects.create(
        mall_id=invitation.mall_id,
        agency_id=invitation.service.agency_id,
        service=invitation.service,
        day=invitation.day,
        door=door,
        suggestion=suggestion.strip()[:1000],
        **{f"u{n}": answer for n, answer in enumerate(answers, start=1)},
    )
