"""Kinds of functions that write: a whole transaction, a part of one, and in between."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")


class OutsideTransaction(RuntimeError):
    """A function that belongs inside a transaction was called without one."""


def one_transaction(action: Callable[P, R]) -> Callable[P, R]:
    """Make a function one whole transaction; nesting it in another one is an error."""

    @wraps(action)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(durable=True):  # noqa: TID251 - here and nowhere else
            return action(*args, **kwargs)

    return whole


def inside_transaction(action: Callable[P, R]) -> Callable[P, R]:
    """Make a function refuse to run outside a transaction."""

    @wraps(action)
    def part(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block:
            raise OutsideTransaction(action.__qualname__)
        return action(*args, **kwargs)

    return part


def joined_transaction(action: Callable[P, R]) -> Callable[P, R]:
    """Make a function a transaction, or a part of the one that is open.

    For what is asked for alone as well as within an action: what follows a change of the page
    tree, and the papers of every room.
    """

    @wraps(action)
    def joined(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():  # noqa: TID251 - see above
            return action(*args, **kwargs)

    return joined


def refused_as(refusal: type[Exception]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Turn what the database itself refuses into a refusal; stands above `one_transaction`.

    Checked before, it is seldom needed: only two people at once come so far.
    """

    def edge(action: Callable[P, R]) -> Callable[P, R]:
        @wraps(action)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return action(*args, **kwargs)
            except IntegrityError as refused:
                raise refusal from refused

        return guarded

    return edge
