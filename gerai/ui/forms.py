"""Saving what a sent form says, a refusal shown beside the field it belongs to."""

from collections.abc import Callable, Mapping

from django.forms import Form
from django.http import HttpRequest

from gerai.errors import Refused


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
