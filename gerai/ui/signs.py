"""How a state is shown: by colour, drawing and word together, never by one alone."""

from typing import NamedTuple


class Sign(NamedTuple):
    """style: the class that colours it. drawing: the name of its icon. word: it in words."""

    style: str
    drawing: str
    word: object
