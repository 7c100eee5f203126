"""Names of areas, countries and waters: spaced wide inside them, or bent along them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from press.atlas import Feature
from press.base.boxes import Box
from press.plates.geometry import Floats, joined, largest, normals
from press.plates.maps.ground import Ground
from press.plates.maps.input import MapCanvas
from press.plates.maps.lines import DrawnLine
from press.plates.maps.local_names import country_name, territory_names, water_name
from press.plates.maps.overlay import Overlay
from press.plates.space import Space
from press.plates.text import MeasuredLine

_CLEAR_OF_BORDER = 1.4
_RIVER_NAMES_UP_TO = 4e7
_OFF_SHORE, _SHORES = 0.4, (1.8, 2.6)
"""From a lake to its name beside it in mm, and to where that ends, in sizes of its type."""
_ASTRAY = 1.1
"""How far a name may stray from its river's bends, in sizes of its type."""


@dataclass(frozen=True)
class MapName:
    """A name to be set: its words, their class, and the key under which it is recorded."""

    words: str
    classes: str
    key: str


def name_area(
    canvas: MapCanvas, area: BaseGeometry, name: MapName, inside: float = 0.9, haloed: bool = False
) -> bool:
    """Set a name in the middle of an area, on one line or two. False where there is no room."""
    body = largest(area)
    for rows in broken(name.words):
        runs = [canvas.run(name.classes, row) for row in rows]
        rise = max(run.rise for run in runs)
        drop = max(run.drop for run in runs)
        leading = runs[0].style.size * 1.18
        width = max(run.width for run in runs)
        height = rise + drop + leading * (len(runs) - 1)
        if body < inside * width * height:
            continue
        box = canvas.space.place(area, width, height, inside)
        if box is None:
            continue
        for number, run in enumerate(runs):
            x = (box[0] + box[2] - run.width) / 2
            canvas.write(name.classes, x, box[1] + rise + number * leading, run, haloed=haloed)
        canvas.keep(name.key, name.words, box)
        return True
    return False


def broken(name: str) -> list[tuple[str, ...]]:
    """A name on one line and, if it has a space or hyphen, on two of nearly equal length."""
    cuts = [n + 1 for n, c in enumerate(name[:-1]) if c in " -\u00a0"]
    if not cuts:
        return [(name,)]
    middle = min(cuts, key=lambda n: abs(len(name) - 2 * n))
    return [(name,), (name[:middle].rstrip(), name[middle:].lstrip())]


def name_along(
    canvas: MapCanvas,
    line: LineString,
    name: MapName,
    gap: float,
    shun: BaseGeometry | None = None,
) -> bool:
    """Set a name along a line, ``gap`` mm off it on either side; False where there is no room.

    A line of joined letters stands beside a stretch that hardly bends: it cannot bend with it.
    """
    run = canvas.run(name.classes, name.words)
    if run.outline:
        pieces = max(4, len(name.words))
        advances = [run.width / pieces] * pieces
        curve = place_along(canvas.space, line, run, advances, gap, shun, most_bend=0.3)
    else:
        spacing = run.style.spacing
        advances = [canvas.style.run(c, run.style).width + spacing for c in name.words]
        curve = place_along(canvas.space, line, run, advances, gap, shun)
    if curve is None:
        return False
    letters, boxes = curve
    if run.outline:
        (x0, y0, _), (x1, y1, _) = letters[0], letters[-1]
        canvas.write(name.classes, x0, y0, run, math.degrees(math.atan2(y1 - y0, x1 - x0)))
    else:
        canvas.write_along(name.classes, run, letters)
    canvas.keep(name.key, name.words, *boxes)
    return True


# -- countries -------------------------------------------------------------------------------------


def name_countries(canvas: MapCanvas, ground: Ground, within: BaseGeometry) -> None:
    """Countries, letter-spaced in their largest free part; ``within`` is what they must avoid."""
    names = territory_names(canvas.given.names_language)
    shown = sorted(ground.countries, key=lambda pair: (-pair[1].area, pair[0].id))
    least = 0.012 * canvas.frame.rectangle.area
    shunned = within.simplify(0.2).buffer(_CLEAR_OF_BORDER, quad_segs=1)
    for feature, area in shown:
        if area.area < least:
            continue
        name = country_name(feature, names).upper()
        clear = area.simplify(0.2).buffer(-_CLEAR_OF_BORDER, quad_segs=1)
        if not any(
            name_area(canvas, room, MapName(name, classes, f"country-{feature.id}"), 0.995)
            for room in (clear.difference(shunned), clear, area)
            for classes in ("label-country", "label-country small")
        ):
            canvas.drop(name)


# -- overlay ---------------------------------------------------------------------------------------


