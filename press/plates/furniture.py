"""What stands around a map: frame and degrees, scale bars, north arrow, locator, swatches."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from babel.numbers import format_decimal
from shapely.geometry.base import BaseGeometry

from press import locale
from press.atlas import Atlas, Feature
from press.plates.canvas import Canvas
from press.plates.frame import (
    Bounds,
    Crossing,
    Edge,
    Frame,
    Graticule,
    Projection,
    degrees_text,
    fit,
    graticule,
    rounded_down,
)
from press.plates.ground import codes
from press.plates.labels import Space, place_area
from press.plates.metrics import Run
from press.plates.names import country_name
from press.plates.relief import LEVELS
from press.plates.shapes import Box, path, px, set_text, svg

GRADE = 1.3
"""Width of the graduated edge, in mm."""
MARGIN = 4.6
"""From the frame to the edge of the drawing, in mm: the graduated edge and its figures."""

SMALL_MARGIN = 0.3
"""The same for the small maps of stages, which have no figures."""

_LOCATOR_CLASSES = (
    "locator-sea", "locator-land", "locator-focus", "locator-box", "label-locator", "frame-line",
)  # fmt: skip
_MILE = 1.609344
_LONGEST_BAR = 62.0
_LEAST_LAND, _LEAST_BOX, _TILT = 0.12, 0.8, 62.0


# -- frame -----------------------------------------------------------------------------------------


def draw_frame(canvas: Canvas, frame: Frame, grid: Graticule, letters: str) -> None:
    """Neatline, graduated edge, and the degrees of the graticule outside it."""
    if frame.projection.whole_earth:
        edge = frame.outline.intersection(frame.rectangle)
        canvas.mark("frame", "neatline", f'<path class="neatline" d="{path(edge)}"/>')
        return
    w, h, g = frame.width, frame.height, GRADE
    edges: tuple[Edge, ...] = ("N", "E", "S", "W")
    for edge in edges:
        _graded(canvas, frame, edge, [t for t in grid.ticks if t.edge == edge])
    _rectangle(canvas, "frame-line", 0, 0, w, h)
    _rectangle(canvas, "neatline", -g, -g, w + g, h + g)
    last: dict[Edge, float] = {}
    for crossing in sorted(grid.labels, key=lambda c: (c.edge, c.at)):
        words = degrees_text(crossing.degrees, crossing.meridian, letters)
        run = canvas.faces.run(words, canvas.sheet.text("label-graticule"))
        begin, end = crossing.at - run.width / 2, crossing.at + run.width / 2
        limit = w if crossing.meridian else h
        # A label must not reach round a corner or touch the one before it.
        if begin < -1 or end > limit + 1 or begin < last.get(crossing.edge, -9.0) + 1.5:
            continue
        last[crossing.edge] = end
        _degrees(canvas, frame, crossing, run)


def draw_edge(canvas: Canvas, frame: Frame) -> None:
    """A plain line about a small map."""
    _rectangle(canvas, "frame-line", 0, 0, frame.width, frame.height)


def _degrees(canvas: Canvas, frame: Frame, at: Crossing, run: Run) -> None:
    gap, rise, half = GRADE + 0.75, run.rise, run.width / 2
    match at.edge:
        case "N":
            place = (at.at - half, -gap, 0.0)
        case "S":
            place = (at.at - half, frame.height + gap + rise, 0.0)
        case "W":
            place = (-gap, at.at + half, -90.0)
        case _:
            place = (frame.width + gap, at.at - half, 90.0)
    x, y, turn = place
    canvas.mark("frame", "label-graticule", set_text("label-graticule", x, y, run, turn))


def _graded(canvas: Canvas, frame: Frame, edge: Edge, ticks: Sequence[Crossing]) -> None:
    """Black and white lengths between the finer lines; black from each even line onward."""
    limit = frame.width if edge in "NS" else frame.height
    marks = sorted((t.at, t.index) for t in ticks)
    indices = [index for _, index in marks]
    steps = {b - a for a, b in pairwise(indices)}
    if not marks or (steps - {1} and steps - {-1}):
        return
    rising = 1 if steps != {-1} else -1
    ends = [0.0, *(at for at, _ in marks), limit]
    first = marks[0][1] - rising
    g = GRADE
    for number, (a, b) in enumerate(pairwise(ends)):
        lower = first + number * rising if rising > 0 else first + number * rising - 1
        if lower % 2:
            continue
        half = g * 0.55
        box: Box = {
            "N": (a, -half, b, 0.0),
            "S": (a, frame.height, b, frame.height + half),
            "W": (-half, a, 0.0, b),
            "E": (frame.width, a, frame.width + half, b),
        }[edge]
        x, y, width, height = box[0], box[1], box[2] - box[0], box[3] - box[1]
        canvas.mark(
            "frame",
            "grade",
            f'<rect class="grade" x="{px(x)}" y="{px(y)}" width="{px(width)}"'
            f' height="{px(height)}"/>',
        )


def _rectangle(canvas: Canvas, classes: str, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.mark(
        "frame",
        classes,
        f'<rect class="{classes}" x="{px(x0)}" y="{px(y0)}" width="{px(x1 - x0)}"'
        f' height="{px(y1 - y0)}"/>',
    )


# -- scale -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bars:
    """Kilometre and mile bars: how long, in their unit and in mm on paper."""

    kilometres: float
    kilometre_mm: float
    miles: float
    mile_mm: float


def bars(frame: Frame, longest: float = _LONGEST_BAR) -> Bars:
    """The longest round bars of no more than ``longest`` mm, true at the centre of the frame."""
    per_km = frame.kilometre()
    kilometres = rounded_down(longest / per_km)
    miles = rounded_down(longest / (per_km * _MILE))
    return Bars(kilometres, kilometres * per_km, miles, miles * per_km * _MILE)


def scale_bar(canvas: Canvas, frame: Frame, language: str) -> str:
    """An ``<svg>`` with a bar of kilometres over one of miles."""
    found = bars(frame)
    text = canvas.sheet.text("label-scale")
    words = canvas.words
    parts: list[str] = []
    left, bar_y, bar = 1.6, 3.3, 0.9
    divisions = 4 if f"{found.kilometres:e}"[0] in "24" else 5
    length = found.kilometre_mm / divisions
    parts += [
        _bar("scale-full", left + number * length, bar_y, length, bar)
        for number in range(0, divisions, 2)
    ]
    parts.append(_bar("scale-line", left, bar_y, found.kilometre_mm, bar))
    ends = [(0.0, "0"), (found.kilometre_mm / 2, _number(found.kilometres / 2, language))]
    unit = words["plate.km"].format(n=_number(found.kilometres, language))
    right = left
    for at, label in ends:
        run = canvas.faces.run(label, text)
        parts.append(set_text("label-scale", left + at - run.width / 2, bar_y - 0.9, run))
    figure = canvas.faces.run(_number(found.kilometres, language), text)
    run = canvas.faces.run(unit, text)
    parts.append(
        set_text("label-scale", left + found.kilometre_mm - figure.width / 2, bar_y - 0.9, run)
    )
    right = max(right, left + found.kilometre_mm + run.width)
    mile_y = bar_y + bar + 0.9
    parts.append(_bar("scale-full", left, mile_y, found.mile_mm, 0.28))
    unit = words["plate.miles"].format(n=_number(found.miles, language))
    run = canvas.faces.run(unit, text)
    parts.append(set_text("label-scale", left + found.mile_mm + 0.9, mile_y + run.rise * 0.6, run))
    right = max(right, left + found.mile_mm + 0.9 + run.width)
    css = canvas.sheet.css(["scale-full", "scale-line", "label-scale"])
    title = words["plate.scale-bar"].format(
        km=_number(found.kilometres, language), miles=_number(found.miles, language)
    )
    return svg("".join(parts), css, right + 0.6, 7.2, title)


def _bar(classes: str, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect class="{classes}" x="{px(x)}" y="{px(y)}" width="{px(width)}"'
        f' height="{px(height)}"/>'
    )


def _number(value: float, language: str) -> str:
    return str(format_decimal(value, locale=locale.cldr(language)))


def scale_text(canvas: Canvas, frame: Frame, language: str, sheet: str, step: str) -> str:
    """Ratio, projection, datum and graticule in words."""
    words = canvas.words
    ratio = words["plate.ratio"].format(ratio=_number(round(frame.denominator), language))
    projection = words[f"plate.projection.{frame.projection.key}"]
    if frame.projection.parallels:
        north = words["plate.letters"].split()[0]
        south = words["plate.letters"].split()[2]
        true = [
            f"{_number(abs(p), language)}° {north if p >= 0 else south}"
            for p in frame.projection.parallels
        ]
        projection = f"{projection}, {words['plate.true-at'].format(parallels=', '.join(true))}"
    every = words["plate.graticule"].format(step=step)
    return f"{ratio} {words['plate.at'].format(sheet=sheet)}. {projection}; WGS 84; {every}."


def north_arrow(canvas: Canvas, frame: Frame) -> str:
    """A north arrow, where one arrow is true enough for the whole frame; else nothing.

    A meridian may lean 4° at a corner before the arrow would mislead more than it helps.
    """
    if frame.projection.whole_earth or frame.convergence() > 4:
        return ""
    run = canvas.faces.run(
        canvas.words["plate.letters"].split()[0], canvas.sheet.text("label-north")
    )
    x, top, height, half = 2.6, 3.2, 6.2, 1.45
    tip, foot, notch = (x, top), (x + half, top + height), (x, top + height - 1.3)
    other = (x - half, top + height)
    shapes = [
        ("north-half", (tip, foot, notch, other)),
        ("north-full", (tip, notch, other)),
    ]
    body = "".join(
        f'<path class="{c}" d="M{"L".join(f"{px(a)} {px(b)}" for a, b in points)}z"/>'
        for c, points in shapes
    )
    body += set_text("label-north", x - run.width / 2, top - 0.8, run)
    css = canvas.sheet.css(["north-half", "north-full", "label-north"])
    return svg(body, css, 5.2, top + height + 0.4, canvas.words["plate.north"])


# -- locator ---------------------------------------------------------------------------------------


def locator(
    canvas: Canvas,
    frame: Frame,
    atlas: Atlas,
    focus: frozenset[str],
    names: Mapping[str, str],
    size: tuple[float, float],
) -> str:
    """A small map that shows where the frame lies among the countries around it."""
    wide = around_frame(frame)
    if _wants_globe(frame, atlas, wide):
        return globe(canvas, frame, atlas, focus, size)
    small = fit(wide, *size, exact=True)
    bounds = small.bounds.padded(2)
    detail = atlas.detail_for("country", small.denominator)
    body = [f'<rect class="locator-sea" width="{px(size[0])}" height="{px(size[1])}"/>']
    shown = []
    for feature in atlas.features("country", bounds.box, detail):
        area = small.area(feature.geometry, tolerance=0.06)
        if area.is_empty:
            continue
        focused = bool(codes(feature) & focus)
        classes = "locator-focus" if focused else "locator-land"
        body.append(f'<path class="{classes}" d="{path(area)}"/>')
        name = country_name(feature, names)
        shown.append((focused, area.area, name, area))
    box = _frame_in(small, frame)
    body.append(f'<path class="locator-box" d="{path(box)}"/>')
    space = Space(*size, margin=0.6)
    if box.area < 0.2 * size[0] * size[1]:
        space.take(box.bounds)
    text = canvas.sheet.text("label-locator")
    for _, _, name, area in sorted(shown, key=lambda s: (-s[0], -s[1], s[2])):
        run = canvas.faces.run(name, text)
        place = place_area(space, area, run.width, run.rise + run.drop, inside=0.86, step=0.8)
        if place:
            space.take(place)
            body.append(set_text("label-locator", place[0], place[1] + run.rise, run))
    w, h = (px(v - 0.12) for v in size)
    body.append(
        f'<rect class="frame-line" x="{px(0.06)}" y="{px(0.06)}" width="{w}" height="{h}"/>'
    )
    clip = f"{canvas.prefix}-locator"
    define = (
        f'<defs><clipPath id="{clip}"><rect width="{px(size[0])}" height="{px(size[1])}"/>'
        f'</clipPath></defs><g clip-path="url(#{clip})">{"".join(body[:-1])}</g>{body[-1]}'
    )
    return svg(define, canvas.sheet.css(_LOCATOR_CLASSES), *size, canvas.words["plate.locator"])


def _wants_globe(frame: Frame, atlas: Atlas, wide: Bounds) -> bool:
    """Whether the surroundings are a pole, half an ocean or half the Earth."""
    bounds = frame.bounds
    if frame.shows_pole or bounds.east - bounds.west > 50 or abs(bounds.centre[1]) > 66:
        return True
    around = shapely.box(*wide.box)
    land = [f.geometry for f in atlas.features("land", wide.box, "110m")]
    seen = shapely.union_all([g.intersection(around) for g in map(shapely.make_valid, land)])
    return bool(seen.area < _LEAST_LAND * around.area)


def globe(
    canvas: Canvas, frame: Frame, atlas: Atlas, focus: frozenset[str], size: tuple[float, float]
) -> str:
    """The Earth from outside, turned towards the frame, with the frame on it."""
    lon, lat = frame.bounds.centre
    tilt = max(-_TILT, min(_TILT, lat))
    side = min(size) - 0.6
    proj4 = f"+proj=ortho +lat_0={tilt:.6g} +lon_0={(lon + 180) % 360 - 180:.6g}"
    small = Frame(
        Projection("globe", proj4), size[0], size[1], 2 * 6_378_137.0 * 1000 / side, (0.0, 0.0), lon
    )
    body = [f'<path class="locator-sea" d="{path(small.outline)}"/>']
    for feature in _countries(atlas):
        area = small.area(feature.geometry, tolerance=0.05)
        if not area.is_empty:
            classes = "locator-focus" if codes(feature) & focus else "locator-land"
            body.append(f'<path class="{classes}" d="{path(area)}"/>')
    lines = shapely.MultiLineString(list(graticule(small).lines))
    body.append(f'<path class="graticule" d="{path(lines)}"/>')
    box = _frame_in(small, frame).intersection(small.outline)
    if box.area < _LEAST_BOX:
        box = box.centroid.buffer(math.sqrt(_LEAST_BOX / math.pi))
    body.append(f'<path class="locator-box" d="{path(box)}"/>')
    body.append(f'<path class="frame-line" d="{path(small.outline)}"/>')
    css = canvas.sheet.css((*_LOCATOR_CLASSES, "graticule"))
    return svg("".join(body), css, *size, canvas.words["plate.locator-globe"])


@lru_cache(maxsize=4)
def _countries(atlas: Atlas) -> tuple[Feature, ...]:
    """All countries for a small globe; every plate of a dossier may want them."""
    return tuple(atlas.features("country", detail="110m"))


def around_frame(frame: Frame) -> Bounds:
    """What a locator shows: about six times the frame, and never less than 12° of latitude."""
    bounds = frame.bounds
    lon, lat = bounds.centre
    height = min(110.0, max(9.0, (bounds.north - bounds.south) * 3.6))
    width = min(170.0, max(12.0, (bounds.east - bounds.west) * 3.6))
    south = max(-84.0, min(lat - height / 2, 84.0 - height))
    north = min(84.0, south + height)
    return Bounds(lon - width / 2, south, lon + width / 2, north)


def _frame_in(small: Frame, frame: Frame) -> BaseGeometry:
    """The outline of the frame on the locator, in mm of the locator."""
    edge = shapely.get_coordinates(shapely.segmentize(frame.rectangle.exterior, 5.0))
    longitude, latitude = frame.inverse(edge[:, 0], edge[:, 1])
    x, y = small.forward(longitude, latitude)
    fine = np.isfinite(x) & np.isfinite(y)
    return shapely.make_valid(shapely.Polygon(np.column_stack([x[fine], y[fine]])))


# -- swatches --------------------------------------------------------------------------------------

SWATCH = (8.4, 3.6)
"""Width and height of a legend's swatch, in mm."""


