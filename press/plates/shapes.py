"""From geometry in millimetres to SVG markup in CSS pixels, in which ``mm`` lengths are true.

Everything here is pure. Geometry has its origin in the upper left corner of the map frame, x to the
right and y downward.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

import numpy as np
import shapely
import shapely.affinity
import shapely.ops
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from press.plates.metrics import Faces, Run

PX = 96 / 25.4
"""CSS pixels in a millimetre (CSS Values and Units 4, §6.2)."""

Points = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


# -- numbers and paths ---------------------------------------------------------------------------


def px(millimetres: float, digits: int = 2) -> str:
    """A length in mm as a bare number of pixels, without a trailing zero."""
    text = f"{millimetres * PX:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def path(geometry: BaseGeometry) -> str:
    """Path data of polygons and lines, in relative steps of a tenth of a pixel (0.026 mm)."""
    parts = [_ring(ring, closed=True) for polygon in polygons(geometry) for ring in _rings(polygon)]
    parts += [_ring(shapely.get_coordinates(line), closed=False) for line in lines(geometry)]
    return "".join(parts)


def _rings(polygon: Polygon) -> Iterable[Points]:
    yield shapely.get_coordinates(polygon.exterior)
    for hole in polygon.interiors:
        yield shapely.get_coordinates(hole)


def _ring(points: Points, closed: bool) -> str:
    steps = np.rint(points * (PX * 10)).astype(np.int64)
    keep = np.r_[True, (np.diff(steps, axis=0) != 0).any(axis=1)]
    steps = steps[keep]
    if closed and len(steps) > 1 and (steps[0] == steps[-1]).all():
        steps = steps[:-1]
    if len(steps) < (3 if closed else 2):
        return ""
    first, moves = steps[0], np.diff(steps, axis=0)
    text = [f"M{_tenths(first[0])} {_tenths(first[1])}"]
    text += [f"l{_tenths(dx)} {_tenths(dy)}" for dx, dy in moves.tolist()]
    return "".join(text) + ("z" if closed else "")


@lru_cache(maxsize=8192)
def _tenths(value: int) -> str:
    whole, tenth = divmod(abs(int(value)), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{tenth}" if tenth else f"{sign}{whole}"


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """The polygons in any geometry."""
    return [
        part
        for part in shapely.get_parts(_flat(geometry))
        if part.geom_type == "Polygon" and not part.is_empty
    ]


def lines(geometry: BaseGeometry) -> list[LineString]:
    """The lines in any geometry; polygons are left out."""
    return [
        LineString(part)
        for part in shapely.get_parts(_flat(geometry))
        if part.geom_type in ("LineString", "LinearRing") and not part.is_empty
    ]


def _flat(geometry: BaseGeometry) -> list[BaseGeometry]:
    if geometry.geom_type != "GeometryCollection":
        return [geometry]
    return [inner for part in geometry.geoms for inner in _flat(part)]


def areas_of(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry as one (multi)polygon, so that slivers of clipping are gone."""
    parts = polygons(geometry)
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def joined(geometries: Iterable[BaseGeometry]) -> list[LineString]:
    """Lines merged end to end where exactly two meet."""
    parts = [line for geometry in geometries for line in lines(geometry)]
    if not parts:
        return []
    return lines(shapely.line_merge(shapely.union_all(parts)))


def smooth(line: LineString, passes: int = 2) -> LineString:
    """Cut corners (Chaikin's scheme, 1974), ends kept."""
    points = shapely.get_coordinates(line)
    for _ in range(passes):
        near, far = points[:-1], points[1:]
        cut = np.empty((2 * len(near), 2))
        cut[0::2], cut[1::2] = 0.75 * near + 0.25 * far, 0.25 * near + 0.75 * far
        points = np.vstack([points[:1], cut, points[-1:]])
    return LineString(points)


# -- arrows --------------------------------------------------------------------------------------


def bent(points: Sequence[tuple[float, float]], bend: float = 0.12) -> LineString:
    """A smooth line through points (centripetal spacing left out: they are few and far apart).

    Two points alone make a shallow arc, ``bend`` of their distance deep, so that it reads as a
    movement and not as a boundary.
    """
    knots = np.asarray(points, float)
    if len(knots) == 2:
        step = knots[1] - knots[0]
        middle = knots.mean(axis=0) + bend * np.array([step[1], -step[0]])
        knots = np.array([knots[0], middle, knots[1]])
    ends = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    t = np.linspace(0, 1, 25)[:, None]
    pieces = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        # Catmull-Rom spline, uniform parameter.
        pieces.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                   + (3 * b - a - 3 * c + d) * t**3)
        )  # fmt: skip
    return LineString(np.vstack([pieces[0], *(p[1:] for p in pieces[1:])]))


