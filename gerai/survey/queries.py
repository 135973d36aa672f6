"""The names of what is rated; whether a link may still be used to rate, and what."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gerai.survey.models import Invitation

# By the field of a rating, in the order of PermenPANRB 14/2017, U1 to U9.
ELEMENT_NAMES: Final[dict[str, str | Promise]] = {
    "u1": _("Persyaratan"),
    "u2": _("Prosedur"),
    "u3": _("Waktu"),
    "u4": _("Biaya"),
    "u5": _("Hasil layanan"),
    "u6": _("Kemampuan petugas"),
    "u7": _("Sikap petugas"),
    "u8": _("Penanganan pengaduan"),
    "u9": _("Sarana dan prasarana"),
}


def invitation_with(token: str) -> Invitation | None:
    """Return the invitation of a link, used or not."""
    return Invitation.objects.filter(token=token).select_related("service__agency").first()


def may_rate(token: str) -> bool:
    """Tell whether a link was not used yet."""
    return Invitation.objects.filter(token=token, is_used=False).exists()
