"""Upright boxes: left, top, right and bottom, or left, bottom, right and top; in any unit."""

from __future__ import annotations

from collections.abc import Iterable

Box = tuple[float, float, float, float]


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def around(boxes: Iterable[Box]) -> Box:
    """The box around all of ``boxes``, of which there must be one."""
    left, low, right, high = zip(*boxes, strict=True)
    return min(left), min(low), max(right), max(high)
