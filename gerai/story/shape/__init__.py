"""Drawings as geometry. Pure: numbers in, numbers of an SVG out.

Numbers come out as text with a point: templates would write them with the comma of the language.
"""


def n(number: float) -> str:
    """Return a number as SVG reads it, with at most one decimal.

    >>> n(3.0), n(2.55), n(-0.01)
    ('3', '2.5', '0')
    """
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
