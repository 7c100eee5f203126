"""Names of areas, countries and waters: spaced wide inside them, or bent along them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from press.atlas import Feature
from press.plates.areas import DrawnLine, Overlay
from press.plates.canvas import Canvas
from press.plates.frame import Frame
from press.plates.ground import Ground
from press.plates.labels import place_along, place_area
from press.plates.metrics import Run
from press.plates.shapes import joined, polygons

_CLEAR_OF_BORDER = 1.4
_RIVER_NAMES_UP_TO = 4e7


def name_area(
    canvas: Canvas,
    area: BaseGeometry,
    name: str,
    classes: str,
    key: str,
    inside: float = 0.9,
    haloed: bool = False,
) -> bool:
    """Set a name in the middle of an area, on one line or two. False where there is no room."""
    body = largest(area)
    for rows in broken(name):
        runs = [canvas.run(classes, row) for row in rows]
        rise = max(run.rise for run in runs)
        drop = max(run.drop for run in runs)
        leading = runs[0].style.size * 1.18
        width = max(run.width for run in runs)
        height = rise + drop + leading * (len(runs) - 1)
        if body < inside * width * height:
            continue
        box = place_area(canvas.space, area, width, height, inside)
        if box is None:
            continue
        for number, run in enumerate(runs):
            x = (box[0] + box[2] - run.width) / 2
            canvas.write(classes, x, box[1] + rise + number * leading, run, haloed=haloed)
        canvas.keep(key, name, box)
        return True
    return False


def broken(name: str) -> list[tuple[str, ...]]:
    """A name on one line and, if it has a space or hyphen, on two of nearly equal length."""
    cuts = [n + 1 for n, c in enumerate(name[:-1]) if c in " -\u00a0"]
    if not cuts:
        return [(name,)]
    middle = min(cuts, key=lambda n: abs(len(name) - 2 * n))
    return [(name,), (name[:middle].rstrip(), name[middle:].lstrip())]


def largest(shape: BaseGeometry) -> float:
    """The area of a shape's largest part, in mm²."""
    return max((p.area for p in polygons(shape)), default=0.0)


# -- countries ------------------------------------------------------------------------------------


def name_countries(
    canvas: Canvas, frame: Frame, ground: Ground, names: Mapping[str, str], within: BaseGeometry
) -> None:
    """Countries, letter-spaced in their largest free part; ``within`` is what they must avoid."""
    shown = sorted(ground.countries, key=lambda pair: (-pair[1].area, pair[0].id))
    least = 0.012 * frame.rectangle.area
    shunned = within.simplify(0.2).buffer(_CLEAR_OF_BORDER, quad_segs=1)
    for feature, area in shown:
        name = country_name(feature, names).upper()
        if area.area < least:
            continue
        clear = area.simplify(0.2).buffer(-_CLEAR_OF_BORDER, quad_segs=1)
        rooms = [clear.difference(shunned), clear, area]
        if not any(_country_name(canvas, room, name, feature.id) for room in rooms):
            canvas.dropped.append(name)


def country_name(feature: Feature, names: Mapping[str, str]) -> str:
    """What a country is called: by CLDR, unless that is a list's entry (Congo - Kinshasa)."""
    name = names.get(str(feature.properties.get("iso", "")), "")
    english = str(feature.properties.get("name_en", feature.name))
    return english if not name or (" - " in name and name.isascii()) else name


def _country_name(canvas: Canvas, room: BaseGeometry, name: str, number: int) -> bool:
    return any(
        name_area(canvas, room, name, classes, f"country-{number}", inside=0.995)
        for classes in ("label-country", "label-country small")
    )


# -- overlay and waters ---------------------------------------------------------------------------


def name_overlay(canvas: Canvas, overlay: Overlay, named: set[str]) -> None:
    """Former units by their label, and areas that do not bear the name of a place on the map.

    The words of an arrow stand beside it.
    """
    for index, (entry, line) in enumerate(overlay.arrows):
        key = f"arrow-{index}"
        if entry.label and not _name_along(canvas, entry.label, line, "label-arrow", key, 1.5):
            canvas.dropped.append(entry.label)
    for index, line in enumerate(overlay.lines):
        if line.line.label and not _name_line(canvas, line, f"line-{index}"):
            canvas.dropped.append(line.line.label)
    for index, drawn in enumerate(overlay.areas):
        # A whole country bears its own name already.
        own = drawn.name in named or drawn.layer == "country"
        label = drawn.area.label or ("" if own else drawn.name)
        if label and label not in named:
            key, text = f"area-{index}", label.upper()
            if not name_area(canvas, drawn.shape, text, "label-area", key, 0.9, True):
                canvas.dropped.append(label)


