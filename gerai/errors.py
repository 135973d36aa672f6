"""Refused: the one family of anticipated refusals."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something a person asked for cannot be done; the message says what to do next.

    A subclass stands beside the action that raises it and states `message` and, where
    it is not a conflict, the HTTP `status`.
    """

    message: object = _(
        "Permintaan ini tidak dapat dijalankan. Muat ulang halaman, lalu coba lagi."
    )
    status = 409

    def __init__(self, message: object = None, **facts: object) -> None:
        self.message = str(message or self.message)
        self.facts = facts
        super().__init__(self.message)
