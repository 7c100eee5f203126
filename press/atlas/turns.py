"""The Earth is round: what lies beyond 180 degrees is seen by turning it all the way about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from press.atlas.values import BBox

_TURNS = (-360.0, 0.0, 360.0)


def turns_to(bounds: BBox) -> Iterator[tuple[float, BBox]]:
    """By which turns things in [-180, 180] come into the bounds, and the bounds as seen there."""
    west, south, east, north = bounds
    for turn in _TURNS:
        if west - turn <= 180 and east - turn >= -180:
            yield turn, (west - turn, south, east - turn, north)


def turned(geometry: BaseGeometry, degrees: float) -> BaseGeometry:
    """A geometry moved to the east."""
    if not degrees:
        return geometry
    return shapely.transform(geometry, lambda c: c + np.array((degrees, 0.0)))


def seen_from(geometry: BaseGeometry, turns: Sequence[float], bounds: BBox) -> BaseGeometry:
    """A geometry with each part turned to where the bounds show it, twice if they show it twice.

    A part that lies outside the bounds goes to the side nearer to their middle. Copies that meet
    along a meridian become one.
    """
    if len(turns) == 1:
        return turned(geometry, turns[0])
    parts = shapely.get_parts(geometry)
    west, south, east, north = bounds
    middle = (west + east) / 2
    copies: list[BaseGeometry] = []
    for part, (x0, y0, x1, y1) in zip(parts, shapely.bounds(parts), strict=True):
        height = y1 >= south and y0 <= north
        shown = [t for t in turns if height and x1 + t >= west and x0 + t <= east]
        near = min(turns, key=lambda turn: abs((x0 + x1) / 2 + turn - middle))
        copies.extend(turned(part, turn) for turn in shown or [near])
    if len(copies) == 1:
        return copies[0]
    joined: BaseGeometry = shapely.union_all(copies)
    lines = joined.geom_type.endswith("LineString")
    return shapely.line_merge(joined) if lines else joined
