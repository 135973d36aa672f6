"""Saving what a sent form says, a refusal shown beside the field it belongs to, or told."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.contrib import messages
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


@contextmanager
def told(request: HttpRequest) -> Iterator[None]:
    """Tell a conflict on the next page instead of on a page of its own."""
    try:
        yield
    except Refused as refused:
        if refused.status != Refused.status:
            raise
        messages.error(request, str(refused))
