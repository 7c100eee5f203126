"""Lines, routes and arrows that the author lays over the ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from press.base.boxes import Box
from press.content.model import Arrow, Line
from press.plates.drawing import PlateFault
from press.plates.geometry import Point, arrow, beads, bent, joined, trimmed
from press.plates.maps.areas import beside, too_small
from press.plates.maps.frame import GEOD, MapFrame
from press.plates.maps.input import MapCanvas, MapInput
from press.plates.maps.pick import lies_outside, outside, pick_line
from press.plates.maps.projection import distance

LEAST_LINE, LEAST_ARROW = 0.5, 1.5
"""The least lengths of what can be seen as a line and as an arrow, in mm."""
_LONG_LEG = 500.0
_HEAD_FROM, _HEAD_EVERY = 14.0, 42.0
_ARROW_TAIL, _ARROW_NECK, _ARROW_HEAD = 0.7, 1.7, 3.6
_LEAST_COURSE = 3.8
"""The least length in mm of an arrow between two symbols of which more than its head is seen."""


@dataclass(frozen=True)
class DrawnLine:
    """A line on the map: its entry and the number of that, its course in mm.

    ``inside`` is what it encloses, empty for an open line.
    """

    line: Line
    number: int
    course: BaseGeometry
    inside: BaseGeometry
    layer: str = ""

    @property
    def mark(self) -> str:
        """What tells one entry of the author's from another, in the drawing too."""
        return f"lines-{self.number}"

    @property
    def name(self) -> str:
        """What the author calls it."""
        return self.line.label or self.line.legend


@dataclass(frozen=True)
class DrawnArrow:
    """A movement on the map: its entry and the number of that, its course in mm."""

    arrow: Arrow
    number: int
    course: LineString

    @property
    def mark(self) -> str:
        """What tells one entry of the author's from another, in the drawing too."""
        return f"arrows-{self.number}"


def find_lines(given: MapInput, frame: MapFrame) -> Iterator[DrawnLine | PlateFault]:
    """The author's lines that show in the frame and had come about by the date of the map."""
    for index, line, _ in given.current(given.plate.lines):
        loc, name, layer = ("lines", index), line.label or line.legend, ""
        if line.through:
            course, inside = _route(frame, given.points(line.through)), shapely.Polygon()
        else:
            picked = pick_line(given, index, line)
            if isinstance(picked, PlateFault):
                yield picked
                continue
            yield from picked.faults
            if not picked.geometry.length:
                hint = "give a file with lines; points are places, in gazetteer.yaml"
                message = f"{line.file} holds no lines"
                yield PlateFault((*loc, "file"), "E175", message, hint)
                continue
            name, layer = picked.name, picked.layer
            shown, inside = frame.project(picked.geometry), frame.area(picked.geometry)
            course = _within(frame, inside.boundary if not inside.is_empty else shown)
        # A route from a place to the same has no course, be it in the frame or not.
        held = any(frame.holds(*frame.point(*at)) for at in given.points(line.through or ()))
        if course.is_empty and not held:
            yield outside(loc, name)
        elif course.length < LEAST_LINE:
            yield too_small(loc, name)
        else:
            yield DrawnLine(line, index, course, inside, layer)


def _within(frame: MapFrame, course: BaseGeometry) -> BaseGeometry:
    return shapely.MultiLineString(joined([course.intersection(frame.rectangle)]))


def _route(frame: MapFrame, at: Sequence[Point]) -> BaseGeometry:
    """The course of a route in mm, cut into legs: great circles where they are long, else a curve.

    A leg is long from about 500 km, from where the eye can tell a great circle from a chord.
    """
    if len(at) < 2:
        return shapely.MultiLineString()
    if all(distance(a, b) < _LONG_LEG for a, b in pairwise(at)):
        return _within(frame, bent([frame.point(*p) for p in at], 0.04))
    legs = map(great_circle, pairwise(at))
    return _within(frame, shapely.union_all([frame.project(leg) for leg in legs]))


def great_circle(leg: tuple[Point, Point]) -> BaseGeometry:
    """The shortest way between two places, in degrees, once for each side of the date line."""
    (lon1, lat1), (lon2, lat2) = leg
    count = max(2, int(distance(*leg) / 50))
    points = np.array([(lon1, lat1), *GEOD.npts(lon1, lat1, lon2, lat2, count), (lon2, lat2)])
    points[:, 0] = np.degrees(np.unwrap(np.radians(points[:, 0])))
    turns = (0.0, -360.0, 360.0)
    return shapely.MultiLineString([LineString(points + np.array([turn, 0.0])) for turn in turns])