def _name_line(canvas: Canvas, line: DrawnLine, key: str) -> bool:
    """The name of a former unit inside it, or of an open line along it."""
    label = line.line.label
    if not line.inside.is_empty:
        # Rather on two lines inside than on one across the boundary.
        return any(
            name_area(canvas, line.inside, label.upper(), "label-former", key, inside, True)
            for inside in (0.99, 0.85)
        )
    return any(
        _name_along(canvas, label, part, "label-line", key, 0.7)
        for part in _longest(joined([line.course]))
    )


def name_waters(canvas: Canvas, frame: Frame, land: Ground, shun: BaseGeometry) -> None:
    """Lakes inside or beside themselves, rivers along their calmest stretch."""
    for feature, area in land.lakes:
        name = str(feature.properties.get("name_en") or feature.name)
        lake = _lake_name(feature.name, name)
        if feature.properties.get("kind") == "Reservoir" and "eservoir" not in lake and lake:
            lake = canvas.words["plate.reservoir"].format(name=lake)
        if not lake or largest(area) < 14:
            continue
        key = f"lake-{feature.id}"
        shore = area.buffer(7.0).difference(area.buffer(0.4))
        if not (
            name_area(canvas, area, lake, "label-water", key, 0.82)
            or name_area(canvas, shore, lake, "label-water", key, 0.8, True)
        ):
            canvas.dropped.append(lake)
    if frame.denominator > _RIVER_NAMES_UP_TO:
        return
    borders = shapely.MultiLineString(land.borders)
    shapely.prepare(borders)
    inner = shapely.box(2, 2, frame.width - 2, frame.height - 2)
    for name, stretches in sorted(land.rivers.items()):
        parts = joined([line.intersection(inner) for line in stretches])
        if not name or not parts:
            continue
        named = any(_name_river(canvas, name, part, borders, shun) for part in _longest(parts))
        if not named and max(p.length for p in parts) > 60:
            canvas.dropped.append(name)


def _lake_name(local: str, english: str) -> str:
    return local if english and english in local else english


def _longest(parts: list[LineString]) -> list[LineString]:
    return sorted(parts, key=lambda p: -p.length)[:3]


def _name_river(
    canvas: Canvas,
    name: str,
    line: LineString,
    borders: BaseGeometry,
    shun: BaseGeometry,
) -> bool:
    sampled = shapely.points(shapely.get_coordinates(shapely.segmentize(line, 1.0)))
    beside_border = shapely.dwithin(sampled, borders, 0.9).mean() > 0.3
    gap = 1.5 if beside_border else 0.55
    return _name_along(canvas, name, line, "label-water", f"river-{name}", gap, shun)


def _name_along(
    canvas: Canvas,
    name: str,
    line: LineString,
    classes: str,
    key: str,
    gap: float,
    shun: BaseGeometry | None = None,
) -> bool:
    """Set a name along a line, ``gap`` mm off it on either side; False where there is no room."""
    run = canvas.run(classes, name)
    text = run.style
    if run.outline:
        return _name_straight(canvas, name, run, line, classes, key, gap, shun)
    advances = [canvas.faces.run(c, text).width + text.spacing for c in name]
    curve = place_along(canvas.space, line, run, advances, (-gap, gap), shun)
    if curve is None:
        return False
    canvas.write_along(classes, run, curve)
    canvas.keep(key, name, *curve.boxes)
    return True


def _name_straight(
    canvas: Canvas,
    name: str,
    run: Run,
    line: LineString,
    classes: str,
    key: str,
    gap: float,
    shun: BaseGeometry | None,
) -> bool:
    """A line of joined letters beside a stretch that hardly bends: it cannot bend with it."""
    pieces = max(4, len(name))
    advances = [run.width / pieces] * pieces
    curve = place_along(canvas.space, line, run, advances, (-gap, gap), shun, most_bend=0.3)
    if curve is None:
        return False
    (x0, y0, _), (x1, y1, _) = curve.places[0], curve.places[-1]
    canvas.write(classes, x0, y0, run, math.degrees(math.atan2(y1 - y0, x1 - x0)))
    canvas.keep(key, name, *curve.boxes)
    return True
