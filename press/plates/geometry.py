"""Shapes on paper: their parts, lines merged and smoothed, arrows, boxes.

Lengths are millimetres from the upper left corner of the picture, x to the right and y downward.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import shapely
import shapely.errors
import shapely.ops
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from press.base.boxes import Box

Floats = NDArray[np.float64]
Point = tuple[float, float]


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """The polygons in any geometry."""
    return [part for part in _parts(geometry) if part.geom_type == "Polygon"]


def lines(geometry: BaseGeometry) -> list[LineString]:
    """The lines in any geometry; polygons are left out."""
    kinds = ("LineString", "LinearRing")
    return [LineString(part) for part in _parts(geometry) if part.geom_type in kinds]


def _parts(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    if geometry.geom_type == "GeometryCollection":
        for part in geometry.geoms:
            yield from _parts(part)
    else:
        yield from (part for part in shapely.get_parts(geometry) if not part.is_empty)


def areas_of(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry as one (multi)polygon, so that slivers of clipping are gone."""
    parts = polygons(geometry)
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def largest(geometry: BaseGeometry) -> float:
    """The area of the largest polygon, in mm²."""
    return max((part.area for part in polygons(geometry)), default=0.0)


def joined(geometries: Iterable[BaseGeometry]) -> list[LineString]:
    """Lines merged end to end where exactly two meet."""
    parts = [line for geometry in geometries for line in lines(geometry)]
    return lines(shapely.line_merge(shapely.union_all(parts))) if parts else []


def valid(geometry: BaseGeometry) -> BaseGeometry:
    """The same geometry, mended where it crosses itself."""
    if geometry.is_valid:
        return geometry
    try:
        return shapely.make_valid(geometry)
    except shapely.errors.GEOSException:  # its lines cross so that GEOS cannot lay them over
        return shapely.make_valid(geometry, method="structure", keep_collapsed=False)


def smooth(line: LineString) -> LineString:
    """Cut corners once (Chaikin's scheme, 1974), ends kept."""
    points = shapely.get_coordinates(line)
    near, far = points[:-1], points[1:]
    cut = np.empty((2 * len(near), 2))
    cut[0::2], cut[1::2] = 0.75 * near + 0.25 * far, 0.25 * near + 0.75 * far
    return LineString(np.vstack([points[:1], cut, points[-1:]]))


def bent(points: Sequence[Point], bend: float = 0.12) -> LineString:
    """A smooth line through points, which stays near the straight way from each to the next.

    A centripetal Catmull-Rom spline (Yuksel et al. 2011), whose tangent at each point is no longer
    than the shorter of the two ways that meet there: where a short way meets a long one, the line
    does not swing beyond the point. Points on one spot count once. Two points alone make a shallow
    arc, ``bend`` of their distance deep, so that it reads as a movement and not as a boundary.
    """
    knots = np.asarray([p for n, p in enumerate(points) if not n or p != points[n - 1]], float)
    if len(knots) < 2:
        knots = np.asarray(points, float)
    if len(knots) == 2:
        step = knots[1] - knots[0]
        middle = knots.mean(axis=0) + bend * np.array([step[1], -step[0]])
        knots = np.array([knots[0], middle, knots[1]])
    t = np.linspace(0, 1, 25)[:, None]
    pieces = []
    for n, (here, there) in enumerate(itertools.pairwise(knots)):
        # A cubic in the form of Hermite: through both points, with a tangent at each.
        out, back = _tangent(knots, n, n), _tangent(knots, n + 1, n)
        pieces.append(
            (2 * t**3 - 3 * t**2 + 1) * here + (t**3 - 2 * t**2 + t) * out
            + (3 * t**2 - 2 * t**3) * there + (t**3 - t**2) * back
        )  # fmt: skip
    return LineString(np.vstack([pieces[0], *(p[1:] for p in pieces[1:])]))


def _tangent(knots: Floats, at: int, way: int) -> Floats:
    """The tangent at a knot for the piece of a line from knot ``way`` to the next, bounded."""
    if at in (0, len(knots) - 1):
        straight: Floats = knots[way + 1] - knots[way]
        return straight
    before, here, after = knots[at - 1 : at + 2]
    one, other = (max(math.dist(a, b), 1e-9) for a, b in ((before, here), (here, after)))
    u, v = math.sqrt(one), math.sqrt(other)
    speed = (here - before) / u - (after - before) / (u + v) + (after - here) / v
    tangent = speed * math.sqrt(math.dist(knots[way], knots[way + 1]))
    most, length = min(one, other), float(np.hypot(*tangent))
    bounded: Floats = tangent * min(1.0, most / max(length, 1e-9))
    return bounded


def trimmed(line: LineString, start: float, end: float) -> LineString:
    """The line without its first and last millimetres, so that it does not run into symbols."""
    length = line.length
    if start + end >= length * 0.8:
        start = end = length * 0.1
    return LineString(shapely.ops.substring(line, start, length - end))


def normals(points: Floats) -> Floats:
    """The direction across a line at each of its points, of length 1: right of its course."""
    tangent = np.gradient(points, axis=0)
    tangent /= np.hypot(*tangent.T)[:, None]
    return np.column_stack([-tangent[:, 1], tangent[:, 0]])


def arrow(line: LineString, tail: float, neck: float, head: float) -> Polygon:
    """An arrow that grows from ``tail`` to ``neck`` mm wide and ends in a head ``head`` mm long."""
    points = shapely.get_coordinates(shapely.segmentize(line, 0.8))
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    head = min(head, along[-1] * 0.5)
    body_end = along[-1] - head
    before = along < body_end - 0.05  # a point right at the neck would leave it without direction
    body = np.vstack([points[before], shapely.get_coordinates(line.interpolate(body_end))])
    done = np.r_[along[before], body_end]
    half = normals(body) * ((tail + (neck - tail) * done / body_end) / 2)[:, None]
    aim = points[-1] - body[-1]
    aim = aim / max(1e-9, math.hypot(*aim))
    across = np.array([-aim[1], aim[0]])
    # The barbs lie a little behind the neck: the head reads as swept.
    barb = body[-1] - aim * head * 0.18
    barbs = barb + across * head * 0.52, points[-1], barb - across * head * 0.52
    return Polygon([*(body + half), *barbs, *(body - half)[::-1]])


def disc(x: float, y: float, radius: float) -> Box:
    """The box about a symbol."""
    return x - radius, y - radius, x + radius, y + radius


def beads(line: BaseGeometry, radius: float) -> Iterator[Box]:
    """Boxes strung along a line closely enough to keep text off it."""
    for part in shapely.get_parts(line):
        for at in np.arange(0, part.length + radius, radius * 1.2):
            x, y = shapely.get_coordinates(part.interpolate(at))[0]
            yield disc(float(x), float(y), radius)


def gaps(boxes: Floats, others: Floats) -> Floats:
    """(n, m): how far box n lies from box m, of (n, 4) and (m, 4); 0 where they meet."""
    a, b = boxes[:, None, :], others[None, :, :]
    across = np.maximum(a[..., 0] - b[..., 2], b[..., 0] - a[..., 2])
    down = np.maximum(a[..., 1] - b[..., 3], b[..., 1] - a[..., 3])
    found: Floats = np.hypot(np.maximum(across, 0.0), np.maximum(down, 0.0))
    return found


def gap(one: Box, other: Box) -> float:
    """How far two boxes lie from one another; 0 where they meet."""
    return float(gaps(np.array([one]), np.array([other]))[0, 0])
