"""What all pages of the workspace do alike."""

from collections.abc import Callable, Mapping

from django.forms import Form
from django.http import HttpRequest

from gerai.errors import Refused
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


def saved(
    request: HttpRequest,
    form: Form,
    save: Callable[[], object],
    fields: Mapping[type[Refused], str] | None = None,
) -> bool:
    """Save what a sent form says; a refusal is shown at its field, or above the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save()
    except Refused as refused:
        form.add_error((fields or {}).get(type(refused)), str(refused))
        return False
    return True
