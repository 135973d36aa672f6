"""The cache between processes, on Valkey or Redis; while that is away each counts for itself."""

import logging
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

PATIENCE = {"socket_timeout": 2, "socket_connect_timeout": 2}
log = logging.getLogger(__name__)


def _or_by_itself(name: str) -> Callable[..., Any]:
    def method(self: "SignalsCache", *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(SignalsCache, self), name)(*args, **kwargs)
        except redis.RedisError as away:
            log.warning("cache away: %s", away)
            return getattr(self.own, name)(*args, **kwargs)

    method.__name__ = name
    return method


class SignalsCache(RedisCache):
    """Never fails the one who asks: limits hold in each process alone until Valkey is back."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**PATIENCE, **params.get("OPTIONS", {})}})
        # By name: the threads of a process share it.
        self.own = LocMemCache("signals-away", {**params, "OPTIONS": {}})

    add = _or_by_itself("add")
    get = _or_by_itself("get")
    set = _or_by_itself("set")
    touch = _or_by_itself("touch")
    delete = _or_by_itself("delete")
    get_many = _or_by_itself("get_many")
    has_key = _or_by_itself("has_key")
    incr = _or_by_itself("incr")
    set_many = _or_by_itself("set_many")
    delete_many = _or_by_itself("delete_many")
    clear = _or_by_itself("clear")
