"""The drawings of a presentation as geometry. Pure: numbers in, numbers of an SVG out.

A sheet has 800 x 450 units, ten units to an em of the slide. The model of the building is drawn
by `gerai.story.shape.axonometry`.
"""

from gerai.story.shape import n

__all__ = ["n"]
