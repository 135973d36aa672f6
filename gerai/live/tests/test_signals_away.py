"""The cache of the served form while Valkey is away: limits go on, nobody is refused for it."""

from typing import Any

import pytest

from config.cache_keys import cache_key
from config.signals_cache import SignalsCache
from tests.served import free_port


@pytest.fixture
def away() -> SignalsCache:
    params: dict[str, Any] = {"KEY_FUNCTION": cache_key}
    cache = SignalsCache(f"redis://127.0.0.1:{free_port()}/0", params)
    cache.clear()
    return cache


def test_each_counts_for_itself(away: SignalsCache) -> None:
    assert away.add("guesses", 0, timeout=60)
    assert not away.add("guesses", 0, timeout=60)
    assert [away.incr("guesses") for _guess in range(3)] == [1, 2, 3]
    assert away.get("guesses") == 3


def test_one_window_stays_the_one_that_speaks(away: SignalsCache) -> None:
    assert away.add("voice", "a window", 60)
    assert not away.add("voice", "another", 60)
    assert away.get("voice") == "a window"
    assert away.touch("voice", 60)
    assert away.delete("voice")
    assert away.get("voice") is None
