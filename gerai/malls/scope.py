"""No query without a mall: the mall in scope, and the manager that insists on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models

from gerai.malls.models import Mall

M = TypeVar("M", bound=models.Model)
_mall: ContextVar[Mall | None] = ContextVar("mall", default=None)


class NoMall(RuntimeError):
    """A mall's rows were asked for without saying of which mall."""


@contextmanager
def in_mall(mall: Mall) -> Iterator[Mall]:
    """Put a mall in scope for the block."""
    token = _mall.set(mall)
    try:
        yield mall
    finally:
        _mall.reset(token)


def current_mall() -> Mall:
    """Return the mall in scope.

    :raises NoMall: none is
    """
    mall = _mall.get()
    if mall is None:
        raise NoMall
    return mall


class MallManager(models.Manager[M]):
    """Gives the rows of the mall in scope only, and raises without one."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(mall=current_mall())

    def everywhere(self) -> models.QuerySet[M]:
        """Return the rows of all malls; say why where you call it."""
        return super().get_queryset()


class MallRow(models.Model):
    """A row that belongs to one mall."""

    mall = models.ForeignKey(Mall, on_delete=models.PROTECT, related_name="+", editable=False)

    objects: MallManager[Any] = MallManager()

    class Meta:
        abstract = True