def swatch(canvas: Canvas, body: str, classes: Sequence[str], title: str, defs: str = "") -> str:
    """A legend's swatch; ``body`` is drawn in a box of SWATCH mm."""
    css = canvas.sheet.css(classes)
    inner = f"<defs>{defs}</defs>{body}" if defs else body
    return svg(inner, css, *SWATCH, title)


def swatch_box(classes: str, fill: str = "") -> str:
    """A filled rectangle for areas."""
    w, h = SWATCH
    attribute = f' fill="{fill}"' if fill else f' class="{classes}"'
    rect = f'x="{px(0.3)}" y="{px(0.35)}" width="{px(w - 0.6)}" height="{px(h - 0.7)}"'
    return f"<rect{attribute} {rect}/>"


def swatch_line(classes: str) -> str:
    """A line with a gentle bend, so that dashes and bands show."""
    w, h = SWATCH
    return (
        f'<path class="{classes}" d="M{px(0.4)} {px(h * 0.62)}C{px(w * 0.35)} {px(h * 0.3)}'
        f' {px(w * 0.65)} {px(h * 0.75)} {px(w - 0.4)} {px(h * 0.4)}"/>'
    )


def height_key(canvas: Canvas, levels: Sequence[int], width: float, language: str) -> str:
    """A strip of tints, each with the height at which it begins."""
    count = len(levels)
    each, height = width / count, 3.9
    text = canvas.sheet.text("label-strip")
    parts, classes = [], ["label-strip", "frame-line"]
    for number, level in enumerate(levels):
        name = f"tint-{level}" if level else "land"
        classes.append(name)
        parts.append(_bar(name, number * each, 0.1, each, height))
        label = _number(LEVELS[level - 1], language) if level else "0"
        run = canvas.faces.run(label, text)
        x = number * each + (each - run.width) / 2
        parts.append(set_text("label-strip", x, 0.1 + height / 2 + run.rise / 2, run))
    parts.append(_bar("frame-line", 0.06, 0.1, width - 0.12, height))
    css = canvas.sheet.css(classes)
    return svg("".join(parts), css, width, height + 0.2, canvas.words["plate.heights"])