def find_arrows(given: MapInput, frame: MapFrame) -> Iterator[DrawnArrow | PlateFault]:
    """The movements that lie in the frame and had begun by the date of the map, or E178."""
    for index, entry, _ in given.current(given.plate.arrows):
        loc, at = ("arrows", index), [frame.point(*p) for p in given.points(entry.through)]
        if len(at) < 2 or not all(frame.holds(*point) for point in at):
            yield _not_drawn(loc, entry, given, frame)
        elif (course := bent(at)).length < LEAST_ARROW:
            yield too_small(loc, "an arrow")
        else:
            yield DrawnArrow(entry, index, course)


def _not_drawn(
    loc: tuple[str | int, ...], entry: Arrow, given: MapInput, frame: MapFrame
) -> PlateFault:
    """E178 of an arrow, with the first of its places that lies outside."""
    places = (given.dossier.places.get(ident) for ident in entry.through)
    for place in places:
        if place and place.at and not frame.holds(*frame.point(*place.at.point)):
            message = f"{lies_outside(place)}, and the arrow to or from it is not drawn"
            hint = f"widen extent, or correct where {place.name} lies"
            return PlateFault(loc, "E178", message, hint, place.id)
    message = "an arrow leaves the frame, and is not drawn"
    return PlateFault(loc, "E178", message, "name two places of it that have coordinates")


def draw_lines(canvas: MapCanvas, lines: Sequence[DrawnLine], borders: BaseGeometry) -> None:
    """Lines with their band, broken where an international boundary says more; routes whole."""
    if not lines:
        return
    near = beside([borders])
    for drawn in lines:
        style, course, filled = drawn.line.style, drawn.course, False
        if not drawn.line.through:
            if drawn.line.fill == "hatch" and not drawn.inside.is_empty:
                canvas.hatch("hatches", "hatch-former", drawn.inside, drawn.mark)
                filled = True
            course = shapely.MultiLineString(joined([course.difference(near)]))
        canvas.draw("bands", f"{style}-band", course)
        if canvas.draw("lines", style, course, drawn.mark):
            canvas.key(f"line-{style}")
        elif not filled:
            canvas.hidden[drawn.mark] = f"{drawn.name} runs along a boundary that is drawn there"
        if style == "route" and drawn.line.through:
            for head in _heads(course):
                canvas.draw("lines", f"{style}-head", head)


def _heads(course: BaseGeometry) -> Iterator[BaseGeometry]:
    """A small head on every leg of a route that has room for one."""
    for part in shapely.get_parts(course):
        if part.length >= _HEAD_FROM:
            for at in np.arange(_HEAD_FROM / 2, part.length, _HEAD_EVERY):
                yield _head(part, float(at))


def _head(line: BaseGeometry, at: float) -> BaseGeometry:
    """An arrow head on a line, its tip ``at`` mm along."""
    tip, back = (shapely.get_coordinates(line.interpolate(d))[0] for d in (at, at - 2.1))
    ahead = (tip - back) / max(1e-6, float(np.hypot(*(tip - back))))
    across = np.array([-ahead[1], ahead[0]]) * 0.8
    return shapely.Polygon([tip, back + across, back + ahead * 0.5, back - across])


def draw_arrows(
    canvas: MapCanvas, arrows: Sequence[DrawnArrow], radius: float, symbols: Sequence[Box] = ()
) -> None:
    """Tapered, cased arrows that stop short of the symbols they join (``radius`` mm).

    One between symbols so near that nothing but its head had room stands beside them, as long as
    they are apart, where it covers least of the ``symbols``.
    """
    for drawn in arrows:
        course = trimmed(drawn.course, radius + 0.7, radius + 0.5)
        if course.length < _LEAST_COURSE:
            course = _beside_symbols(drawn.course, radius, symbols)
        # A short way wants a slight arrow.
        size = min(1.0, max(0.6, course.length / 14))
        shape = arrow(course, _ARROW_TAIL * size, _ARROW_NECK * size, _ARROW_HEAD * size)
        canvas.draw("arrows", "arrow", shape, drawn.mark)
        canvas.key("arrow")
        canvas.space.take(*beads(course, _ARROW_NECK * 0.62))


def _beside_symbols(course: LineString, radius: float, symbols: Sequence[Box]) -> LineString:
    """A course as long, so far to one side that it covers as little of the symbols as can be."""
    boxes = shapely.union_all([shapely.box(*box) for box in symbols])
    ways = [
        way
        for far in (0.9, 1.6, 2.3)
        for turn in (1, -1)
        if isinstance(way := course.offset_curve(turn * (radius + far)), LineString)
        and way.length > course.length / 2
    ]
    band = _ARROW_HEAD * 0.6 * 0.52
    return min(ways, key=lambda w: boxes.intersection(w.buffer(band)).area, default=course)
