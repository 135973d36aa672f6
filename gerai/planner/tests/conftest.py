"""A mall with an open counter whose clock stands still, as the queue's tests have it."""

from gerai.queue.tests.conftest import clock_at, house

__all__ = ["clock_at", "house"]
