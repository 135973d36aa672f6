"""Founding a mall, from the first day to its opening."""

from gerai.founding.actions.opening import open_the_mall
from gerai.founding.actions.workspace import begin, found

__all__ = ["begin", "found", "open_the_mall"]
