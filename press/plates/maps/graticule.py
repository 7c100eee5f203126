"""The graticule, and the edge of a map: neatline, graduated edge, and degrees outside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from press.base.boxes import Box
from press.plates import svg
from press.plates.geometry import Point, lines
from press.plates.maps.frame import MapFrame, finite
from press.plates.maps.input import MapCanvas
from press.plates.maps.projection import Bounds, turned
from press.plates.style import PlateStyle

Edge = Literal["N", "E", "S", "W"]

GRADE = 1.3
"""Width of the graduated edge, in mm."""
MARGIN = 4.6
"""From the frame to the edge of the drawing, in mm, at the least: graduated edge and figures."""
_FIGURES, _CLEAR = 0.75, 0.3
"""From the graduated edge to its figures, and from these to the edge of the drawing, in mm."""
SMALL_MARGIN = 0.3
"""The same for the small maps of stages, which have no figures."""

_STEPS = (
    *(n / 60 for n in (1, 2, 5, 10, 15, 20, 30)),
    *(1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0),
)  # fmt: skip
_CROWDED = 62.0


@dataclass(frozen=True)
class Degrees:
    """A meridian or a parallel: its degrees, and its number counted from zero degrees."""

    meridian: bool
    degrees: float
    index: int


@dataclass(frozen=True)
class Crossing(Degrees):
    """Where a line of the graticule meets an edge of the frame, ``at`` mm along it."""

    edge: Edge
    at: float


@dataclass(frozen=True)
class Graticule:
    """Meridians every ``step`` and parallels every ``up`` degrees, ``lines`` in mm.

    ``labels`` are the crossings to be named, ``ticks`` those of the finer division that grades the
    edge.
    """

    step: float
    up: float
    lines: tuple[LineString, ...]
    labels: tuple[Crossing, ...]
    ticks: tuple[Crossing, ...]

    @property
    def words(self) -> str:
        """The step as it is printed: ``30′``, or ``10° × 30°`` of latitude and longitude."""
        across, along = step_text(self.step), step_text(self.up)
        return across if across == along else f"{along} × {across}"


def margin(style: PlateStyle) -> float:
    """From the frame to the edge of the drawing, in mm, as the figures of a style want it."""
    rise = style.run("0°N", style.text("label-graticule")).rise
    return max(MARGIN, GRADE + _FIGURES + rise + _CLEAR)


def graticule(frame: MapFrame) -> Graticule:
    """The graticule of a frame, its step chosen by the extent shown."""
    step, up = graticule_steps(frame.bounds)
    coarse = [(each, _line(frame, each)) for each in _values(frame.bounds, step, up)]
    clipped = (line.intersection(frame.rectangle).simplify(0.01) for _, line in coarse)
    fine = step / {1 / 2: 3, 1 / 3: 4, 1 / 4: 3}.get(step, 5 if step in (1, 5, 10) else 4)
    finer = ((each, _line(frame, each)) for each in _values(frame.bounds, fine, fine))
    kept = tuple(part for line in clipped for part in lines(line))
    return Graticule(step, up, kept, tuple(_met(frame, coarse)), tuple(_met(frame, finer)))


def graticule_steps(bounds: Bounds) -> tuple[float, float]:
    """Degrees between meridians and between parallels: the same, but where meridians crowd."""
    wide, high = bounds.east - bounds.west, bounds.north - bounds.south
    highest = max(abs(bounds.south), abs(bounds.north))
    if wide < 3 * high or (highest < _CROWDED and wide < 90):
        step = graticule_step(max(wide, high))
        return step, step
    return (30.0 if wide >= 360 and high < 90 else graticule_step(wide)), graticule_step(high)


def graticule_step(span: float) -> float:
    """The finest usual step, in degrees, that gives a span no more than eight lines."""
    return next((step for step in _STEPS if span / step <= 8.0), 45.0)


def _values(bounds: Bounds, step: float, up: float) -> Iterator[Degrees]:
    """All lines in the bounds; the date line once only."""
    for meridian, low, high, each in (
        (True, bounds.west, bounds.east, step),
        (False, bounds.south, bounds.north, up),
    ):
        first, last = math.ceil(low / each - 1e-9), math.floor(high / each + 1e-9)
        if meridian and (last - first) * each >= 360 - 1e-9:
            last -= 1
        for index in range(first, last + 1):
            if meridian or abs(index * each) < 90 - 1e-9:
                yield Degrees(meridian, index * each, index)


def _line(frame: MapFrame, which: Degrees) -> BaseGeometry:
    """A meridian or parallel from a degree before the frame to one behind it, in mm."""
    bounds = frame.bounds
    if which.meridian:
        low, high = max(-90.0, bounds.south - 1), min(90.0, bounds.north + 1)
    else:
        low, high = bounds.west - 1, bounds.east + 1
        if high - low > 360:
            low, high = frame.middle_longitude - 180, frame.middle_longitude + 180
    along, across = np.linspace(low, high, 181), np.full(181, which.degrees)
    points = finite(*frame.forward(*((across, along) if which.meridian else (along, across))))
    return LineString(points if len(points) > 1 else None)


def _met(frame: MapFrame, drawn: Iterable[tuple[Degrees, BaseGeometry]]) -> Iterator[Crossing]:
    """Where lines meet the edges: meridians the upper and lower one, parallels the sides."""
    for one, line in drawn:
        edges: tuple[Edge, Edge] = ("N", "S") if one.meridian else ("W", "E")
        for edge in edges:
            for part in shapely.get_parts(line.intersection(LineString(_ends(frame, edge)))):
                if part.geom_type == "Point":
                    at = float(part.x if one.meridian else part.y)
                    yield Crossing(one.meridian, one.degrees, one.index, edge, at)


def _ends(frame: MapFrame, edge: Edge) -> tuple[Point, Point]:
    """Where an edge of the frame begins and ends, in mm."""
    left, top, right, bottom = 0.0, 0.0, frame.width, frame.height
    ends: dict[Edge, tuple[Point, Point]] = {
        "N": ((left, top), (right, top)),
        "S": ((left, bottom), (right, bottom)),
        "W": ((left, top), (left, bottom)),
        "E": ((right, top), (right, bottom)),
    }
    return ends[edge]


def step_text(step: float) -> str:
    """A graticule step: ``30′``, ``5°``."""
    return f"{round(step * 60)}′" if step < 1 else f"{step:g}°"


def degrees_text(value: float, meridian: bool, letters: Sequence[str]) -> str:
    """Degrees and minutes with a hemisphere: ``45°30′E``. ``letters`` are those for N, E, S, W."""
    value = turned(value) if meridian else value
    north, east, south, west = letters
    minutes = round(abs(value) * 60)
    whole, rest = divmod(minutes, 60)
    letter = (east if value > 0 else west) if meridian else (north if value > 0 else south)
    if not minutes or (meridian and minutes == 180 * 60):
        letter = ""
    return f"{whole}°{rest:02d}′{letter}" if rest else f"{whole}°{letter}"


def draw_graticule(canvas: MapCanvas) -> Graticule:
    """Meridians and parallels."""
    grid = graticule(canvas.frame)
    canvas.draw("graticule", "graticule", shapely.MultiLineString(grid.lines))
    return grid


def draw_edge(canvas: MapCanvas) -> None:
    """A plain line about the frame."""
    canvas.add("frame", svg.rect("frame-line", 0, 0, canvas.frame.width, canvas.frame.height))


def draw_frame(canvas: MapCanvas, grid: Graticule) -> None:
    """Neatline, graduated edge and degrees, or the edge of the Earth where all of it is shown."""
    frame, g = canvas.frame, GRADE
    if frame.projection.whole_earth:
        outline = frame.outline.intersection(frame.rectangle)
        canvas.add("frame", svg.shape("neatline", outline))
        return
    edges: tuple[Edge, ...] = ("N", "E", "S", "W")
    for edge in edges:
        _grade(canvas, edge, [t for t in grid.ticks if t.edge == edge])
    draw_edge(canvas)
    canvas.add("frame", svg.box("neatline", (-g, -g, frame.width + g, frame.height + g)))
    last: dict[Edge, float] = {}
    for crossing in sorted(grid.labels, key=lambda c: (c.edge, c.at)):
        words = degrees_text(crossing.degrees, crossing.meridian, canvas.letters)
        half = canvas.style.run(words, canvas.style.text("label-graticule")).width / 2
        limit = frame.width if crossing.meridian else frame.height
        begin, end = crossing.at - half, crossing.at + half
        # A label must not reach round a corner or touch the one before it.
        if begin >= max(-1, last.get(crossing.edge, -9.0) + 1.5) and end <= limit + 1:
            last[crossing.edge] = end
            _write(canvas, crossing, words)


def _write(canvas: MapCanvas, at: Crossing, words: str) -> None:
    run = canvas.style.run(words, canvas.style.text("label-graticule"))
    gap, half = GRADE + _FIGURES, run.width / 2
    x, y, turn = {
        "N": (at.at - half, -gap, 0.0),
        "S": (at.at - half, canvas.frame.height + gap + run.rise, 0.0),
        "W": (-gap, at.at + half, -90.0),
        "E": (canvas.frame.width + gap, at.at - half, 90.0),
    }[at.edge]
    canvas.add("frame", svg.text("label-graticule", x, y, run, turn))


def _grade(canvas: MapCanvas, edge: Edge, ticks: Sequence[Crossing]) -> None:
    """Black and white lengths between the finer lines; black from each even line onward."""
    marks = sorted((t.at, t.index) for t in ticks)
    steps = {b - a for (_, a), (_, b) in pairwise(marks)}
    if not marks or (steps - {1} and steps - {-1}):
        return
    rising = 1 if steps != {-1} else -1
    (x0, y0), (x1, y1) = _ends(canvas.frame, edge)
    first, half = marks[0][1] - rising, GRADE * 0.55
    for number, (a, b) in enumerate(
        pairwise([0.0, *(at for at, _ in marks), max(x1 - x0, y1 - y0)])
    ):
        if (first + number * rising - (rising < 0)) % 2 == 0:
            length: Box = {
                "N": (a, y0 - half, b, y0),
                "S": (a, y0, b, y0 + half),
                "W": (x0 - half, a, x0, b),
                "E": (x0, a, x0 + half, b),
            }[edge]
            canvas.add("frame", svg.box("grade", length))
