"""The founding that all pages of the workspace are about."""

from gerai.founding.actions.workspace import NotBegun
from gerai.founding.models import Founding
from gerai.founding.queries import founding_of


def founding_here() -> Founding:
    """Return the founding of the mall in scope.

    :raises NotBegun: it has no workspace
    """
    founding = founding_of()
    if founding is None:
        raise NotBegun
    return founding
