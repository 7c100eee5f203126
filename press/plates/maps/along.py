"""Text along a line: on its calmest stretch, a little off it, clear of all that is taken."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from press.base.boxes import Box
from press.plates.geometry import Floats, normals
from press.plates.space import Space
from press.plates.text import MeasuredLine

_ASTRAY = 1.1
"""How far a name may stray from its river's bends, in sizes of its type."""

Letters = list[tuple[float, float, float]]
"""x, y (mm) and turn (degrees) of each character."""


def place_along(
    space: Space,
    line: LineString,
    run: MeasuredLine,
    advances: Sequence[float],
    gap: float,
    shun: BaseGeometry | None = None,
    most_bend: float = 2.2,
    off: BaseGeometry | None = None,
) -> tuple[Letters, list[Box]] | None:
    """Text along the calmest stretch of a line, on a smoothed baseline ``gap`` mm off it.

    ``advances`` are the widths of the characters with their spacing. The text stands on either
    side. The calmest and most level stretch wins, away from ``shun``. Comes back with the box of
    each character; None where the text would not fit, would have to turn more than ``most_bend``
    radians or would touch what is taken or ``off`` limits.
    """
    best, least = None, math.inf
    astray = _ASTRAY * run.style.size
    for base, cost in _stretches(space, line, sum(advances) * 1.12, most_bend):
        if shapely.distance(shapely.points(base), line).max() > astray:
            continue
        for offset in (-gap, gap):
            found = _set_on(base, offset, run, advances) if cost < least else None
            if found is None or not space.free(np.array(found[1]), gap=0.2).all():
                continue
            glyphs = shapely.box(*np.array(found[1]).T)
            if off is not None and shapely.intersects(glyphs, off).any():
                continue
            full = cost + 0.35 * float(shapely.intersects(glyphs, line).sum())
            full += 0.7 if shun is not None and shapely.intersects(glyphs, shun).any() else 0.0
            if full < least:
                best, least = found, full
    return best


def _stretches(
    space: Space, line: LineString, length: float, most_bend: float
) -> Iterator[tuple[Floats, float]]:
    """Stretches of a line ``length`` mm long as baselines, each with what speaks against it."""
    if line.length < length * 1.02:
        return
    starts = np.linspace(0, line.length - length, max(2, min(40, int(line.length / 4))))
    for start in starts.tolist():
        base = _baseline(line, start, length)
        angles = np.unwrap(np.arctan2(np.diff(base[:, 1]), np.diff(base[:, 0])))
        bend = float(np.abs(np.diff(angles)).sum())
        if bend <= most_bend:
            yield base, 0.7 * bend + 0.6 * abs(float(angles.mean())) + _off_centre(space, base)


def _off_centre(space: Space, base: Floats) -> float:
    """The middle of the plate is where a reader looks, and its edge the last place."""
    x, y = base.mean(axis=0)
    edge = min(x, y, space.width - x, space.height - y)
    away = max(abs(x / space.width - 0.5), abs(y / space.height - 0.5))
    return float(0.6 * away + (0.6 if edge < 12 else 0.0))


def _baseline(line: LineString, start: float, length: float) -> Floats:
    """A stretch of a line as the cubic nearest to it, read from left to right."""
    t = np.linspace(0, 1, 33)
    stretch = shapely.get_coordinates(line.interpolate(start + t * length))
    smooth = np.column_stack([np.polyval(np.polyfit(t, stretch[:, n], 3), t) for n in (0, 1)])
    return smooth[::-1] if smooth[-1, 0] < smooth[0, 0] else smooth


def _set_on(
    base: Floats, offset: float, run: MeasuredLine, advances: Sequence[float]
) -> tuple[Letters, list[Box]] | None:
    """Text on a baseline ``offset`` mm below it; None where it is too short."""
    # Below the line the letters hang by their height; above it they stand on the baseline.
    drop = offset + run.rise * 0.72 if offset > 0 else offset
    path = LineString(base + normals(base) * drop)
    at = (path.length - sum(advances)) / 2
    if at < 0:
        return None
    letters, boxes = [], []
    for advance in advances:
        one, two = (shapely.get_coordinates(path.interpolate(at + d))[0] for d in (0, advance))
        turn = math.atan2(two[1] - one[1], two[0] - one[0])
        letters.append((float(one[0]), float(one[1]), math.degrees(turn)))
        boxes.append(_turned_box(one, turn, advance, run))
        at += advance
    return letters, boxes


def _turned_box(origin: Floats, turn: float, advance: float, run: MeasuredLine) -> Box:
    corners = np.array([(0, -run.rise), (advance, -run.rise), (advance, run.drop), (0, run.drop)])
    cos, sin = math.cos(turn), math.sin(turn)
    turned = corners @ np.array([[cos, sin], [-sin, cos]]) + origin
    (left, top), (right, bottom) = turned.min(axis=0).tolist(), turned.max(axis=0).tolist()
    return left, top, right, bottom