def trimmed(line: LineString, start: float, end: float) -> LineString:
    """The line without its first and last millimetres, so that it does not run into symbols."""
    length = line.length
    if start + end >= length * 0.8:
        start = end = length * 0.1
    part = shapely.ops.substring(line, start, length - end)
    return LineString(part)


def arrow(line: LineString, tail: float, neck: float, head: float) -> Polygon:
    """An arrow that grows from ``tail`` to ``neck`` mm wide and ends in a head ``head`` mm long."""
    points = shapely.get_coordinates(shapely.segmentize(line, 0.8))
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    head = min(head, along[-1] * 0.5)
    body_end = along[-1] - head
    before = along < body_end - 0.05  # a point right at the neck would leave it without direction
    body = np.vstack([points[before], shapely.get_coordinates(line.interpolate(body_end))])
    done = np.r_[along[before], body_end]
    tangent = np.gradient(body, axis=0)
    tangent /= np.hypot(*tangent.T)[:, None]
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    half = ((tail + (neck - tail) * done / body_end) / 2)[:, None]
    aim = points[-1] - body[-1]
    aim = aim / max(1e-9, math.hypot(*aim))
    across = np.array([-aim[1], aim[0]])
    # The barbs lie a little behind the neck: the head reads as swept.
    barb = body[-1] - aim * head * 0.18
    outline = [
        *(body + normal * half),
        barb + across * head * 0.52,
        points[-1],
        barb - across * head * 0.52,
        *(body - normal * half)[::-1],
    ]
    return Polygon(outline)


# -- text ----------------------------------------------------------------------------------------


def set_text(classes: str, x: float, y: float, run: Run, turn: float = 0.0) -> str:
    """A line of text from its origin at ``x``, ``y`` mm, turned by ``turn`` degrees about it."""
    if run.outline:
        return _set_outline(classes, x, y, run, turn)
    shifts = list(run.shifts)
    while shifts and not shifts[-1]:
        shifts.pop()
    kerning = f' dx="{" ".join(px(s) for s in shifts)}"' if shifts else ""
    words = escape(run.text, quote=False)
    if turn:
        moved = f'transform="translate({px(x)} {px(y)}) rotate({turn:g})" x="0" y="0"'
        return f'<text class="{classes}" {moved}{kerning}>{words}</text>'
    return f'<text class="{classes}" x="{px(x)}" y="{px(y)}"{kerning}>{words}</text>'


def _set_outline(classes: str, x: float, y: float, run: Run, turn: float) -> str:
    """A line as outlines, and its words set unseen in the same place, found once and whole."""
    turned = f" rotate({turn:g})" if turn else ""
    moved = f"translate({px(x)} {px(y)}){turned}"
    words = escape(run.seen, quote=False)
    return (
        f'<path class="outline {classes}" transform="{moved} scale({PX:.5f})" d="{run.outline}"/>'
        f'<text class="{classes} unseen" transform="{moved}" x="0" y="0">{words}</text>'
    )


def set_glyphs(classes: str, run: Run, places: Sequence[tuple[float, float, float]]) -> str:
    """Text with a place (mm) and a turn (degrees) of its own for each character."""
    x, y = (" ".join(px(place[n]) for place in places) for n in (0, 1))
    turns = " ".join(f"{place[2]:.1f}" for place in places)
    words = escape(run.text, quote=False)
    return f'<text class="{classes}" x="{x}" y="{y}" rotate="{turns}">{words}</text>'


def halo(faces: Faces, run: Run, x: float, y: float, reach: float, turn: float = 0.0) -> str:
    """Path data of a shape that keeps ``reach`` mm clear around a line of text.

    A shape, and not a stroked copy of the text: a copy would be found twice in the PDF.
    """
    grown = faces.halo(run, reach)
    if grown.is_empty:
        return ""
    if turn:
        grown = shapely.affinity.rotate(grown, turn, origin=(0, 0))
    return path(shapely.affinity.translate(grown, x, y))


def svg(
    body: str, css: str, width: float, height: float, title: str, box: Box | None = None
) -> str:
    """An ``<svg>`` of ``width`` × ``height`` mm with its rules and its title.

    ``box`` is the part of the plane shown, in mm; by default it begins at the origin.
    """
    left, top, right, bottom = box or (0.0, 0.0, width, height)
    view = f"{px(left)} {px(top)} {px(right - left)} {px(bottom - top)}"
    style = f"<style>{css}</style>" if css else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.3f}mm"'
        f' height="{height:.3f}mm" viewBox="{view}"><title>{escape(title, quote=False)}</title>'
        f"{style}{body}</svg>"
    )


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