def name_overlay(canvas: MapCanvas, overlay: Overlay, named: set[str]) -> None:
    """Former units by their label, and areas that do not bear the name of a place on the map.

    The words of an arrow stand beside it.
    """
    for index, moved in enumerate(overlay.arrows):
        name = MapName(moved.arrow.label, "label-arrow", f"arrow-{index}")
        if name.words and not name_along(canvas, moved.course, name, 1.5):
            _list(canvas, name.words)
    for index, line in enumerate(overlay.lines):
        label = line.line.label
        if label and not _name_line(canvas, line, f"line-{index}"):
            _list(canvas, label)
    for index, drawn in enumerate(overlay.areas):
        # A whole country bears its own name already.
        own = drawn.name in named or drawn.layer == "country"
        label = drawn.area.label or ("" if own else drawn.name)
        if label and label not in named:
            name = MapName(label.upper(), "label-area", f"area-{index}")
            if not name_area(canvas, drawn.shape, name, haloed=True):
                _list(canvas, label)


def _list(canvas: MapCanvas, label: str) -> None:
    """Note that the author's words have no room, and stand in the legend instead.

    Not on maps with names to be written by hand, whose legend must not tell them.
    """
    canvas.drop(label)
    if not canvas.given.plate.blanks:
        canvas.unlabelled.append(label)


def _name_line(canvas: MapCanvas, drawn: DrawnLine, key: str) -> bool:
    """The name of a former unit inside it, or of an open line along it."""
    label = drawn.line.label
    if drawn.inside.is_empty:
        name = MapName(label, "label-line", key)
        return any(name_along(canvas, part, name, 0.7) for part in _longest([drawn.course]))
    # Rather on two lines inside than on one across the boundary.
    name = MapName(label.upper(), "label-former", key)
    return any(name_area(canvas, drawn.inside, name, inside, True) for inside in (0.99, 0.85))


def _longest(lines: Iterable[BaseGeometry]) -> list[LineString]:
    """The three longest parts of lines, once they are joined."""
    return sorted(joined(lines), key=lambda part: -part.length)[:3]


# -- waters ----------------------------------------------------------------------------------------


def name_waters(canvas: MapCanvas, ground: Ground, shun: BaseGeometry) -> None:
    """Lakes inside or beside themselves, rivers along their calmest stretch."""
    for feature, area in ground.lakes:
        lake = _lake_name(canvas, feature)
        if not lake or largest(area) < 14:
            continue
        name = MapName(lake, "label-water", f"lake-{feature.id}")
        inside = any(name_area(canvas, area, name, share) for share in (0.97, 0.82))
        if not (inside or _name_on_shore(canvas, area, name)):
            canvas.drop(lake)
    if canvas.frame.denominator <= _RIVER_NAMES_UP_TO:
        _name_rivers(canvas, ground, shun)


def _name_on_shore(canvas: MapCanvas, area: BaseGeometry, name: MapName) -> bool:
    """Set the name of a lake beside it: as near as it can stand, on one line or two."""
    size = canvas.style.text(name.classes).size
    shores = (area.buffer(size * far).difference(area.buffer(_OFF_SHORE)) for far in _SHORES)
    return any(name_area(canvas, shore, name, 0.8, haloed=True) for shore in shores)


def _lake_name(canvas: MapCanvas, feature: Feature) -> str:
    given = canvas.given
    lake = water_name(feature, given.names_language, given.waters)
    if lake and feature.properties.get("kind") == "Reservoir" and "eservoir" not in lake:
        return canvas.words["plate.reservoir"].format(name=lake)
    return lake


def _name_rivers(canvas: MapCanvas, ground: Ground, shun: BaseGeometry) -> None:
    shapely.prepare(ground.borders)
    inner = shapely.box(2, 2, canvas.frame.width - 2, canvas.frame.height - 2)
    for river, stretches in sorted(ground.rivers.items()):
        parts = _longest(line.intersection(inner) for line in stretches) if river else []
        name = MapName(river, "label-water", f"river-{river}")
        gaps = (1.5 if _beside(ground.borders, part) else 0.55 for part in parts)
        named = any(
            name_along(canvas, part, name, gap, shun) for part, gap in zip(parts, gaps, strict=True)
        )
        if parts and not named and parts[0].length > 60:
            canvas.drop(river)


def _beside(borders: BaseGeometry, line: LineString) -> bool:
    """Whether a good part of a river is a boundary too, whose band takes room."""
    sampled = shapely.points(shapely.get_coordinates(shapely.segmentize(line, 1.0)))
    return bool(shapely.dwithin(sampled, borders, 0.9).mean() > 0.3)


# -- text along a line -----------------------------------------------------------------------------

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
) -> tuple[Letters, list[Box]] | None:
    """Text along the calmest stretch of a line, on a smoothed baseline ``gap`` mm off it.

    ``advances`` are the widths of the characters with their spacing. The text stands on either
    side. The calmest and most level stretch wins, away from ``shun``. Comes back with the box of
    each character; None where the text would not fit, would have to turn more than ``most_bend``
    radians or would touch what is taken.
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
