"""What is written down of a mall: read as digests, and taken back."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import models, transaction

from gerai.malls.models import Mall
from gerai.people.models import User


def rows_of(mall: Mall) -> dict[str, str]:
    """Return a digest of each table's rows of a mall, its people and the mall itself."""
    found: dict[str, Any] = {"Mall": Mall.objects.filter(pk=mall.pk).order_by("pk")}
    for model in apps.get_models():
        if model.__module__.startswith("gerai.") and hasattr(model, "mall_id"):
            rows = model._default_manager
            # Stories are pages of the tree: their manager knows no malls.
            asked = rows.everywhere() if hasattr(rows, "everywhere") else rows.all()
            found[model._meta.label] = asked.filter(mall=mall)
    members = found["people.Membership"].values("user")
    # last_login is not a fact of the mall.
    found["User"] = User.objects.filter(pk__in=members).defer("last_login")
    return {name: _digest(rows) for name, rows in found.items()}


def _digest(rows: models.QuerySet[Any]) -> str:
    names = [each.attname for each in rows.model._meta.concrete_fields]
    names = [name for name in names if name != "last_login"]
    # What a text block holds is compared as it is stored.
    plain = rows.model._meta.get_field
    listed = [
        [plain(name).get_prep_value(value) for name, value in zip(names, row, strict=True)]
        for row in rows.order_by("pk").values_list(*names)
    ]
    return hashlib.sha256(repr(listed).encode()).hexdigest()


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever the block writes."""
    atom = transaction.atomic()
    atom._from_testcase = True  # type: ignore[attr-defined]  # lets actions be whole transactions inside, as in every test
    with atom:
        yield
        transaction.set_rollback(True)
